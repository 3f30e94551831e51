"""Read the text of a drawing (SVG) in a web page, and what of it nobody sees."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from preprocess.web.colours import colour
from preprocess.web.look import ComputedStyle, look, pixels
from preprocess.web.stylesheet import StyleSheet

Element = Any

_GROUPS = frozenset("svg g a switch text tspan textpath".split())
_OFF_SCREEN = -500.0  # pixels
_MAX_DEPTH = 50


def svg_texts(svg: Element, styles: StyleSheet, outer: ComputedStyle) -> Iterator[tuple[str, bool]]:
    """Yield the texts of a drawing, a line of them at a time, in the order of the file, each with whether it is seen."""
    pieces: list[tuple[str, bool]] = []
    for element, text, style in _texts(svg, styles, outer, 0):
        starts = element is not None and (element.tag == "text" or (element.get("y") or element.get("dy")) is not None)
        if starts and pieces:
            yield from _line(pieces)
            pieces = []
        if text:
            pieces.append((text, not style.is_hidden))
    yield from _line(pieces)


def _texts(element: Element, styles: StyleSheet, outer: ComputedStyle, depth: int) -> Iterator[tuple[Element | None, str, ComputedStyle]]:
    """Yield each element with the text that begins in it, and each text behind an element, with its look."""
    if element.tag not in _GROUPS or depth > _MAX_DEPTH:
        return
    style = styles.style(element)
    own = _painted(element, style, look(element, style, outer))
    is_text = element.tag in ("text", "tspan", "textpath")
    yield element, (element.text or "") if is_text else "", own
    for child in element:
        yield from _texts(child, styles, own, depth + 1)
        if is_text and child.tail:
            yield None, child.tail, own


def _painted(element: Element, style: dict[str, str], own: ComputedStyle) -> ComputedStyle:
    """Return the look of text in an element, whose letters have the colour of its `fill`."""
    fill = style.get("fill") or (element.get("fill") or "").lower()
    opacity = style.get("opacity") or element.get("opacity") or element.get("fill-opacity") or ""
    is_off = any((pixels(element.get(name) or "") or 0.0) <= _OFF_SCREEN for name in ("x", "y"))
    is_closed = fill == "none" or opacity in ("0", "0.0") or is_off or element.get("display") == "none"
    if is_closed or element.get("visibility") in ("hidden", "collapse"):
        return replace(own, is_shown=False)
    size = pixels(element.get("font-size") or "", own.size)
    own = replace(own, size=own.size if size is None else size)
    return replace(own, colour=colour(fill)) if fill and fill != "inherit" else own


def _line(pieces: list[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    for is_seen in (True, False):
        if text := " ".join("".join(piece for piece, is_piece_seen in pieces if is_piece_seen == is_seen).split()):
            yield text, is_seen
