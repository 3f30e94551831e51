"""Check an answer against what the resume states outright: years, amounts and levels that are less, and what it says it has none of.

The weights of answers.py are learned from what proves a requirement. What speaks against one is rare in them, and is a fact that a reader
would quote, so it is compared here, and said with its numbers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from preprocess.lexicon.characters import simplified
from reranker.evidence.alternatives import KINDS_OF_PROGRAM
from reranker.evidence.answers import Answer
from reranker.evidence.facts import years
from reranker.evidence.facts.career.experience import Experience
from reranker.evidence.facts.career.industries import is_of_industry, place_in
from reranker.evidence.facts.career.trades import LEADERSHIP, held_by, subject_words, trades_of
from reranker.evidence.facts.career.understudies import is_below
from reranker.evidence.facts.contract import Fact, FactAnswer, Verdict
from reranker.evidence.facts.enough_of import enough_of, kinds_named
from reranker.evidence.facts.mastery import claims_less, claims_office
from reranker.evidence.facts.mentions import Standing, clause_around, folded, wanted_clauses
from reranker.evidence.facts.named_examples import asks_for_an_example_only, named_examples, names_example, repeats_examples
from reranker.evidence.facts.numbers import share_of
from reranker.evidence.facts.quantity.quantities import Quantity, named_in, plain
from reranker.evidence.facts.quantity.travel import days_away
from reranker.evidence.facts.willingness import CONDITION, accepting_line
from reranker.evidence.negation import denials, is_asked
from reranker.evidence.parsed_requirement import ParsedRequirement
from reranker.evidence.resume_text.lines import ResumeLines
from reranker.evidence.topics import LEADING, lines_showing

_CEFR = ("A1", "A2", "B1", "B2", "C1", "C2")
_COMPARED = frozenset({"money", "people", "qps", "dau", "mau", "users"})
"""Kinds of numbers that a resume states as its owner's, so that less of them is less. Counts of anything are too loosely worded."""
_LEAST_SHARE = 0.1
"""Of an amount that is asked for, from which on less of it is a part."""
_ROUNDING = 0.3
"""Years that the months of whole years may come short by."""
_ANY = 0.05
"""Years below which there was no work."""
_LEAST_MET, _MOST_PARTIAL, _LEAST_PARTIAL, _NO = 0.7, 0.6, 0.4, 0.05

_CLAUSE_END = re.compile(r"[，,；;。]")
_ITEM_END = re.compile(r"[，,；;。、/或和与及]|\b(?:and|or)\b")
_AT_LENGTH = re.compile(
    r"长期|经常|频繁|随时|大量|高频|常年|全国|每周|\b(?:frequent|extensive|regular|long|often|any|full[- ]time)", re.IGNORECASE
)
"""Of travel that is accepted: as much as there is."""

_FURTHER = re.compile(r"\band\b|并|及", re.IGNORECASE)
"""Joins a further demand: "own the budget (£6.5m) and report variances"."""

Facts = Mapping[str, FactAnswer]
"""The answers to the facts that a requirement asks for, by "years", "degree", "languages", "certificates" and "numbers"."""


@dataclass(frozen=True)
class Reason:
    """`code`: "years", "years_of_it", "years_of_work", "no_work", "years_unseen", "amount", "amount_of_team", "amount_unsaid",
    "language", "denied" or, of a part of it, "denied_part"; and what is `asked` and `said`."""

    code: str
    asked: str = ""
    said: str = ""


def checked(
    answer: Answer, text: str, asked: ParsedRequirement, answers: Sequence[FactAnswer], resume: ResumeLines
) -> tuple[Answer, Reason | None]:
    """Return the answer to requirement `text` after what the resume states against it, and why. `answers` are `fact_answers`.

    "missing" with a line means that this line says the opposite, or less than is asked for.
    """
    answer = _shown(_mastered(answer, text, resume), text, asked, resume)
    facts = dict(zip([name for name in _NAMES if getattr(asked, name) is not None], answers, strict=True))
    for check in (_denied, _industry, _employer, _years, _travel, _numbers, _languages):
        changed = check(answer, text, asked, facts, resume)
        if changed:
            return changed
    return _less(_enough(_lacking(answer, facts), text, asked, resume), facts, resume), None


def _enough(answer: Answer, text: str, asked: ParsedRequirement, resume: ResumeLines) -> Answer:
    """Return the answer, "partial" where of the kinds that are listed fewer are named than are asked for."""
    wanted = enough_of(text) if answer.status == "met" and not asked.groups else None
    if wanted is None:
        return answer
    own = "\n".join(line for index, line in enumerate(resume.lines) if index not in resume.listed | resume.copied | resume.denials.keys())
    if kinds_named(wanted, own) >= wanted.count:
        return answer
    return replace(answer, status="partial", strength=min(answer.strength, _MOST_PARTIAL))


