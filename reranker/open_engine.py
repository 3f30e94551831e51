"""Choose and load the engine: the real model where weights can be had, else the embedded default with a notice.

A new engine is a folder beside qwen3/ with a function that takes `EngineOptions` and gives an `engine.Engine`, and one line in ENGINES.
It imports what is slow to import inside that function: nobody else's engine waits for it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reranker.embedded.engine import open_embedded
from reranker.engine import Engine, EngineOptions
from reranker.judge.judge import Judge
from reranker.notice import Notice, Say
from reranker.qwen3.checkpoint import find_checkpoint
from reranker.qwen3.open import open_qwen3
from reranker.remote.open import open_remote
from settings import Settings


@dataclass(frozen=True)
class EngineKind:
    """Functions that open engines of a kind; None instead of one: this machine cannot have that model, and the embedded default stands in.

    `find_weights` takes a model's name, whether to stay offline, and a `Say`; it returns the folder with the weights that would be loaded,
    None if there is none. Engines whose weights lie elsewhere have no such function.
    """

    open: Callable[[EngineOptions], Engine | None]
    find_weights: Callable[[str, bool, Say], Path | None] | None = None


ENGINES: dict[re.Pattern[str], EngineKind] = {
    re.compile(r"embedded"): EngineKind(open_embedded),
    re.compile(r"https?://.*", re.DOTALL): EngineKind(open_remote),
    re.compile(r".*", re.DOTALL): EngineKind(open_qwen3, find_checkpoint),
}
"""By a pattern of the model's name, of which the first that fits is taken."""


def engine_kind(model: str) -> EngineKind:
    """Return the kind of engine that opens a model of this name."""
    return next(kind for pattern, kind in ENGINES.items() if pattern.fullmatch(model))


def configured_engine(settings: Settings, judge: Judge, say: Say) -> Engine:
    """Load the engine that the settings ask for; see `open_engine`."""
    machine = (settings.offline, settings.device, settings.precision, settings.batch_size)
    return open_engine(settings.model, *machine, judge, say, settings.allow_remote, settings.remote_key)


def open_engine(
    model: str,
    offline: bool,
    device: str,
    precision: str,
    batch_size: int,
    judge: Judge,
    say: Say,
    allow_remote: bool = False,
    remote_key: str = "",
) -> Engine:
    """Load an engine; report through `say` what is done and why.

    `model` may be "embedded" for the offline default, or the URLs of servers. Raise NoCheckpoint if a named model or server cannot be had,
    ScoringError if the engine does not work on this machine (both are EngineErrors).
    """
    options = EngineOptions(model, offline, device, precision, batch_size, judge, say, allow_remote, remote_key)
    engine = engine_kind(model).open(options) or open_embedded(options)
    if engine.info.is_fallback:
        say(Notice("stand_in"))
    return engine
