"""Scoring speed:  python benchmarks/speed.py [--quick] [--model FOLDER] [--resumes 12]

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
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import torch  # noqa: E402

from reranker.engine import Query  # noqa: E402
from reranker.instructions import DEFAULT_INSTRUCTION  # noqa: E402
from reranker.qwen3.device import DTYPES, choose_device  # noqa: E402
from reranker.qwen3.engine import Qwen3Engine  # noqa: E402
from reranker.qwen3.int8_check import rank_correlation  # noqa: E402
from reranker.qwen3.prompt import PromptTokenizer  # noqa: E402
from reranker.scheduler import Scheduler  # noqa: E402
from tests.data.random_qwen3 import write_random_qwen3  # noqa: E402

Scorer = Callable[[list[str]], list[float]]
JOB_TOKENS, SHORTEST, LONGEST = 500, 500, 1300
PEER_BATCH = 4
METHODS = ("model card fp32", "CrossEncoder fp32", "CrossEncoder bf16", "ours fp32", "ours bf16", "ours int8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="a folder with weights; default: random ones of the real size")
    parser.add_argument("--quick", action="store_true", help="4 of 28 layers and 6 resumes: within 3 minutes on 2 cores")
    parser.add_argument("--resumes", type=int, help="default: 12, with --quick 6")
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    parser.add_argument("--one", help=argparse.SUPPRESS)  # a child process: measure this method, print JSON
    options = parser.parse_args()
    options.resumes = options.resumes or (6 if options.quick else 12)
    if options.one:
        print(json.dumps(measure(options.one, options.model, options.resumes)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.model or write_random_qwen3(Path(temporary) / "model", full=True, layers=4 if options.quick else 28)
        compare(folder, options.resumes, options.methods)


def compare(folder: Path, resumes: int, methods: list[str]) -> None:
    """Measure each method and print a line each; the first one is what the others are compared with."""
    tokenizer = PromptTokenizer(folder / "tokenizer.json")
    query, documents = texts(tokenizer, resumes)
    prefix = len(tokenizer.prefix(query))
    lengths = [len(tokenizer.document(text, prefix).ids) for text in documents]
    work = useful_work(json.loads((folder / "config.json").read_text()), prefix, lengths)
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores"
    print(f"{machine}, torch {torch.__version__}, Python {platform.python_version()}")
    print(f"{folder.name}: {resumes} resumes, {sum(lengths):,} tokens, after a shared prefix of {prefix}; needed: {work / 1e9:,.0f} GFLOP")
    print(f"{'':18}       s speed-up tokens/s GFLOP/s of roof peak GB   max Δ rank corr. top 5     +1")
    first: dict = {}
    for method in methods:
        if method.startswith("CrossEncoder") and not find_spec("sentence_transformers"):
            print(f"{method:18} not installed")
            continue
        command = [sys.executable, __file__, "--one", method, "--model", str(folder), "--resumes", str(resumes)]
        environment = os.environ | {"TQDM_DISABLE": "1", "HF_HUB_OFFLINE": "1"}
        child = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=environment)
        result = json.loads(child.stdout.splitlines()[-1])
        first = first or result
        seconds, logits = result["seconds"], result["logits"]
        speed = work / seconds / 1e9
        share = speed / result["roof"]
        delta = max(abs(one - other) for one, other in zip(logits, first["logits"], strict=True))
        same = "same" if top(logits) == top(first["logits"]) else "other"
        one_more = f"{result['one_more']:5.2f}×" if "one_more" in result else ""
        print(
            f"{method:18} {seconds:7.1f} {first['seconds'] / seconds:7.1f}× {sum(lengths) / seconds:8.0f} {speed:7.0f} {share:7.0%}"
            f" {result['peak_gb']:7.1f} {delta:7.4f} {rank_correlation(logits, first['logits']):10.3f} {same:>5} {one_more:>6}",
            flush=True,
        )
    print("of roof: of the matrix products of that precision, measured in the same process just before and just after")
    print("+1: one resume added to those ranked, against the time of scoring that one alone (the job's prefix known both times)")


def measure(method: str, folder: Path, resumes: int) -> dict:
    """In this process: seconds after a warm-up, logits, peak memory."""
    query, documents = texts(PromptTokenizer(folder / "tokenizer.json"), resumes)
    name, precision = method.rsplit(maxsplit=1)
    scorers = {"ours": our_scorer, "model card": model_card_scorer, "CrossEncoder": cross_encoder_scorer}
    score = scorers[name](folder, query, precision)
    roof = roofline(precision)
    start = time.perf_counter()
    logits = score(documents)
    result = {"seconds": time.perf_counter() - start, "logits": logits}
    result["roof"] = max(roof, roofline(precision))  # on a shared machine it drifts
    if name == "ours":
        middle = sorted(documents, key=len)[len(documents) // 2]
        start = time.perf_counter()
        score([middle[:-1]])
        alone = time.perf_counter() - start
        start = time.perf_counter()
        score([*documents, middle[:-2]])
        result["one_more"] = (time.perf_counter() - start) / alone
    return result | {"peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**30 if sys.platform == "darwin" else 2**20)}


def our_scorer(folder: Path, query: Query, precision: str) -> Scorer:
    """Warm, but nothing of the query is known yet."""
    engine = Scheduler(Qwen3Engine(folder, choose_device("cpu", precision), print))
    list(engine.score(Query("warm up", ""), [("warm up", "warm up")]))
    return lambda texts: [one.logit for one in sorted(engine.score(query, [(text, text) for text in texts]), key=lambda one: one.index)]


def model_card_scorer(folder: Path, query: Query, precision: str) -> Scorer:
    from reranker.qwen3.model_card import ModelCard

    card = ModelCard(folder)
    card.logits("", "warm up", ["warm up"])

    def score(texts: list[str]) -> list[float]:
        batches = [texts[start : start + PEER_BATCH] for start in range(0, len(texts), PEER_BATCH)]
        return [logit for batch in batches for logit in card.logits(query.instruction, query.job, batch)]

    return score


def cross_encoder_scorer(folder: Path, query: Query, precision: str) -> Scorer:
    from sentence_transformers import CrossEncoder  # pyright: ignore[reportMissingImports]  # optional

    from reranker.qwen3.model_card import PREFIX, SUFFIX

    # The pair is rendered as it stands, so that the prompt is the one everyone gets.
    of_role = '{{{{ messages | selectattr("role", "eq", "{}") | map(attribute="content") | first }}}}'.format
    template = {"chat_template": of_role("query") + of_role("document")}
    options: dict = {"model_kwargs": {"dtype": DTYPES[precision]}, "processor_kwargs": template}
    judge = CrossEncoder(str(folder), device="cpu", local_files_only=True, **options)
    judge.predict([("warm", "up")], show_progress_bar=False)
    before = f"{PREFIX}<Instruct>: {query.instruction}\n<Query>: {query.job}\n<Document>: "

    def score(texts: list[str]) -> list[float]:
        pairs = [(before, text + SUFFIX) for text in texts]
        return judge.predict(pairs, batch_size=PEER_BATCH, activation_fn=torch.nn.Identity(), show_progress_bar=False).tolist()

    return score


def texts(tokenizer: PromptTokenizer, resumes: int) -> tuple[Query, list[str]]:
    """The Chinese example job and resumes put together from the lines of the examples, at lengths spread evenly."""
    folder = ROOT / "examples" / "zh"
    from preprocess.intake import File
    from preprocess.pipeline import read_resume

    read = {path.name: read_resume(File(path.name, path.read_bytes())).text for path in sorted(folder.iterdir())}
    job = next(text for name, text in read.items() if name.startswith("JD_"))
    lines = [line for name, text in read.items() if not name.startswith("JD_") for line in text.splitlines() if len(line) > 10]
    order = random.Random(0)

    def text_of(tokens: int, pool: list[str]) -> str:
        text = ""
        while len(tokenizer.document(text, 0).ids) < tokens:
            text += order.choice(pool) + "\n"
        return text

    while len(tokenizer.prefix(query := Query(job, DEFAULT_INSTRUCTION))) > JOB_TOKENS:
        job = job.rpartition("\n")[0]
    step = (LONGEST - SHORTEST) / max(1, resumes - 1)
    return query, [text_of(round(SHORTEST + number * step), lines) for number in range(resumes)]


def useful_work(config: dict, prefix: int, lengths: list[int]) -> float:
    """FLOPs that cannot be avoided: each token once, attention exactly causal, the last layer for one row a document."""
    hidden, inner, head = config["hidden_size"], config["intermediate_size"], config["head_dim"]
    heads, kv_heads, layers = config["num_attention_heads"], config["num_key_value_heads"], config["num_hidden_layers"]
    keys_values = 2 * hidden * 2 * kv_heads * head
    rest = 2 * (2 * hidden * heads * head + 3 * hidden * inner)

    def attention(rows: int, past: int) -> float:
        return 4 * heads * head * (rows * past + rows * rows / 2)

    parts = [(prefix, 0), *((length, prefix) for length in lengths)]
    whole = sum((keys_values + rest) * rows + attention(rows, past) for rows, past in parts)
    last = keys_values * (prefix + sum(lengths)) + sum(rest + attention(1, prefix + length) for length in lengths)
    return (layers - 1) * whole + last


def roofline(precision: str) -> float:
    """GFLOP/s of the best of 20 products of the model's largest shape."""
    x, weight = torch.ones(1024, 1024), torch.ones(6144, 1024)
    if precision == "int8":
        x, weight = x.to(torch.int8), weight.to(torch.int8).T
        multiply = lambda: torch._int_mm(x, weight)  # noqa: E731  # pyright: ignore
    else:
        x, weight = x.to(DTYPES[precision]), weight.to(DTYPES[precision])
        multiply = lambda: torch.nn.functional.linear(x, weight)  # noqa: E731
    best = float("inf")
    for _ in range(20):
        start = time.perf_counter()
        multiply()
        best = min(best, time.perf_counter() - start)
    return 2 * 1024 * 1024 * 6144 / best / 1e9


def top(logits: list[float]) -> set[int]:
    return set(sorted(range(len(logits)), key=lambda index: -logits[index])[:5])


if __name__ == "__main__":
    main()
