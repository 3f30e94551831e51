"""Certificates, licences and professional titles: what a job asks for, what a resume states with its state, and whether it suffices.

Those of the table (credentials/table.py) are compared by level; others by what the phrases say (credentials/phrases.py). Held, passed in
part, expired, in preparation, revoked and denied differ (claims).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

from reranker.evidence.facts.claims import claims, sentence_around
from reranker.evidence.facts.contract import Fact, FactAnswer, Verdict
from reranker.evidence.facts.credentials.mentions import mentions
from reranker.evidence.facts.credentials.phrases import HEAD, NOTHING, Phrase, grade_steps, likeness, phrase, phrases
from reranker.evidence.facts.credentials.qualifiers import differ, qualifiers
from reranker.evidence.facts.credentials.table import TABLE, included, is_open, steps_below
from reranker.evidence.facts.mentions import Standing, clause_around, folded, is_waived, line_around, wanted_clauses

MAX_FACTS = 200
"""Nobody has more; whoever repeats the words takes no more time than that."""
_ORDER = (Verdict.NOT_SAID, Verdict.NOT_MET, Verdict.PARTLY, Verdict.MET)
_ALIKE, _CLOSE, _TOUCHES = 0.6, 0.4, 0.2
"""Shares of what is asked by a phrase that are the same certificate, one close to it, and one that a denial is about."""
_LOST = frozenset({Standing.DENIED, Standing.REVOKED})

_SIMILAR = re.compile(
    r"(?:等|或|及)?(?:相关|类似|同类|同等)(?:的)?(?:资格|职业|专业)?证|等(?:资格|职业|专业)?证书"
    r"|\b(?:similar|equivalent|comparable)\b",
    re.IGNORECASE,
)
_IN_PREPARATION = re.compile(r"在考|备考|考证中|\bin progress\b|\bcandidates?\b|\bworking towards?\b", re.IGNORECASE)
_ANY = re.compile(r"或|/|任一|之一|其一|\bor\b", re.IGNORECASE)
_LISTED = re.compile(r"[\s、,，()（）]{0,4}(?:证书?|资格|证照|certif[a-z]{0,9}|licen[cs]e)?[\s、,，()（）]{0,4}", re.IGNORECASE)
_OF_ALL = re.compile(r"齐全|均|都须|同时|\bboth\b|\ball of\b", re.IGNORECASE)
_DUTY = re.compile(
    r"^\W*(?:负责|管理|办理|协助|审核|组织|维护|参与|对接|manage|maintain|ensure|process|handle|review|support|assist|oversee|prepare|obtain|issue)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Certificate:
    """A certificate of the table by its `name` ("": one of no table, by its `phrase`), and how it stands.

    `is_part`: passed in part ("CPA 已过 4 门"), `passed` papers if said. `limits` are the trade, subject or state that it is for.
    """

    name: str
    standing: Standing = Standing.HAS
    is_part: bool = False
    passed: int | None = None
    phrase: Phrase = NOTHING
    limits: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class CertificateDemand:
    """The certificates that a job names: of each group one suffices. `fields`: others of these fields do as well.

    `papers`: so many passed papers suffice; `planned`: being in preparation does ("CPA 在考或通过两科以上").
    """

    groups: tuple[tuple[Certificate, ...], ...]
    fields: frozenset[str] = frozenset()
    papers: int | None = None
    planned: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the table that are asked for."""
        return tuple(item.name for group in self.groups for item in group if item.name)


def asked(requirement: str) -> CertificateDemand | None:
    """Return the certificates that a requirement asks for; None where it names none or says that none is needed."""
    text = wanted_clauses(requirement)
    items = [item for item in _items(text) if item.value.standing is not Standing.OTHERS and not is_waived(text, item.start, item.end)]
    if not items:
        return None
    names = [item.value.name for item in items if item.value.name]
    papers = min((item.value.passed or 1 for item in items if item.value.is_part), default=None)
    planned = _IN_PREPARATION.search(text) is not None
    return CertificateDemand(
        groups=_groups(text, items),
        fields=frozenset([*(TABLE[name]["field"] for name in names if _SIMILAR.search(text)), *(["title"] if "职称" in text else [])]),
        papers=1 if papers is None and planned else papers,
        planned=planned,
    )


