"""Draw the pages of a PDF or of a picture file as pictures for people to look at. In guarded processes only."""

import io

import pypdfium2 as pdfium

from preprocess.document import Unreadable
from preprocess.ocr.pictures import Pages, pdf_pages, picture_pages
from preprocess.pdf.text import open_pdf

MAX_PAGES = 30
"""As many as are read."""

_MAX_WIDTH, _MAX_HEIGHT = 1600, 8000  # pixels
_QUALITY = 82


def page_sizes(data: bytes) -> tuple[list[tuple[float, float]], int]:
    """Return width and height in points of each of the first MAX_PAGES pages as it is shown, and the number of all pages.

    A damaged page has the size 0. Raises Unreadable.
    """
    if _is_pdf(data):
        try:
            document = open_pdf(data)
        except pdfium.PdfiumError:
            raise Unreadable("damaged") from None
        return [_pdf_size(document, index) for index in range(min(MAX_PAGES, len(document)))], len(document)
    pages = picture_pages(data)
    pictures = [page() for page in pages[:MAX_PAGES]]
    sizes = [(picture.image.width / picture.zoom, picture.image.height / picture.zoom) if picture else (0.0, 0.0) for picture in pictures]
    return sizes, len(pages)


def page_picture(data: bytes, number: str) -> bytes:
    """Return a page (from 0) as a JPEG of at most 1600 pixels in width. Raises Unreadable, `damaged` for a page that is not there."""
    index = int(number)
    pages = _pages(data)
    picture = pages[index]() if index < min(len(pages), MAX_PAGES) else None
    if picture is None:
        raise Unreadable("damaged")
    picture.image.thumbnail((_MAX_WIDTH, _MAX_HEIGHT))
    written = io.BytesIO()
    picture.image.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _pages(data: bytes) -> Pages:
    return pdf_pages(data, ()) if _is_pdf(data) else picture_pages(data)


def _pdf_size(document: pdfium.PdfDocument, index: int) -> tuple[float, float]:
    try:
        return document.get_page_size(index)
    except pdfium.PdfiumError:
        return 0.0, 0.0
