"""Define what the tests of the Qwen3 path share."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from reranker.qwen3.prompt import PromptTokenizer


@pytest.fixture(scope="package", autouse=True)
def tokenizer_read_once() -> Iterator[None]:
    """Share the real tokenizer among engines where the file is equal: most of the time of opening a tiny model goes into it."""
    paths: dict[str, Path] = {}
    read = cache(lambda digest, max_tokens: PromptTokenizer(paths[digest], max_tokens))

    def shared(path: Path, max_tokens: int) -> PromptTokenizer:
        digest = sha256(path.read_bytes()).hexdigest()
        paths[digest] = path
        return read(digest, max_tokens)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reranker.qwen3.engine.PromptTokenizer", shared)
        yield
