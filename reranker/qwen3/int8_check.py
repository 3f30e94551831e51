"""Whether int8 may be trusted with a checkpoint: its scores beside the usual ones, on a person's own resumes. The result is saved."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

SAVED_CHECKS = Path(__file__).parents[1] / "int8_agreement.json"
"""Of this machine; git-ignored. Numbers only, no text."""

MIN_DOCUMENTS, MIN_CORRELATION, MIN_SPEEDUP = 10, 0.99, 1.1
TOP = 5


@dataclass(frozen=True)
class Int8Check:
    """How int8 scored `documents` resumes beside `precision`: Spearman's rank correlation, whether the first five are the same ones, and
    how many times as fast it was.
    """

    precision: str
    documents: int
    rank_correlation: float
    same_top: bool
    speedup: float

    @property
    def holds(self) -> bool:
        """Whether int8 may be chosen by itself."""
        enough = self.documents >= MIN_DOCUMENTS and self.speedup >= MIN_SPEEDUP
        return enough and self.same_top and self.rank_correlation >= MIN_CORRELATION

    def __str__(self) -> str:
        top = "the same" if self.same_top else "not the same"
        return (
            f"INT8 beside {self.precision} on {self.documents} resumes: rank correlation {self.rank_correlation:.3f}, {top} top {TOP}, "
            f"{self.speedup:.1f} times as fast"
        )


def compare(precision: str, reference: Sequence[float], int8: Sequence[float], speedup: float) -> Int8Check:
    """Compare the logits of the same documents in the same order."""
    best, best_int8 = (set(np.argsort(logits)[::-1][:TOP].tolist()) for logits in (reference, int8))
    return Int8Check(precision, len(reference), rank_correlation(reference, int8), best == best_int8, speedup)


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's, for logits without ties; 1.0 for fewer than two of them."""
    if len(one) < 2:
        return 1.0
    first, second = (np.argsort(np.argsort(logits)) for logits in (one, other))
    return float(np.corrcoef(first, second)[0, 1])


def save_check(check: Int8Check, fingerprint: str, path: Path = SAVED_CHECKS) -> None:
    """Remember the newest result for these weights."""
    results = _read(path) | {fingerprint: asdict(check)}
    path.write_text(json.dumps(results, indent=2), encoding="utf-8")


def saved_check(fingerprint: str, path: Path = SAVED_CHECKS) -> Int8Check | None:
    """The newest result for these weights; None if there is none, or it cannot be read."""
    try:
        return Int8Check(**_read(path)[fingerprint])
    except (KeyError, TypeError):
        return None


def _read(path: Path) -> dict:
    try:
        results = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return results if isinstance(results, dict) else {}
