"""Read scans and photographed resumes as pages of text, recognised on this machine in a guarded process (docs/adr/0007)."""

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from preprocess.document import Document, Note, Page, Unreadable
from preprocess.guarded.client import call_reader, check_cancelled
from preprocess.guarded.document_json import decode_page

MAX_PAGES = 10
"""The most pages of a file that are recognised."""

PART = "+"
"""Follows the number of a page of which only pictures beside its text are recognised."""

_SECONDS, _SECONDS_A_PAGE = 20, 30  # of processor time; an ordinary page takes 5 to 9, twice that upside down
_CORES = os.cpu_count() or 2
_THREADS = max(1, min(4, _CORES // 2))  # the rest is for the model that ranks
_SLOTS = threading.BoundedSemaphore(max(1, min(4, _CORES // 8)))  # each takes 0.8 GB
_POLL_SECONDS = 0.5
_CLEAR = 0.965  # confidence in the worst page; of blurred and grainy ones below it, 3 to 10 characters in a hundred were wrong


@dataclass(frozen=True)
class Scan:
    """Legible pages by number (from 1), the number of all pages, and the confidence (0 to 1) in the worst legible one.

    `without_text` are numbers of pages whose pictures hold no text after all.
    """

    pages: dict[int, Page]
    total: int
    confidence: float
    without_text: frozenset[int] = frozenset()

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a person must know before trusting the text."""
        if not self.pages:
            return ()
        read = Note("read_by_ocr" if self.confidence >= _CLEAR else "read_by_ocr_unclear", count=len(self.pages))
        return (read, Note("ocr_page_cap", page=MAX_PAGES, count=self.total)) if self.total > MAX_PAGES else (read,)


def recognise(data: bytes, numbers: Sequence[int] = (), parts: Sequence[int] = ()) -> Scan:
    """Recognise these pages of a PDF (from 1; none given: all), or a picture file. Blocks for 5 to 9 s a page, and while others are read.

    Of the pages `parts`, only pictures of text are recognised, and put among the text that the page has.

    Raises Unreadable: `no_ocr` (it is not installed), `illegible` (no page has legible text), `damaged`, `needs_password`, `too_complex`,
    `reader_failed`.
    """
    while not _SLOTS.acquire(timeout=_POLL_SECONDS):
        check_cancelled()
    try:
        pages = [*map(str, numbers), *(f"{number}{PART}" for number in parts)]
        seconds = _SECONDS + _SECONDS_A_PAGE * min(MAX_PAGES, len(pages) or MAX_PAGES)
        reply = call_reader("ocr", data, str(_THREADS), str(MAX_PAGES), *pages, seconds=seconds)
    finally:
        _SLOTS.release()
    try:
        legible, total, confidence, without_text = json.loads(reply)
        pages = {int(number): decode_page(*page) for number, page in legible.items()}
        scan = Scan(pages, int(total), float(confidence), frozenset(map(int, without_text)))
    except (ValueError, TypeError, AttributeError):
        raise Unreadable("reader_failed", "reply") from None
    if not scan.pages and not scan.without_text:
        raise Unreadable("illegible")
    return scan


def read_picture(data: bytes, name: str, kind: str) -> Document:
    """Read a picture file of a resume. `kind` ("PNG") is for messages.

    Raises Unreadable: `image` (OCR is not installed), and what `recognise` raises.
    """
    try:
        scan = recognise(data)
    except Unreadable as error:
        raise (Unreadable("image", kind) if error.reason == "no_ocr" else error) from None
    return Document(name, "image", tuple(scan.pages.values()), scan.notes)
