"""Read sheets of ODS and flat ODS: cells as shown, merged cells, text boxes, and what is hidden. Comments are left out."""

import re
from collections.abc import Iterator

from preprocess.archives.zip import check_size, open_archive, read_member
from preprocess.document import Unreadable
from preprocess.docx.ooxml import child, children, local, value
from preprocess.office.blocks import Lines
from preprocess.office.odf_charts import Charts, charts_in
from preprocess.office.odt import OdfReader, without_pictures, zipped_pictures
from preprocess.office.odt_styles import OdfStyles
from preprocess.tables.drawings import add_box
from preprocess.tables.grid import MAX_REPEATS, CellBudget, Range, Sheet, shown_sheets
from preprocess.tables.ods_shapes import drawn_shapes, repeated
from preprocess.xml_text import Element, parse_xml

_MAX_XML_BYTES, _MAX_TAGS = 60_000_000, 1_500_000
_MAX_LEVELS = 20  # groups of rows in groups
_AROUND = ("header", "footer")
_LETTER = re.compile(r"[^\W\d_]")
_SHOWN = {"p", "h", "span", "a", "list", "list-item"}


def read_ods(data: bytes) -> list[Sheet]:
    """Return the visible sheets; what the hidden ones hold is noted on the first. Raises Unreadable."""
    data, pictures = (data, zipped_pictures(data)) if data.startswith(b"PK") else without_pictures(data)
    content, styles, charts = _content(data)
    root = parse_xml(content, _MAX_TAGS)
    hidden_tables = _hidden_tables(root)
    white = _white_cells(root)
    budget, boxes = CellBudget(), OdfReader(OdfStyles([parse_xml(styles, _MAX_TAGS), root] if styles else [root]), charts)
    shown: list[tuple[Sheet, bool]] = []
    for table in children(child(child(root, "body"), "spreadsheet"), "table"):
        sheet = _sheet(table, budget, white)
        for shape in drawn_shapes(table, list(_rows(table)), root):
            add_box(sheet, shape.row, shape.column, boxes.box(shape.element), pictures)
        shown.append((sheet, value(table, "style-name") not in hidden_tables))
    sheets = shown_sheets(shown)
    for sheet in sheets[:1]:
        printed = Lines(boxes.styles.page(root))
        sheet.headers, sheet.footers = ([line for line in printed.of(boxes.around(kind)) if _LETTER.search(line)] for kind in _AROUND)
        sheet.hidden += printed.hidden
        sheet.unsure += printed.unsure
    return sheets


def _content(data: bytes) -> tuple[bytes, bytes, Charts]:
    """Return the XML of the content and of the styles, if they stand apart, and the charts."""
    if not data.startswith(b"PK"):
        return data, b"", {}
    archive = open_archive(data)
    members = {member.filename: member for member in archive.infolist()}
    check_size([member for path, member in members.items() if path.endswith(".xml")], _MAX_XML_BYTES)
    if "content.xml" not in members:
        raise Unreadable("damaged")
    if "META-INF/manifest.xml" in members and b"encryption-data" in read_member(archive, members["META-INF/manifest.xml"]):
        raise Unreadable("needs_password")
    styles = read_member(archive, members["styles.xml"]) if "styles.xml" in members else b""
    return read_member(archive, members["content.xml"]), styles, charts_in(archive, has_own_table=False)


def _hidden_tables(root: Element) -> set[str]:
    return {
        value(style, "name")
        for style in children(child(root, "automatic-styles"), "style")
        if value(child(style, "table-properties"), "display") == "false"
    }


def _white_cells(root: Element) -> set[str]:
    """Return the styles of white letters on nothing or white."""
    names = set()
    for style in children(child(root, "automatic-styles"), "style"):
        background = value(child(style, "table-cell-properties"), "background-color").lower()
        if value(child(style, "text-properties"), "color").lower() == "#ffffff" and background in ("", "transparent", "#ffffff"):
            names.add(value(style, "name"))
    return names


def _sheet(table: Element, budget: CellBudget, white: set[str]) -> Sheet:
    sheet, merged, number = Sheet(value(table, "name")), list[Range](), 0
    columns = list(_columns(table))
    for row in _rows(table):
        rows_alike = repeated(row, "number-rows-repeated")
        cells = list(_cells(row, columns, white))
        is_hidden = value(row, "visibility") in ("collapse", "filter")
        if cells:
            budget.spend(rows_alike * len(cells))
            for line in range(number, number + rows_alike):
                for column, text, is_seen, (down, right) in cells:
                    if is_hidden or not is_seen:
                        sheet.hidden.append(text)
                    else:
                        sheet.put(line, column, text)
                    if down > 1 or right > 1:
                        merged.append((line, column, line + down - 1, column + right - 1))
        number += rows_alike
    sheet.merge(merged)
    return sheet


def _rows(table: Element, level: int = 0) -> Iterator[Element]:
    for part in table:
        if local(part) == "table-row":
            yield part
        elif local(part) in ("table-header-rows", "table-rows", "table-row-group") and level < _MAX_LEVELS:
            yield from _rows(part, level + 1)


def _columns(table: Element, level: int = 0) -> Iterator[tuple[int, bool]]:
    """Yield how many columns a declaration is for, and whether they are seen."""
    for part in table:
        if local(part) == "table-column":
            yield repeated(part, "number-columns-repeated"), value(part, "visibility") not in ("collapse", "filter")
        elif local(part) in ("table-header-columns", "table-columns", "table-column-group") and level < _MAX_LEVELS:
            yield from _columns(part, level + 1)


def _cells(row: Element, columns: list[tuple[int, bool]], white: set[str]) -> Iterator[tuple[int, str, bool, tuple[int, int]]]:
    """Yield column, text, whether it is seen, and the rows and columns it spans, of cells with text. Covered cells are never seen."""
    widths = iter(columns)
    left, is_seen, column = 0, True, 0
    for cell in row:
        if local(cell) not in ("table-cell", "covered-table-cell"):
            continue
        text, cells_alike = _text(cell), repeated(cell, "number-columns-repeated")
        if text and cells_alike > MAX_REPEATS:
            raise Unreadable("too_complex")
        for cell_column in range(column, column + cells_alike) if text else ():
            while cell_column >= left and (width := next(widths, None)):
                left, is_seen = left + width[0], width[1]
            is_shown = (is_seen or cell_column >= left) and local(cell) == "table-cell" and value(cell, "style-name") not in white
            yield cell_column, text, is_shown, (repeated(cell, "number-rows-spanned"), repeated(cell, "number-columns-spanned"))
        column += cells_alike


def _text(cell: Element) -> str:
    """Return what a cell shows: its paragraphs, without comments."""
    return "\n".join(text for block in cell if local(block) in _SHOWN for text in ["".join(_pieces(block)).strip()] if text)


def _pieces(block: Element) -> Iterator[str]:
    yield block.text or ""
    for piece in block:
        kind = local(piece)
        if kind == "line-break":
            yield "\n"
        elif kind == "s":
            yield " " * min(repeated(piece, "c"), 100)
        elif kind == "tab":
            yield "  "
        elif kind in _SHOWN:
            yield from _pieces(piece)
        yield piece.tail or ""
