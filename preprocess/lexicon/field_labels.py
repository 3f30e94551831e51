"""Labels of fields, 姓名 or E-mail, by what they tell of whom: the tables of field_labels.toml, and patterns made of them."""

import re
import tomllib
from functools import cache
from pathlib import Path

from preprocess.lexicon.characters import has_cjk, in_either_script, simplified

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
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
    """Return a pattern of the labels of some kinds, longest first, for any case: Chinese ones in either script, those of two characters
    also spaced (姓  名), English ones as whole words.
    """
    return "(?:" + "|".join(_spelled(label) for label in sorted(labels_of(*kinds), key=lambda label: (-len(label), label))) + ")"


def _spelled(label: str) -> str:
    if not has_cjk(label):
        return rf"(?<![a-z]){re.escape(label.lower())}(?![a-z])"
    return r"[ \t\u3000]{0,8}".join(map(in_either_script, label)) if len(label) == 2 else in_either_script(label)


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Kind → labels."""
    written = {kind: languages for group in _read().values() for kind, languages in group.items()}
    return {
        kind: (*chinese.split(), *filter(None, (label.strip() for label in english.split("|"))))
        for kind, (chinese, english) in written.items()
    }


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("field_labels.toml").read_text("utf-8"))
