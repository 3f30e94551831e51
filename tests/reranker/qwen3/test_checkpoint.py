"""Where weights come from: folders, caches, both hubs (a fake one on 127.0.0.1); what is said when they are damaged or not to be had."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from i18n.texts import texts
from reranker.notice import NoCheckpoint, NoSuchModel, Notice
from reranker.qwen3 import checkpoint
from reranker.qwen3.checkpoint import check_folder, find_checkpoint, fingerprint, model_name
from reranker.qwen3.download import REVISIONS
from tests.data.random_qwen3 import write_random_qwen3
from tests.reranker.qwen3.fake_hub import COMMIT, FakeHub
from tests.waiting import until

EN = texts("en")
MODEL = "somebody/tiny-reranker-0.6B"
NOWHERE = "http://127.0.0.1:9"  # the discard port: refuses at once


@pytest.fixture
def folder(tiny_checkpoint: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_checkpoint, tmp_path / "model"))


def say_nothing(notice: Notice) -> None:
    pass


# --- folders -----------------------------------------------------------------------------------------------------------------------------


def test_a_whole_folder_is_taken(folder: Path):
    assert find_checkpoint(str(folder), offline=True, say=say_nothing) == folder


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_missing_file_is_named(folder: Path, name: str):
    (folder / name).unlink()
    with pytest.raises(NoCheckpoint) as error:
        find_checkpoint(str(folder), offline=True, say=say_nothing)
    assert name in EN.notice(error.value.notice)


@pytest.mark.parametrize("kept", [0, 5, 100, 1_000_000])
def test_a_half_downloaded_file_is_recognised(folder: Path, kept: int):
    os.truncate(folder / "model.safetensors", kept)
    with pytest.raises(NoCheckpoint) as error:
        check_folder(folder)
    assert "model.safetensors" in (said := EN.notice(error.value.notice)) and "Finish the download" in said


def test_a_missing_shard_is_named(tmp_path: Path):
    folder = write_random_qwen3(tmp_path / "model", max_shard_size="1MB")
    check_folder(folder)
    last = max(folder.glob("*.safetensors"))
    last.unlink()
    with pytest.raises(NoCheckpoint, match=last.name):
        check_folder(folder)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"model_type": "bert"}, "not a Qwen3ForCausalLM"),
        ({"architectures": ["Qwen3ForSequenceClassification"]}, "not a Qwen3ForCausalLM"),
        ({"tie_word_embeddings": False}, "lack lm_head.weight"),
        ({"num_hidden_layers": 3}, "lack model.layers.2"),
        ({"rope_parameters": None, "rope_theta": 1e6, "rope_scaling": {"type": "yarn", "factor": 4.0}}, "rope scaling"),
        ({"attention_bias": True}, "not supported"),
    ],
)
def test_another_kind_of_model_is_refused(folder: Path, change: dict, complaint: str):
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | change))
    with pytest.raises(NoCheckpoint) as error:
        check_folder(folder)
    assert complaint in EN.notice(error.value.notice)


def test_the_published_form_of_the_configuration_is_accepted(folder: Path):
    config = json.loads((folder / "config.json").read_text())
    del config["rope_parameters"], config["layer_types"]
    (folder / "config.json").write_text(json.dumps(config | {"rope_theta": 1_000_000, "rope_scaling": None, "sliding_window": None}))
    check_folder(folder)


@pytest.mark.parametrize("model", ["./no/such/folder", "/no/such/folder", "no-such-folder", "a/b/c"])
def test_a_folder_that_is_not_there_is_an_error(model: str):
    with pytest.raises(NoSuchModel) as error:
        find_checkpoint(model, offline=True, say=say_nothing)
    assert error.value.notice == Notice("no_such_model", model=model, example=checkpoint.DEFAULT_MODEL)


def test_weights_put_into_models_by_hand_are_found(tiny_checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checkpoint, "MODELS", tmp_path)
    for weights_folder in (tmp_path / "tiny-reranker-0.6B", tmp_path / MODEL):
        shutil.copytree(tiny_checkpoint, weights_folder)
        assert find_checkpoint(MODEL, offline=True, say=say_nothing) == weights_folder


def test_fingerprints_tell_weights_apart(folder: Path, tmp_path: Path):
    first = fingerprint(folder)
    assert fingerprint(Path(shutil.copytree(folder, tmp_path / "copy"))) == first
    assert fingerprint(write_random_qwen3(tmp_path / "other", seed=1)) != first
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(-32 * 4, os.SEEK_END)  # the last tensor is the final norm, 32 numbers
        file.write(b"\x01")
    assert fingerprint(folder) != first


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("hub/models--Qwen--Qwen3-Reranker-0.6B/snapshots/6e9e69830b95", "Qwen3-Reranker-0.6B"),
        ("modelscope/models/Qwen--Qwen3-Reranker-0.6B/snapshots/master", "Qwen3-Reranker-0.6B"),
        ("modelscope/hub/models/Qwen/Qwen3-Reranker-0___6B", "Qwen3-Reranker-0.6B"),
        ("models/Qwen3-Reranker-0.6B", "Qwen3-Reranker-0.6B"),
    ],
)
def test_names_for_people(path: str, name: str):
    assert model_name(Path("/somewhere") / path) == name


# --- hubs: in a process of its own, because the libraries read their variables when they are imported -----------------------------------

SCRIPT = """
import sys
from pathlib import Path
from i18n.texts import texts
from reranker.notice import NoCheckpoint
from reranker.qwen3 import checkpoint
said = texts("en").notice
checkpoint.MODELS = Path("/nonexistent")
try:
    folder = checkpoint.find_checkpoint(sys.argv[1], sys.argv[2] == "offline", lambda notice: print(said(notice), flush=True))
    print("FOLDER", folder)
