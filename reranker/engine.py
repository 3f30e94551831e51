"""The seam between ranking and whatever computes a score: Query, Score and the Engine protocol. Knows no model."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Query:
    """What every resume of one run is asked: the job description and the instruction, both already cleaned."""

    job: str
    instruction: str


@dataclass(frozen=True)
class Score:
    """One document's score. `index` is its place in the sequence that was passed in.

    `logit` is logit(yes) − logit(no), or, for an engine without probabilities, a number on a scale of its own: higher is better. It is not
    finite where the model gave no number for this document (see `finite`).
    `tokens` is how many of the document's tokens were read, `truncated` how many at its end were not. `known`: it was not computed
    now but remembered.
    """

    index: int
    logit: float
    tokens: int
    truncated: int = 0
    known: bool = False


class ScoringError(Exception):
    """The engine could not score: out of memory even for one document, or no score that is a number. The message tells what to do."""


def finite(scores: Iterable[Score]) -> Iterator[Score]:
    """The scores, for whoever cannot do without one of them: raises ScoringError at the first that is not a number."""
    for score in scores:
        if not math.isfinite(score.logit):
            raise ScoringError("The model gave a score that is not a number. Try --precision bf16 or fp32.")
        yield score


class Engine(Protocol):
    """Scores documents against a query. One call at a time; share an engine between threads through `scheduler.Scheduler`."""

    @property
    def name(self) -> str:
        """For people: "Qwen3-Reranker-0.6B"."""
        ...

    @property
    def device(self) -> str:
        """ "cuda:0", "mps" or "cpu"."""
        ...

    @property
    def dtype(self) -> str:
        """ "FP16", "BF16", "FP32", "INT8" or "INT4"."""
        ...

    @property
    def max_tokens(self) -> int:
        """The longest prompt in tokens, template included."""
        ...

    @property
    def fingerprint(self) -> str:
        """Hex digest of the weights: equal fingerprints give equal scores at equal dtype and device."""
        ...

    @property
    def has_probability(self) -> bool:
        """Whether sigmoid(logit) is a probability that may be shown. False for the embedded default."""
        ...

    @property
    def batch_size(self) -> int:
        """How many documents are scored together when the caller does not say."""
        ...

    def score(self, query: Query, documents: Iterable[str], batch_size: int | None = None) -> Iterator[Score]:
        """Yield one Score per document as batches finish, in any order. Closing the iterator stops the work.

        Documents are taken a batch at a time: they may still be in the making when the first ones are scored. A score depends on the
        query and that document only. Raises ScoringError.
        """
        ...

    def forget(self, query: Query) -> None:
        """Let go of what is kept for this query, if anything is. May be called while another thread scores."""
        ...


def facts(engine: Engine) -> dict[str, Any]:
    """What a reader of a ranking needs to know about the model behind it."""
    names = ("name", "device", "dtype", "max_tokens", "batch_size", "fingerprint", "has_probability")
    return {name: getattr(engine, name) for name in names}
