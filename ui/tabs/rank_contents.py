"""Render what of the ranking tab changes with a session, each part from the parts of the session that it shows."""

from markupsafe import Markup

from i18n.texts import Texts
from service.message import Message
from service.model import Model
from ui.html.board import board_html, opened_html, tools_html
from ui.html.listing.conditions import conditions_html
from ui.html.listing.rubric import rubric_line_html
from ui.html.listing.selection import bar_html
from ui.html.status import pile_html, refusal_html
from ui.rubric_desk import RubricDesk
from ui.session import Session


def contents(session: Session) -> dict[str, str]:
    """Return, by component name, what a run, an upload or a click may change while no candidate is open."""
    run, view, words = session.run, session.view, session.visitor.words
    return {
        "rubric_line": line_of(session.rubric, view.message, words),
        "pile": pile_html(session.pile, session.form, view, words),
        "conditions": conditions_of(session),
        "tools": tools_html(run, view.listing, session.visitor.user, words),
        "board": board_of(session),
        "selection": bar_html(run, view.labels_too, words),
    }


def line_of(desk: RubricDesk, message: Message | None, words: Texts) -> Markup:
    """Return the line of the criteria, with the message if it is about the job description."""
    return rubric_line_html(desk, words) + refusal_html(message, "job", words)


def board_of(session: Session) -> str:
    """Return the board."""
    return board_html(session.run, session.pile, session.view, session.visitor.user, session.visitor.words)


def opened_of(session: Session, model: Model) -> str:
    """Return the panel of the open candidate."""
    return opened_html(session.run, session.pile, session.view, session.visitor.user, model, session.visitor.words)


def conditions_of(session: Session) -> Markup:
    """Return the line that stands for the folded form."""
    changed = {"is_outdated": session.is_outdated, "hides_names": session.view.hides_names}
    return conditions_html(session.run, session.pile, session.form, session.draft, session.visitor.words, **changed)
