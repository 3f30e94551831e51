"""Make a device run out of memory on purpose, and only within a `with`: a GPU's share is capped, on the CPU the process may not grow."""

import resource
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch

from benchmarks.workload import peak_gb, reset_peak
from reranker.engine import Query, ScoringError
from reranker.qwen3.engine import Qwen3Engine

LONG = 250
"""Repetitions of a text that are more than the longest prompt."""

Provoke = Callable[[], dict[str, Any]]
"""Score while memory is short; return `logits` by index and what limit there was."""


@contextmanager
def shortage(engine: Qwen3Engine, query: Query, documents: Sequence[str], device: str) -> Iterator[Provoke]:
    """Yield the function that scores the documents with too little memory for the largest batch; the limit goes at the end."""
    if device == "cpu":
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        try:
            yield lambda: _on_cpu(engine, query, documents, hard)
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    else:
        try:
            yield lambda: _on_gpu(engine, query, documents, device)
        finally:
            _cap(device, 1.0)


def _on_gpu(engine: Qwen3Engine, query: Query, documents: Sequence[str], device: str) -> dict[str, Any]:
    """Allow what lies in the middle between the peaks of one document at a time and of all at once."""
    needed = []
    for size in (1, len(documents)):
        reset_peak(device)
        _scored(engine, query, documents, size)
        needed.append(peak_gb(device))
    reset_peak(device)
    total = torch.mps.recommended_max_memory() if device == "mps" else torch.cuda.get_device_properties(device).total_memory
    limit = sum(needed) / 2
    _cap(device, limit * 2**30 / total)
    return {"limit_gb": limit, "needed_gb": needed[1], "logits": _scored(engine, query, documents, len(documents))}


def _cap(device: str, share: float) -> None:
    if device == "mps":
        torch.mps.set_per_process_memory_fraction(share)
    else:
        torch.cuda.set_per_process_memory_fraction(share, device)


def _on_cpu(engine: Qwen3Engine, query: Query, documents: Sequence[str], hard: int) -> dict[str, Any]:
    """Let the process grow no further and score a resume as long as the longest prompt: it is refused, the others are scored."""
    import psutil

    size = psutil.Process().memory_info().vms
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))
    try:
        _scored(engine, query, [documents[0] * LONG], 1)
        refused = ""
    except ScoringError as error:
        refused = error.notice.code
    return {"limit_gb": size / 2**30, "refused": refused, "logits": _scored(engine, query, documents, 1)}


def _scored(engine: Qwen3Engine, query: Query, documents: Sequence[str], batch: int) -> dict[int, float]:
    return {score.index: score.logit for score in engine.score(query, [(text, text) for text in documents], batch)}
