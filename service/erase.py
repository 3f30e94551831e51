"""Erasing a person everywhere: in the store, in what the engine remembers, and in every pile and run that is held in memory."""

from collections.abc import Callable, Iterable, Set
from contextlib import suppress
from dataclasses import replace

from feedback.store.erase import Erased, erase
from feedback.store.erased_person import ErasedPerson
from feedback.store.store import Store
from preprocess.document import Document, Rejected, Resume
from preprocess.pipeline import Cleaning
from reranker.renumbering import renumbered
from service.message import Message
from service.model import READY, Model
from service.pile import Pile
from service.run_state import ERASING, RunState

TakeOut = Callable[[ErasedPerson], Set[str]]
"""Takes a person out of something that is held in memory; returns the ids of their resumes in it, which the engine may remember."""


def erase_person(store: Store, model: Model, holders: Iterable[TakeOut], user: str, resume_ids: Iterable[str]) -> Erased:
    """Delete the people whose resumes these are, for `user`, from the store and from all `holders`. Raises sqlite3.Error."""
    erased = erase(store, resume_ids, user)
    person = erased.person
    if person is None:
        return erased
    ids = set(person.ids)
    for take_out in holders:
        ids |= take_out(person)
    if model.state == READY:
        model.engine.forget(None, ids)
    return replace(erased, person=None)


def erased_message(erased: Erased) -> Message:
    """Return what went, and in which files a person still has to delete the text."""
    values = {"versions": erased.versions, "runs": erased.runs, "labels": erased.labels, "files": ", ".join(erased.files) or "–"}
    return Message("message.erased" if erased.is_complete else "message.erased_later", values, kind="info")


def take_out_of_run(state: RunState, person: ErasedPerson, model: Model) -> tuple[list[str], set[str]]:
    """Take them out of a run, which leaves them out when it is still in work. Return the names of their files and the ids of their
    resumes in it.
    """
    with ERASING:
        numbers = {number for number, resume in enumerate(state.resumes, start=1) if resume.id and person.owns(resume.id, resume.person)}
        names = [state.resumes[number - 1].name for number in sorted(numbers)]
        ids = {state.resumes[number - 1].id for number in numbers}
        _drop(state, numbers)
    state.rejected = without_files(state.rejected, person)
    state.job_notes = tuple(note for note in state.job_notes if person.without_names(note.before) == note.before)
    if state.query:
        query = replace(state.query, instruction=person.without_names(state.query.instruction))
        if query != state.query and model.state == READY:
            model.engine.forget(state.query, [])
        state.query = query
    if state.order:  # the run in work, which a restart would begin again
        state.order = replace(state.order, instruction=person.without_names(state.order.instruction))
    return names, ids


def take_out_of_pile(pile: Pile, person: ErasedPerson) -> list[str]:
    """Take their files off a pile, and their names out of those of the others; returns the names of their files."""
    names = drop_documents(pile, person, list(pile.documents))
    pile.unread = without_files(pile.unread, person)
    pile.reading_names = [person.without_names(file) for file in pile.reading_names]
    return names


def drop_documents(pile: Pile, person: ErasedPerson, documents: Iterable[Document]) -> list[str]:
    """Take those of these documents that are theirs off the pile; returns their names. One by one, as uploads may be added meanwhile."""
    setting, cleaned = pile.cleaned
    cleanings = {Cleaning(), setting[0] if isinstance(setting, tuple) else Cleaning()}
    names = []
    for document in documents:
        resume = cleaned.get(document)
        if person.owns(resume.id, resume.person) if resume else person.owns_document(document, cleanings):
            _remove(pile.documents, document)
            names.append(document.name)
    return names


def drop_row(state: RunState, resume_id: str) -> None:
    """Take somebody out of the list whom the store does not have any more: another process erased them, or their time was over."""
    with ERASING:
        _drop(state, {number for number, resume in enumerate(state.resumes, start=1) if resume.id == resume_id})


def without_files(files: Iterable[Rejected], person: ErasedPerson) -> list[Rejected]:
    """Return files that could not be read without theirs, and without their name in those of the others."""
    return [replace(file, name=person.without_names(file.name)) for file in files if file.name not in person.files]


def _drop(state: RunState, numbers: set[int]) -> None:
    """Rows count on the places of the resumes: an empty one is left in each."""
    for number in numbers:
        state.labels.pop(state.resumes[number - 1].id, None)
        state.answers.pop(number, None)
        state.resumes[number - 1] = Resume("", "", "")
    state.dropped |= numbers
    if numbers:
        state.change = None
    if state.ranking and numbers:
        ranking = state.ranking
        rows = renumbered([row for row in ranking.rows if row.input_position not in numbers])
        state.ranking = replace(ranking, rows=rows, total=ranking.total - (len(ranking.rows) - len(rows)))


def _remove(documents: list[Document], gone: Document) -> None:
    with suppress(StopIteration):
        del documents[next(place for place, document in enumerate(documents) if document is gone)]
