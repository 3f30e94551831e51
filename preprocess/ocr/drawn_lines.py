"""Find the borders of tables on a picture of a page, as a PDF's drawn lines are found, and set the page upright by them."""

import math
from statistics import median

import cv2
import numpy as np
from PIL import Image

from preprocess.layout.cards import Rule
from preprocess.layout.ruled import Rules

_DARK = 170  # grey value, on paper of 230 and more
_STEP, _MOST = 0.1, 4.0  # degrees: from where a page is askew, and to where it is
_FEWEST, _LONG = 5, 0.2  # long lines, and their share of the width of the page
_THICK, _MOST_DARK = 1 / 150, 0.08  # of the width of the page: no line; share of dark points beside that, from which it is no drawn page
_WIDEST, _LONGEST_STROKE = 4.0, (30.0, 18.0)  # points: of a line, and of what may be a stroke of a letter, across and down


def upright(image: Image.Image) -> Image.Image:
    """Return a page that lies a little askew set upright by the long lines on it, as it is if there are few."""
    thin = _without_thick(_dark(image), max(3, round(_THICK * image.width)))
    if thin.mean() > _MOST_DARK:  # the search below takes time for each dark point
        return image
    segments = cv2.HoughLinesP(thin * 255, 1, math.radians(_STEP), 200, minLineLength=_LONG * image.width, maxLineGap=4)
    ends = [] if segments is None else segments.reshape(-1, 4).tolist()
    angles = [math.degrees(math.atan2(y1 - y0, x1 - x0)) for x0, y0, x1, y1 in ends]
    angles = [angle for angle in angles if abs(angle) <= _MOST]
    if len(angles) < _FEWEST or abs(median(angles)) < _STEP:
        return image
    return image.rotate(median(angles), resample=Image.Resampling.BICUBIC, fillcolor="white")


def _dark(image: Image.Image) -> np.ndarray:
    return (np.asarray(image.convert("L")) < _DARK).astype(np.uint8)


def _without_thick(dark: np.ndarray, side: int) -> np.ndarray:
    """Return the dark points without areas that a square of this side fits into: photos, and cells that are filled."""
    square = np.ones((side, side), np.uint8)
    return cv2.subtract(dark, cv2.dilate(cv2.morphologyEx(dark, cv2.MORPH_OPEN, square), np.ones((3, 3), np.uint8)))


def drawn_lines(image: Image.Image, tilt: float, zoom: float) -> Rules:
    """Return the straight lines of a page that lies askew by `tilt` degrees, in points, set upright as its glyphs are."""
    cos, sin = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    turned = cv2.warpAffine(
        _dark(image), np.array([[cos, -sin, 0.0], [sin, cos, 0.0]]), (image.width, image.height), flags=cv2.INTER_NEAREST
    )
    across, down = (max(int(length * zoom), 2) for length in _LONGEST_STROKE)
    return Rules(
        tuple(Rule((y + height / 2) / zoom, x / zoom, (x + width) / zoom) for x, y, width, height in _long(turned, across, 1, zoom)),
        tuple(Rule((x + width / 2) / zoom, y / zoom, (y + height) / zoom) for x, y, width, height in _long(turned, 1, down, zoom)),
    )


def _long(dark: np.ndarray, width: int, height: int, zoom: float) -> list[tuple[int, int, int, int]]:
    """Return left edge, upper edge, width and height of what is dark over at least this width or height, and thin."""
    opened = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((height, width), np.uint8))
    opened = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    boxes = cv2.connectedComponentsWithStats(opened)[2][1:, :4].tolist()
    return [(x, y, wide, high) for x, y, wide, high in boxes if min(wide, high) <= _WIDEST * zoom]
