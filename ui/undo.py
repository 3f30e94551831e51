"""Undo a click that replaced somebody's work: the session remembers for ten seconds what it was, also across a reload."""

import time
from copy import copy

from i18n.texts import Texts
from ui.html.templates import rendered, script
from ui.session import Session
from ui.session_parts import Form, Undo

SECONDS = 10.0
_LATE_SECONDS = 2.0  # a click on the button in its last moment is still on its way
_SHOWN = {
    "pile": "documents unread has_examples roster watched",
    "run": "query job_notes resumes dropped rejected ranking model stopped weights run_id is_blind was_blind answers change labels"
    " kept_files rubric rubric_version conditions statuses notes listed marks",
    "rubric": "text current",
    "view": "hides_names selected beside message",
}
"""What a click may replace, by part of the session."""


def offer_undo(session: Session, key: str, form: Form | None = None) -> None:
    """Remember what the session shows, right before a click replaces it. `key` names the text of the offer, `form` what was typed."""
    names = [(part, name) for part, named in _SHOWN.items() for name in named.split()]
    values = {(part, name): copy(getattr(getattr(session, part), name)) for part, name in names}
    session.undo = Undo(key, values, form, session.run.order, session.draft, time.time() + SECONDS)


def undo(session: Session) -> Undo | None:
    """Restore what the last click replaced and return it; None if there is nothing to undo or the time is over."""
    last, session.undo = session.undo, None
    if last is None or time.time() > last.until + _LATE_SECONDS:
        return None
    for (part, name), value in last.values.items():
        setattr(getattr(session, part), name, value)
    session.draft = last.draft
    if last.form:
        session.form = last.form
    return last


def undo_html(last: Undo | None, words: Texts) -> str:
    """Return the offer to undo the last click, with the milliseconds that are left; "" if there is none."""
    left = last.until - time.time() if last else 0.0
    if not last or left <= 0:
        return ""
    return rendered("undo", left=left, said=words(f"undo.{last.key}"), words=words)


UNDO_CLICKS = script("undo")
