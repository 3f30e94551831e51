"""Pictures of a PDF page, taken by pdfium, and how much they differ in a place. Without numpy: its import costs more than it saves."""

import math
from operator import sub
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.pdf.page_view import Box

_SCALE = 1.5  # pixels per point
_LEAST_SCALE = 0.75  # below it the strokes of small print are lost
_MOST_PIXELS = 12_000_000  # a large page printed by a browser as one; 48 MB
_BYTES = 4  # of a pixel: blue, green, red, and one unused
_BLUE = 0.4  # what a difference in blue counts: eyes see little of it, and pale yellow on white cannot be read
_LEAST_EXTENT = 0.3  # of the height of a letter; of its ink more is in view, or what is seen is a hairline
_NO_DIFFERENCE = 8
_MOST_ROWS = 12
_USUAL_SIDE, _MOST_ENLARGED = 600.0, 20.0  # points


Rows = list[tuple[int, int]]
"""Where the bytes of each row of pixels of a box begin and end in a picture; the middle of the box comes first."""


class Frame(NamedTuple):
    """The part of a page that pictures are taken of: its corner in pixels of the whole page, and its size in pixels."""

    scale: float
    x: int
    y: int
    width: int
    height: int
    page_width: int
    page_height: int


def enlarged(width: float, height: float) -> float:
    """How much larger a page of that size is shown than it is; only small ones are, and no PDF library tells the unit that they are in."""
    return min(_MOST_ENLARGED, max(1.0, _USUAL_SIDE / max(width, height)))


def frame(boxes: list[Box], width: float, height: float) -> Frame | None:
    """The frame that holds what the page of that size shows of the boxes; None where it would take too many pixels to see a letter."""
    x0, y0 = max(0.0, min(box.x0 for box in boxes)), max(0.0, min(box.y0 for box in boxes))
    x1, y1 = min(width, max(box.x1 for box in boxes)), min(height, max(box.y1 for box in boxes))
    area = max(1.0, x1 - x0) * max(1.0, y1 - y0)
    scale = min(_SCALE * enlarged(width, height), math.sqrt(_MOST_PIXELS / area))
    if scale < _LEAST_SCALE:
        return None
    left, top = math.floor(x0 * scale), math.floor(y0 * scale)
    size = max(1, math.ceil(x1 * scale) - left), max(1, math.ceil(y1 * scale) - top)
    return Frame(scale, left, top, *size, math.ceil(width * scale), math.ceil(height * scale))


def rows_of(frame: Frame, box: Box) -> Rows:
    """The rows of pixels that a box touches."""
    x0, y0, x1, y1 = box
    scale, x, y, width, height, _, _ = frame
    left, right = max(0, int(x0 * scale) - x), min(width, int(x1 * scale) + 1 - x)
    top, bottom = max(0, int(y0 * scale) - y), min(height, int(y1 * scale) + 1 - y)
    if left >= right or top >= bottom:
        return []
    middle = (top + bottom) // 2
    return [((row * width + left) * _BYTES, (row * width + right) * _BYTES) for row in (*range(middle, bottom), *range(top, middle))]


def picture(page: pdfium.PdfPage, frame: Frame) -> bytes:
    """The page on white paper, with its annotations and form fields, without the objects that were made inactive."""
    bitmap = pdfium.PdfBitmap.new_native(frame.width, frame.height, raw.FPDFBitmap_BGRx)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, frame.width, frame.height)
    place = -frame.x, -frame.y, frame.page_width, frame.page_height
    raw.FPDF_RenderPageBitmap(bitmap, page, *place, 0, raw.FPDF_ANNOT)
    if page.formenv:
        raw.FPDF_FFLDraw(page.formenv, bitmap, page, *place, 0, raw.FPDF_ANNOT)
    pixels = bytes(bitmap.buffer)
    bitmap.close()
    return pixels


