"""The encoder: unit vectors that do not depend on company, a memory that is bounded, odd text taken."""

import numpy as np
import pytest

from reranker import encoder as module
from reranker.encoder import DIMENSIONS, Encoder
from tests.encoder import ENCODER

TEXTS = ["熟悉 Kubernetes 与 Docker", "负责财务报表", "Built payment services in Go", "x"]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return ENCODER


def test_vectors_have_unit_length_and_tell_related_from_unrelated(encoder):
    query = encoder.queries(["需要容器编排经验"])
    vectors = encoder.passages(TEXTS)
    assert vectors.shape == (4, DIMENSIONS) and vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    closeness = (query @ vectors.T)[0]
    assert closeness[0] > closeness[1]


def test_a_vector_is_the_same_in_any_company(encoder):
    together, alone = encoder.passages(TEXTS), Encoder()
    for index, text in enumerate(TEXTS):
        np.testing.assert_array_equal(alone.passages([text])[0], together[index])
    np.testing.assert_array_equal(Encoder().passages(TEXTS[::-1])[::-1], together)


def test_queries_and_passages_are_kept_apart(encoder):
    assert not np.array_equal(encoder.queries(["Go"]), encoder.passages(["Go"]))


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr(module, "KEPT_VECTORS", 3)
    small = Encoder()
    first = small.passages(TEXTS)
    assert len(small._vectors) == 3
    np.testing.assert_array_equal(small.passages(TEXTS), first)


@pytest.mark.parametrize("text", ["", "\0", "a\0b", "\ud800", "🙂" * 50, "长" * 530])
def test_odd_texts_are_taken(encoder, text):
    assert np.isfinite(encoder.passages([text])).all()


def test_nothing_in_nothing_out(encoder):
    assert encoder.passages([]).shape == (0, DIMENSIONS)


def test_the_fingerprint_is_that_of_the_shipped_model(encoder):
    assert encoder.fingerprint.startswith("1571fc98") and len(encoder.fingerprint) == 64
