"""Imported labels of pairs that were never ranked: the engine ranks them once, so that they can teach something."""

import time
from collections.abc import Iterator

from feedback.learning.groups import unscored
from feedback.learning.learned import learned
from feedback.store.recording import as_run
from feedback.store.store import Store
from reranker.encoder.encoder import Encoder
from reranker.engine import Engine, Query
from reranker.instructions import DEFAULT_INSTRUCTION
from reranker.ranking import rank


def score_unscored(store: Store, engine: Engine, encoder: Encoder, user: str) -> Iterator[tuple[int, int]]:
    """Rank job by job, with the default instruction, and keep each as a run that nobody was shown. Yields (jobs done, jobs in all)
    before each job and at the end; nothing when there is nothing to do. What was done stays when it is stopped. Raises ScoringError.
    """
    waiting = unscored(store, engine.info.fingerprint)
    describe = learned(store, engine.info.fingerprint).describe
    for done, (job, resumes) in enumerate(waiting):
        yield done, len(waiting)
        started, query = time.time(), Query(job, DEFAULT_INSTRUCTION)
        ranking = rank(query, resumes, engine, encoder, describe=describe)
        store.add_run(as_run(ranking, query, resumes, engine.info, at=started, user=user, is_shown=False))
    if waiting:
        yield len(waiting), len(waiting)
