"""Make spreadsheets for tests: an XLSX by openpyxl, an ODS and an XLS by hand."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence

import olefile
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.data.make_doc import compound
from tests.data.make_docx import zipped

Rows = Sequence[Sequence[object]]


def xlsx(*sheets: Rows, change: Callable[[Worksheet], object] | None = None, names: Sequence[str] = ()) -> bytes:
    """Return a workbook with these rows; `change` is called with the first sheet."""
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.worksheets[0] if not number else book.create_sheet()
        for row in rows:
            sheet.append(list(row))
        if names:
            sheet.title = names[number]
    if change:
        change(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
        ("fo", "xsl-fo-compatible"),
    )
)


def ods(table: str, styles: str = "") -> bytes:
    """Return an ODS with this XML in one table."""
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f"<table:table table:name='S'>{table}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def members_of(data: bytes) -> dict[str, str | bytes]:
    """Return the members of a ZIP, to be put into another."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def ods_row(*cells: str, attributes: str = "") -> str:
    """Return a row of texts."""
    inside = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f"<table:table-row {attributes}>{inside}</table:table-row>"


def changed_record(data: bytes, kind: int, change: Callable[[bytearray], object]) -> bytes:
    """Return an XLS with the first BIFF record of that kind changed in place."""
    file = io.BytesIO(data)
    with olefile.OleFileIO(file, write_mode=True) as container:
        stream, offset = bytearray(container.openstream("Workbook").read()), 0
        while struct.unpack_from("<H", stream, offset)[0] != kind:
            offset += 4 + struct.unpack_from("<H", stream, offset + 2)[0]
        end = offset + 4 + struct.unpack_from("<H", stream, offset + 2)[0]
        body = stream[offset + 4 : end]
        change(body)
        stream[offset + 4 : end] = body
        container.write_stream("Workbook", bytes(stream))
        return file.getvalue()


def with_box(data: bytes, text: str, row: int, column: int, kind: int = 6, hidden: bool = False, white: bool = False) -> bytes:
    """Return an XLS with a text box (kind 6; 0x19: a comment) over its first sheet."""

    def record(number: int, body: bytes) -> bytes:
        return struct.pack("<HH", number, len(body)) + body

    def part(number: int, body: bytes, version: int = 0) -> bytes:
        return struct.pack("<HHI", version, number, len(body)) + body

    flags = part(0xF00B, struct.pack("<HI", 0x3BF, 0x20002 if hidden else 0x20000), 0x13)
    anchor = part(0xF010, struct.pack("<9H", 0, column, 0, row, 0, column + 2, 0, row + 3, 0))
    half = len(text) // 2
    pieces = (text[:half].encode("utf-16-le"), text[half:].encode("utf-16-le"))
    box = record(0xEC, part(0xF004, part(0xF00A, bytes(8)) + flags + anchor, 0xF)) + record(0x5D, struct.pack("<3H", 0x15, 0x12, kind))
    box += record(0xEC, part(0xF00D, b"")) + record(0x1B6, bytes(10) + struct.pack("<HH", len(text), 16) + bytes(4))
    box += b"".join(record(0x3C, b"\1" + piece) for piece in pieces)
    box += record(0x3C, struct.pack("<HHIHHI", 0, 5 if white else 0, 0, len(text), 0, 0))
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        stream = bytearray(container.openstream("Workbook").read())
    offset, sheets, starts, fonts = 0, list[int](), list[int](), list[int]()
    while offset + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, offset)
        sheets += [offset + 4] if number == 0x85 else []
        starts += [offset] if number == 0x0A else []
        fonts += [offset + 8] if number == 0x31 and white else []
        offset += 4 + length
    for sheet in sheets[1:]:
        struct.pack_into("<I", stream, sheet, struct.unpack_from("<I", stream, sheet)[0] + len(box))
    for font in fonts[-1:]:
        struct.pack_into("<H", stream, font, 9)
    stream[starts[1] : starts[1]] = box
    return compound({"Workbook": bytes(stream)})


def with_picture(data: bytes, picture: bytes, columns: int, rows: int, hidden: bool = False) -> bytes:
    """Return an XLS with a picture over so many columns and rows of its first sheet, kept in two records."""

    def record(number: int, body: bytes) -> bytes:
        return struct.pack("<HH", number, len(body)) + body

    def part(number: int, body: bytes, version: int = 0) -> bytes:
        return struct.pack("<HHI", version, number, len(body)) + body

    group = part(0xF000, part(0xF001, part(0xF007, bytes(36) + part(0xF01E, bytes(16) + b"\xff" + picture), 2), 0xF), 0xF)
    half = len(group) // 2
    drawings = record(0xEB, group[:half]) + record(0x3C, group[half:])
    properties = part(0xF00B, struct.pack("<HIHI", 0x4104, 1, 0x3BF, 0x20002 if hidden else 0x20000), 0x23)
    anchor = part(0xF010, struct.pack("<9H", 0, 0, 0, 9, 0, columns, 0, 9 + rows, 0))
    shape = record(0xEC, part(0xF004, part(0xF00A, bytes(8)) + properties + anchor, 0xF))
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        stream = bytearray(container.openstream("Workbook").read())
    offset, sheets, ends = 0, list[int](), list[int]()
    while offset + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, offset)
        sheets += [offset + 4] if number == 0x85 else []
        ends += [offset] if number == 0x0A else []
        offset += 4 + length
    for place, sheet in enumerate(sheets):
        moved = len(drawings) + (len(shape) if place else 0)
        struct.pack_into("<I", stream, sheet, struct.unpack_from("<I", stream, sheet)[0] + moved)
    stream[ends[1] : ends[1]] = shape
    stream[ends[0] : ends[0]] = drawings
    return compound({"Workbook": bytes(stream)})


def xlsb(rows: Sequence[Sequence[str]], drawing: str = "") -> bytes:
    """Return an XLSB of one sheet called 简历 with these rows, and this drawing over it."""

    def record(kind: int, body: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return number + bytes([len(body) & 0x7F | 0x80, len(body) >> 7]) + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    lines = b""
    for number, row in enumerate(rows):
        lines += record(0, struct.pack("<I", number) + bytes(13))
        lines += b"".join(record(6, struct.pack("<II", column, 0) + wide(text)) for column, text in enumerate(row))
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    return zipped(
        {
            "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
            "_rels/.rels": _relations(("r1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": record(156, struct.pack("<II", 0, 1) + wide("r1") + wide("简历")) + record(144) + record(157),
            "xl/_rels/workbook.bin.rels": _relations(("r1", "worksheet", "worksheets/sheet1.bin")),
            "xl/worksheets/sheet1.bin": record(148, size) + record(145) + lines + record(146),
            "xl/worksheets/_rels/sheet1.bin.rels": _relations(("r1", "drawing", "../drawings/drawing1.xml")),
            "xl/drawings/drawing1.xml": drawing,
        }
    )


def _relations(*targets: tuple[str, str, str]) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    inside = "".join(f"<Relationship Id='{number}' Type='{office}{kind}' Target='{path}'/>" for number, kind, path in targets)
    return f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{inside}</Relationships>"
