"""Lay the texts of annotations over the glyphs of a page that was flattened: which glyphs are theirs, and those that no appearance shows.

annotations.py takes them out of the file. Knows nothing of pdfium.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from preprocess.layout.glyphs import Glyph, turned
from preprocess.pdf.page_view import Rect

USUAL_SIZE = 10.0  # points
_MISSING = 0.5  # of a typed text's characters are not drawn: the font lacks them


class Field(NamedTuple):
    """An annotation that is shown: its place, whether its text is of the page, and a text to be drawn in its place, or ""."""

    box: Rect
    is_worded: bool
    text: str = ""
    size: float = USUAL_SIZE
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