def stated(text: str, today: date | None = None) -> tuple[Fact[Certificate], ...]:
    """Return the certificates that a resume states, those planned, expired or denied with their `standing`; others' are left out."""
    plain = folded(text)
    named = [(mention.start, mention.end, mention.name) for mention in mentions(plain)[:MAX_FACTS]]
    unnamed = [(start, end, "") for start, end in _unnamed(plain, named)][:MAX_FACTS]
    spans = sorted([*named, *unnamed])
    found = claims(
        plain, [span[:2] for span in spans], today or date.today(), [TABLE[name].get("parts") if name else None for *_, name in spans]
    )
    facts = []
    for (start, end, name), claim in zip(spans, found, strict=True):
        if claim.standing is Standing.OTHERS:
            continue
        left, right = clause_around(plain, start, end, 120)
        words = phrase(plain[left:right])
        if not words.tokens and claim.standing is Standing.HAS:
            words = replace(words, tokens=phrase(plain[slice(*line_around(plain, start, end))]).tokens)
        if not (name or words.tokens) and claim.standing is Standing.HAS:
            continue
        value = Certificate(
            name, claim.standing, claim.is_part, claim.passed, words, qualifiers(plain[left : sentence_around(plain, start, end)[1]])
        )
        if plain[start:end].lower().startswith("unlicensed"):
            value = replace(value, standing=Standing.DENIED, phrase=NOTHING)
        facts.append(Fact(value, start, end))
    return tuple(facts)


def answer(demand: CertificateDemand, facts: Sequence[Fact[Certificate]]) -> FactAnswer[Certificate]:
    """Return how far the facts meet the demand: of a group the best, of several groups the share that is there."""
    answers = [max((_answer(demand, item, facts) for item in group), key=_rank) for group in demand.groups]
    worst, best = min(answers, key=_rank), max(answers, key=_rank)
    if best.verdict is worst.verdict:
        return best
    return FactAnswer(min(Verdict.PARTLY, best.verdict, key=_ORDER.index), best.fact)


def held_answer(demand: CertificateDemand, facts: Sequence[Fact[Certificate]]) -> FactAnswer[Certificate]:
    """Return the answer, where what is in preparation, or a level below the one asked, is none: for whoever shows what a resume has."""
    found = answer(demand, facts)
    value = found.fact.value if found.fact else None
    if value is None or found.verdict is not Verdict.PARTLY:
        return found
    is_asked = not value.name or is_open(value.name) or any(_is_step_of(value.name, name) for name in demand.names)
    return found if is_asked and value.standing in (Standing.HAS, Standing.EXPIRED) else FactAnswer(Verdict.NOT_SAID)


def _is_step_of(name: str, asked_name: str) -> bool:
    return asked_name in included(name) or bool(TABLE[asked_name].get("in_order"))


def _rank(found: FactAnswer[Certificate]) -> int:
    return _ORDER.index(found.verdict)


def _items(text: str) -> list[Fact[Certificate]]:
    """What a job names, by place; a lower one that another includes is no demand of its own ("主管护师（中级）及以上职称")."""
    named = mentions(text)
    states = claims(text, [mention[:2] for mention in named], date.max, [TABLE[mention.name].get("parts") for mention in named])
    limits = qualifiers(text, everywhere=False)
    items = []
    for mention, claim in zip(named, states, strict=True):
        words = phrase(text[slice(*clause_around(text, mention.start, mention.end, 120))])
        items.append(
            Fact(Certificate(mention.name, claim.standing, claim.is_part, claim.passed, words, limits), mention.start, mention.end)
        )
    if not _DUTY.search(text):
        for start, end, words in phrases(text, joined=True):
            is_named = any(start < mention.end and mention.start < end for mention in named) or mentions(text[start:end])
            if words.tokens and not is_named:
                items.append(Fact(Certificate("", phrase=words, limits=limits), start, end))
    return sorted(items, key=lambda item: item.start)


