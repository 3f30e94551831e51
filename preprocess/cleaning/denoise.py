"""Clean a Document into text, with a note for everything removed or changed: the cleaning steps in order.

1. fold characters, so that nothing removed later joins two halves of something; 2. read ticked boxes, whose marks look like
bullets; 3. tidy each line, and join headings written downwards; 4. remove boilerplate; 5. put columns together that go on on the next
page; 6. rejoin wrapped lines, also over page breaks, which only now are free of headers.
"""

from collections.abc import Iterable
from dataclasses import replace

from preprocess.cleaning.boilerplate import remove_boilerplate
from preprocess.cleaning.boxes import draw_boxes, read_boxes
from preprocess.cleaning.placed import Pages, has_layout
from preprocess.cleaning.reflow import rejoin
from preprocess.cleaning.stacked_lines import join_stacked
from preprocess.cleaning.tidy import tidy
from preprocess.cleaning.torn_columns import with_whole_columns
from preprocess.cleaning.wide_sheets import with_whole_rows
from preprocess.document import Document, Line, Note, Page
from preprocess.fold import fold, fold_notes

_MAX_NOTES = 40
_WRAPPED = frozenset({"pdf", "ofd", "xps", "image", "text", "mail"})
"""Kinds of documents in which a line may end anywhere; in all others lines are paragraphs."""


def denoise(document: Document) -> tuple[str, tuple[Note, ...]]:
    """Return the clean text (paragraphs unwrapped, lines joined with line feeds) and what was removed or changed, at most 40 notes.

    Linear in the size of the document; never raises. Documents without layout are cleaned by the rules that need no positions, and cleaning
    such a text again does not change it.
    """
    changes: list[Note] = []
    pages = tuple(_page(page, number, changes) for number, page in enumerate(document.pages, 1))
    cleaned = remove_boilerplate(pages)
    lines, joins = _reflowed(_single_blanks(with_whole_rows(with_whole_columns(cleaned.pages))), document.kind in _WRAPPED)
    return "\n".join([*cleaned.before, *lines, *cleaned.after]), _bounded([*_added_up([*cleaned.notes, *changes]), *joins])


def _page(page: Page, number: int, notes: list[Note]) -> Page:
    drawn = replace(page, lines=tuple(replace(line, text=draw_boxes(line.text)) for line in page.lines))
    read = read_boxes(_folded(drawn, number, notes), number if page.height else None, notes)
    return _tidied(read, number, notes)


def _folded(page: Page, number: int, notes: list[Note]) -> Page:
    notes += fold_notes("\n".join(line.text for line in page.lines), number if page.height else None)
    return replace(page, lines=tuple(replace(line, text=text) for line in page.lines for text in fold(_hyphenated(line.text)).split("\n")))


def _hyphenated(text: str) -> str:
    """Replace a soft hyphen at the end of a line by a hyphen: only there is it visible."""
    text = text.rstrip()
    return text[:-1] + "-" if text.endswith("\xad") else text


def _tidied(page: Page, number: int, notes: list[Note]) -> Page:
    """Return the page with tidy lines. Lines that only separate become blank lines, in a layout they are removed."""
    lines: list[Line] = []
    for line in page.lines:
        text, changes = tidy(line.text)
        notes += (Note(code, number if page.height else None, before, after) for code, before, after in changes)
        if text or not has_layout(page, line):
            lines.append(line if text == line.text else replace(line, text=text))
    joined, closed = join_stacked(lines)
    notes += (Note("letter_spacing_closed", number if page.height else None, before, after) for before, after in closed)
    return replace(page, lines=tuple(joined))


def _reflowed(pages: Pages, may_be_wrapped: bool) -> tuple[list[str], list[Note]]:
    """Rejoin lines. Without layout what looks wrapped may not be: if the result looks wrapped again, nothing is joined."""
    joined, notes = rejoin(pages, may_be_wrapped)
    if not notes:
        return joined, []
    lines = _tidy_again(joined)
    if (
        any(has_layout(page, line) for page in pages for line in page.lines)
        or _tidy_again(rejoin(_without_layout(lines), may_be_wrapped)[0]) == lines
    ):
        return lines, notes
    return [line.text for page in pages for line in page.lines], []


def _tidy_again(lines: list[str]) -> list[str]:
    pages = _single_blanks(_without_layout([tidy(line)[0] for line in lines]))
    return [line.text for page in pages for line in page.lines]


def _without_layout(lines: Iterable[str]) -> Pages:
    return (Page(tuple(Line(line) for line in lines)),)


def _single_blanks(pages: Pages) -> Pages:
    """Return the pages without blank lines at the start and end of the document and without two in a row."""
    kept: list[list[Line]] = []
    blank: Line | None = None
    is_begun = False
    for page in pages:
        kept.append([])
        for line in page.lines:
            if not line.text:
                blank = line
                continue
            if blank and is_begun:
                kept[-1].append(blank)
            kept[-1].append(line)
            blank, is_begun = None, True
    return tuple(replace(page, lines=tuple(lines)) for page, lines in zip(pages, kept, strict=True))


def _added_up(notes: Iterable[Note]) -> list[Note]:
    """Merge notes that say the same of the same text, with the first page and the total count."""
    sums: dict[tuple[str, str, str], Note] = {}
    for note in notes:
        key = (note.code, note.before, note.after)
        sums[key] = replace(sums[key], count=sums[key].count + note.count) if key in sums else note
    return list(sums.values())


def _bounded(notes: list[Note]) -> tuple[Note, ...]:
    if len(notes) <= _MAX_NOTES:
        return tuple(notes)
    rest = notes[_MAX_NOTES - 1 :]
    return (*notes[: _MAX_NOTES - 1], Note("more_changes", count=sum(note.count for note in rest)))
