"""Which function reads which kind of file, and within which limits: a line a reader. All of them run in guarded processes only.

A function takes the file's bytes (or, where it `seeks`, the open file) and string arguments, and returns a Document, plain data for
JSON, or bytes. What it raises as Unreadable is the answer too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

_GB = 1 << 30


@dataclass(frozen=True)
class Reader:
    """A function by its module and name. `seconds` are of processor time; `clock_seconds` pass on a machine that ranks meanwhile."""

    module: str
    name: str
    seconds: int = 10
    clock_seconds: int = 60
    memory: int = _GB
    """Bytes of address space."""

    seeks: bool = False
    forks: bool = True
    """False: a library of it starts threads when it is imported, which a forked process would not have."""

    def function(self) -> Callable[..., Any]:
        """Import the function. Only guarded processes do: the parsers are none of the server's business."""
        return getattr(import_module(self.module), self.name)


READERS = {
    "pdf": Reader("preprocess.pdf.worker", "read_file"),
    "docx": Reader("preprocess.docx.reader", "read_docx"),
    "text": Reader("preprocess.plain_text", "read_text"),
    "archive": Reader("preprocess.guarded.archive_worker", "entries", seeks=True),
    "archive_entry": Reader("preprocess.guarded.archive_worker", "content", seeks=True),
    "ocr": Reader("preprocess.ocr.worker", "read_scan", seconds=320, clock_seconds=600, memory=3 * _GB, forks=False),
}
