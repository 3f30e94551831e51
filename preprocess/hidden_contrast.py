"""How much each character of a PDF page stands out from what is drawn there besides text. Measures, and judges nothing."""

from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.hidden_layers import PILED, layers
from preprocess.hidden_marks import Drawing, Handle, Mark, advance_box, is_embedded
from preprocess.hidden_pixels import Frame, difference, frame, picture, variation
from preprocess.page_view import View


class Contrasts(NamedTuple):
    """`of_marks` from 0 to 255, exact below `enough`; and the page without its texts."""

    of_marks: list[int]
    bare: bytes
    shot: Frame

    def behind(self, mark: Mark) -> int:
        """The greatest contrast within what is drawn at the place of a mark besides text."""
        return variation(self.bare, self.shot, mark.box)


def measure(
    page: pdfium.PdfPage, text: pdfium.PdfTextPage, view: View, marks: list[Mark], drawings: list[Drawing], texts: list[Handle], enough: int
) -> Contrasts | None:
    """Draw the page without any of its `texts`, then with those of the marks. None where it is too large to be drawn.

    Texts that lie over each other are drawn apart. All are inactive afterwards.
    """
    shot = frame([mark.box for mark in marks], *page.get_size())
    if shot is None:
        return None
    for handle in [*texts, *(drawing.handle for drawing in drawings)]:
        raw.FPDFPageObj_SetIsActive(handle, False)
    bare = picture(page, shot)
    found = [0] * len(marks)
    numbers = layers([drawing.text for drawing in drawings], [drawing.box for drawing in drawings])
    for layer in sorted(set(numbers) - {PILED}):
        own = [drawing.handle for drawing, number in zip(drawings, numbers, strict=True) if number == layer]
        for handle in own:
            raw.FPDFPageObj_SetIsActive(handle, True)
        shown = picture(page, shot)
        for handle in own:
            raw.FPDFPageObj_SetIsActive(handle, False)
        for place, mark in enumerate(marks):
            if numbers[mark.drawing] == layer:
                found[place] = difference(shown, bare, shot, mark.box, enough)
                if found[place] < enough and not is_embedded(drawings[mark.drawing]):
                    found[place] = difference(shown, bare, shot, advance_box(text, mark, view), enough)
    return Contrasts(found, bare, shot)
