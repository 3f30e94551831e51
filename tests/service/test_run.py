"""One press of the button, without a browser: limits, stopping, failing engines, and that nothing given is ever lost."""

import tempfile
import threading
from pathlib import Path

import pytest

from feedback.labels import FULL
from feedback.store.store import Store
from i18n.texts import texts
from preprocess.pipeline import Cleaning, prepare
from service.model import Model
from service.pile import MAX_PASTE_BYTES, add_uploads, read_job
from service.reopen import reopen
from service.run import MAX_INSTRUCTION, forget, run
from settings import Settings
from tests.encoder import ENCODER
from tests.ui.samples import CountingEngine
from ui.html.board import board_html
from ui.labelling import give_label
from ui.session import EXPLAINING, READING, WAITING, Form, Order, Progress, Session, stop

DEFAULTS = Settings()
STORE = Store(Path(tempfile.mkdtemp()) / "feedback.sqlite3")
JOB = "任职要求：\n1. 熟悉 Python，三年以上经验\n2. 熟悉 Kubernetes"


def order(job: str = JOB, pasted: str = "", instruction: str = "", batch_size: int = 0) -> Order:
    return Order(job, pasted, "粘贴的文本", instruction, batch_size, Cleaning())


def ready(engine: CountingEngine | None = None) -> Model:
    model = Model()
    model.ready(engine or CountingEngine(), ENCODER)
    return model


