"""Spreadsheets for tests: an XLSX by openpyxl, an ODS and an XLS by hand."""

import io
import struct
from collections.abc import Callable, Sequence

import olefile
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

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
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"))
)


def ods(table: str, styles: str = "") -> bytes:
    """Return an ODS with this XML in one table."""
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f"<table:table table:name='S'>{table}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


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
