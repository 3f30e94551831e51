"""Part what is drawn on a fixed page, in drawing order, into lines that a person sees and lines that nobody does. Knows no format."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import NamedTuple

from preprocess.document import Document, Note, Page, Unreadable, quote_notes
from preprocess.docx.colours import WHITE, Colour, is_readable
from preprocess.layout.glyphs import Glyph
from preprocess.layout.lines import read_lines
from preprocess.pdf.page_view import Rect

MAX_PAGES = 30
_MAX_GLYPHS = 30_000  # of a page; a dense one has 6,000
_MAX_AREAS = 300  # the largest ones are looked at
_MIN_SIZE = 1.0  # points; smaller letters are not seen
_SHOWN = 0.5  # of the letters of a text
_SLACK = 1.0  # points by which a cover may miss a text
_MIN_CHARACTERS, _SCAN_SHARE = 20, 0.5  # a page with fewer, and a picture over so much of it, is a scan
_MIN_SHARE, _MAX_SHARE = 0.15, 0.9  # of the page, of a picture beside text that may hold text itself; a larger one is a background


class Text(NamedTuple):
    """Glyphs of one colour (None: a pattern). `is_drawn`: false for what the file says to leave out."""

    glyphs: Sequence[Glyph]
    colour: Colour | None = (0, 0, 0)
    is_drawn: bool = True


class FilledArea(NamedTuple):
    """A shape or picture. `colour` is None where it is not the same all over; `covers`: it hides all that lies behind its rectangle."""

    rect: Rect
    colour: Colour | None
    covers: bool
    picture: str = ""
    """The path of the picture in the file."""


@dataclass
class FixedPage:
    """Everything that is drawn on one page, from back to front; its size in points."""

    width: float
    height: float
    drawn: list[Text | FilledArea]

    @cached_property
    def scan(self) -> str:
        """The path of the picture that the page is, "" if it has text of its own."""
        shown = sum(not glyph.text.isspace() for glyph in self.glyphs[0])
        largest = max(self.pictures(), key=_size, default=None)
        is_scan = largest is not None and shown < _MIN_CHARACTERS and _size(largest) >= _SCAN_SHARE * self.width * self.height
        return largest.picture if largest and is_scan else ""

    def pictures(self) -> list[FilledArea]:
        """Return the pictures on the page, from back to front."""
        return [part for part in self.drawn if isinstance(part, FilledArea) and part.picture]

    @cached_property
    def glyphs(self) -> tuple[list[Glyph], list[Glyph]]:
        """The glyphs that a person sees, and the others. Raises Unreadable `too_complex`."""
        if sum(len(part.glyphs) for part in self.drawn if isinstance(part, Text)) > _MAX_GLYPHS:
            raise Unreadable("too_complex")
        areas = sorted(
            ((index, part) for index, part in enumerate(self.drawn) if isinstance(part, FilledArea)), key=lambda entry: -_size(entry[1])
        )[:_MAX_AREAS]
        seen: list[Glyph] = []
        hidden: list[Glyph] = []
        for index, part in enumerate(self.drawn):
            if not isinstance(part, Text) or not part.glyphs:
                continue
            if not (part.is_drawn and _stands_out(part, index, areas)):
                hidden += part.glyphs
                continue
            shown, cut_off = parted(part.glyphs, self._shows)
            seen += shown
            hidden += cut_off
        return seen, hidden

    def _shows(self, glyph: Glyph) -> bool:
        is_on_page = -glyph.width < glyph.x < self.width and 0 < glyph.y < self.height + 0.8 * glyph.size
        return is_on_page and glyph.size >= _MIN_SIZE


def parted(glyphs: Sequence[Glyph], is_seen: Callable[[Glyph], bool]) -> tuple[list[Glyph], list[Glyph]]:
    """Return the glyphs of one text that are seen and those that are not. A text of which half is seen only runs over an edge: all is."""
    seen = [is_seen(glyph) for glyph in glyphs]
    is_blank = [glyph.text.isspace() for glyph in glyphs]
    letters = [flag for flag, blank in zip(seen, is_blank, strict=True) if not blank]
    if sum(letters) >= _SHOWN * max(len(letters), 1):
        return list(glyphs), []
    return [g for g, flag in zip(glyphs, seen, strict=True) if flag], [g for g, flag in zip(glyphs, seen, strict=True) if not flag]


def document_of(name: str, kind: str, pages: Sequence[FixedPage], total: int, embedded: int = 0) -> Document:
    """Return the document of the first pages of `total`. A page that is a picture is empty and has a note `page_scanned`."""
    read: list[Page] = []
    notes = [Note("page_cap", page=MAX_PAGES, count=total)] if total > MAX_PAGES else []
    for number, page in enumerate(pages, 1):
        if page.scan:
            read.append(Page((), page.width, page.height))
            notes.append(Note("page_scanned", page=number))
            continue
        seen, hidden = page.glyphs
        read.append(Page(read_lines(seen), page.width, page.height))
        notes += quote_notes("hidden_text", [line.text for line in read_lines(hidden)], number)
    if beside := sum(map(_pictures_beside_text, pages)):
        notes.append(Note("picture_not_read", count=beside))
    if embedded:
        notes.append(Note("embedded_not_read", count=embedded))
    return Document(name, kind, tuple(read), tuple(notes))


def _pictures_beside_text(page: FixedPage) -> int:
    area = max(page.width * page.height, 1.0)
    return 0 if page.scan else sum(_MIN_SHARE <= _size(part) / area < _MAX_SHARE for part in page.pictures())


def _stands_out(text: Text, index: int, areas: Sequence[tuple[int, FilledArea]]) -> bool:
    """Return whether a text differs from what lies behind it, and nothing covers it."""
    box = reduce(Rect.joined, map(_box, (text.glyphs[0], text.glyphs[-1])))
    if any(number > index and area.covers and _contains(area.rect, box) for number, area in areas):
        return False
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    around = [(number, area) for number, area in areas if number < index and _contains(area.rect, Rect(x, y, x, y))]
    behind = max(around, key=lambda entry: entry[0], default=None)
    background = behind[1].colour if behind else None if len(areas) == _MAX_AREAS else WHITE
    return text.colour is None or background is None or is_readable(text.colour, background)


def _box(glyph: Glyph) -> Rect:
    return Rect(glyph.x, glyph.y - 0.7 * glyph.size, glyph.x + glyph.width, glyph.y)


def _contains(outer: Rect, inner: Rect) -> bool:
    return (
        outer.x0 <= inner.x0 + _SLACK and outer.y0 <= inner.y0 + _SLACK and outer.x1 >= inner.x1 - _SLACK and outer.y1 >= inner.y1 - _SLACK
    )


def _size(area: FilledArea) -> float:
    return max(area.rect.x1 - area.rect.x0, 0.0) * max(area.rect.y1 - area.rect.y0, 0.0)
