"""Compile the words of claims.toml as patterns, by the kind of claim and the side of the mention that they stand on."""

import re
import tomllib
from functools import cache
from pathlib import Path

from preprocess.lexicon import relatives
from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.mentions import pattern

_TABLE = tomllib.loads(Path(__file__).with_name("claims.toml").read_text("utf-8"))


@cache
def before(kind: str) -> re.Pattern[str]:
    """Return the pattern for words of a kind in front of a mention, to be searched in what stands there."""
    return re.compile(rf"(?:{pattern(_TABLE[kind]['before'])})(?! only|期间|时)[^()（）]{{0,32}}$", re.IGNORECASE)


@cache
def behind(kind: str) -> re.Pattern[str]:
    """Return the pattern for words of a kind behind a mention."""
    return re.compile(pattern(_TABLE[kind]["behind"]), re.IGNORECASE)


@cache
def denied_directly() -> re.Pattern[str]:
    """Return the pattern for a denial right behind: "驾照：无", "Forklift: not held"; nothing or a bracket follows a bare 无."""
    words = pattern(_TABLE["denied"]["direct"]) + r"|no(?=\s?(?:[,，;)）]|$))"
    return re.compile(
        rf"\s?(?:证书?|照|水平|能力|等级)?\s?[:：(（,-]{{0,2}}\s?(?:目前|暂|均|都|皆|基本上?|完全|几乎|i |but )?\s?(?:{words})"
        r"(?![论缝线障损违不])(?=[\s,，)）(（。.;；考]|$)",
        re.IGNORECASE,
    )


@cache
def others_behind() -> re.Pattern[str]:
    """Return the pattern for what a mention only describes: courses, teams, "'s office"."""
    return re.compile(
        rf"\s?(?:[ABC][12]\s)?(?:持?证书?|考试|等级|的|客服|口译|笔译|翻译|备考|报考|exams?|test|prep(?:aration)?|certification)?\s?"
        rf"(?:{pattern(_TABLE['others']['behind'])}|[{CJK}]{{0,4}}\d{{1,4}}\s?[余多]?[名人位](?!次)|-(?:based|aligned|style|compliant|driven|led)\b|'s\b(?!\s(?:licen|certif|regist|card|permit|ticket|exam)))",
        re.IGNORECASE,
    )


@cache
def owners(kind: str) -> re.Pattern[str]:
    """Return the pattern for the candidate ("self") or for relatives and the like ("subject") as the subject of a sentence."""
    if kind == "self":
        return re.compile(rf"(?:{pattern(_TABLE['others'][kind])})(?![司院校们部店厂])")
    words = pattern([*_TABLE["others"][kind], *relatives.CHINESE, *(f"my {word}" for word in relatives.ENGLISH)])
    return re.compile(
        rf"(?:{words})(?!'s (?:farm|shop|restaurant|company|business|store|garage|salon|clinic|kitchen|bakery)\b)", re.IGNORECASE
    )


@cache
def bodies() -> re.Pattern[str]:
    """Return the pattern for companies, colleagues and pupils, the subject only with a verb: 公司拥有, "our clients hold"."""
    names, verbs = pattern([*_TABLE["others"]["bodies"], *relatives.ENGLISH]), pattern(_TABLE["others"]["verbs"])
    return re.compile(
        rf"(?:{names})(?:[^，,。；;\n]{{0,8}}?| (?:in|at|from) [\w ]{{1,16}}? )(?:{verbs})(?!(?:都|全)?是?[{CJK}]{{1,3}}国?人)",
        re.IGNORECASE,
    )


@cache
def components() -> re.Pattern[str]:
    """Return the pattern for a part of an examination."""
    return re.compile(
        rf"\s?[:：(（,，-]{{0,2}}\s?(?:已?过|已?通过|passed|cleared)?\s?(?:{pattern(_TABLE['components']['words'])})", re.IGNORECASE
    )
