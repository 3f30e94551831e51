"""Write Word documents with fixed dates, and the XML that python-docx has no call for."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Iterable
from html import escape

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.shared import Cm, Pt
from lxml.etree import _Element

from .resume import Block

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_MOMENT = datetime.datetime(2026, 3, 2, 9, 30)


def new_document() -> DocumentType:
    """Start a document with fixed dates and A4 margins."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = _MOMENT
    document.core_properties.author = ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    return document


def saved(document: DocumentType) -> bytes:
    """Write a document as bytes that do not change from run to run."""
    buffer = io.BytesIO()
    document.save(buffer)
    return fixed_zip(buffer.getvalue())


def fixed_zip(data: bytes, change: Callable[[str, bytes], bytes] = lambda _name, content: content) -> bytes:
    """Write a zip file again with the same date for all its members, each changed as asked."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            fixed = zipfile.ZipInfo(info.filename, (2026, 3, 2, 9, 30, 0))
            target.writestr(fixed, change(info.filename, source.read(info)), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def zip_of(members: Iterable[tuple[str, bytes | str]], stored: frozenset[str] = frozenset()) -> bytes:
    """Write a zip file of named members with a fixed date."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members:
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            target.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 9, 30, 0)), data, kind)
    return buffer.getvalue()


def write_blocks(document, blocks: Iterable[Block], tabs: bool = True) -> None:
    """Write blocks as styled paragraphs and tables into a document or a table cell."""
    rows: list[Block] = []
    for block in blocks:
        if block.kind == "row":
            rows.append(block)
            continue
        write_table(document, [row.cells for row in rows])
        rows = []
        write_paragraph(document, block, tabs)
    write_table(document, [row.cells for row in rows])


def write_paragraph(document, block: Block, tabs: bool = True):
    """Write one block as a paragraph."""
    style = {"name": "Title", "heading": "Heading 1", "bullet": "List Bullet"}.get(block.kind)
    paragraph = document.add_paragraph(style=style)
    if block.kind == "entry":
        if tabs and len(block.cells) == 2:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(block.cells[0]).bold = True
        if len(block.cells) == 2:
            paragraph.add_run("\t" if tabs else " ")
            paragraph.add_run(block.cells[1])
        return paragraph
    # Word cuts a sentence into many runs: here at every eleventh character
    for start in range(0, len(block.text), 11):
        run = paragraph.add_run(block.text[start : start + 11])
        run.font.size = Pt(10.5) if block.kind not in ("name", "heading") else None
    return paragraph


def write_table(document, rows: list[tuple[str, ...]]) -> None:
    """Write rows as a table with lines, a short row going across."""
    if not rows:
        return
    wide = max(len(row) for row in rows)
    table = document.add_table(len(rows), wide)
    table.style = "Table Grid"
    for position, row in enumerate(rows):
        cells = table.rows[position].cells
        for column, text in enumerate(row):
            cells[column].text = text
        if len(row) < wide:
            cells[len(row) - 1].merge(cells[wide - 1])


def xml(markup: str) -> _Element:
    """Read markup with the Word namespaces at hand; the first tag is given them."""
    head, _, rest = markup.partition(">")
    slash = "/" if head.endswith("/") else ""
    return parse_xml(f"{head.rstrip('/')} {NAMESPACES}{slash}>{rest}")


def paragraph_xml(text: str, properties: str = "", run_properties: str = "") -> str:
    """Give the markup of a paragraph with one run."""
    return f'<w:p>{properties}<w:r>{run_properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
