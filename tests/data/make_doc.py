"""Write Word 97 files of a few paragraphs byte by byte, for what no sample has: properties of characters and paragraphs, boxes, headers."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = 512
_MINIMUM = 4096  # smaller streams would be kept elsewhere, so streams are filled up to this
_SECTION, _TEXT = 0x700, 0x800  # where they begin in the stream

HIDDEN, DELETED, TINY = (struct.pack("<HB", 0x083C, 1), struct.pack("<HB", 0x0800, 1), struct.pack("<HH", 0x4A43, 2))
WHITE = struct.pack("<HBBBB", 0x6870, 255, 255, 255, 0)
DARK_CELLS = struct.pack("<HB", 0xD612, 20) + struct.pack("<4B4BH", 0, 0, 0, 255, 32, 32, 32, 0, 0) * 2
IN_TABLE, ROW_END = struct.pack("<HB", 0x2416, 1), struct.pack("<HB", 0x2417, 1)
INNER = IN_TABLE + struct.pack("<HI", 0x6649, 2)
INNER_CELL, INNER_ROW_END = INNER + struct.pack("<HB", 0x244B, 1), INNER + struct.pack("<HB", 0x244C, 1)
ITEM = struct.pack("<HH", 0x460B, 1)


def symbol(character: str) -> bytes:
    return struct.pack("<HHHHB", 0x6A09, 0, ord(character), 0x0855, 1)


@dataclass
class Part:
    """Text of one paragraph with its mark at the end of the last run; each run has the SPRMs of its characters."""

    runs: Sequence[tuple[str, bytes]]
    paragraph: bytes = b""


def line(text: str, characters: bytes = b"", paragraph: bytes = b"", mark: str = "\r") -> Part:
    return Part([(text, characters), (mark, b"")], paragraph)


def word97(
    body: Sequence[Part],
    footnotes: Sequence[Part] = (),
    headers: Sequence[Sequence[Part]] = (),
    boxes: Sequence[tuple[int, Sequence[Part]]] = (),
    has_title_page: bool = False,
    data: bytes = b"",
    floating: bytes = b"",
    flags: int = 0x0200,
    version: int = 193,
) -> bytes:
    """Return the file. `headers` are the six stories of the one section; `boxes` have the position that each is anchored to.

    `floating` is a picture of 400 × 300 points that floats, anchored to the first sign of a drawing in the text.
    """
    text = _Text()
    counts = [0] * 8
    counts[0] = text.add(body)
    counts[1] = text.add(footnotes)
    stories = [text.add(story) for story in headers]
    counts[2] = sum(stories)
    lengths = [text.add(parts) for _, parts in boxes]
    counts[6] = sum(lengths)
    stream = bytearray(_TEXT) + text.units
    table = bytearray()
    pages = {12: text.pages(stream, text.characters, 1), 13: text.pages(stream, text.paragraphs, 13)}
    structures = {index: struct.pack("<II", _TEXT, len(stream)) + struct.pack("<I", page) for index, page in pages.items()}
    piece = struct.pack("<II", 0, sum(counts)) + struct.pack("<HIH", 0, _TEXT, 0)
    structures[33] = b"\2" + struct.pack("<I", len(piece)) + piece
    structures[11] = struct.pack(f"<{7 + len(stories)}I", *[0] * 7, *_sums(stories)) if stories else b""
    structures[6] = _plc([0], [struct.pack("<HIHI", 0, _SECTION, 0, 0)])
    struct.pack_into("<HHB", stream, _SECTION, 3, 0x300A, has_title_page)
    if boxes:
        structures[40] = _plc([position for position, _ in boxes], [struct.pack("<I22x", 100 + n) for n in range(len(boxes))])
        starts = [0, *_sums(lengths)]
        structures[56] = _plc(starts[:-1], [struct.pack("<14xI4x", 100 + n) for n in range(len(boxes))], starts[-1])
    if floating:
        position = text.units.decode("utf-16-le").index("\x08")
        structures[40] = _plc([position], [struct.pack("<I4iH4x", 200, 0, 0, 8000, 6000, 0)])
        structures[50] = _drawings(floating, len(stream))
        stream += _blip(floating)
    struct.pack_into("<HH", stream, 0, 0xA5EC, version)
    struct.pack_into("<H", stream, 0x0A, flags)
    struct.pack_into("<8I", stream, 0x4C, *counts)
    for index, structure in structures.items():
        struct.pack_into("<II", stream, 0x9A + 8 * index, len(table), len(structure))
        table += structure
    return compound({"WordDocument": bytes(stream), "1Table": bytes(table), **({"Data": data} if data else {})})


def _drawings(picture: bytes, offset: int) -> bytes:
    """Return the drawings of a file ([MS-ODRAW]): a shape, number 200, that shows the picture at this offset of the stream."""
    entry = _record(0xF007, struct.pack("<BB16xHIII4x", 6, 6, 0, len(_blip(picture)), 1, offset), 2)
    shape = _record(0xF004, _record(0xF00A, struct.pack("<II", 200, 0)) + _record(0xF00B, struct.pack("<HI", 0x4104, 1)), 15)
    return _record(0xF000, _record(0xF001, entry, 15), 15) + b"\0" + _record(0xF002, _record(0xF003, shape, 15), 15)


def _blip(png: bytes) -> bytes:
    return _record(0xF01E, bytes(16) + b"\xff" + png, 0x6E00)


def _record(kind: int, content: bytes, version: int = 0) -> bytes:
    return struct.pack("<HHI", version, kind, len(content)) + content


def _sums(lengths: Sequence[int]) -> list[int]:
    return [sum(lengths[: number + 1]) for number in range(len(lengths))]


def _plc(positions: list[int], entries: list[bytes], end: int = 1 << 20) -> bytes:
    return struct.pack(f"<{len(positions) + 1}I", *positions, end) + b"".join(entries)


class _Text:
    def __init__(self):
        self.units = b""
        self.characters: list[tuple[int, bytes]] = []
        self.paragraphs: list[tuple[int, bytes]] = []

    def add(self, parts: Sequence[Part]) -> int:
        """Append paragraphs; return how many characters they are."""
        before = len(self.units)
        for part in parts:
            self.paragraphs.append((_TEXT + len(self.units), part.paragraph))
            for text, properties in part.runs:
                self.characters.append((_TEXT + len(self.units), properties))
                self.units += text.encode("utf-16-le")
        return (len(self.units) - before) // 2

    def pages(self, stream: bytearray, runs: list[tuple[int, bytes]], size: int) -> int:
        """Append one page of properties to the stream; return its number."""
        stream += bytes(-len(stream) % _SECTOR)
        page, end = bytearray(_SECTOR), _SECTOR - 1
        runs = [run for index, run in enumerate(runs) if index + 1 == len(runs) or runs[index + 1][0] > run[0]]
        struct.pack_into(f"<{len(runs) + 1}I", page, 0, *[start for start, _ in runs], _TEXT + len(self.units))
        for number, (_, properties) in enumerate(runs):
            if not properties:
                continue
            if size == 1:
                entry = bytes([len(properties)]) + properties
            else:
                entry = b"\0\0" + properties + bytes(len(properties) % 2)
                entry = bytes([0, len(entry) // 2]) + entry
            end = (end - len(entry)) // 2 * 2
            page[end : end + len(entry)] = entry
            page[4 * (len(runs) + 1) + size * number] = end // 2
        page[_SECTOR - 1] = len(runs)
        assert end > 4 * (len(runs) + 1) + size * len(runs), "too much for one page"
        stream += page
        return len(stream) // _SECTOR - 1


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file (OLE) of these streams."""
    sectors: list[bytes] = []
    fat: list[int] = []

    def add(content: bytes) -> int:
        first = len(sectors)
        blocks = [content[start : start + _SECTOR].ljust(_SECTOR, b"\0") for start in range(0, len(content), _SECTOR)]
        sectors.extend(blocks)
        fat.extend(range(first + 1, first + len(blocks)))
        fat.append(_END)
        return first

    directory = _entry("Root Entry", 5, child=1)
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    for number, name in enumerate(names, 1):
        content = streams[name].ljust(_MINIMUM, b"\0")
        following = number + 1 if number < len(names) else _FREE
        directory += _entry(name, 2, following=following, start=add(content), size=len(content))
    directory_start = add(directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0"))
    fat_start = len(sectors)
    count = -(-(len(fat) + 4) // 128)
    fat += [_FAT] * count
    table = b"".join(struct.pack("<I", entry) for entry in fat).ljust(count * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, count, directory_start, 0, _MINIMUM, _END, 0, _END, 0)
    header += struct.pack(f"<{count}I", *range(fat_start, fat_start + count)) + b"\xff" * 4 * (109 - count)
    return header + b"".join(sectors) + table


def _entry(name: str, kind: int, following: int = _FREE, child: int = _FREE, start: int = _END, size: int = 0) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    entry = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, following, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)
