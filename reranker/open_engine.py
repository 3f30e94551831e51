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

ENGINES: dict[re.Pattern[str], Callable[[EngineOptions], Engine | None]] = {
    re.compile(r"embedded"): open_embedded,
    re.compile(r".*", re.DOTALL): open_qwen3,
}
"""By a pattern of the model's name, of which the first that fits is taken. None: this machine cannot have that model, and the embedded
default stands in for it."""


def open_engine(model: str, offline: bool, device: str, precision: str, batch_size: int, judge: Judge, say: Say) -> Engine:
    """Load the engine that `settings` asks for; report through `say` what is done and why.

    `model` may be "embedded" for the offline default. Raise NoCheckpoint if a named model cannot be had, ScoringError if the engine does
    not work on this machine (both are EngineErrors).
    """
    options = EngineOptions(model, offline, device, precision, batch_size, judge, say)
    opener = next(opener for pattern, opener in ENGINES.items() if pattern.fullmatch(model))
    engine = opener(options) or open_embedded(options)
    if engine.info.is_fallback:
        say(Notice("stand_in"))
    return engine
