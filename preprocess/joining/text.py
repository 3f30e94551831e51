"""Merge the clean texts of one person's files into the one text that is scored: nothing twice, and a note on each further file."""

import re
from collections.abc import Sequence

import numpy as np

from preprocess.document import Note, Resume
from preprocess.file_names import is_mail_body
from preprocess.joining.roles import Role, is_forwarded, role_of, says_much
from preprocess.lexicon.characters import is_chinese
from preprocess.lexicon.headings import is_heading
from preprocess.screening.shingles import shingles

MIN_SHARED = 0.5
"""Shared shingles over those of the shorter text from which a resume is a version of another. A list of works shares less."""

_SHORT = 4
"""Characters: shorter lines are too often equal by chance."""


def joined_text(files: Sequence[Resume], max_characters: int) -> tuple[str, tuple[Note, ...]]:
    """Return the text of the first file, the resume, followed by what the others add, and the notes on all of them.

    A version or translation of the resume adds nothing, nor does a letter that is short, a recruiter's, or signed by somebody else.
    """
    resume, *others = files
    text, notes = resume.text, list(resume.notes)
    for file in others:
        if is_version(resume.text, file.text):
            notes.append(Note("file_repeated", before=file.name))
        elif _is_no_word_of(resume, file):
            notes.append(Note("file_left_out", before=file.name))
        elif not (rest := _what_is_new(text, file.text)):
            notes.append(Note("file_repeated", before=file.name))
        elif len(text) + len(rest) + 2 > max_characters:
            notes.append(Note("file_left_out", before=file.name))
        else:
            text = f"{text}\n\n{rest}"
            notes += [Note("file_joined", before=file.name), *(note for note in file.notes if note.code != "cover_letter")]
    return text, tuple(notes)


def is_version(resume: str, text: str) -> bool:
    """Return whether a text is the same resume again: with few changes, or in another language."""
    first, second = shingles([resume, text])
    if first.digest == second.digest:
        return True
    if len(first.hashes) and len(second.hashes):
        common = len(np.intersect1d(first.hashes, second.hashes, assume_unique=True))
        if common >= MIN_SHARED * min(len(first.hashes), len(second.hashes)) and role_of(text) == Role.RESUME:
            return True
    return is_chinese(resume) != is_chinese(text) and role_of(text) == Role.RESUME


def _is_no_word_of(resume: Resume, file: Resume) -> bool:
    """Return whether a letter or the words of a mail are not the candidate's own, or say nothing."""
    role = role_of(file.text)
    if role == Role.RESUME or (role == Role.OTHER and not is_mail_body(file.name)):
        return False
    own, other = _contacts(resume), _contacts(file)
    is_others = bool(own and other and own.isdisjoint(other))
    return is_others or is_forwarded(file.text) or not says_much(file.text)


def _contacts(resume: Resume) -> set[str]:
    return {*resume.person.phones, *resume.person.mails} if resume.person else set()


def _what_is_new(text: str, addition: str) -> str:
    """Return the lines of `addition` that do not stand in `text`, and headings only over such lines."""
    known = {_bare(line) for line in text.split("\n")}
    kept: list[str] = []
    for line in reversed(addition.split("\n")):
        if is_heading(line):
            if kept and not is_heading(kept[-1]):
                kept.append(line)
        elif line.strip() and (len(_bare(line)) < _SHORT or _bare(line) not in known):
            kept.append(line)
    return "\n".join(reversed(kept)) if any(len(_bare(line)) >= _SHORT for line in kept) else ""


def _bare(line: str) -> str:
    return re.sub(r"[\W_]", "", line).casefold()
