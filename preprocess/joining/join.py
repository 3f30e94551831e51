"""Join several documents of one person into one, and split it again. text.py decides, at cleaning, what of its text counts."""

from collections.abc import Sequence
from dataclasses import replace

from preprocess.document import Document, Note
from preprocess.joining.roles import Role, is_letter, newest_date, role_of, word_count

LONE_LETTER = Note("cover_letter")


def joined(documents: Sequence[Document]) -> Document:
    """Return one document for the files of one person, which may have been joined before; the newest or longest resume is first."""
    parts = [part for document in documents for part in (document.parts or (document,))]
    if len(parts) == 1:
        return documents[0]
    first = max(parts, key=_weight)
    notes = tuple(note for document in documents if document.parts for note in document.notes)
    rest = tuple(part for part in parts if part is not first)
    return replace(first, notes=notes, parts=(first, *rest))


def split(document: Document) -> list[Document]:
    """Return the files of a joined document, each with a note that names the others and keeps them apart from now on."""
    names = [part.name for part in document.parts]
    return [
        replace(part, notes=(*part.notes, Note("file_split", before=", ".join(names[:number] + names[number + 1 :]))))
        for number, part in enumerate(document.parts)
    ]


def is_kept_apart(document: Document) -> bool:
    """Return whether a person has split it off: it is never joined again."""
    return any(note.code == "file_split" for note in document.notes)


def noted_if_letter(document: Document) -> Document:
    """Return the document with a note if it is a cover letter without a resume."""
    if document.parts or LONE_LETTER in document.notes or not is_letter(document.text):
        return document
    return replace(document, notes=(*document.notes, LONE_LETTER))


def _weight(document: Document) -> tuple[int, tuple[int, int], int]:
    """Return the sort key by which the last of several documents is the resume that counts."""
    text = document.text
    role = role_of(text)
    return [Role.LETTER, Role.OTHER, Role.RESUME].index(role), newest_date(text) if role == Role.RESUME else (0, 0), word_count(text)
