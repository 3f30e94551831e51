"""A file's bytes → Document, by content and not by name. Looks at the first bytes only; guarded processes parse the rest."""

from preprocess.document import Document, Unreadable
from preprocess.guarded.client import MAX_CHARACTERS, read_guarded
from preprocess.ocr.reader import read_picture
from preprocess.pdf.portfolio import read_portfolio
from preprocess.pdf.reader import read_pdf

_MAX_BYTES_PER_CHARACTER = 4  # of a character, in any encoding
_SAMPLE = 65_536
_PDF = b"%PDF-"
_PDF_WITHIN = 1024  # mail gateways and scanners put junk before the header; readers look this far
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, and .docx with a password
_IMAGES = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"II*\0": "TIFF", b"MM\0*": "TIFF"}
_UNREADABLE_IMAGES = {"GIF", "HEIC"}
_UNSUPPORTED = {
    b"Rar!": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7Z",
    b"\x1f\x8b": "GZIP",
    b"\x7fELF": "ELF",
    b"MZ\x90": "EXE",
    b"%!PS": "PostScript",
}


def read_document(data: bytes, name: str, max_characters: int = MAX_CHARACTERS) -> Document:
    """Read a PDF, DOCX, text or picture file. `name` is for messages; only a text named .pdf is refused for it.

    Raises Unreadable: `empty_file`, `not_pdf`, `image_kind`, `unsupported_type`, `too_long`, or what `read_pdf`, `read_portfolio`,
    `read_docx`, `read_picture` and `read_text` raise.
    """
    try:
        return _read(data, name, max_characters)
    except Unreadable as error:
        if error.reason != "pdf_portfolio":
            raise
    return read_portfolio(data, name, lambda data, name: _read(data, name, max_characters))


def _read(data: bytes, name: str, max_characters: int) -> Document:
    if data.startswith((*_ZIP, _OLE)):
        return read_guarded("docx", data, name, max_characters)
    if _PDF in data[:_PDF_WITHIN]:
        return read_pdf(data, name, max_characters)
    if kind := _image(data):
        if kind in _UNREADABLE_IMAGES:
            raise Unreadable("image_kind", kind)
        return read_picture(data, name, kind)
    for magic, kind in _UNSUPPORTED.items():
        if data.startswith(magic):
            raise Unreadable("unsupported_type", kind)
    is_blank = not data[:_SAMPLE].strip(b"\0\t\n\f\r ")
    if name.lower().endswith(".pdf") and not is_blank:
        raise Unreadable("not_pdf")
    if len(data) > _MAX_BYTES_PER_CHARACTER * max_characters:
        read_guarded("text", data[:_SAMPLE], name, max_characters)  # is it text at all?
        raise Unreadable("too_long", f"{max_characters:,}")
    return read_guarded("text", data, name, max_characters)


def _image(data: bytes) -> str:
    """Return the picture format of the bytes, or ""."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return "HEIC"
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "BMP"
    return next((kind for magic, kind in _IMAGES.items() if data.startswith(magic)), "")
