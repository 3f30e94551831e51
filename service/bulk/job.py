"""Define what a bulk run is asked to do, and the digest under which its results may be used again."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from feedback.learning.learned import Learned
from preprocess.pipeline import Cleaning
from reranker.engine import Query
from reranker.judge.judge import Judge
from reranker.rows import MODEL_ORDER
from reranker.scheduler import Scheduler
from service.run_state import scores_key
from settings import ROOT, Settings

EXPLAINED = 100
"""So many of the best get match points where nobody says how many: each takes the judge a second."""


@dataclass(frozen=True)
class BulkJob:
    """`top`: how many of the best to keep, 0 for all. `prefilter`: how many to score after a cheap guess at all of them, 0 for all.

    A file with exactly the bytes `leave_out` is skipped, and so are `output` and what lies beside it under that name.
    """

    paths: Sequence[Path]
    query: Query
    cleaning: Cleaning
    settings: Settings
    engine: Scheduler
    judge: Judge
    learned: Learned
    output: Path
    top: int = 0
    prefilter: int = 0
    leave_out: bytes = b""

    @property
    def weights(self) -> Mapping[str, float]:
        """Those by which rows are sorted."""
        return self.learned.weights.coefficients

    @property
    def needs_features(self) -> bool:
        """Return whether the order needs more of each resume than the engine's score."""
        return dict(self.weights) != MODEL_ORDER

    @property
    def ranking_options(self) -> dict[str, Any]:
        """Those of `ranking.rank_stream`."""
        return self.learned.options

    def key(self) -> bytes:
        """Return the digest of everything that a result depends on besides the file: query, model, switches, and how files are read."""
        model = (scores_key(self.query, self.engine.info), self.judge.fingerprint)
        parts = (model, asdict(self.cleaning), self.settings.max_characters, _reading_digest())
        return hashlib.sha256(json.dumps(parts).encode()).digest()


@cache
def _reading_digest() -> str:
    """Return the digest of the code and tables that read and clean files: after an upgrade of these everything is read again."""
    whole = hashlib.sha256()
    for path in sorted((ROOT / "preprocess").rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
