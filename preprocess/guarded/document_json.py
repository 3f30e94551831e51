"""A Document as compact JSON, for the pipe between a guarded reader and the server, which believes nothing of what it gets there."""

import json
import math
from typing import Any

from preprocess.document import Document, Line, Note, Page, Unreadable


def packed(document: Document) -> bytes:
    """Return the document without its name; a line without a box is only its text."""
    pages = [packed_page(page) for page in document.pages]
    notes = [[note.code, note.page, note.before, note.after, note.count] for note in document.notes]
    return json.dumps([document.kind, pages, notes], ensure_ascii=False).encode("utf-8", "surrogatepass")


def unpacked(data: bytes, name: str) -> Document:
    """Return the document of that name. Raises Unreadable `reader_failed` for anything but what `packed` writes."""
    try:
        kind, pages, notes = json.loads(data.decode("utf-8", "surrogatepass"))
        return Document(name, _text(kind), tuple(unpacked_page(*page) for page in pages), tuple(_note(*note) for note in notes))
    except (ValueError, TypeError, RecursionError):
        raise Unreadable("reader_failed", "reply") from None


def packed_page(page: Page) -> list[Any]:
    """Return one page as plain data."""
    return [page.width, page.height, [_packed_line(line) for line in page.lines]]


def unpacked_page(width: Any, height: Any, lines: Any) -> Page:
    """Return the page that `packed_page` wrote. Raises ValueError or TypeError for anything else."""
    return Page(tuple(_line(line) for line in lines), _number(width), _number(height))


def _packed_line(line: Line) -> str | list[Any]:
    box = [line.x0, line.y0, line.x1, line.y1, line.size, line.angle]
    return [line.text, *box] if any(box) else line.text


def _line(line: Any) -> Line:
    if isinstance(line, str):
        return Line(line)
    text, *box = line
    return Line(_text(text), *map(_number, box))


def _note(code: Any, page: Any, before: Any, after: Any, count: Any) -> Note:
    return Note(_text(code), page if page is None else int(page), _text(before), _text(after), int(count))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError
    return value
