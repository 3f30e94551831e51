"""Handle a device that runs out of memory: free what was allocated and make batches smaller."""

import gc
import math
from collections.abc import Callable
from itertools import accumulate
from typing import TypeVar

import torch

from reranker.engine import ScoringError
from reranker.notice import Notice, Say

Result = TypeVar("Result")


class BatchMemory:
    """The number of tokens believed to fit into the device's memory at a time. Grows smaller with each batch that did not fit."""

    def __init__(self, device: str, say: Say):
        self._device, self._say = device, say
        self._fitting_tokens = math.inf

    def fitting(self, lengths: list[int], budget: int) -> int:
        """Return how many of the first documents, of these lengths in tokens, fit into a batch of at most `budget` tokens; at least one."""
        return max(1, sum(total <= min(budget, self._fitting_tokens) for total in accumulate(lengths)))

    def shrink(self, lengths: list[int]) -> None:
        """Limit batches to half the tokens of one that did not fit; `lengths` are its documents. Raise ScoringError if it had only one."""
        tokens = sum(lengths)
        if len(lengths) == 1:
            raise ScoringError("no_memory_for_resume", device=self._device, tokens=tokens)
        self._fitting_tokens = tokens // 2
        self._say(Notice("batch_too_large", device=self._device, tokens=tokens, half=tokens // 2))

    def attempt(self, compute: Callable[[], Result]) -> Result | None:
        """Return what `compute` returns, or None if memory ran out; its allocations are freed then."""
        try:
            return compute()
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
        gc.collect()  # only here, after the except block, nothing holds the frames with the tensors any more
        if self._device.startswith("cuda"):
            torch.cuda.empty_cache()
        elif self._device == "mps":
            torch.mps.empty_cache()
        return None


def is_out_of_memory(error: RuntimeError | MemoryError) -> bool:
    """Return whether memory ran out. CUDA and the allocator of C++ raise types for it; others only a message."""
    return isinstance(error, torch.OutOfMemoryError | MemoryError) or any(message in str(error) for message in _MESSAGES)


_MESSAGES = (
    "out of memory",  # MPS
    "can't allocate memory",  # CPU
    "could not create a primitive",  # oneDNN on the CPU, in a product of two matrices of a kind that has worked before
)
