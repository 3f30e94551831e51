"""Keep in the store what a session shows, after each change, and restore it for a page that comes back after a restart."""

import logging
import sqlite3
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from feedback.store.page_sessions import (
    KeptScore,
    KeptSession,
    add_resumes,
    add_scores,
    drop_scores,
    keep_listed,
    keep_parts,
    keep_state,
    kept_session,
    remove_resumes,
    take_over_cut_off,
)
from feedback.store.recording import explained_as_json
from feedback.store.store import Store
from preprocess.document import Document, Rejected, Unreadable
from preprocess.pipeline import Cleaning, clean, cleaned_parts
from service.access.access import EVERYBODY, Access
from service.message import Message
from service.output.blind_names import with_own_texts
from service.pile import Pile
from service.reopen import as_joined_document, show_run
from service.roster.roster import Roster, roster_of
from service.run_state import Conditions, KnownScores, Order, RunState, scores_key
from ui.rubric_desk import desk_as_json, desk_from_json
from ui.session import Session
from ui.session_parts import Draft, Form, Kept, Visitor

log = logging.getLogger(__name__)

_locks: WeakKeyDictionary[Kept, threading.Lock] = WeakKeyDictionary()  # not in the session: Gradio copies the one that a page begins with


def keep(session: Session, store: Store, max_characters: int) -> None:
    """Write what has changed since the last call. Errors of the store are only logged, so that they stop nobody's work."""
    if not session.visitor.tab:
        return
    with _locks.setdefault(session.kept, threading.Lock()):
        try:
            _keep_state(session, store)
            _keep_pile(session.kept, session.pile, session.draft, store, max_characters)
            _keep_roster(session.kept, session.pile, store)
            if session.draft or session.run.conditions:
                _keep_state(session, store)  # which names the rows of their resumes
            _keep_scores(session.kept, session.run, store)
        except (sqlite3.Error, OSError) as error:
            log.warning("a page session was not kept: %s", type(error).__name__)


def restored(store: Store, user: str, tab: str, access: Access = EVERYBODY, started: float = 0.0) -> Session | None:
    """Return the session of a tab as kept last, None if there is none or it cannot be read. A run that was cut off is in `run.order`.

    The first new tab of a user goes on with what the last process, before `started` (Unix seconds), was cut off at: the browser of then
    may be closed. Without sign-in nobody is known by another tab.
    """
    try:
        if user:
            with suppress(sqlite3.Error):  # the disk is full; what is stored can still be read
                take_over_cut_off(store, user, tab, started)
        kept = kept_session(store, user, tab)
        return _restored(kept, store, user, tab, access.runs_of(user)) if kept else None
    except (sqlite3.Error, KeyError, TypeError, ValueError) as error:  # a page that comes back empty is better than none
        log.warning("a page session was not restored: %s", type(error).__name__)
        return None


def _keep_state(session: Session, store: Store) -> None:
    pile, run, order, draft = session.pile, session.run, session.run.order, session.draft
    kept = session.kept.documents
    state = {
        "language": session.visitor.language,
        "job": session.form.job,
        "instruction": session.form.instruction,
        "rubric": desk_as_json(session.rubric),
        "hides_names": session.view.hides_names,
        "is_blind": run.is_blind,
        "conditions": run.conditions and _conditions_as_json(run, kept),
        "has_examples": pile.has_examples,
        "run": run.run_id,
        "unread": [asdict(rejected) for rejected in pile.unread],
        "reading": pile.reading_names,
        "sheets": list(pile.roster.sheets),
        "listed": len(pile.roster.rows),
        "takes_marks": pile.roster.takes_marks,
        "watched": sorted(pile.watched),
        "draft": draft
        and {
            "job": draft.form.job,
            "instruction": draft.form.instruction,
            "rows": [kept[id(document)][1] for document in draft.pile.documents if id(document) in kept],
            "has_examples": draft.pile.has_examples,
        },
        "is_stopped": bool(order and run.stops),
        "order": order and {"instruction": order.instruction, "batch_size": order.batch_size, "company_terms": order.company_terms},
        "cleaning": order and asdict(order.cleaning),
        "scores_key": scores_key(run.query, run.model) if order and run.query and run.model else "",
    }
    if state != session.kept.state:
        session.kept.id = keep_state(store, session.visitor.user, session.visitor.tab, state)
        session.kept.state = state


def _keep_pile(kept: Kept, pile: Pile, draft: Draft | None, store: Store, max_characters: int) -> None:
    """Keep uploaded resumes as cleaned text, with their files where these are kept; not pasted text, which the browser keeps.

    Cleaning is idempotent.
    """
    aside = draft.pile.documents if draft else []
    documents = {id(document): document for document in [*pile.documents, *aside]}
    known = kept.documents
    if gone := [key for key in known if key not in documents]:
        remove_resumes(store, [row for key in gone if (row := known.pop(key)[1])])
    fresh = {key: document for key, document in documents.items() if key not in known}
    resumes = {}
    for key, document in fresh.items():
        known[key] = (document, 0)  # the document too, so that no other one gets its id
        with suppress(Unreadable):
            resumes[key] = replace(clean(document, max_characters=max_characters), originals=document.originals)
    if resumes:
        rows = add_resumes(store, kept.id, resumes.values())
        known.update({key: (fresh[key], row) for key, row in zip(resumes, rows, strict=True)})
        if parts := {known[key][1]: cleaned_parts(fresh[key], max_characters) for key in resumes if fresh[key].parts}:
            keep_parts(store, parts)


