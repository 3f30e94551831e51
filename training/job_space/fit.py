"""Fit the space that jobs are compared in:  python -m training.job_space.fit   (two minutes)

Writes feedback/learning/job_space.npz from the job descriptions in training/judge/data/train: their mean, their first common direction, and
the cosines between which a job comes to resemble another. Prints how well jobs of one trade are told from the others, there and in
dev and test, which are of other writers and other trades.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from feedback.learning.job_vectors import encoded
from feedback.learning.resemblance import SPACE, JobSpace
from reranker.encoder.encoder import Encoder

DATA = Path(__file__).parents[1] / "judge" / "data"
LOW, HIGH = 0.98, 0.5
"""Quantiles of the cosine: of pairs of different trades in one language, and of pairs of one trade."""
_BATCH = 32


@dataclass(frozen=True)
class Jobs:
    """Vectors (n, 384) of job descriptions, and each one's trade and language."""

    vectors: np.ndarray
    trades: list[str]
    languages: np.ndarray


def read_jobs(part: str, encoder: Encoder) -> Jobs:
    """Encode the job descriptions of a part of the judge's data. Remarks in brackets are no part of a trade."""
    groups = [json.loads(line) for path in sorted((DATA / part).glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    texts = [group["jd"] for group in groups]
    vectors = [encoded(texts[start : start + _BATCH], encoder) for start in range(0, len(texts), _BATCH)]
    trades = [re.sub(r"[（(].*", "", group["trade"]).strip().lower() for group in groups]
    return Jobs(np.vstack(vectors), trades, np.array([group["lang"] for group in groups]))


def pair_cosines(jobs: Jobs, space: JobSpace) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the cosines of pairs of one trade, of different trades in one language, and of different trades in two languages."""
    points = space.unit_vectors(jobs.vectors)
    first, second = np.triu_indices(len(points), 1)
    cosines = (points[first] * points[second]).sum(axis=1)
    trades = np.unique(jobs.trades, return_inverse=True)[1]
    is_same_trade, is_same_language = trades[first] == trades[second], jobs.languages[first] == jobs.languages[second]
    return cosines[is_same_trade], cosines[~is_same_trade & is_same_language], cosines[~is_same_trade & ~is_same_language]


def main() -> None:
    """Fit the space, write it to feedback/learning/job_space.npz, and print how well it tells trades."""
    encoder = Encoder()
    train = read_jobs("train", encoder)
    mean = train.vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(train.vectors - mean, full_matrices=False)
    bare = JobSpace(mean, directions[0], 0.0, 1.0)
    same, different, _ = pair_cosines(train, bare)
    space = JobSpace(mean, directions[0], float(np.quantile(different, LOW)), float(np.quantile(same, HIGH)))
    np.savez(SPACE, mean=space.mean, common=space.common, low=space.low, high=space.high)
    print(f"low {space.low:.3f}  high {space.high:.3f}")
    for part in ("train", "dev", "test"):
        jobs = train if part == "train" else read_jobs(part, encoder)
        same, different, foreign = pair_cosines(jobs, space)
        ranks = np.searchsorted(np.sort(different), same) / len(different)
        told = f"AUC {ranks.mean():.3f}  half of them above {np.median(same):.2f}" if len(same) else "no two of one trade"
        shares = [f"{(cosines > space.low).mean():.1%}" for cosines in (same, different, foreign) if len(cosines)]
        print(f"{part}: {len(jobs.trades)} jobs, {len(same)} pairs of one trade: {told}; above low: {', '.join(shares)}")


if __name__ == "__main__":
    main()
