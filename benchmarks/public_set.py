"""Load the public set yc4640_ltr: 50 English job descriptions of the software trade × 15 resumes, labelled 1 to 5 by a language model.

Only ever measured; the weight of the words in the offline order was chosen on half of its jobs (reranker/embedded/words.py).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from feedback.learning.metrics import ndcg
from reranker.embedded.bm25 import bm25
from reranker.embedded.engine import EmbeddedEngine
from reranker.engine import Query
from reranker.evidence.requirements import split_job
from reranker.judge.judge import Judge

FOLDER = "yc4640_ltr"
DEPTHS = (5, 10)


@dataclass(frozen=True)
class PublicSet:
    """`gains` (jobs, resumes) are the labels less one."""

    jobs: tuple[str, ...]
    resumes: tuple[str, ...]
    gains: np.ndarray


def read_public_set(folder: Path) -> PublicSet:
    """Read the set: its fields below headings, as resumes and job descriptions have them."""
    jobs, resumes, rows = (
        [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("jobs", "resumes", "labels_suggested")
    )
    job_place = {job["job_id"]: index for index, job in enumerate(jobs)}
    resume_place = {resume["resume_id"]: index for index, resume in enumerate(resumes)}
    gains = np.zeros((len(jobs), len(resumes)))
    for row in rows:
        gains[job_place[row["job_id"]], resume_place[row["resume_id"]]] = row["label"] - 1
    return PublicSet(tuple(map(_job, jobs)), tuple(map(_resume, resumes)), gains)


def report_public(data: Path, judge: Judge) -> None:
    """Print nDCG (gain: label less one) of the offline order and of BM25 over all jobs, and over each half."""
    public = read_public_set(data / FOLDER)
    asked = [requirement.text for job in public.jobs for requirement in split_job(job)]
    for text in public.resumes:
        judge.verdicts(asked, text)  # at once, so that it reads each resume once; it remembers them
    documents = [(text, text) for text in public.resumes]
    engine = EmbeddedEngine(judge)
    scores = {
        "offline order": [[score.logit for score in engine.score(Query(job, ""), documents)] for job in public.jobs],
        "BM25": [[bm25(job, text) for text in public.resumes] for job in public.jobs],
    }
    print(f"{FOLDER}: {len(public.jobs)} jobs × {len(public.resumes)} resumes")
    print(f"{'':16}" + "".join(f"{f'nDCG@{depth}':>9}" for depth in DEPTHS) + f"{'odd jobs':>10}{'even jobs':>10}")
    for name, of_jobs in scores.items():
        at = [mean_ndcg(of_jobs, public.gains, depth) for depth in DEPTHS]
        halves = [mean_ndcg(of_jobs[first::2], public.gains[first::2], DEPTHS[0]) for first in (0, 1)]
        print(f"{name:16}" + "".join(f"{value:>9.3f}" for value in at) + "".join(f"{value:>10.3f}" for value in halves))


def mean_ndcg(scores: Sequence[Sequence[float]], gains: np.ndarray, depth: int) -> float:
    """Return the mean nDCG over the jobs for which anybody has a gain."""
    return float(np.mean([ndcg(np.array(of_job), gain, depth) for of_job, gain in zip(scores, gains, strict=True) if gain.any()]))


def _job(job: dict) -> str:
    skills = ", ".join(job["skills"])
    return f"{job['title']}\nResponsibilities:\n{job['responsibilities']}\nRequirements:\n{job['requirements_text']}\n{skills}"


def _resume(resume: dict) -> str:
    fields = resume | {"skills": ", ".join(resume["skills"])}
    return "\n".join(f"{name.capitalize()}\n{fields[name]}" for name in ("experience", "projects", "skills", "education"))
