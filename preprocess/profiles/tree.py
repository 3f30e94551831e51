"""Convert a resume as nested data (keys, values, lists) to lines: sections by headings, an entry's facts on one line, prose as it is."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from preprocess.document import Unreadable
from preprocess.lexicon.characters import CJK, has_cjk
from preprocess.lexicon.headings import heading_kind
from preprocess.web.rich_text import plain_lines

MAX_NODES = 200_000
MAX_DEPTH = 100
_LONGEST_FACT = 60  # characters; longer values are prose
_SHORT_ITEM = 30
_MIN_PROSE = 20  # characters of running text, below which a file is data and no resume

_HEADINGS = {"work": "Work Experience", "volunteer": "Volunteering", "workexperience": "Work Experience", "positionhistory": ""}
_NOT_ALONE = {"skip", "start", "end", "current", "first", "last"}
_SENTENCE = re.compile(rf"[{CJK}].{{4,}}[{CJK}]|\w\S*\s+\S*\w\S*\s+\S*\w")
_DATA = re.compile(r"data:[\w/+.-]*[;,]|[A-Za-z0-9+/=_-]{60,}$|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f-]{17}$", re.IGNORECASE)


@dataclass
class Node:
    """A key with its text, or with what stands below it. The members of a list have no key."""

    key: str
    text: str = ""
    below: list["Node"] = field(default_factory=list)


def profile_lines(root: Node, is_resume: bool = False) -> list[str]:
    """Return the lines of a profile. Raises Unreadable `no_text` if there is no prose in it and it is not known to be a resume."""
    if not is_resume and sum(len(text) for text in _texts(root) if _SENTENCE.search(text)) < _MIN_PROSE:
        raise Unreadable("no_text")
    return [line for line in _block(root, "") if line.strip()]


def _texts(node: Node) -> Iterator[str]:
    if _role(node) != "skip":
        yield node.text
        for child in node.below:
            yield from _texts(child)


def role(key: str) -> str:
    """Return how a key is treated, a key of keys.toml; "" for one that is not known: its value is shown behind it."""
    return "skip" if humanised(key).endswith(" Id") else _roles().get(re.sub(r"[\W_]", "", key).lower(), "")


def _role(node: Node) -> str:
    """Return how a node is treated: "data" with more below it is what an answer of a program is wrapped in, and not a picture."""
    return "" if node.below and node.key.lower() == "data" else role(node.key)


@cache
def _roles() -> dict[str, str]:
    table = tomllib.loads(Path(__file__).with_name("keys.toml").read_text("utf-8"))
    return {key: role for role, keys in table.items() for key in keys.split()}


def _block(node: Node, section: str) -> Iterator[str]:
    """Yield the lines of a node: in a section an entry, elsewhere a line per value."""
    if section and node.below and any(not child.below for child in node.below):
        yield from _entry(node, section)
        return
    yield from _merged_facts(node)
    for child in node.below:
        if _role(child) in _NOT_ALONE:
            continue
        heading = heading_of(child.key)
        if heading_kind(heading) == heading_kind(section):
            heading = ""
        if heading and child.below:
            content = _listing(child) or list(_block(child, heading))
            yield from [heading, *content] if content else []
        elif heading and len(child.text) > _LONGEST_FACT:
            yield from [heading, *plain_lines(child.text)]
        elif child.below and not child.key and all(not value.below or _listing(value) for value in child.below):
            yield from _entry(child, section)
        elif child.below:
            yield from _listing(child) or _block(child, section)
        else:
            yield from _value(child)


def _entry(node: Node, section: str) -> Iterator[str]:
    """Yield an entry: its period and short facts on one line, then its prose, lists as items."""
    facts = list(_merged_facts(node))
    prose: list[str] = []
    for child in node.below:
        if _role(child) in _NOT_ALONE:
            continue
        if child.below:
            lines = _listing(child) or list(_block(child, section))
            is_fact = not lines[:1] or not lines[0].startswith("- ")
        else:
            lines = list(_value(child))
            is_fact = role(child.key) == "plain"
        (facts if is_fact and len(lines) == 1 and len(lines[0]) <= _LONGEST_FACT else prose).extend(lines)
    if facts:
        yield "  ".join(dict.fromkeys(facts))
    yield from prose


def _merged_facts(node: Node) -> Iterator[str]:
    """Yield what several values say together: a person's name, a period."""
    texts = {
        role(child.key): _flat(child) for child in reversed(node.below) if role(child.key) in ("start", "end", "current", "first", "last")
    }
    if name := _full_name(texts.get("first", ""), texts.get("last", "")):
        yield name
    start, end = (_month(texts.get(side, "")) for side in ("start", "end"))
    is_open = texts.get("current", "").lower() in ("true", "1", "yes")
    if start and (is_open or (not end and "end" in texts)):
        end = "至今" if any(has_cjk(child.text) for child in node.below) else "present"
    if start or end:
        yield " – ".join(filter(None, (start, end)))


def _full_name(first: str, last: str) -> str:
    return last + first if has_cjk(last) and has_cjk(first) else f"{first} {last}".strip()


def _month(text: str) -> str:
    """Return a date without its time."""
    return re.sub(r"(\d{4}-\d\d(?:-\d\d)?)T.*", r"\1", text.strip())


def _listing(node: Node) -> list[str]:
    """Return a list of texts, short ones side by side, others as items; nothing if it is no such list."""
    if any(child.below or child.key for child in node.below):
        return []
    texts = [line for child in node.below if not _is_data(child.text) for line in plain_lines(child.text)]
    if texts and role(node.key) != "prose" and all(len(text) <= _SHORT_ITEM for text in texts):
        return [("、" if any(map(has_cjk, texts)) else ", ").join(texts)]
    return [text if text.startswith("- ") else f"- {text}" for text in texts]


def _value(node: Node) -> Sequence[str]:
    """Return the lines of one value, behind its key if that is needed to understand it."""
    lines = [] if _is_data(node.text) or node.text.lower() in ("true", "false") else plain_lines(node.text)
    key = humanised(node.key)
    if not lines or role(node.key) in ("plain", "prose") or not key:
        return lines
    if len(lines) > 1:
        return [key, *lines]
    return [f"{key}{'：' if has_cjk(key) else ': '}{lines[0]}"]


def heading_of(key: str) -> str:
    """Return the heading of the section that a key has, "" if it has none."""
    words = re.sub(r"\s+(?:List|Section|Items|Entries)$", "", humanised(key))
    bare = re.sub(r"[\W_]", "", words).lower()
    return _HEADINGS.get(bare, words if heading_kind(words) not in (None, "title", "personal", "contact") else "")


def humanised(key: str) -> str:
    """Return a key as words: workExperienceList → Work Experience List."""
    words = re.sub(r"(?<=[a-z\d])(?=[A-Z])|[_\-.:]+", " ", key).split()
    return " ".join(word if has_cjk(word) or word.isupper() else word.capitalize() for word in words)


def _flat(node: Node) -> str:
    """Return all text of a node."""
    return node.text or " ".join(filter(None, map(_flat, node.below)))


def _is_data(text: str) -> bool:
    return _DATA.match(text.strip()) is not None
