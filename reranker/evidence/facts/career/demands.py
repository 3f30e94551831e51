"""Find the years that a requirement asks for, of which trade and subject; never those of a contract, a course, a company or an age."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reranker.evidence.facts.career.durations import Duration, find_durations
from reranker.evidence.facts.career.industries import industries_asked
from reranker.evidence.facts.career.rank import rank_asked
from reranker.evidence.facts.career.rivals import Kinds, kinds_of
from reranker.evidence.facts.career.trades import (
    LEADERSHIP,
    NEIGHBOURS,
    WORDS,
    asked_trades,
    subject_words,
    technologies,
    trade_names,
    trades_of,
    without_trades,
)
from reranker.evidence.facts.mentions import clause_around, is_waived, pattern, wanted_clauses

_NO_DEMAND = re.compile(rf"(?:{pattern(WORDS['no_demand'])})\s?$", re.IGNORECASE)
_NO_DEMAND_IN_CLAUSE = re.compile(rf"(?:{pattern(WORDS['no_demand_in_clause'])})", re.IGNORECASE)
_NO_DEMAND_OF = re.compile(pattern(WORDS["no_demand_of"]), re.IGNORECASE)
_NO_DEMAND_BEHIND = re.compile(
    rf"['’]?s?\s?(?:{pattern(WORDS['no_demand_behind'])}|制(?![造作药图衣冷]))|['’]?s?\s?service(?! (?:in|as|with)\b)", re.IGNORECASE
)
_ANY_EXPERIENCE = re.compile(r"经[验历]|从业|\bexp(?:erience)?\b", re.IGNORECASE)
_EXPERIENCE_WORD = re.compile(r"\b(?:experience|exp)\b", re.IGNORECASE)
_OR_SIMILAR = re.compile(r"\bor (?:an? )?(?:equivalent|similar|related|comparable)|或(?:相关|同类|类似|相近|同等)", re.IGNORECASE)
_RELATED = re.compile(r"相关|同岗|同类|本岗位|类似|\b(?:relevant|related|similar)\b", re.IGNORECASE)
_INTERNS = re.compile(
    r"实习经[验历]|实习(?:期)?(?:也|亦)?可|(?<!不)(?:含|包括|算上)实习|\b(?:internships?|placements?) (?:experience|count|included|ok|in)"
    r"|\b(?:first|initial) (?:\w+ )?experience\b|\bincluding internships?\b",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(r"\bpost[- ](?:qualif|regist|apprentic|call|licens|train)|\bPQE\b|(?:取证|拿证|持证|执业|出师)后", re.IGNORECASE)
_PARTED = re.compile(r"\b(?:and|plus|with|including|of which|incl)\b|[，,;；]|其中|同时|并且|以及|[和与及且含]")
_ALTERNATIVE = re.compile(r"\bor\b(?! (?:above|more|over|higher)\b)|,", re.IGNORECASE)
_OR = re.compile(r"\bor\b(?! (?:above|more|over|higher)\b)|/|或|、|\band/or\b", re.IGNORECASE)


_SHORTEST = 0.2
"""Years below which a span is a rota or a notice period unless the clause speaks of experience: on-call one week in six."""


@dataclass(frozen=True)
class YearsDemand:
    """At least `years`, in one of `trades` if any, of a subject of these `words` and `kinds`, in one of
    `industries`; `is_any`: one word suffices."""

    years: float
    trades: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    is_any: bool = False
    leads: bool = False
    kinds: Kinds = frozenset()
    industries: frozenset[str] = frozenset()
    is_related: bool = False
    """It asks for 相关经验, without a word of what: of the trade of the job."""
    whole: frozenset[str] = frozenset()
    """Trades any work of which will do, as the first of alternatives names nothing more: 设备维护或电气自动化."""
    rank: str = ""
    """The title that those who lead are to have, if it names one: a deputy's years are a part of them."""
    interns: bool = False
    """Internships count, too."""
    is_qualified: bool = False
    """Only the years since the examination count: "5 years post-qualification"."""


YearsDemands = tuple[YearsDemand, ...]


def asked(requirement: str) -> YearsDemands | None:
    """Return the years that a requirement asks for, of a range the low end; several where it asks for those of several subjects."""
    text = wanted_clauses(requirement)
    durations = [
        duration for duration in find_durations(text) if not (_is_of_terms(text, duration) or is_waived(text, duration.start, duration.end))
    ]
    demands = [_demand(duration.years, _subject(text, durations, index)) for index, duration in enumerate(durations)]
    return tuple(dict.fromkeys(demands)) or None


