"""Find the characters of a PDF page that a person does not see, whatever hides them: colour, cover, clip, layer, size or position.

The page is drawn without its texts and then with them: a character whose place looks the same both times is hidden (contrast.py). Runs
in the guarded process only (see pdf/worker.py).
"""

import ctypes
from collections import Counter
from itertools import groupby
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.document import Unreadable
from preprocess.pdf.hidden.contrast import Contrasts, measure, painted_by_mask
from preprocess.pdf.hidden.letter_shapes import equal_sized_letters, mismapped_letters, overlapping_letters
from preprocess.pdf.hidden.marks import CharacterMark, Handle, PageObject, TextObject, find_marks, is_embedded, lacks_glyph, size_of
from preprocess.pdf.hidden.pixels import enlarged
from preprocess.pdf.page_view import PageView

_CONTRAST = 24  # of 255; less is not readable
_FAINT_CONTRAST = 6  # for slanted text: watermarks are meant to be faint, and cleaning takes them out for their slant
_MAX_WATERMARK, _MAX_WATERMARK_SHARE = 40, 0.3  # characters, and of the page's; cleaning keeps more, as that is a page scanned askew
_MIN_CONTRAST = 4
_MIN_SIZE = 2.0  # points on a page of the usual size; viewers enlarge smaller ones
_MIN_RUN = 3  # characters; a single one may be blank in its font, or a hairline in a light colour
_MAX_SINGLE = 10  # … unless there are many: letters of a hidden text drawn in turns with others
_MAX_IMAGE_PIXELS = 150_000_000  # a page scanned at 1200 dpi has 140 million
_SCAN = 0.5  # of the page is images, and of the text has no ink of its own
_OVER_PRINT = 0.5


class HiddenCharacters(NamedTuple):
    """Indexes of the characters that nobody sees, and of those that could not be judged: the page is too large, or a font missing."""

    hidden: frozenset[int] = frozenset()
    unsure: frozenset[int] = frozenset()
    is_text_layer: bool = False
    """Most of the text has no ink of its own and lies over pictures: a scan that was recognised before."""


def hidden_characters(page: pdfium.PdfPage, text: pdfium.PdfTextPage, view: PageView, parts: list[PageObject]) -> HiddenCharacters:
    """Return the hidden characters of one page; its objects cannot be drawn afterwards."""
    marks, drawings = find_marks(text, view)
    if not marks:
        return HiddenCharacters()
    contrasts = measure(page, text, view, marks, drawings, parts, equal_sized_letters(marks), _CONTRAST)
    if contrasts is None:
        return HiddenCharacters(unsure=frozenset(mark.index for mark in marks))
    unreadable = contrasts.solid | mismapped_letters(marks, drawings, view) | overlapping_letters(marks)
    inkless = sum(contrast < _MIN_CONTRAST for contrast in contrasts.of_marks)
    is_scan = inkless > _SCAN * len(marks) and _covered(parts, view) > _SCAN
    watermarks = _watermarks(marks, drawings, contrasts.of_marks)
    faint = [mark for mark, contrast in zip(marks, contrasts.of_marks, strict=True) if contrast < _CONTRAST <= contrasts.behind(mark)]
    painted = painted_by_mask(page, contrasts, faint, drawings, parts) if faint else set()
    smallest = _MIN_SIZE / enlarged(*page.get_size())
    over_print = _drawn_over_print(marks, contrasts) if is_scan else set()
    verdicts: list[bool] = []
    unsure: set[int] = set()
    for index, (mark, contrast) in enumerate(zip(marks, contrasts.of_marks, strict=True)):
        drawing = drawings[mark.drawing]
        is_seen = contrast >= _CONTRAST or mark.drawing in watermarks
        if not is_seen and (is_scan or mark.drawing in painted):
            is_seen = mark.drawing in over_print or contrasts.behind(mark) >= _CONTRAST
        is_tiny = _is_tiny(text, mark, smallest)
        if not is_seen and not is_tiny and lacks_glyph(text, mark, view) and not is_embedded(drawing) and not _is_out(page, mark, drawing):
            is_seen = True
            unsure.add(mark.index)
        verdicts.append(is_seen and not is_tiny and index not in unreadable)
    most = len(marks) if is_scan else _MAX_SINGLE  # a text layer lies roughly over the print: narrow letters miss it
    return HiddenCharacters(_hidden_runs(marks, verdicts, contrasts.of_marks, most), frozenset(unsure), is_scan)


