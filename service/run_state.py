"""Hold a ranking run as data: what was ordered, its progress and its results. `run.py` changes it; clicks stop it."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from hashlib import sha256
from weakref import WeakSet

from feedback.comparison.compare import Comparison
from feedback.labels import MODEL_ORDER, Label, Weights
from feedback.store.desk.notes import CandidateNote
from feedback.store.desk.statuses import CandidateStatus
from feedback.store.kept_files import KeptFile
from feedback.store.page_sessions import KeptScore
from preprocess.document import Document, Note, Rejected, Resume
from preprocess.pipeline import Cleaning
from preprocess.roster import Listed
from reranker.engine import EngineInfo, Query
from reranker.evidence.asking import ModelAnswer
from reranker.rows import Ranking, Row
from reranker.rubric.criteria import Rubric
from service.job import JobFile
from service.progress import EXPLAINING, WAITING, Progress

ERASING = threading.Lock()
"""Held while somebody is taken out of the resumes and rows of a run, and while a run puts its new rows into its state."""


@dataclass(frozen=True)
class Order:
    """The form that a person filled in for a run. None of it can be trusted: the page's own limits hold in the browser only."""

    job: str
    pasted: str
    pasted_name: str
    instruction: str
    batch_size: int
    """0: the engine decides."""

    cleaning: Cleaning
    company_terms: bool = False
    """True if a sentence about the accepted company terms goes into the instruction."""

    job_file: JobFile | None = None
    """The file that `job` was read from; None where it was typed, or where that is not known any more."""

    is_kept: bool = True
    """True if the ranking goes into the history."""

    rubric: Rubric | None = None
    """The criteria to rank by; None: those that the job is parsed into."""


@dataclass(frozen=True)
class KnownScores:
    """Scores of a run that a restart cut off, by resume id; `key` says of which query and engine (`scores_key`)."""

    key: str
    scores: Mapping[str, KeptScore]


@dataclass(frozen=True)
class Conditions:
    """The conditions of a ranking: digests of what was typed, for no text may outlive its erasure here, and the files of the pile."""

    job: bytes
    instruction: bytes
    pasted: bytes
    documents: "WeakSet[Document]"
    count: int
    """Of the documents; one that is gone is in `documents` no more."""


@dataclass(frozen=True)
class RosterMarks:
    """The marks that a list of candidates brought a ranking: statuses and grades by resume id, and words not known, with counts."""

    statuses: Mapping[str, str]
    labels: Mapping[str, int]
    unknown: tuple[tuple[str, int], ...]


_FOLLOWED = {"is_followed": True}
"""Marks what another page is shown of a run in work; see `follow`."""
_OWN = frozenset({"number", "runs_of", "known_scores"})
"""What stays a page's own while it shows the run of another one."""


