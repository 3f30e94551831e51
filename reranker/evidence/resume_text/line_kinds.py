"""Tell what a line of a resume is: work that was done, a claim to know something, a list of keywords, a course."""

import re
from collections.abc import Iterator, Sequence

from preprocess.lexicon.characters import CJK, width
from preprocess.lexicon.headings import heading_kind
from reranker.evidence.negation import denies

_CLAIM = re.compile(
    r"(?:[^：:，。]{1,12}[：:]\s*|[^\s，。]{1,8}\s{1,4})?"
    r"(?:精通|熟悉|熟练|掌握|了解|擅长|proficient|familiar|knowledge of|skilled|basics of)",
    re.IGNORECASE,
)
WORK_VERB = re.compile(
    r"负责|主导|参与|搭建|设计|实现|完成|建设|开发|研发|优化|引入|推动|落地|处理|迁移|带领?\s?\d|使用|通过|取得|获得|提升|降低|自研|从零|改造"
    r"|\b(?:led|built|build|designed?|developed|implement\w*|migrat\w+|wrote|created?|manag\w+|maintain\w*|introduc\w+|reduc\w+|improv\w+|moved|took"
    r"|ran|run|owned?|replaced|cut|launched|shipped|deliver\w+|achiev\w+|using|mentor\w*)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[、，,;；/|：:]|\s{2,}")
_NO_WORK = frozenset({"skills", "training", "languages", "certificates", "hobbies", "objective"})
"""Sections that tell of nothing done at work."""
_COURSE = re.compile(
    r"\b(?:udemy|coursera|youtube|edx|pluralsight|bootcamp|crash course|tutorials?|for beginners)\b|慕课|网课|入门课|训练营|极客时间",
    re.IGNORECASE,
)
_WIDEST_ITEM = 14
_MANY_ITEMS = 8
"""Items of a line that is nothing but keywords."""
_MANY_WORDS = 12
"""Words of one with nothing but spaces between them."""
_FIELD = re.compile(rf"(?:^|\s{{2}}|[|｜，,；;])\s?[{CJK}]{{2,5}}\s?[:：]\s?(?=[^\s|｜])")
_SOME_FIELDS = 3
"""So many labels with their values make a line one of a form: 性别：男  驾照：C1  …"""
_LABELLED = re.compile(r"^[^:：]{1,12}[:：]\s*")
_SMALL_WORD = re.compile(
    r"\b(?:a|an|the|of|in|on|at|to|for|with|by|from|as|is|are|was|were|be|i|my|we|who|that|this|or|into|per|about)\b", re.IGNORECASE
)


def tells_of_work(lines: Sequence[str]) -> Iterator[bool]:
    """Yield of each line whether it tells of something done; what stands below a heading of skills or courses does not."""
    section = ""
    for line in lines:
        section = heading_kind(line) or section
        yield section not in _NO_WORK and not names_course(line) and _is_work(line)


def _is_work(line: str) -> bool:
    """Return whether a line tells of something done, rather than listing keywords or claiming to know them."""
    if is_claim(line) or denies(line) or width(line) < 16:
        return False
    return WORK_VERB.search(line) is not None or width(line) >= 50


def is_claim(line: str) -> bool:
    """Return whether a line lists keywords or claims to know them, rather than telling of work."""
    return _CLAIM.match(line) is not None or _is_list(line)


def is_keyword_list(line: str) -> bool:
    """Return whether a line is a long list of keywords, which proves nothing by itself."""
    if len(_FIELD.findall(line)) >= _SOME_FIELDS:
        return False
    items = [width(item.strip()) for item in _ITEM.split(line)]
    is_list = len(items) >= _MANY_ITEMS and sum(items) / len(items) <= _WIDEST_ITEM
    return is_list or _is_list_of_words(line)


def _is_list_of_words(line: str) -> bool:
    """Return whether single spaces part keywords: "技能：JavaScript TypeScript React Vue 性能优化 组件库"; a sentence has small words."""
    words = [word for word in _LABELLED.sub("", line).split() if re.search(r"\w", word)]
    is_short = len(words) >= _MANY_WORDS and sum(map(width, words)) / len(words) <= _WIDEST_ITEM
    return is_short and not (_SMALL_WORD.search(line) or re.search(r"(?:19|20)\d\d|[，,。;；]|\.(?!\w)", line))


def _is_list(line: str) -> bool:
    items = [width(item.strip()) for item in _ITEM.split(line)]
    return len(items) >= 4 and sum(items) / len(items) <= _WIDEST_ITEM and not WORK_VERB.search(line)


def names_course(line: str) -> bool:
    """Return whether a line names a course or where courses are taken."""
    return _COURSE.search(line) is not None