def _lacking(answer: Answer, facts: Facts) -> Answer:
    """Return the answer, "partial" where the degree or the certificates that are asked for too are stated and are less."""
    lacks = any(name in facts and facts[name].verdict is Verdict.NOT_MET for name in ("degree", "certificates"))
    return replace(answer, status="partial", strength=min(answer.strength, _MOST_PARTIAL)) if lacks and answer.status == "met" else answer


_NAMES = ("years", "degree", "languages", "certificates", "numbers")
"""In the order of `fact_answers`."""
_Checked = tuple[Answer, Reason | None] | None


def _mastered(answer: Answer, text: str, resume: ResumeLines) -> Answer:
    """Return the answer, "partial" where its line says that a technology which is wanted strongly is known a little."""
    if answer.status == "met" and answer.line is not None and claims_less(text, resume.lines[answer.line]):
        return replace(answer, status="partial", strength=min(answer.strength, _MOST_PARTIAL))
    return answer


def _shown(answer: Answer, text: str, asked: ParsedRequirement, resume: ResumeLines) -> Answer:
    """Return the answer, "met" where a line accepts the condition asked for, or a line about work names a product that is an example."""
    own = [index for index in range(len(resume.lines)) if index not in resume.copied]
    is_claim_enough = asked.only_names and not asked.years and answer.status == "partial" and answer.line not in resume.listed
    if is_claim_enough and answer.line is not None and claims_office(asked.groups, resume.lines[answer.line]):
        return replace(answer, status="met", strength=max(answer.strength, _LEAST_MET))
    if answer.status != "met" and (accepted := accepting_line(text, [resume.lines[index] for index in own])) is not None:
        return Answer("met", max(answer.strength, _LEAST_MET), own[accepted])
    if answer.status != "met" and (names := named_examples(text)):
        known = frozenset().union(*asked.groups) - KINDS_OF_PROGRAM if len(asked.groups) == 1 else frozenset[str]()
        work = [index for index in own if resume.is_work[index]]
        line = next((index for index in work if names_example(resume.lines[index], names) or known & resume.skills[index]), None)
        if line is not None:
            return _example_shown(answer, text, asked, line, resume)
    return answer


def _example_shown(answer: Answer, text: str, asked: ParsedRequirement, line: int, resume: ResumeLines) -> Answer:
    """Return the answer after a line about work that names one of the products, any of which will do.

    A part of it stays one, unless it is only that another product is not there.
    """
    if answer.status == "partial" and not asked.groups:
        return answer
    others = (asked.years, asked.degree, asked.languages, asked.certificates, asked.numbers)
    if asks_for_an_example_only(text) and not any(others) and not repeats_examples(resume.lines[line], text):
        return Answer("met", max(answer.strength, _LEAST_MET), line)
    return answer if answer.status == "partial" else Answer("partial", max(answer.strength, _LEAST_PARTIAL), line)


