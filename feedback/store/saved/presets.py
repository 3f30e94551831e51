"""Store presets: job descriptions, instructions and criteria that a team saved under a name, to use them again."""

import time
from dataclasses import dataclass

from feedback.store.store import Store, storable

JOB, INSTRUCTION, RUBRIC = "job", "instruction", "rubric"
MAX_NAME = 60
MAX_TEXT = {JOB: 100_000, INSTRUCTION: 4_000, RUBRIC: 50_000}
"""Characters, by kind."""


@dataclass(frozen=True)
class Preset:
    """A saved text. `user` saved it last, `at`, in Unix seconds."""

    name: str
    text: str
    user: str
    at: float


def save(store: Store, kind: str, name: str, text: str, user: str) -> None:
    """Save a text under a name, replacing the preset of this kind and name. Space around and inside the name is tidied.

    Raises ValueError whose message is a code: "no_name", "name_too_long", "no_text", "text_too_long"; and KeyError for another kind.
    """
    name, longest = " ".join(storable(name).split()), MAX_TEXT[kind]
    problems = {
        "no_name": not name,
        "name_too_long": len(name) > MAX_NAME,
        "no_text": not text.strip(),
        "text_too_long": len(text) > longest,
    }
    for code, is_so in problems.items():
        if is_so:
            raise ValueError(code)
    with store.writing() as db:
        db.execute(
            "INSERT OR REPLACE INTO saved (kind, name, text, user, at) VALUES (?,?,?,?,?)",
            (kind, name, storable(text), storable(user), time.time()),
        )


def presets(store: Store, kind: str) -> list[Preset]:
    """Return all presets of a kind, the last saved first."""
    with store.reading() as db:
        rows = db.execute("SELECT name, text, user, at FROM saved WHERE kind = ? ORDER BY at DESC, name", (kind,))
        return [Preset(*row) for row in rows]


def delete(store: Store, kind: str, name: str) -> None:
    """Delete a preset; no error if it is gone. The text stays in the runs that used it."""
    with store.writing() as db:
        db.execute("DELETE FROM saved WHERE kind = ? AND name = ?", (kind, name))
