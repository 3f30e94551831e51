"""Compare numbers with a unit: people led, money, load, data, ground or work, marks, ranks, employers by class, asked and stated.

What a number counts is told by `measures`, whose it is by `whose` and, of people, by `led`; here they are put together and compared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.contract import Fact, FactAnswer, Verdict, rank
from reranker.evidence.facts.quantity.absences import find_absences
from reranker.evidence.facts.quantity.asking import as_asked, is_most
from reranker.evidence.facts.quantity.compare import fits, share
from reranker.evidence.facts.quantity.employers import classes_asked, find_employers, names_neighbours
from reranker.evidence.facts.quantity.led import is_led, is_member
from reranker.evidence.facts.quantity.quantities import WINDOW, Named, Quantity, named_in, plain
from reranker.evidence.facts.quantity.whose import Owner, is_of_team, owner
from reranker.evidence.negation import is_denied

HALF = 0.5
"""From about half of what is asked on, it is met in part."""
NEAR = 0.9
"""The same of a mark on its scale, half of which is nothing."""
VAGUE, SHARED = 0.7, 0.4
"""Certainty of a number that is said roughly, and of one that the candidate had only a part in."""
_OF_WORKPLACES = frozenset({"qps", "dau", "mau", "users", "bytes", "rows", "rooms", "beds", "covers", "tables", "area"})
_ON_SCALES = frozenset({"gpa", "score", "percentile", "honours"})
_TEACHES = re.compile(r"(?:任教|带班|班主任|授课|执教)[^。；;\n]{0,12}[(（班各每]\s?$")
"""In front of a class: 任教两个班（各48人）."""
_TOOK_PART = re.compile(r"(?:参加|出席)(?:了|过)?[约近]?\s?$")
_ROLE = re.compile(
    r"负责|独立|主导|主持|管理|操盘|直接|牵头|领导|\b(?:manage[drs]?|managing|manager|led|lead|leading|responsib\w+|owner"
    r"(?:ship)?|owned|p&l"
    r"|deliver\w*|head|direct|held|holder)\b"
)
_SIZE_OF_EMPLOYER = re.compile(
    r"[\s-]?(?:[a-z-]{2,16} )?(?:turnover|revenue)?\s?(?:company|firm|group|business|organi[sz]ation|corporation|conglomerate)\b"
)
_IN_ONE = re.compile(r"\b(?:in|at|for|with|by) an? [^,.;]{0,12}$")
"""Before money that tells how large the employer is: "trainee in a Rs 800 Cr turnover company"."""
_INDIVIDUAL = re.compile(
    r"独立(?!核算|站|开发商|董事)|(?<![\d一二两三四五六七八九十几多])个人|本人|亲自|\b(?:individual(?:ly)?|personal(?:ly)?"
    r"|single-handed(?:ly)?|own (?:annual )?(?:sales|book|quota|revenue))\b"
)
_INTERNSHIP = re.compile(r"实习|\bintern")
_OR = re.compile(
    r"或(?!者?以上|更)|\bor\b(?! (?:above|more|higher|better|over|greater|larger|bigger|equivalent|related|similar))", re.IGNORECASE
)
_JOINED = re.compile(
    r"\s?(?:[a-z一-鿿-]{1,14}\s?){0,3}?(?:和|与|及|\+|\band\b|\bplus\b|&)\s?(?:(?:an?|around|about|over|some|up to)\s?)?$|(?!其中|含"
    rf"|包)[{CJK}]{{0,6}}[、和及与+]\s?[{CJK}]{{0,4}}\s?$"
)


@dataclass(frozen=True)
class NumberDemand:
    """A demand for all of the quantities, or any of them. With `at_most`, more of the first is less. `is_role`: it is to
    have been the candidate's own job, not one that he had a part in."""

    wanted: tuple[Quantity, ...]
    is_any: bool = False
    at_most: bool = False
    is_role: bool = False
    is_individual: bool = False
    """True if an amount that a team made together is a part only."""
    is_lenient: bool = False
    """An employer next to the class will do, or to have been an intern or on loan there."""


def asked(requirement: str) -> NumberDemand | None:
    """Return the quantities that a requirement asks for: of a range its low end; None where it names none."""
    text = plain(requirement)
    wanted: dict[tuple[str, str, str], tuple[int, int, Quantity]] = {}
    at_most = False
    for named in named_in(text, takes_low=True):
        quantity = as_asked(text, named)
        if quantity is None:
            continue
        key = (quantity.kind, quantity.of, quantity.currency)
        if quantity.kind == "people" and key in wanted and _JOINED.fullmatch(text, wanted[key][1], named.start):
            start, _, first = wanted[key]  # "a team of 4 shift managers and around 120 colleagues"
            wanted[key] = (start, named.end, replace(first, amount=first.amount + quantity.amount))
        if key not in wanted:
            wanted[key] = (named.start, named.end, quantity)
            at_most = at_most or is_most(text, named)
    for group, start, end in classes_asked(text):
        wanted.setdefault(("employer", group, ""), (start, end, Quantity("employer", 1, group)))
    if not wanted:
        return None
    ordered = sorted(wanted.values(), key=lambda item: item[:2])
    joints = [text[left[0] : right[1]] for left, right in pairwise(ordered)]
    is_any = bool(joints) and (all(map(_OR.search, joints)) or all(quantity.kind == "employer" for _, _, quantity in ordered))
    is_role, is_lenient = _ROLE.search(text) is not None, _INTERNSHIP.search(text) is not None or names_neighbours(text)
    is_individual = _INDIVIDUAL.search(text) is not None
    return NumberDemand(tuple(quantity for _, _, quantity in ordered), is_any, at_most, is_role, is_individual, is_lenient)


