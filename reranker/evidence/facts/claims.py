"""What a text says of the things it mentions: had, in part, expired, revoked, in preparation, planned, denied, or somebody else's.

Mentions are found elsewhere; here each is paired with the words of its sentence: those in front of it in its clause, those behind it up
to the next mention, and the subject of the sentence. The words are in claims.toml. Works on `folded` text.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from reranker.evidence.facts.mentions import Standing, pattern

_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_REACH = 120
"""Characters of a sentence that are looked at on either side."""

_SENTENCE_END = re.compile(r"[。；;！!？?\n|•●]|(?<![A-Z])(?<!\bexp)(?<![Nn]o)(?<!\breg)(?<!\bReg)(?<!\blic)\. ")
_CLAUSE_END = re.compile(r"[，、)]|, |,(?=[\u4e00-\u9fff]|$)|\s-\s")
_JOINER = re.compile(r"\s?(?:[、/&]|和|与|及|或|,|and|or|nor)\s?(?:the |a |an )?")
_OF_ALL = re.compile(r"均|都|皆|全部|\bboth\b|\ball\b", re.IGNORECASE)
_OTHER_STAGE = re.compile(r"[，,;]\s?(?:(?:Level|Part|Stage|L|P)\s?(?:\d|I{1,3}\b)|[一二三四]级)")
_STAGE = re.compile(r"(?:Level|Part|Stage|级|L|P)\s?(?:\d|I{1,3})?$")
_HEADCOUNT = re.compile(
    r"(?<![\d.])\d{1,4}\s?(?:余|多)?[名位人个](?:持有?|具备|有|取得|考取|通过)?\s?$"
    r"|(?<![\d./])(?<!of )\b(?:\d{1,3}|two|three|four|five|six|several) $"
)
_BY = re.compile(r"\bby (?:an? |the )?$|(?:卖|主推|推销)[^，。、]{0,6}$", re.IGNORECASE)
_ALL_OF_THEM = re.compile(r"\ball $", re.IGNORECASE)
_FOR = re.compile(r"[帮给替](?!厨|工|排水|料|药)[^，。、]{0,4}$")
_LACKS = re.compile(r"[无没冇](?!人机|损|犯罪)")
_NO_PAPER = re.compile(
    r"没有?证(?!书)|无证(?!书)|没[考办拿领]证|没有执照"
    r"|\bno (?:ticket|licen[cs]e|certificate|card)\b|\bwithout a licen[cs]e|\bunlicensed|\buncertified",
    re.IGNORECASE,
)
_NONE_BEFORE = re.compile(
    r"^[\s:：]*(?:本人|目前|现|暂|均|尚)?无(?![论缝线人障损违菌])[^，。；;\n]{0,8}$|[不没冇]$|(?:^|\W)non-\s?$|(?:^|\s)un$", re.IGNORECASE
)
_WHOLE = re.compile(
    r"全科|全部通过|全过|全部科目|\ball (?:the )?(?:\d{1,2} |four |six |three )?(?:papers|parts|exams|sections|modules|levels)",
    re.IGNORECASE,
)

_IN_TRAINING = re.compile(r"\b(?:student|trainee|apprentice|provisional|permit)\b", re.IGNORECASE)
_REMAINS = re.compile(r"未过|没考|待|等(?!级)|未考|剩|余|\bnot\b|\bleft\b", re.IGNORECASE)
_LEFT_OVER = re.compile(
    r"^\s?-?\s?finalist|\b(?:papers?|modules?|exams?|sections?) (?:left|remaining|to go)|(?:还?剩|还?差|余)\s?[\d一二两三四]\s?(?:门|科)",
    re.IGNORECASE,
)
_COUNT = r"(?:\d{1,2}|[一二两三四五六七八九十]|one|two|three|four|five|six|seven|eight|nine)"
_NUMERALS = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True)) | {
    word: place for place, word in enumerate("one two three four five six seven eight nine".split(), 1)
}
_UNIT = r"\s?(?:个)?\s?(?:门|科|(?:associate )?modules?\b|papers?\b|exams?\b|parts?\b|sections?\b|levels?\b|subjects?\b)"
_SHARE = re.compile(
    rf"(?P<passed>{_COUNT})\s?(?:of|out of|/)\s?(?:the\s)?(?P<whole>{_COUNT})(?![\d/.年])"
    rf"|(?P<of>{_COUNT})(?:{_UNIT})[^，。；;\n]{{0,6}}?(?:过了?|完成|通过)\s?(?P<done>{_COUNT})"
    rf"|(?<![\d.])(?P<count>{_COUNT}){_UNIT}",
    re.IGNORECASE,
)
_PASS = re.compile(
    r"(?P<no>未能?|未达|没|不予?|尚未|一科未|not |n't |to be )?"
    r"(?:已?通过|考过(?!\s?[一二两三四五\d]{1,2}次)|已过|过了|及格|合格|完成|取得|(?<=[门科])过(?!期)"
    r"|已?过(?=会计|审计|税法|法规|实务|综合|管理|经济|财)"
    r"|\bpass(?:ed)?\b|\bcleared\b|\bcompleted\b|\bdone\b)",
    re.IGNORECASE,
)
_VALID = (
    r"有效期?限?至|有效期到|有效至|效期至|复审至|复审日期|延续至"
    r"|valid (?:until|till|through|thru|to)|expir(?:es|y|ing|ation)(?: on| in| date)?"
    r"|exp\b\.?|good (?:until|through)"
)
_VALID_UNTIL = re.compile(
    rf"(?:{_VALID})[^\d\n]{{0,14}}(?P<date>\d{{1,2}}\s?[/.]\s?(?:20)\d\d|(?:19|20)\d\d(?:\s?[./年-]\s?\d{{1,2}})?)", re.IGNORECASE
)
_UNTIL_VALID = re.compile(r"(?P<date>(?:19|20)\d\d(?:\s?[./年-]\s?\d{1,2})?)\s?[月年]?底?\s?(?:复审|到期|届满|有效)", re.IGNORECASE)
_PERIOD = re.compile(r"\(\s?(?:19|20)\d\d(?:[./年]\d{1,2}月?)?\s?[-~至]\s?(?P<date>(?:19|20)\d\d(?:[./年]\d{1,2})?)月?[,，)]")
_RAN_OUT = re.compile(r"(?<![才\d底])(?<!\d月)到期(?![日前时])")
_LAPSED = re.compile(r"\b(?:expired|lapsed|ran out)\b|过期|失效", re.IGNORECASE)


@dataclass(frozen=True)
class Claim:
    """The standing of a mention; `is_part`: passed in part, `passed` papers if said. PREPARING and `is_part`: only the paper is missing."""

    standing: Standing = Standing.HAS
    is_part: bool = False
    passed: int | None = None


def claims(text: str, spans: Sequence[tuple[int, int]], today: date, parts: Sequence[int | None] = ()) -> list[Claim]:
    """Return the claim of each mention; `spans` by place, `parts` the papers that the examination of each has, if known."""
    papers = parts or [None] * len(spans)
    found: list[Claim] = []
    for place, (start, end) in enumerate(spans):
        left, right = sentence_around(text, start, end)
        last = max([left, *(other for _, other in spans[max(0, place - 3) : place] if other <= start)])
        following = min([right, *(other for other, _ in spans[place + 1 : place + 4] if other >= end)])
        ahead, behind = text[last:start], text[end:following]
        if (
            place
            and last > left
            and last == spans[place - 1][1]
            and _JOINER.fullmatch(ahead)
            and found[-1].standing in (Standing.DENIED, Standing.OTHERS)
        ):
            found.append(found[-1])
            continue
        if following < right:
            if _JOINER.fullmatch(behind):
                distributed = _of_last(text, spans, place, right)
                behind = distributed if _OF_ALL.search(distributed) else ""
            else:
                behind = behind[: max((mark.end() for mark in _CLAUSE_END.finditer(behind)), default=len(behind))]
        if (other := _OTHER_STAGE.search(behind)) and (_STAGE.search(text[start:end]) or _STAGE.search(behind[: other.start()])):
            behind = behind[: other.start()]
        ahead = ahead[max((mark.end() for mark in _CLAUSE_END.finditer(ahead)), default=0) :]
        found.append(_claim(text[left:start], ahead, behind, text[start:end], today, papers[place]))
    return found


def _of_last(text: str, spans: Sequence[tuple[int, int]], place: int, right: int) -> str:
    """What stands behind the last of mentions that are only joined: "基金从业、证券从业均已取得"."""
    while place + 1 < len(spans) and _JOINER.fullmatch(text, spans[place][1], spans[place + 1][0]):
        place += 1
    return text[spans[place][1] : min(right, spans[place + 1][0] if place + 1 < len(spans) else right)]


def _claim(sentence: str, ahead: str, behind: str, words: str, today: date, papers: int | None) -> Claim:
    if _is_others(sentence, ahead, behind) or (words.isupper() and _ALL_OF_THEM.search(ahead)):
        return Claim(Standing.OTHERS)
    if _before("revoked").search(ahead) or _behind("revoked").search(words + behind):
        return Claim(Standing.REVOKED)
    if _LACKS.match(words) or _before("denied").search(ahead) or _NONE_BEFORE.search(ahead):
        return Claim(Standing.DENIED)
    if _before("failed").search(ahead):
        return Claim(Standing.DENIED)
    if _IN_TRAINING.search(words):
        return Claim(Standing.PREPARING)
    if _WHOLE.search(behind[:40]) and not _behind("failed").search(behind) and not _REMAINS.search(behind):
        return Claim()
    if part := _part(ahead, behind, words, papers):
        return part
    if _behind("failed").search(behind):
        return Claim(Standing.DENIED)
    if _before("planned").search(ahead) and not _behind("preparing").search(behind):
        return Claim(Standing.PLANNED)
    if _before("preparing").search(ahead):
        return Claim(Standing.PREPARING)
    if _is_expired(ahead, behind, today):
        return Claim(Standing.EXPIRED)
    if _direct().match(behind) or _NO_PAPER.search(behind):
        return Claim(Standing.DENIED)
    if _behind("registering").search(behind):
        return Claim(Standing.PREPARING, is_part=True)
    preparing, planned = _behind("preparing").search(behind), _behind("planned").search(behind)
    if planned and not (preparing and preparing.start() < planned.start()):
        return Claim(Standing.PLANNED)
    return Claim(Standing.PREPARING if preparing else Standing.HAS)


def _is_others(sentence: str, ahead: str, behind: str) -> bool:
    own = max((mark.end() for mark in _owners("self").finditer(sentence)), default=-1)
    if any(mark.start() >= own for mark in (*_owners("subject").finditer(sentence), *_bodies().finditer(sentence))):
        return True
    return bool(
        _before("others").search(ahead)
        or _BY.search(ahead)
        or _FOR.search(ahead)
        or _HEADCOUNT.search(ahead)
        or _others_behind().match(behind)
    )


def _part(ahead: str, behind: str, words: str, papers: int | None) -> Claim | None:
    """A claim passed in part: papers counted, a component passed, or one thing passed and another failed, pending or to come."""
    passes = [mark for mark in _PASS.finditer(behind) if not mark["no"]]
    passed_before = _PASS.search(ahead) is not None and not _PASS.search(ahead)["no"]  # type: ignore[index]
    share = _SHARE.search(behind[:40]) or (passed_before and _SHARE.search(ahead)) or None
    is_bare = share is not None and bool(share["count"]) and not behind[: share.start()].strip(" :：(")
    if share and (passes or passed_before or share["whole"] or is_bare):
        whole = _number(share["whole"] or share["of"]) or papers or 99
        passed = _number(share["passed"] or share["done"] or share["count"]) or 0
        return Claim(Standing.HAS, passed < whole, passed)
    if re.search(r"part-?\s?qualified\s?$", ahead, re.IGNORECASE) or re.match(
        r"[^，,;]{0,6}?(?:in part\b|partly\b|-?\s?part-?\s?qualified)", behind, re.IGNORECASE
    ):
        return Claim(Standing.HAS, is_part=True)
    has_passed = passes or passed_before
    is_open = _behind("failed").search(behind) or _behind("preparing").search(behind) or _REMAINS.search(behind)
    if has_passed and is_open:
        return Claim(Standing.HAS, is_part=True)
    if _LEFT_OVER.search(behind):
        return Claim(Standing.HAS, is_part=True)
    component = _components().match(behind)
    if component and (passes or re.match(r"\s?[(（]?\s?(?:专业阶段|部分科目|单科)", behind)):
        return Claim(Standing.HAS, is_part=True)
    if passed_before and _components().search(ahead):
        return Claim(Standing.HAS, is_part=True)
    return None


def _is_expired(ahead: str, behind: str, today: date) -> bool:
    until = _VALID_UNTIL.search(behind) or _UNTIL_VALID.search(behind) or _PERIOD.search(behind)
    if until and not _LAPSED.search(behind):
        return _is_past(until["date"], today)
    if _RAN_OUT.search(behind):
        return True
    if _before("expired").search(ahead):
        return True
    lapses = list(_behind("expired").finditer(behind))
    renewed = _behind("renewed").search(behind)
    return bool(lapses) and not (renewed and renewed.start() >= lapses[-1].end())


def _is_past(words: str, today: date) -> bool:
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    year = next(number for number in numbers if number > 1000)
    month = next((number for number in numbers if number <= 12), 12)
    return (year, month) < (today.year, today.month)


def _number(word: str | None) -> int | None:
    return None if word is None else _NUMERALS.get(word.lower()) or int(word)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return (left, right) of the sentence or line that holds text[start:end]."""
    left = max(0, start - _REACH)
    for mark in _SENTENCE_END.finditer(text, left, start):
        left = mark.end()
    mark = _SENTENCE_END.search(text, end, min(len(text), end + _REACH))
    return left, mark.start() if mark else min(len(text), end + _REACH)


