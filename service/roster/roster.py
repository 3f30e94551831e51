"""Hold the lists of candidates that came with a pile, and match their rows with its documents.

Only what they say of somebody in the pile is stored, with their resume: rows of anybody else are not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from feedback.store.erased_person import ErasedPerson
from preprocess.document import Document, Rejected, Resume
from preprocess.roster import Listed, RosterRow
from service.roster.matching import DocumentFacts, Matching, match


@dataclass
class _Known:
    """What was read of documents, by id() (held, so that no other one gets it), and the last result."""

    facts: dict[int, DocumentFacts] = field(default_factory=dict)
    documents: tuple[int, ...] = ()
    matching: Matching | None = None


@dataclass(frozen=True)
class Roster:
    """Rows of lists; `takes_marks` is False once a person took back the statuses and labels that came of them."""

    rows: tuple[RosterRow, ...] = ()
    takes_marks: bool = True
    _known: _Known = field(default_factory=_Known, repr=False, compare=False)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the lists' files."""
        return tuple(dict.fromkeys(row.sheet for row in self.rows if row.sheet))

    def extended(self, rows: Sequence[RosterRow]) -> "Roster":
        """Return the roster with the rows of further lists; a list of the same bytes, or else of the same name, replaces the one before."""
        if not rows:
            return self
        digests, sheets = {row.digest for row in rows}, {row.sheet for row in rows}
        kept = [row for row in self.rows if row.digest not in digests and row.sheet not in sheets]
        return Roster((*kept, *rows))

    def without_sheet(self, sheet: str) -> "Roster":
        """Return the roster without the rows of one list."""
        return replace(self, rows=tuple(row for row in self.rows if row.sheet != sheet), _known=_Known())

    def without(self, person: ErasedPerson) -> "Roster":
        """Return the roster without the rows of somebody who is being erased."""
        rows = tuple(row for row in self.rows if not person.owns_row(row.name, row.contacts, row.file))
        return replace(self, rows=rows, _known=_Known())  # which holds their documents

    def missing_files(self, documents: Sequence[Document]) -> list[Rejected]:
        """Return the files that rows name and that are not there, as a program or a console is told of them."""
        return [Rejected(row.file, "not_found") for row in self.matching(documents).without_file if row.file] if self.sheets else []

    def matching(self, documents: Sequence[Document]) -> Matching:
        """Return how the rows match these documents, kept until either changes."""
        if not self.rows:
            return Matching(without_row=tuple(range(len(documents))))
        known, ids = self._known, tuple(map(id, documents))
        if known.matching is None or known.documents != ids:
            known.facts = {id(document): known.facts.get(id(document)) or DocumentFacts(document) for document in documents}
            known.matching, known.documents = match(self.rows, [known.facts[key] for key in ids]), ids
        return known.matching


def roster_of(resumes: Sequence[Resume], listed: Mapping[str, Listed]) -> Roster:
    """Return the roster of a stored ranking, so that ids and names stay when it is ranked again. It names no list and brings no marks."""
    named = [(number, resume.name, listed[resume.id]) for number, resume in enumerate(resumes, start=1) if resume.id in listed]
    return Roster(tuple(RosterRow(number, of_list.id, of_list.name, name) for number, name, of_list in named))


def rows_by_resume(roster: Roster, documents: Sequence[Document], resumes: Mapping[Document, Resume]) -> dict[str, RosterRow]:
    """Return the rows of documents by the id of the resume that was made of each."""
    rows = roster.matching(documents).rows
    cleaned = {index: resumes.get(documents[index]) for index in rows}
    return {resume.id: rows[index] for index, resume in cleaned.items() if resume}
