"""One press of the button, without a browser: limits, stopping, failing engines, and that nothing given is ever lost."""

import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from feedback.labels import FULL
from feedback.store.erase import erase
from feedback.store.history import entries
from feedback.store.store import Store
from i18n.texts import LANGUAGES, texts
from preprocess.pipeline import Cleaning, prepare
from reranker.notice import Notice
from service.conditions import changes
from service.label import give_label
from service.model import Model
from service.pile import MAX_PASTE_BYTES, add_uploads
from service.progress import EXPLAINING, READING, WAITING, Progress
from service.reopen import reopen
from service.run import MAX_INSTRUCTION, forget
from service.run_state import stop
from settings import Settings
from tests.encoder import JUDGE
from tests.preprocess.joining import papers
from tests.service.desk import DEFAULTS, JOB, Desk, finish, order, ready, steps, upload, uploaded
from tests.ui.samples import CountingEngine

STORE = Store(Path(tempfile.mkdtemp()) / "feedback.sqlite3")


def message_key(desk: Desk) -> str | None:
    return desk.message.key if desk.message else None


def test_uploads_and_pasted_resumes_are_ranked_together_and_uploads_are_deleted(tmp_path):
    desk, paths = uploaded(tmp_path, 3)
    assert not any(path.exists() for path in paths)
    finish(desk, order(pasted="候选人1：\n王五，熟悉 Python 开发。\n---\n候选人2：\n赵六，会计。"), ready())
    assert desk.run.ranking
    assert desk.run.ranking.finished
    assert len(desk.run.ranking.rows) == 5
    assert desk.run.progress is None
    assert desk.run.ranking.rows[0].name == "2.txt", "the engine likes length"


def test_people_pasted_below_one_another_are_split_and_that_is_said():
    desk = finish(Desk(), order(pasted=f"{papers.RESUME}\n\n{papers.OTHER}"), ready())
    assert desk.run.ranking and len(desk.run.ranking.rows) == 2
    assert desk.message and desk.message.key == "message.pasted_split" and "2" in desk.message.sentence(texts("zh"))
    assert message_key(finish(Desk(), order(pasted=f"{papers.RESUME}\n---\n{papers.OTHER}"), ready())) is None


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (order(job=" \n"), "message.no_job"),
        (order(), "message.no_resumes"),
        (order(pasted="张三", instruction="x" * (MAX_INSTRUCTION + 1)), "message.instruction_too_long"),
        (order(job="x" * (MAX_PASTE_BYTES + 1), pasted="张三"), "message.job_too_long"),
    ],
)
def test_what_is_missing_is_said(given, key):
    assert message_key(finish(Desk(), given, ready())) == key


def test_a_job_over_the_limit_of_characters_is_refused_with_the_reason(tmp_path):
    desk, _ = uploaded(tmp_path, 1)
    finish(desk, order(job="要求 " * 2_000), ready(), settings=Settings(max_characters=5_000))
    assert desk.message
    assert desk.message.rejected
    assert desk.message.rejected.reason == "too_long"


def test_a_paste_of_5_mb_is_listed_and_the_rest_is_ranked(tmp_path):
    desk, _ = uploaded(tmp_path, 2)
    finish(desk, order(pasted="张" * 1_700_000), ready())
    assert desk.run.ranking
    assert len(desk.run.ranking.rows) == 2
    assert [(file.name, file.reason) for file in desk.run.rejected] == [("粘贴的文本", "too_large")]


def test_files_beyond_the_limit_are_listed(tmp_path):
    settings = Settings(max_files=4)
    desk, _ = uploaded(tmp_path, 7, settings)
    assert (len(desk.pile.documents), [file.reason for file in desk.pile.unread]) == (4, ["too_many"] * 3)
    finish(desk, order(pasted="王五，熟悉 Python 与平台开发"), ready(), settings=settings)
    assert desk.run.ranking
    assert len(desk.run.ranking.rows) == 4
    assert len(desk.run.rejected) == 4


