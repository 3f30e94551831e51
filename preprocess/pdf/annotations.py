"""Make form values and typed annotations part of their page, so that its text is all that a person reads there.

pdfium draws a value that has no appearance of its own when the page is loaded. Flattening then turns the annotations into one form (an
XObject) at the end of the page, where texts are read and checked like any other. Decides nothing about hidden text.
"""

import ctypes
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.layout.glyphs import Glyph, turned
from preprocess.pdf.hidden.marks import Handle, PageObject
from preprocess.pdf.page_view import PageView, Rect
from preprocess.web.rich_text import plain_lines

_MAX_ANNOTATIONS = 500  # of a page; a long application form has 200
_VALUES = frozenset({raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX})
_BUTTONS = frozenset({raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON, raw.FPDF_FORMFIELD_PUSHBUTTON})
_PASSWORD, _COMB = 1 << 13, 1 << 24  # flags of a text field
# What is written in these is of the viewer or of another reader, not of the page: icons, comments, watermarks.
_WORDLESS = frozenset(
    getattr(raw, f"FPDF_ANNOT_{name}")
    for name in ("TEXT", "POPUP", "LINK", "FILEATTACHMENT", "WATERMARK", "SOUND", "MOVIE", "SCREEN", "PRINTERMARK", "TRAPNET")
)
_USUAL_SIZE = 10.0  # points
_MISSING = 0.5  # of a typed text's characters are not drawn: the font lacks them
_LATIN = "\u02ff"
_MAX_RICH_TEXT = 100_000  # characters
_MAX_DEPTH = 4  # forms within the appearance of an annotation


class Field(NamedTuple):
    """An annotation that is shown: its place, whether its text is of the page, and a text to be drawn in its place, or ""."""

    box: Rect
    is_worded: bool
    text: str = ""
    size: float = _USUAL_SIZE
    is_comb: bool = False
    is_typed: bool = False
    """`text` is drawn only if the appearance lacks it."""

    is_value: bool = False
    """`text` is drawn only if the appearance shows a part of it: viewers scroll a field whose value is longer than its place."""


class Fields(NamedTuple):
    """The annotations of a page that was flattened. `unsure` are texts of which the file's own appearances show nothing.

    `unread` counts the annotations with a text on a layer that may be switched off, and the attached files.
    """

    fields: Sequence[Field] = ()
    unsure: Sequence[str] = ()
    unread: int = 0

    def is_worded(self, glyph: Glyph) -> bool:
        """Return whether the smallest annotation around a glyph is one whose text is of the page; outside of them all, it is cut off."""
        around = [field for field in self.fields if _holds(field.box, glyph)]
        return bool(around) and min(around, key=lambda field: _area(field.box)).is_worded

    def drawn(self, glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[str]]:
        """Return the glyphs with the cells of each comb as one word and with texts that lack an appearance, and which those are."""
        kept, unsure = list(glyphs), list(self.unsure)
        for field in self.fields:
            if not field.is_comb and not field.text:
                continue
            inside, outside = _parted(kept, field.box)
            if field.is_comb:
                added = _word(inside)
            elif (field.is_typed and not _is_missing(field.text, inside)) or (field.is_value and not _is_cut(field.text, inside)):
                continue
            else:
                added = _lines(field)
                unsure += [field.text] if field.is_typed or field.is_value else []
            kept = outside + added
        return kept, unsure


