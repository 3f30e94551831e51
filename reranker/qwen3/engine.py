"""Score prompts with Qwen3-Reranker on CUDA, MPS or CPU: build batches, keep query prefixes, handle memory that runs out."""

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from reranker.engine import EngineInfo, IdAndText, Query, Score, ScoringError, finite
from reranker.notice import Notice, Say
from reranker.qwen3.checkpoint import fingerprint, model_name
from reranker.qwen3.device import LABELS, DeviceChoice
from reranker.qwen3.device_check import agrees_with_cpu
from reranker.qwen3.golden import QUERY, RIGHT
from reranker.qwen3.memory import BatchMemory, is_out_of_memory
from reranker.qwen3.model import PrefixCache, Qwen3Model
from reranker.qwen3.prompt import MAX_TOKENS, PromptTokenizer

TOKENS_PER_DOCUMENT = 1024
"""A batch of n documents holds at most n times so many tokens: resumes longer than usual are scored fewer at a time."""

KEPT_PREFIX_BYTES = 512 * 2**20
"""Prefixes of recent queries are kept up to this size in all (4,600 tokens of the 0.6B model in 16 bits); the newest one always is."""


class DeviceDiffers(Exception):
    """Raised where the scores of a GPU would be wrong."""


def load_qwen3(folder: Path, choice: DeviceChoice, say: Say) -> "Qwen3Engine":
    """Load a checked checkpoint folder and test the engine on two documents.

    Raise DeviceDiffers if a GPU does not compute what the CPU does, ScoringError if the test fails or memory is short.
    """
    say(Notice("loading", folder=folder))
    start = time.perf_counter()
    try:
        engine = Qwen3Engine(folder, choice, say)
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise ScoringError("no_memory_to_load", device=choice.device, folder=folder) from error
    if choice.device != "cpu" and not engine.agrees_with_cpu(folder):
        raise DeviceDiffers
    _self_test(engine)
    say(Notice("loaded", seconds=time.perf_counter() - start, dtype=engine.info.dtype, device=engine.info.device))
    return engine


class Qwen3Engine:
    """An `engine.Engine`. Not for several threads at once: share it through `scheduler.Scheduler`.

    Prefix (template, instruction, job) and document are always computed apart, and on the CPU one document at a time, so a score there
    is the same to the last bit whatever company it is computed in. On a GPU the batch may change the last bits of a product.
    """

    def __init__(self, folder: Path, choice: DeviceChoice, say: Say):
        self.info = EngineInfo(
            name=model_name(folder),
            device=choice.device,
            dtype=LABELS[choice.dtype],
            max_tokens=MAX_TOKENS,
            batch_size=choice.batch_size,
            fingerprint=fingerprint(folder),
            score_scale="probability",
            heeds_instruction=True,
            is_fallback=False,
        )
        self._device = choice.device
        with ThreadPoolExecutor(1) as beside:  # the one takes a second of one core, the other mostly waits for memory
            tokenizer = beside.submit(PromptTokenizer, folder / "tokenizer.json", MAX_TOKENS)
            self._model = Qwen3Model(folder, choice, MAX_TOKENS)
        self._tokenizer = tokenizer.result()
        self._prefixes: dict[tuple[int, ...], PrefixCache] = {}  # oldest first
        self._memory = BatchMemory(choice.device, say)

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        """Yield one Score per document, packed into batches in the order given; see `engine.Engine.score`."""
        prefix_ids = self._tokenizer.prefix(query)
        prefix = self._prefix(prefix_ids)
        prompts = enumerate(self._tokenizer.document(text, len(prefix_ids)) for _, text in documents)
        size = 1 if self._device == "cpu" else batch_size or self.info.batch_size  # on a CPU one document fills the matrix products
        waiting = list(islice(prompts, size))
        while waiting:
            batch = waiting[: self._memory.fitting([len(prompt.ids) for _, prompt in waiting], size * TOKENS_PER_DOCUMENT)]
            logits = self._memory.attempt(lambda batch=batch: self._model.logits(prefix, [prompt.ids for _, prompt in batch]))
            if logits is None:
                self._memory.shrink([len(prompt.ids) for _, prompt in batch])
                continue
            for (index, prompt), logit in zip(batch, logits, strict=True):
                yield Score(index, logit, prompt.tokens, prompt.truncated)
            waiting = waiting[len(batch) :] + list(islice(prompts, len(batch)))

    def _prefix(self, ids: list[int]) -> PrefixCache:
        key = tuple(ids)
        cache = self._prefixes.pop(key, None) or self._memory.attempt(lambda: self._model.prefix(ids))
        if cache is None:
            raise ScoringError("no_memory_for_job", device=self._device, tokens=len(ids))
        self._prefixes[key] = cache
        kept = list(self._prefixes.items())
        total = sum(_bytes(prefix) for _, prefix in kept)
        for old, prefix in kept[:-1]:
            if total <= KEPT_PREFIX_BYTES:
                break
            self._prefixes.pop(old, None)
            total -= _bytes(prefix)
        return cache

    def agrees_with_cpu(self, folder: Path) -> bool:
        """Return whether the device computes what the CPU does in fp32, with the weights of `folder`."""
        return agrees_with_cpu(self._model, folder)

    def forget(self, query: Query) -> None:
        """Free the cached prefix of this query; see `engine.Engine.forget`."""
        self._prefixes.pop(tuple(self._tokenizer.prefix(query)), None)


def _bytes(prefix: PrefixCache) -> int:
    return sum(tensor.nbytes for pair in prefix for tensor in pair)


def _self_test(engine: Qwen3Engine) -> None:
    """Raise ScoringError if two test documents get equal or non-finite scores, as with damaged weights or a broken backend."""
    first, second = finite(engine.score(QUERY, [("right", RIGHT), ("wrong", "Bananas are yellow.")]))
    if first.logit == second.logit:
        raise ScoringError("same_score", device=engine.info.device)
