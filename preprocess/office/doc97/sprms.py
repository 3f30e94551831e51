"""Apply the property modifiers (SPRMs) of Word 97 to the properties of characters and paragraphs that their styles set."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from preprocess.docx.colours import BLACK, WHITE, Colour
from preprocess.office.blocks import Surface

_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_VARIABLE = 6
_DEF_TABLE = 0xD608  # its size takes two bytes
_PALETTE: list[Colour | None] = [
    *(None, BLACK, (0, 0, 255), (0, 255, 255), (0, 255, 0), (255, 0, 255), (255, 0, 0), (255, 255, 0), WHITE),
    *((0, 0, 128), (0, 128, 128), (0, 128, 0), (128, 0, 128), (128, 0, 0), (128, 128, 0), (128, 128, 128), (192, 192, 192)),
]
_AUTOMATIC = 0xFF
_CLEAR, _SOLID = 0, 1
_SHADING = 10  # bytes


@dataclass(frozen=True)
class Characters:
    """Properties of a run of characters."""

    is_deleted: bool = False
    is_hidden: bool = False
    size: float = 10.0
    colour: Colour | None = None
    surface: Surface | None = None
    font: int = -1
    symbol: str = ""
    """The sign that the run's character stands for."""

    data: int = -1
    """Offset in the data stream of the picture or form field that the character stands for."""

    style: int = -1


@dataclass(frozen=True)
class ParagraphFormat:
    """Properties of a paragraph, and of the row that it ends."""

    style: int = 0
    depth: int = 0
    is_in_table: bool = False
    ends_cell: bool = False
    ends_row: bool = False
    ends_inner_row: bool = False
    numbering: int = 0
    is_heading: bool = False
    surface: Surface | None = None
    cells: tuple[Surface | None, ...] = ()


def modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield code and operand of each SPRM."""
    offset = 0
    while offset + 2 < len(data):
        (code,) = struct.unpack_from("<H", data, offset)
        offset += 2
        if code >> 13 == _VARIABLE:
            if code == _DEF_TABLE:
                size, start = int.from_bytes(data[offset : offset + 2], "little") - 1, offset + 2
            else:
                size, start = data[offset], offset + 1
        else:
            size, start = _SIZES[code >> 13], offset
        yield code, data[start : start + max(0, size)]
        offset = start + max(0, size)


def character_properties(data: bytes, base: Characters) -> Characters:
    """Return `base`, which is what the style says, with the properties that a list of SPRMs sets."""
    result = base
    for code, operand in modifiers(data):
        number = int.from_bytes(operand, "little")
        if code == 0x0800:
            result = replace(result, is_deleted=_toggle(number, base.is_deleted))
        elif code in (0x083C, 0x0818):
            result = replace(result, is_hidden=_toggle(number, base.is_hidden))
        elif code == 0x4A43:
            result = replace(result, size=number / 2)
        elif code == 0x2A42:
            result = replace(result, colour=_named(number))
        elif code == 0x6870:
            result = replace(result, colour=_colour(operand))
        elif code == 0x2A0C:
            result = replace(result, surface=Surface(_named(number)) if number else None)
        elif code == 0x4866:
            result = replace(result, surface=_old_shading(number))
        elif code == 0xCA71:
            result = replace(result, surface=_shading(operand))
        elif code == 0x4A4F:
            result = replace(result, font=number)
        elif code == 0x6A09:
            result = replace(result, font=number & 0xFFFF, symbol=chr(number >> 16))
        elif code == 0x6A03:
            result = replace(result, data=number)
        elif code == 0x4A30:
            result = replace(result, style=number)
    return result


def paragraph_properties(data: bytes, base: ParagraphFormat, far: bytes = b"") -> ParagraphFormat:
    """Return `base` with the properties that a list of SPRMs sets. `far` is the data stream, where long lists of them are."""
    result = base
    for code, operand in modifiers(data):
        number = int.from_bytes(operand, "little")
        if code in (0x6645, 0x6646) and far:
            size = int.from_bytes(far[number : number + 2], "little")
            result = paragraph_properties(far[number + 2 : number + 2 + size], result)
        elif code == 0x2416:
            result = replace(result, is_in_table=bool(number), depth=max(result.depth, 1) if number else 0)
        elif code == 0x2417:
            result = replace(result, ends_row=bool(number))
        elif code == 0x6649:
            result = replace(result, depth=min(number, 0xFFFF))
        elif code == 0x244B:
            result = replace(result, ends_cell=bool(number))
        elif code == 0x244C:
            result = replace(result, ends_inner_row=bool(number))
        elif code == 0x460B:
            result = replace(result, numbering=number)
        elif code == 0x2640:
            result = replace(result, is_heading=number < 9)
        elif code == 0x442D:
            result = replace(result, surface=_old_shading(number))
        elif code == 0xC64D:
            result = replace(result, surface=_shading(operand))
        elif code == 0xD609 and not result.cells:
            shades = struct.unpack(f"<{len(operand) // 2}H", operand[: len(operand) // 2 * 2])
            result = replace(result, cells=tuple(map(_old_shading, shades)))
        elif code == 0xD612:
            parts = (operand[start : start + _SHADING] for start in range(0, len(operand) - _SHADING + 1, _SHADING))
            result = replace(result, cells=tuple(map(_shading, parts)))
    return result


def _toggle(number: int, of_style: bool) -> bool:
    """Return the value of a toggle: 128 is that of the style, 129 the opposite."""
    return {128: of_style, 129: not of_style}.get(number, bool(number))


def _named(number: int) -> Colour | None:
    return _PALETTE[number] if number < len(_PALETTE) else None


def _colour(operand: bytes) -> Colour | None:
    if len(operand) < 4 or operand[3] == _AUTOMATIC:
        return None
    return operand[0], operand[1], operand[2]


def _shading(operand: bytes) -> Surface | None:
    """Return what a SHD paints: foreground, background, pattern. A pattern of both is of any colour."""
    return _painted(_colour(operand[:4]), _colour(operand[4:8]), int.from_bytes(operand[8:10], "little"))


def _old_shading(number: int) -> Surface | None:
    return _painted(_named(number & 31), _named(number >> 5 & 31), number >> 10)


def _painted(ink: Colour | None, ground: Colour | None, pattern: int) -> Surface | None:
    if pattern == _CLEAR:
        return Surface(ground) if ground else None
    if pattern == _SOLID:
        return Surface(ink or BLACK)
    return None if pattern == 0xFFFF or pattern == 63 else Surface(None)
