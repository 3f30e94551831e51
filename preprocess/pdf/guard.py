"""Check a PDF with pypdf within tight limits: ZIP bombs, passwords, plain text, and fonts without a character map.

pdfium has no limits of its own, so this runs before it. Runs in the guarded process only (see worker.py).
"""

import io
import logging
from types import MappingProxyType
from typing import NamedTuple, cast

from pypdf import PageObject, PdfReader, overwrite_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject

from preprocess.document import Unreadable
from preprocess.pdf.font_names import glyph_names
from preprocess.pdf.glyph_meanings import GlyphNames

# Every bomb tried was stopped within 0.2 s, and no ordinary resume comes near: its page holds some 10 KB, 20,000 operands.
_LIMITS = {
    "zlib_maximum_output_length": 5_000_000,
    "array_based_stream_maximum_output_length": 5_000_000,
    "stream_parsing_work_maximum_count": 300_000,
    "page_tree_maximum_page_entries": 500_000,
    "xform_maximum_invocations_per_extraction": 2_000,  # of one page; forms in forms draw themselves billions of times
    "jbig2dec_binary": None,
}


class _StopAtForms(logging.Handler):
    """Raises LimitReachedError where pypdf only logs that forms exceed its limit; pdfium would go on until its memory is used up."""

    def emit(self, record: logging.LogRecord) -> None:
        if "form XObject invocations" in record.getMessage():
            raise LimitReachedError(record.getMessage())


class PlainPage(NamedTuple):
    """The text of a page in drawing order, and the share (0 to 1) of it in fonts that do not say which characters they draw.

    `names` are the names of its glyphs by code, for each of its fonts.
    """

    text: str
    unmapped: float
    names: GlyphNames = MappingProxyType({})


def plain_pages(data: bytes, max_pages: int) -> list[PlainPage] | None:
    """Return the text of the first pages, or None where pypdf cannot parse the file.

    Raises Unreadable: `needs_password`, `pdf_portfolio` for a file that only wraps others, and `too_complex` where a limit on size was
    reached.
    """
    overwrite_configuration(**_LIMITS)
    logging.getLogger("pypdf._page").addHandler(_StopAtForms())
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("needs_password")
        if "/Collection" in reader.root_object and next(iter(reader.attachment_list), None):
            raise Unreadable("pdf_portfolio")
        return [_plain_page(reader.pages[index]) for index in range(min(max_pages, len(reader.pages)))]
    except LimitReachedError as error:
        if "number of tokens" in str(error):  # a page full of vector graphics, which pdfium reads in no time
            return None
        raise Unreadable("too_complex") from None
    except (Unreadable, MemoryError):
        raise
    except Exception:  # pypdf lets many kinds of errors out of broken files; pdfium may still read them
        return None


def _plain_page(page: PageObject) -> PlainPage:
    count = unmapped = 0
    fonts: dict[int, DictionaryObject] = {}

    def visit(text: str, matrix: object, line_matrix: object, font: DictionaryObject | None, size: object) -> None:
        nonlocal count, unmapped
        length = sum(not character.isspace() for character in text)
        count += length
        if font:
            fonts[id(font)] = font
        unmapped += length * _is_unmapped(font)

    text = page.extract_text(visitor_text=visit)
    return PlainPage(text, unmapped / max(1, count), glyph_names(fonts.values()))


def _is_unmapped(font: DictionaryObject | None) -> bool:
    """Return whether a text's codes are glyph numbers of this very font: readers then show other letters, without an error."""
    if not font or "/ToUnicode" in font or font.get("/Subtype") != "/Type0" or font.get("/Encoding") not in ("/Identity-H", "/Identity-V"):
        return False
    descendant = cast(DictionaryObject, cast(ArrayObject, font["/DescendantFonts"])[0].get_object())
    return cast(DictionaryObject, descendant["/CIDSystemInfo"])["/Ordering"] == "Identity"
