"""Erase a person everywhere: from the store, the engine's caches, and all piles and runs held in memory."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import replace

from feedback.store.erase import Erased, erase
from feedback.store.erased_person import ErasedPerson
from feedback.store.kept_files import discard
from feedback.store.store import Store
from preprocess.document import Document, Rejected, Resume
from preprocess.pipeline import Cleaning
from reranker.renumbering import renumbered
from service.access.access import EVERYBODY, Access
from service.joining import take_out
from service.message import Message
from service.model import READY, Model
from service.pile import Pile
from service.run_state import ERASING, RunState

TakeOut = Callable[[ErasedPerson], Set[str]]
"""Takes a person out of something that is held in memory; returns the ids of their resumes in it, which the engine may remember."""


def erase_person(
    store: Store,
    model: Model,
    holders: Iterable[TakeOut],
    user: str,
    resume_ids: Iterable[str],
    access: Access = EVERYBODY,
    files_of: Callable[[ErasedPerson], Sequence[str]] = lambda person: (),
) -> Erased:
    """Delete the people whose resumes have these ids from the store and from all `holders`, on behalf of `user`; return what was deleted.

    `files_of` names files of theirs that lie elsewhere and are not ours to delete.

    Raise NotAllowed for a user who may not, sqlite3.Error if the store fails.
    """
    access.demand(user)
    erased = erase(store, resume_ids, user)
    person = erased.person
    if person is None:
        return erased
    ids = set(person.ids)
    for holder in holders:
        ids |= holder(person)
    if model.state == READY:
        model.engine.forget(None, ids)
    return replace(erased, person=None, files=(*erased.files, *files_of(person)))


def erased_message(erased: Erased) -> Message:
    """Return a message that says what was deleted, and in which files the user still has to delete the text."""
    values = {"versions": erased.versions, "runs": erased.runs, "labels": erased.labels}
    key = "message.erased" if erased.is_complete else "message.erased_later"
    if erased.files:
        return Message(f"{key}_but", values | {"files": " · ".join(erased.files)}, kind="info")
    return Message(key, values, kind="info")


def take_out_of_run(state: RunState, person: ErasedPerson, model: Model) -> tuple[list[str], set[str]]:
    """Remove the person from a run; one in progress leaves them out, too. Return the names of their files and the ids of their resumes."""
    with ERASING:
        numbers = {number for number, resume in enumerate(state.resumes, start=1) if resume.id and person.owns(resume.id, resume.person)}
        names = [state.resumes[number - 1].name for number in sorted(numbers)]
        ids = {state.resumes[number - 1].id for number in numbers}
        drop_numbers(state, numbers)
    state.rejected = without_files(state.rejected, person)
    state.job_notes = tuple(note for note in state.job_notes if person.without_names(note.before) == note.before)
    state.notes = {key: tuple(replace(note, text=person.without_names(note.text)) for note in notes) for key, notes in state.notes.items()}
    if state.query:
        query = replace(state.query, instruction=person.without_names(state.query.instruction))
        if query != state.query and model.state == READY:
            model.engine.forget(state.query, [])
        state.query = query
    if state.order:  # the run in work, which a restart would begin again
        state.order = replace(state.order, instruction=person.without_names(state.order.instruction))
    return names, ids


def take_out_of_pile(pile: Pile, person: ErasedPerson) -> list[str]:
    """Remove the person's files from a pile, and their name from the names of other files. Return the names of the files removed."""
    names = drop_documents(pile, person, list(pile.documents))
    pile.unread = without_files(pile.unread, person)
    pile.roster = pile.roster.without(person)
    pile.reading_names = [person.without_names(file) for file in pile.reading_names]
    return names


def drop_documents(pile: Pile, person: ErasedPerson, documents: Iterable[Document]) -> list[str]:
    """Remove those of `documents` that are the person's from the pile; return their names.

    They are removed one by one, as uploads may be added meanwhile.
    """
    setting, cleaned = pile.cleaned
    cleanings = {Cleaning(), setting[0] if isinstance(setting, tuple) else Cleaning()}
    names = []
    for document in documents:
        resume = cleaned.get(document)
        if person.owns(resume.id, resume.person) if resume else person.owns_document(document, cleanings):
            take_out(pile.documents, document)
            discard(document.originals)
            names.append(document.name)
    return names


def drop_row(state: RunState, resume_id: str) -> None:
    """Remove a resume's owner from the list if the store no longer has them: another process or retention deleted them."""
    with ERASING:
        drop_numbers(state, {number for number, resume in enumerate(state.resumes, start=1) if resume.id == resume_id})


def without_files(files: Iterable[Rejected], person: ErasedPerson) -> list[Rejected]:
    """Return the unreadable files without the person's, and without their name in the names of the others."""
    return [replace(file, name=person.without_names(file.name)) for file in files if file.name not in person.files]


def drop_numbers(state: RunState, numbers: set[int]) -> None:
    """Empty the resumes with these numbers (from 1) and remove their rows; hold ERASING. Rows refer to resumes by position."""
    for number in numbers:
        for said in (state.labels, state.statuses, state.notes, state.kept_files, state.listed):
            said.pop(state.resumes[number - 1].id, None)
        state.answers.pop(number, None)
        state.resumes[number - 1] = Resume("", "", "")
    state.dropped |= numbers
    if numbers:
        state.change = None
    if state.ranking and numbers:
        ranking = state.ranking
        rows = renumbered([row for row in ranking.rows if row.input_position not in numbers])
        state.ranking = replace(ranking, rows=rows, total=ranking.total - (len(ranking.rows) - len(rows)))
