"""Open a scanned PDF or a picture file as upright RGB pictures of its pages, no larger than OCR needs. Knows no recognition."""

import io
import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pi_heif
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageOps

from preprocess.document import Unreadable

_LONG_SIDE = 2000  # pixels; an A4 page at 170 dpi
_PAGE_HEIGHT = 842.0  # points; the size that a picture file gives says nothing, so its pages are taken for A4
_MAX_ZOOM = 4.0  # pixels per point, for pages no larger than a card
_MAX_PIXELS = 120_000_000  # of a picture before it is decoded; phones take up to 108 million
_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF", "HEIF")
pi_heif.register_heif_opener()
_LONG = 2.2  # height by width from which on a picture is a screenshot of several screens, to be cut into pages
_PART = 1.4  # height by width of such a page
_GRAIN = 6  # pixels; what is averaged away before a page is taken for blank
_BLANK_SPREAD = 25  # grey levels


class Picture(NamedTuple):
    """The picture of one page. `zoom` is its pixels per point."""

    image: Image.Image
    zoom: float


Pages = list[Callable[[], Picture | None]]
"""Functions that render one page each, None where it is damaged. May raise Unreadable: `too_complex`."""


def pdf_pages(data: bytes, numbers: Sequence[int]) -> Pages:
    """Return the pages with these numbers (from 1; none given: all). Raises Unreadable: `needs_password`, `damaged`."""
    try:
        document = pdfium.PdfDocument(data)
        document.init_forms()  # what was typed into a scanned form
    except pdfium.PdfiumError as error:
        raise Unreadable("needs_password" if error.err_code == raw.FPDF_ERR_PASSWORD else "damaged") from None
    return [partial(_rendered, document, number - 1) for number in numbers or range(1, len(document) + 1)]


def picture_pages(data: bytes) -> Pages:
    """Return the frames of a TIFF, the parts of a long screenshot, else one page. Raises Unreadable: `damaged`, `too_complex`."""
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    except Image.DecompressionBombError:
        raise Unreadable("too_complex") from None
    except (OSError, ValueError, SyntaxError):  # the last is what Pillow calls a broken PNG
        raise Unreadable("damaged") from None
    if frames > 1:
        return [partial(_frame, image, index) for index in range(frames)]
    whole = _frame(image, 0)
    if whole is None:
        raise Unreadable("damaged")
    if not _is_long(whole.image):
        return [lambda: whole]
    edges = _blank_rows(whole.image)
    return [partial(_part, whole, top, bottom) for top, bottom in pairwise(edges)]


def is_blank(image: Image.Image) -> bool:
    """Return whether a picture is empty, without even faint print."""
    grey = np.asarray(image.convert("L").reduce(_GRAIN))
    return int(grey.max()) - int(grey.min()) < _BLANK_SPREAD


def _rendered(document: pdfium.PdfDocument, index: int) -> Picture | None:
    """Render a page at the same number of pixels whatever its size, be it a poster or a photo at one point per pixel."""
    try:
        page = document[index]
        pictures = (item for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]) if isinstance(item, pdfium.PdfImage))
        if sum(math.prod(picture.get_px_size()) for picture in pictures) > _MAX_PIXELS:
            raise Unreadable("too_complex")
        zoom = min(_MAX_ZOOM, _LONG_SIDE / max(*page.get_size(), 1.0))
        image = page.render(scale=zoom).to_pil().convert("RGB")  # pyright: ignore[reportArgumentType]
        page.close()
    except pdfium.PdfiumError:
        return None
    return Picture(image, zoom)


def _frame(image: Image.Image, index: int) -> Picture | None:
    """Return a frame as a person sees it: turned as the camera noted, on white."""
    try:
        image.seek(index)
        if math.prod(image.size) > _MAX_PIXELS:
            raise Unreadable("too_complex")
        image.draft("RGB", (_LONG_SIDE, _LONG_SIDE))  # a JPEG comes smaller from the decoder; other formats ignore it
        upright = ImageOps.exif_transpose(image.convert("RGBA" if image.has_transparency_data else "RGB"))
    except (OSError, ValueError, SyntaxError):
        return None
    long_side = max(_LONG_SIDE, int(_LONG_SIDE / _PART * upright.height / upright.width)) if _is_long(upright) else _LONG_SIDE
    upright.thumbnail((long_side, long_side))
    if upright.mode == "RGBA":
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright).convert("RGB")
    return Picture(upright, (_PART * upright.width if _is_long(upright) else max(upright.size)) / _PAGE_HEIGHT)


def _is_long(image: Image.Image) -> bool:
    return image.height > _LONG * image.width


def _blank_rows(image: Image.Image) -> list[int]:
    """Return where to cut a long picture: the plainest rows near the ends of its pages, and its own two ends."""
    grey = np.asarray(image.convert("L"))
    step = math.ceil(_PART * image.width)
    spread = np.convolve(grey.max(axis=1) - grey.min(axis=1), np.ones(1 + step // 50), "same")  # plain, and plain around it
    cuts = [0]
    while image.height - cuts[-1] > 1.2 * step:
        low, high = cuts[-1] + step - max(1, step // 5), cuts[-1] + step
        cuts.append(high - int(np.argmin(spread[low:high][::-1])))
    return [*cuts, image.height]


def _part(whole: Picture, top: int, bottom: int) -> Picture:
    return Picture(whole.image.crop((0, top, whole.image.width, bottom)), whole.zoom)
