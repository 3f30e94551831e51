"""Read a document that is a ZIP inside, by the reader of its kind. In guarded processes only."""

from collections.abc import Callable, Iterator

from preprocess.archives.zip import document_kind, open_archive
from preprocess.document import Document, Unreadable
from preprocess.docx.reader import docx_pictures, read_docx
from preprocess.fixed_layout.ofd import ofd_pictures, read_ofd
from preprocess.fixed_layout.xps import read_xps, xps_pictures
from preprocess.office.iwork import read_pages
from preprocess.office.odt import odt_pictures, read_odt
from preprocess.office.slides.reader import pptx_pictures, read_pptx
from preprocess.profiles.linkedin import read_linkedin
from preprocess.tables.sheet import read_sheet, sheet_pictures
from preprocess.web.epub import epub_pictures, read_epub

_READERS: dict[str, Callable[[bytes, str], Document]] = {
    "docx": read_docx,
    "odf": read_odt,
    "pptx": read_pptx,
    "pages": read_pages,
    "ofd": read_ofd,
    "xps": read_xps,
    "linkedin": read_linkedin,
    "table": read_sheet,
    "epub": read_epub,
}
_PICTURES: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "docx": docx_pictures,
    "pptx": pptx_pictures,
    "ofd": ofd_pictures,
    "xps": xps_pictures,
    "odf": odt_pictures,
    "table": sheet_pictures,
    "epub": epub_pictures,
}


def read_zip(data: bytes, name: str) -> Document:
    """Read a Word file, or whatever else has a reader in `_READERS`.

    Raises Unreadable: `damaged`, `unsupported_type` (an archive of files: those are listed by `intake`), and what its reader raises.
    """
    kind = document_kind(open_archive(data))
    if kind not in _READERS:
        raise Unreadable("unsupported_type", kind.upper())
    return _READERS[kind](data, name)


def zip_pictures(data: bytes) -> Iterator[bytes]:
    """Return the pictures that `read_zip` left empty pages for, as files. Raises what it raises."""
    kind = document_kind(open_archive(data))
    return _PICTURES[kind](data) if kind in _PICTURES else iter(())
