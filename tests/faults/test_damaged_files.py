"""Files that are damaged or only half there: the database, the weights that were learned, the folder of the model."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import feedback_tune
import service.model
from feedback.labels import FULL, Weights
from feedback.learning.learned import Learned, learned
from feedback.learning.tuning import apply, learn_from_store
from feedback.learning.versions import NoSuchWeights, activate, active, add_weights, versions
from feedback.store.store import FILE_NAME, Store, audit
from i18n.texts import LANGUAGES, texts
from reranker.notice import NoCheckpoint
from reranker.qwen3.checkpoint import check_folder
from service.model import FAILED, READY, Model, open_in_background
from settings import Settings
from tests.data.random_qwen3 import write_random_qwen3
from tests.encoder import ENCODER
from tests.faults.page import JOB, order, pressed
from tests.feedback.stored import id_of, run_of
from tests.server.serving import serving
from tests.service.desk import ready
from tests.test_feedback_tune import fill
from tests.waiting import until
from ui.html.learning_report import versions_html
from ui.html.status import notice_html
from ui.session import Session
from ui.session_parts import Form
from ui.steps import rank_steps, reopen_run

RUNS = 40


def resumes(run: int) -> list[str]:
    return [f"resume {run} {number} " * 200 for number in range(5)]


@pytest.fixture(scope="module")
def whole() -> Iterator[bytes]:
    """Yield a database of 40 rankings with a label each, closed as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / FILE_NAME)
        for number in range(RUNS):
            run = store.add_run(run_of(f"job {number}", resumes(number)))
            store.label(run, id_of(resumes(number)[0]), "anna", FULL, f"reason {number}")
        store.close()
        yield (Path(folder) / FILE_NAME).read_bytes()


def page_of(whole: bytes, words: bytes) -> int:
    """Return where the page begins that these words stand on."""
    return whole.index(words) // 4096 * 4096


def kept(store: Store) -> tuple[int, int, int]:
    """Return how many runs, candidates and labels there are; the file must be in order."""
    with store.reading() as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        counts = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("runs", "candidates", "labels")]
    return counts[0], counts[1], counts[2]


def test_one_page_lost_costs_what_was_on_it_and_the_rest_is_there_in_the_new_file(tmp_path: Path, whole: bytes):
    path = tmp_path / FILE_NAME
    page = page_of(whole, b"resume 17 3 ")
    path.write_bytes(whole[:page] + b"\xa5" * 4096 + whole[page + 4096 :])
    store = Store(path)
    assert store.damaged and store.damaged.read_bytes()[page : page + 4096] == b"\xa5" * 4096
    runs, candidates, labels = kept(store)
    assert (runs, labels) == (store.salvaged.runs, store.salvaged.labels)
    assert runs == RUNS and labels >= RUNS - 1 and candidates >= 5 * RUNS - 2
    first = store.runs(RUNS)[-1].id
    assert [row.text for row in store.run(first).rows] == resumes(0), "what was saved reads as it was written"
    assert store.labels_of_run(first)[id_of(resumes(0)[0])][0].reason == "reason 0"
    assert store.add_run(run_of("job", ["new"])) == RUNS + 1, "no number is given twice"
    store.close()
    assert {path.name for path in tmp_path.iterdir()} == {FILE_NAME, f"{FILE_NAME}.lock", f"{FILE_NAME}.audit-key", store.damaged.name}
    again = Store(path)
    assert again.damaged is None and len(again.runs(100)) == RUNS + 1
    again.close()


@pytest.mark.parametrize("every", [3, 7])
def test_damage_all_over_the_file_loses_rows_and_never_the_order_of_the_rest(tmp_path: Path, whole: bytes, every: int):
    broken = bytearray(whole)
    for page in range(4096 * every, len(whole) - 4096, 4096 * every):
        broken[page : page + 4096] = bytes(4096)
    path = tmp_path / FILE_NAME
    path.write_bytes(broken)
    store = Store(path)
    assert store.damaged
    kept(store)
    run = store.add_run(run_of("job", ["a"]))
    store.label(run, id_of("a"), "anna", FULL)
    assert len(store.labels_of_run(run)) == 1
    store.close()


