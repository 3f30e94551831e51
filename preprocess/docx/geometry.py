"""Model the pages of a Word file, in points: boxes on them with position, size and depth, and what covers what. Knows no XML.

Word files say where boxes are, but not where the text between them ends up. So a position is Bounds from its least to its greatest
value; what is called off the page or covered is so for every value in it.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

MIN_VISIBLE = 2.0  # points; what shows less than this of itself shows nothing
BEHIND, ASIDE, TEXT, IN_FRONT = -1.0, 0.0, 1.0, 2.0
"""The first part of a depth: a drawing behind the text, one that text wraps around, the text itself, a drawing in front of it."""
_SLACK = 3.0  # points by which a cover may miss a text
MAX_COVERS = 100  # largest first


class Visibility(Enum):
    """The visibility of a text to a person. UNSURE: it may be hidden, but that depends on what the file does not say."""

    VISIBLE = 1
    UNSURE = 2
    HIDDEN = 3


def least_visible(*run_visibilities: Visibility) -> Visibility:
    """Return the visibility that shows least."""
    return max(run_visibilities, key=lambda visibility: visibility.value)


class Bounds(NamedTuple):
    """From `low` at the least to `high` at most."""

    low: float
    high: float

    def moved(self, by: float) -> "Bounds":
        """Return the bounds moved by a distance in points."""
        return Bounds(self.low + by, self.high + by)


class PageSetup(NamedTuple):
    """The page of a section: its size, its margins, and the widths of its columns."""

    width: float = 595.0
    height: float = 842.0
    left: float = 90.0
    right: float = 90.0
    top: float = 72.0
    bottom: float = 72.0
    columns: tuple[float, ...] = ()

    @property
    def text_width(self) -> float:
        """Width between the margins, in points."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Height between the margins, in points."""
        return self.height - abs(self.top) - abs(self.bottom)

    def shows_text(self) -> bool:
        """Return whether there is room on it for a letter."""
        return min(self.width, self.height) >= 20 and self.text_width >= MIN_VISIBLE and self.text_height >= MIN_VISIBLE


@dataclass(frozen=True)
class Box:
    """A rectangle on a page: `x` from the page's left; `y` from the top of `base`, which is a paragraph, or None for the page itself.

    `anchor` is the paragraph that it hangs on, None for what is on every page. Of two boxes the one with the higher `depth` is in front.
    """

    x: Bounds
    y: float
    width: float
    height: float
    base: Hashable
    anchor: Hashable
    depth: tuple[float, ...] = (TEXT,)
    grows: bool = False
    """True if it is as high as its text needs, whatever its height says."""


class ColumnPosition(NamedTuple):
    """Position of a paragraph of the body: the distance below the last page break, and the number of that break's page."""

    top: Bounds
    page: int


