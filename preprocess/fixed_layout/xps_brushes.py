"""Find what fills the shapes and texts of an XPS page: one colour, a gradient, or a picture."""

import re
from typing import NamedTuple

from preprocess.docx.colours import BLACK, Colour
from preprocess.docx.ooxml import Element, child, local, value
from preprocess.fixed_layout.container import joined
from preprocess.fixed_layout.coordinates import first_number, numbers

_COLOUR = re.compile(r"#([0-9a-fA-F]{2})?([0-9a-fA-F]{6})")
_RESOURCE = re.compile(r"\{StaticResource\s+([^}\s]+)\s*\}")


class Brush(NamedTuple):
    """The fill of a shape or text: one colour, or None for a gradient or picture (its path, and where it is painted)."""

    colour: Colour | None
    opacity: float
    picture: str = ""
    viewport: tuple[float, ...] = ()


def brush_of(element: Element, brushes: dict[str, Element], folder: str) -> Brush:
    """Return what fills an element of a part in `folder`: a colour, a named brush, or one in an element of its own."""
    text = value(element, "Fill").strip()
    inner = child(element, f"{local(element)}.Fill")
    source = named_resource(text, brushes) if inner is None else next(iter(inner), None)
    if source is None:
        colour, opacity = _colour(text)
        return Brush(colour, opacity)
    opacity = first_number(value(source, "Opacity"), 1.0)
    if local(source) == "SolidColorBrush":
        colour, alpha = _colour(value(source, "Color"))
        return Brush(colour, opacity * alpha)
    if local(source) != "ImageBrush":
        return Brush(None, opacity)
    named_picture = value(source, "ImageSource").removeprefix("{ColorConvertedBitmap").split(" ")
    picture = joined(folder, next((part for part in named_picture if part), "").rstrip("}"))
    return Brush(None, opacity, picture, tuple(numbers(value(source, "Viewport"), 5)))


def named_resource(text: str, resources: dict[str, Element]) -> Element | None:
    """Return the resource that an attribute names."""
    named = _RESOURCE.fullmatch(text.strip())
    return resources.get(named[1]) if named else None


def _colour(text: str) -> tuple[Colour | None, float]:
    """Return a colour and its opacity; None for one in a colour space of its own."""
    text = text.strip()
    if match := _COLOUR.fullmatch(text):
        red, green, blue = bytes.fromhex(match[2])
        return (red, green, blue), int(match[1] or "ff", 16) / 255
    if text.startswith("sc#"):
        *alpha, red, green, blue = [0.0] * 3 + numbers(text.removeprefix("sc#"), 5)
        shades = [round(255 * min(max(shade, 0.0), 1.0) ** (1 / 2.2)) for shade in (red, green, blue)]
        return (shades[0], shades[1], shades[2]), alpha[-1] if len(alpha) == 4 else 1.0
    return (None, 1.0) if text else (BLACK, 1.0)
