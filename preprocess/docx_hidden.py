"""Which runs of a Word file a person does not see: set to vanish, too small, or in the colour of what is behind them."""

import re
from collections.abc import Iterable
from enum import Enum

from preprocess.docx_colours import WHITE, Colour, Palette, is_readable
from preprocess.docx_styles import Properties, Styles
from preprocess.ooxml import Element, child, find, local, value

_SMALLEST = 2.0  # points
_NARROWEST = 10.0  # per cent of the usual width of letters
_MOST_TRANSPARENT = 90_000.0  # thousandths of a per cent
_LEAST_AREA = 1.5 * 914_400**2  # of a drawing that may be the ground of a text, in the square of Word's units: 1.5 square inches


class Sight(Enum):
    """What a person makes of a run. UNSURE: it has the colour of the paper, but some drawing may lie behind it."""

    SEEN = 1
    HIDDEN = 2
    UNSURE = 3


class Eye:
    """Looks at the runs of one file. `parts` are its main part and its headers, whose drawings may lie behind the text."""

    def __init__(self, styles: Styles, palette: Palette, parts: Iterable[Element]):
        self._styles, self._palette = styles, palette
        self._page = WHITE
        self._drawings, self._is_over_drawing = 0, False
        for part in parts:
            self._page = palette.text(child(part, "background")) or self._page
            for drawing in find(part, {"anchor", "pict"}):
                self._drawings += 1
                self._is_over_drawing = self._is_over_drawing or _is_ground(drawing)

    def sight(self, run: Element, paragraph: Element) -> Sight:
        """Whether a person sees the run, which is in that paragraph."""
        looks = self._styles.run(run, paragraph)
        around = self._styles.paragraph(paragraph)
        if _vanishes(looks) or _is_squeezed(looks, around):
            return Sight.HIDDEN
        colour = self._palette.text(looks.get("color"))
        if (fill := looks.get("textFill")) is not None:
            solid = child(fill, "solidFill")
            if (child(fill, "noFill") is not None and "textOutline" not in looks) or _is_transparent(solid):
                return Sight.HIDDEN
            colour = self._palette.filling(solid)
        if colour is None:
            return Sight.SEEN
        papers = self._papers(looks, around, paragraph)
        if any(paper is None or is_readable(colour, paper) for paper in papers or [self._page]):
            return Sight.SEEN
        return Sight.HIDDEN if papers or not (self._is_over_drawing or self._is_among_drawings(paragraph)) else Sight.UNSURE

    def _papers(self, looks: Properties, around: Properties, paragraph: Element) -> list[Colour | None]:
        """What may be behind the run but the page: several colours where a table's style paints some of its cells; None: anything."""
        for shading in (looks.get("highlight"), looks.get("shd"), around.get("shd")):
            if (colour := self._palette.shading(shading)) is not None:
                return [colour]
        papers: list[Colour | None] = []
        for outer in paragraph.iterancestors():
            kind = local(outer)
            if kind in ("tc", "tbl") and (colour := self._palette.shading(child(child(outer, kind + "Pr"), "shd"))) is not None:
                return [*papers, colour]
            if kind == "tbl":
                for style in self._styles.chains.get(value(child(child(outer, "tblPr"), "tblStyle")), []):
                    papers += filter(None, map(self._palette.shading, find(style, {"shd"})))
            elif kind == "txbxContent" and (filled := self._shape(outer)):
                return [*papers, *filled]
        return [*papers, self._page] if papers else []

    def _shape(self, box: Element) -> list[Colour | None]:
        """What fills the shape that a text box belongs to; nothing where one sees through it."""
        for outer in box.iterancestors():
            if local(outer) == "wsp":
                properties = child(outer, "spPr")
                if (solid := child(properties, "solidFill")) is not None:
                    return [self._palette.filling(solid)]
                if any(child(properties, kind) is not None for kind in ("gradFill", "blipFill", "pattFill")):
                    return [None]
                reference = child(child(outer, "style"), "fillRef")
                is_empty = child(properties, "noFill") is not None or value(reference, "idx") in ("", "0")
                return [] if is_empty else [self._palette.filling(reference)]
            if local(outer) in ("shape", "rect", "roundrect"):  # of the old drawings: white unless they say otherwise
                if value(outer, "filled") in ("f", "false"):
                    return []
                return [None if child(outer, "fill") is not None else self._palette.named(value(outer, "fillcolor") or "white")]
        return []

    def _is_among_drawings(self, paragraph: Element) -> bool:
        """Whether it is in a text box, which may lie upon another drawing."""
        return self._drawings > 1 and any(local(outer) == "txbxContent" for outer in paragraph.iterancestors())


def _vanishes(looks: Properties) -> bool:
    return "vanish" in looks and value(looks["vanish"]) not in ("0", "false", "off")


def _is_squeezed(looks: Properties, around: Properties) -> bool:
    """Whether the letters are tiny or flat, or their line has an exact height that shows nothing of them."""
    spacing = around.get("spacing")
    line = _number(value(spacing, "line"), 240) / 20 if value(spacing, "lineRule") == "exact" else 12.0
    return min(_number(value(looks.get("sz")), 24) / 2, line) < _SMALLEST or _number(value(looks.get("w")), 100) < _NARROWEST


def _is_transparent(solid: Element | None) -> bool:
    return any(_number(value(alpha), 0) > _MOST_TRANSPARENT for alpha in find(solid, {"alpha"})) if solid is not None else False


def _is_ground(drawing: Element) -> bool:
    """Whether a drawing lies behind the text and may be large enough to set it off. Letters of a watermark are none."""
    if local(drawing) == "anchor":
        extent = child(drawing, "extent")
        area = _number(value(extent, "cx"), 0) * _number(value(extent, "cy"), 0)
        return value(drawing, "behindDoc") in ("1", "true") and area >= _LEAST_AREA
    return next(find(drawing, {"textpath"}), None) is None and any("z-index:-" in value(shape, "style") for shape in drawing)


def _number(text: str, default: float) -> float:
    return float(text.rstrip("%")) if re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?%?", text) else default
