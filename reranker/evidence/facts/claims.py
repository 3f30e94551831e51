"""Tell what a text says of what it mentions: had, in part, expired, revoked, in preparation, planned, denied, or somebody else's.

Mentions are found elsewhere; here each is paired with the words of its sentence: those in front of it in its clause, those behind it up
to the next mention, and the subject of the sentence. Of several states the first of `_RULES` counts. The words are in claims.toml.
Works on `folded` text.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from preprocess.lexicon.characters import CJK, SENTENCE_END
from reranker.evidence.facts.claim_words import before, behind, denied_directly
from reranker.evidence.facts.exam_parts import all_passed, part_passed
from reranker.evidence.facts.mentions import Standing
from reranker.evidence.facts.others import DUTY, is_others
from reranker.evidence.facts.validity import is_expired

_REACH = 120
"""Characters of a sentence that are looked at on either side."""

_SENTENCE_END = re.compile(rf"[{SENTENCE_END}\n|•●]|(?<![A-Z])(?<!\bexp)(?<![Nn]o)(?<!\breg)(?<!\bReg)(?<!\blic)\. ")
_CLAUSE_END = re.compile(rf"[，、)]|, |,(?=[{CJK}]|$)|\s-\s")
_JOINER = re.compile(r"\s?(?:[、/&]|和|与|及|或|,|and|or|nor)\s?(?:the |a |an )?")
_OF_ALL = re.compile(r"均|都|皆|全部|\bboth\b|\ball\b", re.IGNORECASE)
_OTHER_STAGE = re.compile(
    r"[，,;]\s?(?:(?:Level|Part|Stage|L|P)\s?(?:\d|I{1,3}\b)|(?:目前|现在?|正在?|已|今年|明年|准备|备考|报考|冲刺?|在?考)*[初中高一二三四]级)"
)
_STAGE = re.compile(r"(?:Level|Part|Stage|级|L|P)\s?(?:\d|I{1,3})?$|[初中高一二三四]级|^助理")
_DUE = re.compile(r"\s?[(,:-]?\s?(?:is )?(?:due|expected|anticipated)\b", re.IGNORECASE)
"""Right behind the name what is still to come: "QTS due July 2027"; behind "renewal" it is the renewal."""
_ASPIRES = re.compile(
    r"(?:(?:^|[:：])\W*(?:(?:my|the) (?:[a-z-]+ ){0,2}(?:goal|aim|objective|ambition|dream) (?:is )?)?"
    r"|\b(?:hop|aim|plan|want|wish|aspir|look|seek|intend)[a-z]{0,4} )to "
    r"(?:become|be an?\b|train as|qualify as|(?:obtain|gain|earn|achieve|acquire|get|secure)"
    r"(?! (?:an? |the |my )?(?:[\w-]+ ){0,3}(?:position|role|job|post|placement|opportunity|employment|experience|work|career)\b))"
    r"|(?:目标|规划|愿望|理想|希望|立志|争取|力争|计划)[^。；;\n]{0,16}(?:成为|当上|考取|考到|考下|拿到|取得|获得)",
    re.IGNORECASE,
)
_HOLDS = re.compile(r"\b(?:I (?:already )?(?:hold|have)|I am|I'm|holding|holder of|already)\b|(?:已|持有|现有)", re.IGNORECASE)
"""Ends a wish: "Objective: to become a matron; holder of ALS"."""
_LACKS = re.compile(r"[无没冇](?!人机|损|犯罪)|(?:do not|don't|cannot|can't|unable|non-(?!medical))", re.IGNORECASE)
_NO_PAPER = re.compile(
    r"没有?证(?!书)|无证(?!书)|没[考办拿领]证|没有执照"
    r"|\bno (?:ticket|licen[cs]e|certificate|card)\b|\bwithout a licen[cs]e|\bunlicensed|\buncertified",
    re.IGNORECASE,
)
_NONE_BEFORE = re.compile(
    r"^[\s:：]*(?:本人|目前|现|暂|均|尚|亦|也|又|仍|并|都)?无(?![论缝线人障损违菌])[^，。；;\n]{0,8}$|[不没冇]$|(?:^|\W)non-\s?$|(?:^|\s)un$",
    re.IGNORECASE,
)
_IN_TRAINING = re.compile(
    r"\b(?:student|trainee|apprentice|provisional|pupil|candidate|(?:CDL|CLP|learner'?s?) permit)\b|实习(?:律师|医|护)|见习", re.IGNORECASE
)
_PROVISIONAL = re.compile(r"\b(?:provisional|learner'?s?|student|temporary|trainee) (?:[A-Z]{2,3}|[a-z]{2,12})? ?$", re.IGNORECASE)
_IS_PROVISIONAL = re.compile(r"\s?[:(-]{0,2}\s?(?:provisional|learner'?s?|trainee|temporary)\b", re.IGNORECASE)
"""A licence to learn with, whatever stands between: "provisional UK driving licence", "driving licence: provisional"."""
_OF_ANOTHER = re.compile(rf"(?<=[考报冲])(?!试|证|中(?!级)|完|了|过|到|成|结|前|期|阶|的|备|等|名|资|两|三|[一二四五六]?[门科])[{CJK}A-Z]")
"""Behind a verb its object, which is another thing: 住院医师，明年考主治."""
_OF_ANOTHER_EN = re.compile(
    r"(?<=ing)\s(?:for (?:the |my |an? )?|towards? (?:the |my |an? )?|the |my )"
    r"(?!exam|test|it\b|final|paper|theory|practical|this\b|next|second|third|last|remaining|rest|module|part|level|board|licen|certif|\d)[a-z]{3,}",
    re.IGNORECASE,
)
"""The same in English: "journeyman plumber, sitting the master's"."""
_IN_PREPARATION = re.compile(r"(?:证书?)?[，,]\s?(?:正在|现在|目前|已)?(?:备考|在考|报名|报考)")
"""Behind what is not held yet: 未取得执业药师，正在备考."""
_ON_THE_WAY = re.compile(
    r"\b(?:currently|now|presently|year \d of|enrolled|undertaking|trainee|in training|final (?:seat|year)"
    r"|apprentice(?:ship)?|\d(?:st|nd|rd|th)[- ]year|on (?:an?|my) (?:\w+ ){0,3}(?:placement|programme|program|course))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claim:
    """The standing of a mention; `is_part`: passed in part, `passed` papers if said. PREPARING and `is_part`: only the paper is missing."""

    standing: Standing = Standing.HAS
    is_part: bool = False
    passed: int | None = None


class _Around(NamedTuple):
    """A mention's `words`, its `sentence` up to it, what stands `ahead` of it in its clause and `behind` it up to the next mention, and
    the `rest` of its sentence.
    """

    sentence: str
    ahead: str
    words: str
    behind: str
    today: date
    papers: int | None
    rest: str = ""


def claims(text: str, spans: Sequence[tuple[int, int]], today: date, parts: Sequence[int | None] = ()) -> list[Claim]:
    """Return the claim of each mention; `spans` by place, `parts` the papers that the examination of each has, if known."""
    papers = parts or [None] * len(spans)
    result: list[Claim] = []
    for index, (start, end) in enumerate(spans):
        left, right = sentence_around(text, start, end)
        last = max([left, *(other for _, other in spans[max(0, index - 3) : index] if other <= start)])
        following = min([right, *(other for other, _ in spans[index + 1 : index + 4] if other >= end)])
        ahead, rest = text[last:start], text[end:following]
        is_joined = index > 0 and last > left and last == spans[index - 1][1] and _JOINER.fullmatch(ahead) is not None
        if is_joined and result[-1].standing in (Standing.DENIED, Standing.OTHERS):
            result.append(result[-1])
            continue
        if following < right:
            if _JOINER.fullmatch(rest):
                distributed = _of_last(text, spans, index, right)
                rest = distributed if _OF_ALL.search(distributed) or DUTY.match(distributed) else ""
            else:
                rest = rest[: max((mark.end() for mark in _CLAUSE_END.finditer(rest)), default=len(rest))]
        if (other := _OTHER_STAGE.search(rest)) and (_STAGE.search(text[start:end]) or _STAGE.search(rest[: other.start()])):
            rest = rest[: other.start()]
        ahead = ahead[max((mark.end() for mark in _CLAUSE_END.finditer(ahead)), default=0) :]
        around = _Around(text[left:start], ahead, text[start:end], rest, today, papers[index], text[end:right])
        result.append(next((claim for rule in _RULES if (claim := rule(around))), Claim()))
    return result


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return (left, right) of the sentence or line that holds text[start:end]."""
    left = max(0, start - _REACH)
    for mark in _SENTENCE_END.finditer(text, left, start):
        left = mark.end()
    mark = _SENTENCE_END.search(text, end, min(len(text), end + _REACH))
    return left, mark.start() if mark else min(len(text), end + _REACH)


