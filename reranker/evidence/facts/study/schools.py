"""Find what a school belongs to: Project 985, Project 211, Double First-Class, other groups, or overseas (schools.toml)."""

import re
import tomllib
from functools import cache
from pathlib import Path

from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.mentions import is_waived, pattern

_SCHOOLS = tomllib.loads(Path(__file__).with_name("schools.toml").read_text("utf-8"))
_INCLUDES = {
    "985": frozenset({"985", "211", "双一流", "重点", "一本", "二本"}),
    "211": frozenset({"211", "双一流", "重点", "一本", "二本"}),
    "双一流": frozenset({"双一流", "重点", "一本", "二本"}),
    "重点": frozenset({"重点", "一本", "二本"}),
    "一本": frozenset({"一本", "二本"}),
    "二本": frozenset({"二本"}),
}
_NAMED = r"(?<![\d.-])(?:985|211)(?![\d.-])|双一流|double[- ]first[- ]class"
_PROGRAMME = re.compile(rf"(?P<programme>{_NAMED})|(?P<key>重点)(?=大学|院校|高校|本科)|(?P<tier>[一二]本)", re.IGNORECASE)
_DENIED = re.compile(
    rf"(?:[非不]是?|并非|没有|\b(?:not|non)[- ])\s?(?:{_NAMED})(?:\s?(?:[/、和或及与,]|or)\s?(?:{_NAMED}))*", re.IGNORECASE
)
_OVERSEAS_ASKED = re.compile(
    r"海外|留学|境外|海归|国外|\boverseas\b|\bstud(?:y|ied) abroad\b|\bforeign (?:degree|university)", re.IGNORECASE
)
_OF_STUDY = re.compile(r"背景|学历|学位|院校|留学|高校|硕士|本科|博士|大学(?!英语)|毕业|degree|educat|stud|universit", re.IGNORECASE)
_UNIV = re.compile(r"\bUniv(?:\.|\b)")


def classes_asked(text: str) -> frozenset[str]:
    """Return the groups of schools that a requirement names, one of which suffices, and "overseas"."""
    denied = [match.span() for match in _DENIED.finditer(text)]
    classes = {
        _class_of(match)
        for match in _PROGRAMME.finditer(text)
        if not is_waived(text, *match.span()) and not any(left <= match.start() < right for left, right in denied)
    }
    classes |= {group for group, words in _groups("asked").items() if words.search(text)}
    if _OVERSEAS_ASKED.search(text) and _OF_STUDY.search(text):
        classes.add("overseas")
    return frozenset(classes)


def classes_stated(text: str) -> frozenset[str]:
    """Return the groups that the schools in a text belong to, by the table or by the text's own word ("211 院校"), and "overseas"."""
    text = _UNIV.sub("University", text)
    classes: set[str] = set()
    blocked = [match.span() for match in _other_schools().finditer(text)]
    for start, end, name in _names(text):
        if not any(left < end and start < right for left, right in blocked):
            classes |= _INCLUDES[_schools()[1][name]]
            classes |= {group for group, members in _SCHOOLS["groups"].items() if name in members["members"]}
    denied = [match.span() for match in _DENIED.finditer(text)]
    for match in _PROGRAMME.finditer(text):
        if not any(left <= match.start() < right for left, right in denied):
            classes |= _INCLUDES[_class_of(match)]
    if not classes:
        classes = {group for group, words in _groups("members").items() if group != "C9" and words.search(text)}
        if classes or _overseas().search(text):
            classes.add("overseas")
    return frozenset(classes)


def _class_of(match: re.Match[str]) -> str:
    if match["programme"]:
        return match["programme"] if match["programme"] in _INCLUDES else "双一流"
    return match["key"] or match["tier"]


def _names(text: str) -> list[tuple[int, int, str]]:
    """(start, end, full name) of each school of the table."""
    spans = [(*match.span(), match[0]) for match in _schools()[0].finditer(text)]
    return spans + [(*match.span(), _SCHOOLS["short"][match[0]]) for match in short_names().finditer(text)]


@cache
def _schools() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of all schools' names, Chinese ones anywhere, English ones unless " of …" makes them another's, and their programmes."""
    programme_of = {name: programme for programme in ("985", "211", "双一流") for school in _SCHOOLS[programme] for name in school}
    words = "|".join(re.escape(name) for name in sorted(programme_of, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z])(?:{words})(?! of [A-Z]|[a-z])"), programme_of


@cache
def short_names() -> re.Pattern[str]:
    """Return the pattern of short names, which stand at the start of a word, or behind a verb: 毕业于北大."""
    words = "|".join(sorted(_SCHOOLS["short"], key=len, reverse=True))
    return re.compile(rf"(?:(?<![{CJK}A-Za-z])|(?<=[于在读自入考上是]))(?:{words})(?![学荒门街路A-Za-z]|代表)")


@cache
def _other_schools() -> re.Pattern[str]:
    """Names that contain the name of a school of the table: 南京大学金陵学院, 杭州电子科技大学."""
    names = pattern(
        name for programme in ("985", "211", "双一流") for school in _SCHOOLS[programme] for name in school if not name.isascii()
    )
    return re.compile(
        rf"(?:{names}|{short_names().pattern})\s?(?:{pattern(_SCHOOLS['others']['after'])})|{pattern(_SCHOOLS['others']['names'])}"
    )


@cache
def _groups(part: str) -> dict[str, re.Pattern[str]]:
    return {group: re.compile(pattern(entry[part])) for group, entry in _SCHOOLS["groups"].items()}


@cache
def _overseas() -> re.Pattern[str]:
    return re.compile(pattern(_SCHOOLS["overseas"]["words"]))
