"""Fixtures that several test folders share."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data import random_qwen3


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests first: they take longest, and ./test.sh has a second process for the others beside them."""
    folder = Path(__file__).parent / "browser"
    items.sort(key=lambda item: not item.path.is_relative_to(folder))


@pytest.fixture(scope="session", autouse=True)
def feedback_of_its_own() -> Iterator[None]:
    """No test, nor a process that one starts, may touch the feedback of whoever runs them."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RERANKER_FEEDBACK"] = folder
        yield


@pytest.fixture(scope="session")
def tokenizer_folder() -> Path:
    """The real Qwen3 tokenizer files."""
    return random_qwen3.tokenizer_folder()


@pytest.fixture(scope="session")
def tiny_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a hub would give it: a 2-layer Qwen3 with random weights (20 MB) and the real tokenizer."""
    return random_qwen3.write_random_qwen3(tmp_path_factory.mktemp("weights") / "tiny-qwen3-reranker")
