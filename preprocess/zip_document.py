"""A document that is a ZIP inside → Document, by the reader of its kind. In guarded processes only."""

from collections.abc import Callable

from preprocess.archive import open_archive, read_member
from preprocess.document import Document, Unreadable
from preprocess.docx.reader import read_docx
from preprocess.file_kind import zip_kind
from preprocess.office.odt import read_odt
from preprocess.office.slides.reader import read_pptx

_READERS: dict[str, Callable[[bytes, str], Document]] = {
    "docx": read_docx,
    "odf": read_odt,
    "pptx": read_pptx,
}
_MAX_MIMETYPE = 100


def read_zip(data: bytes, name: str) -> Document:
    """Read a Word file, or whatever else has a reader in `_READERS`.

    Raises Unreadable: `damaged`, `unsupported_type` (an archive of files: those are listed by `intake`), and what its reader raises.
    """
    archive = open_archive(data)
    kind = zip_kind(archive.namelist())
    if kind == "odf":
        member = archive.getinfo("mimetype")
        mimetype = read_member(archive, member) if member.file_size <= _MAX_MIMETYPE else b""
        kind = "table" if b"spreadsheet" in mimetype else "odf"
    if kind not in _READERS:
        raise Unreadable("unsupported_type", kind.upper())
    return _READERS[kind](data, name)
