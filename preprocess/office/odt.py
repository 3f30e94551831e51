"""Read ODF text (.odt, .ott, flat .fodt) and presentations (.odp) into a Document: what pages show, in the order of the body."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import replace

from preprocess.archives.zip import check_size, open_archive, read_member
from preprocess.document import Document, Unreadable
from preprocess.docx.embedded.page_pictures import PAGE_AREA, PictureCollector
from preprocess.docx.ooxml import MAX_XML_BYTES, Element, children, find, local, parse_xml, value
from preprocess.docx.pictures import PictureFiles, PictureSource
from preprocess.file_kind import FORMAT_NAMES
from preprocess.office.assembly import Parts, assemble
from preprocess.office.blocks import Block, Container, Look, Paragraph, PictureBlock, TableRow
from preprocess.office.odf_charts import Charts, charts_in, object_name
from preprocess.office.odt_styles import DRAWINGS, OdfStyles, points

_PARTS = ("content.xml", "styles.xml", "META-INF/manifest.xml", "mimetype")
_PICTURES = re.compile(rb"<office:binary-data>([^<]*+)</office:binary-data>")
_SKIPPED = frozenset(
    "tracked-changes annotation annotation-end sequence-decls variable-decls user-field-decls forms desc title ruby-text note-citation "
    "index-title-template scripts notes sheet-name covered-table-cell shapes event-listeners".split()
)
"""Not shown: deleted text, comments, names of drawings, phonetic guides, a speaker's notes."""

_BREAKS = {"tab": "\t", "line-break": "\n"}
_MAX_BLANKS = 100


def read_odt(data: bytes, name: str) -> Document:
    """Read a zipped or flat ODF file into one Page without layout: a Line per paragraph (or part of one, at a break) and per table row.

    Raises Unreadable: `needs_password`, `damaged`, `unpacks_too_large`, `too_complex`, `unsupported_type`.
    """
    return _read(data, name)[0]


def odt_pictures(data: bytes) -> Iterator[bytes]:
    """Return the pictures that `read_odt` left empty pages for, as files; b"" for one in a format that cannot be looked at."""
    document, pictures = _read(data, "")
    return pictures.files(len(document.text))


def _read(data: bytes, name: str) -> tuple[Document, PictureCollector]:
    data, files = (data, zipped_pictures(data)) if data.startswith(b"PK") else without_pictures(data)
    content, styles, charts = _roots(data)
    body = next(find(content, {"body"}), None)
    if body is None:
        raise Unreadable("damaged")
    reader = OdfReader(OdfStyles([content] if styles is None else [styles, content]), charts)
    blocks = list(reader.blocks(body))
    headers, footers = (list(reader.around(kind)) for kind in ("header", "footer"))
    pictures = PictureCollector(files)
    return assemble(name, "odt", Parts(blocks, headers, footers, reader.notes, reader.styles.page(body), pictures)), pictures


def zipped_pictures(data: bytes) -> PictureSource:
    """Return the pictures of a zipped file."""
    return _ZippedPictures(data)


class _ZippedPictures:
    def __init__(self, data: bytes):
        self._archive = open_archive(data)
        self._members = {member.filename: member for member in self._archive.infolist()}

    def binary(self, path: str, limit: int) -> bytes:
        member = self._members.get(path.removeprefix("./"))
        return read_member(self._archive, member) if member is not None and member.file_size <= limit else b""


def without_pictures(data: bytes) -> tuple[bytes, PictureSource]:
    """Return a flat file with paths in place of its pictures, and these."""
    files = PictureFiles()

    def path(match: re.Match[bytes]) -> bytes:
        try:
            return b"<office:binary-data>%s</office:binary-data>" % files.add(base64.b64decode(match[1])).encode()
        except binascii.Error:
            return b""

    return _PICTURES.sub(path, data), files


def _roots(data: bytes) -> tuple[Element, Element | None, Charts]:
    """Return the root elements of the content and of the styles, if they stand apart, and the charts."""
    if not data.startswith(b"PK"):
        return parse_xml(data), None, {}
    archive = open_archive(data)
    members = {member.filename: member for member in archive.infolist() if member.filename in _PARTS}
    check_size(list(members.values()), MAX_XML_BYTES)
    content, styles, manifest, mimetype = (read_member(archive, members[path]) if path in members else b"" for path in _PARTS)
    if b"encryption-data" in manifest:
        raise Unreadable("needs_password")
    if mimetype.startswith(b"application/vnd.sun.xml"):
        raise Unreadable("unsupported_type", FORMAT_NAMES["sxw"])
    if not content:
        raise Unreadable("needs_password" if "encrypted-package" in archive.namelist() else "damaged")
    return parse_xml(content), parse_xml(styles) if styles else None, charts_in(archive, has_own_table=True)


