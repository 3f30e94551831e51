"""Compile the words of languages.toml as patterns: names of languages, codes in a list, levels, uses, stays abroad, tests."""

import re
import tomllib
from functools import cache
from pathlib import Path

from reranker.evidence.facts.mentions import folded, pattern
from reranker.evidence.facts.word_index import WordIndex

TABLE = tomllib.loads(Path(__file__).with_name("languages.toml").read_text("utf-8"))
_OF_LANGUAGES = r"(?=[^，。；;\n]{0,6}(?:语|文|话|书写|互译|口译|笔译|同传|对照|流利|俱佳|\)))"


@cache
def names() -> WordIndex[str]:
    """Return the names of languages, and of certificates that are named like one."""
    return _index(TABLE["languages"], TABLE["certificates"])


@cache
def names_in_jobs() -> WordIndex[str]:
    """Return the names, and the words of a job for any language but one's own: "a second language"."""
    return _index({language: row["words"] for language, row in TABLE["foreign"].items()}, TABLE["languages"], TABLE["certificates"])


@cache
def certificates() -> WordIndex[str]:
    """Return the names of certificates that are named like a language: "DELF"."""
    return _index(TABLE["certificates"])


@cache
def code_lists() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a list of codes (粤、英、普; PL<>EN) and of one code, a group for each language."""
    codes = [code for words in TABLE["codes"].values() for code in words]
    letters = "".join(code for code in codes if not code.isascii())
    latin = "|".join(sorted((code for code in codes if code.isascii()), key=len, reverse=True))
    link = r"\s?(?:<->|<>|[、/&+-])\s?"
    lists = (
        rf"[{letters}](?:{link}[{letters}]){{1,5}}{_OF_LANGUAGES}|[{letters}]{{2,3}}(?=双语|三语|书写|互译|口译|笔译|同传|俱佳|流利|兼通)"
    )
    lists += rf"|(?<![A-Za-z])(?:{latin})(?:\s?(?:<->|<>|[/>])\s?(?:{latin})){{1,5}}(?![A-Za-z])"
    single = "|".join(f"(?P<{language}>{'|'.join(sorted(words, key=len, reverse=True))})" for language, words in TABLE["codes"].items())
    return re.compile(lists), re.compile(single)


@cache
def levels() -> WordIndex[int]:
    """Return the words for a level; the longer counts: 熟练运用 is more than 熟练."""
    return _index({int(level): words for level, words in sorted(TABLE["levels"].items(), reverse=True)})


@cache
def skill_levels() -> WordIndex[int]:
    """Return the words for reading and writing that are a level where no other word is one."""
    return _index({int(level): words for level, words in TABLE["skills"].items()})


@cache
def words_of(kind: str) -> re.Pattern[str]:
    """Return the pattern of the words of a section: "use", "major"."""
    return re.compile(pattern(TABLE[kind]["words"]))


@cache
def with_people() -> re.Pattern[str]:
    """Return the pattern of those with whom a language is used: "with international clients", not the "Greek suppliers"."""
    return re.compile(rf"\b(?:with|to|for|from|by) (?:\w+ ){{0,3}}(?:{pattern(TABLE['use']['people'])})")


@cache
def of_people() -> re.Pattern[str]:
    """Return the pattern of people of that nationality: the "Greek suppliers"."""
    return re.compile(rf"\s(?:{pattern(TABLE['use']['people'])})")


@cache
def said_ahead() -> dict[int, re.Pattern[str]]:
    """Return the pattern of the words right in front of a language that show a level, for each level: "speak Polish"."""
    return {
        int(level): re.compile(rf"(?:{pattern(words)})(?:日常|一些|一点|点|both| some| a little)?\s?$")
        for level, words in TABLE["ahead"].items()
    }


def is_said_ahead(ahead: str) -> bool:
    """Return whether the words in front of a language or a list of them show a level: "speak"."""
    return any(words.search(ahead) for words in said_ahead().values())


@cache
def stays() -> dict[str, re.Pattern[str]]:
    """Return for each language the pattern of years in one of its countries."""
    verbs, gap = pattern(TABLE["abroad"]["words"]), r"[^，。；,;\n]"
    countries = {language: rf"(?:{pattern(words)})(?![语文])" for language, words in TABLE["abroad"]["countries"].items()}
    short = TABLE["abroad"]["short"]
    return {
        language: re.compile(rf"{words}{gap}{{0,8}}(?:{verbs})(?!签证)|(?:{verbs}){gap}{{0,4}}{words}|[留旅][{short[language]}](?![语文])")
        for language, words in countries.items()
    }


@cache
def test_patterns(name: str) -> dict[str, re.Pattern[str]]:
    """Return patterns of the words of a test: `words`, `graded` ones that end with the score, `bare` ones that need to open their clause
    ("六级"), and look-alikes (`unlike`)."""
    test = next(test for test in TABLE["tests"] if test["name"] == name)
    patterns = {key: re.compile(pattern(map(folded, test[key]))) for key in ("words", "graded", "bare", "unlike") if key in test}
    if "heads" in test:
        heads, subjects = (pattern(map(folded, test[key])) for key in ("heads", "subjects"))
        patterns["listed"] = re.compile(rf"(?:{heads})[^\n]{{0,60}}?(?P<subject>{subjects})(?=[\s:：(-]{{0,3}}\d)")
    return patterns


@cache
def test_beginnings(name: str) -> frozenset[str]:
    """Return how the words of a test begin, in small letters: a text without any of them does not name it, and needs no search."""
    test = next(test for test in TABLE["tests"] if test["name"] == name)
    words = [folded(word).lower() for word in (*test["words"], *test.get("graded", []), *test.get("bare", []))]
    return frozenset(re.match(r"[a-z]{1,4}|..", word)[0] for word in words)  # type: ignore[index]


def _index(*tables: dict) -> WordIndex:
    merged: dict = {}
    for table in tables:
        for key, words in table.items():
            merged.setdefault(key, []).extend(map(folded, words))
            if key in TABLE["home"]["languages"]:
                merged[key] += [word[:-1] + "方言" for word in words if word.endswith("话")]
    return WordIndex(merged)
