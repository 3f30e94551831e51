"""Ask about a fact that a requirement asks for and a resume does not meet: years, a degree, a certificate, a language, a number."""

import re
from collections.abc import Callable

from reranker.evidence.checks.career import shortfall
from reranker.evidence.facts import certificates, degrees, languages, numbers, years
from reranker.evidence.facts.contract import Fact, Verdict
from reranker.evidence.facts.mentions import Standing, folded
from reranker.evidence.facts.study.standing import DegreeStanding, was_broken_off
from reranker.evidence.match_points import MatchPoint
from reranker.evidence.parsed_requirement import ParsedRequirement
from reranker.evidence.questions.private import without_private
from reranker.evidence.questions.question import NO_LINE, Asked
from reranker.evidence.resume_text.lines import ResumeLines

_MARGIN = 0.05
"""Years that are not worth a question."""


def fact_question(text: str, parsed: ParsedRequirement, point: MatchPoint, resume: ResumeLines) -> Asked | None:
    """Return a question about the first fact that the requirement asks for and the resume does not meet."""
    is_missing = point.status == "missing"
    asks: tuple[Callable[[], Asked | None], ...] = (
        lambda: _certificates(text, parsed, resume),
        lambda: _years(parsed, resume),
        lambda: _degree(parsed, resume),
        lambda: _language(parsed, resume),
        lambda: _number(parsed, resume, is_missing),
    )
    return next((asked for ask in asks if (asked := ask())), None)


def _years(parsed: ParsedRequirement, resume: ResumeLines) -> Asked | None:
    """Return a question with the same years as the row gives for its reason."""
    if parsed.years is None:
        return None
    reason = shortfall(parsed, resume)
    is_unsaid = years.answer(parsed.years, resume.experience).verdict is Verdict.NOT_SAID
    if reason and reason.code != "years_unseen" and float(reason.said) > _MARGIN:
        asked, counted = float(reason.asked), float(reason.said)
        return "years_short", {"asked": _rounded(asked), "held": _rounded(counted), "short": _rounded(asked - counted)}, NO_LINE
    if not (reason or is_unsaid):
        return None
    career_years = years.held(resume.experience)
    if career_years and career_years > _MARGIN:
        return "years_other", {"held": _rounded(career_years)}, NO_LINE
    return "years_unsaid", {}, NO_LINE


def _degree(parsed: ParsedRequirement, resume: ResumeLines) -> Asked | None:
    if parsed.degree is None:
        return None
    answer = degrees.answer(parsed.degree, resume.degrees)
    if answer.verdict is Verdict.MET:
        return None
    if not resume.degrees or answer.fact is None:
        is_unsaid = not resume.degrees and not degrees.names_degree(folded(resume.text))
        return ("degree_unsaid", {}, NO_LINE) if is_unsaid else None
    degree = answer.fact.value
    line = resume.line_at(answer.fact.start)
    is_ended = line is not None and degree.standing is DegreeStanding.UNFINISHED and was_broken_off(resume.lines[line])
    if degree.level < (parsed.degree.level or 0) or is_ended or degree.standing is DegreeStanding.ABANDONED:
        kind = "degree_less"
    elif parsed.degree.mode.refuses(degree.modes):
        kind = "degree_mode"
    else:
        is_unfinished = degree.standing in (DegreeStanding.STUDYING, DegreeStanding.BEGUN, DegreeStanding.UNFINISHED)
        kind = "degree_unfinished" if is_unfinished else "degree_other"
    return _quoting(kind, answer.fact, resume)


_PAPER = re.compile(r"证|照|资格|职称|[A-Z]{2}|会计师|工程师|医师|licen[cs]|certif|qualifi|regist|charter", re.IGNORECASE)
"""A requirement for a paper; 会开车 asks for what somebody can do."""
_CERTIFICATE_KINDS = {
    Standing.PREPARING: "certificate_preparing",
    Standing.PLANNED: "certificate_preparing",
    Standing.EXPIRED: "certificate_expired",
}


def _certificates(text: str, parsed: ParsedRequirement, resume: ResumeLines) -> Asked | None:
    if parsed.certificates is None:
        return None
    answer = certificates.answer(parsed.certificates, resume.certificates)
    if answer.verdict is Verdict.MET and not (answer.fact and answer.fact.value.is_part):
        return None
    if answer.fact is None:
        return ("certificate_unsaid" if _PAPER.search(text) else "ability_unsaid"), {}, NO_LINE
    kind = "certificate_part" if answer.fact.value.is_part else _CERTIFICATE_KINDS.get(answer.fact.value.standing, "certificate_other")
    return _quoting(kind, answer.fact, resume)


def _language(parsed: ParsedRequirement, resume: ResumeLines) -> Asked | None:
    if parsed.languages is None:
        return None
    answer = languages.answer(parsed.languages, resume.languages)
    if answer.verdict is Verdict.MET:
        return None
    return _quoting("language_less", answer.fact, resume) if answer.fact else ("language_unsaid", {}, NO_LINE)


def _number(parsed: ParsedRequirement, resume: ResumeLines, is_missing: bool) -> Asked | None:
    if parsed.numbers is None:
        return None
    answer = numbers.answer(parsed.numbers, resume.numbers)
    if answer.verdict in (Verdict.PARTLY, Verdict.NOT_MET) and answer.fact and answer.fact.value.amount:
        return _quoting("number_less", answer.fact, resume)
    is_counted = any(quantity.kind not in ("employer", "gpa", "rank_share", "rank_place") for quantity in parsed.numbers.wanted)
    return ("number_unsaid", {}, NO_LINE) if answer.verdict is Verdict.NOT_SAID and is_counted and not is_missing else None


def _quoting(kind: str, fact: Fact, resume: ResumeLines) -> Asked | None:
    """Return a question that quotes the line of a fact; None where nothing of it may be quoted."""
    line = resume.line_at(fact.start)
    start, end = resume.spans[line] if line is not None else (fact.start, fact.end)
    quote = without_private(resume.text[start:end])
    return (kind, {"quote": quote}, (start, end)) if quote else None


def _rounded(count: float) -> float | int:
    rounded = round(count, 1)
    return int(rounded) if rounded == int(rounded) else rounded
