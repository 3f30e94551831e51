"""Find the names of tech_stack.toml in a text: one pass of an Aho-Corasick automaton, word boundaries, no web or mail addresses.

context.py decides whether a name that is also an ordinary word means a technology.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import ahocorasick

_TABLE = Path(__file__).with_name("tech_stack.toml")
_ADDRESS = re.compile(
    r"https?://[^\s，。；、）]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|\b(?!(?:asp|vb|ado)\.net|socket\.io)(?:[a-z0-9-]{1,63}\.){1,4}(?:com|cn|net|org|io|dev|ai|me|cc|edu|gov)\b(?:/[^\s，。；、）]*)?"
)
VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4}){0,3}(?:\.x|x)?\+?(?![a-z0-9])", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9.+#/]+")
_DROPPED = {"框架", "framework", "library", "js", ".js", "lang"}  # words that a name loses; others stay with it ("Helm Chart")


@dataclass(frozen=True)
class TechName:
    """A name of the table. `canonical` is empty for a phrase that is no technology; `doubt` is "", "exact" or "context"."""

    written: str
    canonical: str
    doubt: str = ""
    canonical_doubt: str = ""
    stays: bool = False
    """Counts as the canonical name, but is left as written."""
    also: frozenset[str] = frozenset()
    """Technologies that the alias names beside the canonical one: AWS in "AWS EMR", which is Amazon EMR."""


class NameMatch(NamedTuple):
    """`name` stands at text[start:end], in any case of letters."""

    name: TechName
    start: int
    end: int


@cache
def categories() -> dict[str, dict[str, list[str]]]:
    """Return the table: category → canonical name → aliases."""
    return {category: names for category, names in _table().items() if category != "matching"}


def names_in(text: str) -> list[NameMatch]:
    """Return the names in a text from left to right, the longest at each place, none overlapping."""
    chosen: list[NameMatch] = []
    for match in sorted(_candidates(text), key=lambda match: (match.start, -match.end)):
        if not chosen or match.start >= chosen[-1].end:
            chosen.append(match)
    return chosen


def is_technology_name(text: str, is_sure: bool = False) -> bool:
    """Return whether the text is the name of a technology and nothing else, and, with `is_sure`, no ordinary word besides."""
    return any(
        match.name.canonical and match.end - match.start == len(text) and not (is_sure and match.name.doubt) for match in names_in(text)
    )


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_TABLE.read_text("utf-8"))


@cache
def _automaton() -> ahocorasick.Automaton:
    """Return lower-case name → the TechNames written so; several where they differ in case only (Yarn, YARN)."""
    matching = _table()["matching"]
    doubts = dict.fromkeys(matching["exact"], "exact") | dict.fromkeys(matching["context"], "context")
    as_written = set(matching["as_written"])
    canonical_names = {canonical.lower(): canonical for names in categories().values() for canonical in names}
    twins: dict[str, list[TechName]] = {phrase.lower(): [TechName(phrase, "")] for phrase in matching["not_technology"]}
    for names in categories().values():
        for canonical, aliases in names.items():
            for written in (canonical, *aliases):
                doubt = doubts.get(written, "")
                lost = _parts(written) - _parts(canonical) - {canonical.lower()}
                also = frozenset(canonical_names[part] for part in lost if part in canonical_names)
                stays = written in as_written or is_short(written, canonical, doubt) or bool(also) or _says_more(written, canonical)
                name = TechName(written, canonical, doubt, doubts.get(canonical, ""), stays, also)
                twins.setdefault(written.lower(), []).append(name)
    automaton = ahocorasick.Automaton()
    for lowered, names in twins.items():
        automaton.add_word(lowered, (len(lowered), names))
    automaton.make_automaton()
    return automaton


def _parts(name: str) -> set[str]:
    """Return the words of a name and the runs of them, in lower case, without the name as a whole."""
    words = _WORD.findall(name.lower())
    runs = {" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
    return runs - {" ".join(words)} if " " in name.strip() or "-" in name else set()


def is_short(written: str, canonical: str, doubt: str) -> bool:
    """Return whether an alias of two letters (PG, ES, TF) means too much else to be replaced in a text."""
    return len(written) <= 2 and doubt == "context" and written != canonical


def _says_more(alias: str, canonical: str) -> bool:
    """Return whether replacing the alias would lose a word or a plural, or translate English text into Chinese."""
    if alias == canonical or (alias.isascii() and not canonical.isascii()):
        return alias != canonical
    longer, shorter = alias.lower(), canonical.lower()
    if longer.startswith(shorter) and longer[len(shorter) :].strip() in _DROPPED:
        return False
    if alias.isascii():
        return longer == shorter + "s" or longer.startswith(shorter + " ")
    return shorter in longer or longer in shorter


def _candidates(text: str) -> Iterator[NameMatch]:
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow in lower case; positions must stay
        lowered = "".join(small if len(small := character.lower()) == 1 else character for character in text)
    addresses = [match.span() for match in _ADDRESS.finditer(lowered)]
    starts = [start for start, _ in addresses]
    for last, (length, names) in _automaton().iter(lowered):
        start, end = last + 1 - length, last + 1
        name = names[0]
        if len(names) > 1:
            name = next((twin for twin in names if twin.written == text[start:end]), name)
        if not _stands_free(text, start, end, name):
            continue
        index = bisect_right(starts, end - 1) - 1
        if index >= 0 and addresses[index][1] > start and not (start <= addresses[index][0] and end >= addresses[index][1]):
            continue
        yield NameMatch(name, start, end)


def _stands_free(text: str, start: int, end: int, name: TechName) -> bool:
    first, last = text[start], text[end - 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    if _is_word(first) or first == ".":
        if _is_word(before) or (before == "." and (first.isdigit() or text[max(0, start - 2) : start - 1].isalpha())):
            return False
        if name.doubt and before and before in "-'’&#@$":
            return False
    if not _is_word(last) and last not in "+#":
        return True
    if name.doubt and after and after in "-'’&@":
        return False
    if after == "#" or (after == "+" and (last in "+#" or len(name.written) == 1 or text[end : end + 2] == "++")):
        return False
    if after == "." and _is_word(text[end + 1 : end + 2]) and not text[end + 1].isdigit():
        return text[end + 1].isupper() and not text[start:end].islower()  # "redis.conf" is a file, "MySQL.Redis" a list
    if after.isdigit() and not last.isdigit():
        return len(name.written) > 1 and VERSION.match(text, end) is not None
    return not _is_word(after)


def _is_word(character: str) -> bool:
    """Return whether a character is a letter or digit of a script that puts spaces between words, so not Chinese."""
    return (character.isalnum() or character == "_") and character < "\u2e80"
