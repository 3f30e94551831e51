"""Look up the properties of any character or paragraph of a Word 97 file: its style's, then its own (CHPX and PAPX pages)."""

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from preprocess.office.blocks import Look
from preprocess.office.doc97.sprms import Characters, ParagraphFormat, character_properties, paragraph_properties
from preprocess.office.doc97.word_file import Segment, WordFile

_STYLES, _CHARACTER_PAGES, _PARAGRAPH_PAGES, _FONTS = 1, 12, 13, 15
_PAGE = 512
_NO_STYLE = 0xFFF
_MAX_BASES = 20
_PARAGRAPH_STYLE, _CHARACTER_STYLE = 1, 2
_SYMBOL_CHARSET = 2


class _Style(NamedTuple):
    kind: int
    base: int
    is_heading: bool
    properties: list[bytes]
    """SPRMs: of a paragraph style those of paragraphs, then those of characters; of a character style these only."""


class Properties:
    """Look-ups by the offset of a character in the stream."""

    def __init__(self, file: WordFile):
        self._data = file.data
        self._characters = _runs(file, _CHARACTER_PAGES, 1, _character_entry)
        self._paragraphs = _runs(file, _PARAGRAPH_PAGES, 13, _paragraph_entry)
        self._styles = list(_styles(file.structure(_STYLES)))
        self._symbol_fonts = _symbol_fonts(file.structure(_FONTS))
        self.paragraph = lru_cache(10_000)(self._paragraph)
        self.look = lru_cache(10_000)(self._look)
        self.of_run = lru_cache(10_000)(self._of_run)

    def runs(self, segment: Segment) -> Iterator[tuple[int, int, bytes]]:
        """Yield the parts of a segment, from and to which character, with the SPRMs of each."""
        starts, entries = self._characters
        end = segment.offset + len(segment.text) * segment.width
        index = bisect_right(starts, segment.offset) - 1
        bounds = [segment.offset, *starts[index + 1 : bisect_right(starts, end - 1)], end]
        for number, (first, last) in enumerate(pairwise(bounds), index):
            entry = entries[number] if number >= 0 else b""
            yield (first - segment.offset) // segment.width, (last - segment.offset) // segment.width, entry + segment.properties

    def _paragraph(self, offset: int) -> ParagraphFormat:
        """Return the format of the paragraph that ends at this offset."""
        starts, entries = self._paragraphs
        index = bisect_right(starts, offset) - 1
        entry = entries[index] if index >= 0 else b""
        number = int.from_bytes(entry[:2], "little")
        base = ParagraphFormat(style=number)
        for style in reversed(self._chain(number)):
            if style.kind == _PARAGRAPH_STYLE and style.properties:
                base = paragraph_properties(style.properties[0][2:], base)
        is_heading = any(style.is_heading for style in self._chain(number)[:1])
        result = paragraph_properties(entry[2:], base, self._data)
        return replace(result, is_heading=True) if is_heading else result

    def _of_run(self, paragraph_style: int, properties: bytes) -> Characters:
        """Return the properties of characters in a paragraph of a style, by their SPRMs."""
        of_style = self._of_style(paragraph_style, Characters())
        direct = character_properties(properties, of_style)
        if direct.style < 0:
            return direct
        of_both = self._of_style(direct.style, of_style)
        return character_properties(properties, of_both)

    def _look(self, paragraph: ParagraphFormat, properties: bytes) -> Look:
        characters = self.of_run(paragraph.style, properties)
        surface = characters.surface or paragraph.surface
        return Look(characters.is_hidden, characters.size, characters.colour, surface, characters.font in self._symbol_fonts)

    def _of_style(self, number: int, base: Characters) -> Characters:
        for style in reversed(self._chain(number)):
            last = style.properties[-1:] if len(style.properties) == (2 if style.kind == _PARAGRAPH_STYLE else 1) else []
            for properties in last:
                base = character_properties(properties, base)
        return base

    def _chain(self, number: int) -> list[_Style]:
        """Return a style and those that it is based on."""
        chain: list[_Style] = []
        while 0 <= number < len(self._styles) and len(chain) < _MAX_BASES:
            chain.append(self._styles[number])
            number = chain[-1].base
        return chain


def _runs(file: WordFile, index: int, size: int, entry: Callable[[bytes, int], bytes]) -> tuple[list[int], list[bytes]]:
    """Return where runs of one kind of properties begin, sorted, and the properties of each, from the pages that a PLC lists."""
    runs: dict[int, bytes] = {}
    for _, _, number in file.plc(index, 4):
        start = (int.from_bytes(number, "little") & 0x3FFFFF) * _PAGE
        page = file.main[start : start + _PAGE]
        count = page[-1] if len(page) == _PAGE else 0
        if not count or 4 * (count + 1) + size * count >= _PAGE:
            continue
        starts = struct.unpack_from(f"<{count + 1}I", page)
        for run in range(count):
            offset = page[4 * (count + 1) + size * run] * 2
            runs[starts[run]] = entry(page, offset) if offset else b""
        runs.setdefault(starts[count], b"")
    order = sorted(runs)
    return order, [runs[start] for start in order]


def _character_entry(page: bytes, offset: int) -> bytes:
    return page[offset + 1 : offset + 1 + page[offset]]


def _paragraph_entry(page: bytes, offset: int) -> bytes:
    """Return the number of the style, and the SPRMs."""
    if page[offset]:
        return page[offset + 1 : offset + 2 * page[offset]]
    return page[offset + 2 : offset + 2 + 2 * page[offset + 1]]


def _styles(sheet: bytes) -> Iterator[_Style]:
    """Yield the styles of a style sheet (STSH) by their number."""
    if len(sheet) < 6:
        return
    size, count, fixed = struct.unpack_from("<HHH", sheet)
    offset = 2 + size
    for _ in range(count):
        if offset + 2 > len(sheet):
            return
        (size,) = struct.unpack_from("<H", sheet, offset)
        yield _style(sheet[offset + 2 : offset + 2 + size], fixed)
        offset += 2 + size


def _style(entry: bytes, fixed: int) -> _Style:
    if len(entry) < max(fixed, 6) + 2:
        return _Style(0, _NO_STYLE, False, [])
    identity, kind, count = struct.unpack_from("<HHH", entry)
    offset = fixed + 2 + 2 * (int.from_bytes(entry[fixed : fixed + 2], "little") + 1)
    properties = []
    for _ in range(count & 15):
        size = int.from_bytes(entry[offset : offset + 2], "little")
        properties.append(entry[offset + 2 : offset + 2 + size])
        offset += 2 + size + size % 2
    return _Style(kind & 15, kind >> 4, 1 <= identity & 0xFFF <= 9, properties)


def _symbol_fonts(table: bytes) -> set[int]:
    """Return the numbers of the fonts of signs, from the font table (SttbfFfn)."""
    if len(table) < 4:
        return set()
    numbers, offset = set(), 4
    for number in range(int.from_bytes(table[:2], "little")):
        if offset + 5 > len(table):
            break
        if table[offset + 4] == _SYMBOL_CHARSET:
            numbers.add(number)
        offset += 1 + table[offset]
    return numbers
