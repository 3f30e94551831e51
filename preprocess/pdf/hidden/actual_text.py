"""ActualText of a PDF page: text that a file says instead of what it draws. It is believed only where it agrees with the glyphs.

Word, TeX and browsers write it for ligatures, hyphens and glyphs that have no character of their own.
"""

import codecs
import ctypes
import unicodedata
from collections import Counter, defaultdict
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.document import Unreadable
from preprocess.pdf.hidden.marks import Handle, Part

_KEY = b"ActualText"
_MOST_OF_A_GLYPH = 3  # characters that one glyph may stand for, as in "ffi"
_LONGEST_LABEL = 20  # one word that names an icon
_MOST_MARKS = 50  # spans around a text; a tagged file has some three
_LEAST = 8  # letters said but not drawn; fewer are a capital read as its word, a sign read by its name


class Span(NamedTuple):
    """What is said instead of the characters of some text objects, which are given by their addresses."""

    said: str
    objects: set[int]


class Said(NamedTuple):
    """By index in the text page, what to read for glyphs without a character; and texts that say something else than is drawn."""

    instead: dict[int, str]
    untrue: list[str]


def take_away(parts: list[Part]) -> list[Span]:
    """The spans of a page. A text page that is loaded afterwards has the characters of the glyphs themselves.

    Raises Unreadable `too_complex` for texts in more spans than any program writes: the work is spans times texts.
    """
    spans: dict[int, Span] = {}
    marked: list[tuple[Handle, Handle]] = []
    for part in parts:
        if part.kind != raw.FPDF_PAGEOBJ_TEXT:
            continue
        count = raw.FPDFPageObj_CountMarks(part.handle)
        if count > _MOST_MARKS:
            raise Unreadable("too_complex")
        for number in range(count):
            mark = raw.FPDFPageObj_GetMark(part.handle, number)
            if raw.FPDFPageObjMark_GetParamValueType(mark, _KEY) == raw.FPDF_OBJECT_UNKNOWN:
                continue
            address = ctypes.addressof(mark.contents)
            if address not in spans:
                spans[address] = Span(_string(mark), set())
                marked.append((part.handle, mark))
            spans[address].objects.add(ctypes.addressof(part.handle.contents))
    for handle, mark in marked:
        raw.FPDFPageObjMark_RemoveParam(handle, mark, _KEY)
    return list(spans.values())


def compare(text: pdfium.PdfTextPage, spans: list[Span]) -> Said:
    """What of the spans is to be read. Linear in the characters of the page and of the spans."""
    said = Said({}, [])
    if not spans:
        return said
    owners: dict[int, list[int]] = defaultdict(list)
    for number, span in enumerate(spans):
        for address in span.objects:
            owners[address].append(number)
    drawn: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for index in range(text.count_chars()):
        handle = raw.FPDFText_GetTextObject(text, index)
        if handle:
            character = chr(min(raw.FPDFText_GetUnicode(text, index), 0x10FFFF))
            for number in owners.get(ctypes.addressof(handle.contents), ()):
                drawn[number].append((index, character))
    untrue, letters = [], 0
    for number, span in enumerate(spans):
        own = "".join(character for _, character in drawn[number])
        instead = _instead(own, span.said)
        if instead is None:
            untrue.append(span.said)
            letters += sum((_letters(span.said) - _letters(own)).values())
        elif instead:
            indexes = [index for index, _ in drawn[number]]
            for place, index in enumerate(indexes):
                said.instead[index] = instead[place * len(instead) // len(indexes) : (place + 1) * len(instead) // len(indexes)]
    if letters >= _LEAST:
        said.untrue.extend(untrue)
    return said


def _instead(own: str, said: str) -> str | None:
    """What to read instead of the glyphs' own characters: "" if these will do; None if the text says something else."""
    own, said = "".join(own.split()).replace("\x02", "-"), said.strip()  # \x02: a hyphen at the end of a line, to pdfium
    bare = "".join(said.split())
    if _plain(own) == _plain(bare):
        return said if len(own) == len(bare) and "\xad" not in said else ""
    unknown = sum(map(_is_meaningless, own))
    if unknown:
        meant = [character for character in own if not _is_meaningless(character)]
        if len(bare) <= len(meant) + _MOST_OF_A_GLYPH * unknown and _is_part(_plain("".join(meant)), _plain(bare)):
            return said
        return "" if unknown == len(own) and bare == said and len(said) <= _LONGEST_LABEL else None
    return said if len(own) == len(bare) and _look_alike(own, bare) else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("\xad", "-").replace("\u2010", "-")


def _is_part(short: str, long: str) -> bool:
    """Whether the characters of one are all in the other, in their order."""
    rest = iter(long)
    return all(character in rest for character in short)


def _is_meaningless(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs") or character == "\ufffd"


def _look_alike(own: str, said: str) -> bool:
    """Whether fonts draw both with the same glyphs: Cyrillic and Latin letters, signs and their radicals."""
    from preprocess.screening.characters import plain  # few files need it, and every worker would pay for it

    return plain(own) == plain(said)


def _letters(text: str) -> Counter[str]:
    return Counter(character for character in text.casefold() if character.isalnum())


def _string(mark: Handle) -> str:
    """A text of the file: UTF-16 or UTF-8 with a mark of order, or single bytes."""
    size = ctypes.c_ulong()
    raw.FPDFPageObjMark_GetParamBlobValue(mark, _KEY, None, 0, ctypes.byref(size))
    buffer = (ctypes.c_ubyte * max(1, size.value))()
    raw.FPDFPageObjMark_GetParamBlobValue(mark, _KEY, buffer, size.value, ctypes.byref(size))
    said = bytes(buffer)[: size.value]
    for order, encoding in ((codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF8, "utf-8")):
        if said.startswith(order):
            return said[len(order) :].decode(encoding, "replace")
    return said.decode("latin-1")
