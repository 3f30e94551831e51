"""The page model of a Word file, in points: sheets, boxes on them with a place, a size and an order in depth, and what covers what.

Word files say where boxes are, but not where the text between them ends up. So a place is a Span: where something lies at the least and at
most; and what is called off the page or covered is so wherever in its Span it lies. Knows no XML.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

MIN_VISIBLE = 2.0  # points; what shows less than this of itself shows nothing
BEHIND, ASIDE, TEXT, IN_FRONT = -1.0, 0.0, 1.0, 2.0
"""The first part of a depth: a drawing behind the text, one that text keeps clear of, the text itself, a drawing before it."""
_SLACK = 3.0  # points by which a cover may miss a text
MAX_COVERS = 100  # largest first


class Visibility(Enum):
    """What a person makes of a text. UNSURE: it may be hidden, but that hangs on what the file does not say."""

    VISIBLE = 1
    UNSURE = 2
    HIDDEN = 3


def least_visible(*run_visibilities: Visibility) -> Visibility:
    """The one that shows least."""
    return max(run_visibilities, key=lambda sight: sight.value)


class Interval(NamedTuple):
    """From `low` at the least to `high` at most."""

    low: float
    high: float

    def moved(self, by: float) -> "Interval":
        return Interval(self.low + by, self.high + by)


class PageSetup(NamedTuple):
    """The page of a section: its size, the margins, and the widths of its columns."""

    width: float = 595.0
    height: float = 842.0
    left: float = 90.0
    right: float = 90.0
    top: float = 72.0
    bottom: float = 72.0
    columns: tuple[float, ...] = ()

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        return self.height - abs(self.top) - abs(self.bottom)

    def shows_text(self) -> bool:
        """Whether there is room on it for a letter."""
        return min(self.width, self.height) >= 20 and self.text_width >= MIN_VISIBLE and self.text_height >= MIN_VISIBLE


@dataclass(frozen=True)
class Box:
    """A rectangle on a page: `x` from the page's left; `y` from the top of `base`, which is a paragraph, or None for the page itself.

    `anchor` is the paragraph that it hangs on, None for what is on every page. Of two boxes the one with the higher `depth` is in front.
    """

    x: Interval
    y: float
    width: float
    height: float
    base: Hashable
    anchor: Hashable
    depth: tuple[float, ...] = (TEXT,)
    grows: bool = False
    """Whether it is as high as its text asks for, whatever its height says."""


class ColumnPosition(NamedTuple):
    """Where a paragraph of the body lies: how far below the last page break for certain, and on the page of which number, both as Spans."""

    top: Interval
    page: int


class TextFlow:
    """The paragraphs of a body from top to bottom, with how far each lies below the last certain start of a page."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, ColumnPosition] = {}
        self._top = Interval(0.0, 0.0)
        self._page = 0

    def add(self, paragraph: Hashable, height: Interval) -> None:
        self._rows[paragraph] = ColumnPosition(self._top, self._page)
        self._top = Interval(self._top.low + height.low, self._top.high + height.high)

    def skip(self, height: Interval) -> None:
        """A table, of which only the height matters."""
        self._top = Interval(self._top.low + height.low, self._top.high + height.high)

    def new_page(self) -> None:
        self._page += 1
        self._top = Interval(0.0, 0.0)

    def on_page(self, paragraph: Hashable, page: PageSetup) -> Interval | None:
        """How far from the page's top edge the paragraph starts; None where it may be on another page than the first since the break."""
        row = self._rows.get(paragraph)
        return row.top.moved(abs(page.top)) if row and row.top.high < page.text_height else None

    def below(self, upper: Hashable, lower: Hashable) -> Interval | None:
        """How far `lower` starts below `upper`; None where that cannot be told."""
        if upper == lower:
            return Interval(0.0, 0.0)
        one, other = self._rows.get(upper), self._rows.get(lower)
        if one is None or other is None or one.page != other.page:
            return None
        return _ordered(other.top.low - one.top.low, other.top.high - one.top.high)

    def share_page(self, one: Hashable, other: Hashable, page: PageSetup) -> bool:
        """Whether two paragraphs are on one page for certain. None is on every page."""
        if one == other or one is None or other is None:
            return True
        rows = self._rows.get(one), self._rows.get(other)
        is_certain = self.on_page(one, page) is not None and self.on_page(other, page) is not None
        return is_certain and rows[0] is not None and rows[1] is not None and rows[0].page == rows[1].page

    def pages(self, page: PageSetup) -> Interval:
        """How many pages the text takes."""
        return Interval(
            self._page + 1 + self._top.low // max(page.text_height, 1), self._page + 1 + self._top.high // max(page.text_height, 1)
        )


