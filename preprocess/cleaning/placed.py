"""Give the finders of boilerplate the positions of lines: layout, margins, repetition over pages, and removing lines."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from preprocess.document import Line, Note, Page

MARGIN = 0.08  # of the page's height, at its top and bottom: where headers, footers and page numbers are
WIDER_MARGIN = 0.13  # where a header of several lines, or a page number that stands outermost, may reach
SAME_PLACE = 3.0  # points

CELL_GAP = re.compile(r"\s{2,}")
_MIN_SHARE_OF_PAGES = 0.6

Pages = tuple[Page, ...]
Place = tuple[int, int]
"""A page and a line on it, counted from 0."""


def has_layout(page: Page, line: Line) -> bool:
    """Return whether the line's position on the page is known (not in DOCX, text, and PDFs that only the fallback could read)."""
    return page.height > 0 and line.y1 > line.y0


def in_margin(page: Page, line: Line, share: float) -> bool:
    """Return whether the middle of the line is in the outer `share` of the page's height, at the top or bottom."""
    middle = (line.y0 + line.y1) / 2
    return not share * page.height < middle < (1 - share) * page.height


def upright_lines(pages: Pages) -> Iterator[tuple[Place, Line]]:
    """Yield every line that has a position and is not turned."""
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            if not line.angle and has_layout(page, line):
                yield (number, index), line


def on_most_pages(places: Iterable[Place], pages: Pages) -> bool:
    """Return whether the places are on at least two pages and on most of all."""
    count = len({page for page, _ in places})
    return count >= 2 and count >= _MIN_SHARE_OF_PAGES * len(pages)


def replace_lines(pages: Pages, texts: Mapping[Place, str]) -> Pages:
    """Return the pages with new texts at these places; a line whose new text is empty is removed."""
    if not texts:
        return pages
    return tuple(
        replace(
            page,
            lines=tuple(
                replace(line, text=text) if (text := texts.get((number, index), line.text)) != line.text else line
                for index, line in enumerate(page.lines)
                if texts.get((number, index)) != ""
            ),
        )
        for number, page in enumerate(pages)
    )


def remove_cell(text: str, cell: str) -> str:
    """Return a row without one of its cells."""
    return "  ".join(part for part in CELL_GAP.split(text.strip()) if part != cell)


def removal_note(code: str, text: str, places: Iterable[Place], pages: Pages) -> Note:
    """Return the note that a text was removed at these places."""
    numbers = [page for page, _ in places]
    first = min(numbers)
    return Note(code, first + 1 if pages[first].height else None, text, "", len(numbers))
