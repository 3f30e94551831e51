"""Colours in a Word file, by number, name or theme: what an element paints. Knows no text and no page."""

import re

from preprocess.ooxml import Element, child, find, local, value

Colour = tuple[int, int, int]
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
_LEAST_CONTRAST = 24  # of 255, as for PDF
_HIGHLIGHTS = {
    **{"black": BLACK, "white": WHITE, "red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)},
    **{"cyan": (0, 255, 255), "magenta": (255, 0, 255), "darkRed": (128, 0, 0), "darkGreen": (0, 128, 0), "darkBlue": (0, 0, 128)},
    **{"darkYellow": (128, 128, 0), "darkCyan": (0, 128, 128), "darkMagenta": (128, 0, 128), "darkGray": (128, 128, 128)},
    "lightGray": (192, 192, 192),
}
_THEME_NAMES = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2", "background1": "lt1", "text1": "dk1", "background2": "lt2"}
_THEME_NAMES |= {"text2": "dk2", "light1": "lt1", "dark1": "dk1", "light2": "lt2", "dark2": "dk2", "hyperlink": "hlink"}


def is_readable(text: Colour, paper: Colour) -> bool:
    """Whether the two differ enough to be told apart."""
    return max(abs(one - other) for one, other in zip(text, paper, strict=True)) >= _LEAST_CONTRAST


class Palette:
    """The colours of a file's theme, and with them what its elements paint: None where nothing, or nothing that can be told."""

    def __init__(self, theme: Element | None):
        self._theme: dict[str, Colour | None] = {"lt1": WHITE, "dk1": BLACK}
        for scheme in find(theme, {"clrScheme"}) if theme is not None else ():
            for entry in scheme:
                colour = next(iter(entry), None)
                self._theme[local(entry)] = _number(value(colour, "lastClr") or value(colour))

    def text(self, element: Element | None) -> Colour | None:
        """Of a w:color; None for the automatic one, which always stands out."""
        return self._either(element, "val", "themeColor", "themeTint", "themeShade")

    def shading(self, element: Element | None) -> Colour | None:
        """Of a w:shd or a w:highlight."""
        if element is None:
            return None
        if local(element) == "highlight":
            return _HIGHLIGHTS.get(value(element))
        if value(element) == "solid":
            return self._either(element, "color", "themeColor", "themeTint", "themeShade")
        return self._either(element, "fill", "themeFill", "themeFillTint", "themeFillShade")

    def filling(self, element: Element | None) -> Colour | None:
        """Of a solidFill or a fillRef of a drawing, or of a textFill's."""
        if (colour := child(element, "srgbClr")) is not None:
            return _number(value(colour))
        name = value(child(element, "schemeClr"))
        return self._theme.get(_THEME_NAMES.get(name, name))

    def named(self, colour: str) -> Colour | None:
        """Of the attribute of an old drawing."""
        return _HIGHLIGHTS.get(colour) or _number(colour)

    def _either(self, element: Element | None, number: str, theme: str, tint: str, shade: str) -> Colour | None:
        """By theme where the attribute is there, as Word does, else by number."""
        if not (name := value(element, theme)):
            return _number(value(element, number))
        colour = self._theme.get(_THEME_NAMES.get(name, name))
        return colour and _lighter(_darker(colour, value(element, shade)), value(element, tint))


def _number(text: str) -> Colour | None:
    if not re.fullmatch("#?[0-9A-Fa-f]{6}", text):
        return None
    red, green, blue = bytes.fromhex(text[-6:])
    return red, green, blue


def _darker(colour: Colour, share: str) -> Colour:
    part = int(share, 16) / 255 if re.fullmatch("[0-9A-Fa-f]{2}", share) else 1.0
    red, green, blue = (round(one * part) for one in colour)
    return red, green, blue


def _lighter(colour: Colour, share: str) -> Colour:
    part = int(share, 16) / 255 if re.fullmatch("[0-9A-Fa-f]{2}", share) else 1.0
    red, green, blue = (round(255 - (255 - one) * part) for one in colour)
    return red, green, blue
