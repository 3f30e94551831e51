"""Let only administrators, where there are any, move everybody's order, purge, delete others' rankings, and read all data.

What moves everybody's order are weights, company terms and uploaded labels; what they read is the whole audit log and anybody's data.
Each call raises NotAllowed for another user, before anything is done. Erasing is in service/erase.py.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from feedback.files.imports import Imported, ImportLimits, import_file
from feedback.glossary.terms import decide, rewrite, write
from feedback.labels import Term
from feedback.learning.tuning import LearningOutcome, apply, roll_back
from feedback.store import audit
from feedback.store.candidate_data import PersonMatch, candidate_data, find_candidates, find_person
from feedback.store.history import delete_run
from feedback.store.pool.terms import PoolTerms
from feedback.store.retention import SweepResult, sweep
from feedback.store.sign_ins import SignIn, sign_ins
from feedback.store.store import Store
from reranker.encoder.encoder import Encoder
from reranker.engine import Engine
from reranker.judge.judge import Judge
from service.access.access import Access, NotAllowed
from service.learn import Learning, learn


class Administration:
    """The store as administrators use it. `user` is who asks, each time."""

    def __init__(self, store: Store, access: Access):
        self._store, self._access = store, access

    def learn(
        self, user: str, engine: Callable[[], tuple[Engine, Judge]], limits: ImportLimits, encoder: Encoder | None = None
    ) -> Iterator[Learning]:
        """Learn from all labels; see service.learn.learn."""
        self._access.demand(user)
        return learn(self._store, engine, user, limits, encoder=encoder)

    def apply(self, user: str, outcome: LearningOutcome) -> int:
        """Store and activate learned weights; return their version."""
        self._access.demand(user)
        return apply(self._store, outcome, user)

    def roll_back(self, user: str, version: int) -> int | None:
        """Activate an earlier version of the weights. Raises LookupError."""
        self._access.demand(user)
        return roll_back(self._store, user, version)

    def decide_term(self, user: str, term: Term, accepted: bool) -> None:
        """Accept or reject a pair of company terms. Raises LookupError."""
        self._access.demand(user)
        decide(self._store, term, accepted, user)

    def rewrite_term(self, user: str, term: Term, job_term: str, resume_term: str) -> None:
        """Put other words into a pair and accept it; see feedback.glossary.terms.rewrite for what it raises."""
        self._access.demand(user)
        rewrite(self._store, term, job_term, resume_term, user)

    def write_term(self, user: str, job_term: str, resume_term: str) -> None:
        """Store a pair that a person typed, accepted; see feedback.glossary.terms.write for what it raises."""
        self._access.demand(user)
        write(self._store, job_term, resume_term, user)

    def import_labels(self, user: str, path: Path, limits: ImportLimits) -> Imported:
        """Import an uploaded label file. Raises OSError."""
        self._access.demand(user)
        return import_file(self._store, path, self._store.path.parent, limits=limits, user=user)

    def delete_run(self, user: str, run_id: int) -> None:
        """Delete a ranking of the user's own, or, where they see it and administer, of another. Raises LookupError."""
        runs_of = self._access.runs_of(user)
        if runs_of is None and not self._access.may_delete(user, self._store.run(run_id).user):
            raise NotAllowed
        delete_run(self._store, run_id, user, runs_of)

    def purge(self, user: str, days: int) -> SweepResult:
        """Delete what is older than so many days now."""
        self._access.demand(user)
        return sweep(self._store, days, time.time(), user, confirmed=True)

    def log(self, user: str) -> list[audit.AuditEntry]:
        """Return the newest rows of the audit log, for others than administrators those of what they did themselves."""
        return audit.entries(self._store, user=None if self._access.administers(user) else user)

    def sign_ins(self, user: str) -> list[SignIn]:
        """Return who tried to sign in lately; nothing for others than administrators."""
        return sign_ins(self._store) if self._access.administers(user) else []

    def log_csv(self, user: str) -> bytes:
        """Return the whole audit log."""
        self._access.demand(user)
        with suppress(sqlite3.Error):  # who needs the log gets it
            audit.record(self._store, audit.EXPORTED, user, kind="audit")
        return audit.audit_csv(self._store)

    def find_candidates(self, user: str, search: str) -> list[PersonMatch]:
        """Return stored people, whoever ranked them."""
        self._access.demand_everybody(user)
        return find_candidates(self._store, search)

    def candidate_data(self, user: str, resume_id: str, terms: PoolTerms) -> dict[str, Any]:
        """Return all that is stored about a person, whoever ranked them. Raises LookupError."""
        self._access.demand_everybody(user)
        data = candidate_data(self._store, resume_id, terms)
        audit.record(self._store, audit.EXPORTED, user, resume_id=resume_id, kind="candidate")
        return data

    def find_person(self, user: str, resume_id: str) -> PersonMatch | None:
        """Return the person whose resume this is, and who may be the same, to confirm an erasure."""
        self._access.demand(user)
        return find_person(self._store, resume_id)
