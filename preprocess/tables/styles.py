"""Read the formats of cells of an XLSX: how numbers are shown, and whether the text can be told from its background."""

from dataclasses import dataclass

from preprocess.docx.colours import BLACK, WHITE, Colour, is_readable
from preprocess.docx.ooxml import child, children, local, value
from preprocess.tables.numbers import format_kind
from preprocess.xml_text import Element

_SMALLEST = 2.0  # points
_INDEXED = {"0": BLACK, "1": WHITE, "8": BLACK, "9": WHITE, "64": BLACK, "65": WHITE}
_THEME = {"0": WHITE, "1": BLACK}  # the two that documents hardly ever change


@dataclass(frozen=True)
class CellStyle:
    """One format. `background` is None if it cannot be told."""

    shows: str = ""
    is_unseen: bool = False
    """Too small, or in the colour of its background."""

    background: Colour | None = WHITE

    @property
    def is_hidden(self) -> bool:
        """Return whether the number format shows nothing."""
        return self.shows == "hidden"


def cell_styles(root: Element) -> list[CellStyle]:
    """Return the formats that cells refer to by number."""
    codes = {value(entry, "numFmtId"): value(entry, "formatCode") for entry in children(child(root, "numFmts"), "numFmt")}
    fonts = list(children(child(root, "fonts"), "font"))
    fills = [_background(fill) for fill in children(child(root, "fills"), "fill")]
    return [_style(entry, codes, fonts, fills) for entry in children(child(root, "cellXfs"), "xf")]


def _style(entry: Element, codes: dict[str, str], fonts: list[Element], fills: list[Colour | None]) -> CellStyle:
    number, font, fill = (value(entry, name) for name in ("numFmtId", "fontId", "fillId"))
    shows = format_kind(int(number), codes.get(number, "")) if number.isdecimal() else ""
    background = fills[int(fill)] if fill.isdecimal() and int(fill) < len(fills) else WHITE
    is_unseen = font.isdecimal() and int(font) < len(fonts) and _is_unseen(fonts[int(font)], background)
    return CellStyle(shows, is_unseen, background)


def _is_unseen(font: Element, background: Colour | None) -> bool:
    try:
        if float(value(child(font, "sz")) or _SMALLEST) < _SMALLEST:
            return True
    except ValueError:
        pass
    ink = _colour(child(font, "color"))
    return ink is not None and background is not None and not is_readable(ink, background)


def is_white(painted: Element | Colour | None) -> bool:
    """Return whether a colour, or the font of a run, is white or nearly so."""
    colour = painted if isinstance(painted, tuple) else _colour(child(painted, "color"))
    return colour is not None and not is_readable(colour, WHITE)


def _background(fill: Element) -> Colour | None:
    pattern = next(iter(fill), None)
    if pattern is None or (local(pattern) == "patternFill" and value(pattern, "patternType") in ("", "none")):
        return WHITE
    return _colour(child(pattern, "fgColor")) if value(pattern, "patternType") == "solid" else None


def _colour(element: Element | None) -> Colour | None:
    """Return a colour by number, theme or index; None for what only the application can tell."""
    if element is None or value(element, "tint") not in ("", "0", "0.0"):
        return None
    if theme := value(element, "theme"):
        return _THEME.get(theme)
    if index := value(element, "indexed"):
        return _INDEXED.get(index)
    number = value(element, "rgb")[-6:]
    try:
        red, green, blue = bytes.fromhex(number)
    except ValueError:
        return None
    return red, green, blue
