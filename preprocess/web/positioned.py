"""Find the order in which a person reads boxes that a page places itself (position: absolute), which its markup may have in any order."""

from collections.abc import Iterable
from typing import Any

from preprocess.office.slides.order import ShapeBox, in_reading_order
from preprocess.web.look import pixels
from preprocess.web.stylesheet import StyleSheet

Element = Any

_MAX_BOXES = 40  # more are the single lines of a converted page, whose order is that of its text
_PLACED = ("absolute", "fixed")
_FAR = 1_000_000  # pixels; where a box ends that does not say it


def in_order(element: Element, styles: StyleSheet) -> Iterable[Element]:
    """Return the elements in an element, those that are placed by their distance from its top left in the order in which they are read.

    They take the places of one another, each with the text behind it; all others stay where they are.
    """
    placed = {child: place for child in element if (place := _place(child, styles))}
    if not 2 <= len(placed) <= _MAX_BOXES:
        return element
    lefts = sorted({left for left, _, _ in placed.values()})
    boxes = {child: _box(place, lefts, list(placed.values())) for child, place in placed.items()}
    ordered = iter(in_reading_order(list(placed), boxes.__getitem__))
    return [next(ordered) if child in placed else child for child in element]


def _place(element: Element, styles: StyleSheet) -> tuple[int, int, int] | None:
    """Return left, top and width (0: not known) of a box in pixels, None for one that is not placed."""
    if not isinstance(element.tag, str) or not (styles.places_boxes or "position" in (element.get("style") or "").lower()):
        return None
    style = styles.style(element)
    top = pixels(style.get("top", ""))
    if style.get("position") not in _PLACED or top is None:
        return None
    return int(pixels(style.get("left", "")) or 0), int(top), int(pixels(style.get("width", "")) or 0)


def _box(place: tuple[int, int, int], lefts: list[int], places: list[tuple[int, int, int]]) -> ShapeBox:
    """Return the box around a placed element: as wide as it says or up to the next one on its right, as high as there is room below it."""
    left, top, width = place
    right = left + width if width else next((other for other in lefts if other > left), _FAR)
    below = (other_top for other_left, other_top, _ in places if other_top > top and left <= other_left < right)
    return ShapeBox(left, top, right, min(below, default=_FAR))
