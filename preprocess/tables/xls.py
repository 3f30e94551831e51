"""Read sheets of XLS, ET and XLSB: values by calamine, hidden rows and columns and text boxes by BIFF's own records.

Of an XLSB, hidden sheets and drawings are known, not hidden rows, columns and cells.
"""

import io
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import olefile
import python_calamine

from preprocess.document import Unreadable
from preprocess.tables.grid import CellBudget, Sheet, SheetPicture, shown_sheets
from preprocess.tables.numbers import shown
from preprocess.tables.package import SheetPackage
from preprocess.tables.xls_boxes import RECORDS, TextBox, drawn_pictures, pictures_in_group, text_boxes
from preprocess.tables.xlsb import sheet_parts

_MAX_AREA = 8_000_000  # cells of a sheet, empty ones too: calamine holds them all
_BOUNDSHEET, _BOF, _EOF, _XF, _FONT, _FORMAT, _ROW, _COLINFO = 0x85, 0x809, 0x0A, 0xE0, 0x31, 0x41E, 0x208, 0x7D
_CELLS = {0xFD, 0x203, 0x27E, 0x204, 0x06, 0x406, 0x205, 0xD6}  # LABELSST, NUMBER, RK, LABEL, FORMULA (two), BOOLERR, RSTRING
_MULRK, _DIMENSIONS = 0xBD, 0x200
_DRAWINGS, _CONTINUE, _MAX_PICTURES = 0xEB, 0x3C, 100
_WHITE, _NO_FILL, _SOLID = {1, 9}, 0, 1
_VISIBLE = python_calamine.SheetVisibleEnum.Visible


@dataclass
class _Hidden:
    """What one sheet hides, and the text boxes and pictures over it."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    cells: set[tuple[int, int]] = field(default_factory=set)
    boxes: list[TextBox] = field(default_factory=list)
    pictures: list[SheetPicture] = field(default_factory=list)


def read_xls(data: bytes) -> list[Sheet]:
    """Return the visible sheets; what the hidden ones hold is noted on the first. Raises Unreadable."""
    is_binary = data.startswith(olefile.MAGIC)
    hides = _hidden(data) if is_binary else []
    package = None if is_binary else SheetPackage(data)
    try:
        return _sheets(data, hides, package)
    except python_calamine.PasswordError:
        raise Unreadable("needs_password") from None
    except (python_calamine.CalamineError, ValueError, OSError):
        raise Unreadable("damaged") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust: not importable, and no Exception
            raise
        raise Unreadable("damaged") from None


def _sheets(data: bytes, hides: list[_Hidden], package: SheetPackage | None) -> list[Sheet]:
    book, budget = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)), CellBudget()
    hides_of = dict(enumerate(hides))
    parts = sheet_parts(package) if package else {}
    sheets: list[tuple[Sheet, bool]] = []
    for number, about in enumerate(book.sheets_metadata):
        if about.typ is python_calamine.SheetTypeEnum.WorkSheet:
            sheet = _sheet(book.get_sheet_by_index(number), hides_of.get(number, _Hidden()), budget)
            if package and sheet.name in parts:
                package.add_drawings(sheet, parts[sheet.name])
            sheets.append((sheet, about.visible is _VISIBLE))
    return shown_sheets(sheets)


def _sheet(values: python_calamine.CalamineSheet, hides: _Hidden, budget: CellBudget) -> Sheet:
    sheet = Sheet(values.name)
    if values.total_height * values.total_width > _MAX_AREA:
        raise Unreadable("too_complex")
    for row, cells in enumerate(values.to_python(skip_empty_area=False)):
        for column, cell in enumerate(cells):
            text = "" if cell == "" else shown(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
            if text:
                budget.spend()
                if row in hides.rows or column in hides.columns or (row, column) in hides.cells:
                    sheet.hidden.append(text)
                else:
                    sheet.put(row, column, text)
    sheet.merge((*first, *last) for first, last in values.merged_cell_ranges or ())
    sheet.pictures = hides.pictures
    for box in hides.boxes:
        text = box.text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if box.is_hidden or box.row in hides.rows:
            sheet.hidden.append(text)
            continue
        sheet.add_drawn(box.row, box.column, text)
        sheet.unsure += [text] if box.is_white else []
    return sheet


def _hidden(data: bytes) -> list[_Hidden]:
    """Return what each sheet hides, in the order of the workbook. Raises Unreadable `damaged`."""
    try:
        with olefile.OleFileIO(data) as container:
            name = next(name for name in ("Workbook", "Book") if container.exists([name]))  # pyright: ignore[reportArgumentType]
            stream = container.openstream([name]).read()  # pyright: ignore[reportArgumentType]
        offsets: list[int] = []
        drawings, last = bytearray(), 0
        unseen = _Formats()
        for kind, body in _records(stream, 0):
            if kind == _BOUNDSHEET:
                offsets.append(struct.unpack_from("<I", body)[0])
            last = last if kind == _CONTINUE else kind
            drawings += body if last == _DRAWINGS else b""
            unseen.add(kind, body)
        _check_area(stream, set(offsets))
        pictures = pictures_in_group(bytes(drawings))
        return [_hidden_in(stream, offset, unseen, pictures) for offset in offsets]
    except (OSError, struct.error, StopIteration, IndexError, ValueError, TypeError, AttributeError, RecursionError):
        raise Unreadable("damaged") from None


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Yield type and body of the records of one part of the stream, up to its end; parts in it (charts) are passed over."""
    depth = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, stream[offset + 4 : offset + 4 + length]
        if depth <= 0:
            return
        offset += 4 + length