def _ordered(one: float, other: float) -> Interval:
    return Interval(min(one, other), max(one, other))


def is_beside_page(left: float, right: float, page: PageSetup) -> bool:
    """Whether what reaches from `left` to `right` is off the page."""
    return right < MIN_VISIBLE or left > page.width - MIN_VISIBLE


def is_above_or_below_page(top: Interval, height: float, page: PageSetup) -> bool:
    """Whether what starts in `top` and is that high is off the page wherever it starts."""
    return top.high + height < MIN_VISIBLE or top.low > page.height - MIN_VISIBLE


def top_on_page(box: Box, page: PageSetup, column: TextFlow) -> Interval:
    """Where a box starts on its page, as far as that can be told."""
    if box.base is None:
        return Interval(box.y, box.y)
    return (column.on_page(box.base, page) or Interval(0.0, page.height)).moved(box.y)


def box_visibility(box: Box, page: PageSetup, column: TextFlow) -> Visibility:
    """Whether anything of a box can be seen: it has a size, and some of it lies on the page."""
    if box.width < MIN_VISIBLE or box.height < MIN_VISIBLE:
        return Visibility.UNSURE if box.grows else Visibility.HIDDEN
    if box.x.high + box.width < MIN_VISIBLE or box.x.low > page.width - MIN_VISIBLE:
        return Visibility.HIDDEN
    height = page.height if box.grows else box.height
    return Visibility.HIDDEN if is_above_or_below_page(top_on_page(box, page, column), height, page) else Visibility.VISIBLE


class Overlap(Enum):
    """How a text lies to a box. LIKELY: within it, if its lines are as high as usual."""

    APART = 0
    PERHAPS = 1
    LIKELY = 2
    INSIDE = 3


def overlap(text: Box, other: Box, page: PageSetup, column: TextFlow) -> Overlap:
    """How a text, whose width and height are the most that it may take, lies to another box of its page."""
    if other.x.low > text.x.high + text.width or other.x.high + other.width < text.x.low:
        return Overlap.APART
    below = _below(other, text, page, column)
    if below is not None and (below.low > other.height or below.high + text.height < 0):
        return Overlap.APART
    is_as_wide = other.x.high <= text.x.low + _SLACK and other.x.low + other.width >= text.x.high + text.width - _SLACK
    if below is None or not is_as_wide:
        return Overlap.PERHAPS
    if below.low >= -_SLACK and below.high + text.height <= other.height + _SLACK:
        return Overlap.INSIDE
    middle, doubt = (below.low + below.high) / 2, (below.high - below.low) / 4
    is_likely = middle >= doubt and middle + text.height / 2 <= other.height - doubt
    return Overlap.LIKELY if is_likely else Overlap.PERHAPS


def _below(cover: Box, text: Box, page: PageSetup, column: TextFlow) -> Interval | None:
    """How far below the top of the cover the text starts; None where that cannot be told."""
    if cover.base == text.base and (cover.base is not None or column.share_page(cover.anchor, text.anchor, page)):
        return Interval(text.y - cover.y, text.y - cover.y)
    if cover.base is not None and text.base is not None:
        distance = column.below(cover.base, text.base)
        return distance and distance.moved(text.y - cover.y)
    if not column.share_page(cover.anchor, text.anchor, page):
        return None
    upper, lower = top_on_page(cover, page, column), top_on_page(text, page, column)
    return _ordered(lower.low - upper.low, lower.high - upper.high)
