"""A GPU that computes something else than the CPU is found before it scores: attention that sees too much, products that lose figures."""

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from reranker.engine import EngineOptions
from reranker.notice import Notice, Say
from reranker.qwen3 import engine as qwen3
from reranker.qwen3 import model as qwen3_model
from reranker.qwen3.attention import causal_attention, explicitly_masked
from reranker.qwen3.device import DeviceChoice
from reranker.qwen3.device_check import TOLERANCE, difference_from_cpu
from reranker.qwen3.engine import Qwen3Engine
from reranker.qwen3.model import Qwen3Model
from reranker.qwen3.open import open_qwen3
from tests.encoder import JUDGE


@pytest.fixture(params=[torch.float32, torch.bfloat16, torch.float16])
def model(request: pytest.FixtureRequest, tiny_checkpoint: Path) -> Qwen3Model:
    return Qwen3Model(tiny_checkpoint, DeviceChoice("cpu", request.param, 1), 1024)


def seeing_ahead(query: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Attend as MPS did where the query is as long as the keys: the first rows see three tokens after them."""
    if query.shape[1] != keys.shape[1]:
        return causal_attention(query, keys, values)
    return torch.cat([causal_attention(query[:, :-3], keys, values), causal_attention(query[:, -3:], keys, values)], dim=1)


def test_rounding_is_borne(model: Qwen3Model, tiny_checkpoint: Path) -> None:
    assert difference_from_cpu(model, tiny_checkpoint) < TOLERANCE[model.dtype] / 2


def test_a_token_that_sees_the_next_ones_is_found(model: Qwen3Model, tiny_checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = Qwen3Model._finish

    def finish(self: Qwen3Model, *arguments: Any) -> None:
        """Let the model attend wrongly, and the reference, which is another one, as it should."""
        is_checked = self.cos is model.cos
        monkeypatch.setattr(qwen3_model, "causal_attention", seeing_ahead if is_checked else causal_attention)
        right(self, *arguments)

    monkeypatch.setattr(Qwen3Model, "_finish", finish)
    assert difference_from_cpu(model, tiny_checkpoint) > TOLERANCE[model.dtype]


@pytest.mark.parametrize(("rows", "tokens"), [(1, 9), (9, 9), (5, 9), (7, 30)])
@pytest.mark.parametrize("most", [2, 4, 2048])
def test_the_mask_written_out_is_causal(rows: int, tokens: int, most: int) -> None:
    random = torch.Generator().manual_seed(rows)
    query, keys, values = (torch.randn(heads, count, 16, generator=random) for heads, count in ((4, rows), (2, tokens), (2, tokens)))
    assert torch.allclose(explicitly_masked(query, keys, values, most), causal_attention(query, keys, values), atol=1e-5)


def test_the_cpu_takes_over_and_says_why(tiny_checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = qwen3.load_qwen3

    def load(folder: Path, choice: DeviceChoice, say: Say) -> Qwen3Engine:
        if choice.device != "cpu":
            raise qwen3.DeviceDiffers
        return loaded(folder, choice, say)

    monkeypatch.setattr("reranker.qwen3.device._find_gpu", lambda device: ("", 0, ()) if device == "cpu" else ("mps", 8 << 30, ()))
    monkeypatch.setattr(qwen3, "load_qwen3", load)
    said: list[Notice] = []
    engine = open_qwen3(EngineOptions(str(tiny_checkpoint), True, "auto", "auto", 0, JUDGE, said.append))
    assert engine and engine.info.device == "cpu"
    assert "device_differs" in [notice.code for notice in said]