def test_a_file_that_was_cut_off_and_one_that_is_empty_are_never_silently_a_new_one(tmp_path: Path, whole: bytes):
    for number, left in enumerate((len(whole) // 2, 100, 0)):
        path = tmp_path / str(number) / FILE_NAME
        path.parent.mkdir()
        path.write_bytes(whole[:left])
        store = Store(path)
        assert store.damaged and store.damaged.stat().st_size == left
        kept(store)
        store.close()


def test_an_audit_log_that_lost_rows_says_so_and_goes_on(tmp_path: Path, whole: bytes):
    path = tmp_path / FILE_NAME
    page = page_of(whole, b'"overrides"')
    path.write_bytes(whole[:page] + bytes(4096) + whole[page + 4096 :])
    store = Store(path)
    assert store.damaged and store.salvaged.labels == RUNS
    assert audit.verify(store).broken_at, "rows are missing, and that stays visible"
    store.label(1, id_of(resumes(0)[0]), "ben", FULL)
    assert audit.entries(store)[0].user == "ben"
    store.close()


def test_the_page_and_the_console_say_what_became_of_a_damaged_database(tmp_path: Path, whole: bytes, capsys: pytest.CaptureFixture[str]):
    page = page_of(whole, b"resume 17 3 ")
    for folder in ("console", "page"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / FILE_NAME).write_bytes(whole[:page] + bytes(4096) + whole[page + 4096 :])
    feedback_tune.main(["--feedback", str(tmp_path / "console"), "--rollback"])
    told = capsys.readouterr().err
    assert f"{FILE_NAME}.damaged-" in told and f"{RUNS} 次排序" in told
    store = Store(tmp_path / "page" / FILE_NAME)
    with serving(Settings(), Model(), store) as client:
        assert store.damaged and store.damaged.name in client.get("/").text
    for language in ("zh", "en"):
        assert store.damaged.name in notice_html(Model(), store, texts(language))
    store.close()


def test_damage_while_the_program_runs_is_said_and_ranking_goes_on(tmp_path: Path, whole: bytes):
    path = tmp_path / FILE_NAME
    path.write_bytes(whole)
    store = Store(path)
    store._db.execute("PRAGMA shrink_memory")  # what the program remembers of the file is not what is tested
    with path.open("r+b") as file:
        for page in range(4096, len(whole), 4096):
            file.seek(page)
            file.write(b"\xa5" * 4096)
    session = Session()
    for _ in rank_steps(session, order("张三，熟悉 Python"), ready(), Settings(), store):
        pass
    assert session.run.ranking and session.run.ranking.finished and session.run.run_id == 0
    assert session.view.message and session.view.message.key == "message.store_broken"
    store.close()


# --- weights that were learned ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kept_as", ['{"logit": 1.0, "quant', "[1, 2]", '{"logit": NaN}', '{"logit": "high"}', '{"quantified": 1.0}', "", "null"]
)
def test_weights_that_are_damaged_are_not_used_not_deleted_and_said_so(tmp_path: Path, kept_as: str):
    store = Store(tmp_path / FILE_NAME)
    version = add_weights(store, Weights(0, {"logit": 1.0, "quantified": 2.0}, "0"), [], {}, "amy")
    activate(store, version, "amy")
    with store.writing() as db:
        db.execute("UPDATE weights SET coefficients = ?", (kept_as,))
    assert learned(store, "0") == Learned(unreadable=version)
    [listed] = versions(store)
    assert not listed.is_readable and listed.is_active, "kept, and shown as what it is"
    assert texts("zh")("learn.unreadable") in versions_html([listed], texts("zh"))
    with pytest.raises(NoSuchWeights):
        activate(store, version, "amy")
    session = Session()
    for _ in rank_steps(session, order("张三，熟悉 Python"), ready(), Settings(), store):
        pass
    assert session.view.message and (session.view.message.key, session.view.message.kind) == ("message.weights_unreadable", "warning")
    assert session.run.ranking and session.run.ranking.finished and store.run(session.run.run_id).weights_version == 0
    store.close()


def test_after_damaged_weights_new_ones_are_learned_and_old_rankings_still_open(tmp_path: Path):
    fill(tmp_path, jobs=12)
    store = Store(tmp_path / FILE_NAME)
    apply(store, learn_from_store(store, "f00d", ENCODER), "amy")
    ranked_with_it = store.add_run(run_of("job", ["a", "b"], fingerprint="f00d"))
    with store.writing() as db:
        db.execute("UPDATE weights SET coefficients = '{', report = '{'")
        db.execute("UPDATE runs SET weights_version = 1 WHERE id = ?", (ranked_with_it,))
    session = Session()
    assert reopen_run(session, ranked_with_it, store, Form()) and session.run.ranking and session.run.weights.version == 1
    assert apply(store, learn_from_store(store, "f00d", ENCODER), "amy") == 2
    assert active(store, "f00d").coefficients["quantified"] > 0
    store.close()


# --- the folder of the model ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tokenizer.json", b'{"version": "1.0", "truncation": null, "added_tokens": [{"id": 151643,'),
        ("tokenizer.json", b""),
        ("config.json", b"{"),
        ("config.json", b"[]"),
        ("config.json", b'{"model_type": "qwen3"}'),
        ("model.safetensors.index.json", b'{"weight_map": {"lm_head'),
        ("model.safetensors.index.json", b"[]"),
        ("model.safetensors.index.json", b'{"metadata": {}}'),
    ],
)
def test_a_small_file_of_the_model_that_is_cut_off_is_named(tiny_checkpoint: Path, tmp_path: Path, name: str, content: bytes):
    folder = Path(shutil.copytree(tiny_checkpoint, tmp_path / "model"))
    (folder / name).write_bytes(content)
    with pytest.raises(NoCheckpoint) as error:
        check_folder(folder)
    for language in LANGUAGES:
        assert name in texts(language).notice(error.value.notice)