class OdfReader:
    """One file while it is read."""

    def __init__(self, styles: OdfStyles, charts: Charts):
        self.styles, self._charts = styles, charts
        self.notes: list[Block] = []
        """Footnotes and endnotes."""

    def around(self, kind: str) -> Iterator[Block]:
        """Yield the page headers (or footers) of the master pages in use."""
        for page in self.styles.master_pages():
            for part in page.iterchildren("*"):
                if local(part).startswith(kind) and value(part, "display") != "false":
                    yield from self.blocks(part)

    def blocks(self, container: Element) -> Iterator[Block]:
        """Yield the blocks of a body, cell, list, section or text box."""
        for element in container.iterchildren("*"):
            name = local(element)
            if name in ("p", "h"):
                yield from self._paragraph(element)
            elif name == "table":
                yield from self._table(element)
            elif name == "list-item":
                yield from self._item(element)
            elif name == "object" and (lines := self._charts.get(object_name(element))):
                yield from (Paragraph([(line, Look(size=12.0))]) for line in lines)
            elif name not in _SKIPPED:
                yield self.box(element)

    def box(self, element: Element) -> Container:
        """Return a section, a text box, or any other container."""
        is_hidden = value(element, "is-hidden") == "true" or value(element, "display") == "none"
        return Container([*self._pictures(element), *self.blocks(element)], self.styles.surface(element), is_hidden)

    def _pictures(self, drawing: Element) -> Iterator[PictureBlock]:
        """Yield the picture that a frame shows, or that a shape is filled with. Beside an object it only shows that one again."""
        if local(drawing) not in DRAWINGS:
            return
        images = [image for image in children(drawing, "image") if not value(image, "href").endswith(".svg")]
        is_object = any(local(part) == "object" for part in drawing.iterchildren("*"))
        path = _address(images[0]) if images and not is_object else self.styles.fill_picture(drawing)
        width, height = (points(value(drawing, side)) or 0.0 for side in ("width", "height"))
        if path and width > 0 and height > 0:
            share = width * height / PAGE_AREA
            yield PictureBlock(path, (0.0, 0.0, 0.0, 0.0), width, height, share, self.styles.is_behind_text(drawing))

    def _item(self, item: Element) -> Iterator[Block]:
        first = next(item.iterchildren("*"), None)
        is_heading = first is not None and self.styles.is_heading(first)
        for number, block in enumerate(self.blocks(item)):
            if not number and isinstance(block, Paragraph):
                block.is_item = not is_heading
            yield block

    def _table(self, table: Element) -> Iterator[Block]:
        for row in find(table, {"table-row"}):
            behind = self.styles.surface(row) or self.styles.surface(table)
            cells = [Container(list(self.blocks(cell)), self.styles.surface(cell) or behind) for cell in children(row, "table-cell")]
            covered = [Container(list(self.blocks(cell)), is_hidden=True) for cell in children(row, "covered-table-cell")]
            yield Container([TableRow([*cells, *covered])], is_hidden=value(row, "visibility") in ("collapse", "filter"))

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        """Yield a paragraph, then the text boxes in it."""
        runs: list[tuple[str, Look]] = []
        boxes: list[Block] = []
        self._text(paragraph, self.styles.of_paragraph(paragraph), runs, boxes)
        yield Paragraph(runs)
        yield from boxes

    def _text(self, element: Element, look: Look, runs: list[tuple[str, Look]], boxes: list[Block]) -> None:
        """Add the text in an element to `runs`, and the text boxes in it to `boxes`."""
        runs.append((_collapsed(element.text), look))
        for piece in element.iterchildren("*"):
            name = local(piece)
            if name in _BREAKS:
                runs.append((_BREAKS[name], look))
            elif name == "s":
                blanks = value(piece, "c")
                runs.append((" " * min(int(blanks) if re.fullmatch(r"\d{1,5}", blanks) else 1, _MAX_BLANKS), look))
            elif name == "note":
                self.notes += self.blocks(piece)
            elif name in DRAWINGS:
                boxes.append(self.box(piece))
            elif name not in _SKIPPED:
                is_hidden = name in ("hidden-text", "hidden-paragraph") and value(piece, "is-hidden") != "false"
                inner = self.styles.of_span(piece, look)
                self._text(piece, replace(inner, is_hidden=True) if is_hidden else inner, runs, boxes)
            runs.append((_collapsed(piece.tail), look))


def _address(image: Element) -> str:
    data = next(children(image, "binary-data"), None)
    return value(image, "href") or ("" if data is None else data.text or "")


def _collapsed(text: str | None) -> str:
    return re.sub(r"[ \t\n\r]+", " ", text or "")
