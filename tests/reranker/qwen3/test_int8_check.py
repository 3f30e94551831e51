"""Int8 is chosen by itself only where it was seen to agree; the result of the check survives a restart."""

import math
from pathlib import Path

import pytest
import torch

from i18n.texts import texts
from reranker.embedded.engine import EmbeddedEngine
from reranker.engine import Query
from reranker.notice import Notice
from reranker.open_engine import open_engine
from reranker.qwen3.checkpoint import fingerprint
from reranker.qwen3.device import DeviceChoice
from reranker.qwen3.engine import Qwen3Engine
from reranker.qwen3.int8_check import can_be_checked, check_int8, compare, rank_correlation, save_check, saved_check
from tests.encoder import JUDGE
from tests.engines import with_ids

LOGITS = [float(number) for number in range(20)]
GOOD = compare("BF16", LOGITS, LOGITS, speedup=1.5)


def test_rank_correlation():
    assert rank_correlation(LOGITS, [logit**3 for logit in LOGITS]) == pytest.approx(1.0)
    assert rank_correlation(LOGITS, LOGITS[::-1]) == pytest.approx(-1.0)
    assert rank_correlation([3.0, 1.0, 2.0], [2.0, 1.0, 3.0]) == pytest.approx(0.5)  # 1 - 6 * (1 + 0 + 1) / (3 * 8)


@pytest.mark.parametrize("other", [[1.0] * 20, [*LOGITS[:-1], math.nan]], ids=["constant", "nan"])
def test_where_rank_correlation_is_undefined_nothing_agrees(other: list[float]):
    for pair in ((LOGITS, other), (other, LOGITS), (other, other)):
        assert rank_correlation(*pair) == 0.0
        assert not compare("BF16", *pair, speedup=1.5).holds
    assert rank_correlation([1.0], [1.0]) == 0.0


def test_equal_logits_have_equal_ranks():
    assert rank_correlation([1.0, 1.0, 2.0], [1.0, 2.0, 3.0]) == pytest.approx(0.866, abs=1e-3)


def test_it_holds_only_with_the_order_the_top_the_number_and_the_speed():
    assert GOOD.holds
    swapped_top = [*LOGITS[:14], 15.0, 14.0, *LOGITS[16:]]
    assert not compare("BF16", LOGITS, swapped_top, 1.5).holds, "the fifth and the sixth changed places"
    assert not compare("BF16", LOGITS, [*LOGITS[:15][::-1], *LOGITS[15:]], 1.5).holds
    assert not compare("BF16", LOGITS[:9], LOGITS[:9], 1.5).holds
    assert not compare("BF16", LOGITS, LOGITS, 0.8).holds


def test_results_are_kept_by_weights(tmp_path: Path):
    path = tmp_path / "checks.json"
    assert saved_check("a", path) is None
    save_check(GOOD, "a", path)
    save_check(compare("BF16", LOGITS, LOGITS[::-1], 1.5), "b", path)
    assert saved_check("a", path) == GOOD
    assert (other := saved_check("b", path)) and not other.holds
    path.write_text("{broken")
    assert saved_check("a", path) is None


def test_auto_takes_int8_where_it_agreed_and_is_faster(tiny_checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "checks.json"
    monkeypatch.setattr("reranker.qwen3.open.saved_check", lambda fingerprint: saved_check(fingerprint, path))
    monkeypatch.setattr("reranker.qwen3.device.measure_bf16_speedup", lambda: 1.0)
    said: list[Notice] = []

    def opened(precision: str) -> str:
        return open_engine(str(tiny_checkpoint), True, "cpu", precision, 0, JUDGE, said.append).info.dtype

    assert opened("auto") == "FP32"
    for speedup, dtype in ((0.8, "FP32"), (1.5, "INT8")):
        save_check(compare("FP32", LOGITS, LOGITS, speedup), fingerprint(tiny_checkpoint), path)
        assert opened("auto") == dtype
    assert opened("fp32") == "FP32"
    assert any("rank correlation 1.000" in texts("en").notice(notice) for notice in said)


def test_the_check_scores_the_same_texts_in_both_precisions(tiny_checkpoint: Path):
    usual, int8 = (Qwen3Engine(tiny_checkpoint, DeviceChoice("cpu", dtype, 1), print) for dtype in (torch.float32, torch.int8))
    assert (can_be_checked(usual.info), can_be_checked(int8.info), can_be_checked(EmbeddedEngine(JUDGE).info)) == (True, False, False)
    result = check_int8(usual, int8, Query("招聘 Java 工程师", ""), with_ids(["熟悉 Java", "销售经理", "厨师，会做川菜"]))
    assert (result.precision, result.documents) == ("FP32", 3)
    assert -1 <= result.rank_correlation <= 1 and result.speedup > 0
