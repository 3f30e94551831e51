"""Parse the outline of a shape on an XPS page, and tell whether it is an upright rectangle."""

import re
from collections.abc import Iterator

from preprocess.docx.ooxml import Element, child, value
from preprocess.fixed_layout.coordinates import numbers

_STEP = re.compile(r"([A-Za-df-z])([^A-Za-df-z]*)")
_MAX_CHARACTERS = 20_000
Point = tuple[float, float]


def corners_of(element: Element) -> list[Point]:
    """Return the points of a path's outline, where it is written in absolute coordinates."""
    data = value(element, "Data")
    if data:
        return list(_points(data.strip().removeprefix("F0").removeprefix("F1")[:_MAX_CHARACTERS]))
    geometry = child(child(element, "Path.Data"), "PathGeometry")
    if geometry is None:
        return []
    written = [value(part, name) for part in geometry.iter("*") for name in ("StartPoint", "Points", "Point")]
    values = numbers(" ".join(written), 2_000)
    return list(_points(value(geometry, "Figures")[:_MAX_CHARACTERS])) + list(zip(values[::2], values[1::2], strict=False))


def is_upright_rectangle(corners: list[Point]) -> bool:
    """Return whether the points are the four corners of a rectangle whose sides are parallel to those of the page."""
    return len(set(corners)) == 4 and len({x for x, _ in corners}) == 2 and len({y for _, y in corners}) == 2


def _points(data: str) -> Iterator[Point]:
    """Yield the points of an abbreviated outline: letters and the numbers behind them; H and V go across or down only."""
    x = y = 0.0
    for letter, rest in _STEP.findall(data):
        values = numbers(rest, 2_000)
        if letter in "HV":
            pairs = [(number, y) if letter == "H" else (x, number) for number in values]
        else:
            pairs = list(zip(values[::2], values[1::2], strict=False))
        for x, y in pairs:
            yield x, y
