"""Lay out a Word file's body before it is read: the page of each section, the vertical range of each paragraph, every drawing."""

from collections.abc import Hashable, Iterable, Iterator
from itertools import chain

from preprocess.docx import measure
from preprocess.docx.colours import Palette
from preprocess.docx.geometry import ASIDE, MAX_COVERS, Bounds, PageSetup, TextFlow
from preprocess.docx.letter_visibility import LetterVisibility
from preprocess.docx.measure import number, twips
from preprocess.docx.ooxml import Element, child, children, find, local, value
from preprocess.docx.paragraphs import Paragraphs, indents
from preprocess.docx.shape import DrawingAnchor, Relationships, Shape
from preprocess.docx.shapes import shapes
from preprocess.docx.styles import Properties, Styles, is_on

UNSEEN = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sdtPr", "sectPr"}
)
"""Not shown: text deleted or moved away by a tracked change, phonetic guides, field codes, and properties."""
BLOCKS = frozenset({"p", "tbl", "altChunk"})
DRAWINGS = frozenset({"drawing", "pict", "object"})
_CHUNK = Bounds(0.0, 100_000.0)  # points; another file may stand there
_CELL = Bounds(6.0, 400.0)  # points; how high a row of a table may be, beside its text


def page_setup(section: Element | None) -> PageSetup:
    """Return the page of a section from its sectPr."""
    size, margins, columns = (child(section, name) for name in ("pgSz", "pgMar", "cols"))
    usual = PageSetup()
    width, height = twips(value(size, "w"), usual.width), twips(value(size, "h"), usual.height)
    left, right, top, bottom = (twips(value(margins, side), getattr(usual, side)) for side in ("left", "right", "top", "bottom"))
    gutter = twips(value(margins, "gutter"), 0.0)
    page = PageSetup(width, height, left + gutter, right, top, bottom)
    count = int(min(max(number(value(columns, "num"), 1.0), 1.0), 100.0))
    own = [twips(value(column, "w"), 0.0) for column in children(columns, "col")][:100]
    if own and value(columns, "equalWidth") in ("0", "false", "off"):
        return page._replace(columns=tuple(own))
    gap = twips(value(columns, "space"), 36.0)
    return page._replace(columns=((page.text_width - gap * (count - 1)) / count,) * count)


