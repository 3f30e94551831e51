"""Score the same texts with the same weights in three ways: our engine, the model card's code, sentence-transformers' CrossEncoder.

A scorer turns texts into logits, is warmed up and knows nothing of the query yet. A method is a scorer and a precision: "ours bf16".
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch

from benchmarks.workload import peak_gb, reset_peak, roofline
from reranker.engine import Query
from reranker.qwen3.device import DTYPES, choose_device
from reranker.qwen3.engine import Qwen3Engine
from reranker.qwen3.int8_check import TOP, rank_correlation
from reranker.scheduler import Scheduler

Scorer = Callable[[list[str]], list[float]]
PEER_BATCH = 4
"""Of the model card's code and CrossEncoder: the first computes the whole vocabulary for each token, 600 KB each in fp32."""


def our_scorer(folder: Path, query: Query, precision: str, device: str = "cpu") -> Scorer:
    """Return the scorer of our engine behind its scheduler, warmed up: texts → logits, in their order."""
    engine = Scheduler(Qwen3Engine(folder, choose_device(device, precision), print))
    list(engine.score(Query("warm up", ""), [("warm up", "warm up")]))
    return lambda texts: [
        score.logit for score in sorted(engine.score(query, [(text, text) for text in texts]), key=lambda score: score.index)
    ]


def model_card_scorer(folder: Path, query: Query, precision: str, device: str = "cpu") -> Scorer:
    """Return the same by the code of the model card, in batches of PEER_BATCH."""
    from reranker.qwen3.model_card import ModelCard

    card = ModelCard(folder, device=device, dtype=DTYPES[precision])
    card.logits("", "warm up", ["warm up"])

    def score(texts: list[str]) -> list[float]:
        batches = [texts[start : start + PEER_BATCH] for start in range(0, len(texts), PEER_BATCH)]
        return [logit for batch in batches for logit in card.logits(query.instruction, query.job, batch)]

    return score


def cross_encoder_scorer(folder: Path, query: Query, precision: str, device: str = "cpu") -> Scorer:
    """Return the same by CrossEncoder of sentence-transformers, which has to be installed, with the same prompt."""
    from sentence_transformers import CrossEncoder  # pyright: ignore[reportMissingImports]  # optional

    from reranker.qwen3.model_card import PREFIX, SUFFIX

    # The pair is rendered as it stands, so that the prompt is the one everyone gets.
    of_role = '{{{{ messages | selectattr("role", "eq", "{}") | map(attribute="content") | first }}}}'.format
    template = {"chat_template": of_role("query") + of_role("document")}
    options: dict = {"model_kwargs": {"dtype": DTYPES[precision]}, "processor_kwargs": template}
    judge = CrossEncoder(str(folder), device=device, local_files_only=True, **options)
    judge.predict([("warm", "up")], show_progress_bar=False)
    before = f"{PREFIX}<Instruct>: {query.instruction}\n<Query>: {query.job}\n<Document>: "

    def score(texts: list[str]) -> list[float]:
        pairs = [(before, text + SUFFIX) for text in texts]
        return judge.predict(pairs, batch_size=PEER_BATCH, activation_fn=torch.nn.Identity(), show_progress_bar=False).tolist()

    return score


SCORERS = {"ours": our_scorer, "model card": model_card_scorer, "CrossEncoder": cross_encoder_scorer}


def measure(method: str, folder: Path, query: Query, documents: list[str], device: str = "cpu", products: int = 20) -> dict[str, Any]:
    """Return seconds, logits, speed of bare matrix products (`roof`, GFLOP/s, of twice so many), peak memory and, of ours, `one_more`.

    That is the time of adding one resume to those ranked, against scoring that one alone; the job's prefix is known both times.
    """
    name, precision = method.rsplit(maxsplit=1)
    score = SCORERS[name](folder, query, precision, device)
    roof = roofline(precision, device, products)
    reset_peak(device)
    start = time.perf_counter()
    logits = score(documents)
    result = {"seconds": time.perf_counter() - start, "logits": logits, "peak_gb": peak_gb(device)}
    result["roof"] = max(roof, roofline(precision, device, products))  # on a shared machine it drifts
    if name == "ours":
        middle = sorted(documents, key=len)[len(documents) // 2]
        start = time.perf_counter()
        score([middle[:-1]])
        alone = time.perf_counter() - start
        start = time.perf_counter()
        score([*documents, middle[:-2]])
        result["one_more"] = (time.perf_counter() - start) / alone
    return result


def compared(method: str, result: dict[str, Any], first: dict[str, Any], work: float) -> dict[str, Any]:
    """Return the figures of a method; `first` is the result that differences are taken from, `work` the FLOPs of these texts."""
    logits, reference = result["logits"], first["logits"]
    speed = work / result["seconds"] / 1e9
    figures = {
        "name": method,
        "seconds": result["seconds"],
        "speed_up": first["seconds"] / result["seconds"],
        "gflops": speed,
        "share_of_roof": speed / result["roof"],
        "peak_gb": result.get("peak_gb"),
        "max_difference": max(abs(logit - other) for logit, other in zip(logits, reference, strict=True)),
        "rank_correlation": rank_correlation(logits, reference),
        "same_top": _top(logits) == _top(reference),
    }
    return figures | ({"one_more": result["one_more"]} if "one_more" in result else {})


def _top(logits: Sequence[float]) -> set[int]:
    return set(sorted(range(len(logits)), key=lambda index: -logits[index])[:TOP])


HEADING = f"{'':18}       s speed-up tokens/s GFLOP/s of roof peak GB   max Δ rank corr. top 5     +1"
FOOTNOTES = (
    "of roof: of the matrix products of that precision, measured in the same process just before and just after",
    "+1: one resume added to those ranked, against the time of scoring that one alone (the job's prefix known both times)",
)


def line(figures: dict[str, Any], tokens: int) -> str:
    """Return the line of a method under HEADING."""
    one_more = f"{figures['one_more']:5.2f}×" if "one_more" in figures else ""
    peak = "" if figures["peak_gb"] is None else f"{figures['peak_gb']:.1f}"  # of a server it is not known
    return (
        f"{figures['name']:18} {figures['seconds']:7.1f} {figures['speed_up']:7.1f}× {tokens / figures['seconds']:8.0f}"
        f" {figures['gflops']:7.0f} {figures['share_of_roof']:7.0%} {peak:>7} {figures['max_difference']:7.4f}"
        f" {figures['rank_correlation']:10.3f} {'same' if figures['same_top'] else 'other':>5} {one_more:>6}"
    )
