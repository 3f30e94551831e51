"""Choose device, precision and batch size for the model, and give the reasons."""

import time
from dataclasses import dataclass

import psutil
import torch

from reranker.notice import Notice

GIB = 2**30
MIN_GPU_BYTES = 2 * GIB
MIN_CPU_BYTES = 4 * GIB
CPU_BATCH = 1
"""One document fills the matrix products; several would only make turns longer for everyone who waits."""

DTYPES = {"fp16": torch.float16, "bf16": torch.bfloat16, "fp32": torch.float32, "int8": torch.int8}
LABELS = {dtype: name.upper() for name, dtype in DTYPES.items()}


@dataclass(frozen=True)
class DeviceChoice:
    """`device` as torch names it ("cuda:0", "mps", "cpu"); `reasons` say for people why it was chosen."""

    device: str
    dtype: torch.dtype
    batch_size: int
    reasons: tuple[Notice, ...] = ()
    beside_int8: torch.dtype = torch.bfloat16
    """With `dtype` int8: of attention, which has no weights. The one that this CPU is faster at."""


def choose_device(device: str = "auto", precision: str = "auto", batch_size: int = 0) -> DeviceChoice:
    """Return where and how to run.

    `device` is auto, cuda, cuda:N, mps or cpu; `precision` auto, fp16, bf16, fp32 or int8 (CPU only); `batch_size` 0 is auto. A GPU that is
    absent or too full is no error: the CPU takes over and `reasons` say so.
    """
    gpu, free, problem = _find_gpu(device)
    if gpu:
        dtype = DTYPES[precision] if precision in ("bf16", "fp32") else torch.float16
        size = batch_size or batch_size_for(free)
        return DeviceChoice(gpu, dtype, size, (Notice("gpu", device=gpu, free=free / GIB, dtype=LABELS[dtype], batch_size=size),))
    speedup = measure_bf16_speedup()
    faster, _ = cpu_dtype("auto", speedup)
    dtype, reason = cpu_dtype(precision, speedup)
    size = batch_size or CPU_BATCH
    chosen = Notice("cpu", dtype=LABELS[dtype], reason=reason, batch_size=size)
    return DeviceChoice("cpu", dtype, size, (*problem, chosen, *_memory_warning()), faster)


def batch_size_for(free_bytes: int) -> int:
    """Return how many resumes fit on a GPU with so much free memory: 16 from 8 GiB, 8 from 4 GiB, else 4."""
    return 16 if free_bytes >= 8 * GIB else 8 if free_bytes >= 4 * GIB else 4


def _find_gpu(device: str) -> tuple[str, int, tuple[Notice, ...]]:
    """Return the GPU to use ("" for none), its free memory in bytes, and why there is none if one was expected."""
    if device == "cpu":
        return "", 0, ()
    if device != "mps" and torch.cuda.is_available():
        number = device.partition(":")[2] or "0"
        if not number.isdecimal() or int(number) >= torch.cuda.device_count():
            return "", 0, (Notice("no_such_gpu", device=device),)
        return _if_roomy(f"cuda:{number}", torch.cuda.mem_get_info(int(number))[0])
    if device in ("auto", "mps") and torch.backends.mps.is_available():
        return _if_roomy("mps", torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory())
    return "", 0, () if device == "auto" else (Notice("no_gpu", device=device),)


def _if_roomy(gpu: str, free: int) -> tuple[str, int, tuple[Notice, ...]]:
    if free < MIN_GPU_BYTES:
        return "", 0, (Notice("gpu_full", device=gpu, free=free / GIB, needed=MIN_GPU_BYTES // GIB),)
    return gpu, free, ()


def cpu_dtype(precision: str, bf16_speedup: float) -> tuple[torch.dtype, Notice]:
    """Return the dtype on the CPU and the reason: as asked, but never fp16; for auto and fp16, bf16 if it is 1.2 times as fast as fp32."""
    if precision in ("fp32", "bf16", "int8"):
        return DTYPES[precision], Notice("as_asked")
    dtype = torch.bfloat16 if bf16_speedup > 1.2 else torch.float32
    return dtype, Notice("fp16_refused" if precision == "fp16" else "bf16_speed", speedup=bf16_speedup)


def measure_bf16_speedup() -> float:
    """Return how many times as fast this CPU multiplies bf16 matrices as fp32 ones of the model's shapes. Takes some tens of ms."""
    return _seconds(torch.float32) / _seconds(torch.bfloat16)


def _seconds(dtype: torch.dtype) -> float:
    rows, weight = torch.ones(256, 1024, dtype=dtype), torch.ones(3072, 1024, dtype=dtype)
    best = float("inf")
    for _ in range(4):  # the first one pays for start-up, the best one is disturbed least
        start = time.perf_counter()
        torch.nn.functional.linear(rows, weight)
        best = min(best, time.perf_counter() - start)
    return best


def _memory_warning() -> tuple[Notice, ...]:
    available = psutil.virtual_memory().available
    if available >= MIN_CPU_BYTES:
        return ()
    return (Notice("little_memory", free=available / GIB, needed=MIN_CPU_BYTES // GIB),)
