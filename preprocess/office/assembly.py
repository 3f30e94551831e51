"""Assemble a Document from the parts of an office file: headers first, then the body and its notes, then footers, each said once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from preprocess.cleaning.page_numbers import page_number, without_worded_page_number
from preprocess.document import Document, Note, quote_notes
from preprocess.docx.embedded.page_pictures import PagePicture, PictureCollector, picture_notes, with_pictures
from preprocess.office.blocks import PAGE, Block, Lines, PictureBlock, Surface


@dataclass
class Parts:
    """The blocks of one file by where they stand; `notes` are footnotes and endnotes."""

    body: Sequence[Block]
    headers: Sequence[Block] = ()
    footers: Sequence[Block] = ()
    notes: Sequence[Block] = ()
    page: Surface = field(default=PAGE)
    pictures: PictureCollector | None = None
    """Takes the pictures of the body; None where pictures are not read."""


def assemble(name: str, kind: str, parts: Parts) -> Document:
    """Return the Document, without page numbers in headers and footers, and with notes on hidden text.

    A picture that may hold text is an empty Page between two others, with its size and a note `picture_not_read`, to be recognised.
    """
    lines = Lines(parts.page)
    body = lines.of(parts.body)
    placed = list(lines.pictures)
    body += lines.of(parts.notes)
    notes: list[Note] = []
    said = set(body)
    headers, footers = (around_body(lines.of(blocks), said, notes) for blocks in (parts.headers, parts.footers))
    notes += [*quote_notes("hidden_text", lines.hidden), *quote_notes("hidden_unsure", lines.unsure)]
    shown = [*headers, *body, *footers]
    pages = with_pictures(shown, _with_text(placed, parts.pictures, shown), len(headers))
    notes += picture_notes(pages)
    return Document(name, kind, pages, tuple(notes))


def _with_text(placed: list[tuple[int, PictureBlock]], pictures: PictureCollector | None, shown: list[str]) -> list[PagePicture]:
    """Return the pictures that may hold text, where pictures are read."""
    if pictures is None:
        return []
    for position, block in placed:
        pictures.put(PagePicture(position, block.path, block.crop, block.width, block.height), block.share, block.is_behind)
    return pictures.with_text(len("\n".join(shown)))


def around_body(lines: list[str], said: set[str], notes: list[Note]) -> list[str]:
    """Return the lines of headers or footers that are not `said` yet and are no page numbers."""
    kept = []
    for line in lines:
        if line in said:
            continue
        said.add(line)
        if page_number(line):
            notes.append(Note("page_number", before=line))
            continue
        without, number = without_worded_page_number(line)
        notes += [Note("page_number", before=number)] if number else []
        kept.append(without)
    return kept