def test_a_list_is_not_out_of_date_for_what_could_not_be_used_or_was_stopped(tmp_path):
    desk, _ = uploaded(tmp_path, 4)
    asked = order()
    finish(desk, asked, ready(), settings=Settings(max_files=3))
    assert [refused.reason for refused in desk.run.rejected] == ["too_many"]
    assert changes(desk.run, desk.pile, asked.job, asked.instruction, asked.pasted) == ()
    for _ in steps(desk, asked, ready(), STORE):
        if desk.run.ranking and len(desk.run.ranking.rows) == 2:
            stop(desk.run)
    assert desk.run.stopped
    assert changes(desk.run, desk.pile, asked.job, asked.instruction, asked.pasted) == ()
    del desk.pile.documents[0]
    assert changes(desk.run, desk.pile, asked.job, asked.instruction, asked.pasted) == ("removed",)


def test_only_unreadable_files(tmp_path):
    empty = tmp_path / "empty.pdf"
    empty.touch()
    desk = Desk()
    upload(desk, [empty])
    finish(desk, order(), ready())
    assert message_key(desk) == "message.nothing_readable"
    assert [file.name for file in desk.pile.unread] == ["empty.pdf"]


def test_stopping_keeps_what_is_done(tmp_path):
    desk, _ = uploaded(tmp_path, 6)
    for _ in steps(desk, order(), ready(), STORE):
        if desk.run.ranking and len(desk.run.ranking.rows) == 2 and not desk.run.stops:
            assert all(row.match_points for row in desk.run.ranking.rows), "on the CPU they come with the score"
            stop(desk.run)
    assert desk.run.ranking
    assert len(desk.run.ranking.rows) == 2 and desk.run.ranking.total == 6
    assert desk.run.stopped
    assert desk.run.progress is None
    assert all(row.match_points for row in desk.run.ranking.rows), "what is scored is explained"
    give_label(desk.run, STORE, "", {"label": desk.run.ranking.rows[0].id, "grade": FULL, "reason": ""})
    assert [label.grade for label in desk.run.labels[desk.run.ranking.rows[0].id]] == [FULL]
    again = Desk()
    reopen(again.run, again.pile, STORE.run(desk.run.run_id), STORE)
    assert again.run.ranking and again.run.ranking.rows == desk.run.ranking.rows and again.run.ranking.total == 6
    assert len(again.pile.documents) == 2


def test_files_that_could_not_be_used_are_named_again_when_the_list_is_reopened_and_erased_with_their_person(tmp_path):
    store = Store(tmp_path / "feedback.sqlite3")
    resume, locked = tmp_path / "a.txt", tmp_path / "郑雪爽-旧版.pdf"
    resume.write_text("郑雪爽\n电话：13800001234\n熟悉 Python 与平台开发", "utf-8")
    locked.touch()
    desk = Desk()
    upload(desk, [resume, locked])
    finish(desk, order(), ready(), store)
    assert [(file.name, file.reason) for file in desk.run.rejected] == [("郑雪爽-旧版.pdf", "empty_file")]
    again = Desk()
    reopen(again.run, again.pile, store.run(desk.run.run_id), store)
    assert again.run.rejected == again.pile.unread == desk.run.rejected
    erase(store, [desk.run.resumes[0].id], "")
    with store.reading() as db:
        (settings,) = db.execute("SELECT settings FROM runs").fetchone()
    assert "郑雪爽" not in settings and "该候选人-旧版.pdf" in settings


def test_stopping_again_ends_the_search_for_match_points_and_keeps_those_that_are_found(tmp_path):
    desk, _ = uploaded(tmp_path, 6)
    engine = CountingEngine()
    engine.info = replace(engine.info, device="cuda:0")
    for _ in steps(desk, order(), ready(engine), STORE):
        if desk.run.progress and desk.run.progress.stage == EXPLAINING and desk.run.progress.done == 2:
            stop(desk.run)
    assert desk.run.ranking and desk.run.stopped and desk.run.progress is None
    assert [bool(row.match_points) for row in desk.run.ranking.rows].count(True) == 2
    assert len(desk.run.ranking.rows) == desk.run.ranking.total == 6
    assert [row.logit for row in desk.run.ranking.rows] == sorted((row.logit for row in desk.run.ranking.rows), reverse=True)
    assert len(STORE.run(desk.run.run_id).rows) == 6


def test_an_engine_that_fails_keeps_what_is_done(tmp_path):
    desk, _ = uploaded(tmp_path, 2)
    finish(desk, order(pasted="王五 FAIL"), ready())
    assert message_key(desk) == "message.scoring_failed"
    assert desk.run.ranking
    assert len(desk.run.ranking.rows) == 2


