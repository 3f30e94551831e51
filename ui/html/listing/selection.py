"""Render what HR does with candidates: ticks, statuses and notes, in a row and in the open candidate's panel, and the bar for those ticked.

What a colleague may change has a key in `data-part`: `parts` renders these anew, and scripts/parts.js replaces them in place.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from markupsafe import Markup

from feedback.labels import GRADES, Label
from feedback.store.desk.notes import MAX_NOTE, CandidateNote
from feedback.store.desk.statuses import STATUSES, TO_READ, CandidateStatus
from i18n.texts import Texts
from preprocess.roster import Listed
from service.run_state import RunState
from ui.html.templates import rendered, script
from ui.html.times import said_at
from ui.labelling import buttons_html, colleagues_html

_NOBODY = CandidateStatus(TO_READ, "", 0.0)


@dataclass(frozen=True)
class Desk:
    """The statuses and notes of HR about the candidates of a list, by resume id. `labels_too`: a status also gives its label."""

    statuses: Mapping[str, CandidateStatus] = field(default_factory=dict)
    notes: Mapping[str, Sequence[CandidateNote]] = field(default_factory=dict)
    labels_too: bool = False
    listed: Mapping[str, Listed] = field(default_factory=dict)
    """What a list of candidates calls them; none where names are hidden."""

    is_blind: bool = False
    """Names are hidden, and so are the notes of colleagues, which may hold one."""


def desk_of(run: RunState, labels_too: bool) -> Desk:
    """Return what HR decided and noted about the candidates of the list; `labels_too` is whether a status gives its label now."""
    return Desk(run.statuses, run.notes, labels_too, {} if run.is_blind else run.listed, run.is_blind)


def tick_html(number: int, name: str, words: Texts) -> Markup:
    """Return the box to tick the candidate with this `input_position`."""
    return rendered("tick", number=number, name=name, words=words)


def status_cell_html(resume_id: str, name: str, desk: Desk, words: Texts) -> Markup:
    """Return a row's drop-down of the status and its number of notes."""
    current = desk.statuses.get(resume_id, _NOBODY)
    notes = len(desk.notes.get(resume_id, ()))
    return rendered(
        "status_cell", id=resume_id, name=name, current=current, by=_by(current, words), statuses=STATUSES, notes=notes, words=words
    )


def status_buttons_html(resume_id: str, name: str, desk: Desk, words: Texts) -> Markup:
    """Return the open candidate's status buttons, the current one pressed, and the box that lets a status give the label too."""
    return _status_buttons(resume_id, name, desk, words) + _labels_too(desk.labels_too, words)


def _status_buttons(resume_id: str, name: str, desk: Desk, words: Texts) -> Markup:
    current = desk.statuses.get(resume_id, _NOBODY)
    return rendered("status_buttons", id=resume_id, name=name, current=current, by=_by(current, words), statuses=STATUSES, words=words)


def _labels_too(is_on: bool, words: Texts) -> Markup:
    return rendered("status_labels_too", is_on=is_on, words=words)


def notes_html(resume_id: str, desk: Desk, user: str, words: Texts) -> Markup:
    """Return the open candidate's section of notes, with the field for a new one."""
    return rendered("notes", id=resume_id, notes=_note_list(resume_id, desk, user, words), longest=MAX_NOTE, words=words)


def _note_list(resume_id: str, desk: Desk, user: str, words: Texts) -> Markup:
    notes = desk.notes.get(resume_id, ())
    shown = [(note, said_at(note.at, words)) for note in notes if note.user == user or not desk.is_blind]
    return rendered("notes_list", id=resume_id, notes=shown, hidden=len(notes) - len(shown), user=user, words=words)


def bar_html(run: RunState, labels_too: bool, words: Texts) -> str:
    """Return the bar for the candidates ticked in the list; "" if there is none. A new run's number unticks everybody."""
    if not run.ranking or not run.ranking.rows:
        return ""
    values = {"run": run.number, "can_keep": bool(run.run_id) and not run.busy, "can_export": not run.busy}
    return rendered("selection", statuses=STATUSES, grades=GRADES, labels_too=_labels_too(labels_too, words), words=words, **values)


def parts(
    changed: Set[str], names: Mapping[str, str], labels: Mapping[str, Sequence[Label]], desk: Desk, user: str, words: Texts
) -> dict[str, str]:
    """Return by key the parts of the page that show a status, a label or a note of these resumes. `names` are by resume id."""
    markup: dict[str, str] = {"labels-too": _labels_too(desk.labels_too, words)}
    for resume_id in changed & names.keys():
        name, given = names[resume_id], labels.get(resume_id, ())
        markup |= {
            f"cell-{resume_id}": status_cell_html(resume_id, name, desk, words),
            f"status-{resume_id}": _status_buttons(resume_id, name, desk, words),
            f"notes-{resume_id}": _note_list(resume_id, desk, user, words),
            f"grades-{resume_id}": buttons_html(resume_id, name, given, user, words),
            f"colleagues-{resume_id}": colleagues_html(resume_id, given, user, words),
        }
    return markup


def _by(status: CandidateStatus, words: Texts) -> str:
    """Return who set a status and when; "" if nobody did."""
    return f"{status.user or words('label.nobody')} · {said_at(status.at, words)}" if status.at else ""


DESK_CLICKS = script("desk")
BAR_CLICKS = script("selection")
SAVED_NEWS = script("parts")
