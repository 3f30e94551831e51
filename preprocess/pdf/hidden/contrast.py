"""Measure how much each character of a PDF page contrasts with what is drawn there besides text. Decides nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.pdf.hidden.layers import PILED, layers
from preprocess.pdf.hidden.marks import CharacterMark, Handle, PageObject, TextObject, advance_box, is_embedded
from preprocess.pdf.hidden.pixels import (
    Frame,
    are_equal,
    difference,
    frame,
    ink,
    is_hairline,
    is_solid,
    picture,
    rows_of,
    stands_out,
    variation,
)
from preprocess.pdf.page_view import PageView, Rect

_SHAPE_CONTRAST = 24
_MIN_RUN, _MIN_SHARE_OF_TEXT = 10, 0.7
_MISSED = 0.3  # of the ink of a letter; where less is missed with the letter, others cover it


class Contrasts(NamedTuple):
    """`of_marks` from 0 to 255, exact below `enough`; which marks are `solid` blocks; and the page without its texts."""

    of_marks: list[int]
    solid: frozenset[int]
    bare: bytes
    frame_used: Frame

    def behind(self, mark: CharacterMark) -> int:
        """Return the greatest contrast within what is drawn behind a mark besides text."""
        return variation(self.bare, self.frame_used, mark.box)

    def around(self, mark: CharacterMark) -> int:
        """Return the same, with half of the mark's height around it: over a page scanned askew a text layer lies roughly."""
        x0, y0, x1, y1 = mark.box
        half = (y1 - y0) / 2
        return variation(self.bare, self.frame_used, Rect(x0 - half, y0 - half, x1 + half, y1 + half))


def measure(
    page: pdfium.PdfPage,
    text: pdfium.PdfTextPage,
    view: PageView,
    marks: list[CharacterMark],
    drawings: list[TextObject],
    parts: list[PageObject],
    blocks: set[int],
    enough: int,
) -> Contrasts | None:
    """Draw the page without any of its texts, then with those of the marks, and compare. None if it is too large to be drawn.

    Texts that lie over each other are drawn apart, then removed one by one: a text is visible if it can be seen alone, and if its removal
    changes the page. All are inactive afterwards. `blocks` are the marks (by index in the list) that may be solid.
    """
    frame_used = frame([mark.box for mark in marks], *page.get_size())
    if frame_used is None:
        return None
    texts = [part.handle for part in parts if part.kind == raw.FPDF_PAGEOBJ_TEXT]
    handles = [drawing.handle for drawing in drawings]
    _activate([*texts, *handles], False)
    bare = picture(page, frame_used)
    contrasts_of_marks = [0] * len(marks)
    solid: set[int] = set()
    numbers = layers([f"{drawing.font} {drawing.text}" for drawing in drawings], [drawing.box for drawing in drawings])
    used = sorted(set(numbers) - {PILED})
    members = {layer: [index for index, mark in enumerate(marks) if numbers[mark.drawing] == layer] for layer in used}
    owners = {layer: [handle for handle, number in zip(handles, numbers, strict=True) if number == layer] for layer in used}
    pictures: dict[int, bytes] = {}
    for layer in used:
        _activate(owners[layer], True)
        shown = pictures[layer] = picture(page, frame_used)
        _activate(owners[layer], False)
        for index in members[layer]:
            mark = marks[index]
            rows = rows_of(frame_used, mark.box)
            contrasts_of_marks[index] = difference(shown, bare, rows, enough)
            if contrasts_of_marks[index] < enough and not is_embedded(drawings[mark.drawing]):
                contrasts_of_marks[index] = difference(shown, bare, rows_of(frame_used, advance_box(text, mark, view)), enough)
            elif contrasts_of_marks[index] >= enough and is_hairline(shown, bare, rows, (mark.box.y1 - mark.box.y0) * frame_used.scale):
                contrasts_of_marks[index] = 0
            if index in blocks and contrasts_of_marks[index] >= enough and is_solid(shown, bare, frame_used, mark.box):
                solid.add(index)
    if len(used) > 1:
        for layer in used:
            _activate(owners[layer], True)
        full = picture(page, frame_used)
        copies = Counter(_copy(mark, drawings) for mark in marks)
        covered: set[int] = set()
        for layer in used:
            if len(used) == 2:
                without = pictures[sum(used) - layer]
            else:
                _activate(owners[layer], False)
                without = picture(page, frame_used)
                _activate(owners[layer], True)
            for index in members[layer]:
                mark = marks[index]
                rows = rows_of(frame_used, mark.box)
                if are_equal(full, pictures[layer], rows):  # it looks as it does alone
                    continue
                alone = ink(pictures[layer], bare, rows)
                if ink(full, without, rows) < _MISSED * alone and not _has_copy(mark, drawings, copies):
                    covered.add(index)
        _activate(handles, False)
        for index in _in_runs(covered, marks):
            contrasts_of_marks[index] = 0
    return Contrasts(contrasts_of_marks, frozenset(solid), bare, frame_used)


