"""Choose the entries and claims of a resume that count for the years that a demand asks for: those of its trade, subject and rank."""

import re
from collections.abc import Sequence

from preprocess.lexicon.characters import CJK, has_cjk
from reranker.evidence.facts.career.demands import YearsDemand
from reranker.evidence.facts.career.experience import JOB_TITLE, Experience
from reranker.evidence.facts.career.industries import is_of_industry
from reranker.evidence.facts.career.rank import is_deputy
from reranker.evidence.facts.career.rivals import excluded, is_done_by_others, kinds_of, shared
from reranker.evidence.facts.career.trades import LEADERSHIP, NEIGHBOURS, TRADE_OF, WORDS, held_by
from reranker.evidence.facts.contract import Fact

_OF_OTHERS = re.compile(
    rf"[\w-]{{1,16}}\s(?:teams?|engineers?|developers?|colleagues?|folks?|people)\b|(?:前端|后端|测试|运维|算法|[{CJK}]{{2}})(?:团队|同事|同学|部门)"
    r"|(?:前端|后端|测试|运维|算法|开发|研发)(?:工程师|人员)?\s?\d{1,3}\s?[名人位]|\d{1,3}\s?[名人位](?:前端|后端|测试|运维|算法|开发|研发)",
    re.IGNORECASE,
)
"""People whom somebody worked with: "next to a Java backend team"."""
_AT_WORK = re.compile(
    r"\b(?:years?|yrs?|months?)['’]? (?!old\b|of age\b)(?:of )?[A-Za-z]"
    r"|[,:-] (?:[\d.]{1,4}|[a-z]{3,9})\+? (?:years?|yrs?|months?|mths?|mos?)\b"
    r"|\b(?:harvests?|seasons?|exp|experienced?|career"
    r"|work(?:ed|ing|s)?|job|jobs|roles?|posts?|service|served|tools|trade|industry"
    r"|sector|field|spent|employ\w*"
    r"|ran|run|managed|led|built|in|as|at|with|for|behind|on)\b|\b[a-z]{3,}(?:ing|ists?|ians?|smiths?|wrights?|m[ae]n)\b",
    re.IGNORECASE,
)
_IN_TRAINING = re.compile(r"\b(?:apprentic\w+|trainees?|student|mate|improver|pre-?reg\w*|pupil\w*)\b|学徒|见习|实习|规培", re.IGNORECASE)
_QUALIFIED = re.compile(r"\b(?:qualified|completed|since)\b|出师|取证", re.IGNORECASE)
_FAR = frozenset({"programming"})
"""Groups whose kinds are no neighbours: who has built front ends is no back-end developer to those who hire."""
_PART = re.compile("|".join(map(re.escape, WORDS["part"])), re.IGNORECASE)


def counting(
    demand: YearsDemand, work: Sequence[Fact[Experience]], claimed: Sequence[Fact[Experience]], facts: Sequence[Fact[Experience]]
) -> list[Fact[Experience]]:
    """Return the entries and claims that count for the demand."""
    of_trade = [fact for fact in (*work, *claimed) if _is_of_trade(demand, fact.value)]
    if demand.is_qualified:
        of_trade = [fact for fact in of_trade if not _is_in_training(fact.value.words.split("\n", 1)[0])]
    held_words = {id(fact): held_by(fact.value.words, demand.words) for fact in of_trade}
    everywhere = held_by("\n".join(fact.value.words for fact in facts if fact.value.kind == "about"), demand.words)
    telling = frozenset[str]().union(*held_words.values()) - everywhere
    least = 1 if demand.is_any else len(telling) // 2 + 1
    if demand.is_any and telling:  # of alternatives that an entry names, another entry may name one that the summary names, too
        telling |= everywhere
    if telling:
        of_trade = [
            fact
            for fact in of_trade
            if (len(held_words[id(fact)] & telling) >= least or is_of_kinds(demand, fact.value)) and not _is_part_only(fact, telling)
        ]
    if not demand.leads:
        return of_trade
    led = [fact for fact in of_trade if leads(demand, fact.value)] or [fact for fact in of_trade if LEADERSHIP in fact.value.trades]
    return led if led or not (demand.trades or demand.words) else of_trade


def leads(demand: YearsDemand, experience: Experience) -> bool:
    """Return whether an entry or claim is of leading others, and not as the deputy of the rank that is asked for."""
    return LEADERSHIP in experience.trades and not is_deputy(experience.words, demand.rank)


def names_all(demand: YearsDemand, experience: Experience) -> bool:
    """Return whether an entry names all of a demand's subject, or is headed as that kind of work."""
    all_words = len(demand.words)
    needed = (all_words + 1) // 2 if demand.is_any and not demand.kinds else all_words  # of "brewing or cider" either will do
    has_all_words = bool(demand.words) and len(held_by(experience.words, demand.words)) >= needed
    is_headed = bool(shared(experience.kinds, demand.kinds)) or (not demand.words and bool(demand.trades & experience.head_trades))
    return has_all_words or is_headed


