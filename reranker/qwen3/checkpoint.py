"""Find the folder with the weights (a named one, a local cache, or a download) and check that it is complete."""

import hashlib
import json
import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from huggingface_hub import constants, try_to_load_from_cache

from reranker.notice import NoCheckpoint, NoSuchModel, Notice, Say
from reranker.qwen3.download import DownloadFailed, download, revision_of

DEFAULT_MODEL = "Qwen/Qwen3-Reranker-0.6B"
MODELS = Path(__file__).resolve().parents[2] / "models"
"""Where a person may put weights by hand: models/Qwen3-Reranker-0.6B/, or models/Qwen/Qwen3-Reranker-0.6B/."""


def find_checkpoint(model: str, offline: bool, say: Say) -> Path | None:
    """Return the folder with the weights of `model`, a folder or a hub id ("": the default model), downloading it if needed.

    Return None if the default model cannot be had (`say` is told why). Raise NoCheckpoint if a named one cannot, NoSuchModel if it is
    neither. A partial download is kept and continued by the next call.
    """
    folder = Path(model).expanduser()
    if model and folder.is_dir():
        check_folder(folder)
        return folder
    if model and not re.fullmatch(r"[\w-][\w.-]*/[\w.-]+", model):
        raise NoSuchModel("no_such_model", model=model, example=DEFAULT_MODEL)
    try:
        return _find_or_download(model or DEFAULT_MODEL, offline, say)
    except NoCheckpoint as error:
        if model:
            raise
        say(error.notice)
        return None


def _find_or_download(hub_id: str, offline: bool, say: Say) -> Path:
    damaged: Notice | None = None
    for folder in local_copies(hub_id):
        try:
            check_folder(folder)
        except NoCheckpoint as error:
            damaged = error.notice
        else:
            return folder
    if offline or constants.is_offline_mode():
        if damaged:
            raise NoCheckpoint("offline_damaged", model=hub_id, damage=damaged)
        raise NoCheckpoint("offline", model=hub_id)
    try:
        folder = download(hub_id, say)
    except DownloadFailed as error:
        if damaged:
            raise NoCheckpoint("not_downloaded_damaged", model=hub_id, problem=error.notice, damage=damaged) from error
        raise NoCheckpoint("not_downloaded", model=hub_id, problem=error.notice) from error
    check_folder(folder)
    return folder


def local_copies(hub_id: str) -> Iterator[Path]:
    """Yield the folders that hold this model, perhaps in part: in ./models, the Hugging Face cache, the ModelScope cache."""
    from modelscope_hub import CacheError, HubApi  # here: the page need not wait for it

    yield from (folder for folder in (MODELS / hub_id, MODELS / hub_id.split("/")[1]) if folder.is_dir())
    for revision in dict.fromkeys((revision_of(hub_id), "main")):
        config = try_to_load_from_cache(hub_id, "config.json", revision=revision)
        if isinstance(config, str):
            yield Path(config).parent
    with suppress(CacheError):
        yield HubApi().download_repo(hub_id, "model", local_files_only=True)


def check_folder(folder: Path) -> None:
    """Raise NoCheckpoint unless `folder` holds a complete Qwen3 that the local engine can run. Reads headers only: milliseconds."""
    config = _read_config(folder)
    if config.get("model_type") != "qwen3" or config.get("architectures", ["Qwen3ForCausalLM"]) != ["Qwen3ForCausalLM"]:
        kind = config.get("architectures") or config.get("model_type")
        raise NoCheckpoint("not_qwen3", folder=folder, kind=kind)
    rope = config.get("rope_parameters") or config.get("rope_scaling") or {}
    if config.get("attention_bias") or config.get("use_sliding_window") or rope.get("rope_type", rope.get("type", "default")) != "default":
        raise NoCheckpoint("unsupported_config", folder=folder)
    check_tokenizer(folder / "tokenizer.json")
    tensors: set[str] = set()
    for file in weight_files(folder):
        tensors.update(_check_weight_file(file))
    needed = {"model.embed_tokens.weight", "model.norm.weight", f"model.layers.{config['num_hidden_layers'] - 1}.mlp.down_proj.weight"}
    if not config.get("tie_word_embeddings"):
        needed.add("lm_head.weight")
    if missing := needed - tensors:
        raise NoCheckpoint("weights_lack", folder=folder, tensor=min(missing))


def weight_files(folder: Path) -> list[Path]:
    """Return the paths of a checkpoint's safetensors files, from the index or the only one; they may not exist.

    Raise NoCheckpoint if the index cannot be read.
    """
    index = folder / "model.safetensors.index.json"
    if not index.is_file():
        return [folder / "model.safetensors"]
    try:
        return [folder / name for name in sorted(set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()))]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoCheckpoint("file_unreadable", file=index) from error


def model_name(folder: Path) -> str:
    """Return the model's display name, e.g. "Qwen3-Reranker-0.6B", from its folder, also inside a hub's cache."""
    folder = folder.resolve()
    if folder.parent.name == "snapshots":  # …/models--Qwen--Qwen3-Reranker-0.6B/snapshots/<revision>
        return folder.parent.parent.name.split("--")[-1]
    return folder.name.replace("___", ".")  # older ModelScope caches write dots so


def fingerprint(folder: Path) -> str:
    """Return the hex SHA-256 over configuration, tokenizer, and each tensor's name, shape and first 4 KB, in well under a second.

    Any training changes these bytes; damage further inside a tensor is not noticed.
    """
    digest = hashlib.sha256()
    for name in ("config.json", "tokenizer.json"):
        digest.update((folder / name).read_bytes())
    for path in weight_files(folder):
        with path.open("rb") as file:
            header, start = _read_header(path)
            digest.update(json.dumps(header, sort_keys=True).encode())
            for tensor in header.values():
                begin, end = tensor["data_offsets"]
                file.seek(start + begin)
                digest.update(file.read(min(4096, end - begin)))
    return digest.hexdigest()


def _read_config(folder: Path) -> dict:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return config | {"num_hidden_layers": int(config["num_hidden_layers"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoCheckpoint("file_unreadable", file=folder / "config.json") from error


def check_tokenizer(path: Path) -> None:
    """Raise NoCheckpoint if the tokenizer file is missing or truncated. Reads only its end: 11 MB of JSON need not be parsed for that."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 16))
            is_whole = file.read().rstrip().endswith(b"}")
    except OSError:
        raise NoCheckpoint("file_missing", folder=path.parent, file=path.name) from None
    if not is_whole:
        raise NoCheckpoint("file_cut_off", file=path)


def _check_weight_file(path: Path) -> set[str]:
    """Return the names of a file's tensors. Raise NoCheckpoint if it is missing, unreadable or not as long as its header says."""
    try:
        header, start = _read_header(path)
        expected = start + max(tensor["data_offsets"][1] for tensor in header.values())
        actual = path.stat().st_size
    except FileNotFoundError as error:
        raise NoCheckpoint("file_missing", folder=path.parent, file=path.name) from error
    except (OSError, ValueError, TypeError, KeyError, struct.error) as error:
        raise NoCheckpoint("not_safetensors", file=path) from error
    if actual != expected:
        raise NoCheckpoint("wrong_size", file=path, actual=actual, expected=expected)
    return set(header)


def _read_header(path: Path) -> tuple[dict, int]:
    """Return the description of each tensor in a safetensors file, and the offset where the data begins."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        if length > path.stat().st_size:
            raise ValueError("the header is longer than the file")
        header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    return header, 8 + length
