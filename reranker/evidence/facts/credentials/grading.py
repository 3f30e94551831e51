"""Grade how far one stated certificate is what a job asks for: the same, a higher or a lower one, in part, expired, or lost."""

from collections.abc import Sequence
from functools import cache

from reranker.evidence.facts.contract import VERDICTS, Fact, FactAnswer, Verdict
from reranker.evidence.facts.credentials.certificate import Certificate, CertificateDemand
from reranker.evidence.facts.credentials.phrases import Phrase, grade_steps, likeness, phrase
from reranker.evidence.facts.credentials.professions import are_of_other_trades
from reranker.evidence.facts.credentials.qualifiers import differ
from reranker.evidence.facts.credentials.table import TABLE, included, is_open, steps_below
from reranker.evidence.facts.mentions import Standing

_ALIKE, _CLOSE, _TOUCHES = 0.6, 0.4, 0.2
"""Shares of what is asked by a phrase that are the same certificate, one close to it, and one that a denial or a lapse is about."""
_LOST = frozenset({Standing.DENIED, Standing.REVOKED})


def best_answer(demand: CertificateDemand, item: Certificate, facts: Sequence[Fact[Certificate]]) -> FactAnswer[Certificate]:
    """Return the answer of the fact that comes closest to one item of a demand, of several alike the one of that name, or the first."""
    own = [fact for fact in facts if item.name and fact.value.name == item.name]
    if own and all(fact.value.standing is Standing.EXPIRED for fact in own):
        facts = own  # "ACLS current, BLS expired": what is said of it counts more than what another includes
    grades = [(VERDICTS.index(_grade(demand, item, fact.value)), fact in own, -index) for index, fact in enumerate(facts)]
    best, _, index = max(grades, default=(0, False, 0))
    return FactAnswer(VERDICTS[best], facts[-index] if best else None)


def _grade(demand: CertificateDemand, item: Certificate, value: Certificate) -> Verdict:
    if value.standing in _LOST:
        return Verdict.NOT_MET if _is_lost(item, value) else Verdict.NOT_SAID
    verdict = _grade_named(demand, item, value) if item.name and value.name else _grade_phrase(item, value)
    return Verdict.PARTLY if verdict is Verdict.MET and differ(item.limits, value.limits) else verdict


def _is_lost(item: Certificate, value: Certificate) -> bool:
    """Return whether a denial is about what is asked: the same, a lower one, one whose kind is open, or any certificate at all."""
    if item.name and value.name:
        is_below = value.name in included(item.name)
        is_kind = is_open(item.name) and item.name in included(value.name)
        return (
            is_below
            or is_kind
            or (TABLE[item.name]["field"] == TABLE[value.name]["field"] and likeness(item.phrase, value.phrase) >= _TOUCHES)
        )
    if not value.name and not value.phrase.tokens:
        return True
    own = _row_phrase(item.name) if item.name else item.phrase
    return max(likeness(item.phrase, value.phrase), likeness(value.phrase, own)) >= _TOUCHES


def is_of_another_ladder(name: str, lower: str) -> bool:
    """Return whether a lower paper is no step of the one asked for: who is 中级会计师 has not been refused as 注册会计师."""
    return any(word in name for word in _LICENSED) and not any(word in lower for word in _LICENSED)


_LICENSED = ("注册", "执业", "特许")


def _grade_named(demand: CertificateDemand, item: Certificate, value: Certificate) -> Verdict:
    name = item.name
    if "title" in (TABLE[name]["field"], TABLE[value.name]["field"]) and are_of_other_trades(item, value):
        return Verdict.NOT_SAID
    row, is_same = TABLE[value.name], name == value.name
    is_below = steps_below(name, value.name) is not None  # a similar paper that is a level below is none: "Level 3 or equivalent"
    if name not in included(value.name) and (is_below or row["field"] not in demand.fields - {"title"}):
        return _grade_lower(name, value, "title" in demand.fields)
    if value.is_part and row.get("in_order") and not is_same:
        return Verdict.MET
    if value.is_part and demand.papers is not None:
        return Verdict.MET if value.passed is None or value.passed >= demand.papers else Verdict.PARTLY
    if value.standing is Standing.HAS and not value.is_part:
        too_low = grade_steps(item.phrase.grade, value.phrase.grade) if is_same and _has_no_levels(name) else 0
        return Verdict.NOT_MET if too_low > 1 else Verdict.PARTLY if too_low else Verdict.MET
    if value.standing is Standing.PREPARING and (demand.planned or (row.get("in_order") and not is_same)):
        return Verdict.MET
    if value.standing is Standing.PLANNED:
        return Verdict.MET if row.get("in_order") and not is_same else Verdict.NOT_SAID
    return (
        Verdict.PARTLY
        if is_same or is_open(name) or row["field"] in demand.fields or value.standing is Standing.EXPIRED
        else Verdict.NOT_SAID
    )


def _grade_lower(name: str, value: Certificate, is_title: bool) -> Verdict:
    """One level below is partly enough, as is one whose kind is not said; two are too little."""
    steps = steps_below(name, value.name)
    if (
        TABLE[name]["field"] != "title" == TABLE[value.name]["field"]
        and not included(value.name).isdisjoint(TABLE[name].get("includes", []))
        and value.standing is Standing.HAS
    ):
        return Verdict.MET if is_title else Verdict.PARTLY  # 正高 for "副主任医师及以上职称": the trade is not said
    if steps is None and value.name not in included(name):
        return Verdict.NOT_SAID
    if value.standing is Standing.PLANNED or steps is None:
        return Verdict.NOT_SAID
    is_in_order = bool(TABLE[name].get("in_order"))
    is_step = steps <= 1 or is_in_order
    is_there = value.standing is (Standing.PREPARING if value.is_part and not is_in_order else Standing.HAS)
    is_there = is_there or (is_in_order and value.standing is Standing.PREPARING)  # "Level II candidate" has passed the first
    is_begun = not steps and (value.is_part or value.standing in (Standing.PREPARING, Standing.EXPIRED))
    is_begun = is_begun or (is_in_order and steps == 1)
    return Verdict.PARTLY if is_begun or (is_step and is_there) else Verdict.NOT_MET


def _grade_phrase(item: Certificate, value: Certificate) -> Verdict:
    if value.standing is Standing.PLANNED:
        return Verdict.NOT_SAID
    share = likeness(item.phrase, value.phrase)
    if value.standing is Standing.EXPIRED and not item.name and share >= _TOUCHES:
        return Verdict.PARTLY
    if share < (_ALIKE if item.name else _CLOSE):
        return Verdict.NOT_SAID
    too_low = grade_steps(item.phrase.grade, value.phrase.grade)
    if too_low > 1:
        return Verdict.NOT_MET
    is_whole = share >= _ALIKE and not too_low and value.standing is Standing.HAS and not value.is_part
    return Verdict.MET if is_whole else Verdict.PARTLY


def _has_no_levels(name: str) -> bool:
    return "of" not in TABLE[name] and not is_open(name) and not any(name in row.get("includes", []) for row in TABLE.values())


@cache
def _row_phrase(name: str) -> Phrase:
    row = TABLE[name]
    return phrase(f"{row['field']} {row['topic']} {' '.join(row.get('words', []))} {name}")
