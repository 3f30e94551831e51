"""Compare the ActualText of a PDF page, declared in place of its glyphs, with what is drawn; believe it only where they agree.

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
from preprocess.pdf.hidden.marks import Handle, PageObject

_KEY = b"ActualText"
_MAX_PER_GLYPH = 3  # characters that one glyph may stand for, as in "ffi"
_MAX_LABEL = 20  # one word that names an icon
_MAX_MARKS = 50  # spans around a text; a tagged file has some three
_MIN_LETTERS = 8  # letters said but not drawn; fewer are a capital read as its word, a sign read by its name


class ActualTextSpan(NamedTuple):
    """The text declared in place of the characters of some text objects, which are given by their addresses."""

    actual: str
    objects: set[int]


class ActualText(NamedTuple):
    """The texts to read in place of glyphs without a character, by index in the text page, and the texts that contradict what is drawn."""

    replacements: dict[int, str]
    mismatched: list[str]


def remove_actual_text(parts: list[PageObject]) -> list[ActualTextSpan]:
    """Remove the ActualText of a page and return its spans; a text page loaded afterwards has the characters of the glyphs themselves.

    Raises Unreadable `too_complex` for texts in more spans than any program writes: the work is spans times texts.
    """
    spans: dict[int, ActualTextSpan] = {}
    marked: list[tuple[Handle, Handle]] = []
    for part in parts:
        if part.kind != raw.FPDF_PAGEOBJ_TEXT:
            continue
        count = raw.FPDFPageObj_CountMarks(part.handle)
        if count > _MAX_MARKS:
            raise Unreadable("too_complex")
        for number in range(count):
            mark = raw.FPDFPageObj_GetMark(part.handle, number)
            if raw.FPDFPageObjMark_GetParamValueType(mark, _KEY) == raw.FPDF_OBJECT_UNKNOWN:
                continue
            address = ctypes.addressof(mark.contents)
            if address not in spans:
                spans[address] = ActualTextSpan(_string(mark), set())
                marked.append((part.handle, mark))
            spans[address].objects.add(ctypes.addressof(part.handle.contents))
    for handle, mark in marked:
        raw.FPDFPageObjMark_RemoveParam(handle, mark, _KEY)
    return list(spans.values())


def compare_actual_text(text: pdfium.PdfTextPage, spans: list[ActualTextSpan]) -> ActualText:
    """Compare the spans with what is drawn and return what to read of them. Linear in the characters of the page and of the spans."""
    actual = ActualText({}, [])
    if not spans:
        return actual
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
    mismatched, letters = [], 0
    for number, span in enumerate(spans):
        drawn_text = "".join(character for _, character in drawn[number])
        replacements = _replacement(drawn_text, span.actual)
        if replacements is None:
            mismatched.append(span.actual)
            letters += sum((_letter_counts(span.actual) - _letter_counts(drawn_text)).values())
        elif replacements:
            indexes = [index for index, _ in drawn[number]]
            for position, index in enumerate(indexes):
                actual.replacements[index] = replacements[
                    position * len(replacements) // len(indexes) : (position + 1) * len(replacements) // len(indexes)
                ]
    if letters >= _MIN_LETTERS:
        actual.mismatched.extend(mismatched)
    return actual


def _replacement(drawn_text: str, actual: str) -> str | None:
    """Return what to read in place of the glyphs' own characters: "" if these will do, None if the text contradicts them."""
    drawn_text, actual = "".join(drawn_text.split()).replace("\x02", "-"), actual.strip()  # \x02: a hyphen at the end of a line, to pdfium
    bare = "".join(actual.split())
    if _plain(drawn_text) == _plain(bare):
        return actual if len(drawn_text) == len(bare) and "\xad" not in actual else ""
    unknown = sum(map(_is_meaningless, drawn_text))
    if unknown:
        meant = [character for character in drawn_text if not _is_meaningless(character)]
        if len(bare) <= len(meant) + _MAX_PER_GLYPH * unknown and _is_part(_plain("".join(meant)), _plain(bare)):
            return actual
        return "" if unknown == len(drawn_text) and bare == actual and len(actual) <= _MAX_LABEL else None
    return actual if len(drawn_text) == len(bare) and _look_alike(drawn_text, bare) else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("\xad", "-").replace("\u2010", "-")


def _is_part(short: str, long: str) -> bool:
    """Return whether the characters of `short` occur in `long` in the same order."""
    rest = iter(long)
    return all(character in rest for character in short)


def _is_meaningless(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs") or character == "\ufffd"


def _look_alike(drawn_text: str, actual: str) -> bool:
    """Return whether fonts draw both with the same glyphs: Cyrillic and Latin letters, signs and their radicals."""
    from preprocess.screening.characters import plain  # few files need it, and every worker would pay for it

    return plain(drawn_text) == plain(actual)


def _letter_counts(text: str) -> Counter[str]:
    return Counter(character for character in text.casefold() if character.isalnum())


def _string(mark: Handle) -> str:
    """Decode a PDF string: UTF-16 or UTF-8 with a byte order mark, or single bytes."""
    size = ctypes.c_ulong()
    raw.FPDFPageObjMark_GetParamBlobValue(mark, _KEY, None, 0, ctypes.byref(size))
    buffer = (ctypes.c_ubyte * max(1, size.value))()
    raw.FPDFPageObjMark_GetParamBlobValue(mark, _KEY, buffer, size.value, ctypes.byref(size))
    actual = bytes(buffer)[: size.value]
    for order, encoding in ((codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF8, "utf-8")):
        if actual.startswith(order):
            return actual[len(order) :].decode(encoding, "replace")
    return actual.decode("latin-1")
