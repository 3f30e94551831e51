"""Languages by name with a level, a use or a degree beside them: "德语流利", "fluent in German and French", "English: R/W/S"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from reranker.evidence.facts.language.words import TABLE, code_lists, levels, names, words_of
from reranker.evidence.facts.mentions import clause_around, line_around

MAX_NAMES = 200
"""Nobody names more; whoever repeats the words takes no more time than that."""
UNSAID = 3
"""The level of a language that is only named: "Languages: English, Konkani"."""

_CONTINUED = re.compile(
    r"(?:[，,；;]|\sbut)\s?(?:可|能|口语|听说|听力|说|讲|读|读写|书面|阅读|会话|沟通|日常|但"
    r"|speaks? it|现在|目前|但|只会|就会|poor\b|weak\b|forg|both\b"
    r"|all\b|level\b|at\b|spoken|written|limited|can\b|can't|cannot|reading|writing)[^，。；,;\n]{0,30}"
)
_JOINED = re.compile(r"\s?(?:and|or|&|\+|和|与|及|或|/|、|<-?>|>)\s?")
_LISTED = re.compile(r"\s?[,，]\s?(?:and\s)?")
_JOINS = re.compile(r"[\s,，、/&+.()]|\b(?:and|or)\b|[和与及或]")
_OF_ALL = re.compile(r"\s?(?:[:：]|[^，。；;,\n]{0,8}(?:均|都|皆|俱)|[^.;\n]{0,14}\b(?:both|all)\b)")
_LISTS_LANGUAGES = re.compile(r"语言|外语|语种|\blanguages?\b|\blang\b", re.IGNORECASE)
_ABLE = re.compile(
    r"能力|会|懂|要求|优先|加分|必备|需要|掌握|语言|水平|\bspeak[a-z]{0,4}|\blanguages?\b|\bskills?\b|\bknowledge\b"
    r"|\bcommand\b|\brequired\b|\bneeded\b|\bpreferred\b|\bplus\b|\bbilingual\b|\bconvers|口语|听力|会话|翻译|写作|\badvantage"
    r"|\basset|\bdesirable|\bessential|\bability|\bfluen|\bread\b|\bwrite\b|\bmust\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?:不太?|不够|没那么|\bnot (?:yet )?|n't )$")
_ONLY = re.compile(r"[^，。；;\n]{0,4}(?:只会|就会|只懂)")
_ONLY_THIS = re.compile(r"\s?only\b|一种")
_SCALE = re.compile(r"(?<![A-Za-z])(?P<level>[ABC][12])(?![A-Za-z0-9])")
_OF_A_COURSE = re.compile(r"\b(?:passed|exam|certificate|course|reading|listening|speaking|resit|sitting)\b|通过|合格", re.IGNORECASE)
_OF_A_LICENCE = re.compile(r"驾|车|licen[cs]|class|AWS", re.IGNORECASE)
_CANNOT = re.compile(r"(?:\bcan(?:not|'t)|不会|不能|不太会|不识)\s?(?:to )?(?:read|write|speak|说|讲|读|写)", re.IGNORECASE)


@dataclass(frozen=True)
class NamedLanguage:
    """A language by name; `level` None: only named. `weakest`: the lowest of the levels said of reading, writing, speaking."""

    start: int
    end: int
    language: str
    level: int | None = None
    certainty: float = 1.0
    weakest: int | None = None


def find_named(text: str, in_job: bool) -> list[NamedLanguage]:
    """Return the languages that a `folded` text names, with what stands beside them; a list shares the level before or behind it."""
    places = _places(text)
    found: list[NamedLanguage] = []
    for first, last in _groups(text, places):
        group = places[first : last + 1]
        left, right = clause_around(text, group[0][0], group[-1][1], 60)
        left = max(left, places[first - 1][1] if first else 0)
        right = _continued(text, right)
        right = min(right, places[last + 1][0] if last + 1 < len(places) else len(text))
        ahead, behind = text[left : group[0][0]].rpartition("、")[2], text[group[-1][1] : right].partition("、")[0]
        level, certainty, weakest = _level(ahead, behind, in_job)
        for place, (start, end, language) in enumerate(group):
            is_listed = place + 1 < len(group) and _LISTED.fullmatch(text, end, group[place + 1][0]) is not None
            if level is not None and is_listed and not (_OF_ALL.match(behind) or _read(ahead)):
                found.append(NamedLanguage(start, end, language))
            else:
                found.append(NamedLanguage(start, end, language, level, certainty, weakest))
    return found


def find_unnamed(text: str) -> list[NamedLanguage]:
    """Return levels of the scale on a line that names no language: "passed B2 reading and listening"; `language` is "any"."""
    found = []
    for match in islice(_SCALE.finditer(text), MAX_NAMES):
        left, right = line_around(text, *match.span())
        is_other = any(names().find(text, left, right)) or _OF_A_LICENCE.search(text, left, right)
        if _OF_A_COURSE.search(text, left, right) and not is_other:
            found.append(NamedLanguage(*match.span(), "any", 2 * "ABC".index(match[0][0]) + int(match[0][1])))
    return found


def level_unsaid(text: str, named: NamedLanguage, is_stated: bool, in_job: bool) -> tuple[int | None, float]:
    """Return (level, certainty) of a language that is only named: None where that says nothing of the owner or asks for nothing."""
    if in_job:
        left, right = clause_around(text, named.start, named.end, 40)
        named_here = list(names().find(text, left, right))
        clause = "".join(
            char for place, char in enumerate(text[left:right], left) if not any(start <= place < end for start, end, _ in named_here)
        )
        rest = _JOINS.sub("", clause)
        is_asked = _ABLE.search(text, left, right) is not None or not rest
        return (UNSAID if is_asked else None), 0.0
    if not is_stated:
        return UNSAID, 1.0
    if _ONLY_THIS.match(text, named.end):
        return UNSAID, 0.5
    return (UNSAID, 0.5) if _LISTS_LANGUAGES.search(text, *line_around(text, named.start, named.end)) else (None, 0.0)


def _places(text: str) -> list[tuple[int, int, str]]:
    lists, single = code_lists()
    found = [*islice(names().find(text), MAX_NAMES)]
    for codes in islice(lists.finditer(text), MAX_NAMES):
        if not any(start < codes.end() and codes.start() < end for start, end, _ in found):
            found += [(*code.span(), code.lastgroup or "") for code in single.finditer(text, *codes.span())]
    return sorted(place for place in found if text[place[0] - 1 : place[0]] != "比")  # 比普通话还顺


def _groups(text: str, places: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of names that only joining words stand between."""
    first = 0
    for place in range(len(places)):
        following = places[place + 1][0] if place + 1 < len(places) else None
        end = places[place][1]
        is_joined = following is not None and (
            end == following or _JOINED.fullmatch(text, end, following) or _LISTED.fullmatch(text, end, following)
        )
        if not is_joined:
            yield first, place
            first = place + 1


