"""Score imported labels whose pairs were never ranked, so that they can be learned from."""

import time
from collections.abc import Iterator

from feedback.learning.groups import unscored
from feedback.learning.job_vectors import keep_job_vector
from feedback.learning.learned import for_job, learned
from feedback.store.recording import as_run
from feedback.store.store import Store
from reranker.engine import Engine, Query
from reranker.instructions import DEFAULT_INSTRUCTION
from reranker.judge.judge import Judge
from reranker.ranking import rank


def score_unscored(store: Store, engine: Engine, judge: Judge, user: str) -> Iterator[tuple[int, int]]:
    """Rank the unscored resumes job by job with the default instruction; store each ranking as a run that was shown to nobody.

    Yield (jobs done, jobs in all) before each job and at the end; yield nothing if there are none. Stored runs stay if the iterator is
    closed early. Raise ScoringError if the engine fails.
    """
    waiting = unscored(store, engine.info.fingerprint)
    known = learned(store, engine.info.fingerprint)
    for done, (job, resumes) in enumerate(waiting):
        yield done, len(waiting)
        started, query = time.time(), Query(job, DEFAULT_INSTRUCTION)
        ranking = rank(query, resumes, engine, judge, describe=for_job(store, known, job, judge.encoder).describe)
        store.add_run(as_run(ranking, query, resumes, engine.info, at=started, user=user, is_shown=False))
        keep_job_vector(store, job, judge.encoder)
    if waiting:
        yield len(waiting), len(waiting)
