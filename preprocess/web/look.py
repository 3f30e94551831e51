"""Compute what an element looks like, from style declarations and old attributes, as far as it decides whether its text is seen."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from preprocess.docx.colours import is_readable
from preprocess.web.colours import Rgba, colour, over

Element = Any

_WHITE: Rgba = (255, 255, 255, 1.0)
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "rem": 16.0, "vw": 12.8, "vh": 8.0}
_LENGTH = re.compile(r"(-?\d{0,9}\.?\d{1,9})(px|pt|pc|in|cm|mm|rem|em|ex|vw|vh|%)?(?![\w.%])")
_SHORTHAND_SIZE = re.compile(r"(?<![\w.])(?:(\d{0,6}\.?\d{1,6})(px|pt|pc|in|cm|mm|rem|em|%)|0(?=[/\s]))")
_DEFAULT_SIZE = 16.0
_MIN_SIZE = 1.5  # pixels
_MIN_OPACITY = 0.1
_OFF_SCREEN = -500.0  # pixels; nobody moves text so far to lay a page out
_FAR_RIGHT = 5000.0
_SPECIAL = frozenset(["pre", "textarea", "dialog", "a"])
_ATTRIBUTES = frozenset(["hidden", "color", "text", "bgcolor", "background"])
_CLIPPED = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]+){3}[01](?:px)?\s*\)|inset\(\s*(?:50|100)%|circle\(\s*0|polygon\(\s*0(?:px)?\s+0")


@dataclass(frozen=True)
class ComputedStyle:
    """The look of text in an element. None for a colour that cannot be told, as over a picture."""

    is_shown: bool = True
    """False where nothing inside can be seen, whatever it declares."""

    is_visible: bool = True
    """CSS `visibility`, which an element inside may set again."""

    size: float = _DEFAULT_SIZE
    colour: Rgba | None = (0, 0, 0, 1.0)
    background: Rgba | None = _WHITE
    keeps_lines: bool = False

    @cached_property
    def is_hidden(self) -> bool:
        """Return whether text of this look cannot be seen."""
        if not self.is_shown or not self.is_visible or self.size < _MIN_SIZE:
            return True
        if self.colour is None:
            return False
        if self.colour[3] <= _MIN_OPACITY:
            return True
        return self.background is not None and not is_readable(over(self.colour, self.background)[:3], self.background[:3])


def look(element: Element, style: dict[str, str], outer: ComputedStyle) -> ComputedStyle:
    """Return how text in an element looks, given its declarations and the look of the element around it."""
    if not style and element.tag not in _SPECIAL and not _ATTRIBUTES.intersection(element.keys()):
        return outer
    shown = outer.is_shown and not _is_closed(element, style) and not _is_out_of_sight(style, outer.size)
    visibility = style.get("visibility", "")
    visible = outer.is_visible if visibility not in ("hidden", "collapse", "visible") else visibility == "visible"
    white_space = style.get("white-space", "pre" if element.tag in ("pre", "textarea") else "")
    keeps_lines = white_space.startswith(("pre", "break-spaces")) if white_space else outer.keeps_lines
    painted = replace(outer, is_shown=shown, is_visible=visible, size=_size(style, outer.size), keeps_lines=keeps_lines)
    return replace(painted, colour=_ink(element, style, outer), background=_ground(element, style, outer))


def pixels(value: str, size: float = _DEFAULT_SIZE) -> float | None:
    """Return the first length in a value in pixels; em and ex by the size of the text, percentages None."""
    match = _LENGTH.search(value)
    if not match or match[2] == "%":
        return None
    return float(match[1]) * (size if match[2] == "em" else size / 2 if match[2] == "ex" else _PIXELS.get(match[2] or "px", 1.0))


def _is_closed(element: Element, style: dict[str, str]) -> bool:
    """Return whether an element is not drawn at all."""
    display = style.get("display", "")
    if display == "none" or style.get("mso-hide") == "all" or style.get("content-visibility") == "hidden":
        return True
    if element.get("hidden") is not None and not display:
        return True
    return element.tag == "dialog" and element.get("open") is None and not display


def _is_out_of_sight(style: dict[str, str], size: float) -> bool:
    """Return whether an element is transparent, clipped, or moved off the screen."""
    opacity = re.match(r"(\d{0,9}\.?\d{1,9})(%?)$", style.get("opacity", ""))
    if opacity and float(opacity[1]) / (100 if opacity[2] else 1) <= _MIN_OPACITY:
        return True
    if any(_CLIPPED.search(style.get(name, "")) for name in ("clip", "clip-path")):
        return True
    if any("hidden" in style.get(name, "") or "clip" in style.get(name, "") for name in ("overflow", "overflow-x", "overflow-y")):
        extents = (pixels(style.get(name, ""), size) for name in ("width", "height", "max-width", "max-height"))
        if any(extent is not None and extent <= 1 for extent in extents):
            return True
    moves = ["text-indent", "margin-left", "margin-top"]
    if style.get("position") in ("absolute", "fixed", "relative"):
        moves += ["left", "top", "right", "bottom"]
        if (pixels(style.get("left", ""), size) or 0.0) >= _FAR_RIGHT:
            return True
    if any((pixels(style.get(name, ""), size) or 0.0) <= _OFF_SCREEN for name in moves):
        return True
    transform = style.get("transform", "")
    shift = re.search(r"translate(?:x|y|3d)?\(([^()]{1,60})\)", transform)
    shifted = any((pixels(part, size) or 0.0) <= _OFF_SCREEN for part in shift[1].split(",")) if shift else False
    return shifted or bool(re.search(r"scale[xy]?\(\s*0(?:\.0+)?\s*[,)]", transform))


def _size(style: dict[str, str], outer: float) -> float:
    """Return the size of the text in pixels."""
    value = style.get("font-size", "")
    if not value and (match := _SHORTHAND_SIZE.search(style.get("font", ""))):
        value = match[0] if match[1] else "0"
    match = _LENGTH.match(value)
    if not match:
        return outer if not value or value in ("inherit", "smaller", "larger") else _DEFAULT_SIZE
    number = float(match[1])
    if match[2] in ("%", "em", "ex"):
        return outer * number * {"%": 0.01, "em": 1.0, "ex": 0.5}[match[2]]
    return number * _PIXELS.get(match[2] or "px", 1.0)


def _ink(element: Element, style: dict[str, str], outer: ComputedStyle) -> Rgba | None:
    """Return the colour of the text; None if it is the browser's, or what is seen is a background or a shadow in the letters' shape."""
    if "text" in (style.get("background-clip"), style.get("-webkit-background-clip")) or style.get("text-shadow", "none") != "none":
        return None
    attribute = element.get("color") if element.tag == "font" else element.get("text") if element.tag == "body" else None
    value = style.get("color") or _attribute(attribute)
    if value:
        return colour(value) if value != "inherit" else outer.colour
    return None if element.tag == "a" and element.get("href") else outer.colour


def _ground(element: Element, style: dict[str, str], outer: ComputedStyle) -> Rgba | None:
    """Return the colour behind the text; None over a picture or a gradient."""
    values = [style[name] for name in ("background", "background-image", "background-color") if style.get(name)]
    if element.get("background") or any("url(" in value or "gradient(" in value for value in values):
        return None
    attribute = _attribute(element.get("bgcolor"))
    values += [attribute] if attribute and not values else []
    paint = next((paint for paint in map(colour, reversed(values)) if paint), None)
    if paint is None or not paint[3]:
        return None if any("var(" in value for value in values) else outer.background
    return over(paint, outer.background) if outer.background else paint if paint[3] == 1 else None


def _attribute(value: str | None) -> str:
    """Return a colour attribute as CSS would write it: the # is often missing."""
    value = (value or "").strip().lower()
    return f"#{value}" if re.fullmatch(r"[0-9a-f]{6}", value) else value
