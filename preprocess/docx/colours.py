"""Resolve colours in a Word file, by number, name or theme, and the colour that an element paints. Knows no text and no page."""

import colorsys
import re

from preprocess.docx.ooxml import Element, find, local, value

Colour = tuple[int, int, int]
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
_MIN_CONTRAST = 24  # of 255, as for PDF
_HIGHLIGHTS = {
    **{"black": BLACK, "white": WHITE, "red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)},
    **{"cyan": (0, 255, 255), "magenta": (255, 0, 255), "darkRed": (128, 0, 0), "darkGreen": (0, 128, 0), "darkBlue": (0, 0, 128)},
    **{"darkYellow": (128, 128, 0), "darkCyan": (0, 128, 128), "darkMagenta": (128, 0, 128), "darkGray": (128, 128, 128)},
    "lightGray": (192, 192, 192),
}
_THEME_NAMES = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2", "background1": "lt1", "text1": "dk1", "background2": "lt2"}
_THEME_NAMES |= {"text2": "dk2", "light1": "lt1", "dark1": "dk1", "light2": "lt2", "dark2": "dk2", "hyperlink": "hlink"}

_SLOTS = {"bg1": ("bg1", "background1"), "t1": ("tx1", "text1"), "bg2": ("bg2", "background2"), "t2": ("tx2", "text2")}


def is_readable(text: Colour, background: Colour) -> bool:
    """Return whether text of one colour can be told from a background of the other."""
    return max(abs(a - b) for a, b in zip(text, background, strict=True)) >= _MIN_CONTRAST


_PRESETS = {"white": WHITE, "black": BLACK, "ltGray": (211, 211, 211), "gray": (128, 128, 128), "dkGray": (169, 169, 169)}
_PRESETS |= {"red": (255, 0, 0), "yellow": (255, 255, 0), "blue": (0, 0, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240)}
_MAX_TRANSPARENCY = 0.9


class Palette:
    """The colours of a file's theme, and the colours of elements by it; None where nothing is painted, or nothing that can be told."""

    def __init__(self, theme: Element | None, mapping: Element | None = None):
        """`mapping` is the clrSchemeMapping of the settings, which may exchange the theme's light and dark."""
        self._theme: dict[str, Colour | None] = {"lt1": WHITE, "dk1": BLACK}
        for scheme in find(theme, {"clrScheme"}) if theme is not None else ():
            for entry in scheme.iterchildren("*"):
                colour = next(iter(entry), None)
                self._theme[local(entry)] = _number(value(colour, "lastClr") or value(colour))
        self._names = dict(_THEME_NAMES)
        for slot, names in _SLOTS.items():
            if target := _THEME_NAMES.get(value(mapping, slot)):
                self._names |= dict.fromkeys(names, target)

    def text(self, element: Element | None) -> Colour | None:
        """Return the colour of a w:color; None for the automatic one, which always contrasts."""
        return self._either(element, "val", "themeColor", "themeTint", "themeShade")

    def background(self, element: Element | None) -> Colour | None:
        """Return the colour of the w:background of the pages."""
        return self._either(element, "color", "themeColor", "themeTint", "themeShade")

    def shading(self, element: Element | None) -> Colour | None:
        """Return the colour of a w:shd or a w:highlight."""
        if element is None:
            return None
        kind = value(element)
        if local(element) == "highlight":
            return _HIGHLIGHTS.get(kind)
        if kind == "nil":
            return None
        background = self._either(element, "fill", "themeFill", "themeFillTint", "themeFillShade")
        if kind != "solid" and not (kind.startswith("pct") and kind[3:].isdigit()):
            return background
        share = 1.0 if kind == "solid" else min(int(kind[3:6]), 100) / 100
        ink = self._either(element, "color", "themeColor", "themeTint", "themeShade")
        return _mixed(background or WHITE, ink or BLACK, share) if share < 1 or ink else None

    def filling(self, element: Element | None) -> Colour | None:
        """Return the colour of a solidFill, fillRef or textFill; of a gradient, if all its stops look the same."""
        if element is None:
            return None
        stops = [self._drawn(stop) for stop in find(element, {"gs"})] if local(element) == "gradFill" else [self._drawn(element)]
        first = stops[0] if stops else None
        if first is None or any(stop is None or is_readable(stop, first) for stop in stops):
            return None
        return first

    def _drawn(self, element: Element) -> Colour | None:
        colour = next(element.iterchildren("{*}srgbClr", "{*}schemeClr", "{*}sysClr", "{*}prstClr"), None)
        kind = local(colour) if colour is not None else ""
        if kind == "schemeClr":
            base = self._theme.get(self._names.get(value(colour), value(colour)))
        elif kind == "prstClr":
            base = _PRESETS.get(value(colour))
        else:
            base = _number(value(colour, "lastClr") or value(colour))
        return base and _modified(base, colour)

    def named(self, colour: str) -> Colour | None:
        """Return the colour of an attribute of an old drawing: `#1F3864 [3204]`."""
        colour = colour.split(" ")[0]
        return _HIGHLIGHTS.get(colour) or _number(colour)

    def _either(self, element: Element | None, number: str, theme: str, tint: str, shade: str) -> Colour | None:
        """Return the colour by theme if the attribute is there, as Word does, else by number."""
        if not (name := value(element, theme)):
            return _number(value(element, number))
        colour = self._theme.get(self._names.get(name, name))
        return colour and _lighter(_darker(colour, value(element, shade)), value(element, tint))


def transparency(element: Element | None) -> float:
    """Return how transparent the fill of a drawing or of letters is, 0 to 1; of a gradient, its least transparent stop."""
    if element is None:
        return 0.0
    stops = list(find(element, {"gs"})) if local(element) == "gradFill" else [element]
    return min((_see_through(stop) for stop in stops), default=0.0)


def is_transparent(element: Element | None) -> bool:
    """Return whether a fill is practically invisible."""
    return transparency(element) > _MAX_TRANSPARENCY


def _see_through(element: Element) -> float:
    """Return the transparency of one fill: Word's own letters give transparency, drawings opacity."""
    alpha = next(find(element, {"alpha"}), None)
    if alpha is None:
        return 0.0
    share = percentage(value(alpha), 0.0)
    return share if "/word/" in str(alpha.tag) else 1 - share


def percentage(text: str, default: float) -> float:
    """Parse `90000` or `90%` as 0.9."""
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?%?", text):
        return default
    return float(text[:-1]) / 100 if text.endswith("%") else float(text) / 100_000


def _modified(base: Colour, element: Element) -> Colour:
    """Return the colour after its lumMod, lumOff, shade and tint."""
    colour = base
    for change in element.iterchildren("{*}lumMod", "{*}lumOff", "{*}shade", "{*}tint"):
        share = percentage(value(change), 1.0)
        hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
        kind = local(change)
        if kind == "shade":
            colour = _mixed(BLACK, colour, share)
        elif kind == "tint":
            colour = _mixed(WHITE, colour, share)
        else:
            light = light * share if kind == "lumMod" else light + share
            red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
            colour = (round(red * 255), round(green * 255), round(blue * 255))
    return colour


def _mixed(background: Colour, ink: Colour, share: float) -> Colour:
    """Return a mix of the two with `share` of the ink."""
    share = min(max(share, 0.0), 1.0)
    red, green, blue = (round(a * (1 - share) + b * share) for a, b in zip(background, ink, strict=True))
    return red, green, blue


def _number(text: str) -> Colour | None:
    if not re.fullmatch("#?[0-9A-Fa-f]{6}", text):
        return None
    red, green, blue = bytes.fromhex(text[-6:])
    return red, green, blue


def _darker(colour: Colour, share: str) -> Colour:
    part = int(share, 16) / 255 if re.fullmatch("[0-9A-Fa-f]{2}", share) else 1.0
    red, green, blue = (round(channel * part) for channel in colour)
    return red, green, blue


def _lighter(colour: Colour, share: str) -> Colour:
    part = int(share, 16) / 255 if re.fullmatch("[0-9A-Fa-f]{2}", share) else 1.0
    red, green, blue = (round(255 - (255 - channel) * part) for channel in colour)
    return red, green, blue
