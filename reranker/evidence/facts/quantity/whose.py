"""Tell whose a number is: the candidate's own, one shared, somebody else's, or a goal. The words are numbers.toml's [whose].

Works on text that is `folded` and in lower case.
"""

import re
from enum import StrEnum

from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.quantity.amounts import NUMBERS, any_of, whole_words

_WORDS = NUMBERS["whose"]


class Owner(StrEnum):
    """The one whom a number belongs to."""

    OWN = "own"
    SHARED = "shared"
    OTHERS = "others"
    GOAL = "goal"


def _word(kind: str, before: str = "", behind: str = "") -> re.Pattern[str]:
    return re.compile(rf"{before}{whole_words(_WORDS[kind])}{behind}")


_TITLES = whole_words(NUMBERS["people"]["titles"])
_OTHER = re.compile(
    rf"{whole_words(_WORDS['others'])}|\b(?:our|my|his|her) (?:[a-z]+ )?{_TITLES}"
    rf"|\bbought (?:[a-z]+ ){{1,2}}(?:flat|house|home|car)s?\b"
)
_INSTITUTION = _word("institutions", behind=rf"(?!\s?(?:[a-z]+ )?{_TITLES}|[{CJK}]{{0,8}}(?:工程|项目|装修|大楼|系统))")
_PART = _word("parts", behind=r"(?!s? of\b)")
_OWN_VERB = _word("own")
_MADE_ALONE = re.compile(
    r"(?<![\d一二两三四五六七八九十几多])个人|本人|自己|独立|我的|\b(?:personal(?:ly)?|individual(?:ly)?|myself|my own|my sales)\b"
)
_TOGETHER = re.compile(
    r"\bone of (?:a |the |our )?(?:\w+[- ]){0,3}(?:desk|team|reps|people|person|sellers|crew|in (?:a|the) team)\b"
    r"|\btogether\b|\bcollectively\b"
    r"|\bbetween us\b|\bas part of an? (?:team|\w+[- ](?:person|man|strong))|[我全]组(?:共|合计|一共|总)|\d人(?:合计|合力|共同|一起)"
)
_FIRM_SIZE = re.compile(
    r"(?:\b(?:employer|company|firm|at|for|with)\b|公司|集团|企业|厂)[^()\n]{0,40}[（(](?:annual |group |global )?"
    r"(?:turnover|revenues?|sales|年?营业?[额收]|年产值|年销售额|年收入)[^()\d\n]{0,16}$"
)
"""The size of the employer in a bracket behind its name."""
_SELF = _word("self", before=r"(?<![\d一二两三四五六七八九十几多])")
_LED_BEFORE = re.compile(
    r"(?:带领?|管理|领导|下辖|管辖|负责)了?\s?\d{1,4}\s?[余多]?(?:人|名|位|个|家|间)[^，,。；;\n]{0,8}[，,]\s?$"
    r"|\b(?:led|lead|manag(?:ed|ing|e)|head(?:ed)?|ran|supervised)\b[^,.;\n]{0,20}\b(?:team|\d+ (?:reps|people|staff|branches|stores))\b"
    r"[^,.;\n]{0,16}[,(]\s?$"
)
_CLAUSE_BEFORE = 40
_SHARED = _word("shared", before=r"(?<![名个位人])")
_HEADS = re.compile(rf"{_TITLES}(?!的?(?:助理|秘书|司机|办公室))")
_ANOTHER_HEAD = re.compile(rf"{_TITLES}(?:有|管|带|手下|名下)")
_WORKS_FOR = re.compile(
    r"\b(?:at|for|to|in|with) (?:a|an|the|my|our) [^,.;()]{0,40}?\b(?:with|that|who|whose|which|worth|turning over|spending"
    r"|making|employing|selling|generating|raising)\b"
    r"|\breport(?:ed|ing|s)? to [^,.;()]{0,40}\bof an?\s?$"
)
_INSTITUTION_DOES = _word(
    "institutions", before=r"\b(?:the|our|my) ", behind=rf" (?:{any_of([verb for verb in _WORDS['own'] if verb[0].isascii()])})"
)
# The verb is the institution's: "the agency handled $40m".
_GOAL = _word("goals", behind=r"[^\d，,。;；]{0,8}$")
_WISH = _word("wishes")
_SYSTEM_WORK = _word("system_work")
_CAPITAL = _word("capital", behind=r"[^，,。;；\n]{0,8}$")
_REACH, _FAR = 120, 300
"""Characters that are looked at: of the sentence, and of the rest of the resume."""
_SPLIT = re.compile(r"[，,]\s?(?!\d{3})|\s[-–—]\s|[(（)）]|\. ")


