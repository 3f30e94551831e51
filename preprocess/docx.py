"""DOCX → Document: everything that a reader of the page would see, exactly once, by a walk over the XML that trusts nothing in it.

Recursion (a table in a cell, a text box in a text box) is bounded by the parser, which refuses more than 256 nested elements.
"""

import re

from preprocess.document import Document, Line, Note, Page, Unreadable, quoting
from preprocess.docx_colours import Palette
from preprocess.docx_hidden import Eye, Sight
from preprocess.docx_styles import Styles
from preprocess.docx_table import join_row
from preprocess.ooxml import Element, Package, child, children, find, local, value

# Deleted or moved away by a tracked change, phonetic guides, the code behind a field, and properties.
_UNSEEN = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sdtPr", "sectPr"}
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_WINGDINGS = dict(
    zip(b"\x28\x2a\x6c\x6e\x6f\x71\x75\x76\x9f\xa1\xa7\xa8\xab\xd8\xdf\xe0\xe8\xfb\xfc\xfe", "☎✉●■□❑◆❖•○▪◻★➢←→➔✗✓☑", strict=True)
)
_PAGE_NUMBER = re.compile(r"[\W\d_]*(?:(?:第|页|頁|共|page|of|total)[\W\d_]*)*", re.IGNORECASE)
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


class _Reader:
    """One DOCX while it is read: its parts, the styles that matter, and the hidden (or perhaps hidden) text met so far."""

    def __init__(self, package: Package):
        self.package = package
        self.hidden: list[str] = []
        self.unsure: list[str] = []
        main = _main_part(package)
        self.root = package.part(main)
        self.related = package.relationships(main)
        styles = Styles(self._part("styles"))
        self.heading_styles = {name for name, chain in styles.chains.items() if any(map(_is_heading, chain))}
        self.list_styles = {
            name for name, chain in styles.chains.items() if any(child(child(style, "pPr"), "numPr") is not None for style in chain)
        }
        headers = [self.package.part(path) for kind in ("header", "footer") for path in self._headers_in_use(kind)]
        self.eye = Eye(styles, Palette(self._part("theme")), [self.root, *headers])

    def document(self, name: str) -> Document:
        notes: list[Note] = []
        body = [*self.lines(self.root), *self._footnotes("footnotes"), *self._footnotes("endnotes")]
        seen = set(body)
        headers, footers = self._around("header", seen, notes), self._around("footer", seen, notes)
        if count := sum(1 for _ in find(self.root, {"altChunk"})):
            notes.append(Note("embedded_not_read", count=count))
        notes += [*quoting("hidden_text", self.hidden), *quoting("hidden_unsure", self.unsure)]
        return Document(name, "docx", (Page(tuple(Line(line) for line in [*headers, *body, *footers])),), tuple(notes))

    def lines(self, container: Element) -> list[str]:
        """The lines of every paragraph and table in a body, cell, text box, footnote or header, in document order."""
        lines = []
        for block in find(container, {"p", "tbl"}, _UNSEEN):
            lines += self._table(block) if local(block) == "tbl" else self._paragraph(block)
        return lines

    def _table(self, table: Element) -> list[str]:
        lines = []
        for row in find(table, {"tr"}, _UNSEEN):
            if child(child(row, "trPr"), "del") is None:
                lines += join_row([self.lines(cell) for cell in find(row, {"tc"}, _UNSEEN)])
        return lines

    def _paragraph(self, paragraph: Element) -> list[str]:
        """The lines of a paragraph, then those of the text boxes anchored in it."""
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle"))
        pieces: list[str] = []
        unseen: dict[Sight, list[str]] = {Sight.HIDDEN: [], Sight.UNSURE: []}
        boxes: list[str] = []
        for run in find(paragraph, {"r", "t", "txbxContent"}, _UNSEEN):
            sight = self.eye.sight(run, paragraph) if local(run) == "r" else Sight.SEEN
            if sight in unseen:
                unseen[sight] += [_text(piece) for piece in find(run, {"t"}, _UNSEEN)]
            if sight == Sight.HIDDEN:
                continue
            for piece in find(run, {"t", "sym", "txbxContent", *_BREAKS}, _UNSEEN) if local(run) == "r" else [run]:
                if local(piece) == "txbxContent":
                    boxes += self.lines(piece)
                else:
                    pieces.append(_text(piece))
        for found, passages in ((unseen[Sight.HIDDEN], self.hidden), (unseen[Sight.UNSURE], self.unsure)):
            if text := "".join(found).strip():
                passages.append(text)
        text = re.sub(r"\t+", "  ", "".join(pieces))
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if lines and self._is_list_item(properties, style):
            lines[0] = "- " + lines[0]
        return lines + boxes

    def _is_list_item(self, properties: Element | None, style: str) -> bool:
        """Numbered headings are not list items; numId 0 takes the numbering of the style away."""
        if style in self.heading_styles or child(properties, "outlineLvl") is not None:
            return False
        numbering = child(properties, "numPr")
        return style in self.list_styles if numbering is None else value(child(numbering, "numId")) != "0"

    def _part(self, kind: str) -> Element | None:
        """The part that the main part relates to as "styles", "settings", "footnotes" …"""
        return next((self.package.part(path) for found, path in self.related.values() if found == kind and path in self.package), None)

    def _footnotes(self, kind: str) -> list[str]:
        """Notes in their order; those with a type are the lines that separate them from the text."""
        return [line for note in children(self._part(kind), kind[:-1]) if not value(note, "type") for line in self.lines(note)]

    def _around(self, kind: str, seen: set[str], notes: list[Note]) -> list[str]:
        """Lines of the page headers (or footers) that are in use, each once, without page numbers and without lines in `seen`."""
        lines = []
        for path in self._headers_in_use(kind):
            for line in self.lines(self.package.part(path)):
                if line in seen:
                    continue
                seen.add(line)
                if _PAGE_NUMBER.fullmatch(line) and sum(character.isdigit() for character in line) < 7:  # longer: a phone number
                    notes.append(Note("page_number", before=line))
                else:
                    lines.append(line)
        return lines

    def _headers_in_use(self, kind: str) -> list[str]:
        even = child(self._part("settings"), "evenAndOddHeaders") is not None
        paths: dict[str, None] = {}
        for section in self.root.iter("{*}sectPr"):
            first = child(section, "titlePg") is not None
            for reference in children(section, kind + "Reference"):
                shown = {"first": first, "even": even}.get(value(reference, "type"), True)
                _, path = self.related.get(value(reference, "id"), ("", ""))
                if shown and path in self.package:
                    paths[path] = None
        return list(paths)


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


def _text(piece: Element) -> str:
    kind = local(piece)
    if kind == "t":
        return piece.text or ""
    if kind != "sym":
        return _BREAKS[kind]
    try:
        code = int(value(piece, "char"), 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:  # a symbol font's private place, without meaning in any other font
        return _WINGDINGS.get(code - 0xF000, "•") if value(piece, "font") == "Wingdings" else "•"
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD else ""


def _is_heading(style: Element) -> bool:
    level = value(child(child(style, "pPr"), "outlineLvl"))
    return value(child(style, "name")).lower().startswith(("heading", "标题")) or level in tuple("012345678")