class BodyLayout:
    """The positions of the paragraphs and drawings of the main part, as far as the file says."""

    def __init__(
        self, root: Element, styles: Styles, paragraphs: Paragraphs, palette: Palette, eye: LetterVisibility, pictures: Relationships
    ):
        self._styles, self._paragraphs, self._palette, self._eye = styles, paragraphs, palette, eye
        self._pictures = pictures
        self.column = TextFlow()
        self.shapes: dict[Element, list[Shape]] = {}
        """The shapes of each drawing of a paragraph that stands in the body itself."""
        self.pages: dict[Element, PageSetup] = {}
        """The page of each block of the body."""
        self.sections = list(_sections(root))
        self.last_page = page_setup(None)
        for number_of_section, (blocks, section) in enumerate(self.sections):
            if number_of_section and value(child(section, "type")) != "continuous":
                self.column.new_page()
            self.last_page = page = page_setup(section)
            pitch = twips(value(child(section, "docGrid"), "linePitch"), 0.0)
            for block in blocks:
                self.pages[block] = page
                if local(block) == "p":
                    self._add(block, page, pitch)
                elif local(block) == "altChunk":
                    self.column.skip(_CHUNK)
                else:
                    rows = sum(1 for _ in find(block, {"tr"}, UNSEEN))
                    letters = sum(len(text.text or "") for text in block.iter("{*}t"))
                    self.column.skip(Bounds(_CELL.low * rows, _CELL.high * rows + letters * 20.0))
        self.covers = largest(chain.from_iterable(self.shapes.values()))
        self.has_more = len(self.covers) == MAX_COVERS
        """True if there are more drawings than are looked at."""

    def _add(self, paragraph: Element, page: PageSetup, pitch: float) -> None:
        paragraph_format, style = self._paragraphs.resolve(child(paragraph, "pPr"))
        if is_on(paragraph_format.get("pageBreakBefore")):
            self.column.new_page()
        column = Bounds(page.left, page.left)
        anchor = drawing_anchor(paragraph, column, page.columns[0], page, self._pictures)
        size = self._eye.size(self._styles.run(child(child(paragraph, "pPr"), "rPr"), style, {}))  # of an empty line
        text, breaks, extra = Bounds(0.0, 0.0), 0, 0.0
        breaks_page = False
        for run in find(paragraph, {"r"}, UNSEEN):
            formatting = self._styles.run(child(run, "rPr"), style, {})
            letters = "".join(piece.text or "" for piece in run.iterchildren("{*}t"))
            run_size = self._eye.size(formatting)
            wide = measure.width(letters, run_size)
            text, size = Bounds(text.low + wide.low, text.high + wide.high), max(size, run_size)
            for part in find(run, {"br", "cr", *DRAWINGS}, UNSEEN):
                if local(part) in ("br", "cr"):
                    breaks += 1
                    breaks_page = breaks_page or value(part, "type") == "page"
                elif not formatting["is_hidden"]:
                    self.shapes[part] = shapes(part, anchor, self._palette)
                    for shape in self.shapes[part]:
                        if not shape.is_floating or shape.box.depth[0] == ASIDE:
                            extra += max(shape.box.height, 0.0)
        edges = indents(paragraph_format, size)
        room = max(page.text_width - edges.left - edges.right, size)
        line = measure.line_height(size, paragraph_format.get("spacing.line", ""), paragraph_format.get("spacing.lineRule", "auto"), pitch)
        count = measure.lines(text, room)
        gap = sum(twips(paragraph_format.get(f"spacing.{side}", ""), 0.0) for side in ("before", "after"))
        height = Bounds(count.low * line.low, (count.high + breaks) * line.high + gap + extra)
        if len(page.columns) > 1:
            self.column.skip(height)
        else:
            self.column.add(paragraph, height)
        if breaks_page:
            self.column.new_page()
            self.column.skip(Bounds(0.0, height.high))  # of what stands behind the break


def drawing_anchor(
    paragraph: Hashable, column: Bounds, column_width: float, page: PageSetup, pictures: Relationships, is_in_cell: bool = False
) -> DrawingAnchor:
    """Return what the drawings of a paragraph are placed by."""
    margins = page.left, page.right, page.top, page.bottom
    return DrawingAnchor(paragraph, column, column_width, page.width, page.height, *margins, is_in_cell, pictures)


def begins_page(paragraph: Element, paragraph_format: Properties) -> bool:
    """Return whether a page certainly begins at or in a paragraph, or a section ends with it."""
    breaks = find(paragraph, {"br", "lastRenderedPageBreak"}, UNSEEN)
    is_broken = any(local(mark) != "br" or value(mark, "type") == "page" for mark in breaks)
    return is_broken or is_on(paragraph_format.get("pageBreakBefore")) or child(child(paragraph, "pPr"), "sectPr") is not None


def largest(collected: Iterable[Shape]) -> list[Shape]:
    """Return the shapes that may lie under or over something, the largest first, at most MAX_COVERS."""
    solid = [shape for shape in collected if shape.content is None and not shape.is_hidden]
    return sorted(solid, key=lambda shape: -shape.box.width * shape.box.height)[:MAX_COVERS]


def _sections(root: Element) -> Iterator[tuple[list[Element], Element | None]]:
    """Yield the blocks of each section with its sectPr: that of its last paragraph, or the body's."""
    blocks: list[Element] = []
    for block in find(root, BLOCKS, UNSEEN):
        blocks.append(block)
        section = child(child(block, "pPr"), "sectPr") if local(block) == "p" else None
        if section is not None:
            yield blocks, section
            blocks = []
    yield blocks, child(child(root, "body"), "sectPr")