def refuse_huge_images(parts: list[PageObject]) -> None:
    """Raise Unreadable `too_complex` for an image that would fill the memory when the page is drawn."""
    if any(part.kind == raw.FPDF_PAGEOBJ_IMAGE and _pixels(part.handle) > _MAX_IMAGE_PIXELS for part in parts):
        raise Unreadable("too_complex")


def _drawn_over_print(marks: list[CharacterMark], contrasts: Contrasts) -> set[int]:
    """Return the texts of a text layer of which at least half lies over print: its letters are as wide as those of another font."""
    counts = Counter(mark.drawing for mark in marks)
    over = Counter(mark.drawing for mark in marks if contrasts.around(mark) >= _CONTRAST)
    return {drawing for drawing, count in over.items() if count >= _OVER_PRINT * counts[drawing]}


def _watermarks(marks: list[CharacterMark], drawings: list[TextObject], contrasts: list[int]) -> set[int]:
    """Return the slanted text objects, which may be fainter than other text, unless they are much of the page's text."""
    faint = {mark.drawing for mark, contrast in zip(marks, contrasts, strict=True) if contrast >= _FAINT_CONTRAST}
    slanted = {number for number in faint if 10 <= abs(drawings[number].size.angle) % 90 <= 80}
    length = sum(map(len, {drawings[number].text for number in slanted}))
    others = sum(mark.drawing not in slanted for mark in marks)
    return slanted if length <= _MAX_WATERMARK + _MAX_WATERMARK_SHARE * others else set()


def _is_out(page: pdfium.PdfPage, mark: CharacterMark, drawing: TextObject) -> bool:
    """Return whether a character is hidden whatever its font: off the page, in an invisible mode, or transparent."""
    width, height = page.get_size()
    if mark.box.x1 < 0 or mark.box.y1 < 0 or mark.box.x0 > width or mark.box.y0 > height:
        return True
    alpha = ctypes.c_uint(255)
    raw.FPDFPageObj_GetFillColor(drawing.handle, *(ctypes.byref(ctypes.c_uint()) for _ in range(3)), ctypes.byref(alpha))
    invisible = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
    return alpha.value < _CONTRAST or raw.FPDFTextObj_GetTextRenderMode(drawing.handle) in invisible


def _is_tiny(text: pdfium.PdfTextPage, mark: CharacterMark, smallest: float) -> bool:
    """Return whether a character is too small to read after all scaling. The ink counts too: some fonts are large at size 1."""
    width, height = mark.box.x1 - mark.box.x0, mark.box.y1 - mark.box.y0
    if min(width, height) >= smallest:
        return False
    size = size_of(text, mark.index)
    return min(size.width, size.height) < smallest


def _hidden_runs(marks: list[CharacterMark], verdicts: list[bool], contrasts: list[int], most_single: int) -> frozenset[int]:
    """Return the marks not seen that are hidden text: those in a row, and single ones if there are more than `most_single`."""
    hidden: set[int] = set()
    single: set[int] = set()
    for is_seen, group in groupby(zip(marks, verdicts, contrasts, strict=True), key=lambda entry: entry[1]):
        run = list(group)
        if is_seen:
            continue
        if len(run) >= _MIN_RUN:
            hidden.update(mark.index for mark, _, _ in run)
        else:
            single.update(mark.index for mark, _, contrast in run if contrast < (_CONTRAST if mark.character.isalnum() else _MIN_CONTRAST))
    return frozenset(hidden | single if len(single) > most_single else hidden)


def _pixels(image: Handle) -> int:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(image, ctypes.byref(width), ctypes.byref(height))
    return width.value * height.value


def _covered(parts: list[PageObject], view: PageView) -> float:
    """Return the share of the page that images take; a form around an image counts whole, as images in it have no place of their own."""
    area, outer = 0.0, None
    for part in parts:
        outer = outer if part.depth else part
        if part.kind == raw.FPDF_PAGEOBJ_IMAGE and outer:
            edges = [ctypes.c_float() for _ in range(4)]
            raw.FPDFPageObj_GetBounds(outer.handle, *map(ctypes.byref, edges))
            left, bottom, right, top = (edge.value for edge in edges)
            width, height = min(right, view.right) - max(left, view.left), min(top, view.top) - max(bottom, view.bottom)
            area += max(width, 0.0) * max(height, 0.0)
            outer = None
    return area / ((view.right - view.left) * (view.top - view.bottom))
