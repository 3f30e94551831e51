"""What was learned counts for jobs like those it was learned from: in the store, for a new job, for weights of earlier releases."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from feedback.glossary.terms import decide, propose, write
from feedback.labels import Strength, Term, Weights
from feedback.learning.job_vectors import LearnedJobs, encoded, job_vectors, keep_job_vector, packed
from feedback.learning.learned import Learned, for_job, learned
from feedback.learning.versions import activate, add_weights, jobs_of_weights, weights_of_run
from feedback.store import migrations
from feedback.store.history import delete_run
from feedback.store.store import FILE_NAME, Store, job_digest
from tests.encoder import ENCODER
from tests.feedback.learning.test_resemblance import BACKEND, FINANCE
from tests.feedback.stored import run_of

LEARNED = Weights(0, {"logit": 1.0, "quantified": 2.0}, "f1")


def software() -> LearnedJobs:
    return LearnedJobs(ENCODER.fingerprint, encoded(BACKEND[:2], ENCODER))


def in_use(store: Store, jobs: LearnedJobs | None) -> Learned:
    activate(store, add_weights(store, LEARNED, [], {}, "hr", jobs), "hr")
    return learned(store, "f1")


def test_far_away_the_order_is_the_models_and_nearby_what_was_learned_counts_in_part(store: Store):
    known = in_use(store, software())
    far, near = (for_job(store, known, job, ENCODER).weights for job in (FINANCE[0], BACKEND[2]))
    assert far.coefficients == {"logit": 1.0} and far.strength == Strength(0.0, 0) and far.version == 1
    assert near.strength and 0 < near.strength.value < 1 and near.strength.similar_jobs == 2
    assert near.coefficients == {"logit": 1.0, "quantified": pytest.approx(2 * near.strength.value)}


def test_nothing_learned_needs_no_encoder(store: Store):
    assert for_job(store, learned(store, "f1"), BACKEND[0], None) == Learned()  # type: ignore[arg-type]


def test_a_mined_term_counts_for_jobs_like_its_own_and_a_written_one_everywhere(store: Store):
    mined = Term("高并发", "#万qps")
    propose(store, {mined: {}}, jobs={mined: software()})
    decide(store, mined, True, "hr")
    written = write(store, " 对账 ", "勾兑 3 万笔", "hr")
    assert written == Term("对账", "勾兑#万笔")
    assert for_job(store, learned(store, "f1"), BACKEND[2], ENCODER).glossary == (mined, written)
    assert for_job(store, learned(store, "f1"), FINANCE[0], ENCODER).glossary == (written,)


def test_a_stored_run_is_shown_as_strong_as_it_was(store: Store):
    in_use(store, software())
    run = run_of(BACKEND[2], ["a"])
    key = store.add_run(replace(run, weights_version=1, settings={"learned": {"strength": 0.5, "similar_jobs": 2}}))
    assert weights_of_run(store, store.run(key)).coefficients == {"logit": 1.0, "quantified": 1.0}
    old = store.add_run(replace(run, weights_version=1))
    assert weights_of_run(store, store.run(old)).coefficients == LEARNED.coefficients, "as they counted when it was ranked"


def before_job_vectors(path: Path, job: str) -> None:
    """Write a store of the schema before jobs had vectors, with weights in use that were learned from a labelled job."""
    number = migrations.MIGRATIONS.index(migrations._JOB_VECTORS)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for script in migrations.MIGRATIONS[:number]:
            for statement in migrations._statements(script):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {number}")
        db.execute("INSERT INTO jobs VALUES (1, ?, ?)", (job_digest(job), job))
        db.execute("INSERT INTO resumes VALUES (1, 'a', 'a.pdf', 'a')")
        db.execute("INSERT INTO weights VALUES (1, '{\"logit\": 1.0, \"quantified\": 2.0}', 'f1', '{}', 'hr', 7.0, 0)")
        db.execute("INSERT INTO learned_from VALUES (1, 1, 1)")
        db.execute("INSERT INTO activations VALUES (1, 1, 'hr', 8.0)")


def test_weights_of_an_earlier_release_find_their_jobs_at_first_use(tmp_path: Path):
    before_job_vectors(tmp_path / FILE_NAME, BACKEND[0])
    store = Store(tmp_path / FILE_NAME)
    assert jobs_of_weights(store, 1, ENCODER.fingerprint) is None
    assert for_job(store, learned(store, "f1"), FINANCE[0], ENCODER).weights.coefficients == {"logit": 1.0}
    learned_from = jobs_of_weights(store, 1, ENCODER.fingerprint)
    assert learned_from and np.allclose(learned_from.vectors, encoded(BACKEND[:1], ENCODER), atol=1e-3), "kept for the next time"
    store.close()


def test_weights_whose_jobs_were_deleted_go_on_in_full_and_it_is_known_that_nobody_knows(tmp_path: Path):
    before_job_vectors(tmp_path / FILE_NAME, BACKEND[0])
    store = Store(tmp_path / FILE_NAME)
    with store.writing() as db:
        db.execute("DELETE FROM learned_from")  # as retention does, with the resumes
    weights = for_job(store, learned(store, "f1"), FINANCE[0], ENCODER).weights
    assert weights.coefficients == LEARNED.coefficients and weights.strength == Strength(1.0, None)
    store.close()


def test_a_vector_is_made_once_and_goes_with_its_job(store: Store):
    job, digest = BACKEND[0], job_digest(BACKEND[0])
    keep_job_vector(store, job, ENCODER)
    assert stored(store) == [], "of a job that is not stored nothing stays"
    run = store.add_run(run_of(job, ["a"]))
    keep_job_vector(store, job, ENCODER)
    with store.writing() as db:
        db.execute("UPDATE job_vectors SET vector = ?", (packed(np.full((1, 384), 0.5)),))
    assert job_vectors(store, {digest: job}, ENCODER)[digest][0] == 0.5, "read, not made"
    with store.writing() as db:
        db.execute("UPDATE job_vectors SET vector = x'00'")
    assert job_vectors(store, {digest: job, "gone": ""}, ENCODER).keys() == {digest}, "made again where it is damaged"
    delete_run(store, run)
    assert stored(store) == []


def stored(store: Store) -> list[str]:
    with store.reading() as db:
        return [digest for [digest] in db.execute("SELECT sha256 FROM job_vectors")]
