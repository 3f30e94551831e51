"""Taking back a click that replaced somebody's work: for ten seconds the session remembers what it was, over a reload too."""

import time
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from i18n.texts import Texts
from ui.script import script
from ui.session import Form, Order, Session

SECONDS = 10.0
_LATE_SECONDS = 2.0  # a click on the button in its last moment is still on its way
_SHOWN = (
    "documents unread has_examples hides_names query resumes rejected ranking model stopped weights run_id is_blind selected beside"
    " answers change labels message"
).split()


@dataclass(frozen=True)
class Undo:
    """What a click replaced. `key` names it in the text tables; `form` is what was typed, None where the click left that alone."""

    key: str
    values: Mapping[str, Any]
    form: Form | None
    order: Order | None
    """The run that was in work."""

    until: float


def offer_undo(session: Session, key: str, form: Form | None = None) -> None:
    """Remember what the session shows, right before a click replaces it."""
    values = {name: copy(getattr(session, name)) for name in _SHOWN}
    session.undo = Undo(key, values, form, session.order, time.time() + SECONDS)


def undo(session: Session) -> Undo | None:
    """Put back what the last click replaced and return it; None when there is nothing (any more)."""
    last, session.undo = session.undo, None
    if last is None or time.time() > last.until + _LATE_SECONDS:
        return None
    for name, value in last.values.items():
        setattr(session, name, value)
    if last.form:
        session.form = last.form
    return last


def undo_html(session: Session, words: Texts) -> str:
    """The offer, with the milliseconds that it stays; "" while there is none."""
    left = session.undo.until - time.time() if session.undo else 0.0
    if not session.undo or left <= 0:
        return ""
    said, button = words(f"undo.{session.undo.key}"), words("undo.button")
    return (
        f'<div class="rr-undo" role="status" data-left="{1000 * left:.0f}" style="--rr-left:{left:.2f}s"><span>{said}</span>'
        f'<button type="button" data-undo>{button}</button><i></i></div>'
    )


UNDO_CLICKS = script("undo")
