"""Define the table of readers: which function reads which kind of file, within which limits. They run in guarded processes only.

A function takes the file's bytes (or, if it `seeks`, the open file) and string arguments, and returns a Document, plain data for JSON,
or bytes. Unreadable is its way to refuse a file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

_GB = 1 << 30


@dataclass(frozen=True)
class Reader:
    """A function by module and name, with its limits. `seconds` is processor time; `clock_seconds` allows for a busy machine."""

    module: str
    name: str
    seconds: int = 10
    clock_seconds: int = 60
    memory: int = _GB
    """Bytes of address space."""

    seeks: bool = False
    forks: bool = True
    """False if one of its libraries starts threads on import, which a forked process would not have."""

    def function(self) -> Callable[..., Any]:
        """Import and return the function. Only guarded processes do: the server must not load parsers."""
        return getattr(import_module(self.module), self.name)


READERS = {
    "pdf": Reader("preprocess.pdf.worker", "read_file", seconds=20),  # 30 scanned pages with a text layer take 15
    "pdf_attachment_names": Reader("preprocess.pdf.attachments", "attachment_names"),
    "pdf_attachment": Reader("preprocess.pdf.attachments", "attachment"),
    "zip": Reader("preprocess.zip_document", "read_zip"),
    "picture": Reader("preprocess.embedded_pictures", "read_picture", seconds=20),
    "text": Reader("preprocess.plain_text", "read_text"),
    "doc": Reader("preprocess.office.doc97.reader", "read_doc"),
    "odt": Reader("preprocess.office.odt", "read_odt"),
    "wordml": Reader("preprocess.office.wordml", "read_wordml"),
    "rtf": Reader("preprocess.office.rtf.reader", "read_rtf"),
    "html": Reader("preprocess.web.html", "read_html"),
    "mail": Reader("preprocess.mail.body", "read_mail"),
    "mbox": Reader("preprocess.mail.body", "read_mbox"),
    "msg": Reader("preprocess.mail.body", "read_msg"),
    "table": Reader("preprocess.tables.sheet", "read_sheet", seconds=20),
    "roster": Reader("preprocess.tables.roster", "read_roster", seconds=20, seeks=True),
    "profile": Reader("preprocess.profiles.profile", "read_profile"),
    "repack": Reader("preprocess.guarded.repack", "repack", seconds=60, clock_seconds=120, memory=2 * _GB, seeks=True),
    "page_sizes": Reader("preprocess.page_pictures", "page_sizes", seconds=6, clock_seconds=30, memory=2 * _GB),
    "page_picture": Reader("preprocess.page_pictures", "page_picture", seconds=6, clock_seconds=30, memory=2 * _GB),
    "archive": Reader("preprocess.guarded.archive_worker", "entries", seeks=True),
    "archive_entry": Reader("preprocess.guarded.archive_worker", "content", seeks=True),
    "probe": Reader("preprocess.guarded.sandbox.probe", "probe"),  # of no kind of file: tries to break out, for ./start.sh doctor
    "ocr": Reader("preprocess.ocr.worker", "read_scan", seconds=320, clock_seconds=600, memory=3 * _GB, forks=False),
}