except NoCheckpoint as error:
    print("ERROR", said(error.notice))
"""


class Machine:
    """A machine with empty caches, and with the given addresses for the two hubs."""

    script = SCRIPT

    def __init__(self, home: Path, hugging_face: str, modelscope: str, **variables: str):
        self.command = [sys.executable, "-c", self.script]
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "MODELSCOPE_", "RERANKER_"))}
        self.environment = clean | {
            "HOME": str(home),
            "HF_HOME": str(home / "hf"),
            "HF_ENDPOINT": hugging_face,
            "MODELSCOPE_CACHE": str(home / "ms"),
            "MODELSCOPE_ENDPOINT": modelscope,
            "NO_PROXY": "127.0.0.1",
            **variables,
        }

    def start(self, model: str, *flags: str) -> subprocess.Popen:
        arguments = [*self.command, model, *(flags or ("online",))]
        return subprocess.Popen(arguments, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def find(self, model: str, *flags: str) -> list[str]:
        """Return the lines that were said, the last one being FOLDER … or ERROR …"""
        process = self.start(model, *flags)
        output, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
        return output.splitlines()


@pytest.fixture
def hub(tiny_checkpoint: Path) -> Iterator[FakeHub]:
    hub = FakeHub(tiny_checkpoint)
    yield hub
    hub.stall_at = 0
    hub.close()


def folder_of(lines: list[str]) -> Path:
    assert lines[-1].startswith("FOLDER "), lines
    folder = Path(lines[-1].removeprefix("FOLDER "))
    check_folder(folder)
    return folder


def test_download_from_hugging_face_and_then_from_its_cache(hub: FakeHub, tmp_path: Path, tiny_checkpoint: Path):
    machine = Machine(tmp_path, hub.url, NOWHERE)
    lines = machine.find(MODEL)
    folder = folder_of(lines)
    assert folder.is_relative_to(tmp_path / "hf")
    assert fingerprint(folder) == fingerprint(tiny_checkpoint)
    assert any("from Hugging Face" in line for line in lines)
    assert [name for name, _ in hub.served].count("model.safetensors") == 1
    assert "pytorch_model.bin" not in dict(hub.served)
    hub.served.clear()
    assert folder_of(machine.find(MODEL)) == folder_of(machine.find(MODEL, "offline")) == folder
    assert hub.served == []


def test_the_default_model_is_pinned(hub: FakeHub, tmp_path: Path):
    folder = folder_of(Machine(tmp_path, hub.url, NOWHERE).find(""))
    assert folder.name == REVISIONS[checkpoint.DEFAULT_MODEL] != COMMIT
    assert model_name(folder) == "Qwen3-Reranker-0.6B"


def test_download_from_modelscope_where_hugging_face_is_out_of_reach(hub: FakeHub, tmp_path: Path, tiny_checkpoint: Path):
    machine = Machine(tmp_path, NOWHERE, hub.url)
    lines = machine.find(MODEL)
    folder = folder_of(lines)
    assert folder.is_relative_to(tmp_path / "ms")
    assert fingerprint(folder) == fingerprint(tiny_checkpoint)
    assert any("from ModelScope" in line for line in lines)
    hub.served.clear()
    assert folder_of(machine.find(MODEL, "offline")) == folder
    assert hub.served == []


def test_where_one_hub_breaks_down_the_other_is_asked(hub: FakeHub, tmp_path: Path, tiny_checkpoint: Path):
    broken = FakeHub(tiny_checkpoint)
    broken.damaged = True
    with_broken = Machine(tmp_path, broken.url, hub.url).find(MODEL)
    broken.close()
    folder_of(with_broken)
    assert fingerprint(folder_of(with_broken)) == fingerprint(tiny_checkpoint)


@pytest.mark.long
@pytest.mark.parametrize("which", ["hugging face", "modelscope"])
def test_a_dropped_connection_goes_on_where_it_was(hub: FakeHub, tmp_path: Path, which: str):
    hub.break_at = 15_000_000
    machine = Machine(tmp_path, hub.url, NOWHERE) if which == "hugging face" else Machine(tmp_path, NOWHERE, hub.url)
    folder_of(machine.find(MODEL))
    starts = [first for name, first in hub.served if name == "model.safetensors"]
    assert len(starts) == 2 and starts[0] == 0 and starts[1] > 5_000_000


def bytes_of_weights(home: Path) -> int:
    """Return how much of the weights lies in the caches; the other large file, the tokenizer's, is JSON."""
    sizes = [0]
    for path in home.rglob("*"):
        with suppress(FileNotFoundError):  # it got another name
            if path.is_file() and not path.read_bytes().startswith(b"{"):
                sizes.append(path.stat().st_size)
    return max(sizes)


