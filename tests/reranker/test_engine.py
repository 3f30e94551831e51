"""What an engine says of itself: the JSON of stored runs keeps its keys, and rows that older versions stored still open."""

from dataclasses import replace

import pytest

from reranker.engine import EngineInfo, info_as_json, info_from_json
from tests.engines import FALLBACK, engine_info

OLD_KEYS = {"name", "device", "dtype", "max_tokens", "batch_size", "fingerprint", "has_probability"}


@pytest.mark.parametrize("info", [engine_info(), FALLBACK, replace(FALLBACK, heeds_instruction=True), engine_info(is_fallback=True)])
def test_the_info_survives_json(info: EngineInfo):
    assert info_from_json(info_as_json(info)) == info


def test_json_keeps_the_keys_that_it_has_always_had():
    assert info_as_json(engine_info()).keys() >= OLD_KEYS
    assert info_as_json(engine_info())["has_probability"] is True and info_as_json(FALLBACK)["has_probability"] is False


@pytest.mark.parametrize(
    ("has_probability", "read"),
    [(True, ("probability", True, False)), (False, ("relative", False, True)), (None, ("relative", True, False))],
)
def test_a_row_of_an_older_version_opens(has_probability: bool | None, read: tuple):
    stored = {"name": "Qwen3-Reranker-0.6B", "device": "cuda:0", "dtype": "FP16", "fingerprint": "f00d"}
    if has_probability is not None:
        stored |= {"max_tokens": 32_768, "batch_size": 16, "has_probability": has_probability}
    info = info_from_json(stored)
    assert (info.name, info.device, info.dtype, info.fingerprint) == ("Qwen3-Reranker-0.6B", "cuda:0", "FP16", "f00d")
    assert (info.score_scale, info.heeds_instruction, info.is_fallback) == read