def touches(demand: YearsDemand, fact: Fact[Experience]) -> bool:
    """Return whether an entry or claim names something of the subject, the trade, or one next to it."""
    neighbours = {near for trade in demand.trades for near in NEIGHBOURS.get(trade, ())}
    is_same = bool(held_by(fact.value.words, demand.words) or (demand.trades | neighbours) & fact.value.trades)
    return is_same and not is_rival(demand, fact.value)


def is_rival(demand: YearsDemand, experience: Experience) -> bool:
    """Return whether its head names another kind of work than the demand, of which its other words do not name either.

    Of alternatives ("总账或合并报表") the other one may be what the work was: then its words name most of what is asked for.
    """
    if experience.kind == "work" and is_done_by_others(
        demand.kinds, demand.trades, experience.kinds, experience.head_trades - {LEADERSHIP}
    ):
        return True
    if demand.is_any and 2 * len(held_by(experience.words, demand.words)) > len(demand.words):
        return False
    return bool(_other_kinds(demand, experience))


def is_neighbour(demand: YearsDemand, experience: Experience) -> bool:
    """Return whether its head names another kind of work of the trade asked for: a primary school teacher for a job in a high school."""
    trades = experience.head_trades - {LEADERSHIP}
    is_of_trade = not trades or not demand.trades or bool(demand.trades & trades)
    groups = _other_kinds(demand, experience)
    return is_of_trade and not demand.leads and len(groups) == 1 and not groups & _FAR and is_rival(demand, experience)


def _other_kinds(demand: YearsDemand, experience: Experience) -> frozenset[str]:
    """Return the groups asked for of which its head names another kind, and its words not the one asked for."""
    groups = excluded(experience.kinds, demand.kinds)
    if not groups:
        return groups
    return groups - {group for group, _ in kinds_of(_OF_OTHERS.sub(" ", experience.words)) & demand.kinds}


def is_of_other_trade(demand: YearsDemand, experience: Experience) -> bool:
    """Return whether an entry names other trades beside its dates, and nothing of the subject."""
    trades = experience.head_trades - {LEADERSHIP}
    near = {near for trade in demand.trades for near in (TRADE_OF.get(trade, trade), *NEIGHBOURS.get(trade, ()))}
    return bool(trades) and not trades & (demand.trades | near) and not held_by(experience.words, demand.words)


def _is_of_trade(demand: YearsDemand, experience: Experience) -> bool:
    """Return whether it may be of the trade asked for: what names no trade beside its dates may be, what names another one is not."""
    if is_rival(demand, experience):
        return False
    is_named = bool(experience.trades & demand.trades or held_by(experience.words, demand.words) or shared(experience.kinds, demand.kinds))
    is_named |= not demand.trades and bool(demand.industries) and is_of_industry(experience.words, demand.industries)
    if not (demand.trades or demand.words) or (not experience.head_trades - {LEADERSHIP} and not is_named):
        return not _is_of_other_work(demand, experience) and says_work(experience)
    return is_named


def _is_in_training(head: str) -> bool:
    return _IN_TRAINING.search(head) is not None and _QUALIFIED.search(head) is None


def says_work(experience: Experience) -> bool:
    """Return whether the words beside years say that they were worked: a trade, a position, a verb. "Two children (4 and 7 yrs)" do not."""
    words = experience.words
    is_told = bool(
        experience.is_part or experience.kind != "claim" or experience.trades or experience.kinds or has_cjk(words) or not experience.years
    )
    return is_told or JOB_TITLE.search(words) is not None or _AT_WORK.search(words) is not None


def _is_of_other_work(demand: YearsDemand, experience: Experience) -> bool:
    """Return whether a claim names a kind of work of none of the groups that the demand's are of: physics taught for eight years."""
    if experience.kind != "claim":
        return False
    groups, asked = ({group for group, _ in kinds if not group.endswith("_post")} for kinds in (experience.kinds, demand.kinds))
    return bool(asked and groups) and groups.isdisjoint(asked)


def is_of_kinds(demand: YearsDemand, experience: Experience) -> bool:
    """Return whether an entry is of a kind that is asked for in each of the groups, whatever the words: 雅思口语讲师 for 英语教学."""
    groups = {group for group, _ in demand.kinds if not group.endswith("_post")}
    return bool(groups) and not demand.is_any and groups <= {group for group, _ in shared(experience.kinds, demand.kinds)}


def _is_part_only(fact: Fact[Experience], telling: frozenset[str]) -> bool:
    """Return whether an entry names the subject only as a part of the work: "some conveyancing alongside"."""
    if fact.value.kind != "work":
        return False
    clauses = [clause for clause in re.split(r"[.。;；\n,，]", fact.value.words) if held_by(clause, telling)]
    return bool(clauses) and all(_PART.search(clause) for clause in clauses)
