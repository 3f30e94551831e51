"""A document that is a ZIP inside → Document, by the reader of its kind. In guarded processes only."""

from collections.abc import Callable

from preprocess.archive import document_kind, open_archive
from preprocess.document import Document, Unreadable
from preprocess.docx.reader import read_docx
from preprocess.office.odt import read_odt
from preprocess.office.slides.reader import read_pptx
from preprocess.profiles.linkedin import read_linkedin
from preprocess.tables.sheet import read_sheet

_READERS: dict[str, Callable[[bytes, str], Document]] = {
    "docx": read_docx,
    "odf": read_odt,
    "pptx": read_pptx,
    "linkedin": read_linkedin,
    "table": read_sheet,
}


def read_zip(data: bytes, name: str) -> Document:
    """Read a Word file, or whatever else has a reader in `_READERS`.

    Raises Unreadable: `damaged`, `unsupported_type` (an archive of files: those are listed by `intake`), and what its reader raises.
    """
    archive = open_archive(data)
    kind = document_kind(archive)
    if kind not in _READERS:
        raise Unreadable("unsupported_type", kind.upper())
    return _READERS[kind](data, name)
