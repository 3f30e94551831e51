"""Find lines of letters in a picture by their shapes. Recognises nothing, and knows no PDF.

Letters are small shapes of about one height in rows, each unlike the next. Photographs, charts, icons, borders and dots hardly ever look
so; what looks so and is no text costs some seconds of recognition, which then finds nothing.
"""

from bisect import bisect_right
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

# In pixels of a page whose longer side has some 1,700; print of 10 points is 20 pixels high there.
_WINDOW = 31  # around a pixel, whose mean it is compared with
_CONTRAST = 25  # grey levels
_LOWEST, _HIGHEST = 4, 60
_SMALLEST = 6  # pixels; smaller shapes are grain
_MAX_ASPECT = 4.0  # width by height of a letter, or of a few that touch
_LEAST_FILL, _MAX_FILL = 0.08, 0.92  # of its box; bars and blocks have more
_MIN_LETTERS = 6  # in a line
_MIN_WORD, _MIN_LETTERS_OF_WORDS = 3, 20  # letters in a shorter line, and in all that are of one size
_SAME_SIZE = 1.2  # the largest of them by the smallest
_LEAST_VARIETY = 0.1  # deviation by mean of the widths or heights of a line's letters, and of their ink; dots and dashes are all alike
_MAX_LINE = 2.6  # height of a line by that of its usual letter
_MIN_LINE_ASPECT, _MIN_WORD_ASPECT = 3.0, 1.3  # width by height of a line, and of a shorter one

_MANY = 100  # letters of one colour, beside which those of the other are their insides

Mask = NDArray[np.bool_]
Integers = NDArray[Any]


class LetterLine(NamedTuple):
    """The box of a line of letters in pixels (right and bottom exclusive), how many they are, and how many lie on the mask."""

    left: int
    top: int
    right: int
    bottom: int
    letters: int
    masked: int
    size: float
    """Height of its usual letter in pixels."""


def letter_lines(grey: NDArray[np.uint8], mask: Mask) -> list[LetterLine]:
    """Return the lines of dark letters if they are many; of dark or light ones, whichever are more, if not."""
    mean = ndimage.uniform_filter(grey.astype(np.float32), _WINDOW, mode="nearest")
    dark = _lines(grey < mean - _CONTRAST, mask)
    if _letters(dark) >= _MANY:
        return dark
    return max(dark, _lines(grey > mean + _CONTRAST, mask), key=_letters)


def _letters(lines: list[LetterLine]) -> int:
    return sum(line.letters for line in lines)


def _lines(ink: Mask, mask: Mask) -> list[LetterLine]:
    labels = _labelled(ink)
    areas = np.bincount(labels.ravel())
    areas[0] = 0
    labels = _labelled((areas >= _SMALLEST)[labels])
    areas = np.bincount(labels.ravel())[1:]
    if not len(areas):
        return []
    boxes = np.array([(x.start, y.start, x.stop, y.stop) for y, x in ndimage.find_objects(labels)])
    widths, heights = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    fill = areas / (widths * heights)
    is_letter = (heights >= _LOWEST) & (heights <= _HIGHEST) & (widths <= _MAX_ASPECT * heights)
    is_letter &= (fill >= _LEAST_FILL) & (fill <= _MAX_FILL)
    if not is_letter.any():
        return []
    boxes, shapes = boxes[is_letter], np.column_stack((widths, heights, areas))[is_letter]
    rows = _rows(boxes, ink.shape)
    order = np.argsort(rows, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(rows[order])) + 1)
    lines = [line for group in groups if (line := _line(boxes[group], shapes[group], mask))]
    return [line for line in lines if line.letters >= _MIN_LETTERS] + _alike([line for line in lines if line.letters < _MIN_LETTERS])


def _alike(words: list[LetterLine]) -> list[LetterLine]:
    """Return the short words of about one height, if they are many: cells of a table, a column of skills. Others are specks."""
    words = sorted(words, key=lambda word: word.size)
    best: list[LetterLine] = []
    for start, smallest in enumerate(words):
        run = words[start : bisect_right(words, _SAME_SIZE * smallest.size, key=lambda word: word.size)]
        if _letters(run) > _letters(best):
            best = run
    return best if _letters(best) >= _MIN_LETTERS_OF_WORDS else []


def _labelled(mask: Mask) -> Integers:
    """Return the number of its connected shape for each pixel, 0 for the ground."""
    labels: Any = ndimage.label(mask, np.ones((3, 3)))
    return labels[0]


def _rows(boxes: Integers, shape: tuple[int, ...]) -> Integers:
    """Return a number for each box that it shares with those beside it: of bars through the middles of the boxes, a height longer."""
    bars = np.zeros(shape, bool)
    for left, top, right, bottom in boxes.tolist():
        middle, height = (top + bottom) // 2, bottom - top
        bars[middle - max(1, height // 4) : middle + max(1, height // 4) + 1, max(0, left - height // 2 - 1) : right + height // 2 + 1] = (
            True
        )
    return _labelled(bars)[(boxes[:, 1] + boxes[:, 3]) // 2, (boxes[:, 0] + boxes[:, 2]) // 2]


def _line(boxes: Integers, shapes: Integers, mask: Mask) -> LetterLine | None:
    if len(boxes) < _MIN_WORD:
        return None
    (left, top), (right, bottom) = boxes[:, :2].min(axis=0).tolist(), boxes[:, 2:].max(axis=0).tolist()
    size = float(np.median(shapes[:, 1]))
    least_aspect = _MIN_LINE_ASPECT if len(boxes) >= _MIN_LETTERS else _MIN_WORD_ASPECT
    if bottom - top > _MAX_LINE * size or right - left < least_aspect * (bottom - top):
        return None
    of_widths, of_heights, of_areas = (shapes.std(axis=0) / shapes.mean(axis=0)).tolist()
    if min(max(of_widths, of_heights), of_areas) < _LEAST_VARIETY:
        return None
    masked = mask[(boxes[:, 1] + boxes[:, 3]) // 2, (boxes[:, 0] + boxes[:, 2]) // 2]
    return LetterLine(left, top, right, bottom, len(boxes), int(masked.sum()), size)
