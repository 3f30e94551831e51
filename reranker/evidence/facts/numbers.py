"""Numbers with a unit: people led, money, size of load and data, marks and ranks, and employers by class, asked for and stated.

What a number counts is told by the unit behind it, the name before it, or, of people and money, by the words of its clause (numbers.toml).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reranker.evidence.facts.amounts import NUMBERS, Amount, any_of, find_amounts
from reranker.evidence.facts.contract import Fact, FactAnswer, Verdict
from reranker.evidence.facts.employers import classes_named, find_employers
from reranker.evidence.facts.grades import find_grades
from reranker.evidence.facts.led import is_led, speaks_of_team
from reranker.evidence.negation import is_denied

HALF = 0.45
"""From about half of what is asked on, it is met in part."""
NEAR = 0.9
"""The same of a mark on its scale, half of which is nothing."""
VAGUE = 0.7
_LOWER_IS_BETTER = frozenset({"rank_share", "rank_place"})
_LOAD = ("qps", "dau", "mau", "users", "bytes", "rows")
_ANSWERED_BY = {"users": ("users", "dau", "mau"), "mau": ("mau", "dau")}
"""Who is active today is so this month, and is a user."""
_BYTES = {"gb": 1e9, "tb": 1e12, "pb": 1e15, "eb": 1e18}

_WINDOW = 60
"""Characters of a clause on each side of an amount that are looked at."""
_SENTENCE = re.compile(r"[^。；;\n]+")
_COMMA = re.compile(r"，|,(?!\d{3})")
_FILLER = r"\s{0,2}(?:[a-z-]{2,16}\s){0,2}?"
_UNITS = {
    kind: re.compile(
        rf"[\s-]{{0,2}}(?:{_FILLER}|(?:[\u4e00-\u9fff]{{0,6}}?(?=用户)))(?:{any_of([w.lstrip('…') for w in NUMBERS['units'][kind]])})"
    )
    for kind in (*_LOAD, "people")
}
_RISE = "(?:提升|提高|增长|增加|涨|升|到|至|to|→|->)"
_LABELS = {
    kind: re.compile(rf"(?:{any_of(words)})[^\d，,。]{{0,16}}(?:\d[\d.]{{0,6}}\s?[万亿kwm]?[^\d，,。]{{0,6}}{_RISE}[^\d，,。]{{0,8}})?$")
    for kind, words in NUMBERS["labels"].items()
}
_CURRENCIES = {name: re.compile(rf"\s?(?:{any_of(signs)})") for name, signs in NUMBERS["currencies"].items()}
_MONEY = {about: re.compile(rf"(?<![a-z])(?:{any_of(words)})") for about, words in NUMBERS["money"].items()}
_NO_COUNT = re.compile(r"\s?(?:%|％|倍|个百分点|x\b|ms\b|percent|年|个?月|天|小时|岁|/|years|months|days|hours)")
_NO_PEOPLE = re.compile(r"\s?(?:人(?:[月天次均力民工才选脸体机事群数气员]|/)|名(?:次|额|单)|位(?:置|数|于))")
_AT_MOST = re.compile(
    r"(?:不超过|至多|最多|不高于|(?<!不)少于"
    r"|\bat most|\bup to|(?<!no )(?<!not )\bless than|(?<!no )(?<!not )\bfewer than|\bunder|\bno more than)[^\d]{0,6}$"
    r"|^[^\d，,]{0,6}(?:以内|以下|之内|or less|or fewer)"
)
_OR = re.compile(r"或(?!者?以上|更)|\bor\b(?! (?:above|more|higher|better|over|greater|equivalent|related|similar))", re.IGNORECASE)


CountsPeople = Callable[[str, str, int, int], bool]
"""Whether the people at clause[start:end] count, by the clause and its sentence."""


@dataclass(frozen=True)
class Quantity:
    """An amount of a kind: "people", "money", "qps", "dau", "mau", "users", "bytes", "rows", "gpa" (a share of its scale), "rank_share",
    "rank_place" or "employer" (1). `of` is what money is for, or the class of an employer; `currency` is kept as it stands."""

    kind: str
    amount: float
    of: str = ""
    currency: str = ""


@dataclass(frozen=True)
class Demand:
    """What a requirement asks for: all of the quantities, or any of them. With `at_most`, more of the first is less."""

    wanted: tuple[Quantity, ...]
    is_any: bool = False
    at_most: bool = False


def asked(requirement: str) -> Demand | None:
    """Return the quantities that a requirement asks for: of a range its low end; None where it names none."""
    wanted: dict[tuple[str, str, str], tuple[int, int, Quantity]] = {}
    at_most = False
    for start, end, quantity in _named(requirement, _is_asked, takes_low=True):
        key = (quantity.kind, quantity.of, quantity.currency)
        if key not in wanted:
            wanted[key] = (start, end, quantity)
            at_most = at_most or bool(_AT_MOST.search(requirement[:start].lower()) or _AT_MOST.search(requirement[end:].lower()))
    for group, start, end in classes_named(requirement):
        wanted.setdefault(("employer", group, ""), (start, end, Quantity("employer", 1, group)))
    if not wanted:
        return None
    ordered = sorted(wanted.values(), key=lambda item: item[0])
    joints = [requirement[left[0] : right[1]] for left, right in pairwise(ordered)]
    is_any = bool(joints) and (all(map(_OR.search, joints)) or all(quantity.kind == "employer" for _, _, quantity in ordered))
    return Demand(tuple(quantity for _, _, quantity in ordered), is_any, at_most)


def stated(text: str) -> tuple[Fact[Quantity], ...]:
    """Return the quantities that a resume states, in their order: of a range the high end; what it denies is none."""
    facts = [Fact(quantity, start, end, certainty) for start, end, quantity, certainty in _stated_amounts(text)]
    facts += [Fact(Quantity("employer", 1, found.group), found.start, found.end, found.certainty) for found in find_employers(text)]
    return tuple(sorted((fact for fact in facts if not is_denied(text, fact.start, fact.end)), key=lambda fact: (fact.start, fact.end)))


def answer(demand: Demand, facts: Sequence[Fact[Quantity]]) -> FactAnswer[Quantity]:
    """Compare facts with a demand. Money of another currency, or for another purpose, says nothing about it."""
    answers = [_answer(wanted, facts, demand.at_most) for wanted in demand.wanted]
    order = [Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET, Verdict.NOT_SAID]
    answers.sort(key=lambda given: order.index(given.verdict))
    if demand.is_any or len(answers) == 1:
        return answers[0]
    verdicts = {given.verdict for given in answers}
    if len(verdicts) > 1 and verdicts & {Verdict.MET, Verdict.PARTLY}:
        return FactAnswer(Verdict.PARTLY, next((given.fact for given in reversed(answers) if given.fact), None))
    return answers[0]


def _answer(wanted: Quantity, facts: Sequence[Fact[Quantity]], at_most: bool) -> FactAnswer[Quantity]:
    fitting = [fact for fact in facts if _fits(wanted, fact.value)]
    if not fitting:
        best_place = next((fact for fact in facts if wanted.kind == "rank_share" and fact.value == Quantity("rank_place", 1)), None)
        return FactAnswer(Verdict.MET, best_place) if best_place else FactAnswer(Verdict.NOT_SAID)
    is_lower_better = wanted.kind in _LOWER_IS_BETTER or at_most
    best = (min if is_lower_better else max)(
        fitting, key=lambda fact: (fact.value.amount, -fact.certainty if is_lower_better else fact.certainty)
    )
    amount = max(best.value.amount, 1e-9)
    share = wanted.amount / amount if is_lower_better else amount / wanted.amount if wanted.amount else 1.0
    if share >= 1 - 1e-9:
        return FactAnswer(Verdict.MET, best)
    return FactAnswer(Verdict.PARTLY if share >= (NEAR if wanted.kind == "gpa" else HALF) else Verdict.NOT_MET, best)


def _fits(wanted: Quantity, value: Quantity) -> bool:
    if value.kind not in _ANSWERED_BY.get(wanted.kind, (wanted.kind,)):
        return False
    if wanted.kind == "employer":
        return wanted.of == value.of
    return (not wanted.of or not value.of or wanted.of == value.of) and (
        not wanted.currency or not value.currency or wanted.currency == value.currency
    )


def _stated_amounts(text: str) -> Iterator[tuple[int, int, Quantity, float]]:
    vague = {amount.start: amount.is_vague for amount in find_amounts(text)}
    grades = {(grade.start, grade.end): grade.certainty for grade in find_grades(text)}
    for start, end, quantity in _named(text, is_led, takes_low=False):
        yield start, end, quantity, grades.get((start, end), VAGUE if vague.get(start) else 1.0)


def _is_asked(clause: str, sentence: str, start: int, end: int) -> bool:
    return speaks_of_team(clause, start, end)


def _named(text: str, counts_people: CountsPeople, takes_low: bool) -> Iterator[tuple[int, int, Quantity]]:
    """The quantities of a text with their places. `counts_people` says whether people in a clause count."""
    graded = bytearray(len(text))
    for grade in find_grades(text):
        graded[grade.start : grade.end] = b"\1" * (grade.end - grade.start)
        yield grade.start, grade.end, Quantity(grade.kind, grade.amount)
    for match in _SENTENCE.finditer(text):
        sentence = match[0].lower()
        sentence = sentence if len(sentence) == len(match[0]) else match[0]
        commas = [0, *(comma.end() for comma in _COMMA.finditer(sentence)), len(sentence)]
        for amount in find_amounts(sentence):
            start, end = match.start() + amount.start, match.start() + amount.end
            if not any(graded[start:end]):
                place = bisect_right(commas, amount.start, hi=len(commas) - 1)
                left = max(commas[place - 1], amount.start - _WINDOW)
                right = min(commas[bisect_left(commas, amount.end, place, len(commas) - 1)], amount.end + _WINDOW)
                quantity, unit_end = _quantity(sentence, amount, (left, right), counts_people, takes_low)
                if quantity:
                    yield start, match.start() + unit_end, quantity


def _quantity(
    sentence: str, amount: Amount, span: tuple[int, int], counts_people: CountsPeople, takes_low: bool
) -> tuple[Quantity | None, int]:
    """What an amount counts, and where its unit ends; sentence[slice(*span)] is its clause."""
    left, right = span
    number = amount.low if takes_low else amount.high
    clause = sentence[left:right]
    currency, unit_end = _currency(sentence, amount)
    about = next((about for about in ("pay", *_MONEY) if _MONEY[about].search(clause)), None)
    if currency:
        return (None if about == "pay" else Quantity("money", number, about or "", currency)), unit_end
    for kind in (*_LOAD, "people"):
        unit = _UNITS[kind].match(sentence, amount.end)
        if unit is None or unit.end() > right or (kind == "people" and _NO_PEOPLE.match(sentence, amount.end)):
            continue
        if kind == "people":
            break
        factor = next((factor for name, factor in _BYTES.items() if unit[0].strip().endswith(name)), 1.0) if kind == "bytes" else 1.0
        return Quantity(kind, number * factor), unit.end()
    else:
        unit = None
    if unit or speaks_of_team(clause, amount.start - left, amount.end - left, needs_unit=True):
        end = unit.end() if unit else amount.end
        near = sentence[max(0, amount.start - 2 * _WINDOW) : amount.end + 2 * _WINDOW]
        is_counted = counts_people(clause, near, amount.start - left, end - left)
        return (Quantity("people", number) if is_counted else None), end
    if _NO_COUNT.match(sentence, amount.end):
        return None, amount.end
    before = sentence[max(left, amount.start - 40) : amount.start]
    label = next((kind for kind, pattern in _LABELS.items() if pattern.search(before)), None)
    if label:
        return Quantity(label, number), amount.end
    if about and about != "pay" and number >= 1000:
        return Quantity("money", number, about, "CNY" if re.search(r"[\u4e00-\u9fff]", clause) else ""), amount.end
    return None, amount.end


def _currency(sentence: str, amount: Amount) -> tuple[str, int]:
    if amount.currency:
        return amount.currency, amount.end
    for name, pattern in _CURRENCIES.items():
        if match := pattern.match(sentence, amount.end):
            return name, match.end()
    return "", amount.end