@dataclass
class RunState:
    """Mutable on purpose: a run in work and the clicks beside it see the same one. `number` counts runs; only the newest goes on."""

    number: int = 0
    progress: Progress | None = field(default=None, metadata=_FOLLOWED)
    order: Order | None = None
    """What the run in work was asked to do."""

    conditions: Conditions | None = None
    """What `ranking` was ranked by; None while a run is in work, and where it is not known any more."""

    query: Query | None = field(default=None, metadata=_FOLLOWED)
    job_notes: tuple[Note, ...] = field(default=(), metadata=_FOLLOWED)
    """What was removed from, changed in, or is odd about the job description that was read last."""

    resumes: list[Resume] = field(default_factory=list, metadata=_FOLLOWED)
    dropped: frozenset[int] = field(default=frozenset(), metadata=_FOLLOWED)
    """Numbers of those of `resumes` that are empty, because somebody was erased while the run was in work or later."""

    rejected: list[Rejected] = field(default_factory=list, metadata=_FOLLOWED)
    ranking: Ranking | None = field(default=None, metadata=_FOLLOWED)
    rubric: Rubric | None = field(default=None, metadata=_FOLLOWED)
    """The criteria behind `ranking`, and under which version the store keeps them; 0: as parsed, or not kept."""

    rubric_version: int = 0
    model: EngineInfo | None = field(default=None, metadata=_FOLLOWED)
    """Of the engine behind `ranking`."""

    weights: Weights = field(default=MODEL_ORDER, metadata=_FOLLOWED)
    """Those behind `ranking`."""

    known_scores: KnownScores | None = None
    stops: int = 0
    """The number of times that a person has asked the run in work to stop: once ends the scoring, twice the search for match points too."""

    stopped: bool = False
    is_blind: bool = False
    """True if `ranking` is shown without names: it was scored without them, and nobody has asked for them since."""

    was_blind: bool = False
    """True if `ranking` was scored without names, shown or not."""

    run_id: int = 0
    """Under which the store keeps `ranking`; 0: it does not, so it cannot be labelled."""

    runs_of: str | None = None
    """Whose rankings, labels, statuses and notes may be shown here: a user's own, None for everybody's. See service/access/."""

    labels: dict[str, tuple[Label, ...]] = field(default_factory=dict)
    """By id of the resume, what was said about this job so far."""

    statuses: dict[str, CandidateStatus] = field(default_factory=dict)
    notes: dict[str, tuple[CandidateNote, ...]] = field(default_factory=dict)
    """By id of the resume, what HR decided and noted for this job so far."""

    listed: dict[str, Listed] = field(default_factory=dict)
    """By id of the resume, the id and name that a list of candidates gives them."""

    marks: RosterMarks | None = None
    """What such a list brought this ranking, while it can be taken back."""

    kept_files: dict[str, tuple[KeptFile, ...]] = field(default_factory=dict)
    """By id of the resume, the files that it was read from, where files are kept."""

    change: Comparison | None = None
    """What is different from the run before, where that was about the same candidates."""

    answers: dict[int, tuple[ModelAnswer, ...]] = field(default_factory=dict)
    """By `input_position`, what the model said when it was asked requirement by requirement."""

    asking: int = 0
    """The candidate about whom the model is being asked; 0: none."""

    @property
    def busy(self) -> bool:
        """True if a run is in work."""
        return self.progress is not None

    @property
    def is_stopping(self) -> bool:
        """Return whether the run in work ends its stage after the resume that it is at."""
        return self.progress is not None and self.stops > (1 if self.progress.stage == EXPLAINING else 0)


def candidate(ranking: Ranking | None, number: int) -> Row | None:
    """Return the row with this `input_position`, None if there is none."""
    return next((row for row in ranking.rows if row.input_position == number), None) if ranking else None


def stop(state: RunState) -> None:
    """Stop scoring; what is scored still gets its match points and is stored. If called while these are looked for, stop that too."""
    if state.progress is None:
        return
    if state.progress.stage == WAITING:  # nothing is scored yet
        cancel(state)
        state.stopped = True
    else:
        state.stops = 2 if state.progress.stage == EXPLAINING else max(1, state.stops)


def cancel(state: RunState) -> None:
    """Cancel the run in progress and drop it: something else takes its place."""
    state.number += 1
    state.progress, state.order, state.stopped = None, None, False


def clear_to_follow(state: RunState) -> None:
    """Reset all that a state holds of its run, so that it can show another page's; what is stored comes with the stored ranking."""
    fresh = RunState()
    for each in fields(state):
        if each.name not in _OWN:
            setattr(state, each.name, getattr(fresh, each.name))


def follow(state: RunState, source: RunState) -> None:
    """Take over what a run in work on another page has so far. Lists are copied after all is read: they hold what the ranking names."""
    with ERASING:
        shown = {each.name: getattr(source, each.name) for each in fields(source) if "is_followed" in each.metadata}
        for name, value in shown.items():
            setattr(state, name, list(value) if isinstance(value, list) else value)


def scores_key(query: Query, engine: EngineInfo) -> str:
    """Return the digest of everything that a score depends on besides the resume: query, weights and precision."""
    parts = (engine.fingerprint, engine.dtype, query.instruction, query.job)
    return sha256(json.dumps(parts).encode("utf-8", "replace")).hexdigest()
