"""Reopen an earlier ranking as it was shown: its list, its query, and its resumes as a pile that can be ranked again."""

from collections.abc import Sequence
from dataclasses import replace

from feedback.labels import Weights
from feedback.learning.versions import NoSuchWeights, weights_of_run
from feedback.store.kept_files import kept_of_run
from feedback.store.recording import listed_in, reopened
from feedback.store.saved.rubrics import saved_rubric
from feedback.store.store import Run, Store
from preprocess.document import FILE_NOTES, Document, Line, Page, Rejected, Resume
from preprocess.screening.screen import WARNINGS
from service.conditions import conditions_of_stored
from service.desk.colleagues import refresh
from service.pile import Pile
from service.roster.roster import roster_of
from service.run_state import RunState, cancel

_OF_THE_FILE = frozenset({"hidden_text", "invisible_in_words", "invisible_text", "text_backwards"})
"""Warnings about the file as it was read, of which the clean text shows nothing any more."""


def reopen(state: RunState, pile: Pile, run: Run, store: Store) -> None:
    """Put a stored run into the state and its resumes into the pile, in place of what was there; a run in progress is cancelled."""
    cancel(state)
    pile.has_examples = False
    show_run(state, run, store)
    pile.unread = list(state.rejected)
    pile.documents = [stored_document(resume) for resume in state.resumes if resume.id]
    pile.roster = roster_of(state.resumes, state.listed)
    state.conditions = conditions_of_stored(run.job, run.instruction, pile.documents)


def show_run(state: RunState, run: Run, store: Store) -> None:
    """Fill the state with a stored run: its list, its labels and its query."""
    ranking, query, resumes = reopened(run)
    try:
        weights = weights_of_run(store, run)
    except NoSuchWeights:  # why they moved somebody cannot be said any more
        weights = Weights(run.weights_version, {})
    state.stopped, state.change, state.answers, state.conditions = False, None, {}, None
    state.ranking, state.query, state.job_notes, state.resumes = ranking, query, (), list(resumes)
    state.dropped = frozenset()
    state.rejected = [Rejected(*file) for file in run.settings.get("unread", ())]
    state.model, state.weights = run.engine, weights
    state.run_id, state.listed, state.marks = run.id, listed_in(run), None
    refresh(state, store)
    state.kept_files = kept_of_run(store, run.id)
    state.is_blind = state.was_blind = bool(run.settings.get("blind"))
    state.rubric_version = run.settings.get("rubric", 0)
    saved = saved_rubric(store, run.job, state.rubric_version) if state.rubric_version else None
    state.rubric = saved.rubric if saved else None


def stored_document(resume: Resume) -> Document:
    """Return a resume of a stored ranking as a document, without the notes that screening its text will produce again."""
    return as_document(_unscreened(resume))


def as_document(resume: Resume) -> Document:
    """Return the resume as a document of clean text with its notes; cleaning it again changes nothing."""
    return Document(resume.name, "text", (Page(tuple(Line(line) for line in resume.text.split("\n"))),), resume.notes)


def as_joined_document(resume: Resume, parts: Sequence[Resume]) -> Document:
    """Return the resume of a person with several files as a document that can be split; cleaning it again changes nothing."""
    if len(parts) < 2:
        return as_document(resume)
    names = {part.name for part in parts}
    others = tuple(note for note in resume.notes if note.code in FILE_NOTES and note.before not in names)  # nobody's, or blank
    return replace(as_document(parts[0]), notes=others, parts=tuple(map(as_document, parts)))


def _unscreened(resume: Resume) -> Resume:
    """Return the resume without the notes that screening its text will produce again."""
    return replace(resume, notes=tuple(note for note in resume.notes if note.code not in WARNINGS - _OF_THE_FILE))
