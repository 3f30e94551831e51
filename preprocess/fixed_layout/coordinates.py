"""Read numbers and transformations as OFD and XPS write them, and guess how wide a character is where the file does not say."""

import math
import re
from typing import NamedTuple

from preprocess.docx.measure import number
from preprocess.pdf.page_view import Rect

_FAR = 1e6
"""No coordinate that anything is drawn at is larger."""
_NARROW, _WIDE = frozenset("ijltfrI.,:;'|!()[]{}/ -·"), frozenset("mwMWOQ@%—…")


class Matrix(NamedTuple):
    """An affine transformation: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, outer: "Matrix") -> "Matrix":
        """Return the transformation that does this one, then the outer one."""
        a, b, c, d, e, f = self
        return Matrix(
            a * outer.a + b * outer.c,
            a * outer.b + b * outer.d,
            c * outer.a + d * outer.c,
            c * outer.b + d * outer.d,
            e * outer.a + f * outer.c + outer.e,
            e * outer.b + f * outer.d + outer.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return the transformed point, bounded to what anything may be drawn at."""
        return _within(self.a * x + self.c * y + self.e), _within(self.b * x + self.d * y + self.f)

    def rect(self, x: float, y: float, width: float, height: float) -> Rect:
        """Return the upright rectangle around a transformed one."""
        xs, ys = zip(*(self.point(*corner) for corner in ((x, y), (x + width, y), (x, y + height), (x + width, y + height))), strict=True)
        return Rect(min(xs), min(ys), max(xs), max(ys))

    @property
    def width(self) -> float:
        """The factor by which a line of text becomes longer."""
        return _within(math.hypot(self.a, self.b))

    @property
    def height(self) -> float:
        """The factor by which letters become higher."""
        return _within(math.hypot(self.c, self.d))

    @property
    def angle(self) -> float:
        """The angle by which a line of text is turned, in degrees counter-clockwise."""
        return math.degrees(math.atan2(-self.b, self.a)) if math.isfinite(self.a) and math.isfinite(self.b) else 0.0


def _within(length: float) -> float:
    """Return a length that is no larger than anything drawn; 0 for none."""
    return 0.0 if math.isnan(length) else min(max(length, -_FAR), _FAR)


def numbers(text: str, most: int = 100_000) -> list[float]:
    """Return the numbers in a text, apart by blanks or commas; what is none counts as 0."""
    parts = re.split(r"[\s,]+", text.strip(), maxsplit=most)[:most]
    return [_number(part) for part in parts if part]


def first_number(text: str, default: float) -> float:
    """Return the first number in a text, the default if there is none."""
    return next(iter(numbers(text, 1)), default)


def matrix(text: str) -> Matrix:
    """Return a transformation of six numbers, the identity for anything else."""
    values = numbers(text, 7)
    return Matrix(*values) if len(values) == 6 else Matrix()


def _number(text: str) -> float:
    mantissa, exponent_mark, exponent = text.lower().partition("e")
    plain = number(mantissa.lstrip("+").replace("-.", "-0.") if not mantissa.startswith(".") else "0" + mantissa, 0.0)
    power = number(exponent.lstrip("+"), 0.0) if exponent_mark else 0.0
    return plain * 10.0 ** min(max(power, -20.0), 12.0)


def natural_width(character: str) -> float:
    """Return the width in em: 1 for Chinese, between 0.3 and 0.85 for others."""
    if character >= "⺀" or character in "“”‘’—…":
        return 1.0
    if character in _NARROW:
        return 0.3
    return 0.85 if character in _WIDE else 0.62 if character.isupper() else 0.52
