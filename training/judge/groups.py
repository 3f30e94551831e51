"""Read job groups of training/judge/data/: a job description with its requirements, resumes, and a verdict per requirement and resume."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class JudgedResume:
    """A resume with its label (0..2), and per requirement a verdict (2 proven, 1 partly, 0 not) and the exact words that decide it."""

    text: str
    label: int
    kind: str
    verdicts: tuple[int, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class JobGroup:
    """A job, its requirements (text, whether it is a must) and the resumes that were judged against them."""

    trade: str
    language: str
    pile: str
    """"traps", "ordinary" or "mixed"."""
    job: str
    requirements: tuple[tuple[str, bool], ...]
    resumes: tuple[JudgedResume, ...]


def holds_evidence(text: str, evidence: str, start: int, end: int) -> bool:
    """Return whether text[start:end] and any mention of the evidence in the text share half of the shorter one."""
    at = text.find(evidence) if evidence else -1
    while at >= 0:
        if (min(end, at + len(evidence)) - max(start, at)) * 2 >= min(len(evidence), end - start):
            return True
        at = text.find(evidence, at + 1)
    return False


def read_groups(part: str) -> list[JobGroup]:
    """Return the groups of "train", "dev", "test" or "test2", file by file in the order of their names."""
    return [group for path in sorted((DATA / part).glob("*.jsonl")) for group in read_file(path)]


def read_file(path: Path) -> Iterator[JobGroup]:
    """Yield the groups of a file, a JSON object a line. Raise KeyError or ValueError where one is not as data/README.md says."""
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        requirements = tuple((requirement["text"], requirement["must"]) for requirement in item["requirements"])
        yield JobGroup(
            trade=item["trade"],
            language=item["lang"],
            pile=item["pile"],
            job=item["jd"],
            requirements=requirements,
            resumes=tuple(_resume(resume, len(requirements)) for resume in item["resumes"]),
        )


def _resume(item: dict, count: int) -> JudgedResume:
    resume = JudgedResume(item["text"], item["label"], item["kind"], tuple(item["verdicts"]), tuple(item["evidence"]))
    if not len(resume.verdicts) == len(resume.evidence) == count:
        raise ValueError("a verdict and evidence for each requirement")
    return resume
