"""Golden scores of the real Qwen3-Reranker-0.6B. They come from sentence-transformers' own tests of it (fp32)."""

import json
from pathlib import Path

import pytest
import torch

from reranker.qwen3.checkpoint import find_checkpoint
from reranker.qwen3.device import DeviceChoice
from reranker.qwen3.engine import load_qwen3
from reranker.qwen3.golden import GOLDEN, QUERY
from settings import load_settings
from tests.engines import with_ids

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def real_checkpoint() -> Path:
    model = load_settings().model
    folder = None if model == "embedded" else find_checkpoint(model, offline=True, say=lambda line: None)
    if folder is None:
        pytest.skip("the real weights are not on this machine (RERANKER_MODEL, ./models or a hub's cache)")
    config = json.loads((folder / "config.json").read_text())
    if (config["num_hidden_layers"], config["hidden_size"]) != (28, 1024) or "random_weights_seed" in config:
        pytest.skip(f"{folder} does not hold the real Qwen3-Reranker-0.6B")
    return folder


def test_golden_log_odds(real_checkpoint: Path):
    engine = load_qwen3(real_checkpoint, DeviceChoice("cpu", torch.float32, 4), say=lambda line: None)
    scores = {list(GOLDEN)[score.index]: score.logit for score in engine.score(QUERY, with_ids(GOLDEN))}
    assert scores == pytest.approx(GOLDEN, abs=1e-3)


def test_bf16_keeps_the_order_and_stays_near(real_checkpoint: Path):
    engine = load_qwen3(real_checkpoint, DeviceChoice("cpu", torch.bfloat16, 4), say=lambda line: None)
    scores = {list(GOLDEN)[score.index]: score.logit for score in engine.score(QUERY, with_ids(GOLDEN))}
    assert sorted(scores, key=scores.__getitem__) == sorted(GOLDEN, key=GOLDEN.__getitem__)
    assert scores == pytest.approx(GOLDEN, abs=0.2)
