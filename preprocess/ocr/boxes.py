"""Convert recognised lines, as tilted boxes in pixels, to upright glyphs in points for the layout. Knows no recognition."""

import math
from statistics import median
from typing import NamedTuple

from preprocess.layout.glyphs import Glyph, turned
from preprocess.screening.characters import with_latin_letters

_EM = 0.82  # em by height of a box (0.74 to 0.93 on resumes of the examples); boxes are as high as the line, with a rim
_SAME_SIZE = 0.25  # boxes are higher or lower by their letters alone: sizes that differ less from the usual one are the usual one
MIN_CONFIDENCE = 0.5  # confidence in a line; below it is a face, a seal, a scratch
_UPRIGHT = 10.0  # degrees; a short box lies askew by more than its text does


class RecognisedLine(NamedTuple):
    """One recognised line: its corners clockwise from the start of the text's upper edge, in pixels, and the confidence (0 to 1)."""

    text: str
    corners: tuple[tuple[float, float], ...]
    confidence: float

    @property
    def width(self) -> float:
        """Length of the line along its upper edge, in pixels."""
        return math.dist(self.corners[0], self.corners[1])

    @property
    def height(self) -> float:
        """Height of the line at its end, in pixels."""
        return math.dist(self.corners[1], self.corners[2])


def glyphs(boxes: list[RecognisedLine], zoom: float) -> list[Glyph]:
    """Return one glyph per line, which stands for its whole text as a ligature does. `zoom` is the picture's pixels per point."""
    boxes = _legible(boxes)
    if not boxes:
        return []
    askew = tilt(boxes)
    usual = median(_EM * box.height for box in boxes)
    return [_glyph(box, askew, usual, zoom) for box in boxes]


def _legible(boxes: list[RecognisedLine]) -> list[RecognisedLine]:
    return [box for box in boxes if box.confidence >= MIN_CONFIDENCE]


def tilt(boxes: list[RecognisedLine]) -> float:
    """Return the tilt of the page in degrees, counter-clockwise: the median angle of its longer lines; 0 if none is legible."""
    boxes = _legible(boxes)
    if not boxes:
        return 0.0
    return median(_angle(box) for box in sorted(boxes, key=lambda box: -box.width)[: max(3, len(boxes) // 2)])


def _angle(box: RecognisedLine) -> float:
    (x0, y0), (x1, y1) = box.corners[:2]
    return math.degrees(math.atan2(y0 - y1, x1 - x0))


def _glyph(box: RecognisedLine, askew: float, usual: float, zoom: float) -> Glyph:
    angle = _angle(box) - askew
    angle = 0.0 if abs(angle) < _UPRIGHT else angle
    size = _EM * box.height
    size = usual if abs(size - usual) < _SAME_SIZE * usual else size
    x, y = (sum(values) / 4 for values in zip(*box.corners, strict=True))
    x, y = turned(x, y, askew)
    # From the middle of the box to where its baseline begins: half a width back and 0.35 em down, along the text.
    back, down = turned(-box.width / 2, 0.35 * size, -angle)
    text = with_latin_letters(box.text)  # the model writes vLLM with a Greek M at times; a picture shows no difference
    return Glyph(text, (x + back) / zoom, (y + down) / zoom, box.width / zoom, size / zoom, angle % 360)
