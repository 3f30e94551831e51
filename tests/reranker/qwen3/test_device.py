"""Where the model runs: the CPU's precision is measured, FP16 never runs there, a GPU that is absent or full is no error."""

import psutil
import pytest
import torch

from i18n.texts import texts
from reranker.qwen3 import device as device_module
from reranker.qwen3.device import GIB, DeviceChoice, batch_size_for, choose_device, cpu_dtype

EN = texts("en")


def why(choice: DeviceChoice) -> str:
    """Return the reasons as they are said to people."""
    return " ".join(map(EN.notice, choice.reasons))


def pretend_cuda(monkeypatch: pytest.MonkeyPatch, free_gib: float, devices: int = 1) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: devices)
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda number: (int(free_gib * GIB), 80 * GIB))


def test_the_cpu_gets_the_precision_it_is_fast_at():
    chosen = choose_device("cpu")
    assert chosen.device == "cpu" and chosen.batch_size == 1
    assert chosen.dtype in (torch.bfloat16, torch.float32)
    assert "BF16 runs at" in why(chosen)


@pytest.mark.parametrize(("speedup", "dtype"), [(0.4, torch.float32), (1.1, torch.float32), (2.5, torch.bfloat16)])
def test_bf16_only_where_it_is_clearly_faster(speedup: float, dtype: torch.dtype):
    chosen, reason = cpu_dtype("auto", speedup)
    assert chosen == dtype and f"{speedup:.1f} times" in EN.notice(reason)


def test_beside_int8_attention_has_the_precision_that_the_cpu_is_fast_at(monkeypatch: pytest.MonkeyPatch):
    for speedup, dtype in ((0.5, torch.float32), (2.2, torch.bfloat16)):
        monkeypatch.setattr(device_module, "measure_bf16_speedup", lambda speedup=speedup: speedup)
        chosen = choose_device("cpu", "int8")
        assert (chosen.dtype, chosen.beside_int8) == (torch.int8, dtype)


def test_fp16_is_refused_on_the_cpu_and_said():
    chosen = choose_device("cpu", "fp16")
    assert chosen.dtype != torch.float16
    assert "FP16 is very slow on a CPU" in why(chosen)


@pytest.mark.parametrize(("precision", "dtype"), [("fp32", torch.float32), ("bf16", torch.bfloat16)])
def test_an_explicit_precision_and_batch_size_are_kept(precision: str, dtype: torch.dtype):
    chosen = choose_device("cpu", precision, 7)
    assert (chosen.dtype, chosen.batch_size) == (dtype, 7)


@pytest.mark.parametrize(("free", "size"), [(2.1, 4), (4, 8), (6, 8), (7.9, 8), (8, 16), (80, 16)])
def test_batch_sizes_by_free_memory(free: float, size: int):
    assert batch_size_for(int(free * GIB)) == size


def test_a_gpu_with_room_runs_fp16(monkeypatch: pytest.MonkeyPatch):
    pretend_cuda(monkeypatch, free_gib=5.5)
    chosen = choose_device()
    assert (chosen.device, chosen.dtype, chosen.batch_size) == ("cuda:0", torch.float16, 8)
    assert "5.5 GB free" in why(chosen)


def test_the_gpu_that_was_named_is_taken(monkeypatch: pytest.MonkeyPatch):
    pretend_cuda(monkeypatch, free_gib=20, devices=2)
    assert choose_device("cuda:1", "bf16", 3).device == "cuda:1"
    for name in ("cuda:2", "cuda:x"):
        missing = choose_device(name)
        assert missing.device == "cpu" and f"no {name}" in why(missing)


def test_a_full_gpu_leaves_the_work_to_the_cpu_and_says_so(monkeypatch: pytest.MonkeyPatch):
    pretend_cuda(monkeypatch, free_gib=1.2)
    chosen = choose_device()
    assert chosen.device == "cpu" and "only 1.2 GB free" in why(chosen)


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a CUDA device")
def test_a_gpu_that_is_not_there_leaves_the_work_to_the_cpu_and_says_so():
    chosen = choose_device("cuda:0")
    assert chosen.device == "cpu" and "--device cuda:0" in why(chosen)


def test_little_memory_is_said(monkeypatch: pytest.MonkeyPatch):
    memory = psutil.virtual_memory()
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory._replace(available=3 * GIB))
    assert "Only 3.0 GB of memory are free" in why(choose_device("cpu", "fp32"))
