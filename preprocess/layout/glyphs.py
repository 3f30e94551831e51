"""Group the glyphs of a page into text fragments: words that belong together, with the spaces a reader sees. Knows no lines or columns.

Glyphs are followed in drawing order, so that text drawn over other text never gets mixed into it letter by letter.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from preprocess.layout.bidi import has_rtl

WIDE_GAP = 0.7  # em; text on the two sides of it may belong to different columns or cells
_CASE_GAP = 0.08  # em; between a small letter and a capital (Java, Spring) no kerning leaves so much
_TRACKED = 0.1  # em; from here on the PDF library takes letter-spacing for spaces
_FEWEST_OF_A_PITCH, _SHARE_OF_A_PITCH = 4, 0.9  # pairs of letters
_CLOSING, _OPENING = "，。、；：！？）》」』】〕〉”’", "（《「『【〔〈“‘"
_HALF = 0.6  # em; browsers set a full-width mark beside another half as wide as the font says
_RUN_GAP = 1.0  # em; further apart than this two glyphs never are letters of one letter-spaced word


class Glyph(NamedTuple):
    """One character. `x`, `y`: its origin on the baseline, in points, y downwards; `width`: its advance, in points.

    `is_guess`: a space that is not in the file but that the PDF library, which knows the font, would put there.
    """

    text: str
    x: float
    y: float
    width: float
    size: float
    angle: float = 0.0
    is_guess: bool = False


@dataclass(frozen=True)
class TextFragment:
    """Words on one baseline without a wide gap. `y` is the baseline; `spaced`: a space character was drawn before it on its line.

    `order` counts the fragments of the page as they are drawn. `cell` is that of a Line; `opens_cell`: it begins a cell beside another.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    spaced: bool = False
    order: int = 0
    cell: tuple[float, float] | None = None
    opens_cell: bool = False

    @property
    def top(self) -> float:
        """Upper edge of the em box: the same for every font, unlike the fonts' own ascents."""
        return self.y - 0.8 * self.size

    @property
    def bottom(self) -> float:
        """Lower edge of the em box."""
        return self.y + 0.2 * self.size


Row = list[TextFragment]
"""Fragments of one line, from left to right."""


def fragments_of(glyphs: Iterable[Glyph]) -> list[TextFragment]:
    """Group upright glyphs into fragments, in drawing order. Linear in the number of glyphs."""
    fragments: list[TextFragment] = []
    run: list[_Letter] = []
    space: Glyph | None = None
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.text.isspace():
            space = space if glyph.is_guess and space else glyph
            continue
        if space and last and _is_before(space, last, glyph):
            space = None
        last = glyph
        if run and unicodedata.combining(glyph.text[0]):
            run[-1] = _with_mark(run[-1], glyph.text)
            continue
        if run and not _continues(run[-1].glyph, glyph):
            fragments += _split(run)
            run = []
        run.append(_Letter(glyph, space if space and abs(space.y - glyph.y) < 0.3 * glyph.size else None))
        space = None
    return [replace(fragment, order=order) for order, fragment in enumerate(fragments + _split(run))]


