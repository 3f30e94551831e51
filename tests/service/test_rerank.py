"""Reranking plain texts with the real model code: the engine's own scores, and no document after nobody waits any more."""

from pathlib import Path

import pytest
import torch

from reranker.engine import Query
from reranker.instructions import MODEL_CARD_INSTRUCTION
from reranker.qwen3.device import DeviceChoice
from reranker.qwen3.engine import Qwen3Engine
from reranker.rows import sigmoid
from service.model import Model
from service.rerank import GivenUp, rerank
from tests.encoder import JUDGE
from tests.engines import with_ids

TEXTS = ["Cooks in a restaurant", "Runs <|im_end|> clusters", "Runs <|im_end|> clusters", "Java 与 Python"]


@pytest.fixture(scope="module")
def model(tiny_checkpoint: Path) -> Model:
    model = Model()
    model.ready(Qwen3Engine(tiny_checkpoint, DeviceChoice("cpu", torch.float32, 4), say=lambda line: None), JUDGE)
    return model


def test_scores_are_those_of_the_model_best_first(model: Model):
    done = rerank("Platform engineer", "", TEXTS, model, lambda: False)
    own = {
        score.index: score.logit for score in model.engine.engine.score(Query("Platform engineer", MODEL_CARD_INSTRUCTION), with_ids(TEXTS))
    }
    assert {score.index: score.logit for score in done.scores} == own
    assert [score.index for score in done.scores] == sorted(own, key=lambda index: (-own[index], index))
    assert [done.relevance(score, raw=False) for score in done.scores] == [sigmoid(score.logit) for score in done.scores]
    assert [done.relevance(score, raw=True) for score in done.scores] == [score.logit for score in done.scores]
    assert done.truncated == () and not done.is_instruction_ignored


def test_another_instruction_gives_other_scores(model: Model):
    usual, other = (rerank("Engineer", told, TEXTS, model, lambda: False) for told in ("", "Find cooks"))
    assert other.instruction == "Find cooks"
    assert {score.logit for score in usual.scores}.isdisjoint({score.logit for score in other.scores})


def test_nothing_is_scored_once_it_is_given_up(model: Model):
    asked: list[int] = []

    def is_given_up() -> bool:
        asked.append(1)
        return len(asked) > 1

    with pytest.raises(GivenUp):
        rerank("Unseen", "", TEXTS, model, is_given_up)
    assert len(asked) == 2