class TextFlow:
    """The paragraphs of a body from top to bottom, with the distance of each below the last certain start of a page."""

    def __init__(self) -> None:
        self._positions: dict[Hashable, ColumnPosition] = {}
        self._top = Bounds(0.0, 0.0)
        self._page = 0

    def add(self, paragraph: Hashable, height: Bounds) -> None:
        """Add a paragraph below those before, with its height in points."""
        self._positions[paragraph] = ColumnPosition(self._top, self._page)
        self._top = Bounds(self._top.low + height.low, self._top.high + height.high)

    def skip(self, height: Bounds) -> None:
        """Advance by the height of a table."""
        self._top = Bounds(self._top.low + height.low, self._top.high + height.high)

    def new_page(self) -> None:
        """Begin a page: what is added next starts at its top."""
        self._page += 1
        self._top = Bounds(0.0, 0.0)

    def on_page(self, paragraph: Hashable, page: PageSetup) -> Bounds | None:
        """Return how far below the page's top the paragraph starts; None if it may be on a later page than the first since the break."""
        row = self._positions.get(paragraph)
        return row.top.moved(abs(page.top)) if row and row.top.high < page.text_height else None

    def below(self, upper: Hashable, lower: Hashable) -> Bounds | None:
        """Return how far `lower` starts below `upper`; None if that cannot be told."""
        if upper == lower:
            return Bounds(0.0, 0.0)
        upper_position, lower_position = self._positions.get(upper), self._positions.get(lower)
        if upper_position is None or lower_position is None or upper_position.page != lower_position.page:
            return None
        return _ordered(lower_position.top.low - upper_position.top.low, lower_position.top.high - upper_position.top.high)

    def share_page(self, first: Hashable, second: Hashable, page: PageSetup) -> bool:
        """Return whether two paragraphs are certainly on one page. None is on every page."""
        if first == second or first is None or second is None:
            return True
        rows = self._positions.get(first), self._positions.get(second)
        is_certain = self.on_page(first, page) is not None and self.on_page(second, page) is not None
        return is_certain and rows[0] is not None and rows[1] is not None and rows[0].page == rows[1].page

    def pages(self, page: PageSetup) -> Bounds:
        """Return how many pages the text takes."""
        return Bounds(
            self._page + 1 + self._top.low // max(page.text_height, 1), self._page + 1 + self._top.high // max(page.text_height, 1)
        )


def _ordered(a: float, b: float) -> Bounds:
    return Bounds(min(a, b), max(a, b))


def is_beside_page(left: float, right: float, page: PageSetup) -> bool:
    """Return whether what reaches from `left` to `right` is off the page."""
    return right < MIN_VISIBLE or left > page.width - MIN_VISIBLE


def is_above_or_below_page(top: Bounds, height: float, page: PageSetup) -> bool:
    """Return whether what starts in `top` and has this height is off the page wherever it starts."""
    return top.high + height < MIN_VISIBLE or top.low > page.height - MIN_VISIBLE


def top_on_page(box: Box, page: PageSetup, column: TextFlow) -> Bounds:
    """Return where a box starts on its page, as far as that can be told."""
    if box.base is None:
        return Bounds(box.y, box.y)
    return (column.on_page(box.base, page) or Bounds(0.0, page.height)).moved(box.y)


def box_visibility(box: Box, page: PageSetup, column: TextFlow) -> Visibility:
    """Return whether anything of a box can be seen: it has a size, and some of it lies on the page."""
    if box.width < MIN_VISIBLE or box.height < MIN_VISIBLE:
        return Visibility.UNSURE if box.grows else Visibility.HIDDEN
    if box.x.high + box.width < MIN_VISIBLE or box.x.low > page.width - MIN_VISIBLE:
        return Visibility.HIDDEN
    height = page.height if box.grows else box.height
    return Visibility.HIDDEN if is_above_or_below_page(top_on_page(box, page, column), height, page) else Visibility.VISIBLE


class Overlap(Enum):
    """The position of a text relative to a box. LIKELY: within it, if its lines are as high as usual."""

    APART = 0
    PERHAPS = 1
    LIKELY = 2
    INSIDE = 3


def overlap(text: Box, other: Box, page: PageSetup, column: TextFlow) -> Overlap:
    """Return how a text, whose width and height are the most it may take, lies to another box of its page."""
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


def _below(cover: Box, text: Box, page: PageSetup, column: TextFlow) -> Bounds | None:
    """Return how far below the top of the cover the text starts; None if that cannot be told."""
    if cover.base == text.base and (cover.base is not None or column.share_page(cover.anchor, text.anchor, page)):
        return Bounds(text.y - cover.y, text.y - cover.y)
    if cover.base is not None and text.base is not None:
        distance = column.below(cover.base, text.base)
        return distance and distance.moved(text.y - cover.y)
    if not column.share_page(cover.anchor, text.anchor, page):
        return None
    upper, lower = top_on_page(cover, page, column), top_on_page(text, page, column)
    return _ordered(lower.low - upper.low, lower.high - upper.high)
