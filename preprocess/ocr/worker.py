"""Recognise the text of scans, as the guarded reader of them."""

from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium

from preprocess.document import Page, Unreadable
from preprocess.guarded.document_json import encode_page
from preprocess.layout.lines import read_lines
from preprocess.ocr.boxes import MIN_CONFIDENCE, RecognisedLine, glyphs, tilt
from preprocess.ocr.parts import RecognisedPart, merged, parts_of
from preprocess.ocr.pictures import Picture, is_blank, pdf_pages, picture_pages
from preprocess.ocr.reader import PART
from preprocess.pdf.text import open_pdf

try:
    from preprocess.ocr import recognition as ocr_recognition  # before the process is confined
    from preprocess.ocr.drawn_lines import drawn_lines, upright
except ImportError:  # it is not there on every machine
    ocr_recognition = None

_LEGIBLE = 0.8  # confidence in a page; below it every tenth character or more was wrong
_MIN_CHARACTERS = 20  # on a page; a stamp of the scanning app, or all that could be made out of a blurred one


def read_scan(data: bytes, threads: str, max_pages: str, *numbers: str) -> list[Any]:
    """Recognise the first `max_pages` of the pages `numbers` of a PDF (none: all), or of a picture file; PART after a number: see parts.py.

    Return the legible pages by number, the number of pages there were to read, the model's confidence in the worst legible one, and the
    numbers of pages whose pictures hold no text. Raises Unreadable, also `no_ocr`.
    """
    whole = [int(number) for number in numbers if not number.endswith(PART)]
    parts = [int(number.removesuffix(PART)) for number in numbers if number.endswith(PART)]
    legible, total = read(data, whole, int(max_pages), int(threads)) if whole or not parts else ({}, 0)
    more, without_text = read_parts(data, parts[: int(max_pages) - min(len(whole), int(max_pages))], int(threads))
    legible |= more
    worst = min((confidence for _, confidence in legible.values()), default=0.0)
    return [{number: encode_page(page) for number, (page, _) in legible.items()}, total, worst, without_text]


def read(data: bytes, numbers: Sequence[int], max_pages: int, threads: int) -> tuple[dict[int, tuple[Page, float]], int]:
    """Return the legible pages of the first `max_pages` with the confidence in each, and the number of pages there were to read."""
    pages = pdf_pages(data, numbers) if b"%PDF-" in data[:1024] else picture_pages(data)
    legible = {}
    for number, render in list(zip(numbers or range(1, len(pages) + 1), pages, strict=True))[:max_pages]:
        page, confidence = _page(render(), threads)
        if confidence >= _LEGIBLE and sum(len(line.text) for line in page.lines) >= _MIN_CHARACTERS:
            legible[number] = page, confidence
    return legible, len(pages)


def read_parts(data: bytes, numbers: Sequence[int], threads: int) -> tuple[dict[int, tuple[Page, float]], list[int]]:
    """Return the pages of a PDF whose pictures of text are legible, with the confidence in them, and the numbers of those without any."""
    legible: dict[int, tuple[Page, float]] = {}
    without_text: list[int] = []
    document = open_pdf(data) if numbers else None
    for number in numbers:
        assert document
        try:
            page, parts = parts_of(document, number - 1)
        except (pdfium.PdfiumError, Unreadable):
            continue
        boxes: list[RecognisedLine] = []
        recognised: list[RecognisedPart] = []
        for part in parts:
            if not ocr_recognition:
                raise Unreadable("no_ocr")
            lines, image = ocr_recognition.recognise(part.picture.image, threads)
            boxes += lines
            recognised.append(RecognisedPart(glyphs(lines, part.picture.zoom), part.box, image is not part.picture.image))
        clear = [box for box in boxes if box.confidence >= MIN_CONFIDENCE]
        confidence = ocr_recognition.confidence(clear) if ocr_recognition else 0.0
        if confidence >= _LEGIBLE:
            legible[number] = merged(page, recognised), confidence
        elif sum(len(box.text) for box in boxes) < _MIN_CHARACTERS:
            without_text.append(number)
    return legible, without_text


def _page(picture: Picture | None, threads: int) -> tuple[Page, float]:
    if picture is None or is_blank(picture.image):
        return Page(()), 0.0
    if not ocr_recognition:
        raise Unreadable("no_ocr")
    boxes, image = ocr_recognition.recognise(upright(picture.image), threads)
    lines = read_lines(glyphs(boxes, picture.zoom), drawn_lines(image, tilt(boxes), picture.zoom))
    return Page(lines, image.width / picture.zoom, image.height / picture.zoom), ocr_recognition.confidence(boxes)
