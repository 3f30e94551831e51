"""How much each character of a PDF page stands out from what is drawn there besides text. Measures, and judges nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.pdf.hidden.layers import PILED, layers
from preprocess.pdf.hidden.marks import Drawing, Handle, Mark, Part, advance_box, is_embedded
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
from preprocess.pdf.page_view import View

_SHAPE_CONTRAST = 24
_LONG_RUN, _MOST_OF_A_TEXT = 10, 0.7
_MISSED = 0.3  # of the ink of a letter; where less is missed with the letter, others cover it


class Contrasts(NamedTuple):
    """`of_marks` from 0 to 255, exact below `enough`; which of them are `solid` blocks; and the page without its texts."""

    of_marks: list[int]
    solid: frozenset[int]
    bare: bytes
    shot: Frame

    def behind(self, mark: Mark) -> int:
        """The greatest contrast within what is drawn at the place of a mark besides text."""
        return variation(self.bare, self.shot, mark.box)


def measure(
    page: pdfium.PdfPage,
    text: pdfium.PdfTextPage,
    view: View,
    marks: list[Mark],
    drawings: list[Drawing],
    parts: list[Part],
    blocks: set[int],
    enough: int,
) -> Contrasts | None:
    """Draw the page without any of its texts, then with those of the marks. None where it is too large to be drawn.

    Texts that lie over each other are drawn apart, and then taken away one by one: a text is seen if it can be seen alone, and
    if it is missed. All are inactive afterwards. `blocks` are the marks (by place in the list) that may be solid.
    """
    shot = frame([mark.box for mark in marks], *page.get_size())
    if shot is None:
        return None
    texts = [part.handle for part in parts if part.kind == raw.FPDF_PAGEOBJ_TEXT]
    handles = [drawing.handle for drawing in drawings]
    _activate([*texts, *handles], False)
    bare = picture(page, shot)
    found = [0] * len(marks)
    solid: set[int] = set()
    numbers = layers([f"{drawing.font} {drawing.text}" for drawing in drawings], [drawing.box for drawing in drawings])
    used = sorted(set(numbers) - {PILED})
    members = {layer: [place for place, mark in enumerate(marks) if numbers[mark.drawing] == layer] for layer in used}
    owners = {layer: [handle for handle, number in zip(handles, numbers, strict=True) if number == layer] for layer in used}
    pictures: dict[int, bytes] = {}
    for layer in used:
        _activate(owners[layer], True)
        shown = pictures[layer] = picture(page, shot)
        _activate(owners[layer], False)
        for place in members[layer]:
            mark = marks[place]
            rows = rows_of(shot, mark.box)
            found[place] = difference(shown, bare, rows, enough)
            if found[place] < enough and not is_embedded(drawings[mark.drawing]):
                found[place] = difference(shown, bare, rows_of(shot, advance_box(text, mark, view)), enough)
            elif found[place] >= enough and is_hairline(shown, bare, rows, (mark.box.y1 - mark.box.y0) * shot.scale):
                found[place] = 0
            if place in blocks and found[place] >= enough and is_solid(shown, bare, shot, mark.box):
                solid.add(place)
    if len(used) > 1:
        for layer in used:
            _activate(owners[layer], True)
        full = picture(page, shot)
        copies = Counter(_copy(mark, drawings) for mark in marks)
        covered: set[int] = set()
        for layer in used:
            if len(used) == 2:
                without = pictures[sum(used) - layer]
            else:
                _activate(owners[layer], False)
                without = picture(page, shot)
                _activate(owners[layer], True)
            for place in members[layer]:
                mark = marks[place]
                rows = rows_of(shot, mark.box)
                if are_equal(full, pictures[layer], rows):  # it looks as it does alone
                    continue
                alone = ink(pictures[layer], bare, rows)
                if ink(full, without, rows) < _MISSED * alone and not _has_copy(mark, drawings, copies):
                    covered.add(place)
        _activate(handles, False)
        for place in _in_runs(covered, marks):
            found[place] = 0
    return Contrasts(found, frozenset(solid), bare, shot)


def painted_otherwise(
    page: pdfium.PdfPage, contrasts: Contrasts, marks: list[Mark], drawings: list[Drawing], parts: list[Part]
) -> set[int]:
    """The drawings of these marks whose letters are seen, but not by their own ink: as a clip or a mask of a picture, or in a scan.

    The page cannot be drawn any more afterwards: the letters are made black, and everything else inactive.
    """
    _activate([part.handle for part in parts], False)
    numbers = {mark.drawing for mark in marks}
    for handle in (drawings[number].handle for number in numbers):
        raw.FPDFTextObj_SetTextRenderMode(handle, raw.FPDF_TEXTRENDERMODE_FILL)
        raw.FPDFPageObj_SetFillColor(handle, 0, 0, 0, 255)
        raw.FPDFPageObj_SetIsActive(handle, True)
    _activate([part.handle for part in parts if part.kind == raw.FPDF_PAGEOBJ_FORM], True)
    mask = picture(page, contrasts.shot)
    values: dict[int, list[float]] = defaultdict(list)
    for mark in marks:
        values[mark.drawing].append(stands_out(contrasts.bare, mask, contrasts.shot, mark.box))
    return {number for number, found in values.items() if sum(found) >= _SHAPE_CONTRAST * len(found)}


def _activate(handles: list[Handle], is_active: bool) -> None:
    for handle in handles:
        raw.FPDFPageObj_SetIsActive(handle, is_active)


def _in_runs(covered: set[int], marks: list[Mark]) -> Iterator[int]:
    """The covered marks that are many in a row, and all of texts that are mostly covered.

    Others are a few letters of a line under the strokes of a watermark.
    """
    for _, group in groupby(range(len(marks)), key=lambda place: place in covered):
        run = list(group)
        if run[0] in covered and len(run) >= _LONG_RUN:
            yield from run
    for _, group in groupby(range(len(marks)), key=lambda place: marks[place].drawing):
        drawn = list(group)
        if len(drawn) > 2 and len(covered.intersection(drawn)) > _MOST_OF_A_TEXT * len(drawn):
            yield from drawn


def _copy(mark: Mark, drawings: list[Drawing]) -> tuple[str, int, int, int]:
    """What copies of a letter in one place have in common."""
    return mark.character, drawings[mark.drawing].font, round(mark.box.x0), round(mark.box.y0)


def _has_copy(mark: Mark, drawings: list[Drawing], copies: Counter[tuple[str, int, int, int]]) -> bool:
    character, font, x, y = _copy(mark, drawings)
    return sum(copies[character, font, x + right, y + down] for right in (-1, 0, 1) for down in (-1, 0, 1)) > 1