def uploaded(tmp_path: Path, count: int, settings: Settings = DEFAULTS) -> tuple[Session, list[Path]]:
    session = Session()
    paths = [tmp_path / f"{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"候选人 {number}，熟悉 Python。" + "负责平台开发。" * number, "utf-8")
    for _ in add_uploads(session, [str(path) for path in paths], settings):
        pass
    return session, paths


def finish(session: Session, given: Order, model: Model, settings: Settings = DEFAULTS) -> Session:
    for _ in run(session, given, model, settings, STORE):
        pass
    return session


def message_key(session: Session) -> str | None:
    return session.message.key if session.message else None


def test_uploads_and_pasted_resumes_are_ranked_together_and_uploads_are_deleted(tmp_path):
    session, paths = uploaded(tmp_path, 3)
    assert not any(path.exists() for path in paths)
    finish(session, order(pasted="候选人1：\n王五，熟悉 Python 开发。\n---\n候选人2：\n赵六，会计。"), ready())
    assert session.ranking
    assert session.ranking.finished
    assert len(session.ranking.rows) == 5
    assert session.progress is None
    assert session.ranking.rows[0].name == "2.txt", "the engine likes length"


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
    assert message_key(finish(Session(), given, ready())) == key


def test_a_job_over_the_limit_of_characters_is_refused_with_the_reason(tmp_path):
    session, _ = uploaded(tmp_path, 1)
    finish(session, order(job="要求 " * 2_000), ready(), Settings(max_characters=5_000))
    assert session.message
    assert session.message.rejected
    assert session.message.rejected.reason == "too_long"


def test_a_paste_of_5_mb_is_listed_and_the_rest_is_ranked(tmp_path):
    session, _ = uploaded(tmp_path, 2)
    finish(session, order(pasted="张" * 1_700_000), ready())
    assert session.ranking
    assert len(session.ranking.rows) == 2
    assert [(one.name, one.reason) for one in session.rejected] == [("粘贴的文本", "too_large")]


def test_files_beyond_the_limit_are_listed(tmp_path):
    settings = Settings(max_files=4)
    session, _ = uploaded(tmp_path, 7, settings)
    assert (len(session.documents), [one.reason for one in session.unread]) == (4, ["too_many"] * 3)
    finish(session, order(pasted="王五，熟悉 Python 与平台开发"), ready(), settings)
    assert session.ranking
    assert len(session.ranking.rows) == 4
    assert len(session.rejected) == 4


def test_only_unreadable_files(tmp_path):
    empty = tmp_path / "empty.pdf"
    empty.touch()
    session = Session()
    for _ in add_uploads(session, [str(empty)], Settings()):
        pass
    finish(session, order(), ready())
    assert message_key(session) == "message.nothing_readable"
    assert [one.name for one in session.unread] == ["empty.pdf"]


def test_stopping_keeps_what_is_done(tmp_path):
    session, _ = uploaded(tmp_path, 6)
    for _ in run(session, order(), ready(), Settings(), STORE):
        if session.ranking and len(session.ranking.rows) == 2 and not session.stops:
            stop(session)
    assert session.ranking
    assert len(session.ranking.rows) == 2 and session.ranking.total == 6
    assert session.stopped
    assert session.progress is None
    assert all(row.match_points for row in session.ranking.rows), "what is scored is explained"
    give_label(session, STORE, {"label": session.ranking.rows[0].id, "grade": FULL, "reason": ""})
    assert [label.grade for label in session.labels[session.ranking.rows[0].id]] == [FULL]
    assert "已停止：完成 2/6 份" in board_html(session, texts("zh"))
    again = Session()
    assert reopen(again, session.run_id, STORE, Form()) and again.ranking
    assert again.ranking.rows == session.ranking.rows and "已停止：完成 2/6 份" in board_html(again, texts("zh"))


def test_stopping_again_ends_the_search_for_match_points_and_keeps_those_that_are_found(tmp_path):
    session, _ = uploaded(tmp_path, 6)
    for _ in run(session, order(), ready(), Settings(), STORE):
        if session.progress and session.progress.stage == EXPLAINING and session.progress.done == 2:
            stop(session)
    assert session.ranking and session.stopped and session.progress is None
    assert [bool(row.match_points) for row in session.ranking.rows].count(True) == 2
    assert len(session.ranking.rows) == session.ranking.total == 6
    assert [row.logit for row in session.ranking.rows] == sorted((row.logit for row in session.ranking.rows), reverse=True)
    assert len(STORE.run(session.run_id).rows) == 6


def test_an_engine_that_fails_keeps_what_is_done(tmp_path):
    session, _ = uploaded(tmp_path, 2)
    finish(session, order(pasted="王五 FAIL"), ready())
    assert message_key(session) == "message.scoring_failed"
    assert session.ranking
    assert len(session.ranking.rows) == 2


def test_a_request_waits_for_the_model_and_then_goes_on(tmp_path):
    session, _ = uploaded(tmp_path, 1)
    model = Model()
    threading.Timer(0.6, lambda: model.ready(CountingEngine(), ENCODER)).start()
    stages = {session.progress.stage for _ in run(session, order(), model, Settings(), STORE) if session.progress}
    assert WAITING in stages
    assert session.ranking
    assert session.ranking.finished


def test_a_model_that_did_not_load_is_said(tmp_path):
    session, _ = uploaded(tmp_path, 1)
    model = Model()
    model.failed("not enough memory")
    finish(session, order(), model)
    assert session.message
    assert session.message.values == {"problem": "not enough memory"}


def test_the_batch_size_of_the_page_reaches_the_engine(tmp_path):
    session, _ = uploaded(tmp_path, 5)
    engine = CountingEngine()
    finish(session, order(batch_size=3), ready(engine))
    finish(session, order(instruction="something else"), ready(engine))
    assert engine.batch_sizes == [3, 3, 2, 2, 2]


def test_one_more_resume_is_one_more_score_and_what_was_removed_is_forgotten(tmp_path):
    session, _ = uploaded(tmp_path, 5)
    engine = CountingEngine()
    model = ready(engine)
    finish(session, order(), model)
    calls = len(engine.batch_sizes)
    finish(session, order(pasted="候选人：熟悉 Python 与 Kafka"), model)
    assert len(engine.batch_sizes) == calls + 1
    assert session.ranking and len(session.ranking.rows) == 6

    forget(session, model, session.documents[0])
    finish(session, order(), model)
    assert len(engine.batch_sizes) == calls + 2 and engine.forgotten == []
    forget(session, model)
    assert engine.forgotten == [session.query]
    finish(session, order(), model)
    assert len(engine.batch_sizes) == 2 * calls + 2


def test_cleaning_switches_apply_to_the_next_run_without_another_upload(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("张三\n────────────\n熟悉 Python", "utf-8")
    session = Session()
    for _ in add_uploads(session, [str(path)], Settings()):
        pass
    finish(session, order(), ready())
    cleaned = session.resumes[0].text
    finish(session, Order(JOB, "", "", "", 0, Cleaning(denoise=False, tech_stack=False)), ready())
    assert "────" not in cleaned
    assert "────" in session.resumes[0].text


def test_an_uploaded_job_is_read_and_deleted(tmp_path):
    path = tmp_path / "JD.txt"
    path.write_text(JOB, "gb18030")
    session = Session()
    assert read_job(session, str(path), Settings()) == JOB
    assert not path.exists()


def test_an_unreadable_job_says_why(tmp_path):
    path = tmp_path / "JD.pdf"
    path.write_text("<html><body>login</body></html>")
    session = Session()
    assert read_job(session, str(path), Settings()) is None
    assert session.message
    assert session.message.rejected
    assert session.message.rejected.name == "JD.pdf"


def test_what_is_read_is_scored_while_the_rest_is_still_being_read(tmp_path):
    session = Session()
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for path in paths:
        path.write_text(f"候选人，熟悉 Python。{path.name}", "utf-8")
    engine = CountingEngine()
    reading = add_uploads(session, [str(path) for path in paths], DEFAULTS)
    next(reading)
    next(reading)
    assert len(session.documents) == 1 and session.reading
    ranking = run(session, order(batch_size=1), ready(engine), DEFAULTS, STORE)
    while session.ranking is None:
        next(ranking)
    assert (len(session.ranking.rows), session.ranking.total) == (1, 3)
    assert session.progress and session.progress.total == 3
    for _ in (*reading, *ranking):
        pass
    assert len(session.ranking.rows) == 3 and session.ranking.finished


def test_stopping_ends_the_wait_for_files_that_are_still_being_read(tmp_path):
    session, _ = uploaded(tmp_path, 1)
    session.reading = Progress(READING, 0, 5)
    ranking = run(session, order(batch_size=1), ready(), DEFAULTS, STORE)
    while session.ranking is None:
        next(ranking)
    threading.Timer(0.2, lambda: stop(session)).start()
    for _ in ranking:
        pass
    assert session.stopped and len(session.ranking.rows) == 1


def test_an_unreadable_file_among_those_still_being_read_is_listed(tmp_path):
    session = Session()
    paths = [tmp_path / "good.txt", tmp_path / "empty.pdf"]
    paths[0].write_text("候选人，熟悉 Python。", "utf-8")
    paths[1].touch()
    reading = add_uploads(session, [str(path) for path in paths], DEFAULTS)
    next(reading)
    ranking = run(session, order(), ready(), DEFAULTS, STORE)
    next(ranking)
    for _ in (*reading, *ranking):
        pass
    assert session.ranking and len(session.ranking.rows) == 1
    assert [one.name for one in session.rejected] == ["empty.pdf"]


def test_a_pile_is_cleaned_once_until_cleaning_or_job_change_and_nothing_is_held_of_what_was_removed(tmp_path, monkeypatch):
    session, _ = uploaded(tmp_path, 3)
    cleaned: list[str] = []

    def counted(document, cleaning, *rest):
        cleaned.append(document.name)
        return prepare(document, cleaning, *rest)

    monkeypatch.setattr("service.run.prepare", counted)
    finish(session, order(), ready())
    finish(session, order(instruction="something else"), ready())
    assert sorted(cleaned) == ["0.txt", "1.txt", "2.txt"]
    masked = Order(JOB, "", "粘贴的文本", "", 0, Cleaning(blind=True))
    finish(session, masked, ready())
    assert len(cleaned) == 6, "blind mode never shows what was cleaned without it"
    finish(session, order(job=JOB + "\n3. 熟悉 Go"), ready())
    assert len(cleaned) == 9, "what is copied from the job depends on the job"
    session.documents.clear()
    assert len(session.cleaned[1]) == 0
