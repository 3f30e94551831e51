"""The tokenizer for engines whose weights are elsewhere: found on this machine, else downloaded alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reranker.qwen3.fake_hub import FakeHub
from tests.reranker.qwen3.test_checkpoint import NOWHERE, Machine

SCRIPT = """
import sys
from pathlib import Path
from i18n.texts import texts
from reranker.notice import NoCheckpoint
from reranker.qwen3 import checkpoint
from reranker.qwen3.tokenizer_file import find_tokenizer
said = texts("en").notice
checkpoint.MODELS = Path(sys.argv[1])
try:
    print("FILE", find_tokenizer(sys.argv[2] == "offline", lambda notice: print(said(notice))))
except NoCheckpoint as error:
    print("ERROR", said(error.notice))
"""


class MachineWithoutWeights(Machine):
    script = SCRIPT


@pytest.fixture
def hub(tiny_checkpoint: Path) -> Iterator[FakeHub]:
    hub = FakeHub(tiny_checkpoint)
    yield hub
    hub.close()


@pytest.mark.parametrize("which", ["hugging face", "modelscope"])
def test_it_is_downloaded_alone_and_then_found(hub: FakeHub, tmp_path: Path, tokenizer_folder: Path, which: str):
    addresses = (hub.url, NOWHERE) if which == "hugging face" else (NOWHERE, hub.url)
    machine = MachineWithoutWeights(tmp_path, *addresses)
    file = Path(machine.find(str(tmp_path / "models"))[-1].removeprefix("FILE "))
    assert file.read_bytes() == (tokenizer_folder / "tokenizer.json").read_bytes()
    assert {name for name, _ in hub.served} == {"tokenizer.json"}
    assert machine.find(str(tmp_path / "models"), "offline") == [f"FILE {file}"]


@pytest.mark.long
def test_where_it_cannot_be_had_it_says_where_to_put_it_and_there_it_is_found(tmp_path: Path, tokenizer_folder: Path):
    models = tmp_path / "models"
    machine = MachineWithoutWeights(tmp_path, NOWHERE, NOWHERE)
    folder = models / "Qwen3-Reranker-0.6B"
    assert str(folder) in machine.find(str(models), "offline")[-1]
    assert str(folder) in machine.find(str(models))[-1]
    folder.mkdir(parents=True)
    (folder / "tokenizer.json").write_bytes((tokenizer_folder / "tokenizer.json").read_bytes()[:1000])
    assert machine.find(str(models), "offline")[-1].startswith("ERROR")
    (folder / "tokenizer.json").write_bytes((tokenizer_folder / "tokenizer.json").read_bytes())
    assert machine.find(str(models), "offline") == [f"FILE {folder / 'tokenizer.json'}"]