def _check_area(stream: bytes, offsets: set[int]) -> None:
    """Raise Unreadable `too_complex` if a sheet says that it is huge, or has a cell far out: calamine ends the process then."""
    offset = height = width = 0
    while offset + 4 <= len(stream):
        if offset in offsets:
            height = width = 0
        kind, length = struct.unpack_from("<HH", stream, offset)
        body = stream[offset + 4 : offset + 4 + length]
        if kind == _DIMENSIONS:
            top, bottom, left, right = struct.unpack_from("<IIHH" if length >= 12 else "<HHHH", body)
            if bottom < top or right < left:
                raise Unreadable("damaged")
            area = (bottom - top) * (right - left)
        else:
            if (kind in _CELLS or kind == _MULRK) and length >= 6:
                row, *columns = struct.unpack_from("<HH", body)
                columns += struct.unpack_from("<H", body, length - 2) if kind == _MULRK and len(body) == length else ()
                height, width = max(height, row + 1), max(width, *(column + 1 for column in columns))
            area = height * width
        if area > _MAX_AREA:
            raise Unreadable("too_complex")
        offset += 4 + length


def _hidden_in(stream: bytes, offset: int, unseen: "_Formats", pictures: Sequence[bytes]) -> _Hidden:
    hides = _Hidden()
    of_boxes: list[tuple[int, bytes]] = []
    for kind, body in _records(stream, offset):
        if kind in RECORDS:
            of_boxes.append((kind, body))
        elif kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
            hides.rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLINFO and struct.unpack_from("<H", body, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", body)
            hides.columns |= set(range(first, min(last, 255) + 1))
        elif kind in _CELLS or kind == _MULRK:
            row, column, xf = struct.unpack_from("<HHH", body)
            if unseen.hides(xf):
                hides.cells.add((row, column))
    hides.boxes = list(text_boxes(of_boxes, unseen.is_white))
    for picture in islice(drawn_pictures(of_boxes), _MAX_PICTURES):
        if picture.number <= len(pictures):
            hides.pictures.append(SheetPicture(picture.row, pictures[picture.number - 1], picture.width, picture.height))
    return hides


class _Formats:
    """The formats of the workbook that show nothing: white on white, or ;;;."""

    def __init__(self):
        self._colours: list[int] = []
        self._empty: set[int] = set()
        self._formats: list[tuple[int, int, int]] = []  # font, number format, colour of the fill (white if none)

    def add(self, kind: int, body: bytes) -> None:
        if kind == _FONT:
            self._colours.append(struct.unpack_from("<H", body, 4)[0])
        elif kind == _FORMAT and len(body) > 5 and not body[5:].replace(b"\0", b"").strip(b"; "):
            self._empty.add(struct.unpack_from("<H", body)[0])
        elif kind == _XF and len(body) >= 20:
            font, shows = struct.unpack_from("<HH", body)
            pattern, colours = struct.unpack_from("<I", body, 14)[0] >> 26, struct.unpack_from("<H", body, 18)[0]
            fill = 9 if pattern == _NO_FILL else colours & 0x7F if pattern == _SOLID else -1
            self._formats.append((font, shows, fill))

    def hides(self, number: int) -> bool:
        if number >= len(self._formats):
            return False
        font, shows, fill = self._formats[number]
        return shows in self._empty or (self.is_white(font) and fill in {*_WHITE, 65})

    def is_white(self, font: int) -> bool:
        """Return whether letters of this font are white."""
        font -= font > 4  # there is no font 4
        return font < len(self._colours) and self._colours[font] in _WHITE
