"""Tell reading, writing, speaking and listening apart: which of them a text names, and the levels that a resume states of each."""

import re
from collections.abc import Iterator

from reranker.evidence.facts.language.words import levels, skill_levels

_SKILLS = {
    "listen": re.compile(r"听|\b(?:listen|understand)", re.IGNORECASE),
    "speak": re.compile(r"口语|会话|[说讲](?!明|义)|\b(?:spoken|speak|speech|oral|verbal|conversation)", re.IGNORECASE),
    "read": re.compile(r"[读识]|\bread", re.IGNORECASE),
    "write": re.compile(r"[读书]写|写(?=\s?[-:：])|写作|撰写|书面|\b(?:writ|read/write)", re.IGNORECASE),
}
_CHUNK_END = re.compile(
    r"[,，;；、|/()。]|但|\b(?:but|though)\b|\. "
    r"|[:：\s](?=(?:[听说读写]{1,4}\s?[-:：]|Reading|Writing|Speaking|Listening|Oral|Spoken|Written))"
)
_CANNOT = re.compile(
    r"(?:\b(?:cannot|unable to|not)|n't)\s(?:understand|understood|read|writ(?:e|ten)|speak|spoken)\b"
    r"|(?:不会|不能|不太会|不识)\s?[说讲读写听字]"
    r"|[说讲读写]不(?:来|了|好)",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?:不太?|不够|没那么|\bnot (?:yet )?|n't )$")
_AIMED_AT = re.compile(
    r"(?:\b(?:towards?|for|attending (?:a|the)|on (?:a|the)|reach|target(?:ing)?|aiming (?:at|for)|now doing)"
    r"|备考|目标|冲刺?|准备考?|在学)\s?$",
    re.IGNORECASE,
)
_RATING = re.compile(r"(?<![\d/])(?P<points>[1-5])\s?/\s?5(?![\d/])|(?P<stars>★{1,5}|[●■⬤◉]{1,5}(?=[○□◯\s]|$))")
_LETTERS = re.compile(r"[\s:：(–-]{0,4}(?P<letters>[RWS](?:\s?[/,&]\s?[RWS]){0,2})(?![A-Za-z/])")
_SPOKEN = re.compile(r"\s?\((?:spoken|speaking|oral|verbal|口语|会话)(?: only)?\)", re.IGNORECASE)
"""Beside nothing else, the only skill: "Hindi (spoken)"."""
_BY_LETTER = 4
"""The level of a skill whose letter stands behind a language: "Hindi – R/S"."""
_SCALE = re.compile(r"[ABC][12]")


def skills_named(text: str) -> frozenset[str]:
    """Return the skills that a text names."""
    return frozenset(skill for skill, words in _SKILLS.items() if words.search(text))


def levels_in(words: str) -> list[int]:
    """Return the levels in words beside a language: those of the scale where one is named; "not fluent" is basic.

    Where another clause says a level, reading or writing that is only named counts beside it: "can read and write, limited speaking".
    """
    said = [
        (start, end, min(level, 2) if _NEGATED.search(words, 0, start) else level)
        for start, end, level in levels().find(words)
        if not _AIMED_AT.search(words, 0, start)
    ]
    if rating := _RATING.search(words):
        return [int(rating["points"] or len(rating["stars"]))]
    on_scale = [level for start, end, level in said if _SCALE.fullmatch(words, start, end)]
    if on_scale or not said:
        return on_scale
    chunks = [(start, end) for start, end in _chunks(words) if not any(start <= index < end for index, _, _ in said)]
    return [level for _, _, level in said] + [level for start, end in chunks for _, _, level in skill_levels().find(words, start, end)]


def bare_skills_in(words: str) -> list[int]:
    """Return the levels of reading, writing or speaking where they are only named."""
    return [level for _, _, level in skill_levels().find(words)]


def letters_behind(words: str) -> bool:
    """Return whether letters behind a language name its skills: "Hindi – S"."""
    return _LETTERS.match(words) is not None


def levels_of_skills(words: str) -> tuple[tuple[str, int], ...]:
    """Return (skill, level) of the skills in words beside a language: "can speak it fine but cannot read it"."""
    if letters := _LETTERS.match(words):
        return tuple((skill, _BY_LETTER if skill[0] in letters["letters"].lower() else 1) for skill in ("read", "write", "speak"))
    if _SPOKEN.match(words):
        return ("speak", _BY_LETTER), ("read", 1), ("write", 1)
    levels: dict[str, int] = {}
    chunks = [words[start:end] for start, end in _chunks(words)]
    overall = max((level for chunk in chunks if not skills_named(chunk) for level in levels_in(chunk)), default=0)
    for chunk in chunks:
        said = [1] if _CANNOT.search(chunk) else levels_in(chunk) or [max(level, overall) for level in bare_skills_in(chunk)]
        for skill in skills_named(chunk) if said else ():
            levels[skill] = min(said)
    return tuple(levels.items())


def _chunks(words: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _CHUNK_END.finditer(words):
        yield start, mark.start()
        start = mark.end()
    yield start, len(words)