@cache
def _before(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(_TABLE[kind]['before'])})(?! only)[^()（）]{{0,32}}$", re.IGNORECASE)


@cache
def _behind(kind: str) -> re.Pattern[str]:
    return re.compile(pattern(_TABLE[kind]["behind"]), re.IGNORECASE)


@cache
def _direct() -> re.Pattern[str]:
    """Denied right behind: "驾照：无", "Forklift certificate: not held"; nothing or a bracket follows a bare 无."""
    words = pattern(_TABLE["denied"]["direct"])
    return re.compile(
        rf"\s?(?:证书?|水平|能力|等级)?\s?[:：(（,-]{{0,2}}\s?(?:目前|暂|均|i |but )?\s?(?:{words})"
        r"(?![论缝线障损违不])(?=[\s,，)）(（。;；考]|$)",
        re.IGNORECASE,
    )


@cache
def _others_behind() -> re.Pattern[str]:
    return re.compile(
        rf"\s?(?:持?证书?|考试|等级|的|客服|口译|笔译|翻译|exams?|prep(?:aration)?|certification)?\s?"
        rf"(?:{pattern(_TABLE['others']['behind'])}|'s\b(?!\s(?:licen|certif"
        rf"|regist|card|permit|ticket|exam)))",
        re.IGNORECASE,
    )


@cache
def _owners(kind: str) -> re.Pattern[str]:
    words = pattern(_TABLE["others"][kind])
    return re.compile(rf"(?:{words})(?![司院校们部店厂])") if kind == "self" else re.compile(words, re.IGNORECASE)


@cache
def _bodies() -> re.Pattern[str]:
    """Companies, colleagues and pupils count as the subject only with a verb: 公司拥有, "our clients hold"."""
    bodies, verbs = pattern(_TABLE["others"]["bodies"]), pattern(_TABLE["others"]["verbs"])
    return re.compile(rf"(?:{bodies})[^，,。；;\n]{{0,8}}?(?:{verbs})", re.IGNORECASE)


@cache
def _components() -> re.Pattern[str]:
    return re.compile(
        rf"\s?[:：(（,，-]{{0,2}}\s?(?:已?过|已?通过|passed|cleared)?\s?(?:{pattern(_TABLE['components']['words'])})", re.IGNORECASE
    )
