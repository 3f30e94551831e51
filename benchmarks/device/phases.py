"""Measure one device: each function is run in a process of its own and returns plain JSON."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.device.shortage import shortage
from benchmarks.scorers import measure
from benchmarks.workload import peak_gb, reset_peak, texts
from reranker.engine import Query, Score
from reranker.notice import EngineError, Notice
from reranker.qwen3.device import DTYPES, DeviceChoice, choose_device
from reranker.qwen3.device_check import TOLERANCE, difference_from_cpu
from reranker.qwen3.engine import DeviceDiffers, Qwen3Engine, load_qwen3
from reranker.qwen3.model import Qwen3Model
from reranker.qwen3.prompt import PromptTokenizer
from reranker.scheduler import Scheduler

Figures = dict[str, Any]


@dataclass(frozen=True)
class Sizes:
    """Amounts to measure. `longest` and `job_tokens` are in tokens; `limit` is the seconds after which a pile is cut off, `products`
    how many bare matrix products are timed."""

    resumes: int
    longest: int
    job_tokens: int
    batches: Sequence[int]
    piles: Sequence[int]
    limit: float
    products: int


FULL = Sizes(resumes=12, longest=1300, job_tokens=500, batches=(1, 2, 4, 8, 16, 32, 64), piles=(12, 200, 2000), limit=60, products=20)
QUICK = Sizes(resumes=4, longest=160, job_tokens=150, batches=(1, 4), piles=(4, 12), limit=5, products=1)
DISTINCT = 16
"""Texts that the piles are made of, each numbered, so that none is scored twice."""


def precisions(device: str) -> tuple[str, ...]:
    """Return what the engine computes in there; the CPU has no fast fp16."""
    return ("fp32", "bf16", "int8") if device == "cpu" else ("fp32", "fp16", "bf16")


def run(name: str, folder: Path, device: str, sizes: Sizes) -> Figures:
    """Run the phase of this name, one of PHASES or "method ours bf16"."""
    kind, _, method = name.partition(" ")
    if kind == "method":
        return measure(method, folder, *sample_texts(folder, sizes, sizes.resumes), device, sizes.products)
    return PHASES[name](folder, device, sizes)


def check_start(folder: Path, device: str, sizes: Sizes) -> Figures:
    """Compare the first layers with fp32 on the CPU in each precision; load as the app does; compare tokens and golden scores."""
    from service.doctor.scoring import check_golden, check_tokenizer

    layers = []
    for precision in precisions(device):
        if precision != "int8":  # rounds its input as well: its scores are compared, not its layers
            dtype = DTYPES[precision]
            difference = difference_from_cpu(Qwen3Model(folder, DeviceChoice(device, dtype, 1), 1024), folder)
            layers.append({"precision": precision, "difference": difference, "allowed": TOLERANCE[dtype]})
    choice = choose_device(device)
    start = time.perf_counter()
    try:
        engine = load_qwen3(folder, choice, _ignore)
    except DeviceDiffers:
        return {"layers": layers, "refused": "device_differs"}
    except EngineError as error:
        return {"layers": layers, "refused": error.notice.code}
    loaded = {"load_s": time.perf_counter() - start, "dtype": engine.info.dtype, "device": engine.info.device, "batch": choice.batch_size}
    checks = {"tokenizer": check_tokenizer(folder).state, "golden": check_golden(engine, folder).state}
    return {"layers": layers, "reasons": [notice.code for notice in choice.reasons], **loaded, **checks}


def measure_piles(folder: Path, device: str, sizes: Sizes) -> Figures:
    """Return seconds of the first resume of a job, of one more, and of each pile; no text comes twice."""
    engine = Scheduler(_engine(folder, device))
    query, base = sample_texts(folder, sizes, DISTINCT)
    _warm(engine)
    first = _timed(engine, query, base[:1], sizes.limit)["seconds"]
    one_more = statistics.median(_timed(engine, query, [text], sizes.limit)["seconds"] for text in base[1:6])
    piles = [{"resumes": count} | _timed(engine, query, _pile(base, count), sizes.limit) for count in sizes.piles]
    return {"dtype": engine.info.dtype, "first_s": first, "one_more_s": one_more, "piles": piles}


def measure_users(folder: Path, device: str, sizes: Sizes) -> Figures:
    """Return seconds of a small pile alone, and beside a larger one of another user with another job, which is stopped afterwards."""
    engine = Scheduler(_engine(folder, device))
    query, base = sample_texts(folder, sizes, DISTINCT)
    _warm(engine)
    small, large = sizes.piles[:2]
    alone = _timed(engine, query, _pile(base, small, "alone"), sizes.limit)["seconds"]
    is_scored, is_over = threading.Event(), threading.Event()

    def other_user() -> None:
        other = Query(f"{query.job}\n急招", query.instruction)
        documents = [(text, text) for text in _pile(base, large, "other")]
        with closing(_iterator(engine.score(other, documents))) as scores:
            for _ in scores:
                is_scored.set()
                if is_over.is_set():
                    return

    thread = threading.Thread(target=other_user)
    thread.start()
    is_scored.wait(sizes.limit)
    was_working = thread.is_alive()
    beside = _timed(engine, query, _pile(base, small, "beside"), sizes.limit)["seconds"]
    is_over.set()
    thread.join()
    return {"small": small, "large": large, "alone_s": alone, "beside_s": beside, "was_beside": was_working}


def measure_batches(folder: Path, device: str, sizes: Sizes) -> Figures:
    """Return seconds and peak memory of as many resumes as the largest batch has, in batches of each size."""
    engine = _engine(folder, device)
    query, base = sample_texts(folder, sizes, DISTINCT)
    documents = _pile(base, max(sizes.batches))
    _timed(engine, query, documents[:2], sizes.limit)
    batches = []
    for size in (1,) if device == "cpu" else sizes.batches:  # the CPU scores one document at a time
        reset_peak(device)
        batches.append({"batch": size} | _timed(engine, query, documents, sizes.limit, size) | {"peak_gb": peak_gb(device)})
    return {"dtype": engine.info.dtype, "batches": batches}


def provoke_shortage(folder: Path, device: str, sizes: Sizes) -> Figures:
    """Take memory away, score all the same, give it back, score again: are all scores there, and those of before?"""
    said: list[Notice] = []
    engine = _engine(folder, device, said.append)
    query, base = sample_texts(folder, sizes, DISTINCT)
    documents = _pile(base, max(sizes.batches))
    before = _logits(engine, query, documents, 1)
    with shortage(engine, query, documents, device) as provoke:
        result = provoke()
    after = _logits(engine, query, documents, 1)
    during: Mapping[int, float] = result.pop("logits")
    return result | {
        "said": [notice.code for notice in said],
        "resumes": len(documents),
        "scored": len(during),
        "difference": max((abs(before[index] - logit) for index, logit in during.items()), default=0.0),
        "difference_after": max(abs(score - other) for score, other in zip(before, after, strict=True)),
    }


PHASES: dict[str, Callable[[Path, str, Sizes], Figures]] = {
    "start": check_start,
    "piles": measure_piles,
    "users": measure_users,
    "batches": measure_batches,
    "shortage": provoke_shortage,
}


def sample_texts(folder: Path, sizes: Sizes, count: int) -> tuple[Query, list[str]]:
    """Return a job and so many different resumes of these sizes."""
    return texts(PromptTokenizer(folder / "tokenizer.json"), count, sizes.job_tokens, sizes.longest)


def _engine(folder: Path, device: str, say: Callable[[Any], None] | None = None) -> Qwen3Engine:
    """Return the engine in the precision that `auto` takes."""
    return Qwen3Engine(folder, choose_device(device), say or _ignore)


def _ignore(notice: Any) -> None:
    pass


def _warm(engine: Scheduler) -> None:
    list(engine.score(Query("warm up", ""), [("warm up", "warm up")]))


def _pile(base: Sequence[str], count: int, name: str = "") -> list[str]:
    return [f"{name} {number}\n{base[number % len(base)]}" for number in range(count)]


def _iterator(scores: Iterator[Score]) -> Any:
    """Return the scores as what can be closed: engines yield, as generators do."""
    return scores


def _timed(engine: Any, query: Query, documents: Sequence[str], limit: float, batch: int | None = None) -> Figures:
    """Score for at most `limit` seconds; return seconds, how many resumes were scored, and their tokens without the job's."""
    start = time.perf_counter()
    scored = tokens = 0
    with closing(_iterator(engine.score(query, [(text, text) for text in documents], batch))) as scores:
        for score in scores:
            scored, tokens = scored + 1, tokens + score.tokens
            if time.perf_counter() - start > limit:
                break
    return {"seconds": time.perf_counter() - start, "scored": scored, "tokens": tokens}


def _logits(engine: Qwen3Engine, query: Query, documents: Sequence[str], batch: int) -> list[float]:
    scores = engine.score(query, [(text, text) for text in documents], batch)
    return [score.logit for score in sorted(scores, key=lambda score: score.index)]
