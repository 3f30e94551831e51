"""Read the files that a Word file shows in place of a paragraph (altChunk): HTML, web archives, RTF, plain text or Word.

Their pictures that may hold text become pictures of the Word file.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from preprocess.document import Document, Note, Unreadable
from preprocess.docx.ooxml import Package
from preprocess.docx.pictures import PictureFiles
from preprocess.file_kind import kind_of
from preprocess.guarded.readers import READERS

_KINDS = frozenset({"html", "mail", "rtf", "text", "wordml"})
"""Kinds that Word takes, beside its own; a web archive is a mail."""

_MAX_BYTES = 10_000_000
_MAX_CHUNKS = 50
_MAX_PICTURES = 5  # of one chunk


class ChunkPicture(NamedTuple):
    """A picture that may hold text: how many lines of the chunk stand behind it, its path, its size in points."""

    lines_behind: int
    path: str
    width: float
    height: float


class ShownChunk(NamedTuple):
    """The lines and pictures of a file that stands in place of a paragraph."""

    lines: list[str]
    pictures: list[ChunkPicture]


class WordFiles(NamedTuple):
    """Functions that read a Word file that stands in another one: its text, and the pictures that an empty page is left for."""

    read: Callable[[bytes, str], Document]
    pictures: Callable[[bytes], Iterator[bytes]]


class Chunks:
    """Read the chunks of one file, each once."""

    def __init__(self, package: Package, word: WordFiles):
        self._package, self._word = package, word
        self._chunks: dict[str, ShownChunk] = {}
        self._pictures = PictureFiles()
        self._shown = 0
        self.unread = 0
        """Chunks that could not be read."""
        self.notes: list[Note] = []
        """What the readers of the chunks noted."""

    def chunk(self, path: str) -> ShownChunk:
        """Return what the chunk in this part of the package shows; nothing if it cannot be read."""
        self._shown += 1
        if self._shown > _MAX_CHUNKS:
            self.unread += 1
            return ShownChunk([], [])
        if path not in self._chunks:
            self._chunks[path] = self._read(path)
        return self._chunks[path]

    def binary(self, path: str, limit: int) -> bytes:
        """Return a picture of a chunk or of the Word file itself; b"" if it is missing or larger than `limit` bytes."""
        return self._pictures.binary(path, limit) or self._package.binary(path, limit)

    def _read(self, path: str) -> ShownChunk:
        data = self._package.binary(path, _MAX_BYTES)
        kind = kind_of(data, path)
        try:
            if kind == "zip":
                document = self._word.read(data, path)
            elif kind in _KINDS and kind in READERS:
                document = READERS[kind].function()(data, path)
            else:
                raise Unreadable("unsupported_type")
        except Unreadable:
            self.unread += 1
            return ShownChunk([], [])
        self.notes += [note for note in document.notes if note.code != "picture_not_read"]
        left_out = [note for note in document.notes if note.code == "picture_not_read"]
        files = self._files(data, kind, sum(note.page is not None for note in left_out))
        self.unread += len(left_out) - len(files)
        lines = [line.text for page in document.pages for line in page.lines if line.text]
        return ShownChunk(lines, self._placed(document, files, len(lines)))

    def _files(self, data: bytes, kind: str, count: int) -> list[bytes]:
        """Return the first pictures that the reader of a chunk left empty pages for."""
        count = min(count, _MAX_PICTURES)
        if kind == "zip":
            return list(islice(self._word.pictures(data), count))
        return [READERS["picture"].function()(data, kind, str(index)) for index in range(count)]

    def _placed(self, document: Document, files: list[bytes], lines: int) -> list[ChunkPicture]:
        """Return the pictures with where they stand in the text of a chunk."""
        pictures: list[ChunkPicture] = []
        for page in document.pages:
            lines -= sum(bool(line.text) for line in page.lines)
            if page.height and not page.lines and len(pictures) < len(files):
                pictures.append(ChunkPicture(lines, self._pictures.add(files[len(pictures)]), page.width, page.height))
        return pictures
