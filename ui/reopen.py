"""An earlier ranking back on the page as it was shown: its list, what was asked, and its resumes as a pile that can be ranked again."""

from feedback.labels import Weights
from feedback.recording import reopened
from feedback.store import Store
from feedback.versions import NoSuchWeights, weights_of
from preprocess.document import Document, Line, Page, Resume
from preprocess.screening import WARNINGS
from ui.run import stop
from ui.session import Form, Session


def reopen(session: Session, run_id: int, store: Store) -> bool:
    """Put a kept run into the session, whose own run and pile make room for it; False when it is gone."""
    try:
        run = store.run(run_id)
    except LookupError:
        return False
    ranking, query, resumes = reopened(run)
    try:
        weights = weights_of(store, run.weights_version)
    except NoSuchWeights:  # why they moved somebody cannot be said any more
        weights = Weights(run.weights_version, {})
    stop(session)
    session.stopped, session.message, session.change = False, None, None
    session.ranking, session.query, session.resumes = ranking, query, list(resumes)
    session.documents, session.unread, session.rejected = [_document(one) for one in resumes if one.id], [], []
    session.model, session.weights = dict(run.engine), weights
    session.run_id, session.labels = run_id, store.labels_of_run(run_id)
    session.selected = session.beside = 0
    session.answers = {}
    session.is_blind = session.hides_names = bool(run.settings.get("blind"))
    session.form = Form(query.job, "", query.instruction)
    return True


def _document(resume: Resume) -> Document:
    """The kept text is clean already, and cleaning it again changes nothing; what screening finds in it will be found again."""
    notes = tuple(note for note in resume.notes if note.code == "hidden_text" or note.code not in WARNINGS)
    return Document(resume.name, "text", (Page(tuple(Line(line) for line in resume.text.split("\n"))),), notes)
