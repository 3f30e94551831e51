"""Render labels in the list: three buttons beside each candidate, and what colleagues said."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from feedback.labels import FULL, NONE, PARTIAL, Label
from i18n.texts import Texts
from ui.script import script
from ui.session import Session

GRADES = {FULL: "full", PARTIAL: "partial", NONE: "none"}
"""Keys of the [label] texts, best first."""


def own_label(labels: Sequence[Label], user: str) -> Label | None:
    """Return the label that this user gave, if any."""
    return next((label for label in labels if label.rater == user), None)


def buttons_html(resume_id: str, name: str, labels: Sequence[Label], user: str, words: Texts) -> str:
    """Return the three label buttons of a candidate; the one that this user chose is pressed."""
    own = own_label(labels, user)
    buttons = "".join(
        f'<button type="button" data-grade="{grade}" class="{key}" title="{words(f"label.{key}")}"'
        f' aria-pressed="{"true" if own and own.grade == grade else "false"}">{words(f"label.{key}_short")}</button>'
        for grade, key in GRADES.items()
    )
    group = escape(words("label.of", name=name))
    return f'<div class="rr-grades" role="group" aria-label="{group}" data-resume="{escape(resume_id)}">{buttons}</div>'


def remark_html(resume_id: str, labels: Sequence[Label], user: str, words: Texts) -> str:
    """Return the part of the panel for labels: an input for the reason, colleagues' labels, and the button to erase the person."""
    own = own_label(labels, user)
    hint = escape(words("label.reason_hint"))
    line = (
        f'<input type="text" maxlength="200" data-reason data-resume="{escape(resume_id)}" value="{escape(own.reason if own else "")}"'
        f' placeholder="{hint}" aria-label="{hint}">'
    )
    others = "".join(
        f"<li><b>{escape(label.rater or words('label.nobody'))}</b> {words(f'label.{GRADES[label.grade]}')}"
        f"{f': {escape(label.reason)}' if label.reason else ''}</li>"
        for label in labels
        if label.rater != user
    )
    erasing = f'<button type="button" class="rr-erase" data-erase-ask="{escape(resume_id)}">{words("label.erase")}</button>'
    return f"<section><h4>{words('label.title')}</h4>{line}{f'<ul>{others}</ul>' if others else ''}{erasing}</section>"


def saved_html(session: Session, chosen: Mapping[str, Any], words: Texts) -> str:
    """Return a status line with the new label as JSON: scripts/saved_label.js updates the list with it, so that it is not sent again."""
    own = own_label(session.run.labels.get(chosen["label"], ()), session.user)
    news = json.dumps({"resume": chosen["label"], "grade": own.grade if own else None})
    said = words("label.saved" if own else "label.taken_back", count=len(session.run.labels))
    return f'<span data-news="{escape(news)}" role="status">{said}</span>'


LABEL_CLICKS = script("label")

SAVED_NEWS = script("saved_label")
