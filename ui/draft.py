"""Keep a form and resumes that a click put aside unranked, until they are taken back or others take their place."""

from feedback.store.history import job_title
from i18n.texts import Texts
from service.conditions import changes
from service.job import JobFile
from service.listing.listing import Listing
from service.pile import Pile
from service.run_state import RunState, cancel
from ui.session import Session
from ui.session_parts import Draft, Form
from ui.undo import offer_undo


def put_aside(session: Session, typed: Form) -> None:
    """Remember the session's form, as `typed`, and its pile, right before a click replaces them; nothing that the history has anyway."""
    pile = session.pile
    if _is_draft(typed, pile, session.run, session.job_file):
        session.draft = Draft(
            typed,
            Pile(list(pile.documents), list(pile.unread), roster=pile.roster, watched=set(pile.watched), has_examples=pile.has_examples),
        )


def take_back(session: Session, typed: Form) -> bool:
    """Put the draft in place of what the session shows, with `typed` in its form; return whether there was one."""
    draft = session.draft
    if draft is None:
        return False
    offer_undo(session, "draft_taken", typed)
    session.draft = None
    put_aside(session, typed)
    run, view, pile = session.run, session.view, session.pile
    cancel(run)
    pile.cancel_reading()
    run.query, run.ranking, run.run_id, run.change, run.conditions = None, None, 0, None, None
    run.resumes, run.rejected, run.job_notes, run.is_blind, run.was_blind = [], [], (), False, False
    run.listed, run.marks, pile.roster, pile.watched = {}, None, draft.pile.roster, set(draft.pile.watched)
    view.selected, view.beside, view.listing, view.hides_names = 0, 0, Listing(), False
    pile.documents, pile.unread, pile.has_examples = list(draft.pile.documents), list(draft.pile.unread), draft.pile.has_examples
    session.form, session.view.message = draft.form, None
    return True


def draft_line(draft: Draft, words: Texts) -> str:
    """Return which draft it is: the title of its job and how many resumes it has."""
    aside = words("draft.aside", title=job_title(draft.form.job) or words("history.untitled"), count=len(draft.pile.documents))
    return aside + words("draft.pasted") * bool(draft.form.pasted.strip())


def _is_draft(typed: Form, pile: Pile, run: RunState, job_file: JobFile | None) -> bool:
    if not (typed.job.strip() or typed.pasted.strip() or pile.documents):
        return False
    if pile.has_examples and job_file and job_file.text == typed.job:
        return False
    if run.ranking and run.run_id and run.query:
        if run.conditions:
            return bool(changes(run, pile, typed.job, typed.instruction or "", typed.pasted))
        return typed.job.strip() not in ("", run.query.job.strip())
    return True