def flattened(document: pdfium.PdfDocument, page: pdfium.PdfPage, index: int, view: PageView) -> tuple[pdfium.PdfPage, Fields | None]:
    """Return the page at `index` with its annotations flattened, and what they were; None where none has a text, and `page` is as it was.

    Annotations that no viewer shows are removed.
    """
    count = min(raw.FPDFPage_GetAnnotCount(page.raw), _MAX_ANNOTATIONS)
    if not count or document.formenv is None:
        return page, None
    fields: list[Field] = []
    unsure: list[str] = []
    has_text, unread = False, 0
    for position in reversed(range(count)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, position)
        if not annotation:
            continue
        flags = raw.FPDFAnnot_GetFlags(annotation)
        is_layered = raw.FPDFAnnot_HasKey(annotation, b"OC") == 1
        is_shown = not flags & (raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW) and not is_layered
        if is_shown and (field := _field(document.formenv.raw, annotation, view)):
            fields.append(field)
            drawn = field.is_worded and _draws_text(annotation)
            has_text |= (
                drawn or bool(field.text) or raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STAMP
            )  # perhaps a picture of text
            value = _value(document.formenv.raw, annotation) if field.is_worded and not drawn else ""
            if value:
                raw.FPDFAnnot_SetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None)  # the page's next loading draws one
                unsure.append(value)
        is_file = raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FILEATTACHMENT
        unread += is_file or (is_layered and _draws_text(annotation))
        raw.FPDFPage_CloseAnnot(annotation)
        if not is_shown:
            raw.FPDFPage_RemoveAnnot(page.raw, position)
    if not has_text and not unsure and not unread:
        return page, None
    if unsure:
        page.close()
        page = document[index]
    raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    page.close()
    return document[index], Fields(fields[::-1], unsure[::-1], unread)


def flattened_texts(parts: Sequence[PageObject]) -> set[int]:
    """Return the addresses of the text objects that flattening put on a page: those of its last form."""
    start = max((position for position, part in enumerate(parts) if not part.depth), default=len(parts))
    return {ctypes.addressof(part.handle.contents) for part in parts[start:] if part.kind == raw.FPDF_PAGEOBJ_TEXT}


def _field(form: Handle, annotation: Handle, view: PageView) -> Field | None:
    rect, kind = raw.FS_RECTF(), raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if not raw.FPDFAnnot_GetRect(annotation, rect):
        return None
    area = view.rect_in_view(rect.left, rect.bottom, rect.right, rect.top)
    if kind == raw.FPDF_FORMFIELD_LISTBOX:
        return Field(area, False, _selected(form, annotation), _font_size(form, annotation))
    if kind in _VALUES:
        flags = raw.FPDFAnnot_GetFormFieldFlags(form, annotation)
        if flags & (_PASSWORD | _COMB):
            return Field(area, not flags & _PASSWORD, is_comb=bool(flags & _COMB))
        value, size = _value(form, annotation), _font_size(form, annotation)
        if not value and (text := _rich_text(annotation, b"RV")):
            return Field(area, True, text, size, is_typed=True)
        return Field(area, True, value, size, is_value=True)
    subtype = raw.FPDFAnnot_GetSubtype(annotation)
    if subtype == raw.FPDF_ANNOT_FREETEXT:
        text = _string(raw.FPDFAnnot_GetStringValue, annotation, b"Contents")
        if not text.strip():
            text = _rich_text(annotation, b"RC")
        elif raw.FPDFAnnot_GetObjectCount(annotation) == 0 or not any(character > _LATIN for character in text):
            text = ""
        if text:
            return Field(area, True, text, is_typed=True)
    return Field(area, kind not in _BUTTONS and subtype not in _WORDLESS)


def _value(form: Handle, annotation: Handle) -> str:
    is_value = raw.FPDFAnnot_GetFormFieldType(form, annotation) in _VALUES
    return _string(raw.FPDFAnnot_GetFormFieldValue, form, annotation).strip() if is_value else ""


def _rich_text(annotation: Handle, key: bytes) -> str:
    """Return the lines of a text that an annotation keeps as XHTML only."""
    return "\n".join(plain_lines(_string(raw.FPDFAnnot_GetStringValue, annotation, key)[:_MAX_RICH_TEXT]))


