"""Keep a vector of each job description: made once where a ranking is stored, for learning and for what was learned."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from feedback.store.history import job_title
from feedback.store.store import Store, job_digest
from reranker.encoder.encoder import DIMENSIONS, Encoder
from reranker.evidence.requirements import split_job

MAX_CHARACTERS = 600
"""Of the requirements of a job."""


@dataclass(frozen=True)
class LearnedJobs:
    """The jobs that something was learned from, as vectors (n, 384) of the encoder with this fingerprint."""

    encoder: str
    vectors: np.ndarray


def job_vector(job: str, encoder: Encoder) -> np.ndarray:
    """Return the unit vector (384,) of a job description."""
    return encoded([job], encoder)[0]


def encoded(jobs: Sequence[str], encoder: Encoder) -> np.ndarray:
    """Return unit vectors (n, 384) of job descriptions: of the title and the requirements, half each, which say of what kind a job is.

    What a company says of itself is the same in all its jobs, and would bring its bookkeeper near its toolmaker.
    """
    titles = encoder.passages([job_title(job) for job in jobs])
    requirements = encoder.passages([_requirements(job) for job in jobs])
    vectors = titles + requirements
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _requirements(job: str) -> str:
    return ("\n".join(requirement.text for requirement in split_job(job)) or job)[:MAX_CHARACTERS]


def keep_job_vector(store: Store, job: str, encoder: Encoder) -> None:
    """Store the vector of a job description that the store has, so that learning need not make it."""
    job_vectors(store, {job_digest(job): job}, encoder)


def job_vectors(store: Store, jobs: Mapping[str, str], encoder: Encoder) -> dict[str, np.ndarray]:
    """Return the vectors of jobs, their texts by digest; make and store those that the store does not have.

    A job whose text is gone ("") and that has none is left out.
    """
    known = _stored(store, jobs, encoder.fingerprint)
    missing = [digest for digest, job in jobs.items() if digest not in known and job.strip()]
    if missing:
        made = dict(zip(missing, encoded([jobs[digest] for digest in missing], encoder), strict=True))
        with store.writing() as db:
            db.executemany(
                "INSERT OR REPLACE INTO job_vectors (sha256, encoder, vector) SELECT sha256, ?, ? FROM jobs WHERE sha256 = ?",
                [(encoder.fingerprint, packed([vector]), digest) for digest, vector in made.items()],
            )
        known |= {digest: unpacked(packed([vector]))[0] for digest, vector in made.items()}  # as it is read the next time
    return {digest: known[digest] for digest in jobs if digest in known}


def packed(vectors: Sequence[np.ndarray] | np.ndarray) -> bytes:
    """Return vectors as the store keeps them: half precision, one after the other."""
    return np.asarray(vectors, dtype="<f2").tobytes()


def unpacked(kept: bytes) -> np.ndarray:
    """Return (n, 384) vectors, float32. Raise ValueError for a damaged number of bytes."""
    return np.frombuffer(kept, dtype="<f2").astype(np.float32).reshape(-1, DIMENSIONS)


def readable_jobs(kept: tuple[str, bytes | None], encoder: str) -> LearnedJobs | None:
    """Return stored jobs if they are of this encoder and not damaged, else None."""
    of_encoder, vectors = kept
    if vectors is None or of_encoder != encoder:
        return None
    try:
        return LearnedJobs(encoder, unpacked(vectors))
    except ValueError:
        return None


def _stored(store: Store, digests: Iterable[str], encoder: str) -> dict[str, np.ndarray]:
    """Return the readable vectors of this encoder that the store has of these jobs, by digest."""
    with store.reading() as db:
        rows = db.execute(
            "SELECT sha256, vector FROM job_vectors WHERE encoder = ? AND sha256 IN (SELECT value FROM json_each(?))",
            (encoder, json.dumps(list(digests))),
        ).fetchall()
    return {digest: unpacked(vector)[0] for digest, vector in rows if len(vector) == 2 * DIMENSIONS}
