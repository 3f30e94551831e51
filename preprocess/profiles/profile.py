"""Read JSON and XML resumes: JSON Resume, HR-XML, Europass, and others that hold readable text under any keys."""

import re
from collections.abc import Sequence
from typing import Any

from preprocess.document import Document, Line, Page, Unreadable, quote_notes
from preprocess.docx.ooxml import local
from preprocess.plain_text import decode
from preprocess.profiles.people import is_person
from preprocess.profiles.tree import MAX_DEPTH, MAX_NODES, Node, profile_lines
from preprocess.profiles.values import json_values
from preprocess.xml_text import Element, parse_xml

_MAX_TAGS = 2 * MAX_NODES
_DATE_PARTS = ("year", "month", "day")


def read_profile(data: bytes, name: str) -> Document:
    """Read a JSON or XML resume into one Page without layout: a section's heading, an entry's facts on one line, then its prose.

    Values under unknown keys are "Key: value" lines. Raises Unreadable: `empty_file`, `not_text`, `damaged`, `too_complex`, and `no_text`
    if it is data without prose.
    """
    if not data.strip(b"\0\t\n\f\r "):
        raise Unreadable("empty_file")
    head = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<"):
        return profile_document(_of_element(parse_xml(data, _MAX_TAGS)), name)
    tree = _JsonTree()
    values = json_values(decode(data))
    value = values[0] if len(values) == 1 else values
    return profile_document(tree.node("", value, 0), name, tree.hidden, is_person(value))


def profile_document(root: Node, name: str, hidden: Sequence[str] = (), is_resume: bool = False) -> Document:
    """Return the lines of a tree as a Document. Raises Unreadable `no_text` for one without prose that is not known to be a resume."""
    lines = profile_lines(root, is_resume)
    return Document(name, "profile", (Page(tuple(map(Line, lines))),), tuple(quote_notes("hidden_text", hidden)))


class _JsonTree:
    """Turns values into nodes, counts them, and collects the texts of sections that are switched off."""

    def __init__(self):
        self._count = 0
        self.hidden: list[str] = []

    def node(self, key: str, value: Any, depth: int) -> Node:
        self._count += 1
        if self._count > MAX_NODES or depth > MAX_DEPTH:
            raise Unreadable("too_complex")
        if isinstance(value, dict) and (value.get("visible") is False or value.get("hidden") is True):
            self._hide(value, depth)
            return Node(key)
        if isinstance(value, dict):
            return Node(key, below=[self.node(inner, child, depth + 1) for inner, child in value.items()])
        if isinstance(value, list):
            return Node(key, below=[self.node("", child, depth + 1) for child in value])
        if isinstance(value, bool):
            return Node(key, str(value).lower() if value else "")
        return Node(key, "" if value is None else str(value))

    def _hide(self, value: Any, depth: int) -> None:
        self._count += 1
        if self._count > MAX_NODES or depth > MAX_DEPTH:
            raise Unreadable("too_complex")
        if isinstance(value, dict | list):
            for child in value.values() if isinstance(value, dict) else value:
                self._hide(child, depth + 1)
        elif isinstance(value, str) and " ".join(value.split()):
            self.hidden.append(value)


def _of_element(element: Element, depth: int = 0) -> Node:
    """Return an element as a node. Attributes count where it has nothing else: a date's year and month, what a skill is called."""
    if depth > MAX_DEPTH:
        raise Unreadable("too_complex")
    below = [_of_element(child, depth + 1) for child in element if local(child)]
    text = (element.text or "").strip()
    if not text and not below:
        text = "-".join(re.sub(r"\D", "", element.get(part, "")) for part in _DATE_PARTS if element.get(part))
        below = [Node(key, value) for key, value in element.attrib.items() if not text and not key.startswith("{")]
    if below and len(text) > 1:  # text between elements
        return Node(local(element), "\n".join(line for piece in element.itertext() if (line := piece.strip())))
    return Node(local(element), "" if below else text, below)
