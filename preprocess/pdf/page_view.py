"""How a PDF page is shown, turned and cropped: where a point of its own coordinates is as a person sees it."""

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in points from the top left of the page as it is shown, y downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    def joined(self, other: "Box") -> "Box":
        """The smallest box around both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


class View(NamedTuple):
    """The part of a page that is shown, in the page's own coordinates (y upwards), and by how many degrees it is turned clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """A point, in points from the top left of the page as it is shown."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def seen_box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle, as `seen`."""
        (xa, ya), (xb, yb) = self.seen(left, bottom), self.seen(right, top)
        return Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
