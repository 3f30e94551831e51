"""What a school belongs to: Project 985, Project 211, Double First-Class, or overseas. The lists and their sources: schools.toml."""

import re
import tomllib
from functools import cache
from pathlib import Path

from reranker.evidence.facts.mentions import is_waived, pattern

_SCHOOLS = tomllib.loads(Path(__file__).with_name("schools.toml").read_text("utf-8"))
_INCLUDES = {"985": ("985", "211", "双一流"), "211": ("211", "双一流"), "双一流": ("双一流",)}
_PROGRAMME = re.compile(r"(?<![\d.-])(985|211)(?![\d.-])|(双一流)")
_OVERSEAS_ASKED = re.compile(r"海外|留学|境外|\boverseas\b|\bstud(?:y|ied) abroad\b", re.IGNORECASE)
_OF_STUDY = re.compile(r"背景|学历|学位|院校|留学|高校|degree|educat")


def classes_asked(text: str) -> frozenset[str]:
    """Return the programmes that a requirement names, one of which suffices, and "overseas"."""
    classes = {match[0] for match in _PROGRAMME.finditer(text) if not is_waived(text, *match.span())}
    if _OVERSEAS_ASKED.search(text) and _OF_STUDY.search(text):
        classes.add("overseas")
    return frozenset(classes)


def classes_stated(text: str) -> frozenset[str]:
    """Return the programmes of the schools in a text, by the table or by the text's own word ("211 院校"), and "overseas"."""
    classes: set[str] = set()
    blocked = [match.span() for match in _other_schools().finditer(text)]
    names, programme_of = _schools()
    for match in names.finditer(text):
        if not any(left < match.end() and match.start() < right for left, right in blocked):
            classes.update(_INCLUDES[programme_of[match[0]]])
    for match in _PROGRAMME.finditer(text):
        if not re.search(r"[非不]\s?$", text[: match.start()]):
            classes.update(_INCLUDES[match[0]])
    if not classes and _overseas().search(text):
        classes.add("overseas")
    return frozenset(classes)


@cache
def _schools() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of all schools' names, Chinese ones anywhere, English ones unless " of …" makes them another's, and their programmes."""
    programme_of = {name: programme for programme in _INCLUDES for school in _SCHOOLS[programme] for name in school}
    words = "|".join(re.escape(name) for name in sorted(programme_of, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z])(?:{words})(?! of [A-Z]|[a-z])"), programme_of


@cache
def _other_schools() -> re.Pattern[str]:
    """Names that contain the name of a school of the table: 南京大学金陵学院, 杭州电子科技大学."""
    names = pattern(name for programme in _INCLUDES for school in _SCHOOLS[programme] for name in school if not name.isascii())
    return re.compile(rf"(?:{names})\s?(?:{pattern(_SCHOOLS['other_after'])})|{pattern(_SCHOOLS['others'])}")


@cache
def _overseas() -> re.Pattern[str]:
    return re.compile(pattern(_SCHOOLS["overseas"]["words"]))
