"""Find the straight lines that a PDF page draws: borders of table cells, as strokes or as thin bars. Asks pdfium, decides nothing."""

import ctypes
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pypdfium2.raw as raw

from preprocess.layout.cards import Rule
from preprocess.layout.ruled import NO_RULES, Rules
from preprocess.pdf.hidden.marks import Handle, PageObject
from preprocess.pdf.page_view import PageView, Rect

_MAX_PATHS, _MAX_SEGMENTS = 4_000, 30_000  # of a page; a drawing with more is no table
_THIN = 2.5  # points
_SHORTEST = 6.0

_Point = tuple[float, float]


def drawn_rules(parts: Iterable[PageObject], view: PageView) -> Rules:
    """Return the horizontal and vertical lines of a page, in points from its top left; none of a page with too many paths."""
    paths = [part.handle for part in parts if part.kind == raw.FPDF_PAGEOBJ_PATH and not part.depth]
    counts = [raw.FPDFPath_CountSegments(path) for path in paths]
    if len(paths) > _MAX_PATHS or sum(counts) > _MAX_SEGMENTS:
        return NO_RULES
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for path, count in zip(paths, counts, strict=True):
        for rect in _bars(path, count, view):
            width, height = rect.x1 - rect.x0, rect.y1 - rect.y0
            if height <= _THIN and width >= _SHORTEST:
                horizontal.append(Rule((rect.y0 + rect.y1) / 2, rect.x0, rect.x1))
            elif width <= _THIN and height >= _SHORTEST:
                vertical.append(Rule((rect.x0 + rect.x1) / 2, rect.y0, rect.y1))
    return Rules(tuple(horizontal), tuple(vertical))


def _bars(path: Handle, count: int, view: PageView) -> Iterator[Rect]:
    """Yield the boxes of what a path fills, and of each stretch that it strokes."""
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    for points in _lines(path, count):
        if fill.value:
            yield _box(points, view)
        if stroke.value:
            for start, end in pairwise(points):
                yield _box([start, end], view)


def _lines(path: Handle, count: int) -> Iterator[list[_Point]]:
    """Yield the corners of each part of a path in the coordinates of the page; curves count as straight lines."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[_Point] = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and points[0] != point:
            points.append(points[0])
    if points:
        yield points


def _box(points: list[_Point], view: PageView) -> Rect:
    xs, ys = zip(*points, strict=True)
    return view.rect_in_view(min(xs), min(ys), max(xs), max(ys))
