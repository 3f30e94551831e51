"""Read a file's bytes into a Document, by content and not by name. Only tells what the bytes are; guarded processes parse them."""

from pathlib import PurePath

from preprocess.document import Document, Unreadable
from preprocess.file_kind import CONTAINER_EXTENSIONS, DOCUMENT_EXTENSIONS, FORMAT_NAMES, PICTURES, kind_of
from preprocess.foreign_formats import refusal
from preprocess.guarded.client import MAX_CHARACTERS, read_guarded
from preprocess.guarded.readers import READERS
from preprocess.ocr.pictured_pages import with_recognised_pages
from preprocess.ocr.reader import read_picture
from preprocess.pdf.portfolio import read_portfolio
from preprocess.pdf.reader import read_pdf

_MAX_BYTES_PER_CHARACTER = 4  # of a character, in any encoding
_SAMPLE = 65_536
_BLANK = b"\0\t\n\f\r "
_UNREADABLE_PICTURES = {"avif"}


def read_document(data: bytes, name: str, max_characters: int = MAX_CHARACTERS) -> Document:
    """Read one document: what is in the file at all. Of a mail that is its body, of a sheet all of its rows (`intake` opens both up).

    `name` is for messages; only a text or web page named .pdf is refused for it. Raises Unreadable: `empty_file`, `not_pdf`, `image_kind`,
    `unsupported_type`, `needs_password`, `winmail`, `too_long`, the reasons of `foreign_formats`, and what the reader of the kind raises.
    """
    try:
        return _read(data, name, max_characters)
    except Unreadable as error:
        if error.reason != "pdf_portfolio":
            raise
    return read_portfolio(data, name, lambda data, name: _read(data, name, max_characters))


def _read(data: bytes, name: str, max_characters: int) -> Document:
    kind = kind_of(data, name)
    if kind == "table" and kind_of(data, "") == "html":  # a page called .xls is read as a page; `intake` looks for rows of people in it
        kind = "html"
    if kind in ("text", "html") and name.lower().endswith(".pdf") and data[:_SAMPLE].strip(_BLANK):
        raise Unreadable("not_pdf")
    if kind == "pdf":
        return read_pdf(data, name, max_characters)
    if kind in PICTURES:
        if kind in _UNREADABLE_PICTURES:
            raise Unreadable("image_kind", PICTURES[kind])
        return read_picture(data, name, PICTURES[kind])
    if kind == "encrypted":
        raise Unreadable("needs_password")
    if kind == "winmail":
        raise Unreadable("winmail")
    if kind == "text":
        return _read_text(data, name, max_characters)
    if kind in READERS:
        document = read_guarded(kind, data, name, max_characters)
        return with_recognised_pages(document, data, kind)
    if kind == "word2":
        raise Unreadable("old_word", "Word 2")
    if kind == "ole" and PurePath(name).suffix.lower() in (DOCUMENT_EXTENSIONS | CONTAINER_EXTENSIONS.keys()):
        raise Unreadable("damaged")  # a .doc without its text
    if error := refusal(kind):
        raise error
    raise Unreadable("unsupported_type", FORMAT_NAMES.get(kind, kind.upper()))


def _read_text(data: bytes, name: str, max_characters: int) -> Document:
    if len(data) > _MAX_BYTES_PER_CHARACTER * max_characters:
        read_guarded("text", data[:_SAMPLE], name, max_characters)  # is it text at all?
        raise Unreadable("too_long", f"{max_characters:,}")
    return read_guarded("text", data, name, max_characters)
