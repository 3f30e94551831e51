"""PDF → Document, by a process of its own per file (docs/adr/0003): a bomb, an endless loop or a crash costs that file and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

from preprocess.document import Document, Line, Note, Page, Unreadable

_ROOT = Path(__file__).resolve().parent.parent
_MAX_SECONDS = 20


def read_pdf(data: bytes, name: str) -> Document:
    """Read up to 30 pages of a PDF into lines in reading order. Blocks for about 0.15 s; call it from several threads.

    Raises Unreadable: `needs_password`, `damaged`, `too_complex` (a limit on size, memory or time was reached), `scanned` (no text
    layer), `garbled` (fonts that do not say which characters they draw), `reader_failed`.
    """
    command = [sys.executable, "-m", "preprocess.pdf_worker"]
    try:
        done = subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=_ROOT, timeout=_MAX_SECONDS)
    except subprocess.TimeoutExpired:
        raise Unreadable("too_complex") from None
    except OSError as error:
        raise Unreadable("reader_failed", type(error).__name__) from None
    if done.returncode < 0:  # ended by a signal: out of memory or of time, or a crash in the parser
        raise Unreadable("too_complex")
    try:
        reply = json.loads(done.stdout)
    except ValueError:
        raise Unreadable("reader_failed", str(done.returncode)) from None
    if "reason" in reply:
        raise Unreadable(reply["reason"], reply["detail"])
    pages = tuple(Page(tuple(Line(**line) for line in page["lines"]), page["width"], page["height"]) for page in reply["pages"])
    return Document(name, "pdf", pages, tuple(Note(**note) for note in reply["notes"]))