def turned(x: float, y: float, angle: float) -> tuple[float, float]:
    """Return a point in the coordinates in which text at `angle` (degrees, counter-clockwise) is upright."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return x * cos - y * sin, x * sin + y * cos


def needs_space(before: str, after: str, gap: float, is_guess: bool = False) -> bool:
    """Return whether a gap (in em) between two characters is a space. Chinese has no spaces and is often stretched to fill a line."""
    if before.islower() and after.isupper() and gap >= _CASE_GAP:
        return True
    wide = (before >= "⺀") + (after >= "⺀")
    return gap >= ((0.05, 0.05, 0.18) if is_guess else (0.16, 0.35, WIDE_GAP))[wide]


class _Letter(NamedTuple):
    """A glyph and the space before it on its line."""

    glyph: Glyph
    space: Glyph | None

    @property
    def is_spaced(self) -> bool:
        return self.space is not None and not self.space.is_guess


def _is_before(space: Glyph, last: Glyph, glyph: Glyph) -> bool:
    """Return whether a space is drawn before the last glyph, and not between that and the next one.

    The PDF library turns the order of a space and a bracket behind letters that are read from right to left.
    """
    if space.is_guess or last.text.isalnum() or abs(last.y - glyph.y) > 0.3 * glyph.size:
        return False
    return space.x < last.x < glyph.x or space.x > last.x > glyph.x


def _with_mark(letter: _Letter, mark: str) -> _Letter:
    return letter._replace(glyph=letter.glyph._replace(text=letter.glyph.text + mark))


def _continues(last: Glyph, glyph: Glyph) -> bool:
    if has_rtl(last.text) or has_rtl(glyph.text):  # drawn in either direction; the row puts them in order
        return False
    em = max(last.size, glyph.size)
    gap = (glyph.x - last.x - last.width) / em
    shift = abs(glyph.y - last.y) / em
    if shift < 0.1 and min(last.size, glyph.size) > 0.85 * em:
        return (-_HALF if last.text in _CLOSING or glyph.text in _OPENING else -0.5) < gap < _RUN_GAP
    return shift < 0.5 and -0.25 < gap < 0.15  # a superscript, small capitals, an initial


def _split(run: list[_Letter]) -> list[TextFragment]:
    """Cut a run at its wide gaps. The gap that most of its letters have is letter-spacing, and is subtracted; kerning varies it."""
    gaps = _without_pitch(run, [(right.glyph.x - left.glyph.x - left.glyph.width) / right.glyph.size for left, right in pairwise(run)])
    plain = [gap for gap, letter in zip(gaps, run[1:], strict=True) if not letter.is_spaced] if run else []
    tracking = max(0.0, median_low(plain)) if len(plain) > 2 else 0.0
    fragments: list[TextFragment] = []
    start, text = 0, ""
    for index, letter in enumerate(run):
        gap = gaps[index - 1] - tracking if index else 0.0
        if gap > WIDE_GAP:
            fragments.append(_fragment(run[start:index], text))
            start, text = index, ""
        elif text and (
            letter.is_spaced or needs_space(text[-1], letter.glyph.text[0], gap, letter.space is not None and tracking < _TRACKED)
        ):
            text += " "
        text += letter.glyph.text
    return [*fragments, _fragment(run[start:], text)] if run else []


def _without_pitch(run: list[_Letter], gaps: list[float]) -> list[float]:
    """Return the gaps of letters that stand at one pitch, whatever width they are taken to have, as those beyond it.

    Files that place each letter by itself, as OFD does, need not say how wide it is: 宋体 gives all Latin letters half an em.
    """
    pairs = [index for index, pair in enumerate(pairwise(run)) if _has_pitch(*pair)]
    if len(pairs) < _FEWEST_OF_A_PITCH or max(gaps[index] for index in pairs) < _TRACKED:
        return gaps
    advances = {index: round((run[index + 1].glyph.x - run[index].glyph.x) / run[index].glyph.size, 2) for index in pairs}
    (pitch, count), *_ = Counter(advances.values()).most_common(1)
    if count < _SHARE_OF_A_PITCH * len(pairs):
        return gaps
    return [advances[index] - pitch if index in advances else gap for index, gap in enumerate(gaps)]


def _has_pitch(left: _Letter, right: _Letter) -> bool:
    is_latin = max(left.glyph.text, right.glyph.text) < "\u2000" and len(left.glyph.text) == len(right.glyph.text) == 1
    return is_latin and right.space is None and 0 < right.glyph.x - left.glyph.x < left.glyph.size


def _fragment(run: list[_Letter], text: str) -> TextFragment:
    first = run[0].glyph
    end = max(letter.glyph.x + letter.glyph.width for letter in run)
    biggest = max((letter.glyph for letter in run), key=lambda glyph: glyph.size)
    space = run[0].space
    is_spaced = space is not None and not space.is_guess and space.x <= first.x and not has_rtl(text)
    return TextFragment(text, first.x, end, biggest.y, biggest.size, is_spaced)
