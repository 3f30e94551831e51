"""Define what users are told as a key of the text tables with its values, so that it can be shown in the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from feedback.store.disk_errors import is_damage, is_disk_full
from feedback.store.store import Store
from i18n.texts import Texts
from preprocess.document import Note, Rejected
from service.model import Model


@dataclass(frozen=True)
class Message:
    """Something to tell the person, as a key of the text tables, so that it follows a switch of language."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    rejected: Rejected | None = None
    """Why the job description could not be read, where that is the message."""

    notes: tuple[Note, ...] = ()
    """What the message lists, where it is about notes on a file."""

    kind: str = "error"
    """ "error", "warning" or "info"."""

    def sentence(self, words: Texts) -> str:
        """Return the message in words, as plain text."""
        more = [words.rejected(self.rejected)] if self.rejected else []
        more += [words("message.note_separator").join(words.note(note) for note in self.notes)] if self.notes else []
        return " ".join([words(self.key, **self.values), *more])


ADMINS_ONLY = Message("message.admins_only", kind="warning")


def store_failed(error: Exception, key: str = "message.store_failed", kind: str = "error") -> Message:
    """Return the message that the feedback database could not be read or written.

    `key` names what was not done; `key` + "_full" is used if the disk is full, "message.store_broken" if the database is damaged.
    """
    if is_damage(error):
        return Message("message.store_broken", kind=kind)
    return Message(f"{key}_full" if is_disk_full(error) else key, {"problem": type(error).__name__}, kind=kind)


def store_damaged(store: Store) -> Message:
    """Return the message that the database was found damaged at the start: where the old file is, and what was saved of it."""
    assert store.damaged
    return Message("message.store_damaged", {"name": store.damaged.name, "runs": store.salvaged.runs, "labels": store.salvaged.labels})


def store_opened_lines(store: Store, words: Callable[..., str]) -> list[str]:
    """Return what a console says once the database is open: that it was found damaged (see `store_damaged`), or was upgraded."""
    lines = []
    if store.damaged:
        lines.append(words("tune.damaged", path=store.damaged, runs=store.salvaged.runs, labels=store.salvaged.labels))
    if store.upgrade:
        lines.append(words("tune.upgraded", before=store.upgrade.before, after=store.upgrade.after, path=store.upgrade.copy))
    return lines


def model_failed(model: Model) -> Message:
    """Return the message that the model could not be loaded, or that loading is tried again."""
    return Message("message.model_retried" if model.tries_again else "message.model_failed", {"problem": model.problem})
