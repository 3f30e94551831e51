"""Lay out a paragraph of a Word file in its area: its resolved properties, its indents, and its frame."""

from collections.abc import Hashable
from typing import NamedTuple

from preprocess.docx.geometry import ASIDE, Bounds, Box, PageSetup, Visibility, is_beside_page
from preprocess.docx.measure import number, twips
from preprocess.docx.ooxml import Element, child, children, value
from preprocess.docx.styles import Properties, Style, Styles, direct_properties

_HALF_INCH = 36.0


class Paragraphs:
    """Resolve the properties of paragraphs of one file. `numbering` is the part that says how far lists are indented."""

    def __init__(self, styles: Styles, numbering: Element | None):
        self._styles = styles
        levels = {
            value(outline, "abstractNumId"): {value(level, "ilvl"): _indents(level) for level in children(outline, "lvl")}
            for outline in children(numbering, "abstractNum")
        }
        self._lists = {value(entry, "numId"): levels.get(value(child(entry, "abstractNumId")), {}) for entry in children(numbering, "num")}

    def resolve(self, properties: Element | None) -> tuple[Properties, Style | None]:
        """Return the properties of a paragraph by its pPr, its style and its list, and the style."""
        direct = direct_properties(properties, "pPr")
        style = self._styles.of_paragraph(value(direct.get("pStyle")))
        inherited = style.paragraph if style else {}
        listed = {} if "numPr" in direct else self._of_list(inherited)
        paragraph_format = {**self._styles.paragraph_defaults, **listed, **inherited, **self._of_list(direct), **direct}
        return paragraph_format, style

    def _of_list(self, properties: Properties) -> Properties:
        numbering = properties.get("numPr")
        return self._lists.get(value(child(numbering, "numId")), {}).get(value(child(numbering, "ilvl")) or "0", {})


def _indents(level: Element) -> Properties:
    return {name: text for name, text in direct_properties(child(level, "pPr"), "pPr").items() if name.startswith("ind.")}


class Indents(NamedTuple):
    """Distances from the edges of the area, in points; `first` of the first line, from the others."""

    left: float
    right: float
    first: float


def indents(paragraph_format: Properties, size: float) -> Indents:
    """Return the indents of a paragraph; where they are in letters, `size` is the width of one."""

    def indent(*names: str) -> float:
        for name in names:
            letters = number(paragraph_format.get(f"ind.{name}Chars", ""), 0.0)
            if letters:
                return letters / 100 * size
        return next((twips(paragraph_format[f"ind.{name}"], 0.0) for name in names if f"ind.{name}" in paragraph_format), 0.0)

    first = -indent("hanging") if "ind.hanging" in paragraph_format else indent("firstLine")
    return Indents(indent("left", "start"), indent("right", "end"), first)


def line_extents(paragraph_format: Properties, x: Bounds, width: float, size: float, text: Bounds) -> list[Bounds]:
    """Return the horizontal range of a paragraph's lines on the page: of the first one, then of the others if there are any.

    `x` and `width` are those of its area, `text` is the width of its text in one line.
    """
    edges = indents(paragraph_format, size)
    room = width - edges.left - edges.right
    lines = []
    for shift in (0.0,) if text.high <= room - edges.first and edges.first == 0 else (edges.first, 0.0):
        wide = min(text.high, max(room - shift, size))
        left, right = x.low + edges.left + shift, x.high + width - edges.right
        align = value(paragraph_format.get("jc"))
        if align in ("right", "end"):
            lines.append(Bounds(min(right - wide, right), right))
        elif align == "center":
            middle = (left + right) / 2
            lines.append(Bounds(middle - wide / 2, middle + wide / 2))
        else:
            lines.append(Bounds(left, x.high - x.low + left + wide))
        if text.high <= room - shift:
            break
    return lines


def lines_visibility(lines: list[Bounds], text: Bounds, page: PageSetup) -> Visibility:
    """Return whether lines with these horizontal ranges are on the page."""
    off = [is_beside_page(left, right, page) for left, right in lines]
    if all(off):
        return Visibility.HIDDEN
    is_cut = any(left < -_HALF_INCH for left, _ in lines) or (
        text.low > page.width and any(right > page.width + _HALF_INCH for _, right in lines)
    )
    return Visibility.UNSURE if any(off) or is_cut else Visibility.VISIBLE


def frame_box(properties: Element, page: PageSetup, paragraph: Hashable, text: Bounds, height: Bounds) -> Box:
    """Return the box of a paragraph in a frame, by its framePr. Without a size it is as large as its text may be."""
    align = value(properties, "xAlign")
    area, room = {"margin": (page.left, page.text_width), "text": (page.left, page.text_width)}.get(
        value(properties, "hAnchor"), (0.0, page.width)
    )
    width = twips(value(properties, "w"), 0.0) or min(text.high, page.width)
    moved = {"right": room - width, "outside": room - width, "center": (room - width) / 2, "left": 0.0, "inside": 0.0}
    x = area + moved.get(align, twips(value(properties, "x"), 0.0))
    is_exact = value(properties, "hRule") == "exact"
    high = twips(value(properties, "h"), 0.0) if is_exact else max(height.high, twips(value(properties, "h"), 0.0))
    vertical = value(properties, "vAnchor") or "page"
    y = 0.0 if value(properties, "yAlign") else twips(value(properties, "y"), 0.0) + (page.top if vertical == "margin" else 0.0)
    is_placed = vertical in ("page", "margin") and not value(properties, "yAlign") and value(properties, "y") != ""
    return Box(Bounds(x, x), y, width, high, None if is_placed else paragraph, paragraph, (ASIDE,), not is_exact)
