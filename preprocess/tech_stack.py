"""Technologies by their canonical names: "React.js", "ReactJS" and "React框架" become "React". The names are in tech_stack.toml.

Versions stay: "python3" becomes "Python3" and counts as Python. Text inside web and mail addresses is left alone. A name that is also
an ordinary word (`words` in the table: Spark, React) counts in its exact case, or in any case where the text around it speaks of
technology; a name that means too many things (`context`: C, R, Go) always needs such a neighbourhood.
"""

import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ahocorasick

from preprocess.document import Note

_TABLE = Path(__file__).with_name("tech_stack.toml")
_PASSES = 4  # a new name may complete a longer one ("Spring cloud框架"); in practice the second pass changes nothing

_ADDRESS = re.compile(
    r"https?://[^\s，。；、）]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|\b(?:[a-z0-9-]{1,63}\.){1,4}(?:com|cn|net|org|io|dev|ai|me|cc|edu|gov)\b(?:/[^\s，。；、）]*)?"
)
_VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4}){0,3}(?:\.x|x)?\+?(?![a-z0-9])", re.IGNORECASE)
_WINDOW = 24  # characters on either side that say whether a text speaks of technology
_BEFORE = re.compile(
    r"(?:熟悉|熟练|精通|掌握|了解|擅长|使用|采用|运用|基于|通过|语言|技能|技术栈|框架|后端|前端|工具"
    r"|\b(?:languages?|skills?|stack|frameworks?|backend|frontend|tools|using|proficient in|proficient with|experience with"
    r"|experience in|knowledge of|familiar with|written in|built with|programming in|expert in|fluent in))\s{0,2}[:：]?\s{0,2}$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s{0,2}(?:语言|编程|程序|开发|后端|前端|框架|工程师|微服务|服务端|生态|技术栈|全家桶"
    r"|(?:language|programming|developer|development|engineer|framework|backend|microservices?)\b)",
    re.IGNORECASE,
)
_LETTER_AFTER = re.compile(r"\s{0,2}(?:语言|编程|程序|(?:language|programming)\b)", re.IGNORECASE)
_LETTER_ENDS = re.compile(r"\s{0,2}(?:$|[、,，/;；。.)）\n]|和|与|或|及|等|(?:and|or)\b)")
_LIST_GAP = re.compile(r"\s{0,3}(?:[、,，/／|;；+&·•()（）]|和|与|及|或|and|or)?\s{0,3}(?:and|or)?\s?", re.IGNORECASE)


@dataclass(frozen=True)
class SkillMention:
    """A technology in a text: text[start:end] is how it is written there."""

    canonical: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Entry:
    name: str  # as in the table
    canonical: str
    is_word: bool
    needs_context: bool


@cache
def categories() -> dict[str, dict[str, list[str]]]:
    """The table: category → canonical name → aliases."""
    table = tomllib.loads(_TABLE.read_text("utf-8"))
    return {category: names for category, names in table.items() if category != "matching"}


def find_skills(text: str) -> list[SkillMention]:
    """Every mention of a technology, by canonical name or alias, in order; none overlap. Linear in the length of the text."""
    return [SkillMention(entry.canonical, start, end, text[start:end]) for start, end, entry in _accepted(text, list(_candidates(text)))]


def normalise(text: str) -> tuple[str, tuple[Note, ...]]:
    """The text with each alias replaced by its canonical name, and a note (`tech_name`) per kind of change. Idempotent."""
    changes: Counter[tuple[str, str]] = Counter()
    for _ in range(_PASSES):
        replaced = _replace(text, changes)
        if replaced == text:
            break
        text = replaced
    return text, tuple(Note("tech_name", before=before, after=after, count=count) for (before, after), count in changes.items())


def _replace(text: str, changes: Counter[tuple[str, str]]) -> str:
    mentions = find_skills(text)
    pieces: list[str] = []
    position = 0
    for place, mention in enumerate(mentions):
        before, after = mention.text, mention.canonical
        start, end = mention.start, mention.end
        previous = mentions[place - 1] if place else None
        if previous and previous.canonical == after and _is_in_brackets(text, previous.end, start, end):
            pieces.append(text[position : previous.end])  # "Kubernetes (k8s)" says it twice
            position = end + 1
            changes[text[previous.start : end + 1], after] += 1
            continue
        if before == after or (before.isascii() and not after.isascii()):
            continue  # an English resume stays English: "machine learning" counts as 机器学习, but is not rewritten
        if _is_context(after) and not _speaks_of_technology(text, start, end, after):
            continue  # "Golang" stays where a bare "Go" would not be understood
        left = " " if _would_join(text[start - 1 : start], after[0], before[0]) else ""
        right = " " if _would_join(after[-1], text[end : end + 1], before[-1]) else ""
        pieces += [text[position:start], left, after, right]
        position = end
        changes[before, after] += 1
    return "".join([*pieces, text[position:]])


