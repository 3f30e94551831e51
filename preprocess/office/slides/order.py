"""Place the shapes of a slide, and sort them into the order in which a person reads them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from preprocess.docx.ooxml import Element, child, find, local, value

_Shape = TypeVar("_Shape")
_MAX_OVERLAP = 0.2  # of a shape; frames are larger than their text
_MAX_CUTS = 20
_TITLES = ("title", "ctrTitle")
SHAPES = frozenset({"sp", "graphicFrame", "grpSp", "pic", "cxnSp"})


class ShapeBox(NamedTuple):
    """The place of a shape, in EMU."""

    left: int
    top: int
    right: int
    bottom: int


def placeholder(shape: Element) -> Element | None:
    """Return what says which placeholder of its layout a shape fills; None if it fills none."""
    return next(find(shape, {"ph"}, frozenset({"txBody", "spTree", "graphic", "grpSp", "sp"})), None)


def own_box(shape: Element) -> ShapeBox | None:
    """Return where a shape says that it stands."""
    properties = next((part for name in ("spPr", "grpSpPr") if (part := child(shape, name)) is not None), shape)
    placed = child(properties, "xfrm")
    offset, extent = child(placed, "off"), child(placed, "ext")
    if offset is None or extent is None:
        return None
    left, top, width, height = (
        number(value(element, name)) for element, name in ((offset, "x"), (offset, "y"), (extent, "cx"), (extent, "cy"))
    )
    return ShapeBox(left, top, left + width, top + height)


def box_of_members(group: Element, depth: int = 0) -> ShapeBox | None:
    """Return the box around the shapes of a group that does not say where it stands, and measures them in units of the slide."""
    if local(group) != "grpSp" or depth > _MAX_CUTS:
        return None
    boxes = [box for shape in shapes_of(group) if (box := own_box(shape) or box_of_members(shape, depth + 1))]
    edges = list(zip(*boxes, strict=True))
    return ShapeBox(min(edges[0]), min(edges[1]), max(edges[2]), max(edges[3])) if edges else None


def unit_within(group: Element, unit: tuple[float, float]) -> tuple[float, float]:
    """Return what the units in which the shapes of a group are measured are in EMU, `unit` being those of the group itself."""
    transform = child(child(group, "grpSpPr"), "xfrm")
    outer, inner = child(transform, "ext"), child(transform, "chExt")
    wide, high = (number(value(outer, name)) / max(number(value(inner, name)), 1) if inner is not None else 1.0 for name in ("cx", "cy"))
    return unit[0] * wide, unit[1] * high


def inherited_box(shape: Element, layouts: Sequence[Element]) -> ShapeBox | None:
    """Return where the layout or the master has the placeholder that a shape fills."""
    wanted = placeholder(shape)
    if wanted is None:
        return None
    for layout in layouts:
        for other in find(layout, {"sp"}):
            mark = placeholder(other)
            if mark is not None and _is_same(mark, wanted) and (box := own_box(other)) is not None:
                return box
    return None


def _is_same(mark: Element, wanted: Element) -> bool:
    """Return whether two marks are of the same placeholder: by number if they have one, or else by kind."""
    index = value(wanted, "idx")
    if index and value(mark, "idx"):
        return value(mark, "idx") == index
    kinds = value(mark, "type"), value(wanted, "type")
    return kinds[0] == kinds[1] or all(kind in _TITLES for kind in kinds)


def in_reading_order(shapes: Sequence[_Shape], box_of: Callable[[_Shape], ShapeBox | None]) -> list[_Shape]:
    """Return shapes from top to bottom, and from left to right where columns stand side by side. Those without a box come first."""
    placed = [(box, shape) for shape in shapes if (box := box_of(shape)) is not None]
    return [shape for shape in shapes if box_of(shape) is None] + [shape for _, shape in _cut(placed, 0)]


def _cut(placed: list[tuple[ShapeBox, _Shape]], depth: int) -> list[tuple[ShapeBox, _Shape]]:
    """Order shapes by cuts across the slide where no shape is, then down it, and so on within each part."""
    if len(placed) < 2 or depth > _MAX_CUTS:
        return sorted(placed, key=lambda pair: (pair[0].top, pair[0].left))
    for low, high in (("top", "bottom"), ("left", "right")):
        parts = _parts(placed, low, high)
        if len(parts) > 1:
            return [pair for part in parts for pair in _cut(part, depth + 1)]
    return sorted(placed, key=lambda pair: (pair[0].top, pair[0].left))


def _parts(placed: list[tuple[ShapeBox, _Shape]], low: str, high: str) -> list[list[tuple[ShapeBox, _Shape]]]:
    """Return the shapes in groups that do not overlap in one direction, or only a little."""
    parts: list[list[tuple[ShapeBox, _Shape]]] = []
    end = 0
    for pair in sorted(placed, key=lambda pair: getattr(pair[0], low)):
        start, stop = getattr(pair[0], low), getattr(pair[0], high)
        if parts and start < end - _MAX_OVERLAP * (stop - start):
            parts[-1].append(pair)
            end = max(end, stop)
        else:
            parts.append([pair])
            end = stop
    return parts


def number(text: str) -> int:
    """Parse an attribute in EMU; 0 for what is none."""
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 12 else 0


def shapes_of(tree: Element) -> list[Element]:
    """Return the shapes directly in a shape tree or group."""
    return [element for element in find(tree, SHAPES) if local(element) in SHAPES]
