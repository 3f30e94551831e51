"""Hold what all checks share: the facts that they take, the reasons that they give, the strengths of a part, the line that states less."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reranker.evidence.answers import Answer
from reranker.evidence.facts.contract import FactAnswer, Verdict
from reranker.evidence.resume_text.lines import ResumeLines

COMPARED = frozenset({"money", "people", "qps", "dau", "mau", "users"})
"""Kinds of numbers that a resume states as its owner's, so that less of them is less. Counts of anything are too loosely worded."""
LEAST_MET, MOST_PARTIAL, LEAST_PARTIAL, NO = 0.7, 0.6, 0.4, 0.05
"""Strengths: the least of what is met, the most and the least of a part, and that of what the resume says it has none of."""

Facts = Mapping[str, FactAnswer]
"""The answers to the facts that a requirement asks for, by "years", "degree", "languages", "certificates" and "numbers"."""


@dataclass(frozen=True)
class Reason:
    """`code`: "years", "years_of_it", "years_of_work", "no_work", "years_unseen", "amount", "amount_of_team", "amount_unsaid",
    "language", "denied" or, of a part of it, "denied_part"; and what is `asked` and `said`."""

    code: str
    asked: str = ""
    said: str = ""


Checked = tuple[Answer, Reason | None] | None
"""The answer after a check, and why; None where the check does not apply."""


def as_part(strength: float) -> float:
    """Return a strength within those of a part."""
    return min(max(strength, LEAST_PARTIAL), MOST_PARTIAL)


def telling_lines(resume: ResumeLines) -> list[int]:
    """Return the lines that may prove something: no list of keywords, no copy of the job, no denial."""
    silent = resume.listed | resume.copied | resume.denials.keys()
    return [index for index in range(len(resume.lines)) if index not in silent]


def less(current: Answer, facts: Facts, resume: ResumeLines) -> Answer:
    """Return a "missing" answer with the line that states less than is asked for, if a fact does; "partial" with one that is there too."""
    if current.status != "missing":
        return current
    shown = next((answer for answer in facts.values() if answer.verdict is Verdict.MET and answer.fact), None)
    if shown and shown.fact and any(answer.verdict is Verdict.NOT_MET for answer in facts.values()):
        return Answer("partial", max(current.strength, LEAST_PARTIAL), resume.line_at(shown.fact.start))
    for name, answer in facts.items():
        if answer.verdict is Verdict.NOT_MET and answer.fact and not (name == "numbers" and answer.fact.value.kind not in COMPARED):
            return replace(current, line=resume.line_at(answer.fact.start))
    return current
