"""Collect what is drawn on a page of an OFD file (GB/T 33190), in points: text, paths, pictures, and objects made of others."""

from collections.abc import Iterator
from typing import NamedTuple

from preprocess.document import Unreadable
from preprocess.docx.colours import BLACK, Colour
from preprocess.docx.ooxml import Element, child, children, local, value
from preprocess.fixed_layout.container import FixedPackage, folder_of, joined
from preprocess.fixed_layout.coordinates import Matrix, first_number, matrix, numbers
from preprocess.fixed_layout.drawing import FilledArea, Text, parted
from preprocess.fixed_layout.ofd_text import text_glyphs
from preprocess.pdf.page_view import Rect

MM = 72 / 25.4
_MAX_OBJECTS = 100_000
_MAX_DEPTH = 20
_OPAQUE = 230  # of 255


class Resources:
    """Colours, pictures and composite objects that objects refer to by number."""

    def __init__(self, container: FixedPackage):
        self._container = container
        self.draw_parameters: dict[str, Element] = {}
        self.pictures: dict[str, str] = {}
        self.composites: dict[str, Element] = {}
        self._read: set[str] = set()

    def add(self, path: str) -> None:
        """Add the resources in this part, if there is one."""
        if path in self._read or path not in self._container:
            return
        self._read.add(path)
        root = self._container.part(path)
        folder = joined(folder_of(path), value(root, "BaseLoc"))
        for element in root.iter("{*}DrawParam", "{*}MultiMedia", "{*}CompositeGraphicUnit"):
            kind, identifier = local(element), value(element, "ID")
            if kind == "DrawParam":
                self.draw_parameters[identifier] = element
            elif kind == "CompositeGraphicUnit":
                self.composites[identifier] = element
            elif (file := child(element, "MediaFile")) is not None:
                named = joined(folder, file.text or "")
                self.pictures[identifier] = named if named in self._container else joined(folder_of(path), file.text or "")


class _Context(NamedTuple):
    """What objects inside others inherit: the transformation to points on the page, visibility, and drawing parameters."""

    to_page: Matrix
    is_drawn: bool = True
    parameters: tuple[Element, ...] = ()
    depth: int = 0


class PageObjects:
    """Collect what is drawn on one page whose area begins at `left`, `top`, in millimetres."""

    def __init__(self, resources: Resources, left: float, top: float):
        self._resources = resources
        self._page = _Context(Matrix(MM, 0.0, 0.0, MM, -left * MM, -top * MM))
        self._count = 0
        self.drawn: list[Text | FilledArea] = []

    def add(self, content: Element | None) -> None:
        """Add the layers of a page or template. Raises Unreadable `too_complex`."""
        for layer in children(content, "Layer"):
            self._add_all(layer, self._page._replace(parameters=self._parameters(layer, ())))

    def add_annotation(self, annotation: Element) -> None:
        """Add what an annotation looks like."""
        is_drawn = value(annotation, "Visible") != "false"
        for appearance in children(annotation, "Appearance"):
            self._add_all(appearance, self._inside(appearance, self._page._replace(is_drawn=is_drawn)))

    def _add_all(self, container: Element, context: _Context) -> None:
        if context.depth > _MAX_DEPTH:
            raise Unreadable("too_complex")
        for element in container.iterchildren("*"):
            self._count += 1
            if self._count > _MAX_OBJECTS:
                raise Unreadable("too_complex")
            kind = local(element)
            if kind == "PageBlock":
                self._add_all(element, context._replace(depth=context.depth + 1))
            elif kind in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
                own = context._replace(is_drawn=context.is_drawn and value(element, "Visible") != "false" and _alpha(element) > 0)
                self._add(kind, element, own._replace(parameters=self._parameters(element, context.parameters)))

    def _add(self, kind: str, element: Element, context: _Context) -> None:
        if kind == "TextObject":
            self.drawn += self._texts(element, context)
        elif kind == "PathObject" and value(element, "Fill") == "true" and context.is_drawn:
            colour, alpha = self._fill(element, context)
            is_solid = _is_rectangle(element) and min(alpha, _alpha(element)) >= _OPAQUE
            self.drawn.append(FilledArea(_rect(element, context), colour if is_solid else None, is_solid))
        elif kind == "ImageObject" and context.is_drawn:
            picture = self._resources.pictures.get(value(element, "ResourceID"), "")
            self.drawn.append(FilledArea(_rect(element, context), None, _alpha(element) >= _OPAQUE, picture))
        elif kind == "CompositeObject":
            unit = self._resources.composites.get(value(element, "ResourceID"))
            for content in children(unit, "Content"):
                self._add_all(content, self._inside(element, context))

    def _inside(self, element: Element, context: _Context) -> _Context:
        """Return the context of the objects inside an element."""
        return context._replace(to_page=_transformation(element).then(context.to_page), depth=context.depth + 1)

    def _texts(self, element: Element, context: _Context) -> Iterator[Text]:
        """Yield the glyphs of a text object; those outside its boundary, which cuts them off, as not drawn."""
        colour, alpha = self._fill(element, context)
        is_drawn = context.is_drawn and alpha > 0 and (value(element, "Fill") != "false" or value(element, "Stroke") == "true")
        boundary = _boundary(element)
        box = context.to_page.rect(*boundary)
        glyphs = list(text_glyphs(element, _transformation(element).then(context.to_page)))
        inside, outside = parted(
            glyphs, lambda glyph: not any(boundary[2:]) or _is_around(box, (glyph.x, glyph.y - 0.4 * glyph.size), glyph.size)
        )
        yield Text(inside, colour, is_drawn)
        yield Text(outside, colour, False)

    def _parameters(self, element: Element, inherited: tuple[Element, ...]) -> tuple[Element, ...]:
        """Return the drawing parameters that an element names, with those that these are relative to, nearest first."""
        named: list[Element] = []
        identifier = value(element, "DrawParam")
        while identifier in self._resources.draw_parameters and len(named) < _MAX_DEPTH:
            named.append(self._resources.draw_parameters[identifier])
            identifier = value(named[-1], "Relative")
        return (*named, *inherited)[:_MAX_DEPTH]

    def _fill(self, element: Element, context: _Context) -> tuple[Colour | None, int]:
        """Return the colour (None: a pattern, or by the number of a palette) and the opacity, 0 to 255, that an object is filled with."""
        fill = next((fill for owner in (element, *context.parameters) if (fill := child(owner, "FillColor")) is not None), None)
        if fill is None:
            return BLACK, 255
        alpha = _alpha(fill)
        if len(fill) or value(fill, "Index"):
            return None, alpha
        return _colour(value(fill, "Value")), alpha


