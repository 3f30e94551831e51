"""Define the routes that score: what each is sent, and how its answer is read. By token ids where a server takes them, else by text."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reranker.engine import Query
from reranker.qwen3.prompt import NO, YES
from reranker.remote.connection import BadAnswer

Scale = Literal["log_odds", "probability"]

LEAST_PROBABILITY = 1e-30
SATURATION = 2.0**-25
"""Probabilities come as numbers in 32 bits: from 1 − SATURATION on they are told as 1."""


@dataclass(frozen=True)
class Prompts:
    """Documents of one request and the query, in both forms: the token ids of whole prompts, and texts that are cut to fit and defused."""

    query: Query
    texts: Sequence[str]
    prefix_ids: Sequence[int]
    document_ids: Sequence[Sequence[int]]


@dataclass(frozen=True)
class Route:
    """A way to get scores. `read` returns one number per document, NaN where the server gave none, or raises BadAnswer."""

    name: str
    path: str
    takes_ids: bool
    body: Callable[[str, Prompts], Mapping[str, Any]]
    read: Callable[[Any, int], list[float]]


def _classify_body(model: str, prompts: Prompts) -> Mapping[str, Any]:
    return {"model": model, "input": [[*prompts.prefix_ids, *ids] for ids in prompts.document_ids], "use_activation": False}


def _read_classify(answer: Any, count: int) -> list[float]:
    items = _list(answer, "data")
    return _by_index([(_field(item, "index"), _only(_field(item, "probs"))) for item in items], count)


def _label_score_body(model: str, prompts: Prompts) -> Mapping[str, Any]:
    items = [list(ids) for ids in prompts.document_ids]
    return {"model": model, "query": list(prompts.prefix_ids), "items": items, "label_token_ids": [YES, NO], "apply_softmax": True}


def _read_label_scores(answer: Any, count: int) -> list[float]:
    rows = _list(answer, "scores")
    if len(rows) != count:
        raise BadAnswer("another number of scores than documents")
    return [_log_ratio(row) for row in rows]


def _rerank_body(model: str, prompts: Prompts) -> Mapping[str, Any]:
    """`instruct` is what SGLang calls the instruction; who does not know a key ignores it. `top_n` asks for all: 0 does not everywhere."""
    texts, instruction = list(prompts.texts), prompts.query.instruction
    body = {"query": prompts.query.job, "documents": texts, "instruction": instruction, "instruct": instruction}
    return body | {"top_n": len(texts), "return_documents": False, "use_activation": False} | ({"model": model} if model else {})


def _texts_body(model: str, prompts: Prompts) -> Mapping[str, Any]:
    return {"query": prompts.query.job, "texts": list(prompts.texts), "raw_scores": True, "return_text": False, "truncate": False}


def _read_results(answer: Any, count: int) -> list[float]:
    items = answer if isinstance(answer, list) else _list(answer, "results")
    scores = [(_field(item, "index"), item["relevance_score"] if "relevance_score" in item else _field(item, "score")) for item in items]
    return _by_index(scores, count)


CLASSIFY = Route("/classify", "/classify", True, _classify_body, _read_classify)
"""vLLM: with `use_activation` false the only class's "probability" is logit(yes) − logit(no)."""

LABEL_SCORES = Route("/v1/score", "/v1/score", True, _label_score_body, _read_label_scores)
"""SGLang: the probabilities of the two answers among themselves."""

V1_RERANK = Route("/v1/rerank", "/v1/rerank", False, _rerank_body, _read_results)
RERANK = Route("/rerank", "/rerank", False, _rerank_body, _read_results)
TEXTS = Route("/rerank (texts)", "/rerank", False, _texts_body, _read_results)
"""The form of text-embeddings-inference."""


def scale_of(values: Sequence[float]) -> Scale:
    """Return what a text route's numbers are: probabilities, unless one of the golden texts' is outside 0…1."""
    return "probability" if all(0 <= value <= 1 for value in values) else "log_odds"


def log_odds(value: float, scale: Scale) -> float:
    """Return a route's number as log-odds; NaN stays NaN. Raise BadAnswer for a "probability" outside 0…1."""
    if scale == "log_odds" or math.isnan(value):
        return value
    if not 0 <= value <= 1:
        raise BadAnswer("a probability outside 0…1")
    probability = min(max(value, LEAST_PROBABILITY), 1 - SATURATION)
    return math.log(probability) - math.log1p(-probability)


def _by_index(items: Sequence[tuple[Any, Any]], count: int) -> list[float]:
    """Return the scores in the order of the request. Raise BadAnswer unless there is exactly one for each document."""
    scores: dict[int, float] = {}
    for index, score in items:
        if type(index) is not int or not 0 <= index < count or index in scores:
            raise BadAnswer("an index that is no document's, or there twice")
        scores[index] = _number(score)
    if len(scores) != count:
        raise BadAnswer("scores are missing")
    return [scores[index] for index in range(count)]


def _number(value: Any) -> float:
    """Return a finite number as it is, NaN for null and what is not finite: that document then has no score. Raise BadAnswer for others."""
    if value is None:
        return math.nan
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadAnswer("a score that is not a number")
    try:
        return float(value) if math.isfinite(value) else math.nan
    except OverflowError:  # an integer of hundreds of digits
        return math.nan


def _log_ratio(row: Any) -> float:
    """Return log(p_yes / p_no); where one underflowed to 0, as far as floats of 32 bits reach."""
    if not isinstance(row, list) or len(row) != 2:
        raise BadAnswer("not two labels")
    yes, no = map(_number, row)
    if math.isnan(yes) or math.isnan(no) or yes + no <= 0:
        return math.nan
    return math.log(max(yes, LEAST_PROBABILITY)) - math.log(max(no, LEAST_PROBABILITY))


def _list(answer: Any, key: str) -> list[Any]:
    results = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(results, list):
        raise BadAnswer("another form than that of the route")
    return results


def _field(item: Any, key: str) -> Any:
    if not isinstance(item, dict) or key not in item:
        raise BadAnswer("another form than that of the route")
    return item[key]


def _only(values: Any) -> Any:
    if not isinstance(values, list) or len(values) != 1:
        raise BadAnswer("not one class")
    return values[0]
