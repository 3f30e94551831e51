"""The parts of an office file → Document: headers first, then the body and its notes, then footers, each said once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from preprocess.cleaning.page_numbers import page_number
from preprocess.document import Document, Line, Note, Page, quote_notes
from preprocess.office.blocks import PAGE, Block, Lines, Surface


@dataclass
class Parts:
    """The blocks of one file by where they stand; `notes` are footnotes and endnotes."""

    body: Sequence[Block]
    headers: Sequence[Block] = ()
    footers: Sequence[Block] = ()
    notes: Sequence[Block] = ()
    page: Surface = field(default=PAGE)


def assemble(name: str, kind: str, parts: Parts) -> Document:
    """Return the Document, without page numbers in headers and footers, and with notes on hidden text."""
    lines = Lines(parts.page)
    body = [*lines.of(parts.body), *lines.of(parts.notes)]
    notes: list[Note] = []
    said = set(body)
    headers, footers = (_around(lines.of(blocks), said, notes) for blocks in (parts.headers, parts.footers))
    notes += [*quote_notes("hidden_text", lines.hidden), *quote_notes("hidden_unsure", lines.unsure)]
    page = Page(tuple(Line(line) for line in (*headers, *body, *footers)))
    return Document(name, kind, (page,), tuple(notes))


def _around(lines: list[str], said: set[str], notes: list[Note]) -> list[str]:
    """Return the lines of headers or footers that are not `said` yet and are no page numbers."""
    kept = []
    for line in lines:
        if line in said:
            continue
        said.add(line)
        if page_number(line):
            notes.append(Note("page_number", before=line))
        else:
            kept.append(line)
    return kept