def _is_of_terms(text: str, duration: Duration) -> bool:
    """Return whether years are those of a contract, a course, a company or an age."""
    left, right = clause_around(text, duration.start, duration.end)
    if 0 < duration.years < _SHORTEST and not _ANY_EXPERIENCE.search(text, left, right):
        return True
    return bool(
        _NO_DEMAND.search(text, max(0, duration.start - 20), duration.start)
        or _NO_DEMAND_BEHIND.match(text, duration.end)
        or _NO_DEMAND_OF.search(text, left, duration.start)
        or (_NO_DEMAND_IN_CLAUSE.search(text, left, duration.start) and not _ANY_EXPERIENCE.search(text, left, right))
    )


def _demand(years: float, subject: str) -> YearsDemand:
    trades, words = asked_trades(_core(subject)) or asked_trades(subject), subject_words(subject)
    named = technologies(subject)
    if not trades and named:
        trades = frozenset({"it"})
    if _RELATED.search(subject):
        trades |= {near for trade in trades for near in NEIGHBOURS.get(trade, ())}
    if trades and (_OR_SIMILAR.search(subject) or _names_trade_alone(subject)):
        words = ()
    if trades == {"it"}:  # of one job, resumes tell 后端 or 平台 as it comes: only technologies part them
        rest = without_trades(subject).lower()
        words = tuple(name for name in named if name.isascii() and name in rest)
    elif words and trades:
        words = tuple(dict.fromkeys([*words, *_named_alone(subject)]))
    kinds, industries = kinds_of(subject), industries_asked(subject)
    names_subject = bool(trades - {LEADERSHIP} or words or kinds or industries)
    return YearsDemand(
        years,
        trades - {LEADERSHIP},
        words,
        _OR.search(subject) is not None,
        LEADERSHIP in trades,
        kinds,
        industries,
        not names_subject and _RELATED.search(subject) is not None,
        whole=_whole(subject),
        rank=rank_asked(subject) if LEADERSHIP in trades else "",
        interns=_INTERNS.search(subject) is not None,
        is_qualified=_QUALIFIED.search(subject) is not None,
    )


def _whole(subject: str) -> frozenset[str]:
    first, either, _ = subject.partition("或")
    return asked_trades(first) - {LEADERSHIP} if either and not subject_words(first) else frozenset()


def _named_alone(subject: str) -> Iterator[str]:
    """Yield the name of a trade that is one of the alternatives by itself: "a warehouse or distribution centre"; 药品销售 has two names."""
    for part in _OR.split(subject):
        if not subject_words(part) and len(names := trade_names(part)) == 1:
            yield names[0]


def _names_trade_alone(subject: str) -> bool:
    """Return whether one of alternatives is a trade as such, which the others only name: "journalism or news production"."""
    alternatives = _ALTERNATIVE.split(_EXPERIENCE_WORD.split(subject)[-1] if " in " in subject else _core(subject))
    return len(alternatives) > 1 and any(trades_of(part) - {LEADERSHIP} and not subject_words(part) for part in alternatives)


def _core(subject: str) -> str:
    """ "audit experience in a public accounting firm": what stands before "experience"."""
    word = _EXPERIENCE_WORD.search(subject)
    return subject[: word.start()] if word else subject


def _subject(text: str, durations: Sequence[Duration], index: int) -> str:
    """The words of the requirement that say of what the years are: those of its sentence, or of several years, of their part of it."""
    start, end = durations[index].start, durations[index].end
    left, right = clause_around(text, start, end, reach=200)
    if index:
        left = max(left, _parted(text, durations[index - 1].end, start))
    if index + 1 < len(durations):
        right = min(right, _parted(text, end, durations[index + 1].start))
    subject = text[left:start] + " " + text[end:right]
    if len(durations) > 1 or subject_words(subject) or trades_of(subject):
        return subject
    return text[:start] + " " + text[end:]


def _parted(text: str, start: int, end: int) -> int:
    """Where a text between two counts of years goes over to the second: at its last joint, or, without one, at the second."""
    return max((joint.start() for joint in _PARTED.finditer(text, start, end)), default=end)