def painted_by_mask(
    page: pdfium.PdfPage, contrasts: Contrasts, marks: list[CharacterMark], drawings: list[TextObject], parts: list[PageObject]
) -> set[int]:
    """Return the text objects of these marks that are visible, but not by their own ink: as a clip or a mask, or in a scan.

    The page cannot be drawn afterwards: the letters are made black, and everything else inactive.
    """
    _activate([part.handle for part in parts], False)
    numbers = {mark.drawing for mark in marks}
    for handle in (drawings[number].handle for number in numbers):
        raw.FPDFTextObj_SetTextRenderMode(handle, raw.FPDF_TEXTRENDERMODE_FILL)
        raw.FPDFPageObj_SetFillColor(handle, 0, 0, 0, 255)
        raw.FPDFPageObj_SetIsActive(handle, True)
    _activate([part.handle for part in parts if part.kind == raw.FPDF_PAGEOBJ_FORM], True)
    mask = picture(page, contrasts.frame_used)
    values: dict[int, list[float]] = defaultdict(list)
    for mark in marks:
        values[mark.drawing].append(stands_out(contrasts.bare, mask, contrasts.frame_used, mark.box))
    return {
        number
        for number, contrasts_of_letters in values.items()
        if sum(contrasts_of_letters) >= _SHAPE_CONTRAST * len(contrasts_of_letters)
    }


def _activate(handles: list[Handle], is_active: bool) -> None:
    for handle in handles:
        raw.FPDFPageObj_SetIsActive(handle, is_active)


def _in_runs(covered: set[int], marks: list[CharacterMark]) -> Iterator[int]:
    """Yield the covered marks that are many in a row, and all marks of texts that are mostly covered.

    Others are a few letters of a line under the strokes of a watermark.
    """
    for _, group in groupby(range(len(marks)), key=lambda index: index in covered):
        run = list(group)
        if run[0] in covered and len(run) >= _MIN_RUN:
            yield from run
    for _, group in groupby(range(len(marks)), key=lambda index: marks[index].drawing):
        drawn = list(group)
        if len(drawn) > 2 and len(covered.intersection(drawn)) > _MIN_SHARE_OF_TEXT * len(drawn):
            yield from drawn


def _copy(mark: CharacterMark, drawings: list[TextObject]) -> tuple[str, int, int, int]:
    """Return the key that copies of a letter in one place share."""
    return mark.character, drawings[mark.drawing].font, round(mark.box.x0), round(mark.box.y0)


def _has_copy(mark: CharacterMark, drawings: list[TextObject], copies: Counter[tuple[str, int, int, int]]) -> bool:
    character, font, x, y = _copy(mark, drawings)
    return sum(copies[character, font, x + right, y + down] for right in (-1, 0, 1) for down in (-1, 0, 1)) > 1
