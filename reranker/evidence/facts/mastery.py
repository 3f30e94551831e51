"""Find technologies that a requirement wants to be known well, and of which a line says that they are known a little, or well enough."""

import re
from collections.abc import Iterable

from preprocess.lexicon.characters import simplified
from preprocess.tech_stack.normalise import find_skills

STRONG = re.compile(r"精通|熟练|深入|扎实|独立|\b(?:expert|proficien\w+|strong|deep|advanced|fluent|in-depth|solid)\b", re.IGNORECASE)
BASIC = re.compile(
    r"(?<!深入)(?<!充分)了解|接触过|学习过|自学|入门|略懂|初学|基础(?:水平|使用|知识|操作)|简单(?:使用|操作)|写小工具"
    r"|[（(：:]\s?(?:基础|一般|初级)|水平一般"
    r"|(?<!visual )\bbasics?\b|\b(?:beginner|elementary|novice|introductory|rudimentary|exposure to|coursework)\b"
    r"|\bsome\b(?! of\b)|(?:^|[,;:(]\s?|\b(?:still|currently|now|am) )learning\b",
    re.IGNORECASE,
)
"""Says of something that it is known a little. Most work is in some of something, and machine learning is no learner's."""
_OFFICE = frozenset({"Microsoft Office", "Excel", "PowerPoint", "WPS", "Word", "Outlook"})
_NAMES_OFFICE = re.compile(r"(?<![a-z])(?:office|excel|powerpoint|ppt|wps|word|outlook)(?![a-z])|办公软件|文书软件", re.IGNORECASE)
_DEMAND_END = re.compile(r"[，,；;。]")
_CLAIM_END = re.compile(r"[，,；;、。|]")


def claims_office(groups: Iterable[frozenset[str]], line: str) -> bool:
    """Return whether nothing but programs of the office is asked for, and a clause of a line says that one is known well.

    Nobody tells of work with these: of them, what is said is enough.
    """
    groups = tuple(groups)
    if not groups or not all(group <= _OFFICE for group in groups):
        return False
    return any(
        _NAMES_OFFICE.search(clause) and STRONG.search(clause) and not BASIC.search(clause) for clause in _CLAIM_END.split(simplified(line))
    )


def claims_less(requirement: str, line: str) -> bool:
    """Return whether a requirement wants a technology strongly of which a line says only that it is known a little."""
    if not STRONG.search(requirement) or not BASIC.search(line):
        return False
    wanted = {skill.canonical for clause in _DEMAND_END.split(requirement) if STRONG.search(clause) for skill in find_skills(clause)}
    said: dict[str, list[bool]] = {}
    for clause in _CLAIM_END.split(line):
        for skill in find_skills(clause):
            said.setdefault(skill.canonical, []).append(BASIC.search(clause) is not None)
    return any(name in said and all(said[name]) for name in wanted)
