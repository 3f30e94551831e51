"""Share the texts of a forward pass out among threads, each of which multiplies by itself.

Products of 64 rows gain little from being shared out themselves, and where another process has a core the threads wait for each other at
every one (docs/LOG.md). And so a number is the same however many threads there are.
"""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from typing import TypeVar

import torch

Text = TypeVar("Text")
Result = TypeVar("Result")


def in_shares(work: Callable[[list[Text]], Sequence[Result]], texts: Sequence[Text], sizes: Sequence[int], most: int) -> list[Result]:
    """Return the result of each text, in their order; `work` makes those of a share, side by side with other shares.

    A share is a thread's part of `most` in size, or a text that is larger. `work` runs without gradients and in a thread of its own; what
    it raises is raised here. It must not call this itself.
    """
    shares = _shares(sizes, most)

    def without_gradients(share: list[int]) -> Sequence[Result]:
        with torch.inference_mode():
            return work([texts[number] for number in share])

    contexts = [copy_context() for _ in shares]  # whether it is to end early (judge/stopping.py) is asked in each thread
    of_shares = _threads(os.getpid()).map(lambda context, share: context.run(without_gradients, share), contexts, shares)
    results = {
        number: result for share, of_share in zip(shares, of_shares, strict=True) for number, result in zip(share, of_share, strict=True)
    }
    return [results[number] for number in range(len(texts))]


def _shares(sizes: Sequence[int], most: int) -> list[list[int]]:
    """Return the indexes of texts of these sizes in shares as even as can be, at least one for each thread."""
    threads = torch.get_num_threads()
    count = min(len(sizes), threads * -(-sum(sizes) // most))
    shares: list[list[int]] = [[] for _ in range(count)]
    filled = [0] * count
    for number in sorted(range(len(sizes)), key=lambda number: -sizes[number]):  # the largest first: the small ones even out
        least = filled.index(min(filled))
        shares[least].append(number)
        filled[least] += sizes[number]
    return shares


@cache
def _threads(process: int) -> ThreadPoolExecutor:
    """Start as many threads as torch uses in this one, for the life of the process; one that is forked starts its own."""
    count = torch.get_num_threads()
    all_there = threading.Barrier(count)

    def start(_: int) -> None:
        torch.get_num_threads()  # a thread's first look at the number sets it
        torch.set_num_threads(1)  # here, and in every thread that begins later …
        all_there.wait()

    pool = ThreadPoolExecutor(count, thread_name_prefix="encoder")
    list(pool.map(start, range(count)))
    torch.set_num_threads(count)  # … but for this
    return pool
