"""Tell by the words around a mention how much of an examination was passed: papers counted, one stage of several, one still to come."""

import re
from dataclasses import dataclass

from preprocess.lexicon.characters import CHINESE_NUMERALS
from preprocess.lexicon.numerals import ENGLISH, chinese_number
from reranker.evidence.facts.claim_words import behind, components

_WHOLE = re.compile(
    r"全科|全部通过|全过|全部科目|\ball (?:the )?(?:\d{1,2} |four |six |three )?(?:papers|parts|exams|sections|modules|levels)",
    re.IGNORECASE,
)

_REMAINS = re.compile(r"未过|没考|待|等(?!级)|未考|剩|余|\bnot\b|\bleft\b|\bsched|\bbooked\b", re.IGNORECASE)
_LEFT_OVER = re.compile(
    r"^\s?-?\s?finalist"
    r"|\b(?:papers?|modules?|exams?|sections?) (?:left|remaining|to go)"
    r"|(?:还?剩|还?差|余)\s?(?:[\d一二两三四]\s?(?:门|科)|实务|综合|案例|论文|主观题|实操|面试|最后)"
    r"|还[剩差](?![\d一二两三几]{1,2}\s?分|一点|不多|几年|\d年)[一-鿿]{2}",
    re.IGNORECASE,
)
_COUNT = rf"(?:\d{{1,2}}|[两{CHINESE_NUMERALS}]|{'|'.join(list(ENGLISH)[:9])})"
_UNIT = r"\s?(?:个)?\s?(?:门|科|(?:associate )?modules?\b|papers?\b|exams?\b|parts?\b|sections?\b|levels?\b|subjects?\b)"
_SHARE = re.compile(
    rf"(?<!\d)(?P<passed>{_COUNT})\s?(?:of|out of|/)\s?(?:the\s)?(?P<whole>{_COUNT})(?![\d/.年])"
    rf"|(?P<of>{_COUNT})(?:{_UNIT})[^，。；;\n]{{0,6}}?(?:过了?|完成|通过)\s?(?P<done>{_COUNT})"
    rf"|(?<![\d.])(?P<count>{_COUNT}){_UNIT}",
    re.IGNORECASE,
)
_PASS = re.compile(
    r"(?P<no>未能?|未达|没|不予?|唔|尚未|一科未|not |n't |to be |unable to )?"
    r"(?:已?通过|考过(?!\s?[一二两三四五\d]{1,2}次)|已过|过了|及格|合格|完成|取得|(?<=[门科])过(?!期)"
    r"|已?过(?=会计|审计|税法|法规|实务|综合|管理|经济|财)"
    r"|\bpass(?:ed)?\b|\bcleared\b|\bcompleted\b|\bdone\b)",
    re.IGNORECASE,
)


_MOST_PAPERS = 20
_NEAR = 40
"""So many characters behind a mention a count of papers still is about it."""
_PART_BEFORE = re.compile(r"(?:part|semi)-?\s?(?:qualified)?\s?$", re.IGNORECASE)
_PART_BEHIND = re.compile(r"[^，,;]{0,6}?(?:in part\b|partly\b|-?\s?(?:part|semi)-?\s?qualified)", re.IGNORECASE)
_SCORED = re.compile(
    r"\s?[:：(]?\s?(?:客观题|笔试|理论|专业课|公共课|综合|实务|written|theory)\s?[:：]?\s?\d{2,3}\s?分?[,，]", re.IGNORECASE
)
"""One paper by its marks: 客观题189分，主观题未过."""
_PART_RESAT = re.compile(
    r"\bfail(?:ed)?\b[^.;\n]{0,20}?\b(?:part|paper|section|module|component|oral|written|speaking|writing|listening|reading)\b[^.\n]{0,30}?"
    r"\b(?:resit|re-sit|retak)|(?:口语|听力|阅读|写作|口试|笔试|一门|一科|单科)(?:部分)?(?:没|未|不)(?:过|通过|及格|合格)[^。\n]{0,12}?(?:补考|重考|再考)",
    re.IGNORECASE,
)
"""One part failed that is to be taken again: of the others nothing is left to do."""
_THEN = re.compile(
    r"\bpass[^;\n]{0,40}?[,;]\s?(?:and |then )?(?:was )?"
    r"(?:appointed|admitted|licen[cs]ed|registered|sworn in|qualified|chartered|inducted|enrolled|called)\b"
    r"|过[^。\n]{0,20}?[，、；;](?:[\d年月./]{4,10})?(?:已?(?:取得|拿到|领取?|获得?)[^，。\n]{0,6}证|已?(?:注册|执业|领证|拿证))",
    re.IGNORECASE,
)
"""The paper followed upon the examination: "exam passed 2020, appointed 2021"."""
_STAGE_ALONE = re.compile(r"\s?[(（]?\s?(?:专业阶段|部分科目|单科)|[^.;\n]{0,12}\b(?:group|part|paper|level) (?:1|I) only\b", re.IGNORECASE)


@dataclass(frozen=True)
class Passed:
    """The extent to which an examination was passed: `is_part`, and so many papers if said."""

    is_part: bool = True
    passed: int | None = None


def all_passed(rest: str) -> bool:
    """Return whether the words behind a mention say that every paper was passed: 全科通过, "all papers passed"."""
    return _WHOLE.search(rest[:_NEAR]) is not None and not behind("failed").search(rest) and not _REMAINS.search(rest)


def part_passed(ahead: str, rest: str, papers: int | None) -> Passed | None:
    """Return what was passed of an examination of so many `papers`; None where the words around the mention speak of no part.

    Papers are counted, a component was passed, or one thing was passed and another failed, pending or to come.
    """
    has_passed_before = any(not mark["no"] for mark in _PASS.finditer(ahead))
    has_passed = has_passed_before or any(not mark["no"] for mark in _PASS.finditer(rest))
    share = (
        next((mark for mark in _SHARE.finditer(rest) if mark.start() < _NEAR and not _is_date(mark)), None)
        or (has_passed_before and _SHARE.search(ahead))
        or None
    )
    is_bare = share is not None and bool(share["count"]) and not rest[: share.start()].strip(" :：(")
    if share and (has_passed or share["whole"] or is_bare):
        whole = _number(share["whole"] or share["of"]) or papers or 99
        passed = _number(share["passed"] or share["done"] or share["count"]) or 0
        return Passed(passed < whole, passed)
    is_open = behind("failed").search(rest) or behind("preparing").search(rest) or _REMAINS.search(rest)
    is_component = (components().match(rest) and (has_passed or _STAGE_ALONE.match(rest))) or (
        has_passed_before and components().search(ahead)
    )
    is_component = is_component or (_SCORED.match(rest) and behind("failed").search(rest))
    is_said = _PART_BEFORE.search(ahead) or _PART_BEHIND.match(rest) or _LEFT_OVER.search(rest) or _PART_RESAT.search(rest)
    is_component = is_component and not _THEN.search(rest)
    return Passed() if is_said or (has_passed and is_open) or is_component else None


def _is_date(share: re.Match[str]) -> bool:
    return (_number(share["whole"]) or 0) > _MOST_PAPERS


def _number(word: str | None) -> int | None:
    return None if word is None else ENGLISH.get(word.lower()) or chinese_number(word)
