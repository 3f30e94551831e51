"""Measure the speed of scoring:  python benchmarks/speed.py [--quick] [--model FOLDER] [--resumes 12] [--json FILE]

Our engine in each precision, the model card's own code, and sentence-transformers' CrossEncoder, each in a process of its own, on the same
weights and the same texts (a job of about 500 tokens, resumes of 500 to 1,300): seconds for all of them, tokens per second, share of the
matrix product speed that this machine reaches in that precision, peak memory, largest difference of a logit from the model card's,
and rank correlation with it. Then: the time of adding one resume to those already ranked.

Without --model it takes a seeded random Qwen3 of the real size: speed and numerics are real, scores are noise. --quick takes 6 resumes
and 4 of the 28 layers; there the model card's code looks worse than it is: it computes the whole vocabulary for every token all the same.
sentence-transformers is compared when installed: .venv/bin/pip install -r requirements-benchmarks.txt
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import torch  # noqa: E402

from benchmarks.record import machine, write_record  # noqa: E402
from benchmarks.scorers import FOOTNOTES, HEADING, compared, line, measure  # noqa: E402
from benchmarks.workload import texts, work_of  # noqa: E402
from reranker.qwen3.prompt import PromptTokenizer  # noqa: E402
from tests.data.random_qwen3 import write_random_qwen3  # noqa: E402

METHODS = ("model card fp32", "CrossEncoder fp32", "CrossEncoder bf16", "ours fp32", "ours bf16", "ours int8")


def main() -> None:
    """Print the speed of each method in a process of its own, and write the figures to a file if one is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="a folder with weights; default: random ones of the real size")
    parser.add_argument("--quick", action="store_true", help="4 of 28 layers and 6 resumes: within 3 minutes on 2 cores")
    parser.add_argument("--resumes", type=int, help="default: 12, with --quick 6")
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    parser.add_argument("--json", type=Path, help="write the figures to this file, too: docs/figures/speed.json is what is drawn")
    parser.add_argument("--measure", help=argparse.SUPPRESS)  # a child process: measure this method, print JSON
    options = parser.parse_args()
    options.resumes = options.resumes or (6 if options.quick else 12)
    if options.measure:
        query, documents = texts(PromptTokenizer(options.model / "tokenizer.json"), options.resumes)
        print(json.dumps(measure(options.measure, options.model, query, documents)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.model or write_random_qwen3(Path(temporary) / "model", full=True, layers=4 if options.quick else 28)
        compared = compare(folder, options.resumes, options.methods)
    if options.json:
        write_record(options.json, compared)


def compare(folder: Path, resumes: int, methods: list[str]) -> dict:
    """Measure each method, print a line each, and return the figures; the first one is what the others are compared with."""
    prefix, lengths, work = work_of(folder, *texts(PromptTokenizer(folder / "tokenizer.json"), resumes))
    tokens = sum(lengths)
    print(f"{machine()}, torch {torch.__version__}, Python {platform.python_version()}")
    print(f"{folder.name}: {resumes} resumes, {tokens:,} tokens, after a shared prefix of {prefix}; needed: {work / 1e9:,.0f} GFLOP")
    print(HEADING)
    first: dict = {}
    figures = []
    for method in methods:
        if method.startswith("CrossEncoder") and not find_spec("sentence_transformers"):
            print(f"{method:18} not installed")
            continue
        command = [sys.executable, __file__, "--measure", method, "--model", str(folder), "--resumes", str(resumes)]
        environment = os.environ | {"TQDM_DISABLE": "1", "HF_HUB_OFFLINE": "1"}
        child = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=environment)
        result = json.loads(child.stdout.splitlines()[-1])
        first = first or result
        figures.append(compared(method, result, first, work))
        print(line(figures[-1], tokens), flush=True)
    print("\n".join(FOOTNOTES))
    about = {"torch": torch.__version__, "resumes": resumes, "tokens": tokens, "prefix": prefix, "gflop": work / 1e9}
    return about | {"methods": figures}


if __name__ == "__main__":
    main()
