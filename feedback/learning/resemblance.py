"""Measure how far jobs resemble one another, and how far what was learned from some counts for another.

The cosines of the encoder all lie between 0.7 and 1, and two jobs in one language are always closer than two in different ones. So the
mean of job descriptions of 600 trades in two languages is taken off, and their first common direction, which is the language. The cosine
from which a job begins to resemble another, and that from which it is of the same kind, are quantiles over pairs of these. All four lie in
job_space.npz, made by training/job_space/fit.py.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from feedback.labels import Strength

NEAREST = 3
"""As many jobs of the same kind give full strength. One labelled job of a kind says little about the next."""

SPACE = Path(__file__).with_name("job_space.npz")


@dataclass(frozen=True)
class JobSpace:
    """`mean` and the unit vector `common`, (384,), are taken off a vector. Up to `low` is no resemblance, from `high` a full one."""

    mean: np.ndarray
    common: np.ndarray
    low: float
    high: float

    def unit_vectors(self, vectors: np.ndarray) -> np.ndarray:
        """Return (n, 384) to compare jobs by, from unit vectors of the encoder. A vector of zeros, of an unknown job, stays zeros."""
        centred = vectors - self.mean
        centred -= np.outer(centred @ self.common, self.common)
        is_known = np.any(vectors != 0, axis=1, keepdims=True)
        return np.where(is_known, centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9), 0.0)


def resemblance(jobs: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return (jobs, others) in 0..1 from vectors of the encoder: 0 up to a cosine of `low`, 1 from `high`.

    Smooth between and at both ends: no job is one side of a cliff.
    """
    space = job_space()
    cosine = space.unit_vectors(jobs) @ space.unit_vectors(others).T
    share = np.clip((cosine - space.low) / (space.high - space.low), 0.0, 1.0)
    return share * share * (3 - 2 * share)


def strengths(resemblances: np.ndarray) -> np.ndarray:
    """Return by job how far what was learned counts for it: the mean of its NEAREST largest `resemblances` (jobs, jobs learned from)."""
    missing = max(0, NEAREST - resemblances.shape[1])
    padded = np.hstack([resemblances, np.zeros((len(resemblances), missing))])
    return np.sort(padded, axis=1)[:, -NEAREST:].mean(axis=1)


def strength(job: np.ndarray, learned_from: np.ndarray) -> Strength:
    """Return the strength for one job, a vector (384,) of the encoder, and how many of those learned from, (n, 384), resemble it."""
    alike = resemblance(job[None], learned_from)
    return Strength(float(strengths(alike)[0]), int((alike > 0).sum()))


def is_near(job: np.ndarray, mined_from: np.ndarray) -> bool:
    """Return whether a job, (384,), is more like than unlike one of those that a pair of terms was mined from, (n, 384)."""
    return bool((resemblance(job[None], mined_from) >= 0.5).any())


@cache
def job_space() -> JobSpace:
    """Return the space that job vectors are compared in."""
    with np.load(SPACE) as file:
        return JobSpace(file["mean"], file["common"], float(file["low"]), float(file["high"]))
