"""Write Word 97 documents and Excel 97 workbooks record by record."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from .compound import Storage, compound_file
from .forms import form_rows, form_title, row_texts
from .generated import GeneratedFile
from .people import PEOPLE, person
from .resume import Phrasing, blocks_of, texts
from .sheets import CHINESE_HEADS, candidate_table

_TEXT_START, _CODE_LIMIT, _RECORD_LIMIT = 0x800, 0x80, 4112  # a record may hold 8224 bytes, and less
_HEADS = ("Running head of the old kind", "旧格式的页眉")


def _pieces(text: str, cut: int) -> list[tuple[str, bool]]:
    """Cut a text into pieces; a piece of plain letters is stored in one byte for each."""
    parts = [text[start : start + cut] for start in range(0, len(text), cut)] if cut else [text]
    return [(part, max(map(ord, part)) < _CODE_LIMIT) for part in parts]


def word_97(text: str, head: str = "", cut: int = 0) -> bytes:
    """Write a Word 97 document: a header block, the text in pieces, and the table that says where each piece is."""
    stored, offsets, positions = bytearray(), [], [0]
    for part, narrow in _pieces(text + "\r" + (head + "\r\r" if head else ""), cut):
        start = _TEXT_START + len(stored)
        offsets.append(start * 2 | 0x40000000 if narrow else start)
        stored += part.encode("latin-1" if narrow else "utf-16-le")
        stored += b"\0" * (len(stored) % 2)
        positions.append(positions[-1] + len(part))
    table = struct.pack(f"<{len(positions)}I", *positions) + b"".join(struct.pack("<HIH", 0, offset, 0) for offset in offsets)
    pieces = b"\2" + struct.pack("<I", len(table)) + table
    block = bytearray(_TEXT_START)
    struct.pack_into("<HHHHHHHBBHH", block, 0, 0xA5EC, 0xC1, 0, 0x0804, 0, 0x1204, 0xBF, 0, 0, 0, 0)
    struct.pack_into("<II", block, 0x18, _TEXT_START, _TEXT_START + len(stored))
    struct.pack_into("<H", block, 0x20, 14)
    struct.pack_into("<H", block, 0x3E, 22)
    struct.pack_into("<I", block, 0x40, _TEXT_START + len(stored))
    struct.pack_into("<III", block, 0x4C, len(text) + 1, 0, len(head) + 2 if head else 0)
    struct.pack_into("<H", block, 0x98, 93)
    struct.pack_into("<II", block, 0x1A2, 0, len(pieces))
    streams = {"WordDocument": bytes(block + stored), "1Table": pieces.ljust(4096, b"\0")}
    return compound_file(Storage("", streams))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _strings(strings: Sequence[str]) -> bytes:
    """Write the table of strings, going on in a second record in the middle of a string, as Excel does."""
    records = [bytearray(struct.pack("<II", len(strings), len(strings)))]
    for text in strings:
        raw = text.encode("utf-16-le")
        if _RECORD_LIMIT - len(records[-1]) < 5:
            records.append(bytearray())
        records[-1] += struct.pack("<HB", len(raw) // 2, 1)
        while raw:
            room = (_RECORD_LIMIT - len(records[-1])) // 2 * 2
            records[-1] += raw[:room]
            raw = raw[room:]
            if raw:
                records.append(bytearray(b"\1"))
    return b"".join(_record(0xFC if row_number == 0 else 0x3C, bytes(record)) for row_number, record in enumerate(records))


def excel_97(rows: Sequence[tuple[str, ...]], name: str = "Sheet1") -> bytes:
    """Write an Excel 97 workbook of one sheet."""
    strings = [cell for row in rows for cell in row]
    opening = struct.pack("<HHHHII", 0x600, 5, 0xDBB, 0x7CC, 0xC1, 6)
    start = _record(0x809, opening) + _record(0x42, struct.pack("<H", 0x4B0))
    listed = struct.pack("<BBBB", 0, 0, len(name), 1) + name.encode("utf-16-le")
    rest = _strings(strings) + _record(0x0A, b"")
    sheet_at = len(start) + len(_record(0x85, bytes(4) + listed)) + len(rest)
    cells, number, wide = bytearray(), 0, max(map(len, rows))
    merges = []
    for row_number, row in enumerate(rows):
        for column, _ in enumerate(row):
            cells += _record(0xFD, struct.pack("<HHHI", row_number, column, 0, number))
            number += 1
        if len(row) < wide:
            merges.append(struct.pack("<HHHH", row_number, row_number, len(row) - 1, wide - 1))
    size = _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, wide, 0))
    merged = _record(0xE5, struct.pack("<H", len(merges)) + b"".join(merges)) if merges else b""
    sheet = _record(0x809, opening.replace(b"\x00\x06\x05\x00", b"\x00\x06\x10\x00", 1)) + size + bytes(cells) + merged + _record(0x0A, b"")
    book = start + _record(0x85, struct.pack("<I", sheet_at) + listed) + rest + sheet
    return compound_file(Storage("", {"Workbook": book.ljust(4096, b"\0")}))


def old_office_files() -> Iterator[GeneratedFile]:
    """Give the DOC and XLS files of the old kind."""
    blocks = blocks_of(person("director"), Phrasing("brackets"))
    yield GeneratedFile("doc_97_narrow_director.doc", word_97("\r".join(texts(blocks))), texts(blocks), notes=("one piece",))
    blocks = blocks_of(person("seller"), Phrasing("first"))
    data = word_97("\r".join(texts(blocks)), _HEADS[1])
    yield GeneratedFile("doc_97_wide_seller.doc", data, texts(blocks), (_HEADS[1],), ("a header behind the text",))
    blocks = blocks_of(person("lawyer"), Phrasing("own line"))
    data = word_97("\r".join(texts(blocks)), _HEADS[0], cut=37)
    yield GeneratedFile("doc_97_pieces_lawyer.doc", data, texts(blocks), (_HEADS[0],), ("many pieces, some of one byte for a letter",))
    blocks = blocks_of(person("chef"), Phrasing("own line", contacts=""))
    mail = "siobhan@example.ie"
    text = "\r".join(texts(blocks)).replace(mail, f'\x13 HYPERLINK "mailto:{mail}" \x14{mail}\x15')
    yield GeneratedFile("doc_97_field_chef.doc", word_97(text), texts(blocks), ("HYPERLINK",), ("a link as a field",))
    for key in ("plant_director", "electrician"):
        who = person(key)
        rows = [(form_title(who),), *form_rows(who)]
        yield GeneratedFile(f"xls_97_form_{key}.xls", excel_97(rows, who.name[:30]), row_texts(rows), notes=("a form with merged cells",))
    table, members = candidate_table(tuple(who.key for who in PEOPLE if who.section("work")), CHINESE_HEADS)
    notes = ("a candidate in each row; a string goes on in a second record",)
    yield GeneratedFile("xls_97_candidates.xls", excel_97(table, "人才库"), notes=notes, members=members)
