"""Follow a ranking that is in work on another page, of the same user or a colleague: its rows as they come, at the end as it is stored."""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace

from feedback.store.store import Store
from reranker.evidence.requirements import parse_job
from reranker.rubric.criteria import as_parsed
from service.access.access import Access
from service.message import Message, store_failed
from service.pile import Pile
from service.progress import SCORING, Progress
from service.reopen import reopen
from service.run_state import cancel, clear_to_follow, follow, stop
from ui.draft import put_aside
from ui.html.history import RankingInWork
from ui.session import Session
from ui.session_parts import Form
from ui.session_registry import SessionRegistry
from ui.undo import offer_undo

_LOOK_SECONDS = 0.2


class RankingsInWork:
    """The rankings in work on all pages of this server, as far as a user may see them."""

    def __init__(self, registry: SessionRegistry, access: Access):
        self._registry, self._access = registry, access

    def listed(self, user: str) -> list[RankingInWork]:
        """Return the rankings in work that this user may see, their own among them; not those of pages that follow another."""
        return [
            RankingInWork(session.kept.id, (session.run.order or session.form).job, session.visitor.user, session.run.progress)
            for session in self._sessions(user)
        ]

    def find(self, user: str, number: int) -> Session | None:
        """Return the session of the one with this number in the store, None if its ranking has ended or may not be seen."""
        return next((session for session in self._sessions(user) if session.kept.id == number > 0), None)

    def ended(self, user: str, number: int) -> int:
        """Return the stored run that the session with this number shows; 0 if it shows none or it may not be seen."""
        runs_of = self._access.runs_of(user)
        shown = [session for session in self._registry.sessions() if session.kept.id == number > 0 and not session.run.busy]
        return next((session.run.run_id for session in shown if runs_of in (None, session.visitor.user)), 0)

    def _sessions(self, user: str) -> list[Session]:
        runs_of = self._access.runs_of(user)
        running = [session for session in self._registry.sessions() if session.run.busy and session.run.order]
        return [session for session in running if runs_of in (None, session.visitor.user)]


def follow_steps(session: Session, other: Session, store: Store, typed: Form) -> Iterator[None]:
    """Show the ranking in work of `other` in the session, in place of its own; the iterator yields after each change.

    Who follows their own ranking can stop it; a colleague's goes on, and only the following ends. `typed` is what the page's boxes hold.
    """
    _begin(session, other, typed)
    return _steps(session, other, store, session.run.number, other.run.number)  # of now: a click may come before the first step


def _begin(session: Session, other: Session, typed: Form) -> None:
    run, source, pile = session.run, other.run, session.pile
    if typed.job.strip() or pile.documents or run.ranking:
        offer_undo(session, "run_opened", typed)
    put_aside(session, typed)
    cancel(run)
    pile.cancel_reading()
    pile.documents, pile.unread, pile.has_examples = [], [], False
    order = source.order
    job, instruction = (order.job, order.instruction) if order else (other.form.job, other.form.instruction)
    session.form, session.view.message = Form(job, "", instruction), None
    session.rubric.show(job, source.rubric or as_parsed(parse_job(job)))
    session.view.selected = session.view.beside = 0
    clear_to_follow(run)
    run.is_blind = run.was_blind = session.view.hides_names = source.was_blind
    follow(run, source)
    run.progress = run.progress or Progress(SCORING)


def _steps(session: Session, other: Session, store: Store, number: int, of_source: int) -> Iterator[None]:
    run, source = session.run, other.run
    changes, stops = -1, 0
    is_own = session.visitor.user == other.visitor.user
    while run.number == number and source.number == of_source and source.busy:
        if run.stops > stops and is_own:
            stop(source)
        elif run.stops > stops:
            break
        stops = run.stops
        if other.work.changes != changes:
            changes = other.work.changes
            follow(run, source)
            yield
        time.sleep(_LOOK_SECONDS)
    if run.number == number:
        _end(session, other, store, of_source)
    elif run.stopped and is_own and source.number == of_source:
        stop(source)  # while nothing was scored yet
    yield


def _end(session: Session, other: Session, store: Store, of_source: int) -> None:
    """Open the ranking that was followed, number `of_source` of the other session, as it is stored; or say why it is followed no more."""
    run, source, stored = session.run, other.run, None
    is_over = source.number == of_source and not source.busy
    try:
        stored = store.run(source.run_id, run.runs_of) if is_over and source.run_id else None
    except sqlite3.Error as error:
        session.view.message = store_failed(error)
    except LookupError:  # deleted meanwhile
        pass
    if stored:
        pile = Pile() if session.pile.documents or session.pile.reading else session.pile  # what was added meanwhile stays
        is_blind, followed = run.is_blind, run.resumes
        reopen(run, pile, stored, store)
        run.is_blind = is_blind
        own = {(number, resume.id): resume.unmasked for number, resume in enumerate(followed)}
        run.resumes = [replace(resume, unmasked=own.get((number, resume.id))) for number, resume in enumerate(run.resumes)]
        return
    if is_over:
        follow(run, source)
        session.view.message = session.view.message or other.view.message
    else:
        goes_on = source.number == of_source
        session.view.message = Message("message.following_stopped" if goes_on else "message.following_cancelled", kind="info")
    run.stopped, run.progress = True, None
