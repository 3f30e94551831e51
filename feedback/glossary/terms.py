"""Store pairs of company terms: proposed by mining or people, accepted or rejected by people."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from feedback.labels import Term
from feedback.store.erase import erased_ids, without_quotes
from feedback.store.store import Store, audit, storable, to_json

PROPOSED, ACCEPTED, REJECTED = "proposed", "accepted", "rejected"


@dataclass(frozen=True)
class GlossaryEntry:
    """A pair and its status. `user` and `at` are of the decision, or of the first proposal ("" if a program made it)."""

    term: Term
    status: str
    evidence: Mapping[str, Any]
    user: str
    at: float


def propose(store: Store, found: Mapping[Term, Mapping[str, Any]], user: str = "") -> None:
    """Store proposed pairs with their evidence. Decisions stay; new evidence replaces that of pairs that were not rejected.

    Evidence may quote or name a candidate only inside a mapping with the "resume_id", so that it can be erased.
    """
    with store.writing() as db:
        erased = erased_ids(db)
        for term, evidence in found.items():
            db.execute(
                "INSERT INTO terms (job_term, resume_term, status, evidence, user, at) VALUES (?,?,?,?,?,?)"
                " ON CONFLICT (job_term, resume_term) DO UPDATE SET evidence = excluded.evidence WHERE status <> ?",
                (*_key(term), PROPOSED, to_json(without_quotes(dict(evidence), erased)), storable(user), time.time(), REJECTED),
            )


def decide(store: Store, term: Term, accepted: bool, user: str) -> None:
    """Accept or reject a pair, even if decided before. Raise LookupError if it was never proposed."""
    with store.writing() as db:
        changed = db.execute(
            "UPDATE terms SET status = ?, user = ?, at = ? WHERE job_term = ? AND resume_term = ? RETURNING id",
            (ACCEPTED if accepted else REJECTED, storable(user), time.time(), *_key(term)),
        ).fetchone()
        if changed is None:
            raise LookupError("this pair of terms was never proposed")
        audit.append(db, audit.TERM_ACCEPTED if accepted else audit.TERM_REJECTED, user, term=changed[0])


def terms(store: Store, status: str) -> list[GlossaryEntry]:
    """Return all pairs of this status, oldest first."""
    with store.reading() as db:
        found = db.execute(
            "SELECT job_term, resume_term, status, evidence, user, at FROM terms WHERE status = ? ORDER BY id", (status,)
        ).fetchall()
    return [GlossaryEntry(Term(job, resume), status, json.loads(evidence), user, at) for job, resume, status, evidence, user, at in found]


def _key(term: Term) -> tuple[str, str]:
    return storable(term.job_term), storable(term.resume_term)
