"""Languages: tests and levels on the scale of CEFR; what a job asks for, what a resume states, and whether it suffices.

The words, tests and equivalents are in languages.toml. What was failed, is in preparation or belongs to others is no level.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from reranker.evidence.facts.contract import Fact, FactAnswer, Verdict
from reranker.evidence.facts.mentions import Standing, clause_around, folded, is_waived, line_around, pattern, standing, wanted_clauses

_TABLE = tomllib.loads(Path(__file__).with_name("languages.toml").read_text("utf-8"))
_UNSAID = 3
"""The level of a language that is only named: "Languages: English, Konkani"."""
_PARTLY = 2
"""So many levels below the demand are a partial answer: CET-4 for English as a working language."""
_ORDER = (Verdict.NOT_SAID, Verdict.NOT_MET, Verdict.PARTLY, Verdict.MET)
MAX_FACTS = 200
"""Nobody states more; whoever repeats the words takes no more time than that."""

_SCORE = re.compile(
    r"(?: (?:Academic|General|overall|band|score)){0,2}[\s:：(成绩分数总考试水平iBT级\-已通过达到.,]{0,8}?"
    r"(?<![\d.])(\d{1,3}(?:\.\d)?|[一二三四五六])(?![\d年月届])"
)
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_BARE_BEFORE = re.compile(r"(?:^|[，,；;。、(\n])\s?(?:已经?|均|都|也)?(?:通过|过|取得|获得?|持有?|考过|考取)?了?(?:国家|大学|全国)?$")
_OF_JAPAN = re.compile(r"日语|日文|日本语|JLPT|Japanese")
_CONTINUED = re.compile(r"[，,]\s?(?:可|能|口语|听说|听力|读写|书面|阅读|会话|沟通|日常)[^，。；,;、\n]{0,20}")
_JOINED = re.compile(r"\s?(?:and|or|&|和|与|及|或|/|、)\s?")
_LISTS_LANGUAGES = re.compile(r"语言|外语|语种|\blanguages?\b", re.IGNORECASE)
_ALTERNATIVES = re.compile(r"或|/|任一|之一|\bor\b", re.IGNORECASE)
_ABLE = re.compile(
    r"能力|会|懂|要求|优先|加分|必备|需要|掌握|语言|水平|\bspeak[a-z]{0,4}|\blanguages?\b|\bskills?\b|\bknowledge\b"
    r"|\bcommand\b|\brequired\b|\bneeded\b|\bpreferred\b|\bplus\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Language:
    """A language and its `level` (A1 = 1 … C2 = 6), by a test (its kind, its rank among its own, its score) or by words (`kind` "")."""

    language: str
    level: int
    standing: Standing = Standing.HAS
    kind: str = ""
    rank: int = 0
    score: float | None = None


@dataclass(frozen=True)
class LanguageDemand:
    """The languages that a job asks for, each with alternatives, the least of which suffices. `any_of`: one of the languages is enough."""

    languages: tuple[tuple[Language, ...], ...]
    any_of: bool


class _Mention(NamedTuple):
    start: int
    end: int
    value: Language
    certainty: float


def asked(requirement: str) -> LanguageDemand | None:
    """Return the languages that a requirement asks for; None where it names none or says that none is needed."""
    text = wanted_clauses(requirement)
    mentions = [mention for mention in _mentions(text, in_job=True) if not is_waived(text, mention.start, mention.end)]
    by_language: dict[str, list[Language]] = {}
    for mention in mentions:
        by_language.setdefault(mention.value.language, []).append(mention.value)
    for language, options in by_language.items():
        by_test = [option for option in options if option.kind]
        by_language[language] = by_test or options
    if not by_language:
        return None
    return LanguageDemand(tuple(map(tuple, by_language.values())), len(by_language) > 1 and _ALTERNATIVES.search(text) is not None)


def stated(text: str) -> tuple[Fact[Language], ...]:
    """Return the languages that a resume states, those that it denies or plans with their `standing`; others' are left out."""
    return tuple(
        Fact(value, start, end, certainty)
        for start, end, value, certainty in _mentions(folded(text), in_job=False)
        if value.standing is not Standing.OTHERS
    )


