"""Certificates, licences and professional titles: what a job asks for, what a resume states with its state, and whether it suffices.

The table certificates.toml says which words name one and which others it includes. Held, passed in part, expired and in preparation differ.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice, pairwise
from pathlib import Path

from reranker.evidence.facts.contract import Fact, FactAnswer, Verdict
from reranker.evidence.facts.mentions import Standing, clause_around, folded, is_waived, line_around, pattern, standing, wanted_clauses

_CERTIFICATES = {entry["name"]: entry for entry in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["certificates"]}
MAX_FACTS = 200
"""Nobody has more; whoever repeats the words takes no more time than that."""
_ORDER = (Verdict.NOT_SAID, Verdict.NOT_MET, Verdict.PARTLY, Verdict.MET)

_COUNT = r"(?P<{0}>\d{{1,2}}|[一二两三四五六七八九十])"
_NUMERALS = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_PAPERS = re.compile(
    r"(?:[^。；;\n、\d一二两三四五六七八九十]{0,12}?|已?(?:通?过|考过)[^。；;\n\d一二两三四五六七八九十]{0,20}?)(?:"
    + _COUNT.format("passed")
    + r"\s?(?:/\s?\d{1,2})?\s?(?:门|科|papers?\b|exams?\b|parts?\b|sections?\b)|(?P<share>\d{1,2})\s?/\s?\d{1,2}(?![\d/]))",
    re.IGNORECASE,
)
_PAPERS_BEFORE = re.compile(
    rf"(?:passed|cleared|completed)\s{_COUNT.format('passed')}(?:\s(?:papers|exams|parts|sections))?"
    r"\s?(?:of|in|towards|out of \d{1,2})?\s?(?:the\s)?$",
    re.IGNORECASE,
)
_IN_PART = re.compile(
    r"[^，,。；;\n、]{0,6}?(?:专业阶段|笔试(?![和及、/与面])|部分科目|单科|已?过(?:会计|审计|税法|经济法|财管|财务|战略|实务|综合|管理|法规)"
    r"|in part\b|partly\b|part-qualified|student member)",
    re.IGNORECASE,
)
_PART_QUALIFIED = re.compile(r"part-?\s?qualified\s?$", re.IGNORECASE)
_WHOLE = re.compile(r"[^。；;\n、]{0,12}?(?:全科|全部通过|全过|全部科目|all (?:\d{1,2} )?(?:papers|parts|exams|sections))", re.IGNORECASE)
_VALID_UNTIL = re.compile(
    r"[^。；;\n]{0,16}?(?:有效期?限?至|有效期到|valid (?:until|till|through|to)|expir(?:es|y)(?: on| in| date)?|exp\.?)"
    r"[^\d\n]{0,12}(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_SIMILAR = re.compile(
    r"(?:等|或|及)?(?:相关|类似|同类|同等)(?:的)?(?:资格|职业|专业)?证|等(?:资格|职业|专业)?证书"
    r"|\b(?:similar|equivalent|comparable)\b",
    re.IGNORECASE,
)
_IN_PREPARATION = re.compile(r"在考|备考|考证中|\bin progress\b|\bcandidates?\b|\bworking towards?\b", re.IGNORECASE)
_ALL = re.compile(r"以及|并|且|同时|均|和|\band\b|&", re.IGNORECASE)


@dataclass(frozen=True)
class Certificate:
    """A certificate of the table by its name, and how it stands; `is_part`: passed in part ("CPA 已过 4 门"), `passed` papers if said."""

    name: str
    standing: Standing = Standing.HAS
    is_part: bool = False
    passed: int | None = None


@dataclass(frozen=True)
class CertificateDemand:
    """The certificates that a job names: one of them suffices, or all are needed. `fields`: others of these fields do as well.

    `papers`: so many passed papers suffice; `planned`: being in preparation does ("CPA 在考或通过两科以上").
    """

    names: tuple[str, ...]
    all_needed: bool = False
    fields: frozenset[str] = frozenset()
    papers: int | None = None
    planned: bool = False


def asked(requirement: str) -> CertificateDemand | None:
    """Return the certificates that a requirement asks for; None where it names none or says that none is needed."""
    text = wanted_clauses(requirement)
    spans = [
        (start, end, name)
        for start, end, name in _mentions(text)
        if not is_waived(text, start, end) and standing(text, start, end) is not Standing.OTHERS
    ]
    names = tuple(dict.fromkeys(name for _, _, name in spans))
    if not names:
        return None
    between = [text[left[1] : right[0]] for left, right in pairwise(spans)]
    fields = frozenset(_CERTIFICATES[name]["field"] for name in names) if _SIMILAR.search(text) else frozenset()
    planned = _IN_PREPARATION.search(text) is not None
    parts = [value for value in (_value(text, *span, year=0) for span in spans) if value.is_part]
    papers = min((value.passed or 1 for value in parts), default=1 if planned else None)
    return CertificateDemand(names, len(names) > 1 and any(map(_ALL.search, between)), fields, papers, planned)


def stated(text: str, today: date | None = None) -> tuple[Fact[Certificate], ...]:
    """Return the certificates that a resume states, those planned, expired or denied with their `standing`; others' are left out."""
    plain, year = folded(text), (today or date.today()).year
    facts = (Fact(_value(plain, start, end, name, year), start, end) for start, end, name in _mentions(plain))
    return tuple(fact for fact in facts if fact.value.standing is not Standing.OTHERS)


