"""Read PDF pages as positioned glyphs, by pdfium. Runs in the guarded process only (see worker.py)."""

import ctypes
import math
from collections.abc import Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.document import Unreadable
from preprocess.layout.bidi import has_rtl
from preprocess.layout.glyphs import Glyph
from preprocess.layout.ruled import NO_RULES, Rules
from preprocess.pdf.annotations import flattened, flattened_texts
from preprocess.pdf.buttons import buttons_of, draw_buttons
from preprocess.pdf.drawn_bullets import drawn_marks, with_bullets
from preprocess.pdf.glyph_meanings import GlyphNames, glyph_meanings
from preprocess.pdf.hidden.actual_text import compare_actual_text, remove_actual_text
from preprocess.pdf.hidden.marks import page_objects
from preprocess.pdf.hidden.visibility import hidden_characters, refuse_huge_images
from preprocess.pdf.mirrored import drawn_signs
from preprocess.pdf.page_view import PageView
from preprocess.pdf.pictured import PicturedText, drawn_without_text, pictured_text
from preprocess.pdf.rules import drawn_rules

_LIGATURES = {0xFB00 + index: text for index, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
# Bullets of the Symbol and Wingdings fonts as Word writes them: private code points without meaning in any other font.
_BULLETS = {0xF0B7: "•", 0xF06C: "●", 0xF06E: "■", 0xF071: "□", 0xF075: "◆", 0xF076: "❖", 0xF0A7: "▪", 0xF0A8: "□", 0xF0B2: "▪"}
_BULLETS |= {0xF0D8: "➢", 0xF0E0: "→", 0xF0FC: "✓", 0xF02D: "-", 0xF09F: "•"}
_MAX_CHARACTERS = 30_000  # of a page; a dense one has 6,000, five printed by a browser as one 20,000
_MAX_LIGATURE, _MAX_LIGATURES = 3, 2  # characters that one glyph may stand for, and how many such glyphs come in a row
_MAX_LABELS = 60  # characters of glyphs that stand for more, as pictures stand for their names
_SPACE = 32
_MADE_UP = {_SPACE, 10, 13}  # what pdfium puts in between texts that the file places apart
_LINE_END_HYPHEN = 2  # how pdfium writes a hyphen at the end of a line


class GlyphPage(NamedTuple):
    """Size in points as the page is shown (turned and cropped), and its glyphs in drawing order.

    `hidden` are glyphs that nobody sees; `unsure` those of `glyphs` for which that could not be told (see hidden/visibility.py).
    `mismatched` are ActualText strings that contradict the glyphs (see hidden/actual_text.py). `unseen_values` are texts of annotations
    whose appearance does not show them, and `unread_annotations` counts those on layers (see annotations.py). `pictured` are letters
    without a text; `is_text_layer`: most of the text was recognised before, and lies unseen over a picture of it.
    """

    width: float
    height: float
    glyphs: list[Glyph]
    hidden: list[Glyph]
    unsure: list[Glyph]
    mismatched: list[str]
    unseen_values: list[str]
    unread_annotations: int = 0
    pictured: PicturedText = PicturedText()
    is_text_layer: bool = False
    rules: Rules = NO_RULES
    """Drawn lines, which bound the cells of tables."""


NO_GLYPHS = GlyphPage(0.0, 0.0, [], [], [], [], [])
"""A page that cannot be read."""


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """Open a PDF held in memory. Raises pypdfium2.PdfiumError; its `err_code` is FPDF_ERR_PASSWORD where one is needed."""
    document = pdfium.PdfDocument(data)
    document.init_forms()  # form fields may cover text, and are only drawn then
    return document


def read_page(document: pdfium.PdfDocument, index: int, names: GlyphNames = MappingProxyType({})) -> GlyphPage:
    """Read the page at `index` (from 0), whose fonts name their glyphs so.

    Raises pypdfium2.PdfiumError where it cannot be loaded, and Unreadable `too_complex`.
    """
    page = document[index]
    view = PageView(*page.get_bbox(), page.get_rotation())
    buttons = buttons_of(document, page, view)
    page, fields = flattened(document, page, index, view)
    width, height = page.get_size()
    parts = page_objects(page)
    spans = remove_actual_text(parts)
    text = page.get_textpage()
    if text.count_chars() > _MAX_CHARACTERS:
        raise Unreadable("too_complex")
    drawing = None
    if text.count_chars():  # a page without is a picture anyway
        refuse_huge_images(parts)
        drawing = drawn_without_text(page, view, parts)
    actual_text = compare_actual_text(text, spans)
    invisible = hidden_characters(page, text, view, parts)
    meanings = glyph_meanings(text, names) | actual_text.replacements
    glyphs = [(text_index, glyph) for text_index, glyph in _glyphs(text, view, meanings) if glyph.text]
    if fields:
        added = flattened_texts(parts)
        glyphs = [(text_index, glyph) for text_index, glyph in glyphs if not _is_of(text, text_index, added) or fields.is_worded(glyph)]
    text.close()
    rules = drawn_rules(parts, view) if glyphs else NO_RULES
    marks = drawn_marks(parts, view) if glyphs else []
    shown, oversized = _without_oversized(_with_ligatures(glyph for text_index, glyph in glyphs if text_index not in invisible.hidden))
    unseen_values: list[str] = []
    if fields:
        shown, unseen_values = fields.drawn(shown)
    shown = with_bullets(marks, draw_buttons(buttons, shown), rules.vertical)
    page.close()
    hidden, unsure = (
        _with_ligatures(glyph for text_index, glyph in glyphs if glyph.text.isspace() or text_index in indexes) if indexes else []
        for indexes in (invisible.hidden, invisible.unsure)
    )
    if sum(map(len, oversized)) > _MAX_LABELS or any(" " in text for text in oversized):
        actual_text.mismatched.extend(oversized)
    pictured = pictured_text(drawing, shown) if drawing else PicturedText()
    unread = fields.unread if fields else 0
    return GlyphPage(
        width, height, shown, hidden, unsure, actual_text.mismatched, unseen_values, unread, pictured, invisible.is_text_layer, rules
    )


def _is_of(text: pdfium.PdfTextPage, text_index: int, objects: set[int]) -> bool:
    """Return whether a character is drawn by one of these text objects, given by address."""
    handle = raw.FPDFText_GetTextObject(text.raw, text_index)
    return bool(handle) and ctypes.addressof(handle.contents) in objects


def has_picture(document: pdfium.PdfDocument, index: int) -> bool:
    """Return whether there is an image on the page at `index`."""
    return next(document[index].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4), None) is not None


