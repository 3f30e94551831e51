"""What one browser tab holds: the resumes that were read, the run in work or last done, and what to tell the person."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from feedback.comparison.compare import Comparison
from feedback.labels import MODEL_ORDER, Label, Weights
from feedback.learning.tuning import LearningOutcome
from feedback.store.candidate_data import PersonMatch
from feedback.store.disk_errors import is_damage, is_disk_full
from feedback.store.erased_person import ErasedPerson
from feedback.store.page_sessions import KeptScore
from feedback.store.store import Store
from preprocess.document import Document, Rejected, Resume
from preprocess.guarded.pool import Upload
from preprocess.pipeline import Cleaning
from reranker.engine import EngineInfo, Query
from reranker.evidence.asking import Answer
from reranker.ranking import Ranking, Row
from service.model import Model

ERASING = threading.Lock()
"""Held while somebody is taken out of the resumes and rows of a session, and while a run puts its new rows into its own."""

READING, WAITING, SCORING, EXPLAINING = "reading", "waiting", "scoring", "explaining"


@dataclass(frozen=True)
class Message:
    """Something to tell the person, as a key of the text tables, so that it follows a switch of language."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    rejected: Rejected | None = None
    """Why the job description could not be read, where that is the message."""

    kind: str = "error"
    """ "error", "warning" or "info"."""


def store_failed(error: Exception, key: str = "message.store_failed", kind: str = "error") -> Message:
    """The feedback database could not be read or written. `key` says what was not done; one with `_full` at its end is for a full disk."""
    if is_damage(error):
        return Message("message.store_broken", kind=kind)
    return Message(f"{key}_full" if is_disk_full(error) else key, {"problem": type(error).__name__}, kind=kind)


def store_damaged(store: Store) -> Message:
    """At the last start the feedback database was found damaged: where it is, and what could be saved."""
    assert store.damaged
    return Message("message.store_damaged", {"name": store.damaged.name, "runs": store.salvaged.runs, "labels": store.salvaged.labels})


def store_damaged_line(store: Store, words: Callable[..., str]) -> str:
    """The same for a console, with the whole path."""
    return words("tune.damaged", path=store.damaged, runs=store.salvaged.runs, labels=store.salvaged.labels)


def model_failed(model: Model) -> Message:
    """There is no model, or not yet."""
    return Message("message.model_retried" if model.tries_again else "message.model_failed", {"problem": model.problem})


def candidate(ranking: Ranking | None, number: int) -> Row | None:
    """The row of a ranking by `previous_rank`."""
    return next((row for row in ranking.rows if row.previous_rank == number), None) if ranking else None


def stop(session: "Session") -> None:
    """Let the run in work score no more; what is scored gets its match points and is kept. While these are looked for, end that too."""
    if session.progress is None:
        return
    if session.progress.stage == WAITING:  # nothing is scored yet
        cancel(session)
        session.stopped = True
    else:
        session.stops = 2 if session.progress.stage == EXPLAINING else max(1, session.stops)


def cancel(session: "Session") -> None:
    """Drop the run in work: something else takes its place."""
    session.number += 1
    session.progress, session.order, session.stopped = None, None, False


@dataclass(frozen=True)
class Progress:
    """Where a run is: a stage, how far, and an estimate of the seconds left (None: nothing to base one on)."""

    stage: str
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    others: int = 0
    """How many other runs take turns with this one at the model."""


@dataclass(frozen=True)
class Form:
    """What was typed, so that a page that is loaded again shows it again."""

    job: str = ""
    pasted: str = ""
    instruction: str | None = None
    """None: nothing was chosen yet."""


@dataclass(frozen=True)
class Order:
    """What the person filled in for a run. None of it can be trusted: the page's own limits hold in the browser only."""

    job: str
    pasted: str
    pasted_name: str
    instruction: str
    batch_size: int
    """0: the engine decides."""

    cleaning: Cleaning
    company_terms: bool = False
    """Whether a sentence about the accepted company terms goes into the instruction."""


@dataclass(frozen=True)
class KnownScores:
    """Scores of a run that a restart cut off, by resume id; `key` says of which query and engine (`keeping.scores_key`)."""

    key: str
    scores: Mapping[str, KeptScore]