def _denied(answer: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> _Checked:
    """What the resume says it has none of, where nothing else in it shows some; of a requirement of several parts, it may be of one."""
    line = _denied_line(text, asked, facts, resume)
    if line is None:
        return None
    others = _other_clauses(text, line, resume)
    is_in_part = any(fact.verdict in (Verdict.MET, Verdict.PARTLY) for fact in facts.values()) or _tells_of(others, line, resume)
    is_all = not is_in_part and (answer.line == line or not others)
    is_partial_there = answer.status == "partial" and answer.line == line
    if answer.status == "missing" or (is_all and (is_partial_there or _is_denied_only(text, line, resume))):
        return Answer("missing", min(answer.strength, _NO), line), Reason("denied")
    if (answer.line == line or is_in_part or answer.status == "met") and _is_denied_only(text, line, resume):
        return Answer("partial", min(max(answer.strength, _LEAST_PARTIAL), _MOST_PARTIAL), line), Reason("denied_part")
    return None


def _other_clauses(text: str, line: int, resume: ResumeLines) -> list[str]:
    """Return the clauses of a requirement, and the items of its lists, that do not ask for what a line denies."""
    denied = resume.denials.get(line, ())
    return [clause for clause in _ITEM_END.split(folded(text)) if clause.strip() and not is_asked(denied, clause)]


def _tells_of(clauses: Sequence[str], line: int, resume: ResumeLines) -> bool:
    """Return whether a line that denies something tells of other clauses of the requirement: "熟悉KA，未做过经销商"."""
    own = "，".join(clause for clause in _CLAUSE_END.split(folded(resume.lines[line])) if not denials(clause))
    return any(held_by(own, subject_words(clause)) for clause in clauses)


def _is_denied_only(text: str, line: int, resume: ResumeLines) -> bool:
    """Return whether what a line denies is asked for, not only preferred, and no other line tells of it."""
    denied = [parts for parts in resume.denials.get(line, ()) if is_asked([parts], wanted_clauses(text))]
    others = "\n".join(simplified(other).lower() for index, other in enumerate(resume.lines) if index not in resume.denials)
    return any(not all(part in others for part in parts) for parts in denied)


def _denied_line(text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> int | None:
    for answer in facts.values():
        value = answer.fact.value if answer.fact else None
        is_denial = getattr(value, "standing", None) is Standing.DENIED or getattr(value, "kind", "") in ("denied", "none")
        if answer.verdict is Verdict.NOT_MET and answer.fact and is_denial:
            return resume.line_at(answer.fact.start)
    for group in asked.groups:
        lines = [index for index, names in enumerate(resume.denied) if group & names]
        if lines and not any(group & names for names in resume.skills):
            return lines[0]
    return next((index for index, denied in resume.denials.items() if is_asked(denied, text)), None)


def _industry(answer: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> _Checked:
    """Experience in an industry, where nothing else is asked for: by work that shows it, an internship in part, by no other words."""
    if not asked.only_industries or asked.years:
        return None
    entries = [fact for fact in resume.experience if fact.value.span and is_of_industry(fact.value.words, asked.only_industries)]
    for kind, status, strength in (("work", "met", max(answer.strength, _LEAST_MET)), ("internship", "partial", _MOST_PARTIAL)):
        for entry in (entry for entry in entries if entry.value.kind == kind):
            line = _industry_line(entry, asked.only_industries, resume)
            is_beside = place_in(entry.value.words.split("\n", 1)[0], asked.only_industries) is None and line != resume.line_at(entry.start)
            if is_beside and answer.status != "met":  # among the deeds at another firm
                status, strength = "partial", _MOST_PARTIAL
            return Answer(status, strength, line), None
    own = [index for index in range(len(resume.lines)) if index not in resume.listed | resume.copied | resume.denials.keys()]
    if any(place_in(folded(resume.lines[index]), asked.only_industries) is not None for index in own):
        return None
    return (Answer("missing", min(answer.strength, _NO), None), None) if resume.experience else None


def _industry_line(entry: Fact[Experience], industries: frozenset[str], resume: ResumeLines) -> int | None:
    """Return the line of an entry that shows the industry: of its name, above its dates too, or of its deeds."""
    head = resume.line_at(entry.start)
    if head is None:
        return None
    lines = [head, *(line for line in (head - 1, *range(head + 1, len(resume.lines))) if line >= 0 and _is_of_entry(line, entry, resume))]
    return next((line for line in lines if place_in(folded(resume.lines[line]), industries) is not None), head)


def _is_of_entry(line: int, entry: Fact[Experience], resume: ResumeLines) -> bool:
    return folded(resume.lines[line]).strip() in entry.value.words


def _employer(answer: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> _Checked:
    """Work at an employer of the class that is asked for, which the resume names: 上市公司子公司."""
    if asked.numbers is None or not all(wanted.kind == "employer" for wanted in asked.numbers.wanted):
        return None
    fact = facts["numbers"].fact
    line = resume.line_at(fact.start) if fact else None
    if facts["numbers"].verdict is not Verdict.MET or line is None or answer.status == "met" or line in resume.listed:
        return None
    if asked.groups or asked.topics or asked.years or asked.degree or asked.languages or asked.certificates or "，" in asked.rest:
        return (Answer("partial", max(answer.strength, _LEAST_PARTIAL), line), None) if answer.status == "missing" else None
    return Answer("met", max(answer.strength, _LEAST_MET), line), None


def _years(answer: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> _Checked:
    """Years that no entry shows to be of the subject are a part at most."""
    reason = shortfall(asked, resume) or (_below(text, asked, resume) if answer.status == "met" else None)
    if reason is None:
        return None
    if answer.status == "met":
        return replace(answer, status="partial", strength=min(answer.strength, _MOST_PARTIAL)), reason
    return (answer if reason.code == "years_unseen" else _less(answer, facts, resume)), reason


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


def _travel(answer: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> _Checked:
    """Fewer days away than are asked for are a part of them."""
    wanted = days_away(text)
    told = [(away, index) for index, line in enumerate(resume.lines) if (away := days_away(line))] if wanted else []
    if wanted is None:
        return None
    if not told:
        if answer.status != "met" or any(_AT_LENGTH.search(line) for line in resume.lines if CONDITION.search(line)):
            return None
        return replace(answer, status="partial", strength=min(answer.strength, _MOST_PARTIAL)), Reason("amount_unsaid", wanted.words)
    away, line = max(told)
    if away.days >= wanted.days:
        return None
    strength = min(max(answer.strength, _LEAST_PARTIAL), _MOST_PARTIAL)
    return Answer("partial", strength, line), Reason("amount", wanted.words, away.words)


def _numbers(current: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> _Checked:
    """Less of an amount is a part of it, and much less none; one that nobody states is not shown. As much is enough where nothing else
    is asked for.
    """
    if asked.numbers is None or not all(wanted.kind in _COMPARED for wanted in asked.numbers.wanted):
        return None
    answer = facts["numbers"]
    if answer.verdict is Verdict.MET and answer.fact is not None and _is_of_another_team(asked, answer.fact, resume):
        strength = min(max(current.strength, _LEAST_PARTIAL), _MOST_PARTIAL)
        return Answer("partial", strength, resume.line_at(answer.fact.start)), None
    if answer.verdict is Verdict.MET:
        line = resume.line_at(answer.fact.start) if answer.fact and answer.fact.certainty == 1 else None
        is_of_it = answer.fact is not None and answer.fact.value.of == asked.numbers.wanted[0].of
        is_all = (
            is_of_it and _is_shown_with(asked, line, resume) and not (asked.groups or asked.years or asked.degree or asked.certificates)
        )
        if line is None or line in resume.listed or not is_all or current.status == "met":
            return None
        return Answer("met", max(current.strength, _LEAST_MET), line), None
    wanted = asked.numbers.wanted[0]
    said = _words_of(wanted, text)
    if answer.fact is None or not answer.fact.value.amount:
        if current.status != "met" or wanted.kind != "money":
            return None
        return replace(current, status="partial", strength=min(current.strength, _MOST_PARTIAL)), Reason("amount_unsaid", said)
    is_of_team = asked.numbers.is_individual and answer.fact.value.is_of_team
    reason = Reason("amount_of_team" if is_of_team else "amount", said, resume.text[answer.fact.start : answer.fact.end].strip())
    line = resume.line_at(answer.fact.start)
    if current.status == "missing" and (line is None or share_of(asked.numbers, answer.fact.value) < _LEAST_SHARE):
        return _less(current, facts, resume), reason
    strength = min(max(current.strength, _LEAST_PARTIAL), _MOST_PARTIAL)
    return Answer("partial", strength, line if current.status == "missing" else current.line), reason


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


def _languages(current: Answer, text: str, asked: ParsedRequirement, facts: Facts, resume: ResumeLines) -> _Checked:
    """A language at a lower level is a part at most; the levels are said on the scale of CEFR."""
    answer = facts.get("languages")
    if asked.languages is None or answer is None or answer.fact is None or answer.verdict not in (Verdict.PARTLY, Verdict.NOT_MET):
        return None
    level = min((option.level for options in asked.languages.languages for option in options), default=1)
    said = answer.fact.value.level
    reason = Reason("language", _CEFR[level - 1], _CEFR[said - 1]) if said < level else None
    line = resume.line_at(answer.fact.start)
    is_part = answer.verdict is Verdict.PARTLY
    if current.status != "missing" or is_part:
        strength = min(max(current.strength, _LEAST_PARTIAL), _MOST_PARTIAL)
        return Answer("partial", strength, line if asked.only_facts or current.line is None else current.line), reason
    return _less(current, facts, resume), reason


def _less(current: Answer, facts: Facts, resume: ResumeLines) -> Answer:
    """Return a "missing" answer with the line that states less than is asked for, if a fact does."""
    if current.status != "missing":
        return current
    for name, answer in facts.items():
        if answer.verdict is Verdict.NOT_MET and answer.fact and not (name == "numbers" and answer.fact.value.kind not in _COMPARED):
            return replace(current, line=resume.line_at(answer.fact.start))
    return current


@lru_cache(maxsize=2000)
def _words_of(wanted: Quantity, text: str) -> str:
    """Return the words of a requirement that name the quantity."""
    named = (quantity for quantity in named_in(plain(text), takes_low=True) if quantity.quantity.amount == wanted.amount)
    return next((text[quantity.start : quantity.end].strip() for quantity in named), f"{wanted.amount:g}")
