"""Open the ZIP of an XLSX or XLSB: its parts, what they refer to, and the text of the drawings over a sheet."""

import posixpath
from collections.abc import Iterator

from preprocess.archives.zip import check_size, open_archive, read_member
from preprocess.document import Unreadable
from preprocess.docx.embedded.graphics import graphic_lines
from preprocess.docx.ooxml import children, value
from preprocess.tables.drawings import add_drawn_texts, add_pictures
from preprocess.tables.grid import Sheet
from preprocess.xml_text import Element, parse_xml, stream_xml

MAX_XML_BYTES = 200_000_000  # 10,000 candidates with 2,000 characters each are 60 MB
MAX_TAGS = 4_000_000
_MAX_PICTURE = 30_000_000
_XML = (".xml", ".rels")


class SheetPackage:
    """The parts of one workbook. All methods raise Unreadable: `damaged`, `too_complex`, `unpacks_too_large`."""

    def __init__(self, data: bytes):
        self._archive = open_archive(data)
        self._members = {member.filename.replace("\\", "/"): member for member in self._archive.infolist()}
        check_size([member for path, member in self._members.items() if path.endswith((*_XML, ".bin"))], MAX_XML_BYTES)

    def __contains__(self, path: str) -> bool:
        return path in self._members

    def read(self, path: str) -> bytes:
        """Return the bytes of a part."""
        if path not in self._members:
            raise Unreadable("damaged")
        return read_member(self._archive, self._members[path])

    def part(self, path: str) -> Element:
        """Return the root of a part that is XML."""
        return parse_xml(self._read_xml(path), MAX_TAGS)

    def stream(self, path: str, *names: str) -> Iterator[Element]:
        """Yield the elements of these names of a large part, one after the other."""
        return stream_xml(self._read_xml(path), MAX_TAGS, *names)

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """Return id, last word of the type, and path of what a part refers to ("": of what the package does)."""
        folder, base = posixpath.split(part)
        path = posixpath.join(folder, "_rels", base + ".rels")
        if path not in self._members:
            return []
        return [
            (
                value(relation, "Id"),
                value(relation, "Type").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/" + folder, value(relation, "Target"))).lstrip("/"),
            )
            for relation in children(self.part(path), "Relationship")
        ]

    def add_drawings(self, sheet: Sheet, path: str) -> None:
        """Add the text of boxes, diagrams and charts, and the pictures, over the sheet in this part, each at the cell where it begins."""
        for _, kind, drawing in self.relations(path):
            if kind == "drawing" and drawing in self:
                parts = {number: part for number, _, part in self.relations(drawing)}
                root = self.part(drawing)
                add_drawn_texts(sheet, root, lambda number, parts=parts: self._graphic(parts.get(number, "")))
                add_pictures(sheet, root, lambda number, parts=parts: self._picture(parts.get(number, "")))

    def _graphic(self, path: str) -> list[str]:
        return graphic_lines(self.part(path)) if path.endswith(".xml") and path in self else []

    def _picture(self, path: str) -> bytes:
        """Return a picture, b"" if it is missing or too large."""
        return self.read(path) if path in self and self._members[path].file_size <= _MAX_PICTURE else b""

    def _read_xml(self, path: str) -> bytes:
        if not path.endswith(_XML):
            raise Unreadable("damaged")
        return self.read(path)
