"""Read the visible sheets of any spreadsheet, given its bytes. In guarded processes only."""

import olefile

from preprocess.archives.zip import document_kind, open_archive
from preprocess.document import Unreadable
from preprocess.file_kind import kind_of
from preprocess.tables.delimited import read_delimited
from preprocess.tables.grid import Sheet
from preprocess.tables.markup import read_html_tables, read_spreadsheetml
from preprocess.tables.ods import read_ods
from preprocess.tables.xls import read_xls
from preprocess.tables.xlsx import read_xlsx

_HEAD = 4096


def read_sheets(data: bytes) -> list[Sheet]:
    """Return the visible sheets of an XLSX, XLSB, XLS, ET, ODS, CSV, TSV, or of tables as HTML or XML, in order. Raises Unreadable."""
    if data.startswith(b"PK"):
        archive = open_archive(data)
        members = archive.namelist()
        if "xl/workbook.bin" in members:
            return read_xls(data)
        if document_kind(archive) != "table":
            raise Unreadable("damaged")
        return read_ods(data) if "content.xml" in members else read_xlsx(data)
    if data.startswith(olefile.MAGIC):
        return read_xls(data)
    kind = kind_of(data, "")
    if kind == "html":
        return read_html_tables(data)
    if kind == "table":
        return read_ods(data) if b"office:document" in data[:_HEAD].replace(b"\0", b"") else read_spreadsheetml(data)
    return read_delimited(data)