@pytest.mark.long
@pytest.mark.parametrize("which", ["hugging face", "modelscope"])
def test_a_start_that_was_killed_goes_on_where_it_was(hub: FakeHub, tmp_path: Path, which: str):
    hub.stall_at = 15_000_000
    machine = Machine(tmp_path, hub.url, NOWHERE) if which == "hugging face" else Machine(tmp_path, NOWHERE, hub.url)
    process = machine.start(MODEL)
    assert until(lambda: bytes_of_weights(tmp_path) > 5_000_000), "some of it is kept"
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=10)
    hub.stall_at = 0
    hub.served.clear()
    folder_of(machine.find(MODEL))
    (start,) = [first for name, first in hub.served if name == "model.safetensors"]
    assert start > 5_000_000


@pytest.mark.long
def test_a_download_that_arrives_damaged_is_not_kept(hub: FakeHub, tmp_path: Path):
    hub.damaged = True
    machine = Machine(tmp_path, hub.url, NOWHERE)
    assert "damaged" in machine.find(MODEL)[-1]
    hub.damaged = False
    folder_of(machine.find(MODEL))


def test_a_full_disk_is_said_before_anything_is_downloaded(hub: FakeHub, tmp_path: Path):
    hub.listed_size = 10**15
    lines = Machine(tmp_path, hub.url, NOWHERE).find(MODEL)
    assert lines[-1].startswith("ERROR ") and " MB are needed in" in lines[-1]
    assert "model.safetensors" not in dict(hub.served)


def test_a_named_model_that_no_hub_has_is_an_error_of_one_line(hub: FakeHub, tmp_path: Path):
    lines = Machine(tmp_path, hub.url, hub.url).find("nobody/nothing")
    assert lines[-1].startswith("ERROR nobody/nothing is not on this machine and could not be downloaded (")
    assert "Hugging Face: HTTP 404" in lines[-1] and "ModelScope: HTTP 404" in lines[-1]


def test_the_default_model_that_cannot_be_had_is_said_and_none(tmp_path: Path):
    lines = Machine(tmp_path, NOWHERE, NOWHERE).find("")
    assert lines[-1] == "FOLDER None"
    assert "Qwen/Qwen3-Reranker-0.6B is not on this machine and could not be downloaded (" in lines[-2]


@pytest.mark.parametrize("how", ["flag", "HF_HUB_OFFLINE"])
def test_offline_asks_nobody(hub: FakeHub, tmp_path: Path, how: str):
    if how == "flag":
        lines = Machine(tmp_path, hub.url, hub.url).find(MODEL, "offline")
    else:
        lines = Machine(tmp_path, hub.url, hub.url, HF_HUB_OFFLINE="1").find(MODEL)
    (line,) = lines
    assert line.startswith(f"ERROR {MODEL} is not on this machine, and hubs may not be asked (--offline, ")
    assert hub.served == []
