"""Sort jobs into kinds by their vectors: what is learned must do no harm to a kind of job that it was not learned from."""

import numpy as np

from feedback.learning.resemblance import job_space


def typical_job(alike: np.ndarray, kind: np.ndarray) -> int:
    """Return the job, of those with the indexes `kind`, that is most like the others of them; `alike` is (jobs, jobs)."""
    return int(kind[alike[np.ix_(kind, kind)].sum(axis=1).argmax()])


def kinds_of(vectors: np.ndarray) -> np.ndarray:
    """Return a number 0, 1, … per job (n, 384), the largest kind first: average linkage, cut where two kinds stop to resemble each other.

    A job whose vector is not known (zeros) is a kind of its own.
    """
    if len(vectors) < 2:
        return np.zeros(len(vectors), dtype=int)
    from scipy.cluster.hierarchy import fcluster, linkage  # here: takes a second to import, which the start of the app need not wait for
    from scipy.spatial.distance import squareform

    space = job_space()
    points = space.unit_vectors(vectors)
    distances = np.clip(1 - points @ points.T, 0, 2)
    np.fill_diagonal(distances, 0)
    labels = fcluster(linkage(squareform(distances, checks=False), method="average"), 1 - space.low, criterion="distance")
    _, first, number, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), dtype=int)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return rank[number]
