"""Fit reranker/evidence/asks_weights.npz:  python benchmarks/fit_asks.py [--data FOLDER] [--write]

Learned from tests/data/jd_lines (written for this), the parts of tests/data/facts that were read, and, where FOLDER has them, lines of
public-style job descriptions: their labelled requirements, and their lines about pay, place and company. Prints how often it is right on
the lines of each writer when it has seen none of his.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse
from scipy.optimize import minimize

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from preprocess.screening.model import BUCKETS  # noqa: E402
from reranker.evidence.asks import buckets_of, features  # noqa: E402
from reranker.evidence.clause_kinds import kinds  # noqa: E402
from tests.data.facts import wordings  # noqa: E402
from tests.data.jd_lines import read  # noqa: E402

STRENGTH = 10.0
"""Inverse of the penalty on large weights; 3 to 30 do as well."""
WRITTEN, REPEATED, COLLECTED = 1.0, 3.0, 0.5
"""Weights of a line written for this, of one that a test holds, and of one of a whole job description."""
WRITERS = ("development", "further", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "development8")
"""Parts of tests/data/facts, each by writers of its own."""
OFFERS = re.compile(
    r"薪|待遇|五险|地点|双休|单休|我们是|我们做|我们卖|福利|公司规模|工时|包吃|包住|联系|邮箱"
    r"|salary|\bpay\b|[£$€]|benefit|we are|we're|location|founded|hybrid|holiday|annual leave|\bapply\b|people,",
    re.IGNORECASE,
)
HEADING = re.compile(r"[\w &'/()]{2,30}[:：】]$")


@dataclass(frozen=True)
class LabelledLine:
    """`writer` is whose lines are left out together."""

    text: str
    asks: bool
    weight: float
    writer: str


def main() -> None:
    """Fit the weights, print how often they are right on each writer's lines unseen, and write them if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="a folder with judge/*.jsonl")
    parser.add_argument("--write", action="store_true", help="replace reranker/evidence/asks_weights.npz")
    options = parser.parse_args()
    lines = [*written_lines(), *collected_lines(options.data)]
    matrix, labels = feature_matrix(lines), np.array([line.asks for line in lines])
    importance = np.array([line.weight for line in lines])
    print(f"{len(lines)} lines, {labels.mean():.0%} ask for something")
    for writer in WRITERS:
        held_out = np.array([line.writer == writer for line in lines])
        fitted = fit(matrix[~held_out], labels[~held_out], importance[~held_out])
        is_right = (matrix[held_out] @ fitted[:-1] + fitted[-1] > 0) == labels[held_out]
        print(f"{writer:11} {is_right.sum()} of {len(is_right)} right, {is_right.mean():.0%}, by what the others wrote")
    fitted = fit(matrix, labels, importance)
    print(f"all      {((matrix @ fitted[:-1] + fitted[-1] > 0) == labels).mean():.1%} right, by all")
    if options.write:
        ngrams, step = fitted[:BUCKETS], float(np.abs(fitted[:BUCKETS]).max()) / 127
        target = ROOT / "reranker" / "evidence" / "asks_weights.npz"
        rounded = np.round(ngrams / step).astype(np.int8)
        np.savez_compressed(target, ngrams=rounded, step=step, features=fitted[BUCKETS:-1].astype(np.float32), bias=fitted[-1])
        print(f"wrote {target.name}, {target.stat().st_size / 1024:.0f} KB")


def written_lines() -> Iterator[LabelledLine]:
    """Yield the lines that were written to be learned from or measured on."""
    for name, weight in (("asks", WRITTEN), ("offers", WRITTEN), ("held_asks", REPEATED), ("held_offers", REPEATED)):
        for text in read(name):
            yield LabelledLine(text, name.endswith("asks"), weight, "own")
    for part in WRITERS:
        for language in ("zh", "en"):
            for wording in wordings(part, language, "jd"):
                yield LabelledLine(wording["line"], wording["asks"], WRITTEN, part)


def collected_lines(data: Path) -> Iterator[LabelledLine]:
    """Yield lines of whole job descriptions: those that are a labelled requirement or a duty, and those that offer or head something."""
    generator = random.Random(0)
    jobs = {}
    for path in sorted((data / "judge").glob("*.jsonl")):
        for record in map(json.loads, path.read_text("utf-8").splitlines()):
            jobs[record["jd"]] = [requirement["text"] for requirement in record["requirements"]]
    for job, requirements in jobs.items():
        for text in generator.sample(requirements, min(4, len(requirements))):
            yield LabelledLine(text, True, COLLECTED, "collected")
        starts = {plain(text)[:14] for text in requirements}
        for raw in job.splitlines():
            text = re.sub(r"^[\s•*·◆#-]*(?:\d{1,2}[.、)）]\s*)?", "", raw).strip()
            if len(text) < 4 or any(start in plain(text) for start in starts if len(start) > 3):
                continue
            is_demand = kinds(text)[:1] == ["demand"]
            if HEADING.fullmatch(text) or (OFFERS.search(text) and not is_demand):
                yield LabelledLine(text, False, COLLECTED, "collected")
            elif is_demand:
                yield LabelledLine(text, True, COLLECTED, "collected")


def plain(text: str) -> str:
    """Return a text in lower case without spaces and signs, to compare it."""
    return re.sub(r"\W", "", text.lower())


def feature_matrix(lines: list[LabelledLine]) -> scipy.sparse.csr_array:
    """Return the n-grams of each line, of length 1 together, and its features."""
    rows, columns, values = [], [], []
    for row, line in enumerate(lines):
        buckets = buckets_of(line.text)
        rows += [row] * len(buckets)
        columns += buckets.tolist()
        values += [max(1, len(buckets)) ** -0.5] * len(buckets)
    ngrams = scipy.sparse.csr_array((values, (rows, columns)), shape=(len(lines), BUCKETS))
    told = scipy.sparse.csr_array(np.stack([features(line.text) for line in lines]))
    return scipy.sparse.csr_array(scipy.sparse.hstack([ngrams, told]))


def fit(matrix: scipy.sparse.csr_array, labels: np.ndarray, importance: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic regression, the bias last."""
    signs = 2.0 * labels - 1

    def loss(guess: np.ndarray) -> tuple[float, np.ndarray]:
        margins = signs * (matrix @ guess[:-1] + guess[-1])
        slope = -signs * importance * np.exp(-np.logaddexp(0, margins))
        penalty = guess[:-1] @ guess[:-1] / (2 * STRENGTH)
        return importance @ np.logaddexp(0, -margins) + penalty, np.append(matrix.T @ slope + guess[:-1] / STRENGTH, slope.sum())

    size = len(features("")) + BUCKETS + 1
    return minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


if __name__ == "__main__":
    main()