def _continued(text: str, right: int) -> int:
    for _ in range(2):
        if (continued := _CONTINUED.match(text, right)) is None:
            break
        right = continued.end()
    return right


def _level(ahead: str, behind: str, in_job: bool) -> tuple[int | None, float, int | None]:
    """(level, certainty, weakest) by the words in front of a name or list, or behind it; then by use and degree."""
    if not in_job and _ONLY.match(behind):
        return 1, 1.0, None
    pieces = [behind, ahead] if not ahead.strip(" (:：-") else [ahead, behind]
    for place, words in enumerate(pieces):
        if found := _read(words):
            other = _read(pieces[1 - place]) if place == 0 and not in_job else []
            weakest = min([*found, *other])
            if _CANNOT.search(behind):
                weakest = 1
            return (min(found) if in_job else max(found)), 1.0, weakest
    if words_of("major").match(behind.lstrip(" ")):
        return TABLE["major"]["level"], 0.7, None
    if words_of("use").search(behind) or words_of("use").search(ahead):
        return (TABLE["use"]["asked_level"] if in_job else TABLE["use"]["level"]), 0.8, None
    return None, 0.0, None


def _read(words: str) -> list[int]:
    """The levels in words beside a name; "not fluent" is basic."""
    found = []
    for start, _, level in levels().find(words):
        found.append(min(level, 2) if _NEGATED.search(words, 0, start) else level)
    return found
