"""Find the key match points: which line of a resume answers which requirement, quoted verbatim, and how far.

How one requirement is answered is in `answers`, from what is gathered in `signals`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reranker.evidence.answers import Answer, answer
from reranker.evidence.checks.contract import Reason
from reranker.evidence.facts.contract import FactAnswer
from reranker.evidence.parsed_requirement import ParsedRequirement, of_the_job, parse_requirement
from reranker.evidence.profile.contact_lines import without_contact
from reranker.evidence.reasons import checked
from reranker.evidence.requirements import Requirement
from reranker.evidence.resume_text.job_quotes import without_job_quotes
from reranker.evidence.resume_text.lines import ResumeLines, read_own_lines
from reranker.evidence.signals import Signals, fact_answers, signals
from reranker.evidence.similarity import similarity
from reranker.evidence.soft import SOFT
from reranker.evidence.topics import lines_showing
from reranker.judge.judge import Judge


@dataclass(frozen=True)
class MatchPoint:
    """A requirement and the resume's answer. `status` is "met", "partial" or "missing", or "ask" of a trait that only an interview shows.

    `strength`, in 0..1, says how far it is proven. `quote` is resume_text[start:end], exactly. For "missing" it is empty and
    start = end = 0, unless the resume says the opposite: then it is the line that does. `reason` says what two numbers decide it, if any.
    """

    requirement: str
    kind: str
    status: str
    quote: str
    start: int
    end: int
    strength: float
    reason: Reason | None = None
    written: str = ""
    """The quote with names of technologies as the resume itself spells them; "" where it spells them so. See own_spelling.py."""

    @property
    def shown_quote(self) -> str:
        """The quote as people read it, without contact data."""
        return without_contact(self.written or self.quote)

    @property
    def said(self) -> str:
        """The status as people read it: "no" in place of "missing" where the resume says the opposite."""
        return "no" if self.status == "missing" and self.quote else self.status


@dataclass(frozen=True)
class Evidence:
    """One point per requirement, in their order, and features in 0..1.

    `must_strength`, `duty_strength`, `nice_strength`: the mean strength of the points of that kind (0 without such requirements).
    `must_missing`: the share of the musts that are missing. `unread_lines` counts the lines of a very long resume that were not looked at.
    """

    points: tuple[MatchPoint, ...]
    features: dict[str, float]
    unread_lines: int = 0


OwnWords = Callable[[str, str], tuple[int, int] | None]
"""(requirement, resume) → the span of the resume that answers the requirement in words that a company accepted for it, if any."""


def find_evidence(
    requirements: Sequence[Requirement], resume_text: str, judge: Judge, glossary_span: OwnWords = lambda requirement, resume: None
) -> Evidence:
    """Return one match point per requirement and the features of the resume. See lines.py for which lines are read.

    `glossary_span` is asked for a span in a company's own words where no line answers the requirement.
    """
    texts = [requirement.text for requirement in requirements]
    resume = read_own_lines(without_job_quotes(resume_text), tuple(texts))
    gathered = requirement_signals(texts, resume, judge)
    points = [
        _point(requirement, *checked(answer(of_requirement, parsed, facts), requirement.text, parsed, facts, resume), resume, resume_text)
        for requirement, (parsed, facts, of_requirement) in zip(requirements, gathered, strict=True)
    ]
    points = [point if point.quote else _in_own_words(point, resume_text, glossary_span) for point in points]
    return Evidence(tuple(points), features_of(points), resume.unread)


def features_of(points: Sequence[MatchPoint]) -> dict[str, float]:
    """Return the features of these match points; see Evidence."""
    features = {f"{kind}_strength": _mean([point.strength for point in points if point.kind == kind]) for kind in ("must", "duty", "nice")}
    features["must_missing"] = _mean([float(point.status == "missing") for point in points if point.kind == "must"])
    return features


def requirement_signals(
    texts: Sequence[str], resume: ResumeLines, judge: Judge
) -> list[tuple[ParsedRequirement, list[FactAnswer], Signals]]:
    """Return for each requirement what it asks for, the resume's answers to the facts in it, and the signals."""
    asked = of_the_job([parse_requirement(text) for text in texts], texts)
    similarities = similarity([parsed.rest or text for parsed, text in zip(asked, texts, strict=True)], resume, judge.encoder)
    topics = [
        *(topic for parsed in asked for topics in (parsed.topics, *parsed.same) for topic in topics),
        *(topic for parsed in asked for clause in parsed.clauses for topic in clause.topics),
    ]
    shown = lines_showing(list(dict.fromkeys(topics)), resume.told, resume.spans)
    gathered = []
    for parsed, row, verdict in zip(asked, similarities, judge.verdicts(texts, resume.told), strict=True):
        facts = fact_answers(parsed, resume)
        gathered.append((parsed, facts, signals(parsed, facts, shown, verdict, row, resume)))
    return gathered


def of_kind(point: MatchPoint, kind: str) -> MatchPoint:
    """Return the point of a requirement that is of another kind now; of a trait, a resume's own word for it is no proof."""
    return replace(point, kind=kind, status="ask" if kind == SOFT else point.status)


def _point(requirement: Requirement, answer: Answer, reason: Reason | None, resume: ResumeLines, text: str) -> MatchPoint:
    start, end = resume.spans[answer.line] if answer.line is not None else (0, 0)
    return of_kind(MatchPoint(requirement.text, "", answer.status, text[start:end], start, end, answer.strength, reason), requirement.kind)


def _in_own_words(point: MatchPoint, text: str, glossary_span: OwnWords) -> MatchPoint:
    """Return the point as a partial match by the company's accepted words, if they occur; people never said that these mean all of it."""
    span = glossary_span(point.requirement, text)
    if span is None:
        return point
    start, end = span
    status = "ask" if point.kind == SOFT else "partial"
    return MatchPoint(point.requirement, point.kind, status, text[start:end], start, end, max(0.5, point.strength))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