def stated(text: str) -> tuple[Fact[Quantity], ...]:
    """Return the quantities that a resume states, in their order: of a range the high end, 0 of what it says it has none of."""
    text = plain(text)
    facts = [
        fact for named in named_in(text, takes_low=False) if (fact := _as_stated(text, named)) and not is_denied(text, fact.start, fact.end)
    ]
    facts += _sums(text, facts)
    absent = bytearray(len(text) + 1)
    for kind, start, end in find_absences(text):
        facts.append(Fact(Quantity(kind, 0), start, end))
        absent[start:end] = b"\1" * (end - start)
    for employer in find_employers(text):
        if not absent[employer.start]:
            facts.append(Fact(Quantity("employer", 1, employer.group), employer.start, employer.end, employer.certainty))
    return tuple(sorted(facts, key=lambda fact: (fact.start, fact.end)))


def answer(demand: NumberDemand, facts: Sequence[Fact[Quantity]]) -> FactAnswer[Quantity]:
    """Compare facts with a demand. Money for another purpose says nothing about it."""
    answers = [_answer(wanted, facts, demand) for wanted in demand.wanted]
    answers.sort(key=rank, reverse=True)
    if demand.is_any or len(answers) == 1:
        return answers[0]
    verdicts = {given.verdict for given in answers}
    if len(verdicts) > 1 and verdicts & {Verdict.MET, Verdict.PARTLY}:
        return FactAnswer(Verdict.PARTLY, next((given.fact for given in reversed(answers) if given.fact), None))
    return answers[0]


def share_of(demand: NumberDemand, value: Quantity) -> float:
    """Return what part of the demand's quantity of that kind a value is; 0 where it asks for none of the kind."""
    return max((share(wanted, value, demand.at_most) for wanted in demand.wanted if fits(wanted, value)), default=0.0)


def _answer(wanted: Quantity, facts: Sequence[Fact[Quantity]], demand: NumberDemand) -> FactAnswer[Quantity]:
    """The best of what the facts say, each by itself."""
    judged = [(share(wanted, fact.value, demand.at_most), fact) for fact in facts if fits(wanted, fact.value)]
    if wanted.kind in ("rank_share", "sales_share"):
        first = Quantity(wanted.kind.replace("share", "place"), 1)
        judged += [(1.0, fact) for fact in facts if fact.value == first]
    if not judged:
        return FactAnswer(Verdict.NOT_SAID)
    least = NEAR if wanted.kind in _ON_SCALES else HALF
    ranks_needed = (wanted.kind in ("employer", "gpa") or demand.is_role) and not demand.is_lenient
    given = []
    for part, fact in judged:
        is_others_too = (ranks_needed and fact.certainty <= SHARED) or (demand.is_individual and fact.value.is_of_team)
        is_partial = least <= part < 1 - 1e-9 or (part >= least and is_others_too)
        given.append((2 if is_partial else 1 if part < least else 3, min(part, 1.0), fact.certainty, fact))
    rank, _, _, fact = max(given, key=lambda item: item[:3])
    return FactAnswer({3: Verdict.MET, 2: Verdict.PARTLY, 1: Verdict.NOT_MET}[rank], fact)


def _as_stated(text: str, named: Named) -> Fact[Quantity] | None:
    """The quantity as a fact if it is the candidate's."""
    quantity, (left, right) = named.quantity, named.clause
    if named.amount is None:
        return Fact(quantity, named.start, named.end, named.certainty)
    if quantity.kind == "money" and _SIZE_OF_EMPLOYER.match(text, named.end) and _IN_ONE.search(text, left, named.start):
        return None
    whose = owner(text, named.start, named.end, quantity.kind in _OF_WORKPLACES)
    if whose is Owner.OTHERS or (whose is Owner.GOAL and quantity.kind != "people"):
        return None
    if quantity.kind == "people" and _TEACHES.search(text, max(0, named.start - 24), named.start):
        quantity = replace(quantity, kind="students")
    if quantity.kind == "people":
        near = text[max(0, named.start - 2 * WINDOW) : named.end + 2 * WINDOW]
        if not is_led(text[left:right], near, named.start - left, named.end - left):
            if is_member(text[left:right], named.start - left, named.end - left):
                return None
            if _TOOK_PART.search(text, max(left, named.start - 8), named.start):
                return None
            quantity = replace(quantity, kind="heads")
    if quantity.kind == "money" and is_of_team(text, named.start, named.end):
        quantity = replace(quantity, is_of_team=True)
    certainty = SHARED if whose is Owner.SHARED else VAGUE if named.amount.is_vague else 1.0
    return Fact(quantity, named.start, named.end, certainty)


def _sums(text: str, facts: Sequence[Fact[Quantity]]) -> list[Fact[Quantity]]:
    """People that are counted one after another: "14 nurses and 6 assistants"."""
    sums: list[Fact[Quantity]] = []
    last: Fact[Quantity] | None = None
    for fact in (fact for fact in facts if fact.value.kind == "people"):
        if last and fact.start - last.end < 40 and _JOINED.fullmatch(text, last.end, fact.start):
            total = Quantity("people", last.value.amount + fact.value.amount)
            fact = Fact(total, last.start, fact.end, min(last.certainty, fact.certainty))
            sums.append(fact)
        last = fact
    return sums
