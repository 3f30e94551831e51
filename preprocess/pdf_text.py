"""What pdfium knows of a PDF: pages of positioned glyphs. Runs in the guarded process only (see pdf_worker.py)."""

import ctypes
import math
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.glyphs import Glyph

_LIGATURES = {0xFB00 + index: text for index, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
# Bullets of the Symbol and Wingdings fonts as Word writes them: private code points without meaning in any other font.
_BULLETS = {0xF0B7: "•", 0xF06C: "●", 0xF06E: "■", 0xF071: "□", 0xF075: "◆", 0xF076: "❖", 0xF0A7: "▪", 0xF0A8: "□", 0xF0B2: "▪"}
_BULLETS |= {0xF0D8: "➢", 0xF0E0: "→", 0xF0FC: "✓", 0xF02D: "-", 0xF09F: "•"}
_SPACE = 32
_MADE_UP = {_SPACE, 10, 13}  # what pdfium puts in between texts that the file places apart
_LINE_END_HYPHEN = 2  # how pdfium writes a hyphen at the end of a line


class GlyphPage(NamedTuple):
    """Size in points as a person sees the page (turned and cropped), and its glyphs in drawing order."""

    width: float
    height: float
    glyphs: list[Glyph]


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """Open a PDF held in memory. Raises pypdfium2.PdfiumError; its `err_code` is FPDF_ERR_PASSWORD where one is needed."""
    return pdfium.PdfDocument(data)


def read_page(document: pdfium.PdfDocument, index: int) -> GlyphPage:
    """The page at `index` (from 0). Raises pypdfium2.PdfiumError where it cannot be loaded."""
    page = document[index]
    width, height = page.get_size()
    text = page.get_textpage()
    glyphs = _with_ligatures(_glyphs(text, page.get_bbox(), page.get_rotation()))
    text.close()
    page.close()
    return GlyphPage(width, height, glyphs)


def has_picture(document: pdfium.PdfDocument, index: int) -> bool:
    """Whether there is an image on the page at `index`."""
    return next(document[index].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4), None) is not None


def _with_ligatures(glyphs: Iterator[Glyph]) -> list[Glyph]:
    """Characters that one drawn sign stands for ("fi") come with the same origin and a share of its width each: make them one again."""
    found: list[Glyph] = []
    for glyph in glyphs:
        last = found[-1] if found else None
        if last and (last.x, last.y) == (glyph.x, glyph.y) and not glyph.text.isspace() and not last.text.isspace():
            found[-1] = last._replace(text=last.text + glyph.text, width=last.width + glyph.width)
        else:
            found.append(glyph)
    return found


def _glyphs(text: pdfium.PdfTextPage, box: tuple[float, float, float, float], rotation: int) -> Iterator[Glyph]:
    """Characters as drawn. Line ends that pdfium makes up are left out: the layout finds its own."""
    page = text.raw
    x, y, matrix, bounds = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX(), raw.FS_RECTF()
    to_x, to_y, to_matrix, to_bounds = map(ctypes.byref, (x, y, matrix, bounds))  # once: this loop is most of the reading time
    height = angle = 0.0
    turn: tuple[float, ...] = ()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(page, index)
        raw.FPDFText_GetCharOrigin(page, index, to_x, to_y)
        seen = _as_seen(x.value, y.value, box, rotation)
        if code in _MADE_UP and raw.FPDFText_IsGenerated(page, index) == 1:
            if code == _SPACE:
                yield Glyph(" ", *seen, 0.0, 0.0, (angle - rotation) % 360, is_guess=True)
            continue
        raw.FPDFText_GetLooseCharBox(page, index, to_bounds)
        raw.FPDFText_GetMatrix(page, index, to_matrix)
        if turn != (now := (matrix.a, matrix.b, matrix.c, matrix.d)):
            turn = now
            height = math.hypot(matrix.c, matrix.d)
            angle = math.degrees(math.atan2(matrix.b, matrix.a))
        size = max(abs(raw.FPDFText_GetFontSize(page, index)) * height, 0.1)
        is_hyphen = code == _LINE_END_HYPHEN and raw.FPDFText_IsHyphen(page, index) == 1
        character = "-" if is_hyphen else _character(code)
        yield Glyph(character, *seen, _width(character, bounds, size, angle), size, (angle - rotation) % 360)


def _character(code: int) -> str:
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:  # a glyph without a meaning
        return "�"
    return _LIGATURES.get(code) or _BULLETS.get(code) or chr(code)


def _width(character: str, bounds: raw.FS_RECTF, size: float, angle: float) -> float:
    """How far the glyph advances along its line; an estimate for slanted lines, whose boxes do not tell."""
    if 3 < angle % 90 < 87:
        return size if character >= "⺀" else 0.5 * size
    width = bounds.right - bounds.left if not angle or round(angle / 90) % 2 == 0 else bounds.top - bounds.bottom
    return min(max(width, 0.0), 3 * size)


def _as_seen(x: float, y: float, box: tuple[float, float, float, float], rotation: int) -> tuple[float, float]:
    """From the page's own coordinates, y upwards, to points from the top left of the page as it is shown."""
    left, bottom, right, top = box
    if rotation == 90:
        return y - bottom, x - left
    if rotation == 180:
        return right - x, y - bottom
    if rotation == 270:
        return top - y, right - x
    return x - left, top - y
