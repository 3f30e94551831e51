"""The guarded reader of scans: recognises their text."""

from collections.abc import Sequence
from typing import Any

from preprocess.document import Page, Unreadable
from preprocess.guarded.document_json import encode_page
from preprocess.layout.lines import read_lines
from preprocess.ocr.boxes import glyphs
from preprocess.ocr.pictures import Picture, is_blank, pdf_pages, picture_pages

try:
    from preprocess.ocr import recognition as ocr_recognition  # before the process is confined
except ImportError:  # it is not there on every machine
    ocr_recognition = None

_LEGIBLE = 0.8  # confidence in a page; below it every tenth character or more was wrong
_MIN_CHARACTERS = 20  # on a page; a stamp of the scanning app, or all that could be made out of a blurred one


def read_scan(data: bytes, threads: str, max_pages: str, *numbers: str) -> list[Any]:
    """Return what `read` returns, with string arguments, as plain data. Raises Unreadable, also `no_ocr`."""
    return read(data, [int(number) for number in numbers], int(max_pages), int(threads))


def read(data: bytes, numbers: Sequence[int], max_pages: int, threads: int) -> list[Any]:
    """Recognise the first `max_pages` of the pages `numbers` of a PDF (none: all), or of a picture file.

    Return the legible pages by number, the number of pages there were to read, and the model's confidence in the worst legible one.
    """
    pages = pdf_pages(data, numbers) if b"%PDF-" in data[:1024] else picture_pages(data)
    legible = {}
    for number, render in list(zip(numbers or range(1, len(pages) + 1), pages, strict=True))[:max_pages]:
        page, confidence = _page(render(), threads)
        if confidence >= _LEGIBLE and sum(len(line.text) for line in page.lines) >= _MIN_CHARACTERS:
            legible[number] = page, confidence
    worst = min((confidence for _, confidence in legible.values()), default=0.0)
    return [{number: encode_page(page) for number, (page, _) in legible.items()}, len(pages), worst]


def _page(picture: Picture | None, threads: int) -> tuple[Page, float]:
    if picture is None or is_blank(picture.image):
        return Page(()), 0.0
    if not ocr_recognition:
        raise Unreadable("no_ocr")
    boxes, image = ocr_recognition.recognise(picture.image, threads)
    lines = read_lines(glyphs(boxes, picture.zoom))
    return Page(lines, image.width / picture.zoom, image.height / picture.zoom), ocr_recognition.confidence(boxes)
