"""Read the files in a PDF portfolio into one Document; its own page only says which viewer to get."""

import json
from collections.abc import Callable
from dataclasses import replace

from preprocess.document import Document, Note, Unreadable
from preprocess.guarded.client import call_reader

_MAX_FILES = 10
_MAX_BYTES = 60_000_000


def read_portfolio(data: bytes, name: str, read: Callable[[bytes, str], Document]) -> Document:
    """Read the files of a portfolio one after the other into one Document. `read` reads one of them.

    Raises Unreadable: `pdf_portfolio` where none of them can be read, and what `call_reader` raises.
    """
    try:
        names = [str(file) for file in json.loads(call_reader("pdf_attachment_names", data))]
    except (ValueError, TypeError):
        raise Unreadable("reader_failed", "reply") from None
    pages, notes, count = [], [], 0
    for index, file in enumerate(names[:_MAX_FILES]):
        try:
            document = read(call_reader("pdf_attachment", data, str(index), max_answer=_MAX_BYTES), file)
        except Unreadable:
            continue
        notes += [replace(note, page=note.page + len(pages)) if note.page else note for note in document.notes]
        pages += document.pages
        count += 1
    if not count:
        raise Unreadable("pdf_portfolio")
    notes.append(Note("portfolio", count=count))
    if count < len(names):
        notes.append(Note("embedded_not_read", count=len(names) - count))
    return Document(name, "pdf", tuple(pages), tuple(notes))
