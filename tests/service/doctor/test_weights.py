"""The files of the models: one byte that changed is seen, and nothing is said to be right that was not compared."""

import re
import shutil
from pathlib import Path

import pytest

from reranker.embedded.engine import open_embedded
from reranker.judge.weights import WEIGHTS, digest_file
from reranker.open_engine import ENGINES, EngineKind
from service.doctor.weights import check_judge, check_weights, local_weights, sha256_of
from settings import Settings


def change_one_byte(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def test_one_byte_of_the_judge_that_changed_is_seen(tmp_path: Path):
    assert check_judge().state == "ok"
    copy = tmp_path / WEIGHTS.name
    shutil.copy(WEIGHTS, copy)
    shutil.copy(digest_file(WEIGHTS), digest_file(copy))
    change_one_byte(copy)
    result = check_judge(copy)
    assert result.state == "fail" and result.finding.values["file"] == copy
    assert check_judge(WEIGHTS, tmp_path / "none.bin").finding.key == "doctor.file_missing"


@pytest.fixture
def cached(tiny_checkpoint: Path, tmp_path: Path) -> Path:
    """Return the tiny checkpoint as a hub's cache keeps it: large files are links to blobs that are named by their SHA-256."""
    snapshot, blobs = tmp_path / "snapshots" / "abc", tmp_path / "blobs"
    snapshot.mkdir(parents=True)
    blobs.mkdir()
    shutil.copy(tiny_checkpoint / "config.json", snapshot)
    for name in ("model.safetensors", "tokenizer.json"):
        blob = blobs / sha256_of(tiny_checkpoint / name)
        shutil.copy(tiny_checkpoint / name, blob)
        (snapshot / name).symlink_to(blob)
    return snapshot


def test_weights_are_compared_with_the_names_of_the_hubs_cache(cached: Path):
    assert check_weights(cached).state == "ok"
    change_one_byte((cached / "model.safetensors").resolve())
    result = check_weights(cached)
    assert result.state == "fail" and result.finding.values["file"] == cached / "model.safetensors"


def test_weights_of_ones_own_have_nothing_to_be_compared_with(tiny_checkpoint: Path):
    assert check_weights(tiny_checkpoint).state == "unchecked"


def test_a_folder_that_pretends_to_be_the_real_model_is_seen(tiny_checkpoint: Path, tmp_path: Path):
    folder = tmp_path / "Qwen3-Reranker-0.6B"
    shutil.copytree(tiny_checkpoint, folder)
    (folder / "config.json").write_text('{"num_hidden_layers": 28, "hidden_size": 1024, "num_attention_heads": 16}')
    assert check_weights(folder).state == "fail"


def test_what_is_said_where_there_are_no_weights(tmp_path: Path, tiny_checkpoint: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("reranker.qwen3.checkpoint.local_copies", lambda hub_id: iter(()))
    folder, result = local_weights(Settings())
    assert folder is None and result and (result.state, result.finding.key) == ("warn", "doctor.weights_none")
    folder, result = local_weights(Settings(model="embedded"))
    assert folder is None and result and result.state == "unchecked"
    folder, result = local_weights(Settings(model=str(tmp_path)))
    assert folder is None and result and result.state == "fail", "a folder without weights that was asked for"
    assert local_weights(Settings(model=str(tiny_checkpoint))) == (tiny_checkpoint, None)


def test_an_engine_says_itself_where_its_weights_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    another = {re.compile("mine"): EngineKind(open_embedded, lambda model, offline, say: tmp_path)}
    monkeypatch.setattr("reranker.open_engine.ENGINES", another | ENGINES)
    assert local_weights(Settings(model="mine")) == (tmp_path, None)
