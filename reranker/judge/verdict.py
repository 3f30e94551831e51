"""Combine what a requirement found in a resume's windows into one verdict: not, partly or proven, a strength, the deciding line."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reranker.judge.windows import Window

NOT, PARTLY, PROVEN = range(3)


@dataclass(frozen=True)
class WindowReading:
    """The findings of a requirement in a window: how far it is proven (log-odds scale), and for each token how much it decides."""

    score: float
    points: np.ndarray


@dataclass(frozen=True)
class DecisiveLine:
    """Characters `start` to `end` of the resume, and the share (0..1) of what decides that stands there."""

    start: int
    end: int
    share: float


@dataclass(frozen=True)
class JudgeVerdict:
    """`score` is how far a requirement is proven on a log-odds scale, 0 halfway, `strength` the same in 0..1.

    `grade` is NOT, PARTLY or PROVEN, the likeliest. `lines` are at most KEPT_LINES, the most decisive first.
    """

    score: float
    strength: float
    grade: int
    lines: tuple[DecisiveLine, ...]


KEPT_LINES = 8


def resume_verdict(readings: Sequence[WindowReading], windows: Sequence[Window], thresholds: tuple[float, float]) -> JudgeVerdict:
    """Return the verdict of a resume on a requirement.

    The scores of the windows are averaged, each by how much of what decides stands in it: where a line denies what another one
    claims, the denial counts.
    """
    relevance = np.array([_log_sum(reading.points) for reading in readings])
    shares = np.exp(relevance - _log_sum(relevance))
    score = float(shares @ np.array([reading.score for reading in readings], dtype=np.float64))
    partly, proven = (1 / (1 + math.exp(threshold - score)) for threshold in thresholds)
    likely = [1 - partly, partly - proven, proven]
    return JudgeVerdict(score - sum(thresholds) / 2, (partly + proven) / 2, likely.index(max(likely)), _decisive_lines(readings, windows))


def _decisive_lines(readings: Sequence[WindowReading], windows: Sequence[Window]) -> tuple[DecisiveLine, ...]:
    """The lines that hold most of what decides; one that is repeated above several windows counts once for each."""
    weights: dict[tuple[int, int], float] = {}
    highest = max(float(reading.points.max()) for reading in readings)
    for reading, window in zip(readings, windows, strict=True):
        first = window.offset
        for piece in window.pieces:
            points = reading.points[first : first + len(piece.ids)].astype(np.float64)
            weights[piece.start, piece.end] = weights.get((piece.start, piece.end), 0.0) + float(np.exp(points - highest).sum())
            first += len(piece.ids)
    total = sum(weights.values())
    likely = sorted(weights, key=lambda line: -weights[line])[:KEPT_LINES]
    return tuple(DecisiveLine(*line, weights[line] / total) for line in likely)


def _log_sum(values: np.ndarray) -> float:
    """Return the logarithm of the sum of the exponentials."""
    values = values.astype(np.float64)
    highest = values.max()
    return float(highest + np.log(np.exp(values - highest).sum()))
