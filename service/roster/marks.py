"""Take over the statuses and labels of a list of candidates once they are ranked, as far as nobody has given any, and take them back."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from feedback.files.label_files import grade_of
from feedback.store.desk.statuses import TO_READ, set_status
from feedback.store.store import Store, UnknownCandidate
from preprocess.lexicon.characters import simplified
from preprocess.roster import RosterRow
from service.desk.colleagues import refresh
from service.label import own_label
from service.run_state import RosterMarks, RunState


def status_of(word: str) -> str | None:
    """Return the status that a word of a list stands for; None for one that is not known, like that of somebody hired."""
    return _statuses().get(_key(word))


def label_of(text: str) -> int | None:
    """Return the grade that a list's label stands for, in words: a number may be one of five stars.

    What stands behind it, as in our own exports, is left out: 完全匹配（王芳）：…
    """
    word = re.split(r"[（(:：]", text)[0].strip()
    return None if word.isdecimal() else grade_of(word)


def take_marks(state: RunState, store: Store, user: str, rows: Mapping[str, RosterRow]) -> None:
    """Store, on behalf of `user`, the status and label that the rows give candidates, by resume id, and say so in `state.marks`.

    Who has a status already keeps it, and so does who has a label of this user. Raises sqlite3.Error.
    """
    statuses: dict[str, str] = {}
    labels: dict[str, int] = {}
    unknown: Counter[str] = Counter()
    is_private = state.runs_of is not None
    for resume_id, row in rows.items():
        status, grade = status_of(row.status), label_of(row.label)
        unknown.update(word for word, known in ((row.status, status), (row.label, grade)) if word and known is None)
        with suppress(UnknownCandidate):  # somebody was erased this moment
            if status not in (None, TO_READ) and resume_id not in state.statuses:
                set_status(store, state.run_id, [resume_id], status, user, sheet=row.digest, is_private=is_private)
                statuses[resume_id] = status
            if grade is not None and not own_label(state.labels.get(resume_id, ()), user):
                store.label(state.run_id, resume_id, user, grade, row.sheet, sheet=row.digest)
                labels[resume_id] = grade
    if statuses or labels or unknown:
        refresh(state, store)
        state.marks = RosterMarks(statuses, labels, tuple(unknown.most_common()))


def take_marks_back(state: RunState, store: Store, user: str) -> None:
    """Undo `take_marks` for whom nobody has decided anything else since. Raises sqlite3.Error and UnknownCandidate."""
    marks, state.marks = state.marks, None
    if marks is None:
        return
    refresh(state, store)
    for resume_id, status in marks.statuses.items():
        if (now := state.statuses.get(resume_id)) and now.status == status:
            set_status(store, state.run_id, [resume_id], TO_READ, user, is_private=state.runs_of is not None)
    for resume_id, grade in marks.labels.items():
        if (own := own_label(state.labels.get(resume_id, ()), user)) and own.grade == grade:
            store.label(state.run_id, resume_id, user, None)
    refresh(state, store)


def _key(word: str) -> str:
    return re.sub(r"[\W_]", "", simplified(word)).casefold()


@cache
def _statuses() -> dict[str, str]:
    table = tomllib.loads(Path(__file__).with_name("statuses.toml").read_text("utf-8"))
    return {_key(word): status for status, languages in table.items() for words in languages for word in words.split("|")}
