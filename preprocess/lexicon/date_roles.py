"""Tell what the words beside a date say that it does: begin or end a period (入职, left in), open one (起), or neither (成立于)."""

import re

from preprocess.lexicon.date_forms import WORDS, any_word
from preprocess.lexicon.dates import Date
from preprocess.lexicon.field_labels import label_kind

_LABEL = re.compile(r"([^\s:：|｜,，;；(]{1,20})\s?[:：]\s?$")
_NO_WORK = frozenset({"birth", "contact", "address", "identity", "body", "age"})
_FILLING = r"[\s:：=()/.-]{0,4}"
_KIND_OF_DATE = r"(?:时间|日期|年份|年月|日|于|在)?"
_HOW = "毕业[后即就便]?(?:直接|马上)?|应届|正式|顺利|才|刚|高中|初中|中专|职高|大专|专科|本科|大学|硕士|研究生|技校|卫校|师范|警校|学校"
_OF_WHAT = (
    r"(?:(?<=ed)|(?<=ft)|(?<=nce)|(?<=until))"
    r"(?:(?: (?:\d{1,3}-)?[A-Za-z,&'-]{1,14}){0,9} (?:in|on)|(?: (?!in |on )[A-Za-z&'-]{1,14}){1,4}) "
)
"""Appointed Head Teacher in, left school in, left school July 2010, until they shut in."""


def _before(group: str) -> re.Pattern[str]:
    words = any_word(WORDS[group]["before"])
    between = rf"(?:{_KIND_OF_DATE}{_FILLING}|{_OF_WHAT})(?:(?:the|about|approx\.|following|next)\s){{0,2}}"
    return re.compile(rf"(?:{words}){between}$", re.IGNORECASE)


def _behind(group: str) -> re.Pattern[str]:
    return re.compile(
        rf"[\s,)]{{0,2}}(?:{_HOW}|因[^\d,。;\n]{{0,8}}?)?(?:{any_word(WORDS[group]['after'])})(?!时间|日期?|年份|年月|\s?[:：])",
        re.IGNORECASE,
    )


_GROUPS = ("others", "since", "begins", "graduates", "finishes")
ROLES_BEFORE = {group: _before(group) for group in _GROUPS}
ROLES_BEHIND = {group: _behind(group) for group in _GROUPS}


def role_of(text: str, mention: Date) -> str | None:
    """Return what the words beside a date say that it does, a key of ROLES_BEHIND or ROLES_BEFORE, those behind it first; None: nothing."""
    for group, pattern in ROLES_BEHIND.items():
        if pattern.match(text, mention.end):
            return group
    start = max(text.rfind("\n", 0, mention.start) + 1, mention.start - 64)
    return next((group for group, pattern in ROLES_BEFORE.items() if pattern.search(text[start : mention.start])), None)


def is_labelled_otherwise(text: str, mention: Date) -> bool:
    """Return whether the date is the value of a field that tells of no work: 出生年月：1994.06."""
    label = _LABEL.search(text[max(0, mention.start - 24) : mention.start])
    return label is not None and label_kind(label[1]) in _NO_WORK
