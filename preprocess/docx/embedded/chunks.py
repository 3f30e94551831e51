"""Read the files that a Word file shows in place of a paragraph (altChunk): HTML, web archives, RTF, plain text or Word, as lines."""

from collections.abc import Callable

from preprocess.document import Document, Note, Unreadable
from preprocess.docx.ooxml import Package
from preprocess.file_kind import kind_of
from preprocess.guarded.readers import READERS

_KINDS = frozenset({"html", "mail", "rtf", "text", "wordml"})
"""Kinds that Word takes, beside its own; a web archive is a mail."""

_MAX_BYTES = 10_000_000
_MAX_CHUNKS = 50


class Chunks:
    """Read the chunks of one file, each once. `read_word` reads those that are Word files themselves."""

    def __init__(self, package: Package, read_word: Callable[[bytes, str], Document]):
        self._package, self._read_word = package, read_word
        self._lines: dict[str, list[str]] = {}
        self._shown = 0
        self.unread = 0
        """Chunks that could not be read."""
        self.notes: list[Note] = []
        """What the readers of the chunks noted."""

    def lines(self, path: str) -> list[str]:
        """Return the lines of the chunk in this part of the package; none if it cannot be read."""
        self._shown += 1
        if self._shown > _MAX_CHUNKS:
            self.unread += 1
            return []
        if path not in self._lines:
            self._lines[path] = self._read(path)
        return self._lines[path]

    def _read(self, path: str) -> list[str]:
        data = self._package.binary(path, _MAX_BYTES)
        kind = kind_of(data, path)
        try:
            if kind == "zip":
                document = self._read_word(data, path)
            elif kind in _KINDS and kind in READERS:
                document = READERS[kind].function()(data, path)
            else:
                raise Unreadable("unsupported_type")
        except Unreadable:
            self.unread += 1
            return []
        self.notes += [note for note in document.notes if note.code != "picture_not_read"]
        self.unread += sum(note.code == "picture_not_read" for note in document.notes)
        return [line.text for page in document.pages for line in page.lines if line.text]
