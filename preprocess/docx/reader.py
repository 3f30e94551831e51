"""DOCX → Document: everything that a reader of the page would see, exactly once, by a walk over the XML that trusts nothing in it.

Recursion (a table in a cell, a text box in a text box) is bounded by the parser, which refuses more than 256 nested elements.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from preprocess.document import Document, Line, Note, Page, Unreadable, quoting
from preprocess.docx.area import Area, Fill
from preprocess.docx.body import DRAWINGS, UNSEEN, Body, ground_of, largest, sheet
from preprocess.docx.checkboxes import draw_checkboxes
from preprocess.docx.colours import WHITE, Palette
from preprocess.docx.fields import texts_in_codes
from preprocess.docx.geometry import SLIVER, Sheet, Sight, Span, sight_of, worse
from preprocess.docx.grid import Grid
from preprocess.docx.hidden import Eye
from preprocess.docx.letters import BREAKS, Run, drawn_as_signs, text_of
from preprocess.docx.ooxml import Element, Package, child, children, find, local, value
from preprocess.docx.paragraphs import Paragraphs
from preprocess.docx.pictures import Pictures
from preprocess.docx.shapes import Shape, shapes
from preprocess.docx.styles import Properties, Style, Styles, is_on
from preprocess.docx.table import join_row
from preprocess.docx.units import twips
from preprocess.docx.view import View

_PAGE_NUMBER = re.compile(r"[\W\d_]*(?:(?:第|页|頁|共|page|of|total)[\W\d_]*)*", re.IGNORECASE)
_MOST_UNSHOWN = 100  # passages that are compared with the text
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_docx(data: bytes, name: str) -> Document:
    """Read a Word file into one Page without layout: a Line per paragraph (or part of one, at a line break) and per table row.

    Page headers come first (contact data sits there), then the body, footnotes, and page footers; of headers and footers only what
    the body does not say already, and no page numbers. Raises Unreadable: `needs_password`, `old_word`, `unsupported_type`,
    `damaged`, `unpacks_too_large`, `too_complex`.
    """
    if data.startswith(_OLE_MAGIC):
        raise Unreadable(*_ole_reason(data))
    return _Reader(Package(data)).document(name)


def _ole_reason(data: bytes) -> tuple[str, str]:
    """Why a file of the old binary container cannot be read: the names of its streams tell what it is."""
    for stream, reason, detail in (
        ("EncryptedPackage", "needs_password", ""),
        ("WordDocument", "old_word", ""),
        ("Workbook", "unsupported_type", "XLS"),
        ("PowerPoint Document", "unsupported_type", "PPT"),
    ):
        if stream.encode("utf-16-le") in data:
            return reason, detail
    return "unsupported_type", "OLE"


_PIECES = frozenset({"t", "sym", "r", "txbxContent", "footnoteReference", "endnoteReference", *BREAKS, *DRAWINGS})


class _Reader:
    """One DOCX while it is read: its parts, the styles that matter, and the hidden (or perhaps hidden) text met so far."""

    def __init__(self, package: Package):
        self.package = package
        self.hidden: list[str] = []
        self.unsure: list[str] = []
        self.codes: set[Element] = set()
        self.noted: set[tuple[str, str]] = set()  # footnotes and endnotes that the text refers to
        main = _main_part(package)
        self.root = package.part(main)
        draw_checkboxes(self.root)
        self.related = package.relationships(main)
        self.styles = Styles(self._part("styles"))
        settings, theme = self._part("settings"), self._part("theme")
        self.palette = Palette(theme, child(settings, "clrSchemeMapping"))
        self.paragraphs = Paragraphs(self.styles, self._part("numbering"))
        background = self.palette.background(child(self.root, "background"))
        shows_background = background is None or is_on(child(settings, "displayBackgroundShape"))
        page = background if background and shows_background else WHITE
        self.eye = Eye(self.palette, page, shows_background, theme, self._part("fontTable"))
        self.body = Body(self.root, self.styles, self.paragraphs, self.palette, self.eye, self.related)
        self.pictures = self.related  # of the part that is being read
        self.view = View(self.eye, self.body, Pictures(package), self._shapes_behind())

    def document(self, name: str) -> Document:
        notes: list[Note] = []
        body = [*self._body(), *self._notes("footnote"), *self._notes("endnote")]
        seen = set(body)
        headers, footers = self._around("header", seen, notes), self._around("footer", seen, notes)
        if count := sum(1 for _ in find(self.root, {"altChunk"})):
            notes.append(Note("embedded_not_read", count=count))
        lines = [*headers, *body, *footers]
        shown = "\n".join(lines)
        self.hidden += [text for text in self.package.unshown[:_MOST_UNSHOWN] if text not in shown]
        notes += [*quoting("hidden_text", self.hidden), *quoting("hidden_unsure", self.unsure)]
        return Document(name, "docx", (Page(tuple(Line(line) for line in lines)),), tuple(notes))

    def _body(self) -> list[str]:
        self.codes = texts_in_codes(self.root)
        lines: list[str] = []
        column = 0
        page: Sheet | None = None
        for block, own in self.body.sheets.items():
            column = 0 if own is not page else column
            page = own
            width = own.columns[min(column, len(own.columns) - 1)]
            x = Span(own.left, own.left + max(own.text_width - width, 0.0))
            sight = Sight.SEEN if own.shows_text() and width >= SLIVER else Sight.HIDDEN
            area = Area(own, x, width, sight, is_body=True)
            lines += self._block(block, area)
            if len(own.columns) > 1 and local(block) == "p":
                column += sum(value(piece, "type") == "column" for piece in find(block, {"br"}, UNSEEN))
        return lines

    def lines(self, container: Element, area: Area) -> list[str]:
        """The lines of every paragraph and table in a body, cell, text box, footnote or header, in document order."""
        lines = []
        for block in find(container, {"p", "tbl"}, UNSEEN):
            lines += self._block(block, area)
        return lines

    def _block(self, block: Element, area: Area) -> list[str]:
        return self._table(block, area) if local(block) == "tbl" else self._paragraph(block, area)

    def _table(self, table: Element, area: Area) -> list[str]:
        style = self.styles.by_id.get(value(child(child(table, "tblPr"), "tblStyle")))
        grid = Grid(table, style, self.palette, area.x, area.width, area.sheet)
        sight = Sight.HIDDEN if grid.off_page() else area.sight
        lines = []
        rows = [row for row in find(table, {"tr"}, UNSEEN) if child(child(row, "trPr"), "del") is None]
        for index, row in enumerate(rows):
            cells = [cell for cell in find(row, {"tc"}, UNSEEN) if child(child(cell, "tcPr"), "cellDel") is None]
            read = []
            for cell, place in zip(cells, grid.cells(row, cells, index, index == len(rows) - 1), strict=True):
                inner = Area(
                    area.sheet,
                    place.x,
                    place.width,
                    worse(sight, place.sight),
                    place.papers or area.papers,
                    {**area.looks, **place.looks},
                    fill=Fill(place.height),
                )
                read.append(self.lines(cell, inner))
            lines += join_row(read)
        return lines

    def _paragraph(self, paragraph: Element, area: Area) -> list[str]:
        """The lines of a paragraph, then those of the text boxes anchored in it."""
        around, style = self.paragraphs.resolve(child(paragraph, "pPr"))
        runs = list(self._runs(paragraph, style, area))
        if area.fill.limit is not None or "framePr" in around:  # of which it may show only the beginning
            runs = [part for run in runs for part in run.parts()]
        made = self._shapes(paragraph, runs, area)
        own = [] if area.is_body else largest(shape for _, drawn in made for shape in drawn)
        pieces: list[str] = []
        hidden: list[str] = []
        unsure: list[str] = []
        for run, sight in zip(runs, self.view.sights(paragraph, runs, around, area, own), strict=True):
            for text, is_lettered in run.texts:
                if is_lettered and run.in_symbols:
                    text, lost = drawn_as_signs(text)
                    hidden.append(lost)
                if is_lettered and sight is not Sight.SEEN:
                    (hidden if sight is Sight.HIDDEN else unsure).append(text)
                if sight is not Sight.HIDDEN:
                    pieces.append(text)
        for passages, texts in ((self.hidden, hidden), (self.unsure, unsure)):
            if text := "".join(texts).strip():
                passages.append(text)
        boxes = [line for run, drawn in made for shape in drawn if shape.content is not None for line in self._box(shape, run, area)]
        text = re.sub(r"\t+", "  ", "".join(pieces))
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if lines and self._is_list_item(around, style):
            lines[0] = "- " + lines[0]
        return lines + boxes

    def _runs(self, container: Element, style: Style | None, area: Area) -> Iterator[Run]:
        """The runs of a paragraph."""
        for element in find(container, {"r", "t", "txbxContent", *DRAWINGS}, UNSEEN):
            if local(element) != "r":
                yield self._run([element], Run({}))
                continue
            yield from self._nested(element, style, area)

    def _nested(self, element: Element, style: Style | None, area: Area) -> Iterator[Run]:
        """A run, in several parts where there are runs in it, as under a phonetic guide."""
        looks = self.styles.run(child(element, "rPr"), style, area.looks)
        pieces: list[Element] = []
        for piece in find(element, _PIECES, UNSEEN):
            if local(piece) == "r":
                yield self._run(pieces, Run(looks, self.eye.in_symbols(looks)))
                pieces = []
                yield from self._nested(piece, style, area)
            else:
                pieces.append(piece)
        yield self._run(pieces, Run(looks, self.eye.in_symbols(looks)))

    def _run(self, pieces: list[Element], run: Run) -> Run:
        for piece in pieces:
            kind = local(piece)
            if kind in DRAWINGS or kind == "txbxContent":
                run.drawings.append(piece)
            elif kind in ("footnoteReference", "endnoteReference"):
                if not run.looks.get("is_hidden"):
                    self.noted.add((kind.removesuffix("Reference"), value(piece, "id")))
            elif piece not in self.codes:
                run.texts.append((text_of(piece), kind in ("t", "sym")))
            elif text := text_of(piece).strip():
                self.hidden.append(text)
        return run

    def _shapes(self, paragraph: Element, runs: list[Run], area: Area) -> list[tuple[Run, list[Shape]]]:
        """The shapes of the drawings on each run."""
        made = []
        for run in runs:
            for drawing in run.drawings:
                known = self.body.shapes.get(drawing) if area.is_body else None
                if known is None:
                    x = area.x or Span(0.0, area.sheet.width)
                    width = area.width or area.sheet.text_width
                    ground = ground_of(paragraph, x, width, area.sheet, self.pictures, is_in_cell=not area.is_body)
                    known = shapes(drawing, ground, self.palette)
                made.append((run, known))
        return made

    def _box(self, shape: Shape, run: Run, area: Area) -> list[str]:
        """The lines of a text box. One that stands in its line, or inside another, is seen no better than what it stands in."""
        box, (left, top, right, _) = shape.box, shape.insets
        sight = Sight.HIDDEN if shape.is_hidden or run.looks.get("is_hidden") else sight_of(box, area.sheet, self.body.column)
        inner = box.width - left - right
        if inner < SLIVER and not box.grows and sight is Sight.SEEN:
            sight = Sight.UNSURE
        inherited = area.sight if not shape.is_floating or area.sight is Sight.SEEN else Sight.UNSURE
        limit = None if box.grows or shape.continues or not shape.anchored_top or not shape.is_measured else box.height - top
        origin = replace(box, x=box.x.moved(left), y=box.y + (top if shape.anchored_top else 0.0))
        papers = shape.papers or (() if shape.is_floating else area.papers)
        content = Area(
            area.sheet,
            origin.x,
            max(inner, SLIVER),
            worse(sight, inherited),
            papers,
            origin=origin if shape.is_measured else None,
            fill=Fill(limit),
        )
        return self.lines(shape.content, content)

    def _is_list_item(self, around: Properties, style: Style | None) -> bool:
        """Numbered headings are not list items; numId 0 takes the numbering of the style away."""
        if (style is not None and style.is_heading) or "outlineLvl" in around:
            return False
        numbering = around.get("numPr")
        return numbering is not None and value(child(numbering, "numId")) != "0"

    def _part(self, kind: str) -> Element | None:
        """The part that the main part relates to as "styles", "settings", "footnotes" …"""
        return next((self.package.part(path) for found, path in self.related.values() if found == kind and path in self.package), None)

    def _area(self) -> Area:
        """What page headers and notes stand in."""
        page = self.body.last_sheet
        return Area(page, Span(page.left, page.left), max(page.text_width, SLIVER))

    def _notes(self, kind: str) -> list[str]:
        """Footnotes or endnotes in their order; those with a type are the lines that separate them from the text."""
        part = self._part(kind + "s")
        self.codes = texts_in_codes(part) if part is not None else set()
        lines = []
        for note in children(part, kind):
            if not value(note, "type"):
                is_referred_to = (kind, value(note, "id")) in self.noted
                lines += self.lines(note, self._area() if is_referred_to else replace(self._area(), sight=Sight.HIDDEN))
        return lines

    def _around(self, kind: str, seen: set[str], notes: list[Note]) -> list[str]:
        """Lines of the page headers (or footers) that are in use, each once, without page numbers and without lines in `seen`."""
        lines = []
        for path, section in self._headers_in_use(kind).items():
            part = self.package.part(path)
            self.codes, self.pictures = texts_in_codes(part), self.package.relationships(path)
            for line in self.lines(part, self._area_of_header(kind, section)):
                if line in seen:
                    continue
                seen.add(line)
                if _PAGE_NUMBER.fullmatch(line) and sum(character.isdigit() for character in line) < 7:  # longer: a phone number
                    notes.append(Note("page_number", before=line))
                else:
                    lines.append(line)
        return lines

    def _area_of_header(self, kind: str, section: Element) -> Area:
        """A header further down than the page is long stands nowhere."""
        page = sheet(section)
        distance = twips(value(child(section, "pgMar"), kind), 36.0)
        is_off = distance > page.height - SLIVER or page.width < 20
        sight = Sight.HIDDEN if is_off else Sight.SEEN
        return Area(page, Span(page.left, page.left), max(page.text_width, SLIVER), sight)

    def _headers_in_use(self, kind: str) -> dict[str, Element]:
        """The parts that some page shows, each with a section that shows it."""
        even = is_on(child(self._part("settings"), "evenAndOddHeaders"))
        sections = [section for _, section in self.body.sections if section is not None]
        is_one_page = len(sections) == 1 and self.body.column.pages(self.body.last_sheet).high <= 1
        paths: dict[str, Element] = {}
        for section in sections:
            first = is_on(child(section, "titlePg"))
            for reference in children(section, kind + "Reference"):
                shown = {"first": first, "even": even and not is_one_page}.get(value(reference, "type"), not (first and is_one_page))
                _, path = self.related.get(value(reference, "id"), ("", ""))
                if shown and path in self.package:
                    paths.setdefault(path, section)
        return paths

    def _shapes_behind(self) -> list[Shape]:
        """The drawings of the page headers, which lie behind the text of the body."""
        made = []
        for kind in ("header", "footer"):
            for path, section in self._headers_in_use(kind).items():
                area = self._area_of_header(kind, section)
                for drawing in find(self.package.part(path), DRAWINGS, UNSEEN):
                    ground = ground_of(drawing, area.x or Span(0.0, 0.0), area.width or 0.0, area.sheet, self.package.relationships(path))
                    made += shapes(drawing, ground, self.palette)
        return largest(made)


def _main_part(package: Package) -> str:
    """Usually word/document.xml, but the package says where. Other Office files are named by their type."""
    named = [path for kind, path in package.relationships("").values() if kind == "officeDocument" and path in package]
    main = next(iter(named), "word/document.xml")
    if main not in package:
        raise Unreadable("damaged") if "[Content_Types].xml" in package else Unreadable("unsupported_type", "ZIP")
    for folder, kind in (("xl/", "XLSX"), ("ppt/", "PPTX")):
        if main.startswith(folder):
            raise Unreadable("unsupported_type", kind)
    return main
