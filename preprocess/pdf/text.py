"""What pdfium knows of a PDF: pages of positioned glyphs. Runs in the guarded process only (see worker.py)."""

import ctypes
import math
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.document import Unreadable
from preprocess.layout.glyphs import Glyph
from preprocess.pdf.hidden.actual_text import compare, take_away
from preprocess.pdf.hidden.marks import parts_of
from preprocess.pdf.hidden.visibility import unseen_characters
from preprocess.pdf.page_view import View

_LIGATURES = {0xFB00 + index: text for index, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
# Bullets of the Symbol and Wingdings fonts as Word writes them: private code points without meaning in any other font.
_BULLETS = {0xF0B7: "•", 0xF06C: "●", 0xF06E: "■", 0xF071: "□", 0xF075: "◆", 0xF076: "❖", 0xF0A7: "▪", 0xF0A8: "□", 0xF0B2: "▪"}
_BULLETS |= {0xF0D8: "➢", 0xF0E0: "→", 0xF0FC: "✓", 0xF02D: "-", 0xF09F: "•"}
_MOST_CHARACTERS = 30_000  # of a page; a dense one has 6,000, five printed by a browser as one 20,000
_LONGEST_LIGATURE, _MOST_LIGATURES = 3, 2  # characters that one glyph may stand for, and how many such glyphs come in a row
_MOST_LABELS = 60  # characters of glyphs that stand for more, as pictures stand for their names
_SPACE = 32
_MADE_UP = {_SPACE, 10, 13}  # what pdfium puts in between texts that the file places apart
_LINE_END_HYPHEN = 2  # how pdfium writes a hyphen at the end of a line


class GlyphPage(NamedTuple):
    """Size in points as a person sees the page (turned and cropped), and its glyphs in drawing order.

    `hidden` are others, which nobody sees; `unsure` are those of `glyphs` of which that could not be told (see hidden.py).
    `untrue` are texts that the file says for glyphs that are something else (see hidden/actual_text.py).
    """

    width: float
    height: float
    glyphs: list[Glyph]
    hidden: list[Glyph]
    unsure: list[Glyph]
    untrue: list[str]


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """Open a PDF held in memory. Raises pypdfium2.PdfiumError; its `err_code` is FPDF_ERR_PASSWORD where one is needed."""
    document = pdfium.PdfDocument(data)
    document.init_forms()  # form fields may cover text, and are only drawn then
    return document


def read_page(document: pdfium.PdfDocument, index: int) -> GlyphPage:
    """The page at `index` (from 0). Raises pypdfium2.PdfiumError where it cannot be loaded, and Unreadable `too_complex`."""
    page = document[index]
    width, height = page.get_size()
    parts = parts_of(page)
    spans = take_away(parts)
    text = page.get_textpage()
    if text.count_chars() > _MOST_CHARACTERS:
        raise Unreadable("too_complex")
    view = View(*page.get_bbox(), page.get_rotation())
    said = compare(text, spans)
    unseen = unseen_characters(page, text, view, parts)
    glyphs = [(place, glyph) for place, glyph in _glyphs(text, view, said.instead) if glyph.text]
    text.close()
    page.close()
    shown, swollen = _without_swollen(_with_ligatures(glyph for place, glyph in glyphs if place not in unseen.hidden))
    hidden, unsure = (
        _with_ligatures(glyph for place, glyph in glyphs if glyph.text.isspace() or place in some) if some else []
        for some in (unseen.hidden, unseen.unsure)
    )
    if sum(map(len, swollen)) > _MOST_LABELS or any(" " in text for text in swollen):
        said.untrue.extend(swollen)
    return GlyphPage(width, height, shown, hidden, unsure, said.untrue)


def has_picture(document: pdfium.PdfDocument, index: int) -> bool:
    """Whether there is an image on the page at `index`."""
    return next(document[index].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4), None) is not None


def _with_ligatures(glyphs: Iterator[Glyph]) -> list[Glyph]:
    """Characters that one drawn sign stands for ("fi") come with the same origin and a share of its width each: make them one again."""
    found: list[Glyph] = []
    for glyph in glyphs:
        last = found[-1] if found else None
        if last and (last.x, last.y) == (glyph.x, glyph.y) and not last.text.isspace() and _belongs(glyph, last):
            found[-1] = last._replace(text=last.text + glyph.text, width=last.width + glyph.width)
        else:
            found.append(glyph)
    return found


def _belongs(glyph: Glyph, last: Glyph) -> bool:
    """Whether a character may be of the same sign as the one before: a space is, if that sign stands for several anyway."""
    return not glyph.text.isspace() or (len(last.text) > 1 and not glyph.is_guess)


def _without_swollen(glyphs: list[Glyph]) -> tuple[list[Glyph], list[str]]:
    """The glyphs without those that stand for more characters than a ligature has, or that follow each other as no ligatures do.

    A font with pictures may have one that stands for its name; other fonts that do so say more than they draw.
    """
    kept: list[Glyph] = []
    swollen: list[str] = []
    for is_several, group in groupby(glyphs, key=lambda glyph: len(glyph.text) > 1 and len(set(glyph.text)) > 1):
        run = list(group)
        for glyph in run:
            if is_several and (len(glyph.text) > _LONGEST_LIGATURE or len(run) > _MOST_LIGATURES):
                swollen.append(glyph.text)
                kept.append(glyph._replace(text=" "))
            else:
                kept.append(glyph)
    return kept, swollen


def _glyphs(text: pdfium.PdfTextPage, view: View, instead: Mapping[int, str]) -> Iterator[tuple[int, Glyph]]:
    """Characters as drawn, with their indexes in the text page. Line ends that pdfium makes up are left out: the layout finds its own."""
    page, rotation = text.raw, view.rotation
    x, y, matrix, bounds = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX(), raw.FS_RECTF()
    to_x, to_y, to_matrix, to_bounds = map(ctypes.byref, (x, y, matrix, bounds))  # once: this loop is most of the reading time
    height = angle = 0.0
    turn: tuple[float, ...] = ()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(page, index)
        raw.FPDFText_GetCharOrigin(page, index, to_x, to_y)
        seen = view.seen(x.value, y.value)
        if code in _MADE_UP and raw.FPDFText_IsGenerated(page, index) == 1:
            if code == _SPACE:
                yield index, Glyph(" ", *seen, 0.0, 0.0, (angle - rotation) % 360, is_guess=True)
            continue
        raw.FPDFText_GetLooseCharBox(page, index, to_bounds)
        raw.FPDFText_GetMatrix(page, index, to_matrix)
        if turn != (now := (matrix.a, matrix.b, matrix.c, matrix.d)):
            turn = now
            height = math.hypot(matrix.c, matrix.d)
            angle = math.degrees(math.atan2(matrix.b, matrix.a))
        size = max(abs(raw.FPDFText_GetFontSize(page, index)) * height, 0.1)
        is_hyphen = code == _LINE_END_HYPHEN and raw.FPDFText_IsHyphen(page, index) == 1
        character = instead[index] if index in instead else "-" if is_hyphen else _character(code)
        yield index, Glyph(character, *seen, _width(character, bounds, size, angle), size, (angle - rotation) % 360)


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
