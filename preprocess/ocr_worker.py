"""What a guarded process does with one scan: recognise its text."""

import contextlib
import resource
from collections.abc import Sequence
from typing import Any

from preprocess.document import Page, Unreadable
from preprocess.document_json import packed_page
from preprocess.layout import read_lines
from preprocess.ocr_boxes import glyphs
from preprocess.ocr_pictures import Picture, is_blank, pdf_pages, picture_pages

_SECONDS, _SECONDS_A_PAGE = 20, 30  # of processor time; an ordinary page takes 5 to 9, twice that upside down
_LEGIBLE = 0.8  # confidence in a page; below it every tenth character or more was wrong
_FEWEST_CHARACTERS = 20  # on a page; a stamp of the scanning app, or all that could be made out of a blurred one


def read_scan(data: bytes, threads: str, max_pages: str, *numbers: str) -> list[Any]:
    """Pages by number, how many there were, and the confidence: what `read` returns, as plain data. Raises Unreadable, also `no_ocr`."""
    try:
        return read(data, [int(number) for number in numbers], int(max_pages), int(threads))
    except ImportError:
        raise Unreadable("no_ocr") from None


def read(data: bytes, numbers: Sequence[int], max_pages: int, threads: int) -> list[Any]:
    """Of the pages `numbers` of a PDF (none: all), or of a picture file, the first `max_pages`, as far as they have legible text.

    Then how many pages there were to read, and how sure the model is of the worst of those that it read.
    """
    pages = pdf_pages(data, numbers) if b"%PDF-" in data[:1024] else picture_pages(data)
    _bound_seconds(_SECONDS + _SECONDS_A_PAGE * min(max_pages, len(pages)))
    read = {}
    for number, drawn in list(zip(numbers or range(1, len(pages) + 1), pages, strict=True))[:max_pages]:
        page, confidence = _page(drawn(), threads)
        if confidence >= _LEGIBLE and sum(len(line.text) for line in page.lines) >= _FEWEST_CHARACTERS:
            read[number] = page, confidence
    worst = min((confidence for _, confidence in read.values()), default=0.0)
    return [{number: packed_page(page) for number, (page, _) in read.items()}, len(pages), worst]


def _bound_seconds(seconds: int) -> None:
    """Give fewer pages less processor time than this process has for most."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _page(picture: Picture | None, threads: int) -> tuple[Page, float]:
    if picture is None or is_blank(picture.image):
        return Page(()), 0.0
    from preprocess.ocr_recognition import confidence, recognise  # takes a second, and is not there on every machine

    boxes, image = recognise(picture.image, threads)
    lines = read_lines(glyphs(boxes, picture.zoom))
    return Page(lines, image.width / picture.zoom, image.height / picture.zoom), confidence(boxes)
