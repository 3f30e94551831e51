"""Find the tokenizer of Qwen3-Reranker on this machine, or download it: 11 MB, for engines whose weights are elsewhere."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from huggingface_hub import constants, try_to_load_from_cache

from reranker.notice import NoCheckpoint, Say
from reranker.qwen3 import checkpoint
from reranker.qwen3.checkpoint import DEFAULT_MODEL, check_tokenizer, local_copies
from reranker.qwen3.download import DownloadFailed, download, revision_of

NAME = "tokenizer.json"


def find_tokenizer(offline: bool, say: Say) -> Path:
    """Return the path of tokenizer.json. Raise NoCheckpoint if it is neither here nor can be had."""
    for path in _local_files():
        with suppress(NoCheckpoint):
            check_tokenizer(path)
            return path
    folder = checkpoint.MODELS / DEFAULT_MODEL.split("/")[1]
    if offline or constants.is_offline_mode():
        raise NoCheckpoint("no_tokenizer", folder=folder)
    try:
        path = download(DEFAULT_MODEL, say, [NAME]) / NAME
    except DownloadFailed as error:
        raise NoCheckpoint("tokenizer_not_downloaded", folder=folder, problem=error.notice) from error
    check_tokenizer(path)
    return path


def _local_files() -> Iterator[Path]:
    """Yield the paths that may hold it: beside weights, or alone where an earlier call downloaded it."""
    for revision in dict.fromkeys((revision_of(DEFAULT_MODEL), "main")):
        cached = try_to_load_from_cache(DEFAULT_MODEL, NAME, revision=revision)
        if isinstance(cached, str):
            yield Path(cached)
    yield from (folder / NAME for folder in local_copies(DEFAULT_MODEL))
