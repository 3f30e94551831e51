"""Convert points and rectangles of a PDF page to coordinates of the page as it is shown, turned and cropped."""

from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle in points from the top left of the page as it is shown, y downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    def joined(self, other: "Rect") -> "Rect":
        """Return the smallest rectangle around both."""
        return Rect(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


class PageView(NamedTuple):
    """The part of a page that is shown, in the page's own coordinates (y upwards), and its clockwise rotation in degrees."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Return a point in points from the top left of the page as it is shown."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def rect_in_view(self, left: float, bottom: float, right: float, top: float) -> Rect:
        """Return a rectangle in points from the top left of the page as it is shown."""
        (xa, ya), (xb, yb) = self.seen(left, bottom), self.seen(right, top)
        return Rect(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