def _groups(text: str, items: Sequence[Fact[Certificate]]) -> tuple[tuple[Certificate, ...], ...]:
    """Group alternatives: joined by "or", "/" or "、"; a list takes the word before its last ("CPA, ACCA or CIMA")."""
    joins = [text[left.end : right.start] for left, right in pairwise(items)]
    are_alternatives: list[bool] = []
    for join in reversed(joins):
        if are_alternatives and _LISTED.fullmatch(join):
            are_alternatives.append(are_alternatives[-1])
        else:
            are_alternatives.append(_ANY.search(join) is not None or ("、" in join and not _OF_ALL.search(text)))
    groups = [[items[0].value]]
    for item, is_alternative in zip(items[1:], reversed(are_alternatives), strict=True):
        if is_alternative:
            groups[-1].append(item.value)
        elif not any(_covers(other, item.value) for group in groups for other in group):
            groups.append([item.value])
    return tuple(map(tuple, groups))


def _covers(item: Certificate, other: Certificate) -> bool:
    return bool(other.name) and bool(item.name) and other.name in included(item.name)


def _answer(demand: CertificateDemand, item: Certificate, facts: Sequence[Fact[Certificate]]) -> FactAnswer[Certificate]:
    grades = [(_ORDER.index(_grade(demand, item, fact.value)), -place) for place, fact in enumerate(facts)]
    best, place = max(grades, default=(0, 0))
    return FactAnswer(_ORDER[best], facts[-place] if best else None)


def _grade(demand: CertificateDemand, item: Certificate, value: Certificate) -> Verdict:
    if value.standing in _LOST:
        return Verdict.NOT_MET if _is_lost(item, value) else Verdict.NOT_SAID
    verdict = _grade_named(demand, item, value) if item.name and value.name else _grade_phrase(item, value)
    return Verdict.PARTLY if verdict is Verdict.MET and differ(item.limits, value.limits) else verdict


def _is_lost(item: Certificate, value: Certificate) -> bool:
    """Whether a denial is about what is asked: the same, a lower one, one whose kind is open, or any certificate at all."""
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


def _grade_named(demand: CertificateDemand, item: Certificate, value: Certificate) -> Verdict:
    name = item.name
    row, is_same = TABLE[value.name], name == value.name
    if name not in included(value.name) and row["field"] not in demand.fields - {"title"}:
        return _grade_lower(name, value, "title" in demand.fields)
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
        and value.name in TABLE[name].get("includes", [])
        and value.standing is Standing.HAS
    ):
        return Verdict.MET if is_title else Verdict.PARTLY  # 正高 for "副主任医师及以上职称": the trade is not said
    if steps is None and value.name not in included(name):
        return Verdict.NOT_SAID
    if value.standing is Standing.PLANNED or steps is None:
        return Verdict.NOT_SAID
    is_step = steps <= 1 or TABLE[name].get("in_order")
    is_there = value.standing is (Standing.PREPARING if value.is_part else Standing.HAS)
    is_begun = not steps and (value.is_part or value.standing is Standing.PREPARING)
    is_begun = is_begun or bool(TABLE[name].get("in_order") and steps == 1)
    return Verdict.PARTLY if is_begun or (is_step and is_there) else Verdict.NOT_MET


def _grade_phrase(item: Certificate, value: Certificate) -> Verdict:
    if value.standing is Standing.PLANNED:
        return Verdict.NOT_SAID
    share = likeness(item.phrase, value.phrase)
    if share < (_ALIKE if item.name else _CLOSE):
        return Verdict.NOT_SAID
    too_low = grade_steps(item.phrase.grade, value.phrase.grade)
    if too_low > 1:
        return Verdict.NOT_MET
    is_whole = share >= _ALIKE and not too_low and value.standing is Standing.HAS and not value.is_part
    return Verdict.MET if is_whole else Verdict.PARTLY


def _unnamed(text: str, named: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """The places of words for a certificate in clauses that name none of the table.

    A clause that opens with such a word behind a mention goes on about that one: "bar exam passed, admission pending".
    """
    for left, right, _ in phrases(text):
        head = HEAD.search(text, left, right)
        if head is None or any(left <= other < right for other, _, _ in named):
            continue
        before, _ = sentence_around(text, *head.span())
        if phrase(text[left : head.start()]).tokens or not any(before <= other < left for other, _, _ in named):
            yield head.span()


def _has_no_levels(name: str) -> bool:
    return "of" not in TABLE[name] and not is_open(name) and not any(name in row.get("includes", []) for row in TABLE.values())


@cache
def _row_phrase(name: str) -> Phrase:
    row = TABLE[name]
    return phrase(f"{row['field']} {row['topic']} {' '.join(row.get('words', []))} {name}")
