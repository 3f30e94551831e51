"""Erasing a person everywhere: in the store, in what the engine remembers, and in every open tab, whose users are told."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePath

from feedback.store.erase import Erased, erase
from feedback.store.erased_person import ErasedPerson
from feedback.store.store import Store
from preprocess.document import Document, Rejected, Resume
from preprocess.pipeline import Cleaning
from reranker.renumbering import renumbered
from service.ask import remembered_texts
from service.model import READY, Model
from ui.session import ERASING, Form, Message, Session
from ui.undo import Undo


def erase_person(store: Store, model: Model, sessions: Iterable[Session], own: Session, resume_ids: Iterable[str]) -> Erased:
    """Delete the people whose resumes these are, for the user of the session `own`. Raises sqlite3.Error. `sessions` are all live ones.

    Whatever a session holds of them goes: uploads, pasted resumes, rows, answers, labels. A run in work leaves them out, too.
    """
    erased = erase(store, resume_ids, own.user)
    person = erased.person
    if person is None:
        return erased
    texts = list(person.texts)
    for session in {id(session): session for session in (own, *sessions)}.values():
        name, remembered = _take_out(session, person, model)
        texts += remembered
        if session is not own and name is not None:
            session.message = _told(session, name, own.user)
        if name is not None or session.changed_form:
            session.news += 1
            session.changes += 1
    if model.state == READY:
        model.engine.forget(None, texts)
    return replace(erased, person=None)


def erased_message(erased: Erased) -> Message:
    """What went, and in which files a person still has to delete the text."""
    values = {"versions": erased.versions, "runs": erased.runs, "labels": erased.labels, "files": ", ".join(erased.files) or "–"}
    return Message("message.erased" if erased.is_complete else "message.erased_later", values, kind="info")


def drop_row(session: Session, resume_id: str) -> None:
    """Take somebody out of the list whom the store does not have any more: another process erased them, or their time was over."""
    with ERASING:
        _drop(session, {number for number, resume in enumerate(session.resumes, start=1) if resume.id == resume_id})


def told_after(session: Session, message: Message | None, steps: Iterator[None]) -> Iterator[None]:
    """Take the steps of a run, which begins without a message, and keep telling what the page has not been told yet."""
    for _ in steps:
        session.message = session.message or message
        yield


def reading_without_erased(session: Session, steps: Iterator[None], store: Store) -> Iterator[None]:
    """Take the steps of reading uploads: who is erased meanwhile does not come in with a file that is read after that."""
    started, seen = time.time(), {id(document) for document in session.documents}
    for _ in steps:
        new = [document for document in session.documents if id(document) not in seen]
        seen |= {id(document) for document in new}
        for person in store.erased_since(started):
            for name in _drop_documents(session, person, new):
                session.message = _told(session, PurePath(name).stem, "")
        yield


def take_form(session: Session, form: Form) -> Form:
    """Make this the session's form, without the people who were erased since the page was shown last: it may still have had them."""
    typed = form
    for person in session.untold:
        form = _without(form, person)
    session.form = form
    session.changed_form = _changed(typed, form)
    return form


def _take_out(session: Session, person: ErasedPerson, model: Model) -> tuple[str | None, list[str]]:
    """Returns the name of the file that they were in the session under, None where they were not, and what the engine remembers of them."""
    with ERASING:
        numbers = {number for number, resume in enumerate(session.resumes, start=1) if resume.id and person.owns(resume.id, resume.person)}
        names = [session.resumes[number - 1].name for number in sorted(numbers)]
        remembered = [text for number in numbers for text in _remembered(session, number, model)]
        _drop(session, numbers)
    names += _drop_documents(session, person, list(session.documents))
    form = _without(session.form, person)
    pasted_before, session.changed_form = session.form.pasted, session.changed_form | _changed(session.form, form)
    session.form = form
    session.unread, session.rejected = _without_files(session.unread, person), _without_files(session.rejected, person)
    if session.query:
        query = replace(session.query, instruction=person.without_names(session.query.instruction))
        if query != session.query and model.state == READY:
            model.engine.forget(session.query, [])
        session.query = query
    if session.outcome and any(one.resume_id in person.ids for group in session.outcome.groups for one in group.candidates):
        session.outcome = None  # it quotes them, and would be due for relearning at once
    if session.order:  # the run in work, which a restart would begin again
        session.order = replace(session.order, instruction=person.without_names(session.order.instruction))
    session.reading_names = [person.without_names(file) for file in session.reading_names]
    if session.undo and _is_in(session.undo, person):
        session.undo = None
    if session.question and session.question.resume_id in person.ids:
        session.question = None
    if names or form.pasted != pasted_before:
        session.untold.append(replace(person, texts=()))
        return PurePath(names[0]).stem if names else "", remembered
    return None, remembered


def _drop(session: Session, numbers: set[int]) -> None:
    """Rows count on the places of the resumes: an empty one is left in each."""
    for number in numbers:
        session.labels.pop(session.resumes[number - 1].id, None)
        session.answers.pop(number, None)
        session.resumes[number - 1] = Resume("", "", "")
    if numbers:
        session.selected = 0 if session.selected in numbers else session.selected
        session.beside = 0 if session.beside in numbers else session.beside
        session.change = None
    if session.ranking and numbers:
        ranking = session.ranking
        rows = renumbered([row for row in ranking.rows if row.previous_rank not in numbers])
        session.ranking = replace(ranking, rows=rows, total=ranking.total - (len(ranking.rows) - len(rows)))


def _is_in(undo: Undo, person: ErasedPerson) -> bool:
    """Whether taking a click back would bring them back."""
    return (
        any(resume.id and person.owns(resume.id, resume.person) for resume in undo.values["resumes"])
        or any(person.owns_document(document) for document in undo.values["documents"])
        or (undo.form is not None and _without(undo.form, person) != undo.form)
    )


def _drop_documents(session: Session, person: ErasedPerson, documents: Iterable[Document]) -> list[str]:
    """Take those of these documents that are theirs off the pile; returns their names. One by one, as uploads may be added meanwhile."""
    setting, cleaned = session.cleaned
    cleanings = {Cleaning(), setting[0] if isinstance(setting, tuple) else Cleaning()}
    names = []
    for document in documents:
        resume = cleaned.get(document)
        if person.owns(resume.id, resume.person) if resume else person.owns_document(document, cleanings):
            _remove(session.documents, document)
            names.append(document.name)
    return names


def _remove(documents: list[Document], gone: Document) -> None:
    with suppress(StopIteration):
        del documents[next(place for place, document in enumerate(documents) if document is gone)]


def _remembered(session: Session, number: int, model: Model) -> list[str]:
    return remembered_texts(session, number, model) if model.state == READY else []


def _without(form: Form, person: ErasedPerson) -> Form:
    clear: Callable[[str], str] = person.without_names
    instruction = None if form.instruction is None else clear(form.instruction)
    return Form(clear(form.job), clear(person.without_resumes(form.pasted)), instruction)


def _changed(before: Form, after: Form) -> set[str]:
    return {name for name in ("job", "pasted", "instruction") if getattr(before, name) != getattr(after, name)}


def _without_files(files: list[Rejected], person: ErasedPerson) -> list[Rejected]:
    return [replace(file, name=person.without_names(file.name)) for file in files if file.name not in person.files]


def _told(session: Session, name: str, user: str) -> Message:
    key = "message.erased_elsewhere" if user else "message.erased_by_somebody"
    if session.is_blind or session.hides_names or not name:
        return Message(f"{key}_blind", {"user": user} if user else {}, kind="info")
    return Message(key, {"name": name} | ({"user": user} if user else {}), kind="info")
