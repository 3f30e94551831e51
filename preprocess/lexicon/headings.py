"""Tell whether a line is a heading, and of which kind of section: 一、工作经历, 【项目经验】, Work Experience / 工作经历, 教育背景.

A heading consists of words of headings.toml and of what decorates them; a sentence that has such words is none.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from preprocess.lexicon.characters import CHINESE_NUMERALS, CJK, LIST_MARKS, has_cjk, simplified
from preprocess.lexicon.periods import is_range, ranges

_LONGEST = 60  # characters; with its decoration no heading is longer

_SIGNS = rf"\s#_=~|｜★◎◉▌▍▎█┃│▲△▼▽✦✧\"“”{LIST_MARKS}"
_NUMBER = (
    rf"(?:第?[{CHINESE_NUMERALS}\d]{{1,3}}(?:部分|[章节節])?[、.．:：)）]|第[{CHINESE_NUMERALS}\d]{{1,3}}(?:部分|[章节節])|[①-⑳❶-❿㈠-㈩]"
    r"|(?:[ivx]{1,4}|[a-h])[、.．)）]|part \d{1,2}\b|0\d(?=\D))"
)
_START = re.compile(rf"[{_SIGNS}【\[「『《〈<(（〔]*+{_NUMBER}?[{_SIGNS}【\[「『《〈<(（〔]*+", re.IGNORECASE)
_END = re.compile(rf"[{_SIGNS}】\]」』》〉>)）〕:：/]{{1,60}}$")
_ASIDE = re.compile(r"[(（【\[]([^()（）\[\]【】]{1,40})[)）\]】]$")
_WHICH_PART = re.compile(r"(?:[\d.\-–－~年月共近三五个项]+|续|部分|节选|精选|倒序|近期|主要|cont(?:\.|inued)|selected)", re.IGNORECASE)
_CHINESE, _ENGLISH, _BETWEEN = f"([{CJK}][{CJK}、]*)", "([a-z][a-z' ]*?)", r"[ /|｜:：·•–—－]{0,5}"
_BILINGUAL = re.compile(f"{_CHINESE}{_BETWEEN}{_ENGLISH}|{_ENGLISH}{_BETWEEN}{_CHINESE}")


def heading_kind(line: str) -> str | None:
    """Return the kind of section that a line heads, a key of [sections] in headings.toml; None where it heads none."""
    if len(line) > _LONGEST:
        return None
    heading = _bare(line)
    return _known(heading) or _of_halves(heading) or _bilingual(heading)


def is_heading(line: str) -> bool:
    """Return whether a line heads a section, or a part of one job or project (工作内容, Responsibilities)."""
    return heading_kind(line) is not None or (len(line) <= _LONGEST and _bare(line) in entry_headings())


@cache
def section_headings() -> dict[str, str]:
    """Return every heading of a section, as `normalised` writes it → its kind."""
    return {heading: kind for kind, languages in _table()["sections"].items() for heading in _written(languages)}


@cache
def entry_headings() -> frozenset[str]:
    """Return the headings of parts of one job or project, as `normalised` writes them."""
    return frozenset(_written(_table()["entries"]["headings"]))


@cache
def heading_words() -> frozenset[str]:
    """Return the English words that headings are made of, in lower case."""
    english = [*section_headings(), *_written(_table()["parts"]["qualifiers"]), "and"]
    return frozenset(word for heading in english if not has_cjk(heading) for word in heading.split())


def normalised(heading: str) -> str:
    """Return a heading in lower case and simplified characters, "&" as "and", with single spaces, and none beside Chinese characters."""
    text = simplified(heading.lower()).replace("&", " and ").replace("’", "'")
    return re.sub(rf"(?<=[{CJK}]) | (?=[{CJK}])", "", re.sub(r"[\s-]+", " ", text).strip())


def _bare(line: str) -> str:
    """The line without the signs and the number before it, and without an aside, a period and a colon at its end."""
    text = _without_aside(line[start.end() :] if (start := _START.match(line)) else line)
    return normalised(_END.sub("", _without_period(text)))


def _without_period(text: str) -> str:
    """A heading may be followed by a period, apart from it: 工作经历 2019.03-2022.02."""
    last = next((period for period in ranges(text)[-1:] if period.end == len(text)), None)
    return text[: last.start - 1] if last and text[max(0, last.start - 1) : last.start] in tuple(" \t,，|｜") else text


def _without_aside(text: str) -> str:
    """An aside in brackets is part of a heading if it is a period, a heading itself, or says which part of the section follows."""
    text = text.rstrip(" \t:：")
    aside = _ASIDE.search(text)
    if aside and aside.start() and _is_remark(aside[1].strip()):
        text = text[: aside.start()]
    return _END.sub("", text)


def _is_remark(aside: str) -> bool:
    return is_range(aside) or _WHICH_PART.fullmatch(aside) is not None or normalised(aside) in section_headings()


def _known(heading: str) -> str | None:
    """The kind of a heading as it stands in the table, or with a qualifier before it."""
    kind = section_headings().get(heading)
    if kind is None and (qualifier := _qualifiers().match(heading)):
        kind = section_headings().get(heading[qualifier.end() :])
    return kind


def _of_halves(heading: str) -> str | None:
    """The kind of the first of several headings in one: 教育及培训经历, 专业技能与证书, Skills & Interests."""
    parts = [part.strip() for part in _joints().split(heading)]
    if len(parts) < 2 or len(parts) > 4:
        return None
    kinds = [_known(part) or _halves().get(part) for part in parts]
    return kinds[0] if all(kinds) and _known(parts[-1]) else None


def _bilingual(heading: str) -> str | None:
    """The kind of a heading that stands in Chinese and in English, either first."""
    match = _BILINGUAL.fullmatch(heading)
    if not match:
        return None
    halves = [half.strip() for half in (match[1] or match[3], match[2] or match[4])]
    kinds = [_known(half) or _of_halves(half) for half in halves]
    return kinds[0] if all(kinds) else None


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("headings.toml").read_text("utf-8"))


def _written(languages: list[str]) -> list[str]:
    chinese, english = languages
    return [normalised(heading) for heading in (*chinese.split(), *english.split("|"))]


@cache
def _qualifiers() -> re.Pattern[str]:
    chinese, english = _table()["parts"]["qualifiers"]
    return re.compile(f"(?:{'|'.join(chinese.split())})(?:的)?|(?:{english}) ")


@cache
def _joints() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _table()["parts"]["joints"].split())) + r"|(?<![a-z])and(?![a-z])")


@cache
def _halves() -> dict[str, str]:
    return {half: kind for kind, halves in _table()["parts"]["halves"].items() for half in halves.split()}