def _is_in_brackets(text: str, before: int, start: int, end: int) -> bool:
    return text[before:start].strip() in ("(", "（") and text[end : end + 1] in (")", "）")


def _would_join(left: str, right: str, was: str) -> bool:
    """Whether a name would grow together with its neighbour now that `was`, a Chinese character, is gone from between them."""
    return not was.isascii() and _is_latin(left) and (_is_latin(right) or right in ("+", "#"))


@cache
def _automaton() -> ahocorasick.Automaton:
    table = tomllib.loads(_TABLE.read_text("utf-8"))
    words, context = set(table["matching"]["words"]), set(table["matching"]["context"])
    automaton = ahocorasick.Automaton()
    for names in categories().values():
        for canonical, aliases in names.items():
            for name in (canonical, *aliases):
                automaton.add_word(name.lower(), _Entry(name, canonical, name in words, name in context))
    automaton.make_automaton()
    return automaton


@cache
def _is_context(canonical: str) -> bool:
    return canonical in tomllib.loads(_TABLE.read_text("utf-8"))["matching"]["context"]


def _candidates(text: str) -> Iterator[tuple[int, int, _Entry]]:
    """Names that stand free in the text and in no address; they may overlap."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow in lower case; positions must stay
        lowered = "".join(small if len(small := character.lower()) == 1 else character for character in text)
    addresses = [match.span() for match in _ADDRESS.finditer(lowered)]
    starts = [start for start, _ in addresses]
    for last, entry in _automaton().iter(lowered):
        start, end = last + 1 - len(entry.name), last + 1
        if not _stands_free(lowered, start, end, entry):
            continue
        place = bisect_right(starts, end - 1) - 1
        if place >= 0 and addresses[place][1] > start and not (start <= addresses[place][0] and end >= addresses[place][1]):
            continue
        yield start, end, entry


def _stands_free(text: str, start: int, end: int, entry: _Entry) -> bool:
    first, last = text[start], text[end - 1]
    before, after = text[start - 1] if start else "", text[end : end + 1]
    if _is_latin(first) or first == ".":
        if _is_latin(before) or (before == "." and _is_latin(text[start - 2 : start - 1])):
            return False
        if before in ("-", "'", "’", "&", "#", "@") and (entry.is_word or entry.needs_context):
            return False
    if not _is_latin(last):
        return not (last in "+#" and _is_latin(after))
    if after == "#" or (after == "+" and (entry.needs_context or text[end : end + 2] == "++")):
        return False
    if after in ("-", "'", "’", "&") and (entry.is_word or entry.needs_context):
        return False
    if after.isdigit() and last.isalpha():
        return len(entry.name) > 1 and _VERSION.match(text, end) is not None
    return not _is_latin(after)


def _is_latin(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")


def _accepted(text: str, candidates: list[tuple[int, int, _Entry]]) -> list[tuple[int, int, _Entry]]:
    """Leftmost-longest without overlaps; doubtful names only where they are written exactly, or among technology."""
    chosen: list[tuple[int, int, _Entry]] = []
    for candidate in sorted(candidates, key=lambda one: (one[0], -one[1])):
        if not chosen or candidate[0] >= chosen[-1][1]:
            chosen.append(candidate)
    sure = [_is_sure(text, start, end, entry) for start, end, entry in chosen]
    for order in (range(1, len(chosen)), range(len(chosen) - 2, -1, -1)):  # a list vouches for its members, in both directions
        for place in order:
            neighbour = place - 1 if order.step == 1 else place + 1
            if not sure[place] and sure[neighbour]:
                left, right = sorted((place, neighbour))
                sure[place] = _LIST_GAP.fullmatch(text, chosen[left][1], chosen[right][0]) is not None
    return [candidate for candidate, is_sure in zip(chosen, sure, strict=True) if is_sure]


def _is_sure(text: str, start: int, end: int, entry: _Entry) -> bool:
    if not entry.is_word and not entry.needs_context:
        return True
    if entry.is_word and text[start:end] == entry.name:
        return True
    if entry.needs_context and text[start:end] != entry.name:
        return False
    return _speaks_of_technology(text, start, end, entry.name)


def _speaks_of_technology(text: str, start: int, end: int, name: str) -> bool:
    before, after = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    if len(name) == 1:
        return _LETTER_AFTER.match(after) is not None or (_BEFORE.search(before) is not None and _LETTER_ENDS.match(after) is not None)
    return _BEFORE.search(before) is not None or _AFTER.match(after) is not None
