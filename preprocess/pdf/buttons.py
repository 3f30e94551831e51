"""Draw ☑ and ☐ for check boxes and radio buttons of a PDF form: their state is that of an annotation (/AS), no text of the page."""

import math
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.layout.glyphs import Glyph
from preprocess.pdf.page_view import PageView, Rect

TICKED, EMPTY = "☑", "☐"
_BUTTONS = frozenset({raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON})
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_MAX_BUTTONS = 500  # of a page; a long application form has 200
_MAX_SIZE = 40  # points; a larger button is no box beside a word
_DRAWN = frozenset("□☐▢◻○◯■●☑☒✓✔√")
"""Signs that a form may draw below a button: the button says how it stands."""


def buttons_of(document: pdfium.PdfDocument, page: pdfium.PdfPage, view: PageView) -> list[tuple[Rect, bool]]:
    """Return the place of each button that is shown, and whether it is ticked."""
    return list(_buttons(document, page, view))


def draw_buttons(buttons: Sequence[tuple[Rect, bool]], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the glyphs of a page and a sign for each of its buttons, in place of one that the page draws there."""
    if not buttons:
        return list(glyphs)
    kept = [glyph for glyph in glyphs if glyph.text not in _DRAWN or not any(_lies_on(glyph, rect) for rect, _ in buttons)]
    return kept + [_sign(rect, is_ticked, glyphs) for rect, is_ticked in buttons]


def _buttons(document: pdfium.PdfDocument, page: pdfium.PdfPage, view: PageView) -> Iterator[tuple[Rect, bool]]:
    """Yield the place of each button that is shown, and whether it is ticked."""
    if document.formenv is None:
        return
    form, rect = document.formenv.raw, raw.FS_RECTF()
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MAX_BUTTONS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        is_button = raw.FPDFAnnot_GetFormFieldType(form, annotation) in _BUTTONS
        if is_button and not raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN and raw.FPDFAnnot_GetRect(annotation, rect):
            area = view.rect_in_view(rect.left, rect.bottom, rect.right, rect.top)
            if 0 < area.x1 - area.x0 <= _MAX_SIZE and 0 < area.y1 - area.y0 <= _MAX_SIZE:
                yield area, bool(raw.FPDFAnnot_IsChecked(form, annotation))
        raw.FPDFPage_CloseAnnot(annotation)


def _sign(area: Rect, is_ticked: bool, glyphs: Sequence[Glyph]) -> Glyph:
    """The sign on the baseline of the text nearest to the button, and in its direction; without any text, near its lower edge."""
    x, y, width = (area.x0 + area.x1) / 2, (area.y0 + area.y1) / 2, area.x1 - area.x0
    nearest = min(
        (glyph for glyph in glyphs if not glyph.text.isspace()), key=lambda glyph: (glyph.x - x) ** 2 + (glyph.y - y) ** 2, default=None
    )
    size = nearest.size if nearest else area.y1 - area.y0
    angle = nearest.angle if nearest else 0.0
    right, up = _directions(angle)
    rise = -size / 3
    if nearest and abs(above := (nearest.x - x) * up[0] + (nearest.y - y) * up[1]) <= size:
        rise = above
    x, y = x - right[0] * width / 2 + up[0] * rise, y - right[1] * width / 2 + up[1] * rise
    return Glyph(TICKED if is_ticked else EMPTY, x, y, width, size, angle)


def _directions(angle: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The unit vectors along a line of that angle, and from its baseline upwards, where y grows downwards."""
    turn = math.radians(angle)
    return (math.cos(turn), -math.sin(turn)), (-math.sin(turn), -math.cos(turn))


def _lies_on(glyph: Glyph, area: Rect) -> bool:
    right, up = _directions(glyph.angle)
    x = glyph.x + right[0] * glyph.width / 2 + up[0] * glyph.size / 3
    y = glyph.y + right[1] * glyph.width / 2 + up[1] * glyph.size / 3
    return area.x0 - 2 <= x <= area.x1 + 2 and area.y0 - 2 <= y <= area.y1 + 2
