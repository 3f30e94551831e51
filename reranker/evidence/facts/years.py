"""Compare years of experience: what a requirement asks for, of which subject, and how far dated work and believed claims reach.

Years count by subject: those of another trade than the one asked for do not, nor, where some entries name the subject and others do not
(光伏 beside 配电), those of the others. Claims are not believed beyond the dates plus CREDIT.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from preprocess.lexicon.periods import find_periods
from reranker.evidence.facts import dates
from reranker.evidence.facts.career.carried import CREDIT, carried, carries
from reranker.evidence.facts.career.claimed_years import claims
from reranker.evidence.facts.career.counting import (
    counting,
    is_neighbour,
    is_of_kinds,
    is_of_other_trade,
    is_rival,
    leads,
    names_all,
    says_work,
    touches,
)
from reranker.evidence.facts.career.demands import YearsDemand, YearsDemands, asked
from reranker.evidence.facts.career.denied_work import denials
from reranker.evidence.facts.career.experience import Experience, profile, read_resume_lines
from reranker.evidence.facts.career.rivals import kinds_of, shared
from reranker.evidence.facts.career.trades import LEADERSHIP, held_by
from reranker.evidence.facts.career.work_entries import work_entries
from reranker.evidence.facts.contract import Fact, FactAnswer, Verdict, rank
from reranker.evidence.facts.mentions import folded

__all__ = ["YearsDemand", "YearsDemands", "answer", "asked", "carried", "claims_of_subject", "held", "is_of_subject", "reached", "stated"]

ROUNDED = 0.5
"""Years by which it may do so and still count in full."""
_MARGIN = 0.01
_LICENCE = "驾龄"
_LESS = ("internship", "none", "denied")
"""Kinds of statements that answer a demand for years, if with less."""
LARGER_PART = 0.5
"""The share of the years asked for from which on they are met in part: writers call half of them so."""


def stated(text: str, today: date | None = None) -> tuple[Fact[Experience], ...]:
    """Return what a resume says of experience, in its order."""
    today = today or date.today()
    plain = folded(text)
    lines = read_resume_lines(plain, find_periods(text, today))
    facts = [*work_entries(plain, lines, today), *claims(plain, lines), *denials(plain, lines), *profile(plain, lines)]
    return tuple(sorted(facts, key=lambda fact: fact.start))


def answer(demands: YearsDemands, facts: Sequence[Fact[Experience]]) -> FactAnswer[Experience]:
    """Return how far the facts meet all demands."""
    answers = sorted((_answer(demand, facts) for demand in demands), key=rank)
    if answers[0].verdict in (Verdict.NOT_MET, Verdict.NOT_SAID) and answers[-1].verdict in (Verdict.PARTLY, Verdict.MET):
        return FactAnswer(Verdict.PARTLY, answers[-1].fact)
    return answers[0]


def is_of_subject(demands: YearsDemands, facts: Sequence[Fact[Experience]]) -> bool:
    """Return whether what counts for each demand names all of its subject, or is headed as that kind of work.

    Other years count because nothing speaks against it, which is less.
    """
    return all(any(names_all(demand, fact.value) for fact in _counted(demand, facts)) for demand in demands)


def held(facts: Sequence[Fact[Experience]]) -> float | None:
    """Return the years of work of any kind, by dates or a believed claim; None where nothing is said."""
    work = _of_kind(facts, "work")
    claimed = _believed(facts, work)
    if not work and not claimed:
        return None
    return max([_years(work), *(claim.value.years for claim in claimed)])


def reached(demand: YearsDemand, facts: Sequence[Fact[Experience]]) -> float:
    """Return the years that count for a demand, by dates or a believed claim; 0 where nothing does."""
    return _reached(_counted(demand, facts), _of_kind(facts, "work"), demand.years)[0]


def _answer(demand: YearsDemand, facts: Sequence[Fact[Experience]]) -> FactAnswer[Experience]:
    if not demand.years and facts:
        return FactAnswer(Verdict.MET, facts[0])
    if demand.interns:
        facts = [
            replace(fact, value=replace(fact.value, kind="work" if fact.value.span else "claim"))
            if fact.value.kind == "internship"
            else fact
            for fact in facts
        ]
    work = _of_kind(facts, "work")
    claimed = [claim for claim in _believed(facts, work) if says_work(claim.value) or held_by(claim.value.words, demand.words)]
    if _LICENCE in demand.words or demand.trades == {"driving"}:
        claimed += _of_kind(facts, "licence")
    of_subject = counting(demand, work, claimed, facts)
    if denial := _denial(demand, facts, of_subject):
        return FactAnswer(Verdict.NOT_MET, denial)
    parts = _parts(demand, claimed)
    years, fact, is_sure = _reached(parts or of_subject, work, demand.years)
    if fact and years >= demand.years - _MARGIN:
        is_sure &= not demand.leads or leads(demand, fact.value)
        return FactAnswer(Verdict.MET if is_sure else Verdict.PARTLY, fact)
    if fact and years >= LARGER_PART * demand.years:
        return FactAnswer(Verdict.PARTLY, fact)
    touching = [other for other in (*work, *claimed) if touches(demand, other)]
    of_all = [claim for claim in claimed if not claim.value.is_part or (claim in touching and demand.trades != {"it"})]
    all_years, any_fact, _ = _reached([*work, *of_all], work, demand.years)
    if demand.trades and touching:  # dated work of other trades is no part of it
        all_years, _, _ = _reached([*(entry for entry in work if not is_of_other_trade(demand, entry.value)), *of_all], work, demand.years)
    if any_fact and all_years >= demand.years and touching and not (parts and len([claim for claim in claimed if claim.value.is_part]) > 1):
        return FactAnswer(Verdict.PARTLY, touching[-1])
    neighbours = [other for other in (*work, *claimed) if is_neighbour(demand, other.value)]
    if neighbours and _reached([*of_subject, *neighbours], work, demand.years)[0] >= demand.years:
        return FactAnswer(Verdict.PARTLY, neighbours[-1])
    less = fact or any_fact or next(chain(claimed, (other for other in facts if other.value.kind in _LESS)), None)
    if less is None or (less.value.kind == "denied" and not _is_denied(demand, less)):
        return FactAnswer(Verdict.NOT_SAID)
    return FactAnswer(Verdict.NOT_MET, less)


def of_subject(demands: YearsDemands, facts: Sequence[Fact[Experience]]) -> list[Fact[Experience]]:
    """Return the dated work that counts for the demands and surely is of their subject, the latest first."""
    work = [fact for demand in demands for fact in _counted(demand, facts) if fact.value.span and names_all(demand, fact.value)]
    return sorted(dict.fromkeys(work), key=lambda fact: -(fact.value.span or (0, 0))[1])


def claims_of_subject(demands: YearsDemands, facts: Sequence[Fact[Experience]]) -> list[Fact[Experience]]:
    """Return the claims of years that name the subject of a demand, as far as it names one."""
    return [fact for demand in demands for fact in _of_kind(facts, "claim") if carries(demand, fact.value)]


def _counted(demand: YearsDemand, facts: Sequence[Fact[Experience]]) -> list[Fact[Experience]]:
    work = _of_kind(facts, "work")
    return counting(demand, work, _believed(facts, work), facts)


def _parts(demand: YearsDemand, claimed: Sequence[Fact[Experience]]) -> list[Fact[Experience]]:
    """Return, of claims beside one another, those that name most of the subject and, if asked for, the rank; none if none names any."""
    several = [claim for claim in claimed if claim.value.is_part and not is_rival(demand, claim.value)]
    shares = [len(held_by(claim.value.words, demand.words)) for claim in several]
    parts = [
        claim
        for claim, share in zip(several, shares, strict=True)
        if (share and share == max(shares)) or (max(shares) and is_of_kinds(demand, claim.value))
    ]
    of_trade = [claim for claim in several if demand.trades & claim.value.head_trades]
    if not parts and any(claim.value.is_within for claim in of_trade):  # 工作9年，其中口译3年
        parts = of_trade
    led = [claim for claim in parts or several if demand.leads and LEADERSHIP in claim.value.trades]
    return led or parts


def _denial(demand: YearsDemand, facts: Sequence[Fact[Experience]], of_subject: Sequence[Fact[Experience]]) -> Fact[Experience] | None:
    """The fact that says that there is no work at all, or none of the subject, where nothing else shows the subject."""
    none = next((fact for fact in facts if fact.value.kind == "none"), None)
    if none:
        return none
    if not any(shared(fact.value.kinds, demand.kinds) for fact in of_subject) and (outright := _denied_outright(demand, facts)):
        return outright
    if any(held_by(fact.value.words, demand.words) for fact in of_subject):
        return None
    return next((fact for fact in facts if _is_denied(demand, fact)), None)


def _reached(
    facts: Sequence[Fact[Experience]], work: Sequence[Fact[Experience]], enough: float
) -> tuple[float, Fact[Experience] | None, bool]:
    """The years that the facts come to, the fact that says so, and whether dates, if there are any, bear them out."""
    entries = _of_kind(facts, "work")
    years = _years(entries)
    believed = [*_of_kind(facts, "claim"), *_of_kind(facts, "licence")]
    parts = [claim for claim in believed if claim.value.is_part]
    best = max(believed, key=lambda claim: claim.value.years, default=None)
    reached = best.value.years if best else 0.0
    if not work and parts:
        reached = max(reached, sum(claim.value.years for claim in parts if not claim.value.is_within))
    is_borne_out = not work or (best is not None and best.value.is_frame) or reached <= _years(work) + ROUNDED
    if best and reached >= enough and is_borne_out:
        return reached, best, True
    if best and reached >= years and years < enough:
        return reached, best, is_borne_out
    return years, entries[-1] if entries else None, True


def _believed(facts: Sequence[Fact[Experience]], work: Sequence[Fact[Experience]]) -> list[Fact[Experience]]:
    claimed = _of_kind(facts, "claim")
    dated = work or [fact for fact in _of_kind(facts, "internship") if fact.value.span]
    return [claim for claim in claimed if claim.value.is_frame or claim.value.years <= _years(dated) + CREDIT] if dated else claimed


def _is_denied(demand: YearsDemand, fact: Fact[Experience]) -> bool:
    return fact.value.kind == "denied" and (
        _OF_DEMAND.search(fact.value.words) is not None or touches(demand, fact) or (demand.leads and LEADERSHIP in fact.value.trades)
    )


def _denied_outright(demand: YearsDemand, facts: Sequence[Fact[Experience]]) -> Fact[Experience] | None:
    """Return the fact that denies work in what is asked for by most of its words: "I have not worked in intensive care"."""
    return next(
        (
            fact
            for fact in facts
            if fact.value.kind == "denied"
            and _NOT_WORKED.search(fact.value.words)
            and (
                (len(demand.words) > 1 and 2 * len(held_by(fact.value.words, demand.words)) > len(demand.words))
                or shared(kinds_of(fact.value.words), demand.kinds)
            )
        ),
        None,
    )


_NOT_WORKED = re.compile(
    r"\b(?:not|never|n['’]t)\b[^,.;]{0,12}\bworked\b|[没未](?:有|曾|在)[^，。；]{0,14}(?:工作|任职|做|干|待)过?", re.IGNORECASE
)
_OF_DEMAND = re.compile(r"相关(?:工作|从业|岗位)?经[验历]|\b(?:relevant|related) (?:work )?experience\b", re.IGNORECASE)


def _of_kind(facts: Sequence[Fact[Experience]], kind: str) -> list[Fact[Experience]]:
    return [fact for fact in facts if fact.value.kind == kind]


def _years(work: Sequence[Fact[Experience]]) -> float:
    return dates.total(fact.value.span for fact in work if fact.value.span) / 12
