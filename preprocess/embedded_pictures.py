"""Take the pictures that readers left empty pages for out of their file, to be recognised. In guarded processes only."""

from collections.abc import Callable, Iterator
from itertools import islice

from preprocess.mail.body import mail_pictures, mbox_pictures, msg_pictures
from preprocess.office.doc97.reader import doc_pictures
from preprocess.office.odt import odt_pictures
from preprocess.office.rtf.reader import rtf_pictures
from preprocess.office.wordml import wordml_pictures
from preprocess.tables.sheet import sheet_pictures
from preprocess.web.html import html_pictures
from preprocess.zip_document import zip_pictures

_PICTURES: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "zip": zip_pictures,
    "html": html_pictures,
    "mail": mail_pictures,
    "mbox": mbox_pictures,
    "msg": msg_pictures,
    "doc": doc_pictures,
    "rtf": rtf_pictures,
    "odt": odt_pictures,
    "wordml": wordml_pictures,
    "table": sheet_pictures,
}
"""By the kind of the file, as in `readers.READERS`."""


def read_picture(data: bytes, kind: str, index: str) -> bytes:
    """Return a page that is a picture (from 0, in the order of the reader's notes) as a picture file; b"" if it cannot be taken out.

    Raises what the reader of the kind raises.
    """
    return next(islice(_PICTURES[kind](data), int(index), None), b"") if kind in _PICTURES else b""
