"""Find which part of an XLSB each sheet is: its workbook is binary, while drawings and what refers to them are XML as in an XLSX."""

import struct
from collections.abc import Iterator

from preprocess.document import Unreadable
from preprocess.tables.package import SheetPackage

_WORKBOOK = "xl/workbook.bin"
_SHEET = 156  # BrtBundleSh
_LONGEST_NAME = 255


def sheet_parts(package: SheetPackage) -> dict[str, str]:
    """Return name → path of the sheets in the workbook. Raises Unreadable `damaged`."""
    paths = {number: path for number, _, path in package.relations(_WORKBOOK)}
    try:
        sheets = [_sheet(body) for kind, body in _records(package.read(_WORKBOOK)) if kind == _SHEET]
    except (struct.error, IndexError):
        raise Unreadable("damaged") from None
    return {name: paths[number] for number, name in sheets if number in paths}


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield type and body of the records, whose type and length are numbers of seven bits a byte."""
    offset = 0
    while offset < len(stream):
        kind, offset = _number(stream, offset, 2)
        length, offset = _number(stream, offset, 4)
        yield kind, stream[offset : offset + length]
        offset += length


def _number(stream: bytes, offset: int, longest: int) -> tuple[int, int]:
    """Return the number there, and where it ends."""
    number = 0
    for index in range(longest):
        byte = stream[offset]
        offset += 1
        number |= (byte & 0x7F) << 7 * index
        if not byte & 0x80:
            break
    return number, offset


def _sheet(body: bytes) -> tuple[str, str]:
    """Return the id of the relation to a sheet, and the sheet's name; both are UTF-16 after a count of characters."""
    texts, offset = [], 8  # after whether it is hidden, and its number
    for _ in range(2):
        length = struct.unpack_from("<I", body, offset)[0]
        if length > _LONGEST_NAME:
            raise IndexError
        texts.append(body[offset + 4 : offset + 4 + 2 * length].decode("utf-16-le", "replace"))
        offset += 4 + 2 * length
    return texts[0], texts[1]
