"""The stand-in engine in figures:  python benchmarks/embedded.py [FOLDER with jobs.jsonl, resumes.jsonl, labels_suggested.jsonl]

Time for 12 resumes of 1,800 characters; pairs of the examples in the order that their author meant; and, where a labelled folder is
given, nDCG@10 (gain = label − 1) beside BM25 and beside one cosine of the whole texts. The weights of the engine were chosen on
the examples, so their figure is no proof of quality; the labelled folder was only ever measured.

Known miss: on the Chinese examples the resume that says everything in other words than the job (显卡资源池 for GPU 集群) is placed too
low. That takes a model that reads: Qwen3-Reranker.
"""

import json
import os
import platform
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from feedback.learning.metrics import ndcg  # noqa: E402
from preprocess.intake import File  # noqa: E402
from preprocess.pipeline import read_resume  # noqa: E402
from reranker.embedded.bm25 import bm25  # noqa: E402
from reranker.embedded.engine import EmbeddedEngine  # noqa: E402
from reranker.engine import Query  # noqa: E402
from reranker.judge.judge import Judge  # noqa: E402

Scorer = Callable[[str, list[str]], list[float]]


def main() -> None:
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    seconds, characters = time_twelve()
    print(f"12 resumes of {characters} characters, first load included: {seconds:.1f} s")
    judge = Judge()
    engine = EmbeddedEngine(judge)
    scorers: dict[str, Scorer] = {
        "stand-in": lambda job, texts: [score.logit for score in engine.score(Query(job, ""), [(text, text) for text in texts])],
        "BM25": lambda job, texts: [bm25(job, text) for text in texts],
        "cosine": lambda job, texts: (judge.encoder.passages(texts) @ judge.encoder.queries([job])[0]).tolist(),
    }
    for name, scorer in scorers.items():
        print(f"{name:10}", *(f"examples/{language}: {pairs_in_order(language, scorer)}" for language in ("zh", "en")), sep="  ")
    if len(sys.argv) > 1:
        jobs, resumes, labels = labelled(Path(sys.argv[1]))
        gains = [np.array([labels[number, resume] - 1 for resume in range(len(resumes))]) for number in range(len(jobs))]
        for name, scorer in scorers.items():
            values = [ndcg(np.array(scorer(job, resumes)), of_job, 10) for job, of_job in zip(jobs, gains, strict=True) if of_job.any()]
            print(f"{name:10}  nDCG@10 {sum(values) / len(values):.3f} over {len(values)} jobs × {len(resumes)} resumes")


def time_twelve() -> tuple[float, int]:
    """Seconds from nothing loaded to 12 scores, on the Chinese examples lengthened to 1,800 characters."""
    job, texts = examples("zh")
    texts = {name: (text + "\n" + "\n".join(reversed(text.splitlines())).replace("，", "、"))[:1800] for name, text in texts.items()}
    start = time.perf_counter()
    assert len(list(EmbeddedEngine(Judge()).score(Query(job, ""), texts.items()))) == 12
    return time.perf_counter() - start, min(map(len, texts.values()))


def examples(language: str) -> tuple[str, dict[str, str]]:
    expected = tomllib.loads((ROOT / "examples" / "expected.toml").read_text("utf-8"))[language]
    folder = ROOT / "examples" / language
    names = [name for grade in ("strong", "partial", "weak") for name in expected[grade]]
    return _text(folder / expected["job"]), {name: _text(folder / name) for name in names}


def pairs_in_order(language: str, scorer: Scorer) -> str:
    expected = tomllib.loads((ROOT / "examples" / "expected.toml").read_text("utf-8"))[language]
    grade = {name: value for value, key in enumerate(("weak", "partial", "strong")) for name in expected[key]}
    job, texts = examples(language)
    scores = dict(zip(texts, scorer(job, list(texts.values())), strict=True))
    pairs = [(better, worse) for better in texts for worse in texts if grade[better] > grade[worse]]
    return f"{sum(scores[better] > scores[worse] for better, worse in pairs)} of {len(pairs)} pairs"


def labelled(folder: Path) -> tuple[list[str], list[str], dict[tuple[int, int], int]]:
    jobs = [json.loads(line) for line in (folder / "jobs.jsonl").read_text("utf-8").splitlines()]
    resumes = [json.loads(line) for line in (folder / "resumes.jsonl").read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in (folder / "labels_suggested.jsonl").read_text("utf-8").splitlines()]
    job_place = {job.pop("job_id"): index for index, job in enumerate(jobs)}
    resume_place = {resume.pop("resume_id"): index for index, resume in enumerate(resumes)}
    labels = {(job_place[row["job_id"]], resume_place[row["resume_id"]]): int(row["label"]) for row in rows}
    return [_job(job) for job in jobs], ["\n".join(map(str, resume.values())) for resume in resumes], labels


def _text(path: Path) -> str:
    return read_resume(File(path.name, path.read_bytes())).text


def _job(job: dict) -> str:
    return f"Responsibilities:\n{job['responsibilities']}\nRequirements:\n{job['requirements_text']}\n{', '.join(job['skills'])}"


if __name__ == "__main__":
    main()