def answer(demand: LanguageDemand, facts: Sequence[Fact[Language]]) -> FactAnswer[Language]:
    """Return how far the facts meet the demand: of several languages the worst answer, of alternatives the best."""
    answers = sorted((_answer(options, facts) for options in demand.languages), key=lambda found: _ORDER.index(found.verdict))
    worst, best = answers[0], answers[-1]
    if demand.any_of or best.verdict is worst.verdict:
        return best
    return FactAnswer(min(Verdict.PARTLY, best.verdict, key=_ORDER.index), best.fact)


def _answer(options: Sequence[Language], facts: Sequence[Fact[Language]]) -> FactAnswer[Language]:
    of_language = [fact for fact in facts if fact.value.language == options[0].language]
    if not of_language:
        return FactAnswer(Verdict.NOT_SAID)
    grades = [
        (max(_ORDER.index(_grade(option, fact.value)) for option in options), fact.certainty, fact.value.level, -place)
        for place, fact in enumerate(of_language)
    ]
    grade, _, _, place = max(grades)
    return FactAnswer(_ORDER[grade], of_language[-place])


def _grade(option: Language, value: Language) -> Verdict:
    if value.standing is not Standing.HAS:
        return Verdict.NOT_MET
    if option.kind and option.kind == value.kind:
        is_met = (value.rank, value.score or option.score or 0) >= (option.rank, option.score or 0)
        if is_met or value.rank == option.rank:
            return Verdict.MET if is_met else Verdict.PARTLY
    elif value.level >= option.level:
        return Verdict.MET
    return Verdict.PARTLY if value.level >= option.level - _PARTLY else Verdict.NOT_MET


def _mentions(text: str, in_job: bool) -> list[_Mention]:
    """Tests first; a name with a level, a use or a degree only where no test stands on it."""
    tests = list(_of_tests(text, in_job))
    taken = [(start, end) for start, end, _, _ in tests]
    named = [
        mention for mention in _of_names(text, in_job) if not any(left < mention.end and mention.start < right for left, right in taken)
    ]
    abroad = [] if in_job else list(_of_stays(text))
    return sorted([*tests, *named, *abroad], key=lambda mention: mention.start)


def _of_tests(text: str, in_job: bool) -> Iterator[_Mention]:
    for test in _TABLE["tests"]:
        words, bare = _test_patterns(test["name"])
        spans = [match.span() for match in islice(words.finditer(text), MAX_FACTS)]
        for match in islice(bare.finditer(text), MAX_FACTS) if bare else ():
            if not any(left < match.end() and match.start() < right for left, right in spans):
                spans += [match.span()] if _is_bare_test(text, *match.span(), test["language"]) else []
        for start, end in spans:
            yield _test_mention(text, start, end, test)


def _test_mention(text: str, start: int, end: int, test: dict) -> _Mention:
    value_standing, score, level = standing(text, start, end), None, test["default"]
    if "limits" in test and (match := _SCORE.match(text, end)):
        number = float(_NUMERALS.get(match[1]) or match[1])
        if test["limits"][0] <= number <= test["limits"][1]:
            score, end = number, match.end(1)
            level = max((reached for least, reached in test["scores"] if number >= least), default=0)
            if not level:
                level, value_standing = 1, Standing.DENIED if value_standing is Standing.HAS else value_standing
            elif value_standing is Standing.HAS:
                value_standing = standing(text, start, end)
    language = _language_before(text, start) or test["language"] if test.get("shared") else test["language"]
    return _Mention(start, end, Language(language, level, value_standing, test["kind"], test.get("rank", 0), score), 1.0)


def _is_bare_test(text: str, start: int, end: int, language: str) -> bool:
    """Whether "六级" or "N1" by itself is of this language: it opens its clause, and its line, or for N1 the text, names the language."""
    if language == "japanese":
        return _OF_JAPAN.search(text) is not None
    left, right = line_around(text, start, end)
    return (
        _BARE_BEFORE.search(text, left, start) is not None and re.search(r"英语|英文|CET|外语|考试|[四六]级", text[left:right]) is not None
    )


