"""Check amounts and levels that are less than is asked for: days away, money, people led, languages."""

import re
from dataclasses import replace
from functools import lru_cache

from reranker.evidence.answers import Answer
from reranker.evidence.checks.contract import COMPARED, LEAST_MET, MOST_PARTIAL, Checked, Facts, Reason, as_part, less
from reranker.evidence.facts.career.trades import LEADERSHIP, trades_of
from reranker.evidence.facts.contract import Fact, Verdict
from reranker.evidence.facts.mentions import clause_around, folded
from reranker.evidence.facts.numbers import share_of
from reranker.evidence.facts.quantity.quantities import Quantity, named_in, plain
from reranker.evidence.facts.quantity.travel import days_away
from reranker.evidence.facts.willingness import CONDITION
from reranker.evidence.parsed_requirement import ParsedRequirement
from reranker.evidence.resume_text.lines import ResumeLines
from reranker.evidence.topics import LEADING, lines_showing

_CEFR = ("A1", "A2", "B1", "B2", "C1", "C2")
_LEAST_SHARE = 0.1
"""Of an amount that is asked for, from which on less of it is a part."""
_AT_LENGTH = re.compile(
    r"长期|经常|频繁|随时|大量|高频|常年|全国|每周|\b(?:frequent|extensive|regular|long|often|any|full[- ]time)", re.IGNORECASE
)
"""Of travel that is accepted: as much as there is."""

_FURTHER = re.compile(r"\band\b|并|及", re.IGNORECASE)
"""Joins a further demand: "own the budget (£6.5m) and report variances"."""


def travel(answer: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> Checked:
    """Return fewer days away than are asked for as a part of them."""
    wanted = days_away(text)
    told = [(away, index) for index, line in enumerate(resume.lines) if (away := days_away(line))] if wanted else []
    if wanted is None:
        return None
    if not told:
        if answer.status != "met" or any(_AT_LENGTH.search(line) for line in resume.lines if CONDITION.search(line)):
            return None
        return replace(answer, status="partial", strength=min(answer.strength, MOST_PARTIAL)), Reason("amount_unsaid", wanted.words)
    away, line = max(told)
    if away.days >= wanted.days:
        return None
    return Answer("partial", as_part(answer.strength), line), Reason("amount", wanted.words, away.words)


def numbers(current: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> Checked:
    """Return less of an amount as a part of it, much less as none, as much as enough where nothing else is asked for.

    An amount that nobody states is not shown.
    """
    if asked.numbers is None or not all(wanted.kind in COMPARED for wanted in asked.numbers.wanted):
        return None
    answer = facts["numbers"]
    if answer.verdict is Verdict.MET and answer.fact is not None and _is_of_another_team(asked, answer.fact, resume):
        return Answer("partial", as_part(current.strength), resume.line_at(answer.fact.start)), None
    if answer.verdict is Verdict.MET:
        line = resume.line_at(answer.fact.start) if answer.fact and answer.fact.certainty == 1 else None
        is_of_it = answer.fact is not None and answer.fact.value.of == asked.numbers.wanted[0].of
        is_all = (
            is_of_it and _is_shown_with(asked, line, resume) and not (asked.groups or asked.years or asked.degree or asked.certificates)
        )
        if line is None or line in resume.listed or not is_all or current.status == "met":
            return None
        return Answer("met", max(current.strength, LEAST_MET), line), None
    wanted = asked.numbers.wanted[0]
    said = _words_of(wanted, text)
    if answer.fact is None or not answer.fact.value.amount:
        if current.status != "met" or wanted.kind != "money":
            return None
        return replace(current, status="partial", strength=min(current.strength, MOST_PARTIAL)), Reason("amount_unsaid", said)
    is_of_team = asked.numbers.is_individual and answer.fact.value.is_of_team
    reason = Reason("amount_of_team" if is_of_team else "amount", said, resume.text[answer.fact.start : answer.fact.end].strip())
    line = resume.line_at(answer.fact.start)
    if current.status == "missing" and (line is None or share_of(asked.numbers, answer.fact.value) < _LEAST_SHARE):
        return less(current, facts, resume), reason
    return Answer("partial", as_part(current.strength), line if current.status == "missing" else current.line), reason


def _is_of_another_team(asked: ParsedRequirement, fact: Fact[Quantity], resume: ResumeLines) -> bool:
    """Return whether the people whom a clause counts are of another trade than the team that is asked for."""
    if fact.value.kind != "people" or not asked.leads_trades:
        return False
    plain = folded(resume.told)
    trades = trades_of(plain[slice(*clause_around(plain, fact.start, fact.end))]) - {LEADERSHIP}
    return bool(trades) and not trades & asked.leads_trades


def _is_shown_with(asked: ParsedRequirement, line: int | None, resume: ResumeLines) -> bool:
    """Return whether nothing is asked for beside an amount, or what the resume shows with it: a budget on its line, shifts anywhere."""
    if "，" in asked.rest:
        return False
    others = [topic for topic in asked.topics if topic.name != LEADING]  # people led are counted on that line
    shown = lines_showing(others, resume.told, resume.spans).values()
    counts_people = asked.numbers is not None and asked.numbers.wanted[0].kind == "people"
    return not others or (_FURTHER.search(asked.rest) is None and all(lines and (counts_people or line in lines) for lines in shown))


def languages(current: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> Checked:
    """Return a language at a lower level as a part at most, with the levels on the scale of CEFR."""
    answer = facts.get("languages")
    if asked.languages is None or answer is None or answer.fact is None or answer.verdict not in (Verdict.PARTLY, Verdict.NOT_MET):
        return None
    level = min((option.level for options in asked.languages.languages for option in options), default=1)
    said = answer.fact.value.level
    reason = Reason("language", _CEFR[level - 1], _CEFR[said - 1]) if said < level else None
    line = resume.line_at(answer.fact.start)
    is_part = answer.verdict is Verdict.PARTLY
    if current.status != "missing" or is_part:
        return Answer("partial", as_part(current.strength), line if asked.only_facts or current.line is None else current.line), reason
    return less(current, facts, resume), reason


@lru_cache(maxsize=2000)
def _words_of(wanted: Quantity, text: str) -> str:
    """Return the words of a requirement that name the quantity."""
    named = (quantity for quantity in named_in(plain(text), takes_low=True) if quantity.quantity.amount == wanted.amount)
    return next((text[quantity.start : quantity.end].strip() for quantity in named), f"{wanted.amount:g}")
