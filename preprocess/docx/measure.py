"""Measure lengths in a Word file: read them from attributes as points, and bound the room that a text takes without a layout."""

import re

from preprocess.docx.geometry import Bounds
from preprocess.docx.ooxml import Element, value

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,20})?")
_LENGTH = re.compile(r"(-?\d{0,9}(?:\.\d{1,20})?) ?(pt|in|cm|mm|pc|px|)")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "px": 0.75, "": 0.75}


def number(text: str, default: float) -> float:
    """Parse a number, with or without a sign for per cent."""
    text = text.removesuffix("%")
    return float(text) if _NUMBER.fullmatch(text) else default


def twips(text: str, default: float) -> float:
    """Parse twentieths of a point, or a length with its unit, as points; `default` is in points."""
    return number(text, 0.0) / 20 if _NUMBER.fullmatch(text) else length(text, default) if text else default


def emu(text: str, default: float) -> float:
    """Parse a drawing's units, 12,700 to a point, as points; `default` is in points."""
    return number(text, 0.0) / 12_700 if _NUMBER.fullmatch(text) else default


def length(text: str, default: float) -> float:
    """Parse `12.5pt`, `3cm` as points; pixels if there is no unit."""
    match = _LENGTH.fullmatch(text.strip())
    return float(match[1]) * _POINTS[match[2]] if match and match[1] not in ("", "-") else default


def old_style(element: Element) -> dict[str, str]:
    """Return the style attribute of an old drawing as name → value."""
    pairs = (entry.partition(":") for entry in value(element, "style")[:5000].split(";"))
    return {name.strip().lower(): text.strip() for name, _, text in pairs}


_WIDE = re.compile(r"[⺀-鿿가-힣豈-﫿＀-￯\U00020000-\U0003ffff]+")
_MIN, _MAX = (0.9, 0.38), (1.05, 0.68)  # of the size: how wide a Chinese letter is, and how wide any other on the average
_LINE = Bounds(1.0, 1.7)  # of the size: how high a line is, with the gap that fonts ask for


def width(text: str, size: float, spacing: float = 0.0) -> Bounds:
    """Return the width of the text in one line, within bounds that hold for every usual font. `spacing` is added between its letters."""
    text = text.strip()
    wide = sum(map(len, _WIDE.findall(text)))
    narrow = len(text) - wide
    low, high = (size * (share[0] * wide + share[1] * narrow) + spacing * len(text) for share in (_MIN, _MAX))
    return Bounds(max(low, 0.0), max(high, 0.0))


def advance(text: str, size: float) -> float:
    """Return the average width of a letter of the text."""
    return (lambda span: (span.low + span.high) / 2 / max(len(text.strip()), 1))(width(text, size))


def line_height(size: float, line: str, rule: str, pitch: float = 0.0) -> Bounds:
    """Return the height of a line of letters of that size, by its `line` and `lineRule`; `pitch` is the least of the page's grid."""
    given = float(line) if re.fullmatch(r"-?\d{1,6}(\.\d{1,6})?", line) else 240.0
    if rule == "exact":
        return Bounds(abs(given) / 20, abs(given) / 20)
    if rule == "atLeast":
        return Bounds(max(size, given / 20), max(size * _LINE.high, given / 20, pitch))
    return Bounds(size * given / 240, max(size * _LINE.high, pitch) * given / 240)


def lines(text_width: Bounds, room: float) -> Bounds:
    """Return how many lines a text of that width takes in a room of that width."""
    room = max(room, 4.0)
    return Bounds(max(text_width.low // room, 1.0), text_width.high // (room * 0.85) + 1)
