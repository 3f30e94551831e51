"""Score groups by each system that an evaluation compares: as given, BM25, one cosine, the engine, and learned weights."""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from evaluation.evaluate import Scores
from feedback.labels import Group
from feedback.learning.groups import groups as labelled_groups
from feedback.learning.learned import Learned, for_job, learned
from feedback.store.database import DamagedDatabase
from feedback.store.migrations import NewerSchema
from feedback.store.store import FILE_NAME, Store
from reranker.embedded.bm25 import bm25
from reranker.encoder.encoder import Encoder
from reranker.engine import Engine, Query, finite
from reranker.evidence.match_points import find_evidence
from reranker.evidence.requirements import split_job
from reranker.judge.judge import Judge
from reranker.rows import weighted_score

Numbers = Iterator[tuple[int, float]]
"""A candidate's place in its group and its score, as they come."""


@dataclass(frozen=True)
class InForce:
    """The weights learned on one engine, by job description, as far as it counts there. `job_ids` are the jobs with labels: the weights may
    have been learned from them.
    """

    learned: Mapping[str, Learned]
    job_ids: frozenset[str]


def in_force(folder: Path, fingerprint: str, jobs: Collection[str], encoder: Encoder) -> InForce | str:
    """Return what was learned for the engine with this fingerprint, for these jobs, or why there are no weights. Creates no database."""
    path = folder / FILE_NAME
    if not path.is_file():
        return f"nothing was learned yet: there is no {path}"
    try:
        with closing(Store(path)) as store:
            known = learned(store, fingerprint)
            if not known.weights.version:
                return "no weights that were learned on this engine are active"
            by_job = {job: for_job(store, known, job, encoder) for job in jobs}
            return InForce(by_job, frozenset(group.job_id for group in labelled_groups(store, fingerprint)))
    except (NewerSchema, DamagedDatabase, sqlite3.Error) as error:
        return str(error)


def score_systems(
    groups: Sequence[Group],
    engine: Engine,
    judge: Judge,
    instruction: str,
    known: Mapping[str, Learned] | None,
    advance: Callable[[str], None],
) -> dict[str, Scores]:
    """Return the scores by system: "given", "bm25", "embedding" (one cosine of the whole texts) and "engine" always.

    "no_instruction" is added if the engine heeds instructions, "learned" if weights are `known`. `advance` is called with the system after
    each candidate. Raise ScoringError if the engine fails.
    """
    systems: dict[str, list[list[float]]] = {}
    scorers: dict[str, Callable[[int], Numbers]] = {
        "given": lambda job: ((index, -float(index)) for index in range(len(groups[job].candidates))),
        "bm25": lambda job: _by_bm25(groups[job]),
        "embedding": lambda job: _by_embedding(groups[job], judge.encoder),
        "engine": lambda job: _by_engine(groups[job], engine, instruction),
    }
    if engine.info.heeds_instruction:
        scorers["no_instruction"] = lambda job: _by_engine(groups[job], engine, "")
    if known:
        scorers["learned"] = lambda job: _by_weights(groups[job], systems["engine"][job], instruction, known[groups[job].job], judge)
    for name, scorer in scorers.items():
        systems[name] = []
        for job, group in enumerate(groups):
            systems[name].append([0.0] * len(group.candidates))
            for index, number in scorer(job):
                systems[name][job][index] = number
                advance(name)
    return dict(systems)


def _by_bm25(group: Group) -> Numbers:
    for index, candidate in enumerate(group.candidates):
        yield index, bm25(group.job, candidate.text)


def _by_embedding(group: Group, encoder: Encoder) -> Numbers:
    [job] = encoder.queries([group.job])
    for index, candidate in enumerate(group.candidates):
        yield index, float(encoder.passages([candidate.text])[0] @ job)


def _by_engine(group: Group, engine: Engine, instruction: str) -> Numbers:
    query = Query(group.job, instruction)
    for score in finite(engine.score(query, [(candidate.resume_id, candidate.text) for candidate in group.candidates])):
        yield score.index, score.logit
    engine.forget(query)


def _by_weights(group: Group, logits: Sequence[float], instruction: str, known: Learned, judge: Judge) -> Numbers:
    """Score by learned weights as `ranking.rank_stream` does, from logits that were computed before."""
    query, requirements = Query(group.job, instruction), split_job(group.job)
    for index, (candidate, logit) in enumerate(zip(group.candidates, logits, strict=True)):
        evidence = find_evidence(requirements, candidate.text, judge, known.glossary_span)
        features = known.describe(query, candidate.text, logit, evidence)
        yield index, weighted_score(features, known.weights.coefficients)
