"""Render a PDF page with pdfium and compare pictures of it. Without numpy: its import costs more than it saves."""

import math
from operator import sub
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.pdf.page_view import Rect

_SCALE = 1.5  # pixels per point
_MIN_SCALE = 0.75  # below it the strokes of small print are lost
_MAX_PIXELS = 12_000_000  # a large page printed by a browser as one; 48 MB
_BYTES = 4  # of a pixel: blue, green, red, and one unused
_BLUE = 0.4  # what a difference in blue counts: eyes see little of it, and pale yellow on white cannot be read
_MIN_EXTENT = 0.3  # of the height of a letter; of its ink more is in view, or what is seen is a hairline
_NO_DIFFERENCE = 8
_MAX_ROWS = 12
_USUAL_SIDE, _MAX_ENLARGEMENT = 600.0, 20.0  # points


Rows = list[tuple[int, int]]
"""Byte ranges of each row of pixels of a box in a picture; the middle row of the box comes first."""


class Frame(NamedTuple):
    """The part of a page that is rendered: its corner in pixels of the whole page, and its size in pixels."""

    scale: float
    x: int
    y: int
    width: int
    height: int
    page_width: int
    page_height: int


def enlarged(width: float, height: float) -> float:
    """Return how much larger than its size a page is shown; only small ones are, and no PDF library reports the page's unit."""
    return min(_MAX_ENLARGEMENT, max(1.0, _USUAL_SIDE / max(width, height)))


def frame(boxes: list[Rect], width: float, height: float) -> Frame | None:
    """Return the frame around the visible parts of the boxes, or None if it would take too many pixels to resolve a letter."""
    x0, y0 = max(0.0, min(box.x0 for box in boxes)), max(0.0, min(box.y0 for box in boxes))
    x1, y1 = min(width, max(box.x1 for box in boxes)), min(height, max(box.y1 for box in boxes))
    area = max(1.0, x1 - x0) * max(1.0, y1 - y0)
    scale = min(_SCALE * enlarged(width, height), math.sqrt(_MAX_PIXELS / area))
    if scale < _MIN_SCALE:
        return None
    left, top = math.floor(x0 * scale), math.floor(y0 * scale)
    size = max(1, math.ceil(x1 * scale) - left), max(1, math.ceil(y1 * scale) - top)
    return Frame(scale, left, top, *size, math.ceil(width * scale), math.ceil(height * scale))


def rows_of(frame: Frame, box: Rect) -> Rows:
    """Return the rows of pixels that a box touches."""
    x0, y0, x1, y1 = box
    scale, x, y, width, height, _, _ = frame
    left, right = max(0, int(x0 * scale) - x), min(width, int(x1 * scale) + 1 - x)
    top, bottom = max(0, int(y0 * scale) - y), min(height, int(y1 * scale) + 1 - y)
    if left >= right or top >= bottom:
        return []
    middle = (top + bottom) // 2
    return [((row * width + left) * _BYTES, (row * width + right) * _BYTES) for row in (*range(middle, bottom), *range(top, middle))]


def picture(page: pdfium.PdfPage, frame: Frame) -> bytes:
    """Render the page on white, with annotations and form fields, without inactive objects; 4 bytes a pixel (BGRx)."""
    bitmap = pdfium.PdfBitmap.new_native(frame.width, frame.height, raw.FPDFBitmap_BGRx)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, frame.width, frame.height)
    offset = -frame.x, -frame.y, frame.page_width, frame.page_height
    raw.FPDF_RenderPageBitmap(bitmap, page, *offset, 0, raw.FPDF_ANNOT)
    if page.formenv:
        raw.FPDF_FFLDraw(page.formenv, bitmap, page, *offset, 0, raw.FPDF_ANNOT)
    pixels = bytes(bitmap.buffer)
    bitmap.close()
    return pixels