def test_a_request_waits_for_the_model_and_then_goes_on(tmp_path):
    desk, _ = uploaded(tmp_path, 1)
    model = Model()
    threading.Timer(0.6, lambda: model.ready(CountingEngine(), JUDGE)).start()
    stages = {desk.run.progress.stage for _ in steps(desk, order(), model, STORE) if desk.run.progress}
    assert WAITING in stages
    assert desk.run.ranking
    assert desk.run.ranking.finished


def test_a_model_that_did_not_load_is_said(tmp_path):
    desk, _ = uploaded(tmp_path, 1)
    model = Model()
    problem = Notice("no_memory_to_load", device="cpu", folder="models")
    model.failed(problem)
    finish(desk, order(), model)
    assert desk.message and desk.message.values == {"problem": problem}
    for language in LANGUAGES:
        words = texts(language)
        assert words.notice(problem) in desk.message.sentence(words), "in the language that the reader has now"


def on_gpu(engine: CountingEngine) -> CountingEngine:
    engine.info = replace(engine.info, device="cuda:0")
    return engine


def test_on_a_cpu_rows_come_one_by_one_whatever_the_page_sent(tmp_path):
    desk, _ = uploaded(tmp_path, 5)
    engine = CountingEngine()
    engine.info = replace(engine.info, batch_size=1)
    finish(desk, order(batch_size=5), ready(engine))
    assert engine.batch_sizes == [1] * 5


def test_the_batch_size_of_the_page_reaches_the_engine(tmp_path):
    desk, _ = uploaded(tmp_path, 5)
    engine = on_gpu(CountingEngine())
    finish(desk, order(batch_size=3), ready(engine))
    finish(desk, order(instruction="something else"), ready(engine))
    assert engine.batch_sizes == [3, 3, 2, 2, 2]


def test_one_more_resume_is_one_more_score_and_what_was_removed_is_forgotten(tmp_path):
    desk, _ = uploaded(tmp_path, 5)
    engine = CountingEngine()
    model = ready(engine)
    finish(desk, order(), model)
    calls = len(engine.batch_sizes)
    finish(desk, order(pasted="候选人：熟悉 Python 与 Kafka"), model)
    assert len(engine.batch_sizes) == calls + 1
    assert desk.run.ranking and len(desk.run.ranking.rows) == 6

    forget(desk.run, model, desk.pile.documents[0])
    finish(desk, order(), model)
    assert len(engine.batch_sizes) == calls + 2 and engine.forgotten == []
    forget(desk.run, model)
    assert engine.forgotten == [desk.run.query]
    finish(desk, order(), model)
    assert len(engine.batch_sizes) == 2 * calls + 2


