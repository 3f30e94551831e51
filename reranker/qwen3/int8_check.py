"""Check whether int8 may be used with a checkpoint: compare its scores with the usual ones on the user's resumes; save the result."""

import json
import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from reranker.engine import Engine, EngineInfo, IdAndText, Query, finite
from reranker.notice import Notice

SAVED_CHECKS = Path(__file__).parents[1] / "int8_agreement.json"
"""Of this machine; git-ignored. Numbers only, no text."""

MIN_DOCUMENTS, MIN_CORRELATION, MIN_SPEEDUP = 10, 0.99, 1.1
TOP = 5


@dataclass(frozen=True)
class Int8Check:
    """Agreement of int8 with `precision` on `documents` resumes: Spearman's rank correlation, whether the first five are the same ones, and
    how many times as fast it was.
    """

    precision: str
    documents: int
    rank_correlation: float
    same_top: bool
    speedup: float

    @property
    def holds(self) -> bool:
        """True if int8 may be chosen by itself."""
        enough = self.documents >= MIN_DOCUMENTS and self.speedup >= MIN_SPEEDUP
        return enough and self.same_top and self.rank_correlation >= MIN_CORRELATION

    @property
    def notice(self) -> Notice:
        """What was measured, for people."""
        return Notice(
            "int8_same_top" if self.same_top else "int8_other_top",
            precision=self.precision,
            documents=self.documents,
            correlation=self.rank_correlation,
            top=TOP,
            speedup=self.speedup,
        )

    @property
    def verdict(self) -> Notice:
        """What was measured, and whether int8 is chosen by itself from now on."""
        if self.holds:
            return Notice("int8_from_now_on", check=self.notice)
        return Notice("int8_not_by_itself", check=self.notice, least=MIN_DOCUMENTS)


def can_be_checked(info: EngineInfo) -> bool:
    """Return whether int8 can be compared with this engine: only with a real model in floats on the CPU."""
    return info.device == "cpu" and info.dtype in ("FP32", "BF16") and not info.is_fallback


def check_int8(usual: Engine, int8: Engine, query: Query, documents: Sequence[IdAndText]) -> Int8Check:
    """Score documents with the same weights in the usual precision and in int8, and compare. Raise ScoringError if an engine fails."""

    def scored(engine: Engine) -> tuple[list[float], float]:
        engine.forget(query)
        start = time.perf_counter()
        scores = sorted(finite(engine.score(query, documents)), key=lambda score: score.index)
        return [score.logit for score in scores], time.perf_counter() - start

    (logits, usual_s), (int8_logits, int8_s) = scored(usual), scored(int8)
    return compare(usual.info.dtype, logits, int8_logits, usual_s / int8_s)


def compare(precision: str, reference: Sequence[float], int8: Sequence[float], speedup: float) -> Int8Check:
    """Return the comparison of int8 with reference logits of the same documents, in the same order."""
    best, best_int8 = (set(np.argsort(logits)[::-1][:TOP].tolist()) for logits in (reference, int8))
    return Int8Check(precision, len(reference), rank_correlation(reference, int8), best == best_int8, speedup)


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Return Spearman's rank correlation; 0.0 where it is undefined: all logits equal, fewer than two, or a NaN."""
    from scipy.stats import spearmanr  # here: takes a second to import, and few starts compare anything

    if min(len(set(first)), len(set(second))) < 2:
        return 0.0
    result: Any = spearmanr(first, second)  # its type is not declared
    return 0.0 if math.isnan(result.statistic) else float(result.statistic)


def save_check(check: Int8Check, fingerprint: str, path: Path = SAVED_CHECKS) -> None:
    """Save the result for these weights, replacing an older one."""
    results = _read(path) | {fingerprint: asdict(check)}
    path.write_text(json.dumps(results, indent=2), encoding="utf-8")


def saved_check(fingerprint: str, path: Path = SAVED_CHECKS) -> Int8Check | None:
    """Return the saved result for these weights; None if there is none or it cannot be read."""
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