@dataclass(eq=False)
class Kept:
    """What the store has of a session, so that only changes are written; see keeping.py."""

    id: int = 0
    state: Mapping[str, Any] = field(default_factory=dict)
    documents: dict[int, tuple[Document, int]] = field(default_factory=dict)
    """By id() of a document, the document and its row in the store; 0: it has no text to keep."""

    scores: set[str] = field(default_factory=set)


@dataclass
class Session:
    """Mutable on purpose: a run in work and the clicks beside it see the same one. `number` counts runs; only the newest goes on."""

    language: str = "zh"
    tab: str = ""
    """The key of the browser's tab; "": it has none, and nothing is kept of it."""

    kept: Kept = field(default_factory=Kept)
    pages: int = 0
    """How many pages of the browser have loaded it and not ended yet; see session_registry.py."""

    jobs: set[object] = field(default_factory=set)
    """One for each thing in work, and `changes` counts their news; see background.py."""

    changes: int = 0
    news: int = 0
    """Counts what others did to this session (somebody was erased), which its pages do not know yet."""

    untold: list[ErasedPerson] = field(default_factory=list)
    """Whom others erased since the page was shown last: what it still has in its boxes may be of them."""

    changed_form: set[str] = field(default_factory=set)
    """Fields of `form` that lost something by an erasure, which the page still shows as they were."""

    form: Form = Form()
    hides_names: bool = False
    """Whether the pile is shown without names: blind mode is switched on for the next run."""

    documents: list[Document] = field(default_factory=list)
    """Uploaded resumes as read, not cleaned yet: the switches under ⚙ apply to the next run without another upload."""

    cleaned: tuple[object, WeakKeyDictionary[Document, Resume]] = field(default_factory=lambda: (None, WeakKeyDictionary()))
    """For which cleaning and job the documents were cleaned last, and what came of each, for as long as the document is held."""

    unread: list[Rejected] = field(default_factory=list)
    reading: Progress | None = None
    """Uploads that are being read; a run in work goes on beside that."""

    reading_names: list[str] = field(default_factory=list)
    """The files of `reading` that are not read yet."""

    uploads: list[Upload] = field(default_factory=list)
    """Those being read."""

    has_examples: bool = False
    """Whether the pile is the example people, who make room for the first files of one's own."""

    number: int = 0
    progress: Progress | None = None
    message: Message | None = None
    query: Query | None = None
    resumes: list[Resume] = field(default_factory=list)
    dropped: frozenset[int] = frozenset()
    """Numbers of those of `resumes` that are empty, because somebody was erased while the run was in work or later."""

    rejected: list[Rejected] = field(default_factory=list)
    ranking: Ranking | None = None
    model: EngineInfo | None = None
    """Of the engine behind `ranking`."""

    order: Order | None = None
    """What the run in work was asked to do."""

    known_scores: KnownScores | None = None
    stops: int = 0
    """How often a person has asked the run in work to stop: once ends the scoring, twice the search for match points too."""

    stopped: bool = False
    weights: Weights = MODEL_ORDER
    """Those behind `ranking`."""

    run_id: int = 0
    """Under which the store keeps `ranking`; 0: it does not, so it cannot be labelled."""

    is_blind: bool = False
    """Whether `ranking` is shown without names: it was scored without them, and nobody has asked for them since."""

    selected: int = 0
    """The candidate of `ranking` that is open, by `previous_rank`; 0: none. `beside`: whom they are compared with."""

    beside: int = 0
    question: PersonMatch | None = None
    """Whom the person is asked about erasing."""

    answers: dict[int, tuple[Answer, ...]] = field(default_factory=dict)
    """By `previous_rank`, what the model said when it was asked requirement by requirement."""

    asking: int = 0
    """The candidate about whom the model is being asked; 0: none."""

    change: Comparison | None = None
    """What is different from the run before, where that was about the same candidates."""

    labels: dict[str, tuple[Label, ...]] = field(default_factory=dict)
    """By id of the resume, what was said about this job so far."""

    user: str = ""
    """The login's name, "" where there is no login."""

    undo: Any = None
    """What the last click replaced, while it can be taken back; see undo.py."""

    outcome: LearningOutcome | None = None
    """What was learned last, and may be applied."""

    def cancel_reading(self) -> None:
        """Read no further: the files were taken off the list, or nobody is there to see them."""
        for upload in list(self.uploads):
            upload.cancel()

    @property
    def busy(self) -> bool:
        """Whether a run is in work."""
        return self.progress is not None