def owner(text: str, start: int, end: int, is_of_system: bool) -> Owner:
    """Return whose the number at text[start:end] is. `is_of_system`: it tells the size of a system, which is its builders' as well."""
    left = max(text.rfind(mark, max(0, start - _REACH), start) for mark in "。；;\n！!") + 1 or max(0, start - _REACH)
    right = min((at for mark in "。；;\n！!" if (at := text.find(mark, end, end + _REACH)) >= 0), default=min(len(text), end + _REACH))
    splits = [split for split in _SPLIT.finditer(text, left, right)]
    clause_left = max((split.end() for split in splits if split.end() <= start), default=left)
    clause_right = min((split.start() for split in splits if split.start() >= end), default=right)
    before, clause = text[clause_left:start], text[clause_left:clause_right]
    if _GOAL.search(before):
        return Owner.GOAL
    if _FIRM_SIZE.search(text, left, start) and not _HEADS.search(text, left, start):
        return Owner.OTHERS
    if _WISH.search(text, left, start) or _OTHER.search(text, max(left, start - 60), start) or _CAPITAL.search(before):
        return Owner.OTHERS
    subject = _INSTITUTION.search(before)
    is_own_deed = _OWN_VERB.search(before) and not _INSTITUTION_DOES.search(before)
    is_headed = _HEADS.search(text, clause_right, right) is not None  # 餐厅月营业额90万，店长
    if subject and not is_own_deed and not is_headed and not _is_own_elsewhere(text, clause_left, clause_right, is_of_system):
        return Owner.OTHERS
    works_for = _WORKS_FOR.search(before)
    if works_for and not _TOGETHER.search(before) and not is_of_system and not _HEADS.search(before, 0, works_for.start()):
        return Owner.OTHERS
    is_of_part = (_PART.search(before) and not is_own_deed) or _ANOTHER_HEAD.search(before)
    if is_of_part and _is_set_apart(text, clause_left, clause_right):
        return Owner.OTHERS
    return Owner.SHARED if _SHARED.search(text, left, clause_right) and not _SELF.search(clause) else Owner.OWN


def is_of_team(text: str, start: int, end: int) -> bool:
    """Return whether the nearest word before the number says that a team, a branch or a department made it, or the clause before it says
    who was led: "带6家门店，年成交额3.2亿元".
    """
    if _TOGETHER.search(text, max(text.rfind("\n", 0, start) + 1, start - 80), min(len(text), end + 24)):
        return True
    left = max((split.end() for split in _SPLIT.finditer(text, max(0, start - _REACH), start)), default=max(0, start - _REACH))
    left = max(left, *(text.rfind(mark, left, start) + 1 for mark in "。；;\n！!"))
    parts = [part.end() for part in _PART.finditer(text, left, start)]
    own = [word.end() for word in _MADE_ALONE.finditer(text, left, start)]
    if not (parts or own) and _LED_BEFORE.search(text, max(0, left - _CLAUSE_BEFORE), left):
        return True
    return bool(parts) and max(parts) > max(own, default=-1)


def _is_own_elsewhere(text: str, left: int, right: int, is_of_system: bool) -> bool:
    """Return whether the rest of the resume does not set its owner apart from the institution: "集团日活千万；本人负责采购"."""
    if not is_of_system:
        return False
    rest = text[max(0, left - _FAR) : left] + "\n" + text[right : right + _FAR]
    return not _SELF.search(rest) or _SYSTEM_WORK.search(rest) is not None


def _is_set_apart(text: str, left: int, right: int) -> bool:
    """Return whether the writer goes on with what he does himself, and that is not to head it all."""
    rest = text[max(0, left - _FAR) : left] + "\n" + text[right : right + _FAR]
    return _SELF.search(rest) is not None and _HEADS.search(rest) is None
