"""Compute the log-odds ratio with an informative Dirichlet prior of a term between two sets of resumes.

It is that of Monroe, Colaresi & Quinn (2008), "Fightin' Words", counted in resumes rather than in words: a resume that repeats a term ten
times counts once.
"""

import numpy as np

PRIOR = 5.0
"""Weight of the prior, in resumes."""


def log_odds(
    full: np.ndarray, full_of: np.ndarray, none: np.ndarray, none_of: np.ndarray, usual: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the log-odds ratio of a term between two sets of resumes, and its variance (Monroe et al. 2008, eq. 16 and 19).

    `full` of `full_of` and `none` of `none_of` resumes have the term; `usual` is the share of all resumes with it. Shapes broadcast.
    """
    prior = np.clip(usual, 1e-3, 1 - 1e-3) * PRIOR
    full_with, full_without = full + prior, full_of - full + PRIOR - prior
    none_with, none_without = none + prior, none_of - none + PRIOR - prior
    ratio = np.log(full_with / full_without) - np.log(none_with / none_without)
    variance = 1 / full_with + 1 / full_without + 1 / none_with + 1 / none_without
    return np.asarray(ratio), np.asarray(variance)
