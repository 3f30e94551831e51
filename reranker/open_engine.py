"""Choose and load the engine: the real model where weights can be had, else the embedded default with a notice.

A new engine is a folder beside qwen3/ with a function that takes `EngineOptions` and gives an `engine.Engine`, and one line in ENGINES.
It imports what is slow to import inside that function: nobody else's engine waits for it.
"""

import re
from collections.abc import Callable

from reranker.embedded.engine import open_embedded
from reranker.engine import Engine, EngineOptions
from reranker.judge.judge import Judge
from reranker.notice import Notice, Say
from reranker.qwen3.open import open_qwen3
from reranker.remote.open import open_remote
from settings import Settings

ENGINES: dict[re.Pattern[str], Callable[[EngineOptions], Engine | None]] = {
    re.compile(r"embedded"): open_embedded,
    re.compile(r"https?://.*", re.DOTALL): open_remote,
    re.compile(r".*", re.DOTALL): open_qwen3,
}
"""By a pattern of the model's name, of which the first that fits is taken. None: this machine cannot have that model, and the embedded
default stands in for it."""


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
    opener = next(opener for pattern, opener in ENGINES.items() if pattern.fullmatch(model))
    engine = opener(options) or open_embedded(options)
    if engine.info.is_fallback:
        say(Notice("stand_in"))
    return engine
