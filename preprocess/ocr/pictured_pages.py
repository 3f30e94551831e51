"""Recognise the pages of a document that are pictures: a scan pasted into a Word file or mail, a scanned OFD."""

from collections.abc import Iterable
from itertools import groupby

from preprocess.document import Document, Note, Page, Unreadable
from preprocess.guarded.client import call_reader
from preprocess.ocr.reader import MAX_PAGES, Scan, recognise

_PAGE, _PART = "page_scanned", "picture_not_read"
"""Notes of the readers on a page that is a picture: one of the file's pages, or a picture that takes part of one."""

_MAX_BYTES = 40_000_000
_LARGE = 0.4 * 595 * 842  # square points; a smaller picture that is illegible is a photograph


def with_recognised_pages(document: Document, data: bytes, kind: str) -> Document:
    """Return the document with its pages that are pictures recognised; notes remain on those that could not be. Blocks for seconds each.

    `kind` is that of the file, as `kind_of` returns it.

    Raises Unreadable: `image` (there is no text, and OCR is not installed), `illegible` (there is no text, and no legible picture).
    """
    numbers = [note.page for note in document.notes if note.code in (_PAGE, _PART) and note.page]
    if not numbers:
        return document
    scans: dict[int, Scan] = {}
    reasons: dict[int, str] = {}
    for index, number in enumerate(numbers[:MAX_PAGES]):
        try:
            scans[number] = _recognised(data, kind, index)
        except Unreadable as error:
            reasons[number] = error.reason
    if not scans and not any(line.text.strip() for page in document.pages for line in page.lines):
        raise Unreadable(*(("image", document.kind.upper()) if "no_ocr" in reasons.values() else ("illegible",)))
    pages = [(number, scans[number].pages.values() if number in scans else [page]) for number, page in enumerate(document.pages, 1)]
    notes = [note for note in document.notes if note.code not in (_PAGE, _PART)]
    notes += _remaining(document, reasons)
    if scans:
        worst = min(scan.confidence for scan in scans.values())
        notes += Scan({number: scan.pages[min(scan.pages)] for number, scan in scans.items()}, len(numbers), worst).notes
    return Document(document.name, document.kind, _joined(page for _, read in pages for page in read), tuple(notes))


def _recognised(data: bytes, kind: str, index: int) -> Scan:
    picture = call_reader("picture", data, kind, str(index), max_answer=_MAX_BYTES)
    if not picture:
        raise Unreadable("image_kind")
    return recognise(picture)


def _remaining(document: Document, reasons: dict[int, str]) -> list[Note]:
    """Return the notes on pages that could not be read, and one on all pictures."""
    unread = [note for note in document.notes if note.page in reasons]
    notes = [note for note in unread if note.code == _PAGE]
    pictures = [note.page for note in unread if note.code == _PART and note.page]
    missing = [number for number in pictures if reasons[number] != "illegible" or _is_large(document.pages[number - 1])]
    return [*notes, Note(_PART, count=len(missing))] if missing else notes


def _is_large(page: Page) -> bool:
    return page.width * page.height >= _LARGE


def _joined(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Return the pages with those without layout that follow one another as one; a picture in between that says nothing parts none."""
    joined: list[Page] = []
    for has_layout, group in groupby((page for page in pages if page.lines), key=lambda page: page.height > 0):
        run = list(group)
        joined += run if has_layout else [Page(tuple(line for page in run for line in page.lines))]
    return tuple(joined)