def _keep_roster(kept: Kept, pile: Pile, store: Store) -> None:
    """Keep of lists of candidates the rows of the people who are in the pile, once it is read; nothing of anybody else."""
    if pile.reading or not (pile.roster.rows or kept.listed):
        return
    documents = list(pile.documents)
    matched = pile.roster.matching(documents).rows
    rows = {key: row for index, row in matched.items() if (key := kept.documents.get(id(documents[index]), (None, 0))[1])}
    changed = {key: rows.get(key) for key in {*rows, *kept.listed} if rows.get(key) != kept.listed.get(key)}
    if changed:
        keep_listed(store, changed)
        kept.listed = rows


def _keep_scores(kept: Kept, run: RunState, store: Store) -> None:
    if not run.order:
        if kept.scores:
            drop_scores(store, kept.id)
            kept.scores = set()
    elif run.ranking:
        rows = [row for row in run.ranking.rows if row.id not in kept.scores]
        if rows:
            add_scores(store, kept.id, [KeptScore(row.id, row.logit, row.truncated, explained_as_json(row)) for row in rows])
            kept.scores |= {row.id for row in rows}


def _conditions_as_json(run: RunState, kept: Mapping[int, tuple[Document, int]]) -> dict[str, Any]:
    """Return what the list was ranked by: digests in hex, and the rows of the documents in the store that are still in the pile."""
    assert run.conditions
    known = [kept[key][1] for document in run.conditions.documents if (key := id(document)) in kept]
    rows = sorted(row for row in known if row)  # 0: it has no text, and does not come back
    typed = {name: getattr(run.conditions, name).hex() for name in ("job", "instruction", "pasted")}
    return typed | {"rows": rows, "count": run.conditions.count - len(run.dropped) - (len(known) - len(rows))}


def _restored_conditions(state: Mapping[str, Any], documents: Mapping[int, Document]) -> Conditions:
    job, instruction, pasted = (bytes.fromhex(state[name]) for name in ("job", "instruction", "pasted"))
    return Conditions(job, instruction, pasted, WeakSet(documents[row] for row in state["rows"] if row in documents), state["count"])


def _restored(kept: KeptSession, store: Store, user: str, tab: str, runs_of: str | None) -> Session:
    state = kept.state
    session = Session(Visitor(state["language"], user, tab), form=Form(state["job"], "", state["instruction"]))
    session.rubric = desk_from_json(state.get("rubric"))  # a session of before there were rubrics has none
    session.run.runs_of = runs_of
    if state["run"]:
        with suppress(LookupError):  # it has been deleted since, or rankings have become private
            show_run(session.run, store.run(state["run"], runs_of), store)
    session.view.hides_names, session.run.is_blind = state["hides_names"], state["is_blind"]
    session.pile.has_examples = state["has_examples"]
    documents = {row: as_joined_document(resume, kept.parts.get(row, ())) for row, resume in kept.resumes.items()}
    aside: Mapping[str, Any] = state.get("draft") or {}
    rows_aside = aside.get("rows", [])
    session.pile.documents = [document for row, document in documents.items() if row not in rows_aside]
    if aside:
        of_draft = [documents[row] for row in rows_aside if row in documents]
        session.draft = Draft(Form(aside["job"], "", aside["instruction"]), Pile(of_draft, has_examples=aside["has_examples"]))
    if session.run.ranking and (conditions := state.get("conditions")):
        session.run.conditions = _restored_conditions(conditions, documents)
    session.pile.unread = [Rejected(**rejected) for rejected in state["unread"]]
    session.pile.unread += [Rejected(name, "lost_on_restart") for name in state["reading"]]
    session.pile.watched = set(state.get("watched", ()))
    session.pile.roster = roster_of(session.run.resumes, session.run.listed)
    if kept.listed:
        rows = tuple(replace(row, file=documents[key].name) for key, row in kept.listed.items())
        session.pile.roster = Roster(rows, state["takes_marks"])
    if len(kept.listed) < state.get("listed", 0) or not session.pile.roster.rows:
        session.pile.unread += [Rejected(name, "list_lost") for name in state.get("sheets", ())]
    session.run.resumes = with_own_texts(session.run.resumes, session.pile.documents) if session.run.was_blind else session.run.resumes
    if state["order"] and state.get("is_stopped"):  # a person had stopped it, so it is not taken up again
        session.run.stopped = True
        session.run.known_scores = KnownScores(state["scores_key"], {score.resume_id: score for score in kept.scores})
        values = {"done": len(kept.scores), "total": len(session.pile.documents)}
        session.view.message = Message("message.stopped_before_restart", values, kind="info")
    elif state["order"]:
        about = {"cleaning": Cleaning(**state["cleaning"]), "rubric": session.rubric.rubric, **state["order"]}
        session.run.order = Order(job=state["job"], pasted="", pasted_name="", **about)
        session.run.known_scores = KnownScores(state["scores_key"], {score.resume_id: score for score in kept.scores})
    session.kept.id = kept.id
    session.kept.documents = {id(document): (document, row) for row, document in documents.items()}
    session.kept.listed = dict(kept.listed)
    session.kept.scores = {score.resume_id for score in kept.scores}
    return session
