"""Lengths in a Word file: read them from attributes as points, and bound the room that a text takes without a layout."""

import re

from preprocess.docx.geometry import Interval
from preprocess.docx.ooxml import Element, value

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,20})?")
_LENGTH = re.compile(r"(-?\d{0,9}(?:\.\d{1,20})?) ?(pt|in|cm|mm|pc|px|)")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "px": 0.75, "": 0.75}


def number(text: str, default: float) -> float:
    """A number, with or without a sign for per cent."""
    text = text.removesuffix("%")
    return float(text) if _NUMBER.fullmatch(text) else default


def twips(text: str, default: float) -> float:
    """Twentieths of a point, or a length with its unit; `default` is in points."""
    return number(text, 0.0) / 20 if _NUMBER.fullmatch(text) else length(text, default) if text else default


def emu(text: str, default: float) -> float:
    """A drawing's units, 12,700 to a point; `default` is in points."""
    return number(text, 0.0) / 12_700 if _NUMBER.fullmatch(text) else default


def length(text: str, default: float) -> float:
    """`12.5pt`, `3cm`; pixels where there is no unit."""
    match = _LENGTH.fullmatch(text.strip())
    return float(match[1]) * _POINTS[match[2]] if match and match[1] not in ("", "-") else default


def old_style(element: Element) -> dict[str, str]:
    """The style attribute of an old drawing by name."""
    pairs = (entry.partition(":") for entry in value(element, "style")[:5000].split(";"))
    return {name.strip().lower(): text.strip() for name, _, text in pairs}


_WIDE = re.compile(r"[⺀-鿿가-힣豈-﫿＀-￯\U00020000-\U0003ffff]+")
_LEAST, _MOST = (0.9, 0.38), (1.05, 0.68)  # of the size: how wide a Chinese letter is, and how wide any other on the average
_LINE = Interval(1.0, 1.7)  # of the size: how high a line is, with the gap that fonts ask for


def width(text: str, size: float, spacing: float = 0.0) -> Interval:
    """How wide the text is in one line. `spacing` is what is put between its letters."""
    text = text.strip()
    wide = sum(map(len, _WIDE.findall(text)))
    narrow = len(text) - wide
    low, high = (size * (share[0] * wide + share[1] * narrow) + spacing * len(text) for share in (_LEAST, _MOST))
    return Interval(max(low, 0.0), max(high, 0.0))


def advance(text: str, size: float) -> float:
    """How wide a letter of the text is on the average."""
    return (lambda span: (span.low + span.high) / 2 / max(len(text.strip()), 1))(width(text, size))


def line_height(size: float, line: str, rule: str, pitch: float = 0.0) -> Interval:
    """How high a line is of letters of that size, by the attributes `line` and `lineRule`; `pitch` is the least of the page's grid."""
    given = float(line) if re.fullmatch(r"-?\d{1,6}(\.\d{1,6})?", line) else 240.0
    if rule == "exact":
        return Interval(abs(given) / 20, abs(given) / 20)
    if rule == "atLeast":
        return Interval(max(size, given / 20), max(size * _LINE.high, given / 20, pitch))
    return Interval(size * given / 240, max(size * _LINE.high, pitch) * given / 240)


def lines(text_width: Interval, room: float) -> Interval:
    """How many lines a text of that width takes in a room of that width."""
    room = max(room, 4.0)
    return Interval(max(text_width.low // room, 1.0), text_width.high // (room * 0.85) + 1)
