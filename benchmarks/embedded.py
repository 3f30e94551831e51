"""Measure the stand-in engine:  python benchmarks/embedded.py

Time and memory for 12 resumes (the Chinese examples) and 10 requirements, in each precision, and pairs of the examples in the order that
their author meant. The weights of the engine were chosen on the examples, so their figure is no proof of quality.

Known miss: on the Chinese examples the resume that says everything in other words than the job (显卡资源池 for GPU 集群) is placed too
low. That takes a model that reads: Qwen3-Reranker.
"""

import os
import platform
import sys
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from preprocess.intake import File  # noqa: E402
from preprocess.pipeline import read_resume  # noqa: E402
from reranker.embedded.bm25 import bm25  # noqa: E402
from reranker.embedded.engine import EmbeddedEngine  # noqa: E402
from reranker.engine import Query  # noqa: E402
from reranker.evidence.match_points import find_evidence  # noqa: E402
from reranker.evidence.requirements import split_job  # noqa: E402
from reranker.judge.judge import Judge  # noqa: E402
from reranker.warm_up import warm_up  # noqa: E402

Scorer = Callable[[str, list[str]], list[float]]


def main() -> None:
    """Print time and memory in each precision, and the pairs of the examples in the right order by each scorer."""
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name, bfloat16 in (("bf16", True), ("fp32", False)):
        with ProcessPoolExecutor(1, get_context("spawn")) as fresh:  # peak memory is that of a process
            print(f"{name:10}  {fresh.submit(twelve_by_ten, bfloat16).result()}")
    judge = Judge()
    engine = EmbeddedEngine(judge)
    scorers: dict[str, Scorer] = {
        "stand-in": lambda job, texts: [score.logit for score in engine.score(Query(job, ""), [(text, text) for text in texts])],
        "BM25": lambda job, texts: [bm25(job, text) for text in texts],
        "cosine": lambda job, texts: (judge.encoder.passages(texts) @ judge.encoder.queries([job])[0]).tolist(),
    }
    for name, scorer in scorers.items():
        print(f"{name:10}", *(f"examples/{language}: {pairs_in_order(language, scorer)}" for language in ("zh", "en")), sep="  ")


def twelve_by_ten(bfloat16: bool) -> str:
    """Return what 12 resumes and 10 requirements cost a process that has loaded the judge, in words."""
    job, texts = examples("zh")
    requirements, judge = split_job(job)[:10], Judge(bfloat16=bfloat16)
    warm_up(judge)
    start, used, seconds = time.perf_counter(), time.process_time(), []
    for text in texts.values():
        find_evidence(requirements, text, judge)
        seconds.append(time.perf_counter() - start)
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{len(texts)} resumes × {len(requirements)} requirements: {seconds[-1]:.1f} s, the first after {seconds[0]:.1f} s; "
        f"{time.process_time() - used:.1f} s of processor time, peak memory of the process {peak:.0f} MB"
    )


def examples(language: str) -> tuple[str, dict[str, str]]:
    """Return the job description of the examples in a language, and the texts of its resumes by file name, the best first."""
    expected = tomllib.loads((ROOT / "examples" / "expected.toml").read_text("utf-8"))[language]
    folder = ROOT / "examples" / language
    names = [name for grade in ("strong", "partial", "weak") for name in expected[grade]]
    return _text(folder / expected["job"]), {name: _text(folder / name) for name in names}


def pairs_in_order(language: str, scorer: Scorer) -> str:
    """Return in words how many pairs of example resumes of different grades a scorer puts in the order of their grades."""
    expected = tomllib.loads((ROOT / "examples" / "expected.toml").read_text("utf-8"))[language]
    grade = {name: value for value, key in enumerate(("weak", "partial", "strong")) for name in expected[key]}
    job, texts = examples(language)
    scores = dict(zip(texts, scorer(job, list(texts.values())), strict=True))
    pairs = [(better, worse) for better in texts for worse in texts if grade[better] > grade[worse]]
    return f"{sum(scores[better] > scores[worse] for better, worse in pairs)} of {len(pairs)} pairs"


def _text(path: Path) -> str:
    return read_resume(File(path.name, path.read_bytes())).text


if __name__ == "__main__":
    main()
