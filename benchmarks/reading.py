"""Measure reading beside scoring:  python benchmarks/reading.py [--model FOLDER] [--resumes 200]

Reads and cleans generated PDFs of 5 pages, as the page does. Then scores one of them alone, and beside the reading of the rest: what
reading takes of the whole, and what it costs the scoring. The time of scoring all of them is extrapolated from the one.
Without --model it takes a seeded random Qwen3 of the real size: its speed is the real one.
"""

import argparse
import os
import platform
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import torch  # noqa: E402

from i18n.texts import texts  # noqa: E402
from preprocess.document import Resume  # noqa: E402
from preprocess.intake import File  # noqa: E402
from preprocess.pipeline import read_resume, read_resumes  # noqa: E402
from reranker.engine import Query  # noqa: E402
from reranker.instructions import DEFAULT_INSTRUCTION  # noqa: E402
from reranker.qwen3.device import choose_device  # noqa: E402
from reranker.qwen3.engine import Qwen3Engine  # noqa: E402
from tests.data.make_pdf import text_pdf  # noqa: E402
from tests.data.random_qwen3 import write_random_qwen3  # noqa: E402

PAGES, LINES = 5, 42


def main() -> None:
    """Print the seconds of reading the PDFs, of scoring one alone and beside the reading, and the share of reading in the whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="a folder with weights; default: random ones of the real size")
    parser.add_argument("--resumes", type=int, default=200, help="PDFs")
    options = parser.parse_args()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, torch {torch.__version__}")
    files = pdfs(options.resumes)
    start = time.perf_counter()
    resumes = read(files)
    reading = time.perf_counter() - start
    characters = sum(len(resume.text) for resume in resumes) / len(resumes)
    print(f"{len(resumes)} PDFs of {PAGES} pages ({characters:,.0f} characters each) read and cleaned in {reading:.1f} s", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.model or write_random_qwen3(Path(temporary) / "model", full=True)
        choice = choose_device()
        print(*map(texts("en").notice, choice.reasons))
        engine = Qwen3Engine(folder, choice, print)
        job = read_resume(File("JD.pdf", (ROOT / "examples" / "zh" / "JD_AI平台工程师.pdf").read_bytes())).text
        query = Query(job, DEFAULT_INSTRUCTION)
        list(engine.score(query, [("warm", "warm")]))

        def score(number: int) -> tuple[float, int]:
            start = time.perf_counter()
            (score,) = engine.score(query, [(resumes[number].id, resumes[number].text)])
            return time.perf_counter() - start, score.tokens

        alone, tokens = score(0)
        background = threading.Thread(target=read, args=[files])
        background.start()
        beside, _ = score(1)
        went_on = background.is_alive()
        background.join()
    whole = alone * len(resumes)
    print(f"One of them scored in {alone:.1f} s ({tokens:,} tokens), all: {whole:,.0f} s; reading is {reading / whole:.1%} of that")
    if went_on:
        print(f"One scored while the others are read: {beside:.1f} s, {beside / alone:.2f} times its time alone")


def pdfs(count: int) -> list[File]:
    """Return resumes of different lines, drawn from those of the examples."""
    pool = [
        line
        for path in sorted((ROOT / "examples" / "zh").iterdir())
        if not path.name.startswith("JD_")
        for line in read_resume(File(path.name, path.read_bytes())).text.splitlines()
        if 12 <= len(line) <= 44
    ]
    order = random.Random(0)
    return [File(f"{number}.pdf", text_pdf(*([order.choice(pool) for _ in range(LINES)] for _ in range(PAGES)))) for number in range(count)]


def read(files: list[File]) -> list[Resume]:
    """Return the resumes of generated files, cleaned; every one of them can be read."""
    results = list(read_resumes(files))
    resumes = [result for result in results if isinstance(result, Resume)]
    assert len(resumes) == len(files), "a generated PDF could not be read"
    return resumes


if __name__ == "__main__":
    main()
