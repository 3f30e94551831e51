"""Model a drawing in a Word file: its anchor, its shapes, and the coordinates of groups. Knows no XML of drawings."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import NamedTuple

from preprocess.docx.colours import Colour, Palette
from preprocess.docx.geometry import IN_FRONT, Bounds, Box, Visibility
from preprocess.docx.ooxml import Element

CORNERED = ("rect", "round", "snip", "flowChartProcess", "flowChartAlternateProcess", "bevel", "plaque", "foldedCorner")
"""Beginnings of the names of shapes that fill their box; of any other the box says too little to be sure what it covers."""

INSETS = (7.2, 3.6, 7.2, 3.6)
"""Points left, top, right and bottom of a box's text where the file does not say."""

UNKNOWN_SIZE = 100.0
"""Points: the size of a shape that names none."""

MISSING_PART = "?"
"""In place of the path of a part that the file does not name."""

Relationships = dict[str, tuple[str, str]]
"""The relationships of the part, by which its pictures are named."""


class DrawingAnchor(NamedTuple):
    """The anchor of a drawing: its paragraph, the range in which the text column starts on the page, its width, and the page."""

    paragraph: Hashable
    column: Bounds
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
    """One shape of a drawing. `backgrounds` are the colours of its fill: empty if transparent, None for an unknown one.

    `covers` says whether it hides what lies behind it, `picture` is the path of its picture in the package, `content` holds its text.
    `graphic` is the path of the part with the diagram or chart that it shows, `drawn_text` what it says otherwise, as WordArt does.
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
    """True if its text continues in another box, or is continued from one."""
    anchored_top: bool = True
    is_measured: bool = True
    """True if the file says its position and size."""
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Shares of its picture that are cut off on the left, at the top, on the right and at the bottom."""
    graphic: str = ""
    drawn_text: str = ""

    @property
    def has_text(self) -> bool:
        """True if the shape holds text: paragraphs, a chart or diagram, or a drawn text."""
        return self.content is not None or bool(self.graphic or self.drawn_text)


class Plane(NamedTuple):
    """The coordinates of a group in points on the page."""

    x: float
    y: float
    scale_x: float
    scale_y: float


class DrawingContext(NamedTuple):
    """The surroundings in which the shapes of a drawing are read; `collected` takes them, `box` and `plane` are those of the group."""

    anchor: DrawingAnchor
    palette: Palette
    collected: list[Shape]
    box: Box | None
    plane: Plane
    is_hidden: bool
    is_floating: bool


def unplaced_box(context: DrawingContext) -> Box:
    """Return the box of a shape without position and size."""
    anchor = context.anchor
    return Box(
        Bounds(0, anchor.page_width), 0.0, anchor.page_width, anchor.page_height, anchor.paragraph, anchor.paragraph, (IN_FRONT,), True
    )


def reference_areas(relative: str, anchor: DrawingAnchor) -> list[tuple[Bounds, float]]:
    """Return (left edge, width) of the areas that a horizontal position may be relative to."""
    left, right = anchor.margin_left, anchor.page_width - anchor.margin_right
    column = (anchor.column, anchor.column_width)
    areas = {
        "page": [(Bounds(0, 0), anchor.page_width)],
        "margin": [(Bounds(left, left), right - left)],
        "leftMargin": [(Bounds(0, 0), left)],
        "rightMargin": [(Bounds(right, right), anchor.margin_right)],
        "character": [(Bounds(anchor.column.low, anchor.column.high + anchor.column_width), 0.0)],
        "column": [column],
    }
    areas["insideMargin"] = areas["outsideMargin"] = areas["leftMargin"] + areas["rightMargin"]
    return [column] if anchor.is_in_cell and relative in ("page", "margin") else areas.get(relative, [column])


def add_shape(shape: Shape, contents: list[Element], context: DrawingContext) -> None:
    """Add the shape, and one more for each text in it."""
    context.collected.append(shape)
    text = replace(shape, covers=Visibility.VISIBLE, picture="", drawn_text="")
    context.collected.extend(replace(text, content=content) for content in contents)


def is_true(text: str) -> bool:
    """Return whether an attribute's value says yes, as OOXML and VML spell it."""
    return text in ("1", "true", "on", "t")
