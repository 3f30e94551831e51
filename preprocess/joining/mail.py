"""Group the files of one mail by person: mostly one, an agency's mail has several. What is nobody's stays a file of its own."""

from collections.abc import Sequence
from dataclasses import replace

from preprocess.document import Document, Note
from preprocess.file_names import is_mail_body
from preprocess.joining.identity import FileIdentity
from preprocess.joining.join import joined
from preprocess.joining.roles import Role
from preprocess.joining.text import is_version


def people_of_mail(documents: Sequence[Document]) -> list[Document]:
    """Return one document for each person whose files came with a mail.

    Resumes are of several people only if they say so: by different names, or, unsigned, by different texts. A letter that is nobody's in
    particular is then named on each of their rows; another file that is nobody's stays by itself.
    """
    files = [FileIdentity(document) for document in documents]
    resumes = _resumes(files)
    people = _people(resumes)
    others = [file for file in files if file not in resumes]
    if len(people) == 1:
        return [joined([file.document for file in (*people[0], *others)])]
    left_over: list[FileIdentity] = []
    for file in others:
        owners = [person for person in people if any(_agree(file, own) or own.is_mentioned_in(file) for own in person)]
        (owners[0] if len(owners) == 1 else left_over).append(file)
    words = [file for file in left_over if file.role == Role.LETTER or is_mail_body(file.document.name)]
    letters = [Note("file_left_out", before=file.document.name) for file in words]
    whole = [joined([file.document for file in person]) for person in people]
    alone = [file.document for file in left_over if file not in words]
    return [*(replace(document, notes=(*document.notes, *letters)) for document in whole), *alone]


def _resumes(files: Sequence[FileIdentity]) -> list[FileIdentity]:
    """Return the resumes; without any, what is no letter either, and is not just passing something on; else the longest letter."""
    for role in (Role.RESUME, Role.OTHER):
        if matching := [file for file in files if file.role == role and not (role == Role.OTHER and file.is_mail_words)]:
            return matching
    return [max(files, key=lambda file: len(file.text))]


def _people(resumes: Sequence[FileIdentity]) -> list[list[FileIdentity]]:
    """Group resumes by person. With one name in the mail, what says nothing of whom it is belongs to that name.

    Several resumes that say nothing stay apart, as an agency hides names.
    """
    people: list[list[FileIdentity]] = []
    for resume in resumes:
        same = [person for person in people if any(_agree(resume, own) for own in person)]
        people = [person for person in people if person not in same] + [[*(own for person in same for own in person), resume]]
    named = [person for person in people if any(own.names for own in person)]
    if len(named) > 1:
        return people
    owner = (named or people)[0]
    others = [person for person in people if person is not owner]
    unsigned = [person for person in others if any(own.role == Role.RESUME for own in person)]
    if named and len(unsigned) == 1 and not any(own.contacts for own in unsigned[0]):
        unsigned = []
    return [[*owner, *(own for person in others if person not in unsigned for own in person)], *unsigned]


def _agree(own: FileIdentity, other: FileIdentity) -> bool:
    """Return whether two files of a mail are of one person: by name, or by contact or text where no name contradicts it."""
    if own.is_named_like(other):
        return True
    if own.names and other.names:
        return own.shares_contact(other) and own.is_in_other_script(other)
    return own.shares_contact(other) or is_version(own.text, other.text)
