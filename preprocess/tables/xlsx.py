"""Read sheets of an XLSX: strings, number formats, merged cells, and what is hidden: rows, columns, sheets, white or empty formats.

calamine and openpyxl know nothing of colours, calamine nothing of hidden rows, and openpyxl takes five times as long.
"""

import re
from dataclasses import dataclass
from itertools import islice

from preprocess.docx.ooxml import child, children, local, value
from preprocess.tables.grid import CellBudget, Range, Sheet, shown_sheets
from preprocess.tables.numbers import shown_number
from preprocess.tables.package import SheetPackage
from preprocess.tables.styles import CellStyle, cell_styles, is_white
from preprocess.xml_text import Element

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PRINT_CODE = re.compile(r'&(?:"[^"]{0,200}"|K(?P<colour>[0-9A-Fa-f]{6})|K\d\d[+-]\d{3}|\d{1,3}|[A-Z&])')
_MAX_COLUMNS, _MAX_RANGES = 16_384, 1_000
_NARROW, _LOW = 0.3, 2.0  # characters, points: nothing can be seen in a column or row of that size


def read_xlsx(data: bytes) -> list[Sheet]:
    """Return the visible sheets; what the hidden ones hold is noted on the first. Raises Unreadable."""
    return _Workbook(data).sheets()


@dataclass(frozen=True)
class _SharedText:
    """A string of the workbook: what of it is seen on white, and what is white."""

    text: str
    white: str = ""

    @property
    def whole(self) -> str:
        """All of it."""
        return "\n".join(filter(None, (self.text, self.white)))


