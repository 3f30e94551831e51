"""Years of experience: what a requirement asks for, of which subject, and how far a resume's dated work and believed claims reach.

Years count by subject: those of another trade than the one asked for do not, nor, where some entries name the subject and others do not
(光伏 beside 配电), those of the others. Claims are not believed beyond the dates plus CREDIT.
"""

import re
from collections.abc import Sequence
from datetime import date

from preprocess.lexicon.periods import find_periods
from reranker.evidence.facts import dates
from reranker.evidence.facts.career.carried import CREDIT, carried, carries
from reranker.evidence.facts.career.claimed_years import claims, denials
from reranker.evidence.facts.career.demands import YearsDemand, YearsDemands, asked
from reranker.evidence.facts.career.experience import Experience, profile, read_resume_lines
from reranker.evidence.facts.career.rivals import excludes, kinds_of, shared
from reranker.evidence.facts.career.trades import LEADERSHIP, WORDS, held_by
from reranker.evidence.facts.career.work_entries import work_entries
from reranker.evidence.facts.contract import Fact, FactAnswer, Verdict, rank
from reranker.evidence.facts.mentions import folded

__all__ = ["YearsDemand", "YearsDemands", "answer", "asked", "carried", "claims_of_subject", "held", "is_of_subject", "reached", "stated"]

ROUNDED = 0.5
"""Years by which it may do so and still count in full."""
_MARGIN = 0.01
_LICENCE = "驾龄"
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
    return all(any(_names(demand, fact.value) for fact in _counted(demand, facts)) for demand in demands)


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
    work = _of_kind(facts, "work")
    claimed = _believed(facts, work)
    if _LICENCE in demand.words or demand.trades == {"driving"}:
        claimed += _of_kind(facts, "licence")
    of_subject = _of_subject(demand, work, claimed, facts)
    if denial := _denial(demand, facts, of_subject):
        return FactAnswer(Verdict.NOT_MET, denial)
    parts = _parts(demand, claimed)
    years, fact, is_sure = _reached(parts or of_subject, work, demand.years)
    if fact and years >= demand.years - _MARGIN:
        is_sure &= not demand.leads or LEADERSHIP in fact.value.trades
        return FactAnswer(Verdict.MET if is_sure else Verdict.PARTLY, fact)
    if fact and years >= LARGER_PART * demand.years:
        return FactAnswer(Verdict.PARTLY, fact)
    touching = [other for other in (*work, *claimed) if _touches(demand, other)]
    of_all = [claim for claim in claimed if not claim.value.is_part or (claim in touching and demand.trades != {"it"})]
    all_years, any_fact, _ = _reached([*work, *of_all], work, demand.years)
    if any_fact and all_years >= demand.years and touching:
        return FactAnswer(Verdict.PARTLY, touching[-1])
    less = fact or any_fact or next((other for other in facts if other.value.kind in ("internship", "none", "denied")), None)
    if less is None or (less.value.kind == "denied" and not _is_denied(demand, less)):
        return FactAnswer(Verdict.NOT_SAID)
    return FactAnswer(Verdict.NOT_MET, less)


def of_subject(demands: YearsDemands, facts: Sequence[Fact[Experience]]) -> list[Fact[Experience]]:
    """Return the dated work that counts for the demands and surely is of their subject, the latest first."""
    work = [fact for demand in demands for fact in _counted(demand, facts) if fact.value.span and _names(demand, fact.value)]
    return sorted(dict.fromkeys(work), key=lambda fact: -(fact.value.span or (0, 0))[1])


def claims_of_subject(demands: YearsDemands, facts: Sequence[Fact[Experience]]) -> list[Fact[Experience]]:
    """Return the claims of years that name the subject of a demand, as far as it names one."""
    return [fact for demand in demands for fact in _of_kind(facts, "claim") if carries(demand, fact.value)]


def _counted(demand: YearsDemand, facts: Sequence[Fact[Experience]]) -> list[Fact[Experience]]:
    work = _of_kind(facts, "work")
    return _of_subject(demand, work, _believed(facts, work), facts)


def _names(demand: YearsDemand, experience: Experience) -> bool:
    all_words = len(demand.words)
    needed = (all_words + 1) // 2 if demand.is_any and not demand.kinds else all_words  # of "brewing or cider" either will do
    has_all_words = bool(demand.words) and len(held_by(experience.words, demand.words)) >= needed
    is_headed = bool(shared(experience.kinds, demand.kinds)) or (not demand.words and bool(demand.trades & experience.head_trades))
    return has_all_words or is_headed


def _parts(demand: YearsDemand, claimed: Sequence[Fact[Experience]]) -> list[Fact[Experience]]:
    """Return, of claims beside one another, those that name most of the subject and, if asked for, the rank; none if none names any."""
    several = [claim for claim in claimed if claim.value.is_part and not _is_rival(demand, claim.value)]
    shares = [len(held_by(claim.value.words, demand.words)) for claim in several]
    parts = [claim for claim, share in zip(several, shares, strict=True) if share and share == max(shares)]
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
    if any(held_by(fact.value.words, demand.words) for fact in of_subject):
        return None
    return next((fact for fact in facts if _is_denied(demand, fact)), None)