def _of_names(text: str, in_job: bool) -> Iterator[_Mention]:
    matches = list(islice(_names().finditer(text), MAX_FACTS))
    following: re.Match[str] | None = None
    of_following: tuple[int | None, float] = (None, 0.0)
    for place in range(len(matches) - 1, -1, -1):
        match = matches[place]
        start, end = match.span()
        level, certainty = _level_beside(text, match, matches[place - 1] if place else None, following, in_job)
        if level is None and following and _JOINED.fullmatch(text, end, following.start()):
            level, certainty = of_following  # 粤语、普通话、英语均流利
        following, of_following = match, (level, certainty)
        state = standing(text, start, end)
        if level is None:
            level, certainty = _level_unsaid(text, start, end, state, in_job)
        if level is not None:
            yield _Mention(start, end, Language(match.lastgroup or "", level, state), certainty)


def _level_unsaid(text: str, start: int, end: int, state: Standing, in_job: bool) -> tuple[int | None, float]:
    """(level, certainty) of a language that is only named: None where that says nothing of the owner or asks for nothing."""
    if in_job:
        left, right = clause_around(text, start, end, 40)
        is_asked = _ABLE.search(text, left, right) is not None or len(text[left:right].strip()) <= end - start
        return (_UNSAID if is_asked else None), 0.0
    if state in (Standing.DENIED, Standing.PLANNED):
        return _UNSAID, 1.0
    return (_UNSAID, 0.5) if _LISTS_LANGUAGES.search(text, *line_around(text, start, end)) else (None, 0.0)


def _level_beside(
    text: str, name: re.Match[str], last: re.Match[str] | None, following: re.Match[str] | None, in_job: bool
) -> tuple[int | None, float]:
    """(level, certainty) of the words behind a name up to the next, or in front of it; "fluent German and English" says it of both."""
    left, right = clause_around(text, name.start(), name.end(), 40)
    if continued := _CONTINUED.match(text, right):
        right = continued.end()
    last = last if last and last.start() >= left else None
    following = following if following and following.end() <= right else None
    ahead = text[last.end() if last else left : name.start()].rpartition("、")[2]
    behind = text[name.end() : following.start() if following else right].partition("、")[0]
    pieces = [behind, ahead] if not ahead.strip(" (:：") else [ahead, behind]
    if last and _JOINED.fullmatch(text, last.end(), name.start()):
        pieces.append(text[left : last.start()])
    for words in pieces:
        if levels := [int((match.lastgroup or "_0")[1:]) for match in _levels().finditer(words)]:
            return (min(levels) if in_job else max(levels)), 1.0
    if _words("major").match(behind.lstrip(" ")):
        return _TABLE["major"]["level"], 0.7
    if _words("use").search(behind) or _words("use").search(ahead):
        return (_TABLE["use"]["asked_level"] if in_job else _TABLE["use"]["level"]), 0.8
    return None, 0.0


def _of_stays(text: str) -> Iterator[_Mention]:
    for language, stay in _stays().items():
        for match in islice(stay.finditer(text), MAX_FACTS):
            if (state := standing(text, *match.span())) is Standing.HAS:
                yield _Mention(match.start(), match.end(), Language(language, _TABLE["abroad"]["level"], state), 0.7)


def _language_before(text: str, start: int) -> str | None:
    names = list(_names().finditer(text, max(0, start - 6), start))
    return names[-1].lastgroup if names else None


@cache
def _names() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{language}>{pattern(names)})" for language, names in _TABLE["languages"].items()))


@cache
def _levels() -> re.Pattern[str]:
    """Groups _6 to _1, the higher first: 熟练运用 is more than 熟练."""
    return re.compile("|".join(f"(?P<_{level}>{pattern(words)})" for level, words in sorted(_TABLE["levels"].items(), reverse=True)))


@cache
def _words(kind: str) -> re.Pattern[str]:
    return re.compile(pattern(_TABLE[kind]["words"]))


@cache
def _stays() -> dict[str, re.Pattern[str]]:
    verbs, gap = pattern(_TABLE["abroad"]["words"]), r"[^，。；,;\n]"
    countries = {language: rf"(?:{pattern(names)})(?![语文])" for language, names in _TABLE["abroad"]["countries"].items()}
    return {
        language: re.compile(rf"{names}{gap}{{0,8}}(?:{verbs})|(?:{verbs}){gap}{{0,4}}{names}") for language, names in countries.items()
    }


@cache
def _test_patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    test = next(test for test in _TABLE["tests"] if test["name"] == name)
    bare = re.compile(pattern(test["bare"])) if "bare" in test else None
    return re.compile(pattern(test["words"])), bare