def _alpha(element: Element) -> int:
    return int(first_number(value(element, "Alpha"), 255))


def _colour(text: str) -> Colour | None:
    """Return a colour of one, three or four components (grey, RGB, CMYK) from 0 to 255, perhaps hexadecimal with #."""
    parts = text.split()[:5]
    try:
        values = [int(part[1:3], 16) if part.startswith("#") else int(min(max(numbers(part, 1)[0], 0), 255)) for part in parts]
    except (ValueError, IndexError):
        return None
    if not values:
        return BLACK
    if len(values) == 4:
        values = [(255 - ink) * (255 - values[3]) // 255 for ink in values[:3]]
    red, green, blue = values if len(values) == 3 else values[:1] * 3
    return red, green, blue


def _boundary(element: Element) -> tuple[float, float, float, float]:
    values = numbers(value(element, "Boundary"), 5)
    return (values[0], values[1], values[2], values[3]) if len(values) == 4 else (0.0, 0.0, 0.0, 0.0)


def _transformation(element: Element) -> Matrix:
    """Return the transformation from an object's own coordinates to those of what contains it."""
    left, top, _, _ = _boundary(element)
    return matrix(value(element, "CTM")).then(Matrix(e=left, f=top))


def _rect(element: Element, context: _Context) -> Rect:
    return context.to_page.rect(*_boundary(element))


def _is_rectangle(path: Element) -> bool:
    """Return whether a path is one upright rectangle as large as its boundary."""
    data = child(path, "AbbreviatedData")
    steps = (data.text or "").split() if data is not None else []
    if len(steps) > 40 or any(step.isalpha() and step not in "SMLC" for step in steps):
        return False
    values = [number for step in steps if not step.isalpha() for number in numbers(step, 1)]
    corners = set(zip(values[::2], values[1::2], strict=False))
    xs, ys = {x for x, _ in corners}, {y for _, y in corners}
    _, _, width, height = _boundary(path)
    if len(corners) != 4 or len(xs) != 2 or len(ys) != 2:
        return False
    return abs(max(xs) - min(xs) - width) < 1 and abs(max(ys) - min(ys) - height) < 1 and not value(path, "CTM")


def _is_around(rect: Rect, point: tuple[float, float], slack: float) -> bool:
    x, y = point
    return rect.x0 - slack < x < rect.x1 + slack and rect.y0 - slack < y < rect.y1 + slack
