"""Check what dated work shows: years of the subject and of the rank that are asked for, the industry, the class of the employer."""

from dataclasses import replace

from reranker.evidence.answers import Answer
from reranker.evidence.checks.contract import LEAST_MET, LEAST_PARTIAL, MOST_PARTIAL, NO, Checked, Facts, Reason, less, telling_lines
from reranker.evidence.facts import years
from reranker.evidence.facts.career.experience import Experience
from reranker.evidence.facts.career.industries import is_of_industry, place_in
from reranker.evidence.facts.career.understudies import is_below
from reranker.evidence.facts.contract import Fact, Verdict
from reranker.evidence.facts.mentions import folded
from reranker.evidence.parsed_requirement import ParsedRequirement
from reranker.evidence.resume_text.lines import ResumeLines

_ROUNDING = 0.3
"""Years that the months of whole years may come short by."""
_ANY = 0.05
"""Years below which there was no work."""


def industry(answer: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> Checked:
    """Return whether work shows experience in an industry, an internship in part, where nothing else is asked for; no other words do."""
    if not asked.only_industries or asked.years:
        return None
    entries = [fact for fact in resume.experience if fact.value.span and is_of_industry(fact.value.words, asked.only_industries)]
    entry = next((entry for kind in ("work", "internship") for entry in entries if entry.value.kind == kind), None)
    if entry is not None:
        line = _industry_line(entry, asked.only_industries, resume)
        is_headed = place_in(entry.value.words.split("\n", 1)[0], asked.only_industries) is not None or line == resume.line_at(entry.start)
        is_met = entry.value.kind == "work" and (is_headed or answer.status == "met")  # else among the deeds at another firm
        return Answer("met", max(answer.strength, LEAST_MET), line) if is_met else Answer("partial", MOST_PARTIAL, line), None
    if any(place_in(folded(resume.lines[index]), asked.only_industries) is not None for index in telling_lines(resume)):
        return None
    return (Answer("missing", min(answer.strength, NO), None), None) if resume.experience else None


def _industry_line(entry: Fact[Experience], industries: frozenset[str], resume: ResumeLines) -> int | None:
    """Return the line of an entry that shows the industry: of its name, above its dates too, or of its deeds."""
    head = resume.line_at(entry.start)
    if head is None:
        return None
    lines = [head, *(line for line in (head - 1, *range(head + 1, len(resume.lines))) if line >= 0 and _is_of_entry(line, entry, resume))]
    return next((line for line in lines if place_in(folded(resume.lines[line]), industries) is not None), head)


def _is_of_entry(line: int, entry: Fact[Experience], resume: ResumeLines) -> bool:
    return folded(resume.lines[line]).strip() in entry.value.words


def employer(answer: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> Checked:
    """Return "met" for work at an employer of the class that is asked for, "partial" where more is asked for: 上市公司子公司."""
    if asked.numbers is None or not all(wanted.kind == "employer" for wanted in asked.numbers.wanted):
        return None
    fact = facts["numbers"].fact
    line = resume.line_at(fact.start) if fact else None
    if facts["numbers"].verdict is not Verdict.MET or line is None or answer.status == "met" or line in resume.listed:
        return None
    if asked.groups or asked.topics or asked.years or asked.degree or asked.languages or asked.certificates or "，" in asked.rest:
        return (Answer("partial", max(answer.strength, LEAST_PARTIAL), line), None) if answer.status == "missing" else None
    return Answer("met", max(answer.strength, LEAST_MET), line), None


def years_shown(answer: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> Checked:
    """Return years that no entry shows to be of the subject as a part at most."""
    reason = shortfall(asked, resume) or (_below(text, asked, resume) if answer.status == "met" else None)
    if reason is None:
        return None
    if answer.status == "met":
        return replace(answer, status="partial", strength=min(answer.strength, MOST_PARTIAL)), reason
    return (answer if reason.code == "years_unseen" else less(answer, facts, resume)), reason


def _below(text: str, asked: ParsedRequirement, resume: ResumeLines) -> Reason | None:
    """Return why years are not shown that were all spent as the deputy or assistant of the title that is asked for."""
    own = tuple(fact for fact in resume.experience if not is_below(text, fact.value.words))
    if asked.years is None or len(own) == len(resume.experience):
        return None
    if all(years.carried(demand, own) >= demand.years - _ROUNDING for demand in asked.years):
        return None
    return Reason("years_unseen", f"{max(demand.years for demand in asked.years):g}", f"{years.held(resume.experience) or 0:.1f}")


def shortfall(asked: ParsedRequirement, resume: ResumeLines) -> Reason | None:
    """Return how far the years asked for are not shown; None where they are, where none are asked for, or where nothing is said of any.

    Where some work carries what is asked for, its years are said; else those of any work, or, if these would do, that it cannot be told
    how many of them are of it: a resume that is brief does not say that it was none.
    """
    if asked.years is None or not resume.experience or years.answer(asked.years, resume.experience).verdict is Verdict.NOT_SAID:
        return None
    counted = [(demand, years.carried(demand, resume.experience)) for demand in asked.years]
    short = [(demand, count) for demand, count in counted if count < demand.years - _ROUNDING]
    if not short:
        return None
    demand, count = min(short, key=lambda pair: pair[1] / pair[0].years)
    of_work = years.held(resume.experience) or 0.0
    is_long = of_work >= demand.years - _ROUNDING
    if count >= _ROUNDING:
        return Reason("years_of_it" if is_long else "years", f"{demand.years:g}", f"{count:.1f}")
    if of_work < _ANY:
        return Reason("no_work", f"{demand.years:g}", "0")
    return Reason("years_unseen" if is_long else "years_of_work", f"{demand.years:g}", f"{of_work:.1f}")
