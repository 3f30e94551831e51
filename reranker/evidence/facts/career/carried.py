"""Count the years of dated work whose entries name all of the subject asked for: its trade, its words, its industry and its rank.

years.py is lenient, since resumes are brief: an entry of no other trade may count. Here is what may be called proven.
"""

from collections.abc import Sequence

from reranker.evidence.facts import dates
from reranker.evidence.facts.career.counting import leads
from reranker.evidence.facts.career.demands import YearsDemand
from reranker.evidence.facts.career.experience import Experience
from reranker.evidence.facts.career.industries import is_of_industry, without_industries
from reranker.evidence.facts.career.rivals import excludes, is_done_by_others, kinds_of, shared
from reranker.evidence.facts.career.trades import LEADERSHIP, held_by
from reranker.evidence.facts.contract import Fact

CREDIT = 2.0
"""Years by which a claim may exceed the dates and still be believed: jobs left out, or told of too briefly."""

_IT = frozenset({"it"})
"""Of one job, resumes tell each technology as it comes: years.py asks for their part in all of the work."""
_SAME = {"b端": ("saas", "tob", "to b", "b2b", "企业级", "企业服务", "商家", "erp", "crm")}
"""What shows a word of a subject without saying it."""


def carried(demand: YearsDemand, facts: Sequence[Fact[Experience]]) -> float:
    """Return the years of the entries, or of a claim that the dates bear out, that carry all of what the demand names."""
    work = [fact.value for fact in facts if fact.value.kind == "work"]
    of_subject = [entry for entry in work if carries(demand, entry)]
    claims = [fact.value.years for fact in facts if fact.value.kind == "claim" and carries(demand, fact.value)]
    dated = _years(work)
    believed = [years for years in claims if not work or years <= dated + CREDIT]
    return max([_years(of_subject), *believed])


def carries(demand: YearsDemand, entry: Experience) -> bool:
    """Return whether an entry names the trade, most of the words, the industry and the rank that are asked for, as far as they are."""
    words = without_industries(demand.words, demand.industries)  # of these, other words will do: 乳业 where 食品、饮料 are asked for
    own_words = held_by(entry.words, words) | {word for word in words if held_by(entry.words, _SAME.get(word, ()))}
    same_kinds = shared(entry.kinds, demand.kinds)
    is_of_trade = demand.trades & entry.trades or same_kinds or (own_words and _is_most(own_words, words, demand.is_any))
    if demand.trades and not is_of_trade:
        return False
    is_excluded = excludes(entry.kinds, demand.kinds) and not (demand.is_any and demand.trades == _IT)
    is_excluded |= entry.kind == "work" and is_done_by_others(demand.kinds, demand.trades, entry.kinds, entry.head_trades - {LEADERSHIP})
    if is_excluded or (entry.head_trades == _IT and demand.trades and "it" not in demand.trades):
        return False  # the position is another one, whatever of this its work touches: who sets up 用友 keeps no books
    is_named = bool(same_kinds or demand.whole & entry.head_trades or (own_words and (demand.is_any or 2 * len(own_words) >= len(words))))
    is_specific = bool(words or shared(demand.kinds, demand.kinds))
    if is_specific and demand.trades != _IT and not (is_named or (not words and shared(kinds_of(entry.words), demand.kinds))):
        return False
    if demand.kinds and not (words or demand.trades or demand.kinds & entry.kinds):
        return False  # a post that no trade has for itself: who was none of it has no years of it
    if demand.industries and not is_of_industry(entry.words, demand.industries):
        return False
    return not demand.leads or leads(demand, entry) or (demand.is_any and is_named)


def _is_most(own_words: frozenset[str], words: Sequence[str], is_any: bool) -> bool:
    """Return whether these are all of the words, or of alternatives more than half of them."""
    return len(own_words) == len(words) or (is_any and 2 * len(own_words) > len(words))


def _years(work: Sequence[Experience]) -> float:
    return dates.total(entry.span for entry in work if entry.span) / 12
