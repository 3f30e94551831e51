"""Tell, by their words, whether the lines of a block begin one item each: lists without bullets, and people's contact data."""

import re
from collections.abc import Sequence

from preprocess.cleaning.wraps import is_mail_address
from preprocess.lexicon.characters import SENTENCE_END

_CHINESE_DEED = (
    "负责|参与|主导|熟悉|精通|掌握|熟练|了解|具备|具有|设计|完成|协助|实现|使用|运用|搭建|优化|带领"
    "|组织|开发|主持|获得|荣获|制定|建立|推动|编写|撰写|维护|管理"
)
_OPENS = re.compile(rf"[A-Z]|{_CHINESE_DEED}")
_ENGLISH_DEED = (
    "(?!United|Limited|Advanced|Distributed|Embedded|Applied|Unified|Certified|Mixed|Fixed|Speed|Feed)[A-Z][a-z]{2,14}ed"
    "|Began|Brought|Built|Cut|Drove|Found|Gave|Grew|Held|Kept|Led|Made|Met|Oversaw|Put|Ran|Rebuilt|Rewrote|Set|Sold|Spent"
    "|Spoke|Taught|Took|Won|Wrote"
)
_DEED = re.compile(rf"{_CHINESE_DEED}|(?:{_ENGLISH_DEED})(?![\w-])")
_UNFINISHED = re.compile(
    r"(?:[,，、&/(（+\-–—－]|\b(?:a|an|the|and|or|of|to|in|on|at|by|for|from|with|as|using|via|than|that|which|into|its|our|their|including)"
    r"|[和与及或的在对为并且从以将把由于向至到])$",
    re.IGNORECASE,
)
_FEWEST = 3  # lines; fewer show no habit
_MOST_LINES = 8  # of a person
_SHARE = 0.8
_MAX_UNFINISHED = 0.1


def are_items(block: Sequence[str]) -> bool:
    """Return whether the lines of a block are items of a list: nearly all begin as items do, and hardly any is left unfinished."""
    if len(block) < _FEWEST or sum(map(opens_item, block)) < _SHARE * len(block):
        return False
    return sum(map(is_unfinished, block[:-1])) <= _MAX_UNFINISHED * len(block)


def are_deeds(block: Sequence[str]) -> bool:
    """Return whether every line of a block, and there are several, begins with what somebody did, and none is left unfinished."""
    return len(block) >= _FEWEST and all(map(opens_deed, block)) and not any(map(is_unfinished, block[:-1]))


def opens_deed(text: str) -> bool:
    """Return whether a line begins with what somebody did: 负责, Built."""
    return _DEED.match(text) is not None


def are_people(block: Sequence[str]) -> bool:
    """Return whether the lines of a block tell of a person, each something else: a short block with a mail address on a line of its own."""
    return 1 < len(block) <= _MOST_LINES and any(map(is_mail_address, block))


def opens_item(text: str) -> bool:
    """Return whether a line begins with a capital or with a verb that resumes begin their points with."""
    return _OPENS.match(text) is not None


def is_unfinished(text: str) -> bool:
    """Return whether a line cannot end here: after a comma, or a word such as "and"."""
    return _UNFINISHED.search(text[-20:]) is not None


def is_stopped(text: str) -> bool:
    """Return whether a line ends with a full stop, as all items of some lists do."""
    return text[-1:] in f".{SENTENCE_END}"
