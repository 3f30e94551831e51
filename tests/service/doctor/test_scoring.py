"""Right scores pass, and wrong weights, a wrong tokenizer and a device that computes wrong are seen."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from reranker.embedded.engine import EmbeddedEngine
from reranker.qwen3.device import DeviceChoice
from reranker.qwen3.engine import Qwen3Engine
from reranker.qwen3.golden import GOLDEN
from reranker.qwen3.prompt import AFTER
from service.doctor.scoring import (
    check_golden,
    check_half_precision,
    check_parity,
    check_speed,
    check_tokenizer,
    golden_result,
    speed_result,
)
from tests.data.random_qwen3 import write_random_qwen3
from tests.encoder import JUDGE
from tests.engines import engine_info


def loaded(folder: Path, dtype: torch.dtype = torch.float32) -> Qwen3Engine:
    return Qwen3Engine(folder, DeviceChoice("cpu", dtype, 1), lambda notice: None)


@pytest.fixture(scope="module")
def other_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_random_qwen3(tmp_path_factory.mktemp("other") / "other", seed=1)


@pytest.mark.long
def test_scores_of_the_right_weights_equal_the_model_cards_and_others_do_not(tiny_checkpoint: Path, other_checkpoint: Path):
    engine = loaded(tiny_checkpoint)
    result = check_parity(engine, tiny_checkpoint)
    assert result.state == "ok" and result.finding.values["difference"] < 1e-4
    assert check_parity(engine, other_checkpoint).state == "fail"


@pytest.mark.long
def test_token_ids_of_another_template_are_seen(tiny_checkpoint: Path, monkeypatch: pytest.MonkeyPatch):
    assert check_tokenizer(tiny_checkpoint).state == "ok"
    monkeypatch.setattr("reranker.qwen3.prompt.AFTER", AFTER.replace("\n\n</think>", "\n</think>"))
    assert check_tokenizer(tiny_checkpoint).state == "fail"


def test_golden_scores_are_asked_of_the_real_model_only(tiny_checkpoint: Path):
    engine: Any = SimpleNamespace(info=engine_info(dtype="BF16"))
    assert check_golden(engine, tiny_checkpoint).state == "unchecked"
    right = list(GOLDEN.values())
    assert golden_result(engine, [logit + 0.1 for logit in right]).state == "ok"
    assert golden_result(engine, [*right[:3], right[3] - 0.3]).state == "fail"
    exact: Any = SimpleNamespace(info=engine_info(dtype="FP32"))
    assert golden_result(exact, [logit + 0.1 for logit in right]).state == "fail"


def test_half_precision_is_compared_and_a_wrong_kernel_is_seen(tiny_checkpoint: Path, other_checkpoint: Path):
    engine = loaded(tiny_checkpoint, torch.bfloat16)
    assert check_half_precision(engine, tiny_checkpoint, was_refused=False).finding.key == "doctor.half"
    assert check_half_precision(engine, other_checkpoint, was_refused=False).state == "fail"
    engine.info = replace(engine.info, dtype="FP32")
    assert check_half_precision(engine, tiny_checkpoint, was_refused=False).finding.key == "doctor.half_not_needed"
    assert check_half_precision(engine, tiny_checkpoint, was_refused=True).state == "fail"


def test_the_estimate_is_of_what_was_measured():
    result = speed_result(4, 2, {"score_s": 2.0, "explain_s": 0.5})
    assert result.state == "ok" and result.finding.values["seconds"] == pytest.approx(12 * (0.5 + 0.25))
    slow = [speed_result(1, 1, {"score_s": 60.0, "explain_s": 1.0}, is_standin) for is_standin in (False, True)]
    assert [(result.state, result.remedy and result.remedy.key) for result in slow] == [
        ("warn", "doctor.speed_remedy"),
        ("warn", "doctor.speed_remedy_standin"),
    ]


def test_on_a_slow_machine_one_resume_is_measured_to_its_end():
    result = check_speed(EmbeddedEngine(JUDGE), JUDGE, "任职要求：\n1. 熟悉罐头杀菌", ["在罐头厂负责杀菌，五年"] * 3, seconds=1e-9)
    assert result.finding.values["measured"] == 1