class _Workbook:
    """The parts of one file."""

    def __init__(self, data: bytes):
        self._package = SheetPackage(data)
        self._path = next((path for _, kind, path in self._package.relations("") if kind == "officeDocument"), "xl/workbook.xml")
        self._root = self._package.part(self._path)
        paths = {kind: path for _, kind, path in self._package.relations(self._path)}
        styles = paths.get("styles", "")
        self._styles = cell_styles(self._package.part(styles)) if styles in self._package else []
        strings = paths.get("sharedStrings", "")
        self._strings = [_shared_text(item) for item in self._package.stream(strings, "si")] if strings in self._package else []
        self._is_1904 = value(child(self._root, "workbookPr"), "date1904") in ("1", "true")
        self._budget = CellBudget()

    def sheets(self) -> list[Sheet]:
        parts = {number: path for number, _, path in self._package.relations(self._path)}
        return shown_sheets(
            (self._sheet(value(entry, "name"), path), value(entry, "state") not in ("hidden", "veryHidden"))
            for entry in children(child(self._root, "sheets"), "sheet")
            if (path := parts.get(value(entry, "id"), "")) in self._package and "worksheets" in path
        )

    def _sheet(self, name: str, path: str) -> Sheet:
        sheet, narrow, merged, row = Sheet(name), set[int](), list[Range](), -1
        paints = any(mark in self._package.read(path) for mark in (b"conditionalFormatting", b"tablePart"))
        for element in self._package.stream(path, "row", "cols", "mergeCell", "headerFooter"):
            kind = local(element)
            if kind == "cols":
                narrow = _narrow(element)
            elif kind == "row":
                row = int(number) - 1 if (number := value(element, "r")).isdecimal() else row + 1
                self._row(sheet, element, row, narrow, paints)
            elif kind == "headerFooter":
                _add_printed(sheet, element)
            elif area := _range(value(element, "ref")):
                merged.append(area)
        sheet.merge(merged)
        self._package.add_drawings(sheet, path)
        return sheet

    def _row(self, sheet: Sheet, element: Element, row: int, narrow: set[int], paints: bool) -> None:
        is_hidden, column = _is_hidden(element, "ht", "customHeight", _LOW), -1
        for cell in children(element, "c"):
            address = _ADDRESS.match(cell.get("r", ""))
            column = _column(address[1]) if address else column + 1
            style = self._style(cell.get("s", ""))
            shared = self._text(cell, style)
            if not shared.text and not shared.white:
                continue
            self._budget.spend()
            if is_hidden or column in narrow or style.is_hidden:
                sheet.hidden.append(shared.whole)
                continue
            seen, unseen = ("", shared.whole) if style.is_unseen else (shared.text, shared.white)
            if unseen and not style.is_unseen and (style.background is None or not is_white(style.background)):
                seen, unseen = shared.whole, ""
            if unseen:
                (sheet.unsure if paints else sheet.hidden).append(unseen)
            if text := shared.whole if paints else seen:
                sheet.put(row, column, text)

    def _style(self, number: str) -> CellStyle:
        index = int(number) if number.isdecimal() else 0
        return self._styles[index] if index < len(self._styles) else CellStyle()

    def _text(self, cell: Element, style: CellStyle) -> _SharedText:
        """Return what a cell shows; of an error nothing."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = child(cell, "is")
            return _SharedText("") if inline is None else _shared_text(inline)
        written = child(cell, "v")
        text = (written.text or "").strip() if written is not None else ""
        if kind == "s":
            return self._strings[int(text)] if text.isdecimal() and int(text) < len(self._strings) else _SharedText("")
        if kind == "e" or not text:
            return _SharedText("")
        if kind in ("str", "d"):
            return _SharedText(_tidy(text))
        if kind == "b":
            return _SharedText("TRUE" if text == "1" else "FALSE")
        try:
            return _SharedText(shown_number(float(text), style.shows, self._is_1904))
        except (ValueError, OverflowError):
            return _SharedText(_tidy(text))


def _narrow(columns: Element) -> set[int]:
    """Return the columns that are hidden or too narrow to see anything."""
    ranges = [
        (_whole(value(column, "min")) - 1, min(_whole(value(column, "max")), _MAX_COLUMNS))
        for column in islice(children(columns, "col"), _MAX_RANGES)
        if _is_hidden(column, "width", "customWidth", _NARROW)
    ]
    return {column for first, end in ranges for column in range(first, end)}


def _is_hidden(element: Element, size: str, is_set: str, least: float) -> bool:
    if value(element, "hidden") in ("1", "true"):
        return True
    try:
        return value(element, is_set) in ("1", "true") and float(value(element, size) or least) < least
    except ValueError:
        return False


def _add_printed(sheet: Sheet, element: Element) -> None:
    """Take what is printed above and below a sheet: of its first page and of the others."""
    is_first_other = value(element, "differentFirst") in ("1", "true")
    for side, lines in (("Header", sheet.headers), ("Footer", sheet.footers)):
        for part in ("first", "odd") if is_first_other else ("odd",):
            written = child(element, part + side)
            lines += _printed_lines((written.text or "") if written is not None else "", sheet.hidden)


def _printed_lines(text: str, hidden: list[str]) -> list[str]:
    """Return the lines of a header whose codes (&L, &P, &K…) say where and how it is printed; white ones go to `hidden`."""
    pieces: dict[bool, list[str]] = {True: [], False: []}
    text, is_seen, end = _tidy(text), True, 0
    for code in _PRINT_CODE.finditer(text):
        pieces[is_seen].append(text[end : code.start()])
        end = code.end()
        if code["colour"]:
            red, green, blue = bytes.fromhex(code["colour"])
            is_seen = not is_white((red, green, blue))
        pieces[is_seen].append({"&&": "&", "&P": "1", "&N": "1", "&L": "\n", "&C": "\n", "&R": "\n"}.get(code[0], ""))
    pieces[is_seen].append(text[end:])
    hidden += [unseen] if (unseen := "".join(pieces[False]).strip()) else []
    lines = [line.strip() for line in "".join(pieces[True]).split("\n")]
    return [line for line in lines if any(map(str.isalpha, line))]


def _shared_text(item: Element) -> _SharedText:
    """Return the text of a string: of one piece, or of runs, some of which may be white."""
    texts: dict[bool, list[str]] = {False: [], True: []}
    for piece in item:
        kind = local(piece)
        if kind == "t":
            texts[False].append(piece.text or "")
        elif kind == "r":
            texts[is_white(child(piece, "rPr"))].append("".join(text.text or "" for text in children(piece, "t")))
    return _SharedText(_tidy("".join(texts[False])), _tidy("".join(texts[True])))


def _tidy(text: str) -> str:
    """Return a text with its escapes resolved and one kind of line break."""
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _range(reference: str) -> Range | None:
    corners = [_ADDRESS.match(corner) for corner in reference.split(":")]
    if len(corners) != 2 or not corners[0] or not corners[1]:
        return None
    first, last = corners[0], corners[1]
    return int(first[2]) - 1, _column(first[1]), int(last[2]) - 1, _column(last[1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0
