"""Lengths in a Word file → points: twentieths, half-points, the units of drawings, and the words of old drawings' styles."""

import re

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
