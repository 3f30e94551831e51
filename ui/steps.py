"""Run the use cases of service/ on a session: results go into the session, what to tell the user into its message."""

import time
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

from feedback.store.store import Store
from preprocess.document import Document, Rejected, Unreadable
from reranker.evidence.requirements import parse_job
from reranker.rubric.criteria import as_parsed
from service import run as ranking
from service.ask import ask_model
from service.job import JobFile, read_job
from service.listing.introduction import introduction
from service.listing.listing import Listing
from service.message import Message
from service.model import Model
from service.pile import Pile, add_uploads, delete, open_upload
from service.reopen import reopen
from service.run_state import Order, RunState
from service.watched.folder import WatchedFolder
from service.watched.take import Taken, add_watched
from settings import Settings
from ui.draft import put_aside
from ui.session import Session
from ui.session_parts import Form, View
from ui.undo import offer_undo


def rank_steps(session: Session, order: Order, model: Model, settings: Settings, store: Store) -> Iterator[None]:
    """Rank the session's resumes; yield after each change."""
    state, view = session.run, session.view
    resumed = state.known_scores if state.order else None  # not where a person had stopped it
    view.message = None
    number = introduced = 0
    for message in ranking.run(state, session.pile, order, model, settings, store, session.visitor.user):
        view.message = message or view.message
        if number == state.number:
            for resume in state.resumes[introduced:]:  # read here, in the thread of the run, so that no page has to wait for it
                introduction(resume)
            introduced = len(state.resumes)
        if not number and state.order:  # it has begun
            number, view.selected, view.beside = state.number, 0, 0
            view.listing = Listing()
            if resumed:
                view.message = Message("message.run_resumed", {"count": len(resumed.scores)}, kind="info")
        if resumed and not state.busy and state.number == number and view.message and view.message.key == "message.run_resumed":
            view.message = None if state.stopped else Message("message.run_resumed_done", kind="info")  # the list says a stop
        if number and not state.busy and state.rubric_version and session.rubric.rubric == state.rubric:
            session.rubric.saved(state.rubric_version, session.visitor.user, time.time())
        yield


def upload_steps(
    pile: Pile, view: View, paths: Sequence[str], settings: Settings, owner: Hashable = None, keep: bool = False
) -> Iterator[None]:
    """Read files into the pile; yield whenever there is news. `keep`: do not delete the files (our examples, no uploads).

    Uploads of one `owner`, a session's `turn_key`, take turns as one.
    """
    view.message = None
    return add_uploads(pile, paths, settings, owner, keep)


def watched_steps(
    pile: Pile, view: View, folder: WatchedFolder, settings: Settings, store: Store, scratch: Path | None, owner: Hashable = None
) -> Iterator[None]:
    """Add the new files of a watched folder to the pile, and say what was left out; yield whenever there is news."""
    view.message, taken = None, Taken()
    try:
        yield from add_watched(pile, folder, settings, store, taken, scratch, owner)
    except OSError:  # no room to copy them
        view.message = Message("watched.not_copied", kind="error")
    if taken.erased and not view.message:
        values = {"count": len(taken.erased), "name": folder.name, "files": " · ".join(taken.erased)}
        view.message = Message("watched.erased", values, kind="info")
    if taken.unsettled and not view.message:
        view.message = Message("watched.unsettled", {"count": taken.unsettled, "name": folder.name}, kind="info")
    if taken.no_room and not view.message:
        view.message = Message("watched.no_room", {"count": taken.no_room, "most": settings.max_files}, kind="info")
    yield


def ask_steps(run: RunState, view: View, number: int, model: Model) -> Iterator[None]:
    """Ask the model about candidate `number` (`input_position`), requirement by requirement; yield after each answer."""
    for message in ask_model(run, number, model):
        view.message = message or view.message
        yield


def take_job(
    pile: Pile, run: RunState, view: View, path: str, settings: Settings, owner: Hashable = None, keep: bool = False
) -> JobFile | None:
    """Return an uploaded job description for the user to check; None if it cannot be read, with the reason in the message.

    Delete the file unless `keep`. The notes on how it was read are then those of the run. Clearing the pile ends the reading.
    """
    name = Path(path).name
    view.message = None
    try:
        with open_upload(pile, owner) as upload:
            job = read_job(path, settings, upload)
            run.job_notes = job.notes
            return job
    except Unreadable as error:
        view.message = Message("message.job_unreadable", {"name": name}, Rejected(name, error.reason, error.detail))
    finally:
        if not keep:
            delete([path])
    return None


def reopen_run(session: Session, run_id: int, store: Store, typed: Form) -> bool:
    """Put a stored run into the session in place of its own run and pile; return False if the run no longer exists.

    `typed` is what the page's boxes hold: undo brings it back with the rest.
    """
    try:
        run = store.run(run_id, session.run.runs_of)
    except LookupError:
        return False
    if typed.job.strip() or session.pile.documents or session.run.ranking:
        offer_undo(session, "run_opened", typed)
    put_aside(session, typed)
    session.view.message = None
    reopen(session.run, session.pile, run, store)
    session.view.selected, session.view.beside, session.view.listing = 0, 0, Listing()
    session.view.hides_names = session.run.is_blind
    session.form = Form(run.job, "", run.instruction)
    session.rubric.show(run.job, session.run.rubric or as_parsed(parse_job(run.job)), session.run.rubric_version)
    return True


def forget(pile: Pile, run: RunState, model: Model, gone: Document | None = None) -> None:
    """Drop what the engine remembers of document `gone`, or of the whole run if None, which also stops reading uploads."""
    if gone is None:
        pile.cancel_reading()
    ranking.forget(run, model, gone)
