"""Erase a person from every open session: drop what it holds of them, remove their names from what was typed, and tell its user."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePath

from feedback.store.erase import Erased
from feedback.store.erased_person import ErasedPerson
from feedback.store.store import Store
from service.access.access import EVERYBODY, Access
from service.erase import drop_documents, erase_person, take_out_of_pile, take_out_of_run
from service.message import Message
from service.model import Model
from service.pile import Pile
from service.run_state import RunState, candidate
from ui.session import Session
from ui.session_parts import Draft, ErasureNews, Form, Undo, View


def erase_everywhere(
    store: Store,
    model: Model,
    sessions: Iterable[Session],
    own: Session,
    resume_ids: Iterable[str],
    access: Access = EVERYBODY,
    files_of: Callable[[ErasedPerson], Sequence[str]] = lambda person: (),
) -> Erased:
    """Erase the people whose resumes have these ids from the store, the engine's caches and all live `sessions`, for the user of `own`.

    Each session loses their uploads, pasted resumes, rows, answers and labels; a run in progress leaves them out, too. `files_of` is
    that of service.erase.erase_person. Return what was deleted. Raise NotAllowed for a user who may not, sqlite3.Error if the store fails.
    """
    distinct = {id(session): session for session in (own, *sessions)}.values()
    holders = [partial(_take_out, session, own, model) for session in distinct]
    return erase_person(store, model, holders, own.visitor.user, resume_ids, access, files_of)


def told_after(view: View, message: Message | None, steps: Iterator[None]) -> Iterator[None]:
    """Take the steps of a run, which clears the message first; show `message` until the run has one of its own."""
    for _ in steps:
        view.message = view.message or message
        yield


def reading_without_erased(pile: Pile, run: RunState, view: View, steps: Iterator[None], store: Store) -> Iterator[None]:
    """Take the steps of reading uploads into the pile; after each, drop new documents of people who were erased since the reading began."""
    started, seen = time.time(), {id(document): document for document in pile.documents}  # held, so that no other one gets its id
    for _ in steps:
        there = list(pile.documents)
        new = [document for document in there if id(document) not in seen]
        seen = {id(document): document for document in there}
        for person in store.erased_since(started):
            for name in drop_documents(pile, person, new):
                view.message = _told(run, view, PurePath(name).stem, "")
        yield


def cleared(typed: Form, erasures: ErasureNews) -> Form:
    """Return a form from the page without the people who were erased since it was last updated or up to ON_ITS_WAY_S before.

    `erasures.changed_form` then names the fields that differ from what was typed.
    """
    form = typed
    for person in erasures.in_boxes():
        form = _without(form, person)
    erasures.changed_form = _changed(typed, form)
    return form


def _take_out(session: Session, own: Session, model: Model, person: ErasedPerson) -> set[str]:
    """Remove `person` from all that a session holds. Tell its user if the erasure was made in another session, `own`.

    Return the ids of their resumes that the session held.
    """
    names, ids = take_out_of_run(session.run, person, model)
    names += take_out_of_pile(session.pile, person)
    _close_if_gone(session.view, session.run)
    form = _without(session.form, person)
    has_pasted = form.pasted != session.form.pasted
    session.erasures.changed_form = session.erasures.changed_form | _changed(session.form, form)
    session.form = form
    session.rubric.clear_names(person.without_names)
    if session.job_file and person.without_names(session.job_file.text) != session.job_file.text:
        session.job_file = None
    if session.outcome and any(candidate.resume_id in person.ids for group in session.outcome.groups for candidate in group.candidates):
        session.outcome = None  # it quotes them, and would be due for relearning at once
    if session.undo and _is_in(session.undo, person):
        session.undo = None
    session.draft = _draft_without(session.draft, person)
    if session.undo:
        session.undo = replace(session.undo, draft=_draft_without(session.undo.draft, person))
    if session.view.question and session.view.question.resume_id in person.ids:
        session.view.question = None
    was_here = bool(names) or has_pasted
    if was_here:
        session.erasures.untold.append(person)
        if session is not own:
            session.view.message = _told(session.run, session.view, PurePath(names[0]).stem if names else "", own.visitor.user)
    session.view.is_pool_outdated = session.view.pool is not None
    if was_here or session.erasures.changed_form or session.view.is_pool_outdated:
        session.erasures.count += 1
        session.work.changes += 1
    return ids


def _close_if_gone(view: View, run: RunState) -> None:
    view.selected = view.selected if candidate(run.ranking, view.selected) else 0
    view.beside = view.beside if candidate(run.ranking, view.beside) else 0


def _is_in(undo: Undo, person: ErasedPerson) -> bool:
    """Return whether undoing the last click would bring the person back."""
    return (
        any(resume.id and person.owns(resume.id, resume.person) for resume in undo.values["run", "resumes"])
        or any(person.owns_document(document) for document in undo.values["pile", "documents"])
        or (undo.form is not None and _without(undo.form, person) != undo.form)
    )


def _without(form: Form, person: ErasedPerson) -> Form:
    clear: Callable[[str], str] = person.without_names
    instruction = None if form.instruction is None else clear(form.instruction)
    return Form(clear(form.job), clear(person.without_resumes(form.pasted)), instruction)


def _draft_without(draft: Draft | None, person: ErasedPerson) -> Draft | None:
    """Return what was put aside without the person; its pile loses them in place."""
    if draft is None:
        return None
    take_out_of_pile(draft.pile, person)
    return replace(draft, form=_without(draft.form, person))


def _changed(before: Form, after: Form) -> set[str]:
    return {name for name in ("job", "pasted", "instruction") if getattr(before, name) != getattr(after, name)}


def _told(run: RunState, view: View, name: str, user: str) -> Message:
    key = "message.erased_elsewhere" if user else "message.erased_by_somebody"
    if run.is_blind or view.hides_names or not name:
        return Message(f"{key}_blind", {"user": user} if user else {}, kind="info")
    return Message(key, {"name": name} | ({"user": user} if user else {}), kind="info")
