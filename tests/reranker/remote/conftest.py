"""Define what the tests of remote engines share: the tokenizer where the app looks for it, and servers that end with their test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import reranker.remote.open
from reranker.engine import EngineOptions
from reranker.notice import Notice
from reranker.qwen3 import checkpoint
from reranker.qwen3.prompt import PromptTokenizer
from reranker.remote.connection import Patience
from reranker.remote.engine import RemoteEngine
from reranker.remote.open import open_remote
from reranker.remote.self_check import Check, check
from tests.reranker.remote.stub import StubServer

QUICK = Patience(backoff=0.01)


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory, tokenizer_folder: Path) -> Path:
    """Return a folder models/ with nothing but the tokenizer."""
    folder = tmp_path_factory.mktemp("models")
    (folder / "Qwen3-Reranker-0.6B").mkdir()
    shutil.copy(tokenizer_folder / "tokenizer.json", folder / "Qwen3-Reranker-0.6B")
    return folder


@pytest.fixture(scope="session")
def tokenizer(models_folder: Path) -> PromptTokenizer:
    return PromptTokenizer(models_folder / "Qwen3-Reranker-0.6B" / "tokenizer.json")


@pytest.fixture(autouse=True)
def tokenizer_at_hand(models_folder: Path, tokenizer: PromptTokenizer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the file where the app looks for it, and read it once: that takes a second."""
    monkeypatch.setattr(checkpoint, "MODELS", models_folder)
    monkeypatch.setattr(reranker.remote.open, "PromptTokenizer", lambda file: tokenizer)


@pytest.fixture
def serve() -> Iterator[Callable[..., StubServer]]:
    """Return what starts a StubServer; all are stopped after the test."""
    started: list[StubServer] = []

    def start(*arguments: Any, **options: Any) -> StubServer:
        started.append(StubServer(*arguments, **options))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def said() -> list[Notice]:
    return []


@pytest.fixture
def connect(said: list[Notice]) -> Callable[..., RemoteEngine]:
    """Return what opens the engine on servers; what it says is in `said`."""

    def open_on(*servers: StubServer | str, patience: Patience = QUICK, check: Check = check, **options: Any) -> RemoteEngine:
        model = ",".join(server if isinstance(server, str) else server.url for server in servers)
        judge: Any = None  # remote engines have no use for it
        asked = EngineOptions(model, True, "auto", "auto", options.pop("batch_size", 0), judge, said.append, **options)
        return open_remote(asked, patience=patience, check=check)

    return open_on
