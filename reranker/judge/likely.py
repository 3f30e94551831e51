"""Choose the windows of a resume that a requirement reads: those that are most like it, as the lower layers see both.

Each token of the requirement looks for the token of the window that is most like it, and the mean of these similarities counts (late
interaction, ColBERT, https://arxiv.org/abs/2004.12832). It costs no pass of its own, and finds more of what decides than vectors of whole
windows or lines do (docs/LOG.md).
"""

from collections.abc import Sequence

import numpy as np

MOST_READ = 5
"""Windows that a requirement reads; a resume of one page has 6 to 10."""


def likely_windows(requirements: Sequence[np.ndarray], windows: Sequence[np.ndarray], most: int = MOST_READ) -> list[list[int]]:
    """Return for each requirement the `most` windows that are most like it, in the order of the resume; all where there are no more.

    Each array holds the states of the tokens, (tokens, width).
    """
    if len(windows) <= most:
        return [list(range(len(windows)))] * len(requirements)
    usual = np.concatenate(windows).mean(axis=0)  # all states point much the same way; what a token adds to that tells them apart
    seen = [_directions(states, usual) for states in windows]
    chosen = []
    for states in requirements:
        asked = _directions(states, usual)
        alike = [float((asked @ tokens.T).max(axis=1).mean()) for tokens in seen]
        chosen.append(sorted(np.argsort(-np.array(alike), kind="stable")[:most].tolist()))
    return chosen


def _directions(states: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """Return the states without what is usual, each of length 1; the first and last tokens, which are no words, are left out."""
    apart = states[1:-1] - usual
    return apart / np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-9)
