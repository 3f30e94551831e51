"""Read the text of a PDF file inside a guarded process (docs/adr/0003), and note what a person must know about the reading."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.document import Document, Line, Note, Page, Unreadable, quote_notes
from preprocess.layout.glyphs import Glyph
from preprocess.layout.lines import read_lines
from preprocess.lexicon.characters import width
from preprocess.pdf.attachments import unread_attachments
from preprocess.pdf.guard import PlainPage, plain_pages
from preprocess.pdf.text import NO_GLYPHS, GlyphPage, has_picture, open_pdf, read_page
from preprocess.pdf.xfa import is_shell, xfa_lines

MAX_PAGES = 30
_LAYER = "text_layer"
_MAX_GARBAGE = 0.1  # share of meaningless characters, or of those in fonts without a map; good text has none, bad one 0.25 and more
_MIN_CHARACTERS = 20  # a page with fewer and a picture is a scan, perhaps with a stamp of the scanning app
_FEW_CHARACTERS, _MORE_LETTERS = 150, 2  # so is one with fewer and this many times as many letters in pictures: a header, a page number
_MIN_LETTERS = 20  # in pictures beside text; a logo has fewer
_LAYER_SHARE = 0.5  # of the letters in a scan that its text layer has at least, even if it does not lie where they are
_TORN_WORD = re.compile(r"[a-z]{2}[0-9][a-z]|(?<![a-z0-9])[018][a-z]{4}", re.IGNORECASE)  # Ca1loway, 8ackend: digits taken for letters
_MAX_TORN, _MIN_TORN = 0.05, 3  # share of the words in a text layer, and their number: recognition that failed
_MIN_WORDS = 0.7  # share of letters and digits in a text layer; a bad one is full of other signs


def read_file(data: bytes, name: str) -> Document:
    """Return a PDF as a Document. Raises what `read` raises."""
    pages, notes = read(data)
    return Document(name, "pdf", tuple(pages), tuple(notes))


def read(data: bytes) -> tuple[list[Page], list[Note]]:
    """Return the pages of a PDF, and notes on what a person must know about the reading.

    Raises Unreadable: `needs_password`, `damaged`, `too_complex`, `scanned`, `garbled`, `pdf_portfolio`, `xfa_form`.
    """
    plain = plain_pages(data, MAX_PAGES) or []
    try:
        document = open_pdf(data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise Unreadable("needs_password") from None
        if not plain or any(map(_is_garbled_plain, plain)):
            raise Unreadable("damaged") from None
        pages = [Page(_plain_lines(page.text)) for page in plain]
        return pages, [note for number, page in enumerate(pages, 1) for note in _quoting("hidden_unsure", number, page.lines)]
    notes: list[Note] = []
    if len(document) > MAX_PAGES:
        notes.append(Note("page_cap", page=MAX_PAGES, count=len(document)))
    pages, problems = [], []
    for index in range(min(MAX_PAGES, len(document))):
        page, problem = _read_page(document, index, plain[index] if index < len(plain) else PlainPage("", 0.0), notes)
        pages.append(page)
        problems.append(problem)
    text = "\n".join(line.text for page in pages for line in page.lines)
    values = xfa_lines(document, text)
    if values is not None:
        return [Page(tuple(map(Line, values)))], [Note("xfa_values")]
    if is_shell(text):
        raise Unreadable("xfa_form")
    if count := unread_attachments(document):
        notes.append(Note("embedded_not_read", count=count))
    if all(problems):
        raise Unreadable(next((problem for problem in problems if problem == "garbled"), problems[0]) if problems else "damaged")
    if layers := [note for note in notes if note.code == _LAYER]:
        notes = [note for note in notes if note.code != _LAYER] + [Note(_LAYER, page=layers[0].page, count=len(layers))]
    notes += [Note("page_" + problem, page=number) for number, problem in enumerate(problems, 1) if problem]
    return pages, notes


def _read_page(document: pdfium.PdfDocument, index: int, plain: PlainPage, notes: list[Note]) -> tuple[Page, str]:
    """Return one page, and its problem: "", "scanned", "garbled" or "damaged". `plain` is what pypdf read on it."""
    try:
        page = read_page(document, index, plain.names)
    except pdfium.PdfiumError:
        page = NO_GLYPHS
    text = "".join(glyph.text for glyph in page.glyphs if not glyph.text.isspace())
    hidden = read_lines(glyph for glyph in page.hidden if not _is_garbage(glyph.text))
    notes += quote_notes("hidden_text", [*(line.text for line in hidden), *page.mismatched], index + 1)
    is_bad = not text or _is_garbled(text) or plain.unmapped > _MAX_GARBAGE
    if is_bad and not page.hidden and not page.mismatched and plain.text.strip() and not _is_garbled_plain(plain):
        lines = _plain_lines(plain.text)
        notes += _quoting("hidden_unsure", index + 1, lines)
        return Page(lines, page.width, page.height), ""
    notes += _quoting("hidden_unsure", index + 1, read_lines(page.unsure))
    notes += quote_notes("hidden_unsure", page.unseen_values, index + 1)
    if is_bad:
        if text:
            return Page((), page.width, page.height), "garbled"
        if not page.width:
            return Page((), page.width, page.height), "damaged"
    if unknown := sum(map(_is_garbage, text)):
        notes.append(Note("unknown_glyphs", page=index + 1, count=unknown))
    if page.unread_annotations:
        notes.append(Note("embedded_not_read", page=index + 1, count=page.unread_annotations))
    lines = read_lines(legible(page.glyphs), page.rules)
    is_scan = not text or (len(text) < _MIN_CHARACTERS and has_picture(document, index))
    problem = "scanned" if is_scan else _pictured_problem(page, text, lines)
    if page.is_text_layer and problem in ("", "part_not_read"):
        notes.append(Note(_LAYER, page=index + 1))
    if problem == "part_not_read":
        notes.append(Note("page_part_not_read", page=index + 1))
        problem = ""
    return Page(lines, page.width, page.height), problem


def legible(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Yield the glyphs with spaces in place of those that say nothing."""
    return (glyph._replace(text=" ") if _is_garbage(glyph.text) else glyph for glyph in glyphs)


