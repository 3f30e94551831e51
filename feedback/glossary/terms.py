"""Store pairs of company terms: proposed by mining or people; accepted, rejected and rewritten by people, one by one.

A mined pair counts only for jobs that resemble those that it was mined from, whatever a person decides or rewrites; a pair that a person
wrote counts for every job that says it.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from feedback.glossary.ngrams import abstract
from feedback.labels import Term
from feedback.learning.job_vectors import LearnedJobs, packed, readable_jobs
from feedback.store.erase import erased_ids, without_quotes
from feedback.store.store import Store, audit, storable, to_json

PROPOSED, ACCEPTED, REJECTED = "proposed", "accepted", "rejected"
STATUSES = (PROPOSED, ACCEPTED, REJECTED)
MAX_TYPED = 60
"""Characters of a side that a person writes."""


@dataclass(frozen=True)
class GlossaryEntry:
    """A pair and its status. `user` and `at` are of the decision, or of the first proposal ("" if a program made it)."""

    term: Term
    status: str
    evidence: Mapping[str, Any]
    user: str
    at: float


class TermsAlreadyThere(Exception):
    """Raised if a pair is rewritten or written as one that is there already."""


def propose(
    store: Store, proposals: Mapping[Term, Mapping[str, Any]], user: str = "", jobs: Mapping[Term, LearnedJobs | None] | None = None
) -> None:
    """Store proposed pairs with their evidence and the jobs that they were mined from, if any.

    Decisions stay; new evidence and jobs replace those of pairs that were not rejected.

    Evidence may quote or name a candidate only inside a mapping with the "resume_id", so that it can be erased.
    """
    with store.writing() as db:
        erased = erased_ids(db)
        for term, evidence in proposals.items():
            told, mined_from = to_json(without_quotes(dict(evidence), erased)), (jobs or {}).get(term)
            vectors = (mined_from.encoder, packed(mined_from.vectors)) if mined_from else ("", None)
            db.execute(
                "INSERT INTO terms (job_term, resume_term, status, evidence, user, at, encoder, job_vectors) VALUES (?,?,?,?,?,?,?,?)"
                " ON CONFLICT (job_term, resume_term) DO UPDATE"
                " SET evidence = excluded.evidence, encoder = excluded.encoder, job_vectors = excluded.job_vectors WHERE status <> ?",
                (*_key(term), PROPOSED, told, storable(user), time.time(), *vectors, REJECTED),
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


def rewrite(store: Store, term: Term, job_term: str, resume_term: str, user: str) -> Term:
    """Put other words into a pair, as a person types them, and accept it; return it as it is now.

    The pair as it was is kept as rejected, so that mining does not propose it again. Raise LookupError if it was never proposed, ValueError
    if a side is empty, TermsAlreadyThere if another pair says the same.
    """
    new = written(job_term, resume_term)
    with store.writing() as db:
        old = db.execute("SELECT evidence, encoder, job_vectors FROM terms WHERE job_term = ? AND resume_term = ?", _key(term)).fetchone()
        if old is None:
            raise LookupError("this pair of terms was never proposed")
        if new != term:
            db.execute(
                "UPDATE terms SET status = ?, user = ?, at = ? WHERE job_term = ? AND resume_term = ?", (REJECTED, *_by(user), *_key(term))
            )
        _insert_accepted(db, new, user, old, is_same=new == term)
    return new


def write(store: Store, job_term: str, resume_term: str, user: str) -> Term:
    """Store a pair that a person typed, accepted; return it. Raise ValueError if a side is empty, TermsAlreadyThere if it is accepted."""
    new = written(job_term, resume_term)
    with store.writing() as db:
        _insert_accepted(db, new, user, ("{}", "", None), is_same=False)
    return new


def written(job_term: str, resume_term: str) -> Term:
    """Return typed words as a pair, cut to MAX_TYPED characters, numbers as "#". Raise ValueError if a side is empty."""
    term = Term(*(abstract(" ".join(side[:MAX_TYPED].split())) for side in (job_term, resume_term)))
    if not term.job_term or not term.resume_term:
        raise ValueError("a pair of terms has two sides")
    return term


def accepted_near(store: Store, is_near: Callable[[LearnedJobs], bool], encoder: str) -> tuple[Term, ...]:
    """Return the accepted pairs that a person wrote, and those mined from jobs that `is_near` is true for; oldest first.

    Jobs of another encoder cannot be compared: until something is learned again such a pair counts everywhere.
    """
    return tuple(term for term, jobs in accepted_with_jobs(store, encoder).items() if jobs is None or is_near(jobs))


def accepted_with_jobs(store: Store, encoder: str) -> dict[Term, LearnedJobs | None]:
    """Return the accepted pairs, oldest first, with the jobs that they were mined from; None where these are not known."""
    with store.reading() as db:
        rows = db.execute(
            "SELECT job_term, resume_term, encoder, job_vectors FROM terms WHERE status = ? ORDER BY id", (ACCEPTED,)
        ).fetchall()
    return {Term(job, resume): readable_jobs((kept_encoder, kept), encoder) for job, resume, kept_encoder, kept in rows}


def terms(store: Store, status: str) -> list[GlossaryEntry]:
    """Return all pairs of this status, oldest first."""
    with store.reading() as db:
        rows = db.execute(
            "SELECT job_term, resume_term, status, evidence, user, at FROM terms WHERE status = ? ORDER BY id", (status,)
        ).fetchall()
    return [GlossaryEntry(Term(job, resume), status, json.loads(evidence), user, at) for job, resume, status, evidence, user, at in rows]


def _insert_accepted(db: sqlite3.Connection, term: Term, user: str, about: tuple[str, str, bytes | None], is_same: bool) -> None:
    known = db.execute("SELECT status FROM terms WHERE job_term = ? AND resume_term = ?", _key(term)).fetchone()
    if known and known[0] != REJECTED and not is_same:
        raise TermsAlreadyThere(f"{term.job_term} → {term.resume_term}")
    [key] = db.execute(
        "INSERT INTO terms (job_term, resume_term, status, evidence, user, at, encoder, job_vectors) VALUES (?,?,?,?,?,?,?,?)"
        " ON CONFLICT (job_term, resume_term) DO UPDATE SET status = excluded.status, user = excluded.user, at = excluded.at RETURNING id",
        (*_key(term), ACCEPTED, about[0], *_by(user), *about[1:]),
    ).fetchone()
    audit.append(db, audit.TERM_ACCEPTED, user, term=key)


def _by(user: str) -> tuple[str, float]:
    return storable(user), time.time()


def _key(term: Term) -> tuple[str, str]:
    return storable(term.job_term), storable(term.resume_term)
