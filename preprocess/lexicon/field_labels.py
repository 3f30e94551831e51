"""Look up labels of fields, 姓名 or E-mail, by what they tell of whom: the tables of field_labels.toml, and patterns made of them."""

import re
import tomllib
from functools import cache
from pathlib import Path

from preprocess.lexicon.characters import has_cjk, in_either_script, simplified

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_SPACES = r"[ \t\u3000]{0,8}"
_LONGEST = 60  # characters; longer texts are not looked at


def label_kind(text: str) -> str | None:
    """Return what a label tells, a key of field_labels.toml; None for a text that is no label. A colon and brackets may stand around it."""
    return field_labels().get(label_key(text))


def label_key(text: str) -> str:
    """Return a label as it is compared: lower case, simplified, without spaces and without what stands around it; "" for a long text."""
    return "".join(simplified(_EDGES.sub("", text).lower()).split()) if len(text) <= _LONGEST else ""


@cache
def field_labels() -> dict[str, str]:
    """Return the key of every label → its kind."""
    return {label_key(label): kind for kind in _table() for label in labels_of(kind)}


@cache
def personal_kinds() -> frozenset[str]:
    """Return the kinds that tell of the person and not of the work."""
    return frozenset(_read()["personal"])


def labels_of(*kinds: str) -> list[str]:
    """Return the labels of some kinds as the table writes them."""
    return [label for kind in kinds for label in _table()[kind]]


def label_pattern(*kinds: str) -> str:
    """Return a pattern of the labels of some kinds in both languages, for any case."""
    return f"(?:{chinese_pattern(*kinds)}|{english_pattern(*kinds)})"


def chinese_pattern(*kinds: str) -> str:
    """Return a pattern of the Chinese labels of some kinds in either script, longest first; also 姓  名."""
    labels = sorted(filter(has_cjk, labels_of(*kinds)), key=len, reverse=True)
    return f"(?:{'|'.join((_SPACES if len(label) == 2 else '').join(map(in_either_script, label)) for label in labels)})"


def english_pattern(*kinds: str) -> str:
    """Return a pattern of the English labels of some kinds as whole words, longest first, for any case."""
    labels = sorted((label for label in labels_of(*kinds) if not has_cjk(label)), key=len, reverse=True)
    return f"(?<![A-Za-z])(?:{'|'.join(map(re.escape, labels))})(?![A-Za-z])"


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Kind → labels."""
    written = [(kind, languages) for group in _read().values() for kind, languages in group.items()]
    return {kind: (*chinese.split(), *filter(None, map(str.strip, english.split("|")))) for kind, (chinese, english) in written}


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("field_labels.toml").read_text("utf-8"))
