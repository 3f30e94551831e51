"""Render labels in the list: three buttons beside each candidate, and what colleagues said."""

from collections.abc import Sequence

from markupsafe import Markup

from feedback.labels import GRADES, Label
from i18n.texts import Texts
from service.label import own_label
from ui.html.templates import rendered, script


def buttons_html(resume_id: str, name: str, labels: Sequence[Label], user: str, words: Texts) -> Markup:
    """Return the three label buttons of a candidate; the one that this user chose is pressed."""
    return rendered("labels_buttons", id=resume_id, name=name, own=own_label(labels, user), grades=GRADES, words=words)


def remark_html(resume_id: str, labels: Sequence[Label], user: str, words: Texts) -> Markup:
    """Return the part of the panel for labels: an input for the reason, colleagues' labels, and the button to erase the person."""
    colleagues = colleagues_html(resume_id, labels, user, words)
    return rendered("labels_remark", id=resume_id, own=own_label(labels, user), colleagues=colleagues, words=words)


def colleagues_html(resume_id: str, labels: Sequence[Label], user: str, words: Texts) -> Markup:
    """Return the list of the labels that others gave."""
    others = [label for label in labels if label.rater != user]
    return rendered("labels_colleagues", id=resume_id, labels=others, grades=GRADES, words=words)


LABEL_CLICKS = script("label")