def test_cleaning_switches_apply_to_the_next_run_without_another_upload(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("张三\n────────────\n熟悉 Python", "utf-8")
    desk = Desk()
    upload(desk, [path])
    finish(desk, order(), ready())
    cleaned = desk.run.resumes[0].text
    finish(desk, order(cleaning=Cleaning(denoise=False, tech_stack=False)), ready())
    assert "────" not in cleaned
    assert "────" in desk.run.resumes[0].text


def test_what_is_read_is_scored_while_the_rest_is_still_being_read(tmp_path):
    desk = Desk()
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for path in paths:
        path.write_text(f"候选人，熟悉 Python。{path.name}", "utf-8")
    engine = CountingEngine()
    reading = add_uploads(desk.pile, paths, DEFAULTS)
    next(reading)
    next(reading)
    assert len(desk.pile.documents) == 1 and desk.pile.reading
    ranking = steps(desk, order(batch_size=1), ready(on_gpu(engine)), STORE)
    while desk.run.ranking is None:
        next(ranking)
    assert (len(desk.run.ranking.rows), desk.run.ranking.total) == (1, 3)
    assert desk.run.progress and desk.run.progress.total == 3
    for _ in (*reading, *ranking):
        pass
    assert len(desk.run.ranking.rows) == 3 and desk.run.ranking.finished


def test_stopping_ends_the_wait_for_files_that_are_still_being_read(tmp_path):
    desk, _ = uploaded(tmp_path, 1)
    desk.pile.reading = Progress(READING, 0, 5)
    ranking = steps(desk, order(batch_size=1), ready(on_gpu(CountingEngine())), STORE)
    while desk.run.ranking is None:
        next(ranking)
    threading.Timer(0.2, lambda: stop(desk.run)).start()
    for _ in ranking:
        pass
    assert desk.run.stopped and len(desk.run.ranking.rows) == 1


def test_an_unreadable_file_among_those_still_being_read_is_listed(tmp_path):
    desk = Desk()
    paths = [tmp_path / "good.txt", tmp_path / "empty.pdf"]
    paths[0].write_text("候选人，熟悉 Python。", "utf-8")
    paths[1].touch()
    reading = add_uploads(desk.pile, paths, DEFAULTS)
    next(reading)
    ranking = steps(desk, order(), ready(), STORE)
    next(ranking)
    for _ in (*reading, *ranking):
        pass
    assert desk.run.ranking and len(desk.run.ranking.rows) == 1
    assert [file.name for file in desk.run.rejected] == ["empty.pdf"]


def test_a_pile_is_cleaned_once_until_cleaning_or_job_change_and_nothing_is_held_of_what_was_removed(tmp_path, monkeypatch):
    desk, _ = uploaded(tmp_path, 3)
    cleaned: list[str] = []

    def counted(document, cleaning, *rest):
        cleaned.append(document.name)
        return prepare(document, cleaning, *rest)

    monkeypatch.setattr("service.prepared_pile.prepare", counted)
    finish(desk, order(), ready())
    finish(desk, order(instruction="something else"), ready())
    assert sorted(cleaned) == ["0.txt", "1.txt", "2.txt"]
    finish(desk, order(cleaning=Cleaning(blind=True)), ready())
    assert len(cleaned) == 6, "blind mode never shows what was cleaned without it"
    finish(desk, order(job=JOB + "\n3. 熟悉 Go"), ready())
    assert len(cleaned) == 9, "what is copied from the job depends on the job"
    desk.pile.documents.clear()
    assert len(desk.pile.cleaned[1]) == 0


def test_without_a_store_a_run_is_ranked_and_kept_nowhere(tmp_path):
    desk, _ = uploaded(tmp_path, 2)
    finish(desk, order(), ready())
    assert desk.run.ranking and desk.run.ranking.finished and desk.run.run_id == 0


def test_an_order_that_is_not_to_be_kept_is_not_in_the_history(tmp_path):
    store = Store(tmp_path / "own.sqlite3")
    desk, _ = uploaded(tmp_path, 2)
    finish(desk, replace(order(), is_kept=False), ready(), store)
    assert desk.run.ranking and desk.run.run_id == 0 and entries(store) == []
    finish(desk, order(), ready(), store)
    assert [entry.run_id for entry in entries(store)] == [desk.run.run_id] == [1]


def test_the_run_knows_what_is_odd_about_its_job_description(tmp_path):
    desk, _ = uploaded(tmp_path, 1)
    finish(desk, order(job=JOB + "\n熟\u200b悉 Go"), ready())
    assert "invisible_removed" in {note.code for note in desk.run.job_notes}


def test_files_taken_off_the_list_while_others_are_read_leave_no_gap_and_nothing_twice(tmp_path):
    desk, _ = uploaded(tmp_path, 6)
    listed = desk.pile.documents[4:]
    del desk.pile.documents[4:]
    desk.pile.reading = Progress(READING, 4, 6)

    class OneByOne(CountingEngine):
        """While the third is scored, the first and the last of those read so far are taken off, then the rest comes."""

        def score(self, query, documents, batch_size=None):
            for score in super().score(query, documents, batch_size):
                yield score
                if len(desk.run.resumes) == 3:
                    del desk.pile.documents[0], desk.pile.documents[-1]
                    desk.pile.documents += listed
                if len(desk.run.resumes) >= 5:
                    desk.pile.reading = None

    finish(desk, order(batch_size=1), ready(on_gpu(OneByOne())))
    assert desk.run.ranking
    names = sorted(row.name for row in desk.run.ranking.rows)
    assert len(names) == len(set(names)) and {"4.txt", "5.txt"} <= set(names)


@pytest.mark.parametrize(("instruction", "key"), [("Prefer people from Paris", "message.instruction_fixed"), ("", None)])
def test_an_instruction_without_effect_on_a_server_is_said(instruction: str, key: str | None):
    engine = CountingEngine()
    engine.info = replace(engine.info, heeds_instruction=False, sends_to="gpu-box:8000")
    desk = finish(Desk(), order(pasted="张三", instruction=instruction), ready(engine))
    assert message_key(desk) == key
