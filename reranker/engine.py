"""Define the interface between ranking and what computes a score: Query, Score, EngineInfo and the Engine protocol. Knows no model."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

from reranker.judge.judge import Judge
from reranker.notice import EngineError, Say


@dataclass(frozen=True)
class Query:
    """The question to every resume of one run: the job description and the instruction, both already cleaned."""

    job: str
    instruction: str


IdAndText = tuple[str, str]
"""A document to score: the id of the resume, which is a digest of its text, and that text; or a `part_of` a resume."""


def part_of(resume_id: str, part: str, text: str) -> IdAndText:
    """Return a document made from part of a resume, such as a passage. `part` names it uniquely among the parts of this resume."""
    return f"{resume_id}/{part}", text


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


class ScoringError(EngineError):
    """The engine could not score: out of memory even for one document, or no score that is a number."""


def finite(scores: Iterable[Score]) -> Iterator[Score]:
    """Yield the scores. Raise ScoringError at the first that is not finite, for callers that need every one."""
    for score in scores:
        if not math.isfinite(score.logit):
            raise ScoringError("not_a_number")
        yield score


@dataclass(frozen=True)
class EngineOptions:
    """The demands of `settings` on an engine, and all that is needed to open one. `say` is told what is done and why."""

    model: str
    offline: bool
    device: str
    precision: str
    batch_size: int
    judge: Judge
    say: Say
    allow_remote: bool = False
    """Servers of `model` may lie outside private networks."""

    remote_key: str = field(default="", repr=False)
    """Bearer token for the servers of `model`."""


ScoreScale = Literal["probability", "relative"]
"""What a logit means: "probability", sigmoid(logit) may be shown as one; "relative", it only says who is before whom."""


@dataclass(frozen=True)
class EngineInfo:
    """An engine's description of itself, so that nobody asks for its type."""

    name: str
    """For people: "Qwen3-Reranker-0.6B"."""

    device: str
    """ "cuda:0", "mps" or "cpu"; of an engine on servers "host:port, host:port"."""

    dtype: str
    """ "FP16", "BF16", "FP32", "INT8" or "INT4"; of an engine on servers their software and route: "vLLM /classify"."""

    max_tokens: int
    """The longest prompt in tokens, template included."""

    batch_size: int
    """The number of documents that are scored together when the caller does not say."""

    fingerprint: str
    """Hex digest of the weights, or of what servers say of theirs: equal fingerprints give equal scores at equal dtype and device."""

    score_scale: ScoreScale
    heeds_instruction: bool
    """True if another instruction can give another score."""

    is_fallback: bool
    """True if it stands in for a real model that could not be had, and the page has to say so."""

    sends_to: str = ""
    """The servers that resumes are sent to, "host:port, host:port"; "": they stay in this process."""


def info_as_json(info: EngineInfo) -> dict[str, Any]:
    """Return the info as stored runs and JSON exports keep it: there `score_scale` is the boolean `has_probability`."""
    kept = asdict(info)
    del kept["score_scale"]
    return kept | {"has_probability": info.score_scale == "probability"}


def info_from_json(kept: Mapping[str, Any]) -> EngineInfo:
    """Return the info from what `info_as_json` wrote. Old runs may lack any field but "fingerprint"; the rest gets defaults."""
    has_probability = bool(kept.get("has_probability"))
    return EngineInfo(
        name=kept.get("name", ""),
        device=kept.get("device", ""),
        dtype=kept.get("dtype", ""),
        max_tokens=kept.get("max_tokens", 0),
        batch_size=kept.get("batch_size", 0),
        fingerprint=kept["fingerprint"],
        score_scale="probability" if has_probability else "relative",
        # There were two engines then, and only the fallback had no probability.
        heeds_instruction=kept.get("heeds_instruction", kept.get("has_probability", True)),
        is_fallback=kept.get("is_fallback", not kept.get("has_probability", True)),
        sends_to=kept.get("sends_to", ""),
    )


class Engine(Protocol):
    """Score documents against a query. One call at a time; share an engine between threads through `scheduler.Scheduler`."""

    @property
    def info(self) -> EngineInfo:
        """The engine's description of itself."""
        ...

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        """Yield one Score per document as batches finish, in any order. Closing the iterator stops the work.

        Documents are taken a batch at a time, so they may be produced while the first are being scored. A score depends on the query and
        that document only. Raise ScoringError if memory runs out or the model fails.
        """
        ...

    def forget(self, query: Query) -> None:
        """Free what is cached for this query, if anything. May be called while another thread scores."""
        ...


@runtime_checkable
class LocalEngine(Engine, Protocol):
    """An engine that has loaded its weights from a folder on this machine."""

    def agrees_with_cpu(self, folder: Path) -> bool:
        """Return whether the device computes what the CPU does in fp32, with the weights of `folder`."""
        ...
