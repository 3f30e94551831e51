"""A document that is a ZIP inside → Document, by the reader of its kind. In guarded processes only."""

from collections.abc import Callable, Iterator
from itertools import islice

from preprocess.archive import open_archive, read_member
from preprocess.document import Document, Unreadable
from preprocess.docx.reader import docx_pictures, read_docx
from preprocess.file_kind import zip_kind
from preprocess.fixed_layout.ofd import ofd_pictures, read_ofd
from preprocess.fixed_layout.xps import read_xps, xps_pictures
from preprocess.office.iwork import read_pages

_READERS: dict[str, Callable[[bytes, str], Document]] = {
    "docx": read_docx,
    "ofd": read_ofd,
    "xps": read_xps,
    "pages": read_pages,
}
_PICTURES: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "docx": docx_pictures,
    "ofd": ofd_pictures,
    "xps": xps_pictures,
}
_MAX_MIMETYPE = 100


def read_zip(data: bytes, name: str) -> Document:
    """Read a Word file, or whatever else has a reader in `_READERS`.

    Raises Unreadable: `damaged`, `unsupported_type` (an archive of files: those are listed by `intake`), and what its reader raises.
    """
    kind = _kind(data)
    if kind not in _READERS:
        raise Unreadable("unsupported_type", kind.upper())
    return _READERS[kind](data, name)


def read_picture(data: bytes, index: str) -> bytes:
    """Return a page that is a picture (from 0, in the order of the reader's notes) as a picture file; b"" if it cannot be taken out.

    Raises what `read_zip` raises.
    """
    return next(islice(_PICTURES[_kind(data)](data), int(index), None), b"")


def _kind(data: bytes) -> str:
    archive = open_archive(data)
    kind = zip_kind(archive.namelist())
    if kind == "odf":
        member = archive.getinfo("mimetype")
        mimetype = read_member(archive, member) if member.file_size <= _MAX_MIMETYPE else b""
        return "table" if b"spreadsheet" in mimetype else "odf"
    return kind
