"""Convert shapes of a slide to blocks: text boxes, tables, groups, diagrams, charts and pictures, with what lies behind their text."""

from collections.abc import Iterator, Sequence

from preprocess.docx.colours import WHITE, Palette
from preprocess.docx.drawingml import cropped_sides
from preprocess.docx.embedded.graphics import Graphics
from preprocess.docx.ooxml import Element, Package, child, children, find, local, value
from preprocess.office.blocks import Block, Container, Look, Paragraph, PictureBlock, Surface, TableRow
from preprocess.office.drawing_text import FILLS, USUAL_SIZE, paragraphs, surface
from preprocess.office.slides import order

_AROUND = ("hdr", "ftr", "dt", "sldNum")
_WHOLE_SLIDE = 0.9  # share; a picture of that size lies behind the text of a slide that has some
_MIN_TEXT = 40  # characters of such a slide; a title and a number may stand on a scan
_EMU = 12_700  # of a point


class Shapes:
    """The shapes of a slide, layout or master."""

    def __init__(self, package: Package, path: str, size: tuple[int, ...], graphics: Graphics):
        self._package, self._size, self._graphics = package, size, graphics
        self._related = package.relationships(path)
        self.layouts = self._above(path)
        self.around: list[Block] = []
        self.embedded = 0
        theme = next(
            (target for part in [path, *self.layouts] for kind, target in package.relationships(part).values() if kind == "theme"), ""
        )
        self._palette = Palette(package.part(theme) if theme in package else None)
        self.background = self._background([package.part(path), *self.layouts.values()])
        self._has_text = sum(len((piece.text or "").strip()) for piece in package.part(path).iter("{*}t")) >= _MIN_TEXT

    def _above(self, path: str) -> dict[str, Element]:
        """Return the layout and the master of a slide, by path."""
        above: dict[str, Element] = {}
        for wanted in ("slideLayout", "slideMaster"):
            target_above = next((target for kind, target in self._package.relationships(path).values() if kind == wanted), "")
            if target_above in self._package:
                path = target_above
                above[path] = self._package.part(path)
        return above

    def _background(self, roots: Sequence[Element]) -> Surface:
        """Return what the slide paints behind its shapes, by the first of slide, layout and master that says it."""
        trees = [child(child(root, "cSld"), "spTree") for root in roots]
        is_covered = any(
            local(shape) == "pic" or surface(self._palette, shape) is not None
            for tree in trees
            if tree is not None
            for shape in tree.iter("{*}sp", "{*}pic")
        )
        for root in roots:
            background = child(child(root, "cSld"), "bg")
            if background is not None:
                filled = next(find(background, {*FILLS, "bgRef"}), None)
                return Surface(self._palette.filling(filled), is_sure=not is_covered)
        return Surface(WHITE, is_sure=not is_covered)

    def blocks(self, tree: Element | None, is_layout: bool = False, unit: tuple[float, float] | None = None) -> Iterator[Block]:
        """Yield the blocks of the shapes in a tree or group in reading order; of a layout those that are no placeholders.

        `unit` is what the group's own units of width and height are in EMU; None: this is the whole slide.
        """
        if tree is None:
            return
        layouts = list(self.layouts.values())
        boxes = {
            shape: order.own_box(shape) or order.box_of_members(shape) or order.inherited_box(shape, layouts)
            for shape in order.shapes_of(tree)
        }
        for shape in order.in_reading_order(list(boxes), boxes.__getitem__):
            mark = order.placeholder(shape)
            if is_layout and mark is not None:
                continue
            box = Container(
                [*self._pictures(shape, boxes[shape], unit or (1.0, 1.0)), *self._shape(shape, unit or (1.0, 1.0))],
                surface(self._palette, shape),
                self._is_hidden(shape, None if unit else boxes[shape]),
            )
            if value(mark, "type") in _AROUND:
                self.around.append(box)
            else:
                yield box

    def _is_hidden(self, shape: Element, box: order.ShapeBox | None) -> bool:
        """Return whether a shape is hidden, or stands beside the slide."""
        named = next(find(shape, {"cNvPr"}), None)
        width, height = self._size
        is_beside = box is not None and (box.left >= width or box.top >= height or box.right <= 0 or box.bottom <= 0)
        return (is_beside and width > 0 and height > 0) or value(named, "hidden") in ("1", "true")

    def _shape(self, shape: Element, unit: tuple[float, float]) -> Iterator[Block]:
        kind = local(shape)
        if kind == "grpSp":
            yield from self.blocks(shape, unit=order.unit_within(shape, unit))
        elif kind == "graphicFrame":
            yield from self._graphic(shape)
        else:
            yield from self._text(shape)

    def _graphic(self, frame: Element) -> Iterator[Block]:
        """Yield the blocks of a table, a diagram or a chart; embedded files are counted."""
        for content in find(frame, {"tbl", "relIds", "chart", "oleObj"}):
            if local(content) == "tbl":
                for row in children(content, "tr"):
                    yield TableRow([Container(self._text(cell), self._cell_surface(cell)) for cell in children(row, "tc")])
            elif local(content) == "relIds":
                yield from self._diagram(value(content, "dm"))
            elif local(content) == "chart":
                yield from self._drawn_lines(self._target(value(content, "id")))
            else:
                self.embedded += 1

    def _pictures(self, shape: Element, box: order.ShapeBox | None, unit: tuple[float, float]) -> Iterator[PictureBlock]:
        """Yield what a picture shows, or a shape that is filled with one."""
        fill = child(shape if local(shape) == "pic" else child(shape, "spPr"), "blipFill")
        path = self._target(value(child(fill, "blip"), "embed"))
        if path and box is not None and all(side > 0 for side in self._size):
            width, height = (box.right - box.left) * unit[0], (box.bottom - box.top) * unit[1]
            share = width * height / (self._size[0] * self._size[1])
            is_behind = share >= _WHOLE_SLIDE and self._has_text
            yield PictureBlock(path, cropped_sides(child(fill, "srcRect")), width / _EMU, height / _EMU, share, is_behind)

    def background_picture(self, slide: Element) -> Iterator[PictureBlock]:
        """Yield the picture that a slide itself has as its background."""
        fill = child(child(child(child(slide, "cSld"), "bg"), "bgPr"), "blipFill")
        if path := self._target(value(child(fill, "blip"), "embed")):
            width, height = (side / _EMU for side in self._size)
            yield PictureBlock(path, cropped_sides(child(fill, "srcRect")), width, height, 1.0, is_behind=self._has_text)

    def _target(self, identity: str) -> str:
        """Return the part that a relationship leads to, "" for none."""
        return self._related.get(identity, ("", ""))[1]

    def _text(self, shape: Element) -> list[Block]:
        return list(paragraphs(self._palette, child(shape, "txBody")))

    def _cell_surface(self, cell: Element) -> Surface:
        """Return what a cell paints; of any colour if the style of the table says it."""
        fill = child(child(cell, "tcPr"), "solidFill")
        return Surface(self._palette.filling(fill) if fill is not None else None)

    def _diagram(self, identity: str) -> Iterator[Block]:
        """Yield the texts of a SmartArt diagram, as its drawing has them, or else its data."""
        path = self._target(identity)
        if path not in self._package:
            return
        extension = next(self._package.part(path).iter("{*}dataModelExt"), None)
        drawing = self._target(value(extension, "relId"))
        if drawing not in self._package:
            yield from self._drawn_lines(path)
            return
        for text in find(self._package.part(drawing), {"txBody"}):
            yield Container(list(paragraphs(self._palette, text)), Surface(None))

    def _drawn_lines(self, path: str) -> Iterator[Block]:
        """Yield the lines on a diagram or chart, whose colours are in a part of their own."""
        for line in self._graphics.lines(path):
            yield Container([Paragraph([(line, Look(size=USUAL_SIZE))])], Surface(None))
