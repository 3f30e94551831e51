"""Which letters of a Word file a person does not see by their looks: hidden, too small, piled up, or in the colour of what is behind them.

Where they are on the page is the business of docx_geometry.
"""

import re
from collections.abc import Sequence

from preprocess.docx.colours import BLACK, Colour, Palette, is_readable, is_transparent
from preprocess.docx.geometry import Sight
from preprocess.docx.measure import advance
from preprocess.docx.ooxml import Element, child, find, local, value
from preprocess.docx.styles import Properties, is_on
from preprocess.docx.units import number, twips

_SMALLEST = 2.0  # points
_SMALL = 3.5  # points; nobody reads that on paper
_NARROWEST = 0.1  # of the usual width of letters
_LEAST_LINE = 0.35  # of the size of the letters: what a line of exact height shows of them
_FAR = 100.0  # points that letters may be raised or lowered before it is odd
_LEAST_ADVANCE = 0.15  # of a letter's width: how far the next one stands from it
_SYMBOL_FONTS = re.compile(r"wingdings.{0,4}|webdings|symbol|marlett|mt extra|zapf ?dingbats|bookshelf symbol 7", re.IGNORECASE)
_FEW_SYMBOLS = 2  # letters; a bullet or an arrow


class Eye:
    """Looks at the letters of one file."""

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

    def size(self, looks: Properties) -> float:
        """How high the letters are, in points."""
        is_complex = is_on(looks.get("cs")) or is_on(looks.get("rtl"))  # which takes the size of the scripts that need it
        size = number(value(looks.get("szCs" if is_complex else "sz")), 20.0) / 2
        if value(looks.get("vertAlign")) in ("superscript", "subscript"):
            size *= 0.65
        return size / 2 if value(looks.get("eastAsianLayout"), "combine") in ("1", "true", "on") else size

    def shape(self, looks: Properties, around: Properties, text: str, page_height: float) -> Sight:
        """Whether the letters have a shape that can be read, wherever they are and whatever their colour is."""
        size = self.size(looks)
        scale = number(value(looks.get("w")), 100.0) / 100
        if looks.get("is_hidden") or is_on(looks.get("specVanish")) or min(size, size * scale * 2) < _SMALLEST or scale < _NARROWEST:
            return Sight.HIDDEN
        usual = advance(text, size) * scale
        if usual + twips(value(looks.get("spacing")), 0.0) < usual * _LEAST_ADVANCE:
            return Sight.HIDDEN
        if (fit := looks.get("fitText")) is not None and 0 < twips(value(fit), 0.0) < usual * len(text.strip()) * _NARROWEST:
            return Sight.HIDDEN
        return Sight.UNSURE if size < _SMALL else self._in_line(looks, around, size, page_height)

    def _in_line(self, looks: Properties, around: Properties, size: float, page_height: float) -> Sight:
        """Whether their line shows them: it may be of no height, or they raised out of it."""
        line, rule = number(around.get("spacing.line", ""), 240.0), around.get("spacing.lineRule", "auto")
        raised = abs(number(value(looks.get("position")), 0.0)) / 2
        height = line / 20 if rule == "exact" else line / 240 * size if rule == "auto" else size
        if abs(height) < _LEAST_LINE * size or raised > page_height:
            return Sight.HIDDEN
        if rule == "exact" and raised > abs(height) + size:
            return Sight.HIDDEN
        return Sight.UNSURE if raised > _FAR else Sight.SEEN

    def stands_out(self, looks: Properties, around: Properties, papers: Sequence[Colour | None], is_over: bool) -> Sight:
        """Whether the letters have another colour than what is behind them.

        `papers` is what their container paints: several colours where the file does not say which, None for anything; empty: the page
        shines through. `is_over`: they may lie over a drawing that nothing is known of.
        """
        behind = self._behind(looks, around) or papers
        colour = self._palette.text(looks.get("color"))
        if (fill := looks.get("textFill")) is not None:
            solid = next((part for part in fill.iterchildren("*") if local(part) in ("solidFill", "gradFill", "noFill")), None)
            if local(solid) == "noFill" if solid is not None else False:
                colour = None
                if not self._has_outline(looks, behind):
                    return Sight.HIDDEN
            elif is_transparent(solid):
                return Sight.SEEN if self._has_outline(looks, behind) else Sight.HIDDEN
            else:
                colour = self._palette.filling(solid)
                if colour is None:
                    return Sight.SEEN
        if colour is None or any(paper is None or is_readable(colour, paper) for paper in behind or [self._page]):
            return Sight.SEEN
        if self._has_outline(looks, behind) or self._glows(looks, behind):
            return Sight.SEEN
        if any(is_on(looks.get(effect)) for effect in ("emboss", "imprint", "shadow")):
            return Sight.UNSURE
        return Sight.HIDDEN if behind or (self._is_page_sure and not is_over) else Sight.UNSURE

    def _behind(self, looks: Properties, around: Properties) -> list[Colour | None]:
        """What the letters or their paragraph paint behind them."""
        for shading in (looks.get("highlight"), looks.get("shd"), around.get("shd")):
            if (colour := self._palette.shading(shading)) is not None:
                return [colour]
        return []

    def _has_outline(self, looks: Properties, papers: Sequence[Colour | None]) -> bool:
        """Whether a line around the letters shows them."""
        outline = looks.get("textOutline")
        if outline is None or child(outline, "noFill") is not None or number(value(outline, "w"), 9525.0) < 1000:
            return False
        solid = child(outline, "solidFill")
        if solid is not None and is_transparent(solid):
            return False
        return self._differs(self._palette.filling(solid), papers)

    def _glows(self, looks: Properties, papers: Sequence[Colour | None]) -> bool:
        """Whether a glow or a shadow of another colour lies around the letters."""
        for name in ("glow", "shadow"):
            effect = looks.get(name)
            if effect is None or local(effect) != name or not len(effect):
                continue
            if not is_transparent(effect) and self._differs(self._palette.filling(effect), papers):
                return True
        return False

    def _differs(self, colour: Colour | None, papers: Sequence[Colour | None]) -> bool:
        ink = colour or BLACK
        return any(paper is None or is_readable(ink, paper) for paper in papers or [self._page])

    def in_symbols(self, looks: Properties) -> bool:
        """Whether the Latin letters of a run are drawn as the signs of a symbol font."""
        theme = looks.get("rFonts.asciiTheme", "")
        font = self._theme_fonts.get(theme[:5], "") if theme else looks.get("rFonts.ascii", "")
        return bool(_SYMBOL_FONTS.fullmatch(font.strip())) or font.strip().lower() in self._symbol_fonts