def _of_last(text: str, spans: Sequence[tuple[int, int]], index: int, right: int) -> str:
    """What stands behind the last of mentions that are only joined: "基金从业、证券从业均已取得"."""
    while index + 1 < len(spans) and _JOINER.fullmatch(text, spans[index][1], spans[index + 1][0]):
        index += 1
    return text[spans[index][1] : min(right, spans[index + 1][0] if index + 1 < len(spans) else right)]


def _is_wished(around: _Around) -> bool:
    wish = _ASPIRES.search(around.sentence)
    return wish is not None and _HOLDS.search(around.sentence, wish.end()) is None


def _is_denied_ahead(around: _Around) -> bool:
    ahead = around.ahead
    return _LACKS.match(around.words) is not None or any(said.search(ahead) for said in (before("denied"), _NONE_BEFORE, before("failed")))


def _counted(around: _Around) -> Claim | None:
    """Passed in part; of a whole that all papers were passed of, nothing else is asked."""
    if all_passed(around.behind):
        return Claim()
    part = part_passed(around.ahead, around.behind, around.papers)
    return Claim(Standing.HAS, part.is_part, part.passed) if part else None


def _to_come(around: _Around) -> Claim | None:
    """What is still to come: of the paper, the preparation and the plan the one that is said first."""
    if _DUE.match(around.behind):
        return Claim(Standing.PREPARING if _ON_THE_WAY.search(around.sentence + around.words) else Standing.PLANNED)
    matches = [(match, claim) for kind, claim in _TO_COME.items() if (match := behind(kind).search(around.behind))]
    others = min((match.start() for match, _ in matches if _is_of_another(around.behind, match.end())), default=len(around.behind))
    said = [(match.start(), claim) for match, claim in matches if match.start() < others]
    claim = min(said, key=lambda pair: pair[0])[1] if said else None
    if claim and claim.standing is Standing.PLANNED and _ON_THE_WAY.search(around.sentence + around.words):
        return Claim(Standing.PREPARING)
    return claim