def _with_ligatures(glyphs: Iterator[Glyph]) -> list[Glyph]:
    """Merge the characters of a ligature ("fi"), which come with the same origin, and a share of its width each or all with the first.

    Those of an Arabic one come in the order in which they are read.
    """
    merged: list[Glyph] = []
    for glyph in glyphs:
        last = merged[-1] if merged else None
        if last and (last.x, last.y) == (glyph.x, glyph.y) and not last.text.isspace() and _belongs(glyph, last):
            if has_rtl(glyph.text):
                merged[-1] = last._replace(text=glyph.text + last.text, width=max(last.width, glyph.width))
            else:
                merged[-1] = last._replace(text=last.text + glyph.text, width=last.width + glyph.width)
        else:
            merged.append(glyph)
    return merged


def _belongs(glyph: Glyph, last: Glyph) -> bool:
    """Return whether a character may be of the same ligature as the one before: a space is, if that one is several characters anyway."""
    return not glyph.text.isspace() or (len(last.text) > 1 and not glyph.is_guess)


def _without_oversized(glyphs: list[Glyph]) -> tuple[list[Glyph], list[str]]:
    """Return the glyphs, with spaces in place of those that stand for more characters than ligatures do, and the texts of these.

    A font of icons may have one that stands for its name; other fonts that do so say more than they draw.
    """
    kept: list[Glyph] = []
    oversized: list[str] = []
    for is_several, group in groupby(glyphs, key=lambda glyph: len(glyph.text) > 1 and len(set(glyph.text)) > 1):
        run = list(group)
        for glyph in run:
            if is_several and (len(glyph.text) > _MAX_LIGATURE or len(run) > _MAX_LIGATURES):
                oversized.append(glyph.text)
                kept.append(glyph._replace(text=" "))
            else:
                kept.append(glyph)
    return kept, oversized


def _glyphs(text: pdfium.PdfTextPage, view: PageView, replacements: Mapping[int, str]) -> Iterator[tuple[int, Glyph]]:
    """Yield glyphs as drawn, with their indexes in the text page, without the line ends that pdfium inserts: the layout finds its own.

    Of characters that are one glyph, each with its whole box, the first has its width.
    """
    page, rotation = text.raw, view.rotation
    x, y, matrix, bounds = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX(), raw.FS_RECTF()
    to_x, to_y, to_matrix, to_bounds = map(ctypes.byref, (x, y, matrix, bounds))  # once: this loop is most of the reading time
    height = angle = 0.0
    turn: tuple[float, ...] = ()
    last_place: tuple[float, ...] = ()
    codes = [raw.FPDFText_GetUnicode(page, index) for index in range(text.count_chars())]
    replacements = dict(replacements) | drawn_signs(codes)  # ActualText has brackets as they are read
    for index, code in enumerate(codes):
        raw.FPDFText_GetCharOrigin(page, index, to_x, to_y)
        point = view.seen(x.value, y.value)
        if code in _MADE_UP and raw.FPDFText_IsGenerated(page, index) == 1:
            if code == _SPACE:
                yield index, Glyph(" ", *point, 0.0, 0.0, (angle - rotation) % 360, is_guess=True)
            continue
        raw.FPDFText_GetLooseCharBox(page, index, to_bounds)
        raw.FPDFText_GetMatrix(page, index, to_matrix)
        if turn != (linear_part := (matrix.a, matrix.b, matrix.c, matrix.d)):
            turn = linear_part
            height = math.hypot(matrix.c, matrix.d)
            angle = math.degrees(math.atan2(matrix.b, matrix.a))
        size = max(abs(raw.FPDFText_GetFontSize(page, index)) * height, 0.1)
        is_hyphen = code == _LINE_END_HYPHEN and raw.FPDFText_IsHyphen(page, index) == 1
        character = replacements[index] if index in replacements else "-" if is_hyphen else _character(code)
        origin = (*point, bounds.left, bounds.right, bounds.bottom, bounds.top)
        width = 0.0 if origin == last_place else _width(character, bounds, size, angle)
        last_place = origin
        yield index, Glyph(character, *point, width, size, (angle - rotation) % 360)


def _character(code: int) -> str:
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:  # a glyph without a meaning
        return "�"
    return _LIGATURES.get(code) or _BULLETS.get(code) or chr(code)


def _width(character: str, bounds: raw.FS_RECTF, size: float, angle: float) -> float:
    """Return how far the glyph advances along its line; an estimate for slanted lines, whose boxes do not tell."""
    if 3 < angle % 90 < 87:
        return size if character >= "⺀" else 0.5 * size
    width = bounds.right - bounds.left if not angle or round(angle / 90) % 2 == 0 else bounds.top - bounds.bottom
    return min(max(width, 0.0), 3 * size)
