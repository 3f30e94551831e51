"""Subjects of study by families, so that 财务管理 answers a demand for 会计相关专业: what a job names, what an entry of a resume names."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from reranker.evidence.facts.mentions import is_waived, pattern

_TABLE = tomllib.loads(Path(__file__).with_name("degrees.toml").read_text("utf-8"))
_FIELDS = re.compile(
    r"(?P<names>[^，,。；;:：\n]{2,40}?)(?:等|类|及|或){0,3}(?:相关|相近)?(?:等)?(?:的)?(?:专业|科系|学系)"
    r"(?!知识|技能|能力|素养|[四八]级|人|团队|服务|性|的|度|资格|证|水平|英语|术语|化|培训|判断|精神|不限)"
    r"|专业\s?[:：]\s?(?P<labelled>[^。；;\n]{2,60})"
    r"|\b(?:degrees?|bachelor(?:'?s)?|master(?:'?s)?|phd|diploma|major(?:ed|ing)?|BSc|MSc|B\.?S\.?|M\.?S\.?|B\.?A\.?|qualification)"
    r"(?: \([Hh]ons\))?(?: degree)?(?: in| of)(?: an?)? (?P<english>[^.;()\n]{2,80}?)"
    r"(?=,? or (?:a )?(?:any )?(?:related|equivalent|similar)|,? required|,? preferred|[.;()\n]|$)"
    r"|(?P<before>\b(?:[A-Za-z&]{1,20} ){1,4})(?:degree|graduate|major)\b",
    re.IGNORECASE,
)
_NAME_GAP = re.compile(r"[、/／或和与及，]|, ?|\bor\b|\band\b", re.IGNORECASE)
_NO_NAME = re.compile(
    r"^.*(?:以上|学历|学位)|^(?:统招|全日制)|本科|大专|硕士|博士|研究生|相关|(?:等|类|背景)$|^(?:an?|the|any|or) "
    r"|\b(?:related|relevant|similar|field|subject|"
    r"discipline|equivalent|bachelor'?s?|master'?s?|university|college|first|good|honours|undergraduate|required|preferred|advanced|degree|a)\b",
    re.IGNORECASE,
)


def names_asked(text: str) -> tuple[str, ...]:
    """Return the subjects that a requirement names, in lower case."""
    names = []
    for match in _FIELDS.finditer(text):
        if is_waived(text, *match.span()):
            continue
        parts = _NAME_GAP.split(next(filter(None, match.groups())))
        cleaned = [_NO_NAME.sub("", part.strip()).strip(" ,.的") for part in parts]
        if match["before"]:  # "computer science degree": words of any kind stand there, only those of the table are subjects
            cleaned = [name for name in cleaned if families_asked(name)]
        names += [name.lower() for name in cleaned if len(name) >= 2 and "不限" not in name]
        whole = _NO_NAME.sub("", match[0])
        if families(whole) - {family for name in cleaned for family in families(name)} and not match["before"]:
            names.append(whole.lower())  # names that hold an "and" themselves: 信息与计算科学
    return tuple(dict.fromkeys(names))


def families(words: str) -> frozenset[str]:
    """Return the families of subjects that a text names."""
    return frozenset(family for family, names in _subjects().items() if names.search(words))


def families_asked(name: str) -> frozenset[str]:
    """Return the families of a subject that a job names, or all of 理工 where it names no single one."""
    groups = (members for group, members in _TABLE["groups"].items() if group.lower() in name.lower())
    return families(name) or frozenset(family for members in groups for family in members)


def near(family: str) -> Iterable[str]:
    """Return the families that count too where a job says "related"."""
    return _TABLE["subjects"][family]["near"]


@cache
def _subjects() -> dict[str, re.Pattern[str]]:
    return {family: re.compile(pattern(entry["names"]), re.IGNORECASE) for family, entry in _TABLE["subjects"].items()}
