"""Identify a person who is being erased: which resumes, uploads and pasted parts are theirs, and where a text has their name.

For what lies outside the tables: open tabs and their stored state, and runs in progress.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from feedback.store.person_keys import MAIL, NAME, PHONE, digest, linking
from feedback.store.quoted_names import all_without_names, without_names
from preprocess.blind.contact import mails_in, phones_in
from preprocess.document import Document, Person, Unreadable
from preprocess.fold import fold
from preprocess.intake import split_pasted
from preprocess.pasted import without
from preprocess.person import comparable
from preprocess.pipeline import Cleaning, clean
from preprocess.plain_text import pasted_document


@dataclass(frozen=True)
class ErasedPerson:
    """One or more people erased together. Never shown, logged or stored: it identifies somebody who wanted to be forgotten."""

    at: float
    """Unix seconds."""

    key: bytes = field(repr=False)
    ids: frozenset[str] = field(repr=False)
    """Ids of every version that was stored."""

    links: frozenset[str] = field(repr=False)
    """Digests that any other version shares with these."""

    names: frozenset[str] = field(repr=False)
    """Digests of their names."""

    contacts: frozenset[str] = field(repr=False)
    """Digests of every phone and address on their resumes, an agency's too."""

    files: frozenset[str] = field(default=frozenset(), repr=False)
    """Names of the files that their resumes came in."""

    def owns(self, resume_id: str, person: Person | None) -> bool:
        """Return whether a resume is theirs, masked or not, by its id and its person."""
        if resume_id in self.ids or person is None:
            return resume_id in self.ids
        return person.text_id in self.ids or not linking(self.key, person).isdisjoint(self.links)

    def owns_document(self, document: Document, cleanings: Collection[Cleaning] = (Cleaning(),)) -> bool:
        """Return whether a document as read is theirs: by its contacts, else, slower, by its text after each of these cleanings."""
        raw = fold(document.text)
        digests = {digest(self.key, PHONE, phone) for phone in phones_in(raw)} | {digest(self.key, MAIL, mail) for mail in mails_in(raw)}
        if not digests.isdisjoint(self.links):
            return True
        if digests and digests.isdisjoint(self.contacts) and not document.parts:  # further files may have further contacts
            return False  # an equal text would have an equal contact
        for cleaning in cleanings:
            with suppress(Unreadable):
                resume = clean(document, cleaning)
                if self.owns(resume.id, resume.person):
                    return True
        return False

    def owns_row(self, name: str, contacts: Collection[str], file: str) -> bool:
        """Return whether a row of a list of candidates is theirs: by a contact or its file, and by the name where it has no contact."""
        digests = {digest(self.key, MAIL if "@" in contact else PHONE, contact) for contact in contacts}
        if not digests.isdisjoint(self.links) or (file and file in self.files):
            return True
        return not digests and self._is_name(comparable(name.split()))

    def without_resumes(self, pasted: str) -> str:
        """Return pasted text without the resumes that are theirs."""
        gone: set[int] = set()
        for index, file in enumerate(split_pasted(pasted)):
            with suppress(Unreadable):
                if self.owns_document(pasted_document(file.text, file.name)):
                    gone.add(index)
        return without(pasted, gone) if gone else pasted

    def without_names(self, text: str) -> str:
        """Return a text with a neutral mark in place of their names."""
        return without_names(text, self._is_name)

    def without_all(self, value: Any) -> Any:
        """Return JSON without their names in any text, and without their resumes in what was pasted ("pasted" is the key of that)."""
        return all_without_names(self._without_pasted(value), self._is_name)

    def _without_pasted(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: self.without_resumes(inner) if key == "pasted" and isinstance(inner, str) else self._without_pasted(inner)
                for key, inner in value.items()
            }
        return [self._without_pasted(inner) for inner in value] if isinstance(value, list) else value

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}

    def _is_name(self, name: str) -> bool:
        if name not in self._known:
            self._known[name] = digest(self.key, NAME, name) in self.names
        return self._known[name]
