"""Replace glyphs without a usable character: by their name in the font (f_f_i), by their shape (a hyphen), or a bullet for an icon."""

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pypdf._codecs.adobe_glyphs import adobe_glyphs

GlyphNames = Mapping[str, Mapping[int, str]]
"""The names of glyphs by code, for each font, as fonts.py finds them."""

ICON = "•"
_SIGNS = {0xF0FE: "☑", 0xF0FD: "☒", 0xF0FC: "✓", 0xF06F: "□", 0xF0A8: "□", 0xF0D8: "➢", 0xF0E0: "→", 0xF06C: "●", 0xF06E: "■"}
"""Of Wingdings, which often stands for whole forms."""
_ICON_FONT = re.compile(
    r"wingding|webding|dingbat|awesome|marvosym|material.?(?:icon|symbol|design)|icomoon|fontello|feather|entypo|icons(?![a-z])"
    r"|(?<![a-z])icon(?![a-z])",
    re.IGNORECASE,
)
_SPELLS = 3  # glyphs without a character, one after the other: a font that draws so many writes words
_NAMED = re.compile(r"uni((?:[0-9A-F]{4})+)|u([0-9A-F]{4,6})")
_INVISIBLE = ("Cc", "Cf", "Cn", "Co")
_SPACES = frozenset(" \t\n\r\xa0\u3000")
_UNKNOWN = (0, 0xFFFD)
_SOFT_HYPHEN = 0xAD
_FLAT, _LOW, _HIGH, _SHORT = 0.15, 0.1, 0.5, 0.9  # em; the ink of a hyphen, its lower edge, and its length


class Drawn(NamedTuple):
    """A character that a page draws: its index in the text page, its code, and the name of its font."""

    index: int
    code: int
    font: str


def without_subset_tag(font_name: str) -> str:
    """Return the name of a font without the six letters that mark a subset."""
    return re.sub(r"^[A-Z]{6}\+", "", font_name)


def glyph_meanings(text: pdfium.PdfTextPage, names: GlyphNames) -> dict[int, str]:
    """Return what to read in place of characters of a page, by index in the text page. Linear in the number of characters."""
    meanings: dict[int, str] = {}
    drawn = list(_drawn(text))
    unmapped: list[int] = []  # positions in `drawn`
    icon: tuple[str, float, float] | None = None
    for position, (index, code, font) in enumerate(drawn):
        if chr(code) in _SPACES:
            continue
        if _ICON_FONT.search(font) and not _is_sign(code):
            previous, icon = icon, (font, *_origin(text, index))
            meanings[index] = _SIGNS.get(code | 0xF000, ICON) if icon != previous else ""  # more on one place are the name of the icon
            continue
        is_unmapped = raw.FPDFText_HasUnicodeMapError(text.raw, index) == 1
        if is_unmapped and (name := named_text(names.get(font, {}).get(code, ""))):
            meanings[index] = name
        elif (is_unmapped or _is_invisible(code)) and _is_hyphen(text, index, code):
            meanings[index] = "-"
        elif is_unmapped or unicodedata.category(chr(code)) == "Co" or (code in _UNKNOWN and _has_ink(text, index)):
            unmapped.append(position)
    return meanings | _icons(drawn, unmapped)


def named_text(name: str) -> str:
    """Return the text that the name of a glyph stands for by the Adobe Glyph List, "" where it says nothing: f_f_i, T_h, uni00660069."""
    parts = [_named_character(part) for part in name.split(".")[0].split("_")]
    return "".join(parts) if all(parts) else ""


def _named_character(name: str) -> str:
    if match := _NAMED.fullmatch(name):
        codes = re.findall("....", match[1]) if match[1] else [match[2]]
        return "".join(chr(code) for digits in codes if (code := int(digits, 16)) < 0xD800 or 0xF8FF < code < 0x110000)
    return unicodedata.normalize("NFKC", adobe_glyphs.get(f"/{name}", "")).replace("\xad", "-")


def _drawn(text: pdfium.PdfTextPage) -> Iterator[Drawn]:
    """Yield every character that the page draws."""
    fonts: dict[int, str] = {}
    for index in range(text.count_chars()):
        handle = raw.FPDFText_GetTextObject(text.raw, index)
        if handle:
            address = ctypes.addressof(handle.contents)
            if address not in fonts:
                fonts[address] = _font_name(handle)
            code = raw.FPDFText_GetUnicode(text.raw, index)
            yield Drawn(index, code if code < 0x110000 else 0, fonts[address])


def _font_name(handle: object) -> str:
    buffer = ctypes.create_string_buffer(200)
    size = raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(handle), buffer, len(buffer))
    return without_subset_tag(buffer.value.decode("utf-8", "replace")) if 0 < size <= len(buffer) else ""


def _icons(drawn: Sequence[Drawn], unmapped: list[int]) -> dict[int, str]:
    """Return the icons among glyphs without a character: those outside of words, in fonts that write no words with such glyphs."""
    runs: list[list[int]] = []
    for position in unmapped:
        if runs and _follows(drawn, runs[-1][-1], position):
            runs[-1].append(position)
        else:
            runs.append([position])
    writing = {drawn[run[0]].font for run in runs if len(run) >= _SPELLS}
    return {
        drawn[position].index: "\ufffd" if _is_in_word(drawn, run) else _SIGNS.get(drawn[position].code, ICON)
        for run in runs
        if drawn[run[0]].font not in writing
        for position in run
    }


def _follows(drawn: Sequence[Drawn], first: int, second: int) -> bool:
    """Return whether two characters are of one font with nothing in between, not even a space that pdfium made up."""
    return second == first + 1 and drawn[second].index == drawn[first].index + 1 and drawn[first].font == drawn[second].font


def _is_in_word(drawn: Sequence[Drawn], run: list[int]) -> bool:
    """Return whether letters of the same font stand beside the run, or letters on both sides of it."""
    before, after = run[0] - 1, run[-1] + 1
    has_before = before >= 0 and chr(drawn[before].code).isalnum() and drawn[before].index == drawn[run[0]].index - 1
    has_after = after < len(drawn) and chr(drawn[after].code).isalnum() and drawn[after].index == drawn[run[-1]].index + 1
    if has_before and has_after:
        return True
    return (has_before and _follows(drawn, before, run[0])) or (has_after and _follows(drawn, run[-1], after))


@cache
def _is_sign(code: int) -> bool:
    return unicodedata.category(chr(code))[0] in "SP" and code > 0x7F


@cache
def _is_invisible(code: int) -> bool:
    return code == _SOFT_HYPHEN or code in _UNKNOWN or unicodedata.category(chr(code)) in _INVISIBLE


def _is_hyphen(text: pdfium.PdfTextPage, index: int, code: int) -> bool:
    """Return whether a character that should leave no ink draws a hyphen."""
    left, bottom, right, top = _ink(text, index)
    if code == _SOFT_HYPHEN:
        return left < right and bottom < top
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text.raw, index, ctypes.byref(matrix))
    em = abs(raw.FPDFText_GetFontSize(text.raw, index) * matrix.d)
    rise = bottom - _origin(text, index)[1]
    return top - bottom < _FLAT * em < right - left < _SHORT * em and _LOW * em < rise < _HIGH * em


def _has_ink(text: pdfium.PdfTextPage, index: int) -> bool:
    left, bottom, right, top = _ink(text, index)
    return left < right and bottom < top


def _ink(text: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text.raw, index, *map(ctypes.byref, (left, right, bottom, top)))
    return left.value, bottom.value, right.value, top.value


def _origin(text: pdfium.PdfTextPage, index: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text.raw, index, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value
