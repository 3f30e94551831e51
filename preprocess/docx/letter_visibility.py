"""Find letters of a Word file that are hidden by their formatting: hidden, too small, piled up, or in the colour of their background.

geometry.py handles their position on the page.
"""

import re
from collections.abc import Sequence

from preprocess.docx.colours import BLACK, Colour, Palette, is_readable, is_transparent
from preprocess.docx.geometry import Visibility
from preprocess.docx.measure import advance, number, twips
from preprocess.docx.ooxml import Element, child, find, local, value
from preprocess.docx.styles import Properties, is_on

_MIN_SIZE = 2.0  # points
_SMALL = 3.5  # points; nobody reads that on paper
_MIN_WIDTH = 0.1  # of the usual width of letters
_MIN_LINE = 0.35  # of the size of the letters: what a line of exact height shows of them
_FAR = 100.0  # points that letters may be raised or lowered before it is odd
_MIN_ADVANCE = 0.15  # of a letter's width: how far the next one stands from it
_SYMBOL_FONTS = re.compile(r"wingdings.{0,4}|webdings|symbol|marlett|mt extra|zapf ?dingbats|bookshelf symbol 7", re.IGNORECASE)


class LetterVisibility:
    """Judge the letters of one file by their formatting."""

    def __init__(self, palette: Palette, page: Colour, is_page_sure: bool, theme: Element | None, fonts: Element | None):
        """`is_page_sure`: whether every program paints the page in that colour. `theme` and `fonts` name the symbol fonts."""
        self._palette, self._page, self._is_page_sure = palette, page, is_page_sure
        self._theme_fonts = {
            kind: value(child(font, "latin"), "typeface")
            for kind, names in (("major", {"majorFont"}), ("minor", {"minorFont"}))
            for font in (find(theme, names) if theme is not None else ())
        }
        self._symbol_fonts = {
            value(font, "name").lower()
            for font in (fonts.iterchildren("{*}font") if fonts is not None else ())
            if _SYMBOL_FONTS.fullmatch(value(child(font, "altName"))) or value(child(font, "charset")) in ("02", "2")
        }

    def size(self, formatting: Properties) -> float:
        """Return the height of the letters in points."""
        is_complex = is_on(formatting.get("cs")) or is_on(formatting.get("rtl"))  # which takes the size of the scripts that need it
        size = number(value(formatting.get("szCs" if is_complex else "sz")), 20.0) / 2
        if value(formatting.get("vertAlign")) in ("superscript", "subscript"):
            size *= 0.65
        return size / 2 if value(formatting.get("eastAsianLayout"), "combine") in ("1", "true", "on") else size

    def shape(self, formatting: Properties, paragraph_format: Properties, text: str, page_height: float) -> Visibility:
        """Return whether the letters have a legible shape, whatever their position and colour."""
        size = self.size(formatting)
        scale = number(value(formatting.get("w")), 100.0) / 100
        if (
            formatting.get("is_hidden")
            or is_on(formatting.get("specVanish"))
            or min(size, size * scale * 2) < _MIN_SIZE
            or scale < _MIN_WIDTH
        ):
            return Visibility.HIDDEN
        usual = advance(text, size) * scale
        if usual + twips(value(formatting.get("spacing")), 0.0) < usual * _MIN_ADVANCE:
            return Visibility.HIDDEN
        if (fit := formatting.get("fitText")) is not None and 0 < twips(value(fit), 0.0) < usual * len(text.strip()) * _MIN_WIDTH:
            return Visibility.HIDDEN
        return Visibility.UNSURE if size < _SMALL else self._in_line(formatting, paragraph_format, size, page_height)

    def _in_line(self, formatting: Properties, paragraph_format: Properties, size: float, page_height: float) -> Visibility:
        """Return whether their line shows them: it may have no height, or they may be raised out of it."""
        line, rule = number(paragraph_format.get("spacing.line", ""), 240.0), paragraph_format.get("spacing.lineRule", "auto")
        raised = abs(number(value(formatting.get("position")), 0.0)) / 2
        height = line / 20 if rule == "exact" else line / 240 * size if rule == "auto" else size
        if abs(height) < _MIN_LINE * size or raised > page_height:
            return Visibility.HIDDEN
        if rule == "exact" and raised > abs(height) + size:
            return Visibility.HIDDEN
        return Visibility.UNSURE if raised > _FAR else Visibility.VISIBLE

    def contrast(
        self, formatting: Properties, paragraph_format: Properties, backgrounds: Sequence[Colour | None], is_over: bool
    ) -> Visibility:
        """Return whether the letters have another colour than their background.

        `backgrounds` is what their container paints: several colours where the file does not say which, None for any; empty: the page.
        `is_over`: they may lie over a drawing of unknown colour.
        """
        backgrounds_behind = self._behind(formatting, paragraph_format) or backgrounds
        colour = self._palette.text(formatting.get("color"))
        if (fill := formatting.get("textFill")) is not None:
            solid = next((part for part in fill.iterchildren("*") if local(part) in ("solidFill", "gradFill", "noFill")), None)
            if local(solid) == "noFill" if solid is not None else False:
                colour = None
                if not self._has_outline(formatting, backgrounds_behind):
                    return Visibility.HIDDEN
            elif is_transparent(solid):
                return Visibility.VISIBLE if self._has_outline(formatting, backgrounds_behind) else Visibility.HIDDEN
            else:
                colour = self._palette.filling(solid)
                if colour is None:
                    return Visibility.VISIBLE
        if colour is None or any(
            background is None or is_readable(colour, background) for background in backgrounds_behind or [self._page]
        ):
            return Visibility.VISIBLE
        if self._has_outline(formatting, backgrounds_behind) or self._glows(formatting, backgrounds_behind):
            return Visibility.VISIBLE
        if any(is_on(formatting.get(effect)) for effect in ("emboss", "imprint", "shadow")):
            return Visibility.UNSURE
        return Visibility.HIDDEN if backgrounds_behind or (self._is_page_sure and not is_over) else Visibility.UNSURE

    def _behind(self, formatting: Properties, paragraph_format: Properties) -> list[Colour | None]:
        """Return the background of the letters or their paragraph."""
        for shading in (formatting.get("highlight"), formatting.get("shd"), paragraph_format.get("shd")):
            if (colour := self._palette.shading(shading)) is not None:
                return [colour]
        return []

    def _has_outline(self, formatting: Properties, backgrounds: Sequence[Colour | None]) -> bool:
        """Return whether an outline makes the letters visible."""
        outline = formatting.get("textOutline")
        if outline is None or child(outline, "noFill") is not None or number(value(outline, "w"), 9525.0) < 1000:
            return False
        solid = child(outline, "solidFill")
        if solid is not None and is_transparent(solid):
            return False
        return self._differs(self._palette.filling(solid), backgrounds)

    def _glows(self, formatting: Properties, backgrounds: Sequence[Colour | None]) -> bool:
        """Return whether a glow or shadow of another colour makes the letters visible."""
        for name in ("glow", "shadow"):
            effect = formatting.get(name)
            if effect is None or local(effect) != name or not len(effect):
                continue
            if not is_transparent(effect) and self._differs(self._palette.filling(effect), backgrounds):
                return True
        return False

    def _differs(self, colour: Colour | None, backgrounds: Sequence[Colour | None]) -> bool:
        colour_or_black = colour or BLACK
        return any(background is None or is_readable(colour_or_black, background) for background in backgrounds or [self._page])

    def uses_symbol_font(self, formatting: Properties) -> bool:
        """Return whether the Latin letters of a run are drawn as the signs of a symbol font."""
        theme = formatting.get("rFonts.asciiTheme", "")
        font = self._theme_fonts.get(theme[:5], "") if theme else formatting.get("rFonts.ascii", "")
        return bool(_SYMBOL_FONTS.fullmatch(font.strip())) or font.strip().lower() in self._symbol_fonts
