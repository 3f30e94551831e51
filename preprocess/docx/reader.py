"""Read a DOCX file into a Document: every text that a reader of the page would see, exactly once, and notes on hidden text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

from preprocess.cleaning.page_numbers import without_worded_page_number
from preprocess.document import Document, Note, Unreadable, quote_notes
from preprocess.docx.blocks import BlockReader
from preprocess.docx.body import DRAWINGS, UNSEEN, BodyLayout, drawing_anchor, largest, page_setup
from preprocess.docx.colours import WHITE, Palette
from preprocess.docx.controls import Placeholders, draw_checkboxes
from preprocess.docx.embedded.chunks import Chunks, WordFiles
from preprocess.docx.embedded.frames import by_frames
from preprocess.docx.embedded.graphics import embedded_files
from preprocess.docx.embedded.page_pictures import PagePicture, picture_bytes, picture_notes, with_pictures
from preprocess.docx.geometry import MIN_VISIBLE, Bounds, PageSetup, Visibility
from preprocess.docx.letter_visibility import LetterVisibility
from preprocess.docx.letters import field_code_texts
from preprocess.docx.measure import twips
from preprocess.docx.ooxml import Element, Package, child, children, find, local, value
from preprocess.docx.paragraph_visibility import Area, ParagraphVisibility
from preprocess.docx.paragraphs import Paragraphs
from preprocess.docx.pictures import Pictures
from preprocess.docx.shape import Shape
from preprocess.docx.shapes import shapes
from preprocess.docx.styles import Styles, is_on

_PAGE_NUMBER = re.compile(r"[\W\d_]*(?:(?:第|页|頁|共|page|of|total)[\W\d_]*)*", re.IGNORECASE)
_MAX_DEPTH = 2  # Word files in one another
_MAX_UNSHOWN = 100  # passages that are compared with the text


def read_docx(data: bytes, name: str) -> Document:
    """Read a Word file into one Page without layout: a Line per paragraph (or part of one, at a line break) and per table row.

    Page headers come first (contact data is there), then the body, footnotes, and page footers; of headers and footers only what the body
    does not say already, and no page numbers. A picture that may hold text is an empty Page between two others, with its size and a note
    `picture_not_read`, to be recognised (`docx_pictures`). Raises Unreadable: `needs_password`, `damaged`, `unpacks_too_large`,
    `too_complex`, `embedded_only`.
    """
    return _DocxReader(Package(data)).document(name)


def docx_pictures(data: bytes) -> Iterator[bytes]:
    """Return the pictures that `read_docx` left empty pages for, as files; b"" for one in a format that cannot be looked at."""
    return _pictures_within(0, data)


def _read_within(depth: int, data: bytes, name: str) -> Document:
    """Read a Word file that stands in another one."""
    if depth > _MAX_DEPTH:
        raise Unreadable("too_complex")
    return _DocxReader(Package(data), depth).document(name)


def _pictures_within(depth: int, data: bytes) -> Iterator[bytes]:
    reader = _DocxReader(Package(data), depth)
    reader.document("")
    return (picture_bytes(reader.blocks.chunks, picture) for picture in reader.pictures)


class _DocxReader:
    """One DOCX while it is read: its parts, the layout of its body, and the reader of its blocks."""

    def __init__(self, package: Package, depth: int = 0):
        self.package = package
        self.pictures: list[PagePicture] = []
        """Those of the document that may hold text, once it is read."""
        main = _main_part(package)
        self.root = package.part(main)
        draw_checkboxes(self.root)
        self.related = package.relationships(main)
        self.placeholders = Placeholders(package, self.related, self._part("styles"))
        self.placeholders.remove(self.root)
        styles = Styles(self._part("styles"))
        settings, theme = self._part("settings"), self._part("theme")
        self.palette = Palette(theme, child(settings, "clrSchemeMapping"))
        self.paragraphs = paragraphs = Paragraphs(styles, self._part("numbering"))
        background = self.palette.background(child(self.root, "background"))
        shows_background = background is None or is_on(child(settings, "displayBackgroundShape"))
        page = background if background and shows_background else WHITE
        letters = LetterVisibility(self.palette, page, shows_background, theme, self._part("fontTable"))
        self.body = BodyLayout(self.root, styles, paragraphs, self.palette, letters, self.related)
        view = ParagraphVisibility(letters, self.body, Pictures(package), self._shapes_behind())
        chunks = Chunks(package, WordFiles(partial(_read_within, depth + 1), partial(_pictures_within, depth + 1)))
        self.blocks = BlockReader(styles, paragraphs, self.palette, letters, self.body, view, self.related, package, chunks)

    def document(self, name: str) -> Document:
        notes: list[Note] = []
        body = [*self._body(), *self._notes("footnote"), *self._notes("endnote")]
        seen = set(body)
        headers, footers = self._around("header", seen, notes), self._around("footer", seen, notes)
        if count := embedded_files(self.root) + self.blocks.chunks.unread + self.blocks.graphics.unread:
            notes.append(Note("embedded_not_read", count=count))
        lines = [*headers, *body, *footers]
        shown = "\n".join(lines)
        self.blocks.hidden += [text for text in self.package.unshown[:_MAX_UNSHOWN] if text not in shown]
        notes += [*quote_notes("hidden_text", self.blocks.hidden), *quote_notes("hidden_unsure", self.blocks.unsure)]
        notes += quote_notes("prompt_removed", self.placeholders.removed)
        notes += self.blocks.chunks.notes
        self.pictures = self.blocks.pictures.with_text(len(shown))
        if count and not shown.strip() and not self.pictures:
            raise Unreadable("embedded_only")
        pages = with_pictures(lines, self.pictures, len(headers))
        notes += picture_notes(pages)
        return Document(name, "docx", pages, tuple(notes))

    def _blocks_by_page(self) -> Iterator[tuple[Element, PageSetup]]:
        for _, group in groupby(self.body.pages.items(), key=lambda pair: id(pair[1])):
            pairs = list(group)
            yield from ((block, pairs[0][1]) for block in by_frames([block for block, _ in pairs], pairs[0][1], self.paragraphs))

    def _body(self) -> list[str]:
        self.blocks.field_codes = field_code_texts(self.root)
        lines: list[str] = []
        column = 0
        last_page: PageSetup | None = None
        for block, page_of_block in self._blocks_by_page():
            column = 0 if page_of_block is not last_page else column
            last_page = page_of_block
            width = page_of_block.columns[min(column, len(page_of_block.columns) - 1)]
            x = Bounds(page_of_block.left, page_of_block.left + max(page_of_block.text_width - width, 0.0))
            visibility = Visibility.VISIBLE if page_of_block.shows_text() and width >= MIN_VISIBLE else Visibility.HIDDEN
            area = Area(page_of_block, x, width, visibility, is_body=True)
            lines += self.blocks.block(block, area)
            self.blocks.pictures.place(len(lines))
            if len(page_of_block.columns) > 1 and local(block) == "p":
                column += sum(value(piece, "type") == "column" for piece in find(block, {"br"}, UNSEEN))
        lines += self.blocks.floating_lines()
        self.blocks.pictures.place(len(lines))
        return lines

    def _part(self, kind: str) -> Element | None:
        """Return the part that the main part relates to as "styles", "settings", "footnotes" …"""
        return next(
            (self.package.part(path) for part_kind, path in self.related.values() if part_kind == kind and path in self.package), None
        )

    def _area(self) -> Area:
        """Return the area of notes."""
        page = self.body.last_page
        return Area(page, Bounds(page.left, page.left), max(page.text_width, MIN_VISIBLE))

    def _notes(self, kind: str) -> list[str]:
        """Return the lines of footnotes or endnotes in order; notes with a type are separators."""
        part = self._part(kind + "s")
        self.blocks.field_codes = field_code_texts(part) if part is not None else set()
        lines = []
        for note in children(part, kind):
            if not value(note, "type"):
                is_referred_to = (kind, value(note, "id")) in self.blocks.referenced_notes
                lines += self.blocks.lines(note, self._area() if is_referred_to else replace(self._area(), visibility=Visibility.HIDDEN))
        return lines

    def _around(self, kind: str, seen: set[str], notes: list[Note]) -> list[str]:
        """Return the lines of the page headers (or footers) in use, each once, without page numbers and without lines in `seen`."""
        lines = []
        for path, section in self._headers_in_use(kind).items():
            part = self.package.part(path)
            self.placeholders.remove(part)
            self.blocks.field_codes, self.blocks.relationships = field_code_texts(part), self.package.relationships(path)
            for line in self.blocks.lines(part, self._area_of_header(kind, section)):
                if line in seen:
                    continue
                seen.add(line)
                if _PAGE_NUMBER.fullmatch(line) and sum(character.isdigit() for character in line) < 7:  # longer: a phone number
                    notes.append(Note("page_number", before=line))
                    continue
                kept, number = without_worded_page_number(line)
                notes += [Note("page_number", before=number)] if number else []
                lines.append(kept)
        return lines

    def _area_of_header(self, kind: str, section: Element) -> Area:
        """Return the area of a header, hidden if it lies below the end of the page."""
        page = page_setup(section)
        distance = twips(value(child(section, "pgMar"), kind), 36.0)
        is_off = distance > page.height - MIN_VISIBLE or page.width < 20
        visibility = Visibility.HIDDEN if is_off else Visibility.VISIBLE
        return Area(page, Bounds(page.left, page.left), max(page.text_width, MIN_VISIBLE), visibility)

    def _headers_in_use(self, kind: str) -> dict[str, Element]:
        """Return the paths of the headers (or footers) that some page shows, each with a section that shows it."""
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
        """Return the drawings of the page headers and footers, which lie behind the text of the body."""
        collected = []
        for kind in ("header", "footer"):
            for path, section in self._headers_in_use(kind).items():
                area = self._area_of_header(kind, section)
                for drawing in find(self.package.part(path), DRAWINGS, UNSEEN):
                    anchor = drawing_anchor(
                        drawing, area.x or Bounds(0.0, 0.0), area.width or 0.0, area.page, self.package.relationships(path)
                    )
                    collected += shapes(drawing, anchor, self.palette)
        return largest(collected)


def _main_part(package: Package) -> str:
    """Return the path of the main part: usually word/document.xml, but the package says."""
    named = [path for kind, path in package.relationships("").values() if kind == "officeDocument" and path in package]
    main = next(iter(named), "word/document.xml")
    if main not in package:
        raise Unreadable("damaged")
    return main
