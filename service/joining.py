"""Add what was read to a list of documents, one a person: the files of one mail together, others by name and phone or mail address.

While files are read a run goes on: it may have scored the earlier file of a person when another one comes, and takes that row out then.
"""

from collections.abc import Iterator, Sequence

from preprocess.document import Document, Rejected
from preprocess.intake import StoredFile
from preprocess.joining.identity import FileIdentity
from preprocess.joining.join import is_kept_apart, joined, noted_if_letter, split
from preprocess.joining.mail import people_of_mail
from preprocess.joining.roles import is_passing_on


def people_as_read(files: Sequence[StoredFile], results: Iterator[Document | Rejected]) -> Iterator[list[Document | Rejected]]:
    """Yield after each result of reading `files` what is complete by now; documents wait for the other files of their mail."""
    left = {file.origin: 0 for file in files}
    for file in files:
        left[file.origin] += 1
    waiting: dict[str, list[Document]] = {}
    for file, result in zip(files, results, strict=False):  # fewer results: the upload was cancelled
        left[file.origin] -= 1
        complete: list[Document | Rejected] = []
        if isinstance(result, Rejected):
            complete.append(result)
        elif not file.origin:
            complete.append(noted_if_letter(result))
        else:
            waiting.setdefault(file.origin, []).append(result)
        if file.origin and not left[file.origin] and (of_mail := waiting.pop(file.origin, [])):
            complete += map(listed, people_of_mail(of_mail))
        yield complete


def listed(document: Document) -> Document | Rejected:
    """Return what came with a mail as it is listed: words that only pass something on are nobody's resume."""
    if not document.parts and (FileIdentity(document).is_mail_words or is_passing_on(document.text)):
        return Rejected(document.name, "mail_words")
    return noted_if_letter(document)


class PersonJoiner:
    """Add documents to a list that others change, too. Remember of those in it what identifies them."""

    def __init__(self) -> None:
        self._identities: dict[int, FileIdentity] = {}  # by id() of the document, which it holds

    def add(self, documents: list[Document], document: Document) -> None:
        """Append a document; if its name and a phone number or mail address stand in others, one that joins them instead of these."""
        there = list(documents)
        self._identities = {id(other): self._identities.get(id(other)) or FileIdentity(other) for other in there}
        own = FileIdentity(document)
        same = [other for other in there if not is_kept_apart(other) and self._is_of_one_person(own, self._identities[id(other)])]
        whole = noted_if_letter(joined([*same, document]))
        documents.append(whole)
        for other in same:
            take_out(documents, other)
        for other in there:
            if other not in same and self._is_joined_by_an_agency(other, own):
                self._join_anew(documents, other)

    def _is_joined_by_an_agency(self, whole: Document, own: FileIdentity) -> bool:
        """Return whether files were joined by nothing but a contact that a file of another name, which came later, has as well."""
        known = self._identities[id(whole)]
        if not whole.parts or not own.contacts & known.contacts or not own.names or own.is_named_like(known):
            return False
        contacts = [FileIdentity(unit).contacts for unit in _units(whole)]
        if len(contacts) < 2 or not all(contacts):  # what has none came with a mail
            return False
        return any(not any((mine & other) - own.contacts for other in contacts if other is not mine) for mine in contacts)

    def _join_anew(self, documents: list[Document], whole: Document) -> None:
        """Put the files of a joined document in its place, joined by what is known now."""
        if take_out(documents, whole):
            for unit in _units(whole):
                self.add(documents, unit)

    def _is_of_one_person(self, first: FileIdentity, other: FileIdentity) -> bool:
        """Return whether names agree and a contact does that no file under another name has: that would be an agency's.

        A Chinese and a Latin name with one family name agree where two contacts do. A certificate need not call the name one.
        """
        shared = first.contacts & other.contacts
        if not shared:
            return False
        is_about = first.is_paper_about(other) or other.is_paper_about(first)
        if not first.is_named_like(other) and not (len(shared) > 1 and first.has_family_name_of(other)) and not is_about:
            return False
        named = other if is_about and not first.names else first
        for third in self._identities.values():
            if third is not other and third.contacts & shared and third.names and not third.is_named_like(named):
                shared -= third.contacts
        return bool(shared)


def _units(document: Document) -> list[Document]:
    """Return the files of a joined document, those of one mail together."""
    by_mail: dict[str, list[Document]] = {}
    for number, part in enumerate(document.parts):
        by_mail.setdefault(part.origin or f"alone {number}", []).append(part)
    return [joined(parts) for parts in by_mail.values()]


def split_up(documents: list[Document], document: Document) -> None:
    """Put the files of a joined document in its place, apart from now on; nothing if it is not in the list any more."""
    if take_out(documents, document):
        documents += map(noted_if_letter, split(document))


def take_out(documents: list[Document], gone: Document) -> bool:
    """Remove a document from a list by its identity, as equal ones may be there; return whether it was there."""
    for index, document in enumerate(documents):
        if document is gone:
            del documents[index]
            return True
    return False
