"""Fetch weights from Hugging Face or ModelScope, whichever answers faster, into that hub's own cache; resume partial downloads.

Both libraries do the work and honour their variables (HF_ENDPOINT, HF_HOME, MODELSCOPE_ENDPOINT, MODELSCOPE_CACHE, proxies, tokens).
"""

import hashlib
import queue
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from huggingface_hub import constants, get_hf_file_metadata, get_session, hf_hub_url, list_repo_tree, snapshot_download
from huggingface_hub.file_download import http_get, repo_folder_name
from huggingface_hub.hf_api import RepoFile
from huggingface_hub.utils import build_hf_headers

from reranker.notice import EngineError, Notice, Say

FILES = ["config.json", "tokenizer.json", "tokenizer_config.json", "*.safetensors", "model.safetensors.index.json"]
PROBE_SECONDS = 6.0
PROBE_BYTES = 200_000

REVISIONS = {"Qwen/Qwen3-Reranker-0.6B": "6e9e69830b95c52b5fd889b7690dda3329508de3"}
"""Pinned, so that the same weights are ranked with everywhere: the revision that upstream projects test against, from before the repository
got a chat template that drops user messages. ModelScope numbers its revisions otherwise; there its current one is taken."""


class DownloadFailed(EngineError):
    """No hub, or not this one, could give the weights."""


@dataclass(frozen=True)
class Hub:
    """A hub of models that weights may be fetched from; `fetch` downloads them and returns their folder."""

    name: str
    endpoint: str
    probe_url: str
    """A large file of the model: it comes from the same store as the weights."""
    fetch: Callable[[str, Say], Path]


def revision_of(hub_id: str) -> str:
    """Return the Hugging Face revision to use: a pinned commit, else "main"."""
    return REVISIONS.get(hub_id, "main")


def download(hub_id: str, say: Say, files: Sequence[str] = FILES) -> Path:
    """Download the files of a model that fit the patterns `files`, and return their folder. Raise DownloadFailed if no hub has them."""
    from modelscope_hub import get_default_config  # here: the page need not wait for it

    probe_url = hf_hub_url(hub_id, "tokenizer.json", revision=revision_of(hub_id))
    hugging_face = Hub("Hugging Face", constants.ENDPOINT, probe_url, partial(_from_hugging_face, wanted=files))
    endpoint = get_default_config().endpoint or ""
    probe_url = f"{endpoint}/models/{hub_id}/resolve/master/tokenizer.json"
    modelscope = Hub("ModelScope", endpoint, probe_url, partial(_from_modelscope, wanted=files))
    say(Notice("asking_hubs", model=hub_id, hugging_face=hugging_face.endpoint, modelscope=endpoint))
    reachable, problems = _by_speed([hugging_face, modelscope])
    for hub in reachable:
        try:
            folder = hub.fetch(hub_id, say)
        except Exception as error:  # the libraries raise dozens of types; all mean: not from this hub
            problems.append(Notice("hub_failed", hub=hub.name, problem=_problem(error)))
            say(Notice("download_failed", hub=hub.name, problem=_problem(error)))
        else:
            say(Notice("downloaded", folder=folder))
            return folder
    raise DownloadFailed("no_hub", problems=tuple(problems))


def _by_speed(hubs: list[Hub]) -> tuple[list[Hub], list[Notice]]:
    """Return the hubs that have the model, fastest first, and the problems of the others. Waits only for the first good answer."""
    answers: queue.SimpleQueue[tuple[Hub, Notice | None]] = queue.SimpleQueue()
    for hub in hubs:
        threading.Thread(target=lambda hub=hub: answers.put((hub, _probe(hub))), daemon=True).start()
    problems: dict[str, Notice] = {}
    for _ in hubs:
        try:
            hub, problem = answers.get(timeout=2 * PROBE_SECONDS)
        except queue.Empty:
            break
        if not problem:
            return [hub, *(other for other in hubs if other is not hub and other.name not in problems)], list(problems.values())
        problems[hub.name] = problem
    silent = [Notice("hub_silent", hub=hub.name) for hub in hubs if hub.name not in problems]
    return [], list(problems.values()) + silent


def _probe(hub: Hub) -> Notice | None:
    """Read the first PROBE_BYTES of the hub's probe file. Return None if that worked, else the problem."""
    try:
        with get_session().stream("GET", hub.probe_url, timeout=PROBE_SECONDS, headers={"Range": f"bytes=0-{PROBE_BYTES}"}) as answer:
            if not answer.is_success:
                return Notice("hub_status", hub=hub.name, status=answer.status_code)
            read = 0
            for piece in answer.iter_raw():
                read += len(piece)
                if read >= PROBE_BYTES:
                    break
    except Exception as error:
        return Notice("hub_failed", hub=hub.name, problem=_problem(error))
    return None


def _from_hugging_face(hub_id: str, say: Say, wanted: Sequence[str]) -> Path:
    revision = revision_of(hub_id)
    files = [file for file in list_repo_tree(hub_id, revision=revision) if isinstance(file, RepoFile) and _fits(file.path, wanted)]
    _announce("Hugging Face", sum(file.size for file in files), Path(constants.HF_HUB_CACHE), say)
    for file in files:
        if file.path.endswith(".safetensors"):
            _fetch_resumably(hub_id, revision, file.path)
    return Path(snapshot_download(hub_id, revision=revision, allow_patterns=list(wanted)))


def _fetch_resumably(hub_id: str, revision: str, filename: str) -> None:
    """Download a large file to where snapshot_download finds it complete. Raise DownloadFailed if its digest is wrong.

    snapshot_download survives a dropped connection, but starts at zero after a restart of the program; 1.2 GB are too much for that.
    """
    url = hf_hub_url(hub_id, filename, revision=revision)
    about = get_hf_file_metadata(url)
    if not about.etag:
        return
    blob = Path(constants.HF_HUB_CACHE) / repo_folder_name(repo_id=hub_id, repo_type="model") / "blobs" / about.etag
    if blob.exists():
        return
    blob.parent.mkdir(parents=True, exist_ok=True)
    part = blob.with_name(blob.name + ".part")
    with part.open("ab") as file:
        http_get(
            url, file, resume_size=part.stat().st_size, expected_size=about.size, headers=build_hf_headers(), displayed_filename=filename
        )
    with part.open("rb") as file:
        if len(about.etag) == 64 and hashlib.file_digest(file, "sha256").hexdigest() != about.etag:
            part.unlink()
            raise DownloadFailed("arrived_damaged", file=filename)
    part.replace(blob)


def _from_modelscope(hub_id: str, say: Say, wanted: Sequence[str]) -> Path:
    from modelscope_hub import HubApi, get_default_config

    api = HubApi()
    files = [file for file in api.list_repo_files(hub_id, "model") if _fits(file.path, wanted)]
    _announce("ModelScope", sum(file.size or 0 for file in files), get_default_config().cache_dir, say)
    return api.download_repo(hub_id, "model", allow_patterns=list(wanted))


def _fits(path: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(path, pattern) for pattern in patterns)


def _announce(hub: str, size: int, folder: Path, say: Say) -> None:
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    if size > free:
        raise DownloadFailed("disk_full", needed=size / 1e6, folder=folder, free=free / 1e6)
    say(Notice("downloading", megabytes=size / 1e6, hub=hub, folder=folder))


def _problem(error: Exception) -> Notice | str:
    """Return why a hub failed: a notice of ours, or the first line of what a library says."""
    if isinstance(error, DownloadFailed):
        return error.notice
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]
