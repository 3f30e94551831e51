"""Put "•" before the text of list items whose bullets a PDF draws as small shapes, as browsers print them."""

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Sequence

import pypdfium2.raw as raw

from preprocess.layout.cards import Rule
from preprocess.layout.glyphs import Glyph
from preprocess.pdf.hidden.marks import PageObject
from preprocess.pdf.page_view import PageView, Rect

_MAX_MARKS, _MAX_PATHS = 500, 4_000  # of a page; a drawing with more is no list
_SMALLEST, _LARGEST, _OBLONG = 1.2, 9.0, 0.25  # points, and the share by which width and height differ
_LOWEST, _HIGHEST = 0.15, 0.6  # em, by the height of the shape
_BELOW, _ABOVE = 0.1, 0.55  # em above the baseline, of the middle of the shape
_AWAY = 2.2  # em from the shape to the text
_ALONE = 3.0  # em in which there is no other shape, as there are in a row of dots that tells a level
_FREE = 1.0  # em to the left of the shape
_BAND = 8.0  # points


def drawn_marks(parts: Iterable[PageObject], view: PageView) -> list[Rect]:
    """Return the places of small shapes that are about as wide as high; none of a page with very many."""
    paths = [part.handle for part in parts if part.kind == raw.FPDF_PAGEOBJ_PATH and not part.depth]
    marks: list[Rect] = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for path in paths if len(paths) <= _MAX_PATHS else ():
        if not raw.FPDFPageObj_GetBounds(path, *map(ctypes.byref, (left, bottom, right, top))):
            continue
        width, height = right.value - left.value, top.value - bottom.value
        if min(width, height) >= _SMALLEST and max(width, height) <= _LARGEST and abs(width - height) <= _OBLONG * max(width, height):
            marks.append(view.rect_in_view(left.value, bottom.value, right.value, top.value))
    return marks if len(marks) <= _MAX_MARKS else []


def with_bullets(marks: Sequence[Rect], glyphs: Sequence[Glyph], upright: Sequence[Rule]) -> list[Glyph]:
    """Return the glyphs of a page with a bullet before each that a lone shape stands before; one on an upright line is of a timeline."""
    marks = [mark for mark in marks if not any(_is_on(mark, line) for line in upright)]
    by_band: dict[int, list[int]] = defaultdict(list)
    for index, glyph in enumerate(glyphs):
        if not glyph.text.isspace() and not glyph.angle:
            by_band[int(glyph.y // _BAND)].append(index)
    bullets: dict[int, Glyph] = {}
    for mark in marks:
        band = int(mark.y1 // _BAND)
        near = [index for number in (band - 1, band, band + 1) for index in by_band.get(number, ())]
        if (first := _first_beside(mark, near, glyphs)) is not None and not _is_one_of_several(mark, marks, glyphs[first].size):
            item = glyphs[first]
            bullets[first] = Glyph("•", mark.x0, item.y, mark.x1 - mark.x0, item.size)
    return [added for index, glyph in enumerate(glyphs) for added in ((bullets[index], glyph) if index in bullets else (glyph,))]


def _first_beside(mark: Rect, near: Sequence[int], glyphs: Sequence[Glyph]) -> int | None:
    """Return the first glyph to the right of a shape that stands at the height of a bullet; None if there is none, or text before it."""
    middle, height = (mark.y0 + mark.y1) / 2, mark.y1 - mark.y0
    line = [index for index in near if _BELOW <= (glyphs[index].y - middle) / glyphs[index].size <= _ABOVE]
    behind = [index for index in line if glyphs[index].x >= mark.x1 - 0.5]
    first = min(behind, key=lambda index: glyphs[index].x, default=None)
    if first is None:
        return None
    size = glyphs[first].size
    is_near = glyphs[first].x - mark.x1 <= _AWAY * size and _LOWEST * size <= height <= _HIGHEST * size
    has_text_before = any(
        glyphs[index].x < mark.x1 - 0.5 and glyphs[index].x + glyphs[index].width > mark.x0 - _FREE * size for index in line
    )
    return first if is_near and not has_text_before else None


def _is_on(mark: Rect, line: Rule) -> bool:
    return mark.x0 <= line.at <= mark.x1 and line.start - _LARGEST <= mark.y0 and mark.y1 <= line.end + _LARGEST


def _is_one_of_several(mark: Rect, marks: Sequence[Rect], size: float) -> bool:
    """Return whether another shape stands beside this one, on its height."""
    return any(other is not mark and abs(other.y0 - mark.y0) < 1 and 0.5 < abs(other.x0 - mark.x0) < _ALONE * size for other in marks)
