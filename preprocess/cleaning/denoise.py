"""The cleaning steps in their order: Document → clean text, and a note for everything that was removed or changed.

1. fold characters, so that nothing removed later brings two halves of something together; 2. read ticked boxes, whose marks look like
bullets; 3. tidy each line; 4. take out boilerplate; 5. rejoin wrapped lines, also over page breaks, which only now are free of headers.
"""

from collections.abc import Iterable
from dataclasses import replace

from preprocess.cleaning.boilerplate import remove_boilerplate
from preprocess.cleaning.boxes import draw_boxes, read_boxes
from preprocess.cleaning.placed import Pages, has_layout
from preprocess.cleaning.reflow import rejoin
from preprocess.cleaning.tidy import tidy
from preprocess.document import Document, Line, Note, Page
from preprocess.fold import fold, folded

_MOST_NOTES = 40


def denoise(document: Document) -> tuple[str, tuple[Note, ...]]:
    """Clean text (paragraphs unwrapped, lines joined with line feeds) and what was removed or changed, at most 40 notes.

    Linear in the size of the document; never raises. Documents without layout are cleaned by the rules that need no positions, and
    cleaning such a text again does not change it.
    """
    changes: list[Note] = []
    pages = tuple(_page(page, number, changes) for number, page in enumerate(document.pages, 1))
    cleaned = remove_boilerplate(pages)
    lines, joins = _reflowed(_single_blanks(cleaned.pages))
    return "\n".join([*cleaned.before, *lines, *cleaned.after]), _bounded([*_added_up([*cleaned.notes, *changes]), *joins])


def _page(page: Page, number: int, notes: list[Note]) -> Page:
    drawn = replace(page, lines=tuple(replace(line, text=draw_boxes(line.text)) for line in page.lines))
    read = read_boxes(_folded(drawn, number, notes), number if page.height else None, notes)
    return _tidied(read, number, notes)


def _folded(page: Page, number: int, notes: list[Note]) -> Page:
    notes += folded("\n".join(line.text for line in page.lines), number if page.height else None)
    return replace(page, lines=tuple(replace(line, text=text) for line in page.lines for text in fold(_hyphenated(line.text)).split("\n")))


def _hyphenated(text: str) -> str:
    """A soft hyphen shows only at the end of a line; there it is a hyphen."""
    text = text.rstrip()
    return text[:-1] + "-" if text.endswith("\xad") else text


def _tidied(page: Page, number: int, notes: list[Note]) -> Page:
    """The page with tidy lines. Lines that only separate become blank lines, in a layout nothing."""
    lines: list[Line] = []
    for line in page.lines:
        text, changes = tidy(line.text)
        notes += (Note(code, number if page.height else None, before, after) for code, before, after in changes)
        if text or not has_layout(page, line):
            lines.append(line if text == line.text else replace(line, text=text))
    return replace(page, lines=tuple(lines))


def _reflowed(pages: Pages) -> tuple[list[str], list[Note]]:
    """Rejoined lines. In a text without layout what looks wrapped may not be: if the result looks wrapped again, nothing is joined."""
    joined, notes = rejoin(pages)
    if not notes:
        return joined, []
    lines = _tidy_again(joined)
    if any(has_layout(page, line) for page in pages for line in page.lines) or _tidy_again(rejoin(_without_layout(lines))[0]) == lines:
        return lines, notes
    return [line.text for page in pages for line in page.lines], []


def _tidy_again(lines: list[str]) -> list[str]:
    pages = _single_blanks(_without_layout([tidy(line)[0] for line in lines]))
    return [line.text for page in pages for line in page.lines]


def _without_layout(lines: Iterable[str]) -> Pages:
    return (Page(tuple(Line(line) for line in lines)),)


def _single_blanks(pages: Pages) -> Pages:
    """The pages with no blank lines at the start and the end of the document and never two in a row."""
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
    """Notes that say the same of the same text as one, with the first page and the number of all."""
    sums: dict[tuple[str, str, str], Note] = {}
    for note in notes:
        key = (note.code, note.before, note.after)
        sums[key] = replace(sums[key], count=sums[key].count + note.count) if key in sums else note
    return list(sums.values())


def _bounded(notes: list[Note]) -> tuple[Note, ...]:
    if len(notes) <= _MOST_NOTES:
        return tuple(notes)
    rest = notes[_MOST_NOTES - 1 :]
    return (*notes[: _MOST_NOTES - 1], Note("more_changes", count=sum(note.count for note in rest)))