def answer(demand: CertificateDemand, facts: Sequence[Fact[Certificate]]) -> FactAnswer[Certificate]:
    """Return how far the facts meet the demand: the best of the names, or, where all are needed, the share that is there."""
    answers = sorted((_answer(demand, name, facts) for name in demand.names), key=lambda found: _ORDER.index(found.verdict))
    worst, best = answers[0], answers[-1]
    if not demand.all_needed or best.verdict is worst.verdict:
        return best
    return FactAnswer(min(Verdict.PARTLY, best.verdict, key=_ORDER.index), best.fact)


def included(name: str) -> frozenset[str]:
    """Return the certificates that one proves: itself and, by the table, lower ones."""
    return frozenset({name}).union(*(included(lower) for lower in _CERTIFICATES[name].get("includes", [])))


def _answer(demand: CertificateDemand, name: str, facts: Sequence[Fact[Certificate]]) -> FactAnswer[Certificate]:
    grades = [(_ORDER.index(_grade(demand, name, fact.value)), -place) for place, fact in enumerate(facts)]
    grade, place = max(grades, default=(0, 0))
    return FactAnswer(_ORDER[grade], facts[-place] if grade else None)


def _grade(demand: CertificateDemand, name: str, value: Certificate) -> Verdict:
    entry, is_same = _CERTIFICATES[value.name], name == value.name
    if name not in included(value.name) and entry["field"] not in demand.fields:
        return _grade_lower(name, value)
    if value.is_part and demand.papers is not None:
        return Verdict.MET if value.passed is None or value.passed >= demand.papers else Verdict.PARTLY
    if value.is_part or value.standing is Standing.EXPIRED:
        return Verdict.PARTLY if is_same or entry["field"] in demand.fields else Verdict.NOT_SAID
    if value.standing is Standing.HAS or (
        value.standing is Standing.PLANNED and (demand.planned or (entry.get("in_order") and not is_same))
    ):
        return Verdict.MET
    return Verdict.NOT_MET if is_same or _CERTIFICATES[name].get("generic") else Verdict.NOT_SAID


def _grade_lower(name: str, value: Certificate) -> Verdict:
    """A lower one is too little, but for a step of the same examination, and where only the kind is not said."""
    if value.name not in included(name):
        return Verdict.NOT_SAID
    is_step = _CERTIFICATES[name].get("in_order") or _CERTIFICATES[value.name].get("generic")
    return Verdict.PARTLY if is_step and value.standing is Standing.HAS and not value.is_part else Verdict.NOT_MET


def _value(text: str, start: int, end: int, name: str, year: int) -> Certificate:
    state = standing(text, start, end)
    if state is Standing.OTHERS:
        return Certificate(name, state)
    if _WHOLE.match(text, end):
        return Certificate(name)
    if papers := _PAPERS.match(text, end) or _PAPERS_BEFORE.search(text, max(0, start - 40), start):
        count = papers["passed"] or papers.groupdict().get("share") or "0"
        passed = _NUMERALS.get(count) or int(count)
        return Certificate(name, Standing.HAS, passed < _CERTIFICATES[name].get("parts", 99), passed)
    if _IN_PART.match(text, end) or _PART_QUALIFIED.search(text, max(0, start - 20), start):
        return Certificate(name, Standing.HAS, is_part=True)
    until = _VALID_UNTIL.match(text, end)
    if until and int(until["year"]) < year and state is Standing.HAS:
        state = Standing.EXPIRED
    return Certificate(name, state)


def _mentions(text: str) -> list[tuple[int, int, str]]:
    """(start, end, name) of each certificate; a kind not said ("驾照") only where no kind is said beside it ("C1 驾照")."""
    found = list(_spans(text))
    return [
        (start, end, name)
        for start, end, name in found
        if not _CERTIFICATES[name].get("generic") or not any(_is_kind_of(text, (start, end, name), other) for other in found)
    ]


def _is_kind_of(text: str, general: tuple[int, int, str], special: tuple[int, int, str]) -> bool:
    if general[2] == special[2] or abs(special[0] - general[0]) > 30 or general[2] not in included(special[2]):
        return False
    left, right = clause_around(text, general[0], general[1], 30)
    return left <= special[0] < right


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    blocked = [match.span() for match in islice(_never().finditer(text), MAX_FACTS)]
    for match in islice(_words().finditer(text), MAX_FACTS):
        start, end = match.span()
        if any(left < end and start < right for left, right in blocked):
            continue
        name = next((name for name, words in _each().items() if words.fullmatch(text, start, end)), None)
        if name is None:
            continue
        short = _short().get(name)
        if short and short[0].fullmatch(text, start, end):
            left, right = line_around(text, start, end)
            if not short[1].search(text[left:start] + "\n" + text[end:right]):
                continue
        yield start, end, name


def _all_words(entry: dict) -> list[str]:
    return [folded(word) for word in entry["words"] + entry.get("short", [])]


@cache
def _words() -> re.Pattern[str]:
    return re.compile(pattern(word for entry in _CERTIFICATES.values() for word in _all_words(entry)))


@cache
def _each() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern(_all_words(entry))) for name, entry in _CERTIFICATES.items()}


@cache
def _short() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Name → its words that need company, and the words that are company."""
    return {
        name: (re.compile(pattern(entry["short"])), re.compile(pattern(entry["near"]), re.IGNORECASE))
        for name, entry in _CERTIFICATES.items()
        if "short" in entry
    }


@cache
def _never() -> re.Pattern[str]:
    return re.compile(pattern(word for entry in _CERTIFICATES.values() for word in entry.get("never", [])))
