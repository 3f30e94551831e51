"""Read a PDF into a Document, by one guarded process per file (docs/adr/0003), and another for pages without text."""

from preprocess.document import Document, Note, Unreadable
from preprocess.guarded.client import MAX_CHARACTERS, read_guarded
from preprocess.ocr.reader import MAX_PAGES, recognise

_WITHOUT_TEXT = {"page_scanned", "page_garbled"}
_PART = "page_part_not_read"


def read_pdf(data: bytes, name: str, max_characters: int = MAX_CHARACTERS) -> Document:
    """Read up to 30 pages of a PDF into lines in reading order. Blocking, thread-safe.

    Pages without usable text go through OCR, which takes seconds each, and so do pictures of text on other pages.

    Raises Unreadable: `needs_password`, `damaged`, `too_complex` (a limit on size, memory or time was reached), `illegible`, `scanned` (no
    text layer) and `garbled` (fonts that do not say which characters they draw) where OCR is not installed, `too_long`, `reader_failed`.
    """
    try:
        document = read_guarded("pdf", data, name, max_characters)
    except Unreadable as error:
        if error.reason not in ("scanned", "garbled"):
            raise
        return _recognised(data, name, error)
    return _completed(document, data)


def _recognised(data: bytes, name: str, without_text: Unreadable) -> Document:
    """Return the whole document by OCR."""
    try:
        scan = recognise(data)
    except Unreadable as error:
        raise (without_text if error.reason == "no_ocr" else error) from None
    missing = [number for number in range(1, min(scan.total, MAX_PAGES) + 1) if number not in scan.pages]
    return Document(name, "pdf", tuple(scan.pages.values()), (*scan.notes, *(Note("page_scanned", page=number) for number in missing)))


def _completed(document: Document, data: bytes) -> Document:
    """Return the document with its pages without text, and pictures of text, read by OCR; notes remain for what OCR cannot read either."""
    numbers = [note.page for note in document.notes if note.code in _WITHOUT_TEXT and note.page]
    parts = [note.page for note in document.notes if note.code == _PART and note.page]
    if not numbers and not parts:
        return document
    try:
        scan = recognise(data, numbers, parts)
    except Unreadable:
        return document
    pages = tuple(scan.pages.get(number, page) for number, page in enumerate(document.pages, 1))
    read = {*scan.pages, *scan.without_text, *numbers[MAX_PAGES:]}
    notes = [note for note in document.notes if note.code not in (*_WITHOUT_TEXT, _PART) or note.page not in read]
    return Document(document.name, "pdf", pages, (*notes, *scan.notes))
