"""Define what engines made up for tests say of themselves, and documents for them."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from reranker.engine import EngineInfo, IdAndText

_INFO = EngineInfo("made up", "cpu", "FP32", 100, 1, "f1", score_scale="probability", heeds_instruction=True, is_fallback=False)
FALLBACK = replace(_INFO, score_scale="relative", heeds_instruction=False, is_fallback=True)
"""Of one without probabilities, as the embedded default is."""


def engine_info(**changes: Any) -> EngineInfo:
    """Return the info of a real model on the CPU, with these fields changed."""
    return replace(_INFO, **changes)


def with_ids(texts: Iterable[str]) -> list[IdAndText]:
    """Return documents with these texts, whose ids are digests as those of resumes are."""
    return [(sha256(text.encode("utf-8", "replace")).hexdigest(), text) for text in texts]
