"""The model of a drawing in a Word file: its anchor, its shapes, and the plane of a group. Knows no XML of drawings."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import NamedTuple

from preprocess.docx.colours import Colour, Palette
from preprocess.docx.geometry import IN_FRONT, Box, Interval, Visibility
from preprocess.docx.ooxml import Element

CORNERED = ("rect", "round", "snip", "flowChartProcess", "flowChartAlternateProcess", "bevel", "plaque", "foldedCorner")
"""Beginnings of the names of shapes that fill their box; of any other the box says too little to be sure what it covers."""

INSETS = (7.2, 3.6, 7.2, 3.6)
"""Points left, top, right and bottom of a box's text where the file does not say."""

UNKNOWN_SIZE = 100.0
"""Points: the size of a shape that names none."""

Relationships = dict[str, tuple[str, str]]
"""Those of the part, by which its pictures are named."""


class DrawingAnchor(NamedTuple):
    """Where a drawing hangs: its paragraph, and the Span of where the text column starts on the page and how wide it is."""

    paragraph: Hashable
    column: Interval
    column_width: float
    page_width: float
    page_height: float
    margin_left: float
    margin_right: float
    margin_top: float
    margin_bottom: float
    is_in_cell: bool
    pictures: Relationships


@dataclass(frozen=True)
class Shape:
    """One shape of a drawing. `backgrounds` is what fills it: nothing where one sees through it, None where it may have any colour.

    `covers` says whether it hides what lies behind it, `picture` which picture it is, by its path in the package. `content` holds its text.
    """

    box: Box
    is_hidden: bool
    backgrounds: tuple[Colour | None, ...]
    covers: Visibility
    picture: str = ""
    content: Element | None = None
    insets: tuple[float, float, float, float] = INSETS
    is_floating: bool = True
    continues: bool = False
    """Whether its text goes on in another box, or starts in one."""
    anchored_top: bool = True
    is_measured: bool = True
    """Whether the file says where it is and how large."""


class Plane(NamedTuple):
    """How the units of a group become points on the page."""

    x: float
    y: float
    scale_x: float
    scale_y: float


class DrawingContext(NamedTuple):
    ground: DrawingAnchor
    palette: Palette
    made: list[Shape]
    box: Box | None
    plane: Plane
    is_hidden: bool
    is_floating: bool


def unplaced_box(context: DrawingContext) -> Box:
    """A box that nothing is said about."""
    ground = context.ground
    return Box(
        Interval(0, ground.page_width), 0.0, ground.page_width, ground.page_height, ground.paragraph, ground.paragraph, (IN_FRONT,), True
    )


def reference_areas(relative: str, ground: DrawingAnchor) -> list[tuple[Interval, float]]:
    """Where the areas start that a horizontal position may be measured from, and how wide they are."""
    left, right = ground.margin_left, ground.page_width - ground.margin_right
    column = (ground.column, ground.column_width)
    areas = {
        "page": [(Interval(0, 0), ground.page_width)],
        "margin": [(Interval(left, left), right - left)],
        "leftMargin": [(Interval(0, 0), left)],
        "rightMargin": [(Interval(right, right), ground.margin_right)],
        "character": [(Interval(ground.column.low, ground.column.high + ground.column_width), 0.0)],
        "column": [column],
    }
    areas["insideMargin"] = areas["outsideMargin"] = areas["leftMargin"] + areas["rightMargin"]
    return [column] if ground.is_in_cell and relative in ("page", "margin") else areas.get(relative, [column])


def add_shape(made: Shape, contents: list[Element], context: DrawingContext) -> None:
    """The shape, and then each text in it as one more."""
    context.made.append(made)
    context.made.extend(replace(made, covers=Visibility.VISIBLE, picture="", content=content) for content in contents)


def is_true(text: str) -> bool:
    return text in ("1", "true", "on", "t")