def difference(one: bytes, other: bytes, rows: Rows, enough: int) -> int:
    """The greatest difference of a colour (0 to 255) between two pictures in a box; the search ends where it is `enough`."""
    most = 0
    for start, end in rows:
        left, right = one[start:end], other[start:end]
        if left != right and max(map(abs, map(sub, left, right))) > most:
            blue, *others = (max(map(abs, map(sub, left[colour::_BYTES], right[colour::_BYTES]))) for colour in range(3))
            most = max(most, int(_BLUE * blue), *others)
            if most >= enough:
                break
    return most


def ink(one: bytes, other: bytes, rows: Rows) -> int:
    """In how many pixels two pictures differ; in large boxes not every row is looked at."""
    step = 1 + len(rows) // _MOST_ROWS
    pairs = (
        (one[start + 1 : end : _BYTES], other[start + 1 : end : _BYTES]) for start, end in rows[::step]
    )  # green: few inks have as much as paper
    return sum(sum(not -_NO_DIFFERENCE <= value <= _NO_DIFFERENCE for value in map(sub, *pair)) for pair in pairs if pair[0] != pair[1])


def are_equal(one: bytes, other: bytes, rows: Rows) -> bool:
    """Whether two pictures are the same in these rows."""
    return all(one[start:end] == other[start:end] for start, end in rows)


def is_hairline(one: bytes, other: bytes, rows: Rows, height: float) -> bool:
    """Whether two pictures differ only in a strip that is flat for a box of that height (in pixels): a letter is covered or cut off."""
    middle = (len(rows) + 1) // 2
    rows = [*rows[middle:], *rows[:middle]]  # from the top down
    least = _LEAST_EXTENT * height
    high, low = len(rows) // 6, len(rows) * 5 // 6
    if low - high >= least and _differ(one, other, rows[high]) and _differ(one, other, rows[low]):  # nearly every letter
        return False
    first = next((row for row, span in enumerate(rows) if _differ(one, other, span)), len(rows))
    last = next((row for row in range(len(rows) - 1, first, -1) if _differ(one, other, rows[row])), first)
    return last + 1 - first < least


def is_solid(one: bytes, other: bytes, frame: Frame, box: Box) -> bool:
    """Whether two pictures differ in every pixel of a box, edges left out."""
    edge = 1 / frame.scale
    inner = Box(box.x0 + edge, box.y0 + edge, box.x1 - edge, box.y1 - edge)
    return all(
        abs(one[place] - other[place]) + abs(one[place + 1] - other[place + 1]) + abs(one[place + 2] - other[place + 2]) > _NO_DIFFERENCE
        for start, end in rows_of(frame, inner)
        for place in range(start, end - _BYTES, _BYTES)
    )


def stands_out(pixels: bytes, mask: bytes, frame: Frame, box: Box) -> float:
    """How much brighter or darker a picture is where `mask` is black than beside it in the same rows, on average (0 to 255)."""
    total, rows = 0.0, 0
    for start, end in rows_of(frame, box):
        inside, outside = [], []
        for place in range(start, end, _BYTES):
            ink = mask[place + 1]
            if ink < 64 or ink > 192:
                (inside if ink < 64 else outside).append(pixels[place + 1] + pixels[place + 2])
        if inside and outside:
            total += sum(inside) / len(inside) - sum(outside) / len(outside)
            rows += 1
    return abs(total) / max(1, rows) / 2


def _differ(one: bytes, other: bytes, span: tuple[int, int]) -> bool:
    left, right = one[slice(*span)], other[slice(*span)]
    return left != right and max(map(abs, map(sub, left, right))) >= _NO_DIFFERENCE


def variation(pixels: bytes, frame: Frame, box: Box) -> int:
    """The greatest range of a colour (0 to 255) in a box of one picture."""
    seen = b"".join(pixels[start:end] for start, end in rows_of(frame, box))
    if not seen:
        return 0
    blue, *others = (max(seen[colour::_BYTES]) - min(seen[colour::_BYTES]) for colour in range(3))
    return max(int(_BLUE * blue), *others)