@pytest.mark.long
def test_a_model_that_is_half_there_is_said_on_the_page_and_used_once_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(service.model, "RETRY_SECONDS", 0.2)
    open_engine, tries = service.model.configured_engine, []

    def counted(*arguments: Any) -> Any:
        tries.append(1)
        return open_engine(*arguments)

    monkeypatch.setattr(service.model, "configured_engine", counted)
    folder = write_random_qwen3(tmp_path / "model", max_shard_size="10MB")
    last = max(folder.glob("*.safetensors"))
    shutil.move(last, tmp_path / "later")
    said: list[str] = []
    ended: list[bool] = []
    model = Model()
    settings = Settings(model=str(folder), device="cpu", precision="fp32")
    with serving(settings, model) as client:
        open_in_background(model, settings, said.append, lambda: ended.append(True))
        assert until(lambda: model.state == FAILED)
        assert client.get("/healthz").json()["status"] == FAILED
        answer = pressed(client, "page", "rr-run", {"rr-job": JOB, "rr-pasted": "张三，熟悉 Python"})
        assert last.name in answer and "半分钟" in answer
        tried = len(tries)
        assert until(lambda: len(tries) >= tried + 3)
        assert len([line for line in said if last.name in line]) == 1, "the console is not filled with it"
        shutil.copyfile(tmp_path / "later", last.with_suffix(".part"))
        last.with_suffix(".part").rename(last)
        assert until(lambda: model.state == READY)
        assert "rr-row" in pressed(client, "page", "rr-run", {"rr-job": JOB, "rr-pasted": "张三，熟悉 Python"})
    assert not ended


def test_a_name_that_is_no_model_ends_the_program_and_other_errors_do_not(tmp_path: Path):
    ended: list[bool] = []
    model = Model()
    open_in_background(model, Settings(model=str(tmp_path / "nowhere")), lambda line: None, lambda: ended.append(True)).join(20)
    assert ended and model.state == FAILED and not model.tries_again
