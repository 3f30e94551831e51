"""Find the key match points: which line of a resume answers which requirement, quoted verbatim, and how much of the job is covered.

How one requirement is answered is in `answers`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reranker.encoder.encoder import Encoder
from reranker.evidence.answers import Answer, answer
from reranker.evidence.lines import ResumeLines, read_lines
from reranker.evidence.parsed_requirement import wanted
from reranker.evidence.requirements import Requirement
from reranker.evidence.similarity import closeness
from reranker.evidence.topics import lines_showing, topics_of

_WORTH = {"met": 1.0, "partial": 0.5, "missing": 0.0}


@dataclass(frozen=True)
class MatchPoint:
    """A requirement and the resume's answer. `status` is "met", "partial" or "missing"; `strength` is in 0..1.

    `quote` is resume_text[start:end], exactly; for "missing" it is empty and start = end = 0.
    """

    requirement: str
    kind: str
    status: str
    quote: str
    start: int
    end: int
    strength: float


@dataclass(frozen=True)
class Evidence:
    """One point per requirement, in their order, and features in 0..1.

    `must_coverage`, `nice_coverage`, `duty_coverage`: the mean over the requirements of that kind, met 1, partial 0.5, missing 0 (no such
    requirement: 0). `skill_coverage`: the share of the technologies asked for (alternatives count once) that the resume mentions in
    a sentence about work; those in keyword lists only count half; `listed_only` is the share of these.
    `semantic`: the mean over all requirements of how close the closest line is in meaning.
    `field`: how close the resume as a whole is to the job as a whole.
    """

    points: tuple[MatchPoint, ...]
    features: dict[str, float]


OwnWords = Callable[[str, str], tuple[int, int] | None]
"""(requirement, resume) → the span of the resume that answers the requirement in words that a company accepted for it, if any."""


def find_evidence(
    requirements: Sequence[Requirement], resume_text: str, encoder: Encoder, glossary_span: OwnWords = lambda requirement, resume: None
) -> Evidence:
    """Return one match point per requirement and the features of the resume. See lines.py for which lines are read.

    `glossary_span` is asked for a span in a company's own words where no line answers the requirement.
    """
    resume = read_lines(resume_text)
    asked = [wanted(requirement) for requirement in requirements]
    topics = dict.fromkeys(topic for requirement in requirements for topic in topics_of(requirement.text))
    shown = lines_showing(list(topics), resume_text, resume.spans)
    meaning = closeness([one.rest or requirement.text for one, requirement in zip(asked, requirements, strict=True)], resume, encoder)
    points = [
        _point(requirement, answer(one, shown, close, resume), resume)
        for requirement, one, close in zip(requirements, asked, meaning.lines, strict=True)
    ]
    points = [point if point.quote else _in_own_words(point, resume_text, glossary_span) for point in points]

    features = {
        f"{kind}_coverage": _mean([_WORTH[point.status] for point in points if point.kind == kind]) for kind in ("must", "nice", "duty")
    }
    listed = frozenset().union(*resume.skills)
    used = frozenset().union(*(skills for skills, is_work in zip(resume.skills, resume.is_work, strict=True) if is_work))
    groups = dict.fromkeys(group for one in asked for group in one.groups)
    features["skill_coverage"] = _mean([(bool(group & listed) + bool(group & used)) / 2 for group in groups])
    features["listed_only"] = _mean([float(bool(group & listed) and not group & used) for group in groups])
    features["semantic"] = _mean([_strength(float(row.max(initial=0.0))) for row in meaning.lines])
    features["field"] = meaning.field
    return Evidence(tuple(points), features)


def _point(requirement: Requirement, found: Answer, resume: ResumeLines) -> MatchPoint:
    start, end = resume.spans[found.line] if found.line is not None else (0, 0)
    return MatchPoint(requirement.text, requirement.kind, found.status, resume.text[start:end], start, end, found.strength)


def _in_own_words(point: MatchPoint, text: str, glossary_span: OwnWords) -> MatchPoint:
    """Return the point as a partial match by the company's accepted words, if they occur; people never said that these mean all of it."""
    span = glossary_span(point.requirement, text)
    if span is None:
        return point
    start, end = span
    return MatchPoint(point.requirement, point.kind, "partial", text[start:end], start, end, 0.5)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _strength(closeness: float) -> float:
    """Scale a closeness to 0..1: 0.08, usual between any two texts, is 0; 0.22, nearly the same words, is 1."""
    return min(1.0, max(0.0, (closeness - 0.08) / 0.14))
