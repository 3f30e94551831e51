"""Resolve styles of an ODF file: how letters look, and what paragraphs, cells, text boxes and the page paint behind them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from preprocess.docx.colours import WHITE, Colour
from preprocess.docx.ooxml import Element, children, find, local, value
from preprocess.office.blocks import Look, Surface

_MAX_PARENTS = 30
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "px": 0.75}
_FAMILIES = {name: name for name in ("table-cell", "table-row", "table", "section")}
_DEFINITIONS = {"style", "default-style", "master-page", "page-layout", "fill-image"}
DRAWINGS = frozenset({"frame", "custom-shape", "shape", "rect", "ellipse", "circle", "polygon", "path", "g"})
_PLAIN = Look(size=12.0)
_MIN_OPACITY = 10  # per cent


class OdfStyles:
    """Look-ups by the names of styles, in the roots of content and styles."""

    def __init__(self, roots: Sequence[Element]):
        self._styles: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, Element] = {}
        self._master_pages: dict[str, Element] = {}
        self._layouts: list[Element] = []
        self._fills: dict[str, str] = {}
        """Pictures that fill shapes, by name."""

        for root in roots:
            for style in find(root, _DEFINITIONS, frozenset({"body"})):
                kind = local(style)
                if kind == "master-page":
                    self._master_pages[value(style, "name")] = style
                elif kind == "page-layout":
                    self._layouts.append(style)
                elif kind == "fill-image":
                    self._fills[value(style, "name")] = value(style, "href")
                elif kind == "style":
                    self._styles[value(style, "family"), value(style, "name")] = style
                else:
                    self._defaults[value(style, "family")] = style
        self._looks: dict[tuple[str, str, Look], Look] = {}

    def of_paragraph(self, element: Element) -> Look:
        """Return how the letters of a paragraph or heading look."""
        default = self._defaults.get("paragraph")
        return self._styled(element, "paragraph", _PLAIN if default is None else _with(_PLAIN, [default]))

    def is_heading(self, paragraph: Element) -> bool:
        """Return whether it is a heading, by itself or by its style."""
        chain = self._chain("paragraph", value(paragraph, "style-name"))
        return local(paragraph) == "h" or any(
            value(style, "default-outline-level") or value(style, "name").startswith(("Heading", "标题")) for style in chain
        )

    def of_span(self, element: Element, outer: Look) -> Look:
        """Return how letters within others look."""
        return self._styled(element, "text", outer)

    def _styled(self, element: Element, family: str, base: Look) -> Look:
        name = value(element, "style-name")
        key = (family, name, base)
        if key not in self._looks:
            self._looks[key] = _with(base, self._chain(family, name))
        return self._looks[key]

    def master_pages(self) -> list[Element]:
        """Return the master pages in use: the first one, those that some style turns to, and those that follow on one in use."""
        named = [value(style, "master-page-name") for style in self._styles.values()]
        waiting = [*list(self._master_pages)[:1], "Standard", *filter(None, named)]
        in_use: dict[str, Element] = {}
        while waiting:
            name = waiting.pop(0)
            if name in self._master_pages and name not in in_use:
                in_use[name] = self._master_pages[name]
                waiting.append(value(in_use[name], "next-style-name"))
        return list(in_use.values())

    def page(self, body: Element) -> Surface:
        """Return what the pages paint: of any colour where they differ, and not sure where drawings lie behind the text."""
        painted = {_colour(value(properties, "background-color")) for layout in self._layouts for properties in layout.iterchildren("*")}
        colours = painted - {None}
        if len(colours) > 1:
            return Surface(None)
        overlaps = any(
            value(properties, "wrap") == "run-through"
            for drawing in body.iter(*("{*}" + name for name in DRAWINGS))
            for style in self._chain("graphic", value(drawing, "style-name"))
            for properties in children(style, "graphic-properties")
        )
        return Surface(colours.pop() if colours else WHITE, is_sure=not overlaps)

    def surface(self, element: Element) -> Surface | None:
        """Return what an element paints behind its text; None for nothing. Behind a drawing there may be others."""
        is_drawing = local(element) in DRAWINGS
        family = "graphic" if is_drawing else _FAMILIES.get(local(element), "")
        for style in reversed(self._chain(family, value(element, "style-name"))):
            for properties in style.iterchildren("*"):
                fill = value(properties, "fill")
                if fill and fill not in ("none", "solid"):
                    return Surface(None)
                colour = _colour(value(properties, "fill-color") if fill == "solid" else value(properties, "background-color"))
                if colour:
                    return Surface(colour)
        return Surface(WHITE, is_sure=False) if is_drawing else None

    def fill_picture(self, drawing: Element) -> str:
        """Return the address of the picture that a shape is filled with, "" for none."""
        for style in reversed(self._chain("graphic", value(drawing, "style-name"))):
            for properties in children(style, "graphic-properties"):
                if fill := value(properties, "fill"):
                    return self._fills.get(value(properties, "fill-image-name"), "") if fill == "bitmap" else ""
        return ""

    def is_behind_text(self, drawing: Element) -> bool:
        """Return whether a drawing lies behind the text of the page."""
        return any(
            value(properties, "run-through") == "background" and value(properties, "wrap") == "run-through"
            for style in self._chain("graphic", value(drawing, "style-name"))
            for properties in children(style, "graphic-properties")
        )

    def _chain(self, family: str, name: str) -> list[Element]:
        """Return a style and those that it is based on, the last of these first."""
        chain: list[Element] = []
        while (style := self._styles.get((family, name))) is not None and len(chain) < _MAX_PARENTS:
            chain.append(style)
            name = value(style, "parent-style-name")
        return chain[::-1]


def _with(look: Look, chain: Sequence[Element]) -> Look:
    """Return a look with what styles say, one after the other."""
    for style in chain:
        for properties in style.iterchildren("*"):
            kind = local(properties)
            if kind == "text-properties":
                look = _lettered(look, properties)
            elif kind == "paragraph-properties" and (colour := _colour(value(properties, "background-color"))):
                look = replace(look, surface=Surface(colour))
    return look


def _lettered(look: Look, properties: Element) -> Look:
    if display := value(properties, "display"):
        look = replace(look, is_hidden=display == "none")
    is_automatic = value(properties, "use-window-font-color") == "true"
    if is_automatic:
        look = replace(look, colour=None)
    elif colour := _colour(value(properties, "color")):
        look = replace(look, colour=colour)
    if colour := _colour(value(properties, "background-color")):
        look = replace(look, surface=Surface(colour))
    if (size := points(value(properties, "font-size"), look.size)) is not None:
        look = replace(look, size=size)
    opacity = re.fullmatch(r"(\d{1,3})%", value(properties, "opacity"))
    is_transparent = opacity is not None and int(opacity[1]) < _MIN_OPACITY and not is_automatic  # which LibreOffice writes with 0%
    return replace(look, is_hidden=True) if is_transparent else look


def points(text: str, outer: float = 0.0) -> float | None:
    """Return a length in points, of per cents those of `outer`; None for what is no length."""
    match = re.fullmatch(r"(\d{1,5}(?:\.\d{1,9})?)(pt|in|cm|mm|pc|px|%)", text)
    if not match:
        return None
    return outer * float(match[1]) / 100 if match[2] == "%" else float(match[1]) * _UNITS[match[2]]


def _colour(text: str) -> Colour | None:
    if not re.fullmatch("#[0-9A-Fa-f]{6}", text):
        return None
    red, green, blue = bytes.fromhex(text[1:])
    return red, green, blue
