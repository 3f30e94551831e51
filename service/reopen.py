"""An earlier ranking back on the page as it was shown: its list, what was asked, and its resumes as a pile that can be ranked again."""

from dataclasses import replace

from feedback.labels import Weights
from feedback.learning.versions import NoSuchWeights, weights_of
from feedback.store.recording import reopened
from feedback.store.store import Run, Store
from preprocess.document import Document, Line, Page, Resume
from preprocess.screening.screen import WARNINGS
from ui.session import Form, Session, cancel
from ui.undo import offer_undo

_OF_THE_FILE = frozenset({"hidden_text", "invisible_in_words", "invisible_text", "text_backwards"})
"""Warnings about the file as it was read, of which the clean text shows nothing any more."""


def reopen(session: Session, run_id: int, store: Store, typed: Form) -> bool:
    """Put a kept run into the session, whose own run and pile make room for it; False when it is gone. `typed` is in the page's boxes,
    and comes back with the rest when the person takes this back.
    """
    try:
        run = store.run(run_id)
    except LookupError:
        return False
    if typed.job.strip() or session.documents or session.ranking:
        offer_undo(session, "run_opened", typed)
    cancel(session)
    session.message, session.unread, session.rejected, session.has_examples = None, [], [], False
    show_run(session, run, store)
    session.documents = [as_document(_unscreened(resume)) for resume in session.resumes if resume.id]
    session.hides_names = session.is_blind
    session.form = Form(run.job, "", run.instruction)
    return True


def show_run(session: Session, run: Run, store: Store) -> None:
    """Let the session show a kept run: its list, its labels, and what was asked."""
    ranking, query, resumes = reopened(run)
    try:
        weights = weights_of(store, run.weights_version)
    except NoSuchWeights:  # why they moved somebody cannot be said any more
        weights = Weights(run.weights_version, {})
    session.stopped, session.change, session.answers = False, None, {}
    session.ranking, session.query, session.resumes = ranking, query, list(resumes)
    session.model, session.weights = dict(run.engine), weights
    session.run_id, session.labels = run.id, store.labels_of_run(run.id)
    session.selected = session.beside = 0
    session.is_blind = bool(run.settings.get("blind"))


def as_document(resume: Resume) -> Document:
    """Return a document whose text is clean already, with the resume's notes; cleaning it again changes nothing."""
    return Document(resume.name, "text", (Page(tuple(Line(line) for line in resume.text.split("\n"))),), resume.notes)


def _unscreened(resume: Resume) -> Resume:
    """The resume without the notes that screening its text again will find again."""
    return replace(resume, notes=tuple(note for note in resume.notes if note.code not in WARNINGS - _OF_THE_FILE))
