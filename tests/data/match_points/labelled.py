"""Load the hand-labelled match points (see README.md beside this), and judge what the system says about them."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from preprocess.intake import File
from preprocess.pipeline import read_resume
from reranker.evidence.match_points import MatchPoint, find_evidence
from reranker.evidence.requirements import Requirement, split_job
from reranker.judge.judge import Judge

HALVES = ("tuning", "held out", "examples", "blind")
UNSEEN = "unseen"
"""The part in the folder of this name, whose misses nobody reads."""
ROOT = Path(__file__).parents[3]
STATUSES = ("met", "partial", "missing")


@dataclass(frozen=True)
class Label:
    """What a reader found for a requirement in a resume; `lines` are the spans that are accepted as the quote."""

    status: str
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Resume:
    """`labels` belong to the requirements of its job, in their order."""

    name: str
    text: str
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Job:
    """`requirements` are (kind, text) as a reader splits the job description."""

    name: str
    half: str
    language: str
    text: str
    requirements: tuple[tuple[str, str], ...]
    resumes: tuple[Resume, ...]


@dataclass(frozen=True)
class Judged:
    """One labelled pair and the point that the system made of it; `label` is None for a point on something that no one asked for."""

    job: Job
    resume: Resume
    kind: str
    requirement: str
    label: Label | None
    status: str
    quote: str
    is_right: bool


@cache
def load(folder: str = "") -> tuple[Job, ...]:
    """Return all jobs but the unseen ones, or those of a folder. Raise ValueError where a label does not fit its resume or its job."""
    return tuple(_job(path) for path in sorted((Path(__file__).parent / folder).glob("*.toml")))


def judge(jobs: Iterable[Job], by: Judge) -> list[Judged]:
    """Return every labelled pair, and every point on a requirement that belongs to no labelled one; traits are not judged, and left out."""
    judged = []
    for job in jobs:
        requirements = split_job(job.text)
        indexes = labelled_requirements(job, requirements)
        for resume in job.resumes:
            points = find_evidence(requirements, resume.text, by).points
            for (kind, text), index, label in zip(job.requirements, indexes, resume.labels, strict=True):
                point = points[index] if index is not None else None
                if point is None or point.status != "ask":
                    judged.append(_judged(job, resume, kind, text, label, point))
            for index, point in enumerate(points):
                if index not in indexes and point.status not in ("missing", "ask"):
                    judged.append(Judged(job, resume, point.kind, point.requirement, None, point.status, point.quote, False))
    return judged


@dataclass(frozen=True)
class Figures:
    """`precision`: of the points said to be met or partial, those that are right. `recall`: of the pairs labelled met or partial, those
    with a right point. `accuracy`: of all pairs, those with exactly the labelled status (and an accepted quote).
    """

    pairs: int
    precision: float
    recall: float
    accuracy: float


def figures(judged: Sequence[Judged]) -> Figures:
    """Return the shares of right ones among what was said, and of labels that were met. Raises ZeroDivisionError where nothing was said or
    nothing was there to find.
    """
    pairs = [judgement for judgement in judged if judgement.label]
    right = sum(judgement.is_right for judgement in judged)
    exact = sum(pair.label.status == pair.status and (pair.is_right or pair.status == "missing") for pair in pairs if pair.label)
    return Figures(
        len(pairs),
        right / sum(judgement.status != "missing" for judgement in judged),
        right / sum(pair.label.status != "missing" for pair in pairs if pair.label),
        exact / len(pairs),
    )


def confusion(judged: Sequence[Judged]) -> Counter[tuple[str, str]]:
    """Count how often each (label, said) occurs."""
    return Counter((judgement.label.status, judgement.status) for judgement in judged if judgement.label)


def unsplit(job: Job) -> list[str]:
    """Return the labelled requirements that `split_job` loses or splits in another way."""
    requirements = split_job(job.text)
    return [text for _, text in job.requirements if _same(text, requirements) is None]


def labelled_requirements(job: Job, requirements: Sequence[Requirement]) -> list[int | None]:
    """Return the place of each labelled requirement among those split off by the system, None where it is lost."""
    return [_same(text, requirements) for _, text in job.requirements]


def _judged(job: Job, resume: Resume, kind: str, text: str, label: Label, point: MatchPoint | None) -> Judged:
    if point is None or point.status == "missing":
        return Judged(job, resume, kind, text, label, "missing", "", False)
    is_right = label.status != "missing" and any(point.start < end and start < point.end for start, end in label.lines)
    return Judged(job, resume, kind, text, label, point.status, point.quote, is_right)


def _same(text: str, requirements: Sequence[Requirement]) -> int | None:
    """Return the place of the requirement that shares most text with this one: at least 60 % of the longer of the two, in one piece."""
    shares = []
    for index, requirement in enumerate(requirements):
        common = SequenceMatcher(None, text, requirement.text, autojunk=False).find_longest_match().size
        shares.append((common / max(len(text), len(requirement.text)), -index))
    share, index = max(shares, default=(0.0, 0))
    return -index if share >= 0.6 else None


def _job(path: Path) -> Job:
    data = tomllib.loads(path.read_text("utf-8"))
    if data["half"] not in (*HALVES, UNSEEN):
        raise ValueError(f"{path.name}: half is one of {(*HALVES, UNSEEN)}")
    resumes = tuple(_resume(path.stem, value, list(data["requirements"])) for value in data["resume"])
    requirements = tuple((kind, text) for kind, text in data["requirements"].values())
    return Job(path.stem, data["half"], data["language"], _text(data, "job", "job_file"), requirements, resumes)


def _resume(job: str, data: dict, numbers: list[str]) -> Resume:
    text = _text(data, "text", "file")
    name = data.get("name") or Path(data["file"]).stem
    where = f"{job}, {name}"
    if list(data["labels"]) != numbers:
        raise ValueError(f"{where}: labels {list(data['labels'])} for requirements {numbers}")
    return Resume(name, text, tuple(_label(f"{where}, {number}", text, *value) for number, value in data["labels"].items()))


def _text(data: dict, text: str, file: str) -> str:
    """Return what stands under `text`, or the text of the file that is named under `file`, read as the app reads it."""
    if text in data:
        return data[text].strip()
    path = ROOT / data[file]
    return read_resume(File(path.name, path.read_bytes())).text


def _label(where: str, text: str, status: str, *lines: str) -> Label:
    if status not in STATUSES or bool(lines) != (status != "missing"):
        raise ValueError(f"{where}: {status} with {len(lines)} lines")
    if wrong := [line for line in lines if text.count(line) != 1]:
        raise ValueError(f"{where}: not exactly once in the resume: {wrong}")
    return Label(status, tuple((start := text.index(line), start + len(line)) for line in lines))
