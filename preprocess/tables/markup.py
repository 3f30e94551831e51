"""Read what programs save as .xls but is markup: tables of a web page, and Excel's XML of 2003."""

import re
from collections.abc import Iterator

from lxml import etree, html  # pyright: ignore[reportAttributeAccessIssue]

from preprocess.document import Unreadable
from preprocess.docx.ooxml import child, children, find, local, value
from preprocess.plain_text import decode
from preprocess.tables.grid import CellBudget, Range, Sheet, shown_sheets
from preprocess.xml_text import Element, parse_xml

_MAX_TAGS = 1_000_000
_MAX_DEPTH = 200  # libxml2 drops without a word what is deeper than 256
_MAX_SPAN = 1_000
_BREAKS = {"br", "p", "div", "li", "tr"}
_UNSEEN = {"script", "style", "head", "title"}
_DISPLAY_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html_tables(data: bytes) -> list[Sheet]:
    """Return a sheet per outermost table. Raises Unreadable: `not_text`, `damaged`, `too_complex`."""
    text = decode(data)
    if text.count("<") > _MAX_TAGS:
        raise Unreadable("too_complex")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8", remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Unreadable("damaged") from None
    if _is_deeper(text):
        raise Unreadable("too_complex")
    budget = CellBudget()
    return [_html_sheet(table, budget) for table in find(root, {"table"})]


def _is_deeper(text: str) -> bool:
    """Return whether tables and blocks are nested more deeply than any page's."""
    depth = deepest = 0
    for tag in re.finditer(r"<(/?)(?:table|div|span|font|b|i)\b", text, re.IGNORECASE):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(depth, deepest)
    return deepest > _MAX_DEPTH


def _html_sheet(table: Element, budget: CellBudget) -> Sheet:
    sheet, merged, taken = Sheet(""), list[Range](), dict[int, int]()  # column → row up to which a cell above covers it
    rows = find(table, {"tr"})
    for number, row in enumerate(rows):
        column = 0
        is_hidden = _is_unseen(row)
        for cell in find(row, {"td", "th"}):
            while taken.get(column, -1) >= number:
                column += 1
            right, down = _span(cell, "colspan"), _span(cell, "rowspan")
            if text := re.sub(r"\n\s*\n", "\n", "".join(_html_pieces(cell))).strip():
                budget.spend()
                if is_hidden or _is_unseen(cell):
                    sheet.hidden.append(text)
                else:
                    sheet.put(number, column, text)
            if right > 1 or down > 1:
                merged.append((number, column, number + down - 1, column + right - 1))
            taken |= dict.fromkeys(range(column, column + right), number + down - 1)
            column += right
    sheet.merge(merged)
    return sheet


def _html_pieces(element: Element) -> Iterator[str]:
    yield re.sub(r"\s+", " ", element.text or "")
    for piece in element:
        kind = local(piece)
        if kind not in _UNSEEN and not _is_unseen(piece):
            yield "\n" if kind in _BREAKS else ""
            yield from _html_pieces(piece)
            yield "\n" if kind in _BREAKS - {"br"} else ""
        yield re.sub(r"\s+", " ", piece.tail or "")


def _is_unseen(element: Element) -> bool:
    return element.get("hidden") is not None or _DISPLAY_NONE.search(element.get("style") or "") is not None


def _span(cell: Element, name: str) -> int:
    number = cell.get(name, "1").strip()
    return min(max(1, int(number)), _MAX_SPAN) if number.isdecimal() and len(number) < 8 else 1


def read_spreadsheetml(data: bytes) -> list[Sheet]:
    """Return the visible sheets of an XML of Excel 2003. Raises Unreadable: `damaged`, `too_complex`."""
    root, budget = parse_xml(data, _MAX_TAGS), CellBudget()
    return shown_sheets(
        (_xml_sheet(worksheet, budget), child(child(worksheet, "WorksheetOptions"), "Visible") is None)
        for worksheet in children(root, "Worksheet")
    )


def _xml_sheet(worksheet: Element, budget: CellBudget) -> Sheet:
    sheet, merged = Sheet(value(worksheet, "Name")), list[Range]()
    table = child(worksheet, "Table")
    hidden_columns = {
        number
        for column, start, end in _placed(table, "Column", "Span")
        if value(column, "Hidden") == "1"
        for number in range(start, min(end, start + _MAX_SPAN) + 1)
    }
    for row, number, _ in _placed(table, "Row", "Span"):
        for cell, column, end in _placed(row, "Cell", "MergeAcross"):
            if text := "\n".join("".join(content.itertext()).strip() for content in children(cell, "Data")):
                budget.spend()
                if value(row, "Hidden") == "1" or column in hidden_columns:
                    sheet.hidden.append(text)
                else:
                    sheet.put(number, column, text)
            down = value(cell, "MergeDown")
            if end > column or down:
                merged.append((number, column, number + (int(down) if down.isdecimal() else 0), end))
    sheet.merge(merged)
    return sheet


def _placed(parent: Element | None, name: str, span: str) -> Iterator[tuple[Element, int, int]]:
    """Yield the children of that name with their first and last place: Index is given only where some were left out."""
    column = 0
    for element in children(parent, name):
        index, width = value(element, "Index"), value(element, span)
        column = int(index) - 1 if index.isdecimal() and len(index) < 8 else column
        end = column + (int(width) if width.isdecimal() and len(width) < 8 else 0)
        yield element, column, end
        column = end + 1