def _pictured_problem(page: GlyphPage, text: str, lines: Sequence[Line]) -> str:
    """Return what the letters in pictures make of a page with text: "", "part_not_read", "scanned", or "garbled" for a bad text layer."""
    letters = page.pictured.unexplained + page.pictured.explained
    if page.is_text_layer:
        if sum(map(str.isalnum, text)) < _MIN_WORDS * len(text) or _has_torn_words(lines):
            return "garbled"
        if width(text) >= _LAYER_SHARE * letters:  # a Chinese character is several shapes
            return ""
    if page.pictured.unexplained < _MIN_LETTERS:
        return ""
    is_scan = len(text) < _FEW_CHARACTERS and page.pictured.unexplained > _MORE_LETTERS * len(text) and len(page.pictured.places) == 1
    return "scanned" if is_scan else "part_not_read"


def _has_torn_words(lines: Sequence[Line]) -> bool:
    """Return whether a text layer has digits where words have letters, so often that recognising the page anew is better."""
    words = [word for line in lines for word in line.text.split()]
    torn = sum(_TORN_WORD.search(word) is not None for word in words)
    return torn >= max(_MIN_TORN, _MAX_TORN * len(words))


def _quoting(code: str, page: int, lines: Sequence[Line]) -> list[Note]:
    return quote_notes(code, [line.text for line in lines], page)


def _plain_lines(text: str) -> tuple[Line, ...]:
    return tuple(Line(line.strip()) for line in text.splitlines() if line.strip())


def _is_garbled_plain(page: PlainPage) -> bool:
    return page.unmapped > _MAX_GARBAGE or _is_garbled(page.text)


def _is_garbled(text: Iterable[str]) -> bool:
    text = [character for character in text if not character.isspace()]
    return sum(map(_is_garbage, text)) > _MAX_GARBAGE * len(text)


@cache
def _is_garbage(character: str) -> bool:
    """Return whether a character says nothing: a control, private or unassigned code point, or the replacement character."""
    return not character.isspace() and (
        character == "�" or any(unicodedata.category(code_point) in ("Cc", "Co", "Cn") for code_point in character)
    )
