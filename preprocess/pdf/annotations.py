"""Make form values and typed annotations part of their page, so that its text is all that a person reads there.

pdfium draws a value that has no appearance of its own when the page is loaded. Flattening then turns the annotations into one form (an
XObject) at the end of the page, where texts are read and checked like any other. Decides nothing about hidden text.
"""

import ctypes
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.pdf.form_values import USUAL_SIZE, Field, Fields
from preprocess.pdf.hidden.marks import Handle, PageObject
from preprocess.pdf.page_view import PageView
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
_LATIN = "\u02ff"
_MAX_RICH_TEXT = 100_000  # characters
_MAX_DEPTH = 4  # forms within the appearance of an annotation


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
    return size.value or USUAL_SIZE


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
