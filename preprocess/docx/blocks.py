"""Convert paragraphs and tables of a Word file to lines of visible text, by a walk over the XML that trusts nothing in it.

Recursion (a table in a cell, a text box in a text box) is bounded by the parser, which refuses more than 256 nested elements.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from preprocess.docx.body import BLOCKS, DRAWINGS, UNSEEN, BodyLayout, begins_page, drawing_anchor, largest
from preprocess.docx.colours import Palette
from preprocess.docx.embedded.chunks import Chunks
from preprocess.docx.embedded.frames import by_frames
from preprocess.docx.embedded.graphics import Graphics
from preprocess.docx.embedded.page_pictures import PictureCollector
from preprocess.docx.embedded.reading_order import are_on_page, in_reading_order, is_above
from preprocess.docx.geometry import MIN_VISIBLE, Bounds, Visibility, box_visibility, least_visible
from preprocess.docx.grid import Grid
from preprocess.docx.letter_visibility import LetterVisibility
from preprocess.docx.letters import BREAKS, TextRun, read_symbol_text, text_of
from preprocess.docx.ooxml import Element, Package, child, find, local, value
from preprocess.docx.paragraph_visibility import Area, ParagraphVisibility, UsedHeight
from preprocess.docx.paragraphs import Paragraphs
from preprocess.docx.shape import Relationships, Shape
from preprocess.docx.shapes import shapes
from preprocess.docx.styles import Properties, Style, Styles
from preprocess.docx.table import join_row

_PIECES = frozenset({"t", "sym", "r", "txbxContent", "footnoteReference", "endnoteReference", *BREAKS, *DRAWINGS})


class BlockReader:
    """Read paragraphs and tables of one file, and collect the hidden (or perhaps hidden) text that it leaves out.

    `relationships` and `field_codes` are those of the part that is being read: set them before reading another one.
    """

    def __init__(
        self,
        styles: Styles,
        paragraphs: Paragraphs,
        palette: Palette,
        letters: LetterVisibility,
        body: BodyLayout,
        view: ParagraphVisibility,
        relationships: Relationships,
        package: Package,
        chunks: Chunks,
    ):
        self._styles, self._paragraphs, self._palette, self._letters = styles, paragraphs, palette, letters
        self._body, self._view = body, view
        self.chunks, self.graphics, self.pictures = chunks, Graphics(package), PictureCollector(chunks)
        self.relationships = relationships
        self.field_codes: set[Element] = set()
        self.hidden: list[str] = []
        self.unsure: list[str] = []
        self.referenced_notes: set[tuple[str, str]] = set()
        """Footnotes and endnotes that the text refers to, by kind and id."""
        self._floating: list[tuple[TextRun, list[Shape]]] = []
        self._area_of_floating: Area | None = None

    def lines(self, container: Element, area: Area) -> list[str]:
        """Return the lines of every paragraph and table in a body, cell, text box, footnote or header, in document order.

        Paragraphs in frames come in the order in which the frames stand on the page.
        """
        lines = []
        for block in by_frames(list(find(container, BLOCKS, UNSEEN)), area.page, self._paragraphs):
            lines += self.block(block, area)
        return lines

    def block(self, block: Element, area: Area) -> list[str]:
        """Return the lines of one paragraph, table or altChunk that stands in `area`."""
        if local(block) == "p":
            return self._paragraph(block, area)
        before = self.floating_lines() if area.is_body else []
        if local(block) == "altChunk":
            _, path = self.relationships.get(value(block, "id"), ("", ""))
            return before + self._chunk(path, area)
        return before + self._table(block, area)

    def _chunk(self, path: str, area: Area) -> list[str]:
        chunk = self.chunks.chunk(path)
        for picture in chunk.pictures if area.visibility is Visibility.VISIBLE else ():
            self.pictures.add_within(picture.lines_behind if area.is_body else 0, *picture[1:])
        return self._if_seen(chunk.lines, area.visibility)

    def floating_lines(self) -> list[str]:
        """Return the lines of boxes that hang on paragraphs of the body without text, and are placed on one page: in reading order."""
        collected, area = self._floating, self._area_of_floating
        self._floating, self._area_of_floating = [], None
        return self._drawn(collected, area, has_text=False)[1] if area else []

    def _table(self, table: Element, area: Area) -> list[str]:
        style = self._styles.by_id.get(value(child(child(table, "tblPr"), "tblStyle")))
        grid = Grid(table, style, self._palette, area.x, area.width, area.page)
        visibility = Visibility.HIDDEN if grid.off_page() else area.visibility
        lines = []
        rows = [row for row in find(table, {"tr"}, UNSEEN) if child(child(row, "trPr"), "del") is None]
        for index, row in enumerate(rows):
            cells = [cell for cell in find(row, {"tc"}, UNSEEN) if child(child(cell, "tcPr"), "cellDel") is None]
            cell_lines = []
            for cell, cell_layout in zip(cells, grid.cells(row, cells, index, index == len(rows) - 1), strict=True):
                inner = Area(
                    area.page,
                    cell_layout.x,
                    cell_layout.width,
                    least_visible(visibility, cell_layout.visibility),
                    cell_layout.backgrounds or area.backgrounds,
                    {**area.formatting, **cell_layout.formatting},
                    used_height=UsedHeight(cell_layout.height),
                )
                cell_lines.append(self.lines(cell, inner))
            lines += join_row(cell_lines)
        return lines

    def _paragraph(self, paragraph: Element, area: Area) -> list[str]:
        """Return the lines of a paragraph, with those of the drawings anchored in it before or behind them."""
        paragraph_format, style = self._paragraphs.resolve(child(paragraph, "pPr"))
        runs = list(self._runs(paragraph, style, area))
        if area.used_height.limit is not None or "framePr" in paragraph_format:  # which may show only the beginning of the paragraph
            runs = [part for run in runs for part in run.parts()]
        collected = self._shapes(paragraph, runs, area)
        floats = area.is_body and not any(run.letters.strip() for run in runs) and are_on_page(collected)
        before = self.floating_lines() if area.is_body and (not floats or begins_page(paragraph, paragraph_format)) else []
        if floats:
            self._floating += collected
            self._area_of_floating = area if collected else self._area_of_floating
            return before
        own = [] if area.is_body else largest(shape for _, drawn in collected for shape in drawn)
        pieces: list[str] = []
        hidden: list[str] = []
        unsure: list[str] = []
        for run, visibility in zip(runs, self._view.run_visibilities(paragraph, runs, paragraph_format, area, own), strict=True):
            for text, is_lettered in run.texts:
                if is_lettered and run.uses_symbol_font:
                    text, lost = read_symbol_text(text)
                    hidden.append(lost)
                if is_lettered and visibility is not Visibility.VISIBLE:
                    (hidden if visibility is Visibility.HIDDEN else unsure).append(text)
                if visibility is not Visibility.HIDDEN:
                    pieces.append(text)
        for passages, texts in ((self.hidden, hidden), (self.unsure, unsure)):
            if text := "".join(texts).strip():
                passages.append(text)
        above, below = self._drawn(collected, area)
        text = re.sub(r"\t+", "  ", "".join(pieces))
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if lines and self._is_list_item(paragraph_format, style):
            lines[0] = "- " + lines[0]
        return before + above + lines + below

    def _runs(self, container: Element, style: Style | None, area: Area) -> Iterator[TextRun]:
        """Yield the runs of a paragraph."""
        for element in find(container, {"r", "t", "txbxContent", *DRAWINGS}, UNSEEN):
            if local(element) != "r":
                yield self._run([element], TextRun({}))
                continue
            yield from self._nested(element, style, area)

    def _nested(self, element: Element, style: Style | None, area: Area) -> Iterator[TextRun]:
        """Yield a run, in several parts if there are runs in it, as under a phonetic guide."""
        formatting = self._styles.run(child(element, "rPr"), style, area.formatting)
        pieces: list[Element] = []
        for piece in find(element, _PIECES, UNSEEN):
            if local(piece) == "r":
                yield self._run(pieces, TextRun(formatting, self._letters.uses_symbol_font(formatting)))
                pieces = []
                yield from self._nested(piece, style, area)
            else:
                pieces.append(piece)
        yield self._run(pieces, TextRun(formatting, self._letters.uses_symbol_font(formatting)))

    def _run(self, pieces: list[Element], run: TextRun) -> TextRun:
        for piece in pieces:
            kind = local(piece)
            if kind in DRAWINGS or kind == "txbxContent":
                run.drawings.append(piece)
            elif kind in ("footnoteReference", "endnoteReference"):
                if not run.formatting.get("is_hidden"):
                    self.referenced_notes.add((kind.removesuffix("Reference"), value(piece, "id")))
            elif piece not in self.field_codes:
                run.texts.append((text_of(piece), kind in ("t", "sym")))
            elif text := text_of(piece).strip():
                self.hidden.append(text)
        return run

    def _shapes(self, paragraph: Element, runs: list[TextRun], area: Area) -> list[tuple[TextRun, list[Shape]]]:
        """Return the shapes of the drawings on each run."""
        collected = []
        for run in runs:
            for drawing in run.drawings:
                drawn = self._body.shapes.get(drawing) if area.is_body else None
                if drawn is None:
                    x = area.x or Bounds(0.0, area.page.width)
                    width = area.width or area.page.text_width
                    anchor = drawing_anchor(paragraph, x, width, area.page, self.relationships, is_in_cell=not area.is_body)
                    drawn = shapes(drawing, anchor, self._palette)
                collected.append((run, drawn))
        return collected

    def _drawn(self, collected: list[tuple[TextRun, list[Shape]]], area: Area, has_text: bool = True) -> tuple[list[str], list[str]]:
        """Return the lines of the shapes that hang above a paragraph, and of the others."""
        runs = {id(shape): run for run, drawn in collected for shape in drawn}
        shapes_with_text = [shape for _, drawn in collected for shape in drawn if shape.has_text]
        above: list[str] = []
        below: list[str] = []
        for shape in in_reading_order(shapes_with_text, area.page, self._body.column):
            lines = above if has_text and is_above(shape, area.page, self._body.column) else below
            lines += self._box(shape, runs[id(shape)], area)
        if area.visibility is Visibility.VISIBLE:
            seen = (shape for run, drawn in collected if not run.formatting.get("is_hidden") for shape in drawn)
            shown = (shape for shape in seen if box_visibility(shape.box, area.page, self._body.column) is Visibility.VISIBLE)
            self.pictures.add(shown, area.page)
        return above, below

    def _box(self, shape: Shape, run: TextRun, area: Area) -> list[str]:
        """Return the lines of a text box or a graphic. One inline, or inside another, is seen no better than what contains it."""
        box, (left, top, right, _) = shape.box, shape.insets
        visibility = (
            Visibility.HIDDEN if shape.is_hidden or run.formatting.get("is_hidden") else box_visibility(box, area.page, self._body.column)
        )
        inner = box.width - left - right
        if inner < MIN_VISIBLE and not box.grows and visibility is Visibility.VISIBLE:
            visibility = Visibility.UNSURE
        inherited = area.visibility if not shape.is_floating or area.visibility is Visibility.VISIBLE else Visibility.UNSURE
        if shape.content is None:
            return self._if_seen(self._graphic(shape), least_visible(visibility, inherited))
        limit = None if box.grows or shape.continues or not shape.anchored_top or not shape.is_measured else box.height - top
        box_around = replace(box, x=box.x.moved(left), y=box.y + (top if shape.anchored_top else 0.0))
        backgrounds = shape.backgrounds or (() if shape.is_floating else area.backgrounds)
        content = Area(
            area.page,
            box_around.x,
            max(inner, MIN_VISIBLE),
            least_visible(visibility, inherited),
            backgrounds,
            box_around=box_around if shape.is_measured else None,
            used_height=UsedHeight(limit),
        )
        return self.lines(shape.content, content)

    def _graphic(self, shape: Shape) -> list[str]:
        """Return the lines of WordArt, a diagram or a chart."""
        lines = [line.strip() for line in shape.drawn_text.split("\n")]
        if shape.graphic:
            lines += self.graphics.lines(shape.graphic)
        return [line for line in lines if line]

    def _if_seen(self, lines: list[str], visibility: Visibility) -> list[str]:
        """Return the lines unless they are hidden, which is noted."""
        if visibility is not Visibility.VISIBLE:
            (self.hidden if visibility is Visibility.HIDDEN else self.unsure).extend(lines)
        return [] if visibility is Visibility.HIDDEN else lines

    def _is_list_item(self, paragraph_format: Properties, style: Style | None) -> bool:
        """Return whether a paragraph is a list item; numbered headings are none, and numId 0 cancels the numbering of the style."""
        if (style is not None and style.is_heading) or "outlineLvl" in paragraph_format:
            return False
        numbering = paragraph_format.get("numPr")
        return numbering is not None and value(child(numbering, "numId")) != "0"
