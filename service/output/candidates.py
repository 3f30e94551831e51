"""Gather what files for people say of each candidate of a list: who it is, what HR decided and wrote, and what was found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from feedback.labels import GRADES, Label
from feedback.store.desk.notes import CandidateNote
from feedback.store.desk.statuses import TO_READ, CandidateStatus
from i18n.texts import Texts
from preprocess.blind.contact import mails_in, phones_in
from preprocess.document import Resume
from preprocess.fold import fold
from preprocess.roster import Listed
from reranker.evidence.profile.profile import Profile
from reranker.rows import Ranking, Row
from service.listing.introduction import Introduction, introduction


@dataclass(frozen=True)
class Said:
    """Labels, statuses and notes of the candidates of a run, by resume id, as far as the reader may see it.

    `listed` is what a list of candidates from an applicant tracking system calls them.
    """

    labels: Mapping[str, Sequence[Label]]
    statuses: Mapping[str, CandidateStatus]
    notes: Mapping[str, Sequence[CandidateNote]]
    listed: Mapping[str, Listed] = field(default_factory=dict)


NOTHING_SAID = Said({}, {}, {})


@dataclass(frozen=True)
class ListedPerson:
    """A candidate as a file shows it. `name` is the person's, else the file's; in blind mode a letter, without `contact` and `file`."""

    row: Row
    name: str
    contact: str
    profile: Profile
    file: str
    status: str
    labels: tuple[Label, ...]
    notes: tuple[CandidateNote, ...]
    id: str = ""
    """That of a list of candidates; "" in blind mode, too."""


def listed_people(
    ranking: Ranking, resumes: Sequence[Resume], said: Said = NOTHING_SAID, is_blind: bool = False, chosen: Collection[int] | None = None
) -> list[ListedPerson]:
    """Return the rows of `ranking`, as it may be shown, as people. `resumes` are those of the run.

    `chosen`: only those with these `input_position`s.
    """
    return [
        _person(row, resumes[row.input_position - 1], said, is_blind)
        for row in ranking.rows
        if chosen is None or row.input_position in chosen
    ]


def _person(row: Row, resume: Resume, said: Said, is_blind: bool) -> ListedPerson:
    known = introduction(resume)
    if is_blind:
        known = Introduction("", known.profile)
    status, listed = said.statuses.get(row.id), None if is_blind else said.listed.get(row.id)
    return ListedPerson(
        row=row,
        name=known.name or (listed.name if listed else "") or row.name,
        contact="" if is_blind else _contact(resume.text),
        profile=known.profile,
        file="" if is_blind else row.name,
        status=status.status if status else TO_READ,
        labels=tuple(said.labels.get(row.id, ())),
        notes=tuple(said.notes.get(row.id, ())),
        id=listed.id if listed else "",
    )


def person_without_text(row: Row, is_blind: bool = False) -> ListedPerson:
    """Return a row whose resume is not at hand, as when a pool of thousands was ranked: no more is known than its name."""
    return ListedPerson(row, row.name, "", Profile(), "" if is_blind else row.name, TO_READ, (), ())


def _contact(text: str) -> str:
    """Return phone numbers and mail addresses of a resume, one a line; a referee's may be among them."""
    plain = fold(text)
    return "\n".join((*phones_in(plain), *mails_in(plain)))


def label_said(label: Label, words: Texts) -> str:
    """Return the grade in words, with the rater's name and the reason if there are any."""
    grade = words(f"label.{GRADES[label.grade]}")
    said = words("shortlist.labelled", grade=grade, rater=label.rater) if label.rater else grade
    return said + (words("shortlist.because", reason=label.reason) if label.reason else "")


def note_said(note: CandidateNote) -> str:
    """Return a note with its author's name if there is one."""
    return f"{note.text} ({note.user})" if note.user else note.text
