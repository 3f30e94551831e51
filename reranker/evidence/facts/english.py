"""The level of English: what a requirement asks for, and what a resume states, with the line that says so."""

import re

from reranker.evidence.facts.career import Stated

_LEVELS = (
    (1, re.compile(r"CET[\s-]?4|英语四级|(?<!专业)四级|\b(?:basic|intermediate) english\b", re.IGNORECASE)),
    (
        2,
        re.compile(
            r"CET[\s-]?6|英语六级|(?<!专业)六级|英[语文]?(?:读写|文档|技术文档)|阅读英[语文]|英[语文]阅读"
            r"|\b(?:good|clear|solid) (?:command of |written |spoken |and )*english\b",
            re.IGNORECASE,
        ),
    ),
    (
        3,
        re.compile(
            r"TEM[\s-]?[48]|专业[四八]级|专[四八]|英[语文][^，。；\n]{0,8}(?:流利|工作语言|母语|听说读写|口语[好佳])|流利[^，。；\n]{0,4}英[语文]"
            r"|(?:雅思|IELTS)\D{0,6}(?:[7-9](?:\.\d)?)(?!\d)|(?:托福|TOEFL)\D{0,6}1[0-2]\d"
            r"|\b(?:fluent|native|proficient|excellent|business|working) (?:in )?(?:written |spoken |and )*english\b"
            r"|\benglish\W{0,3}\(?(?:fluent|native|professional|c[12]\b)",
            re.IGNORECASE,
        ),
    ),
)


def english_asked(text: str) -> int | None:
    """1 CET-4, 2 CET-6, 3 fluent; the lowest that a requirement accepts, None where it names none."""
    return min((rank for rank, pattern in _LEVELS if pattern.search(text)), default=None)


def english_held(lines: list[str]) -> Stated | None:
    """The highest level that a resume states."""
    found = [Stated(rank, place) for place, line in enumerate(lines) for rank, pattern in _LEVELS if pattern.search(line)]
    return max(found, key=lambda level: level.value, default=None)