def difference(shown: bytes, bare: bytes, rows: Rows, enough: int) -> int:
    """Return the greatest difference of a colour channel (0 to 255) between two pictures in a box; stops once it is `enough`."""
    greatest = 0
    for start, end in rows:
        left, right = shown[start:end], bare[start:end]
        if left != right and max(map(abs, map(sub, left, right))) > greatest:
            blue, *others = (max(map(abs, map(sub, left[colour::_BYTES], right[colour::_BYTES]))) for colour in range(3))
            greatest = max(greatest, int(_BLUE * blue), *others)
            if greatest >= enough:
                break
    return greatest


def ink(shown: bytes, bare: bytes, rows: Rows) -> int:
    """Return in how many pixels two pictures differ; in large boxes only every few rows are compared."""
    step = 1 + len(rows) // _MAX_ROWS
    pairs = (
        (shown[start + 1 : end : _BYTES], bare[start + 1 : end : _BYTES]) for start, end in rows[::step]
    )  # green: few inks have as much as paper
    return sum(sum(not -_NO_DIFFERENCE <= value <= _NO_DIFFERENCE for value in map(sub, *pair)) for pair in pairs if pair[0] != pair[1])


def are_equal(shown: bytes, bare: bytes, rows: Rows) -> bool:
    """Return whether two pictures are the same in these rows."""
    return all(shown[start:end] == bare[start:end] for start, end in rows)


def is_hairline(shown: bytes, bare: bytes, rows: Rows, height: float) -> bool:
    """Return whether two pictures differ only in a strip that is flat for a box `height` pixels high: a letter is covered or cut off."""
    middle = (len(rows) + 1) // 2
    rows = [*rows[middle:], *rows[:middle]]  # from the top down
    least = _MIN_EXTENT * height
    high, low = len(rows) // 6, len(rows) * 5 // 6
    if low - high >= least and _differ(shown, bare, rows[high]) and _differ(shown, bare, rows[low]):  # nearly every letter
        return False
    first = next((row for row, span in enumerate(rows) if _differ(shown, bare, span)), len(rows))
    last = next((row for row in range(len(rows) - 1, first, -1) if _differ(shown, bare, rows[row])), first)
    return last + 1 - first < least


def is_solid(shown: bytes, bare: bytes, frame: Frame, box: Rect) -> bool:
    """Return whether two pictures differ in every pixel of a box, without its edges."""
    edge = 1 / frame.scale
    inner = Rect(box.x0 + edge, box.y0 + edge, box.x1 - edge, box.y1 - edge)
    return all(
        abs(shown[offset] - bare[offset]) + abs(shown[offset + 1] - bare[offset + 1]) + abs(shown[offset + 2] - bare[offset + 2])
        > _NO_DIFFERENCE
        for start, end in rows_of(frame, inner)
        for offset in range(start, end - _BYTES, _BYTES)
    )


def stands_out(pixels: bytes, mask: bytes, frame: Frame, box: Rect) -> float:
    """Return how much brighter or darker a picture is where `mask` is black than beside it in the same rows, on average (0 to 255)."""
    total, rows = 0.0, 0
    for start, end in rows_of(frame, box):
        inside, outside = [], []
        for offset in range(start, end, _BYTES):
            ink = mask[offset + 1]
            if ink < 64 or ink > 192:
                (inside if ink < 64 else outside).append(pixels[offset + 1] + pixels[offset + 2])
        if inside and outside:
            total += sum(inside) / len(inside) - sum(outside) / len(outside)
            rows += 1
    return abs(total) / max(1, rows) / 2


def _differ(shown: bytes, bare: bytes, span: tuple[int, int]) -> bool:
    left, right = shown[slice(*span)], bare[slice(*span)]
    return left != right and max(map(abs, map(sub, left, right))) >= _NO_DIFFERENCE


def variation(pixels: bytes, frame: Frame, box: Rect) -> int:
    """Return the greatest range of a colour channel (0 to 255) in a box of one picture."""
    pixels_in_rect = b"".join(pixels[start:end] for start, end in rows_of(frame, box))
    if not pixels_in_rect:
        return 0
    blue, *others = (max(pixels_in_rect[colour::_BYTES]) - min(pixels_in_rect[colour::_BYTES]) for colour in range(3))
    return max(int(_BLUE * blue), *others)