def _touches(demand: YearsDemand, fact: Fact[Experience]) -> bool:
    neighbours = {near for trade in demand.trades for near in _NEIGHBOURS.get(trade, ())}
    is_same = bool(held_by(fact.value.words, demand.words) or (demand.trades | neighbours) & fact.value.trades)
    return is_same and not _is_rival(demand, fact.value)


_NEIGHBOURS = {"accounting": ("audit",), "audit": ("accounting",), "service": ("retail", "hospitality")}
"""Trades whose years are a part of those asked for: an auditor has read books, and kept none."""


def _of_subject(
    demand: YearsDemand, work: Sequence[Fact[Experience]], claimed: Sequence[Fact[Experience]], facts: Sequence[Fact[Experience]]
) -> list[Fact[Experience]]:
    """The entries and claims that count for the demand."""
    of_trade = [fact for fact in (*work, *claimed) if _is_of_trade(demand, fact.value)]
    held_words = {id(fact): held_by(fact.value.words, demand.words) for fact in of_trade}
    everywhere = held_by("\n".join(fact.value.words for fact in facts if fact.value.kind == "about"), demand.words)
    telling = frozenset[str]().union(*held_words.values()) - everywhere
    least = 1 if demand.is_any else len(telling) // 2 + 1
    if demand.is_any and telling:  # of alternatives that an entry names, another entry may name one that the summary names, too
        telling |= everywhere
    if telling:
        of_trade = [fact for fact in of_trade if len(held_words[id(fact)] & telling) >= least and not _is_part_only(fact, telling)]
    if not demand.leads:
        return of_trade
    led = [fact for fact in of_trade if LEADERSHIP in fact.value.trades]
    return led if led or not (demand.trades or demand.words) else of_trade


def _is_rival(demand: YearsDemand, experience: Experience) -> bool:
    """Return whether its head names another kind of work than the demand, which its other words do not name either.

    Of alternatives ("总账或合并报表") the other one may be what the work was: then its words name most of what is asked for.
    """
    if demand.is_any and 2 * len(held_by(experience.words, demand.words)) > len(demand.words):
        return False
    return excludes(experience.kinds, demand.kinds) and not shared(kinds_of(_OF_OTHERS.sub(" ", experience.words)), demand.kinds)


_OF_OTHERS = re.compile(
    r"[\w-]{1,16}\s(?:teams?|engineers?|developers?|colleagues?|folks?|people)\b|(?:前端|后端|测试|运维|算法|[\u4e00-\u9fff]{2})(?:团队|同事|同学|部门)",
    re.IGNORECASE,
)
"""Whom somebody worked with: "next to a Java backend team"."""


def _is_of_trade(demand: YearsDemand, experience: Experience) -> bool:
    """Return whether it may be of the trade asked for: what names no trade beside its dates may be, what names another one is not."""
    if _is_rival(demand, experience):
        return False
    if not experience.head_trades - {LEADERSHIP} or not (demand.trades or demand.words):
        return not _is_of_other_work(demand, experience)
    return bool(experience.trades & demand.trades) or bool(held_by(experience.words, demand.words))


def _is_of_other_work(demand: YearsDemand, experience: Experience) -> bool:
    """Return whether a claim names a kind of work of none of the groups that the demand's are of: physics taught for eight years."""
    if experience.kind != "claim":
        return False
    groups = {group for group, _ in experience.kinds}
    return bool(demand.kinds and groups) and groups.isdisjoint(group for group, _ in demand.kinds)


_PART = re.compile("|".join(map(re.escape, WORDS["part"])), re.IGNORECASE)


def _is_part_only(fact: Fact[Experience], telling: frozenset[str]) -> bool:
    """Return whether an entry names the subject only as a part of the work: "some conveyancing alongside"."""
    if fact.value.kind != "work":
        return False
    clauses = [clause for clause in re.split(r"[.。;；\n,，]", fact.value.words) if held_by(clause, telling)]
    return bool(clauses) and all(_PART.search(clause) for clause in clauses)


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
    is_borne_out = not work or reached <= _years(work) + ROUNDED
    if best and reached >= enough and is_borne_out:
        return reached, best, True
    if best and reached >= years and years < enough:
        return reached, best, is_borne_out
    return years, entries[-1] if entries else None, True


def _believed(facts: Sequence[Fact[Experience]], work: Sequence[Fact[Experience]]) -> list[Fact[Experience]]:
    claimed = _of_kind(facts, "claim")
    dated = work or [fact for fact in _of_kind(facts, "internship") if fact.value.span]
    return [claim for claim in claimed if claim.value.years <= _years(dated) + CREDIT] if dated else claimed


def _is_denied(demand: YearsDemand, fact: Fact[Experience]) -> bool:
    return fact.value.kind == "denied" and (_touches(demand, fact) or (demand.leads and LEADERSHIP in fact.value.trades))


def _of_kind(facts: Sequence[Fact[Experience]], kind: str) -> list[Fact[Experience]]:
    return [fact for fact in facts if fact.value.kind == kind]


def _years(work: Sequence[Fact[Experience]]) -> float:
    return dates.total(fact.value.span for fact in work if fact.value.span) / 12
