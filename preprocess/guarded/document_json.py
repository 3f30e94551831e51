"""Convert a Document to compact JSON and back, for the pipe from a guarded reader to the server, which validates all it gets."""

import json
import math
from typing import Any

from preprocess.document import Document, Line, Note, Page, Unreadable


def encode_document(document: Document) -> bytes:
    """Return the document as JSON bytes, without its name; a line without a box is only its text."""
    pages = [encode_page(page) for page in document.pages]
    notes = [[note.code, note.page, note.before, note.after, note.count] for note in document.notes]
    return json.dumps([document.kind, pages, notes], ensure_ascii=False).encode("utf-8", "surrogatepass")


def decode_document(data: bytes, name: str) -> Document:
    """Return the document that `encode_document` wrote, under `name`. Raises Unreadable `reader_failed` for anything else."""
    try:
        kind, pages, notes = json.loads(data.decode("utf-8", "surrogatepass"))
        return Document(name, _text(kind), tuple(decode_page(*page) for page in pages), tuple(_decode_note(*note) for note in notes))
    except (ValueError, TypeError, RecursionError):
        raise Unreadable("reader_failed", "reply") from None


def encode_page(page: Page) -> list[Any]:
    """Return one page as plain data for JSON."""
    return [page.width, page.height, [_encode_line(line) for line in page.lines]]


def decode_page(width: Any, height: Any, lines: Any) -> Page:
    """Return the page that `encode_page` wrote. Raises ValueError or TypeError for anything else."""
    return Page(tuple(_decode_line(line) for line in lines), _number(width), _number(height))


def _encode_line(line: Line) -> str | list[Any]:
    box = [line.x0, line.y0, line.x1, line.y1, line.size, line.angle, *(line.cell or ())]
    return [line.text, *box] if any(box) else line.text


def _decode_line(line: Any) -> Line:
    if isinstance(line, str):
        return Line(line)
    text, *box = line
    x0, y0, x1, y1, size, angle, *cell = map(_number, box)
    return Line(_text(text), x0, y0, x1, y1, size, angle, (cell[0], cell[1]) if len(cell) == 2 else None)


def _decode_note(code: Any, page: Any, before: Any, after: Any, count: Any) -> Note:
    return Note(_text(code), page if page is None else int(page), _text(before), _text(after), int(count))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError
    return value