def _is_of_another(behind_mention: str, end: int) -> bool:
    """Return whether the verb that ends there has an object of its own."""
    return _OF_ANOTHER.match(behind_mention, end) is not None or _OF_ANOTHER_EN.match(behind_mention, end) is not None


def _when(standing: Standing, *tests: Callable[[_Around], object]) -> Callable[[_Around], Claim | None]:
    claim = Claim(standing)
    return lambda around: claim if any(test(around) for test in tests) else None


_TO_COME = {
    "registering": Claim(Standing.PREPARING, is_part=True),
    "preparing": Claim(Standing.PREPARING),
    "planned": Claim(Standing.PLANNED),
}
_RULES: tuple[Callable[[_Around], Claim | None], ...] = (
    _when(Standing.OTHERS, lambda around: is_others(around.sentence, around.ahead, around.words, around.behind, around.rest)),
    _when(
        Standing.REVOKED,
        lambda around: before("revoked").search(around.ahead),
        lambda around: behind("revoked").search(around.words + around.behind),
    ),
    _when(Standing.DENIED, lambda around: _is_denied_ahead(around) and not _IN_PREPARATION.match(around.behind)),
    _when(Standing.PREPARING, _is_denied_ahead),
    _when(
        Standing.PREPARING,
        lambda around: _IN_TRAINING.search(around.words),
        lambda around: _PROVISIONAL.search(around.ahead) or _IS_PROVISIONAL.match(around.behind),
    ),
    _counted,
    _when(Standing.DENIED, lambda around: behind("failed").search(around.behind)),
    _when(Standing.PLANNED, _is_wished),
    _when(Standing.PLANNED, lambda around: before("planned").search(around.ahead) and not behind("preparing").search(around.behind)),
    _when(Standing.PREPARING, lambda around: before("preparing").search(around.ahead)),
    _when(Standing.EXPIRED, lambda around: is_expired(around.ahead, around.behind, around.today)),
    _when(Standing.DENIED, lambda around: denied_directly().match(around.behind), lambda around: _NO_PAPER.search(around.behind)),
    _to_come,
)
"""Whose it is comes first, then what was taken away or never there, then how far it got, then what is to come."""
