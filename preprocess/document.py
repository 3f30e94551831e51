"""Define the types of preprocessing: positioned lines, pages, documents, resumes, notes, and why a file could not be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_QUOTE = 80  # characters of passages in a note

FILE_NOTES = frozenset({"file_joined", "file_repeated", "file_left_out"})
"""Codes of the notes that say what became of each further file of a person; `before` is its name."""


@dataclass(frozen=True)
class Note:
    """One thing that was removed from, changed in, or is suspicious about a document, as data: the page puts it into words.

    `code` names the kind of note (a key of `[notes]` in i18n/*.toml); `page` counts from 1 where pages exist; `before` and `after` quote
    the text (`after` empty: removed); `count` is the number of occurrences. `places` are where `after` begins in the cleaned text, as far
    as that is known: later steps may have moved it.
    """

    code: str
    page: int | None = None
    before: str = ""
    after: str = ""
    count: int = 1
    places: tuple[int, ...] = ()


def note_from_json(kept: Mapping[str, Any]) -> Note:
    """Return the note that `dataclasses.asdict` and JSON made of it."""
    return Note(**{**kept, "places": tuple(kept.get("places", ()))})


def quote_notes(code: str, passages: Sequence[str], page: int | None = None) -> list[Note]:
    """Return one note that quotes the beginning of the passages and counts them, or none if there are no passages."""
    text = " ".join(" ".join(passages).split())
    return [Note(code, page=page, before=text[:_QUOTE], count=len(passages))] if passages else []


@dataclass(frozen=True)
class Line:
    """One line of text and its box in points, origin at the page's top left, y downwards (all 0 where there is no layout).

    `size` is the font size in points after the text matrix; `angle` the text's rotation in degrees, counter-clockwise. `cell` is where the
    text of the table cell begins and ends in which the line is one of several.
    """

    text: str
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0
    size: float = 0.0
    angle: float = 0.0
    cell: tuple[float, float] | None = None


@dataclass(frozen=True)
class Page:
    """Lines in reading order. `width` and `height` are in points, 0 where the format has no pages (DOCX, text)."""

    lines: tuple[Line, ...]
    width: float = 0.0
    height: float = 0.0


@dataclass(eq=False)
class Original:
    """The file that a document was read from, where files are kept (--keep-files). Mutable: `path` is where its bytes lie now.

    `kind` is that of the document, `sha256` (hex) that of the bytes, `pages` are what was read, with the place of each line.
    """

    name: str
    kind: str
    sha256: str
    size: int
    pages: tuple[Page, ...]
    path: Path


@dataclass(frozen=True)
class Document:
    """A file as read, before any cleaning. `kind` names its format ("pdf", "docx", "image", "text" …)."""

    name: str
    kind: str
    pages: tuple[Page, ...]
    notes: tuple[Note, ...] = ()
    origin: str = ""
    """The same for all files that came with one mail."""

    parts: "tuple[Document, ...]" = ()
    """The files of one person that this stands for, as read; the first, the resume, lends it its name and pages. (): it is one file."""

    original: Original | None = field(default=None, repr=False, compare=False)
    """The file itself; None where files are not kept, and for pasted text."""

    @property
    def originals(self) -> tuple[Original, ...]:
        """The files that it was read from, its own first."""
        return tuple(part.original for part in self.parts or (self,) if part.original)

    @property
    def text(self) -> str:
        """Its lines, uncleaned, joined with line feeds."""
        return "\n".join(line.text for page in self.pages for line in page.lines)

    @property
    def files(self) -> tuple[str, ...]:
        """Names of the files that belong to it, its own first. A joined document that was stored knows them by its notes only."""
        own = tuple(name for part in self.parts for name in part.files) or (self.name,)
        return own + tuple(note.before for note in self.notes if note.code in FILE_NOTES and note.before not in own)


@dataclass(frozen=True)
class Person:
    """Facts that identify the person of a resume, to erase all of their resumes: kept as keyed digests only, never shown or logged.

    `phones` and `mails` are normalised, `names` as `person.comparable` returns them, `text_id` is the SHA-256 of the text before masking.
    """

    phones: tuple[str, ...]
    mails: tuple[str, ...]
    text_id: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Resume:
    """Clean text ready to be scored. `id` is the SHA-256 (hex) of `text`; `notes` record everything removed, changed or suspicious.

    A job description goes through the same steps and has the same type.
    """

    id: str
    name: str
    text: str
    notes: tuple[Note, ...] = ()
    person: Person | None = field(default=None, repr=False, compare=False)
    """Taken from the text before masking, so that a blind resume has it too; None where only the text was kept."""

    files: tuple[str, ...] = ()
    """Names of the files that it came in, the resume's own first; () where only the text was kept."""

    originals: tuple[Original, ...] = field(default=(), repr=False, compare=False)
    """The files themselves, to be kept with its text."""

    unmasked: "Resume | None" = field(default=None, repr=False, compare=False)
    """In blind mode the same resume, under the same id, with its text before masking; never stored."""


@dataclass(frozen=True)
class Rejected:
    """A file that could not be read. `reason` is a key of `[reasons]` in i18n/*.toml; `detail` fills its `{detail}`."""

    name: str
    reason: str
    detail: str = ""


class Unreadable(Exception):
    """Raised for a user's file that cannot be read; `reason` and `detail` are those of `Rejected`. Never carries resume text."""

    def __init__(self, reason: str, detail: str = ""):
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