def _selected(form: Handle, annotation: Handle) -> str:
    """Return what is selected of a list; its appearance shows all options."""
    options = range(min(raw.FPDFAnnot_GetOptionCount(form, annotation), _MAX_ANNOTATIONS))
    labels = (
        _string(raw.FPDFAnnot_GetOptionLabel, form, annotation, option)
        for option in options
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, option)
    )
    return ", ".join(labels)


def _font_size(form: Handle, annotation: Handle) -> float:
    size = ctypes.c_float()
    raw.FPDFAnnot_GetFontSize(form, annotation, ctypes.byref(size))
    return size.value or _USUAL_SIZE


def _string(get: Handle, *arguments: Handle) -> str:
    """Return the string that a function of pdfium writes into a buffer, as UTF-16."""
    length = get(*arguments, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    get(*arguments, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _draws_text(annotation: Handle) -> bool:
    """Return whether there is a text object in the appearance of an annotation."""
    objects = [(raw.FPDFAnnot_GetObject(annotation, position), 0) for position in range(raw.FPDFAnnot_GetObjectCount(annotation))]
    while objects:
        handle, depth = objects.pop()
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            return True
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            objects += [(raw.FPDFFormObj_GetObject(handle, inner), depth + 1) for inner in range(raw.FPDFFormObj_CountObjects(handle))]
    return False


def _holds(area: Rect, glyph: Glyph) -> bool:
    """Return whether a glyph stands in a place (its origin does)."""
    return area.x0 - 1 <= glyph.x <= area.x1 + 1 and area.y0 - 1 <= glyph.y <= area.y1 + 1


def _parted(glyphs: Sequence[Glyph], area: Rect) -> tuple[list[Glyph], list[Glyph]]:
    """Return the glyphs that stand in a place, and the others."""
    inside, outside = [], []
    for glyph in glyphs:
        (inside if _holds(area, glyph) else outside).append(glyph)
    return inside, outside


def _area(area: Rect) -> float:
    return (area.x1 - area.x0) * (area.y1 - area.y0)


def _is_missing(text: str, inside: Sequence[Glyph]) -> bool:
    wanted = Counter("".join(text.split()))
    missing = wanted - Counter("".join(glyph.text for glyph in inside))
    return sum(missing.values()) > _MISSING * sum(wanted.values())


def _is_cut(value: str, inside: Sequence[Glyph]) -> bool:
    """Return whether an appearance shows a part of a value, and not all of it or something else, as a date in another form."""
    shown = "".join("".join(glyph.text for glyph in inside).split()).replace("_", "")
    whole = "".join(value.split())
    return 0 < len(shown) < len(whole) and shown in whole


def _word(inside: Sequence[Glyph]) -> list[Glyph]:
    """Return the characters of a comb as one glyph; a cell left empty is a space."""
    places = sorted((turned(glyph.x, glyph.y, glyph.angle)[0] + glyph.width / 2, glyph) for glyph in inside if not glyph.text.isspace())
    if not places:
        return []
    cell = min((right - left for (left, _), (right, _) in pairwise(places)), default=0.0)
    text = places[0][1].text
    for (left, _), (right, glyph) in pairwise(places):
        text += (" " if right - left > 1.5 * cell else "") + glyph.text
    return [places[0][1]._replace(text=text, width=sum(glyph.width for _, glyph in places))]


def _lines(field: Field) -> list[Glyph]:
    """Return one glyph for each line of a text, from the top of its place."""
    lines = [line.strip() for line in field.text.splitlines() if line.strip()]
    height = (field.box.y1 - field.box.y0) / max(1, len(lines))
    size = min(field.size, 0.8 * height)
    x, top, width = field.box.x0 + 2, field.box.y0 + 0.5 * height + 0.35 * size, field.box.x1 - field.box.x0
    return [Glyph(line, x, top + row * height, min(_advance(line, size), width), size) for row, line in enumerate(lines)]


def _advance(line: str, size: float) -> float:
    return size * sum(1.0 if character >= "⺀" else 0.5 for character in line)
