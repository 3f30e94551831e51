"""DOCX → Document: everything that a reader of the page would see, exactly once, by a walk over the XML that trusts nothing in it.

Recursion (a table in a cell, a text box in a text box) is bounded by the parser, which refuses more than 256 nested elements.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from preprocess.document import Document, Line, Note, Page, Unreadable, quoting
from preprocess.docx.body import DRAWINGS, UNSEEN, BodyLayout, drawing_anchor, largest, page_setup
from preprocess.docx.colours import WHITE, Palette
from preprocess.docx.geometry import MIN_VISIBLE, Interval, PageSetup, Visibility, box_visibility, least_visible
from preprocess.docx.grid import Grid
from preprocess.docx.letter_visibility import LetterVisibility
from preprocess.docx.letters import BREAKS, TextRun, field_code_texts, read_symbol_text, text_of
from preprocess.docx.measure import twips
from preprocess.docx.ooxml import Element, Package, child, children, find, local, value
from preprocess.docx.paragraph_visibility import Area, ParagraphVisibility, UsedHeight
from preprocess.docx.paragraphs import Paragraphs
from preprocess.docx.pictures import Pictures
from preprocess.docx.shapes import Shape, shapes
from preprocess.docx.styles import Properties, Style, Styles, is_on
from preprocess.docx.table import join_row

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
        self.field_codes: set[Element] = set()
        self.referenced_notes: set[tuple[str, str]] = set()  # footnotes and endnotes that the text refers to
        main = _main_part(package)
        self.root = package.part(main)
        self.related = package.relationships(main)
        self.styles = Styles(self._part("styles"))
        settings, theme = self._part("settings"), self._part("theme")
        self.palette = Palette(theme, child(settings, "clrSchemeMapping"))
        self.paragraphs = Paragraphs(self.styles, self._part("numbering"))
        background = self.palette.background(child(self.root, "background"))
        shows_background = background is None or is_on(child(settings, "displayBackgroundShape"))
        page = background if background and shows_background else WHITE
        self.eye = LetterVisibility(self.palette, page, shows_background, theme, self._part("fontTable"))
        self.body = BodyLayout(self.root, self.styles, self.paragraphs, self.palette, self.eye, self.related)
        self.pictures = self.related  # of the part that is being read
        self.view = ParagraphVisibility(self.eye, self.body, Pictures(package), self._shapes_behind())

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
        self.field_codes = field_code_texts(self.root)
        lines: list[str] = []
        column = 0
        page: PageSetup | None = None
        for block, own in self.body.pages.items():
            column = 0 if own is not page else column
            page = own
            width = own.columns[min(column, len(own.columns) - 1)]
            x = Interval(own.left, own.left + max(own.text_width - width, 0.0))
            sight = Visibility.VISIBLE if own.shows_text() and width >= MIN_VISIBLE else Visibility.HIDDEN
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
        grid = Grid(table, style, self.palette, area.x, area.width, area.page)
        sight = Visibility.HIDDEN if grid.off_page() else area.sight
        lines = []
        rows = [row for row in find(table, {"tr"}, UNSEEN) if child(child(row, "trPr"), "del") is None]
        for index, row in enumerate(rows):
            cells = [cell for cell in find(row, {"tc"}, UNSEEN) if child(child(cell, "tcPr"), "cellDel") is None]
            read = []
            for cell, place in zip(cells, grid.cells(row, cells, index, index == len(rows) - 1), strict=True):
                inner = Area(
                    area.page,
                    place.x,
                    place.width,
                    least_visible(sight, place.sight),
                    place.backgrounds or area.backgrounds,
                    {**area.formatting, **place.formatting},
                    used_height=UsedHeight(place.height),
                )
                read.append(self.lines(cell, inner))
            lines += join_row(read)
        return lines

    def _paragraph(self, paragraph: Element, area: Area) -> list[str]:
        """The lines of a paragraph, then those of the text boxes anchored in it."""
        paragraph_format, style = self.paragraphs.resolve(child(paragraph, "pPr"))
        runs = list(self._runs(paragraph, style, area))
        if area.used_height.limit is not None or "framePr" in paragraph_format:  # of which it may show only the beginning
            runs = [part for run in runs for part in run.parts()]
        made = self._shapes(paragraph, runs, area)
        own = [] if area.is_body else largest(shape for _, drawn in made for shape in drawn)
        pieces: list[str] = []
        hidden: list[str] = []
        unsure: list[str] = []
        for run, sight in zip(runs, self.view.run_visibilities(paragraph, runs, paragraph_format, area, own), strict=True):
            for text, is_lettered in run.texts:
                if is_lettered and run.uses_symbol_font:
                    text, lost = read_symbol_text(text)
                    hidden.append(lost)
                if is_lettered and sight is not Visibility.VISIBLE:
                    (hidden if sight is Visibility.HIDDEN else unsure).append(text)
                if sight is not Visibility.HIDDEN:
                    pieces.append(text)
        for passages, texts in ((self.hidden, hidden), (self.unsure, unsure)):
            if text := "".join(texts).strip():
                passages.append(text)
        boxes = [line for run, drawn in made for shape in drawn if shape.content is not None for line in self._box(shape, run, area)]
        text = re.sub(r"\t+", "  ", "".join(pieces))
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if lines and self._is_list_item(paragraph_format, style):
            lines[0] = "- " + lines[0]
        return lines + boxes

    def _runs(self, container: Element, style: Style | None, area: Area) -> Iterator[TextRun]:
        """The runs of a paragraph."""
        for element in find(container, {"r", "t", "txbxContent", *DRAWINGS}, UNSEEN):
            if local(element) != "r":
                yield self._run([element], TextRun({}))
                continue
            yield from self._nested(element, style, area)

    def _nested(self, element: Element, style: Style | None, area: Area) -> Iterator[TextRun]:
        """A run, in several parts where there are runs in it, as under a phonetic guide."""
        formatting = self.styles.run(child(element, "rPr"), style, area.formatting)
        pieces: list[Element] = []
        for piece in find(element, _PIECES, UNSEEN):
            if local(piece) == "r":
                yield self._run(pieces, TextRun(formatting, self.eye.uses_symbol_font(formatting)))
                pieces = []
                yield from self._nested(piece, style, area)
            else:
                pieces.append(piece)
        yield self._run(pieces, TextRun(formatting, self.eye.uses_symbol_font(formatting)))

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
        """The shapes of the drawings on each run."""
        made = []
        for run in runs:
            for drawing in run.drawings:
                known = self.body.shapes.get(drawing) if area.is_body else None
                if known is None:
                    x = area.x or Interval(0.0, area.page.width)
                    width = area.width or area.page.text_width
                    ground = drawing_anchor(paragraph, x, width, area.page, self.pictures, is_in_cell=not area.is_body)
                    known = shapes(drawing, ground, self.palette)
                made.append((run, known))
        return made

    def _box(self, shape: Shape, run: TextRun, area: Area) -> list[str]:
        """The lines of a text box. One that stands in its line, or inside another, is seen no better than what it stands in."""
        box, (left, top, right, _) = shape.box, shape.insets
        sight = (
            Visibility.HIDDEN if shape.is_hidden or run.formatting.get("is_hidden") else box_visibility(box, area.page, self.body.column)
        )
        inner = box.width - left - right
        if inner < MIN_VISIBLE and not box.grows and sight is Visibility.VISIBLE:
            sight = Visibility.UNSURE
        inherited = area.sight if not shape.is_floating or area.sight is Visibility.VISIBLE else Visibility.UNSURE
        limit = None if box.grows or shape.continues or not shape.anchored_top or not shape.is_measured else box.height - top
        box_around = replace(box, x=box.x.moved(left), y=box.y + (top if shape.anchored_top else 0.0))
        backgrounds = shape.backgrounds or (() if shape.is_floating else area.backgrounds)
        content = Area(
            area.page,
            box_around.x,
            max(inner, MIN_VISIBLE),
            least_visible(sight, inherited),
            backgrounds,
            box_around=box_around if shape.is_measured else None,
            used_height=UsedHeight(limit),
        )
        return self.lines(shape.content, content)

    def _is_list_item(self, paragraph_format: Properties, style: Style | None) -> bool:
        """Numbered headings are not list items; numId 0 takes the numbering of the style away."""
        if (style is not None and style.is_heading) or "outlineLvl" in paragraph_format:
            return False
        numbering = paragraph_format.get("numPr")
        return numbering is not None and value(child(numbering, "numId")) != "0"

    def _part(self, kind: str) -> Element | None:
        """The part that the main part relates to as "styles", "settings", "footnotes" …"""
        return next((self.package.part(path) for found, path in self.related.values() if found == kind and path in self.package), None)

    def _area(self) -> Area:
        """What page headers and notes stand in."""
        page = self.body.last_page
        return Area(page, Interval(page.left, page.left), max(page.text_width, MIN_VISIBLE))

    def _notes(self, kind: str) -> list[str]:
        """Footnotes or endnotes in their order; those with a type are the lines that separate them from the text."""
        part = self._part(kind + "s")
        self.field_codes = field_code_texts(part) if part is not None else set()
        lines = []
        for note in children(part, kind):
            if not value(note, "type"):
                is_referred_to = (kind, value(note, "id")) in self.referenced_notes
                lines += self.lines(note, self._area() if is_referred_to else replace(self._area(), sight=Visibility.HIDDEN))
        return lines

    def _around(self, kind: str, seen: set[str], notes: list[Note]) -> list[str]:
        """Lines of the page headers (or footers) that are in use, each once, without page numbers and without lines in `seen`."""
        lines = []
        for path, section in self._headers_in_use(kind).items():
            part = self.package.part(path)
            self.field_codes, self.pictures = field_code_texts(part), self.package.relationships(path)
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
        page = page_setup(section)
        distance = twips(value(child(section, "pgMar"), kind), 36.0)
        is_off = distance > page.height - MIN_VISIBLE or page.width < 20
        sight = Visibility.HIDDEN if is_off else Visibility.VISIBLE
        return Area(page, Interval(page.left, page.left), max(page.text_width, MIN_VISIBLE), sight)

    def _headers_in_use(self, kind: str) -> dict[str, Element]:
        """The parts that some page shows, each with a section that shows it."""
        even = is_on(child(self._part("settings"), "evenAndOddHeaders"))
        sections = [section for _, section in self.body.sections if section is not None]
        is_one_page = len(sections) == 1 and self.body.column.pages(self.body.last_page).high <= 1
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
                    ground = drawing_anchor(
                        drawing, area.x or Interval(0.0, 0.0), area.width or 0.0, area.page, self.package.relationships(path)
                    )
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
