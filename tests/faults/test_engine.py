"""An engine that fails in one batch, or gives no number for one resume: who is concerned is told, everyone else gets their ranking."""

import math
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from feedback.store.history import entries
from feedback.store.store import Store
from i18n.texts import texts
from preprocess.document import Rejected, Resume
from reranker.engine import IdAndText, Query, Score, ScoringError
from reranker.ranking import rank, rank_stream
from reranker.scheduler import Scheduler
from service.model import Model
from service.output.as_csv import csv_bytes
from service.output.as_xlsx import xlsx_bytes
from service.output.candidates import listed_people
from service.progress import progress_of
from settings import Settings
from tests.encoder import JUDGE
from tests.engines import with_ids
from tests.faults.page import JOB, order
from tests.service.desk import ready
from tests.ui.samples import CountingEngine
from ui.background import start
from ui.session import Session
from ui.session_parts import Visitor
from ui.steps import rank_steps
from ui.tabs.rank_contents import board_of

QUERY = Query(JOB, "instruction")


class SometimesNoNumber(CountingEngine):
    """Gives what a broken product gives for a resume that says NAN or INF; scores the others by length."""

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        for index, (_, document) in enumerate(documents):
            self.batch_sizes.append(batch_size)
            logit = math.nan if "NAN" in document else -math.inf if "INF" in document else float(len(document))
            yield Score(index, logit, len(document))


class Breaks(CountingEngine):
    """Fails as a backend does, with an error that is not ours, whenever a resume says BREAK."""

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        for score, (_, document) in zip(super().score(query, documents, batch_size), documents, strict=True):
            if "BREAK" in document:
                raise RuntimeError("CUDA error: an illegal memory access was encountered")
            yield score


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        opened = Store(Path(folder) / "feedback.sqlite3")
        yield opened
        opened.close()


def ranked(model: Model, pasted: str, store: Store) -> Session:
    session = Session()
    for _ in rank_steps(session, order(pasted), model, Settings(), store):
        pass
    return session


def people(*texts: str) -> list[Resume]:
    return [Resume(str(number) * 64, f"{number}.txt", text) for number, text in enumerate(texts)]


def test_a_resume_without_a_number_is_listed_apart_and_the_others_are_ranked():
    resumes = people("熟悉 Python", "NAN 熟悉 Python", "INF", "熟悉 Python，三年以上经验")
    rankings = list(rank_stream(QUERY, resumes, Scheduler(SometimesNoNumber()), JUDGE))
    assert all(math.isfinite(row.logit) for ranking in rankings for row in ranking.rows)
    last = rankings[-1]
    assert [(row.rank, row.input_position) for row in last.rows] == [(1, 4), (2, 1)]
    assert (last.total, [file.name for file in last.unscored]) == (2, ["1.txt", "2.txt"])
    assert [progress_of(ranking).total for ranking in rankings[:4]] == [4, 3, 2, 2], "the bar reaches its end"
    assert all(value >= 0 for ranking in rankings for value in ranking.timing.values())


def test_no_number_at_all_is_an_error_that_says_what_to_try():
    with pytest.raises(ScoringError, match="not_a_number"):
        rank(QUERY, people("NAN", "NAN 2"), SometimesNoNumber(), JUDGE)


def test_what_was_no_number_is_asked_again_and_what_was_one_is_not():
    engine = SometimesNoNumber()
    scheduler = Scheduler(engine)
    for _ in range(2):
        list(scheduler.score(QUERY, with_ids(["fine", "NAN"])))
    assert len(engine.batch_sizes) == 3


def test_no_number_reaches_the_list_the_files_the_history_or_a_label_and_the_reason_is_said(store: Store):
    session = ranked(ready(SometimesNoNumber()), "张三，NAN 熟悉 Python\n---\n李四，熟悉 Python\n---\n王五，会计", store)
    assert session.run.ranking and session.view.message is None
    assert [row.input_position for row in session.run.ranking.rows] == [2, 3]
    assert [file.reason for file in session.run.rejected] == ["no_score"]
    kept = store.run(session.run.run_id)
    assert [row.input_position for row in kept.rows] == [2, 3] and entries(store)[0].candidates == 2
    for language in ("zh", "en"):
        words = texts(language)
        session.visitor = Visitor(language)
        ranking, rejected = session.run.ranking, session.run.rejected
        people = listed_people(ranking, session.run.resumes)
        board, table = board_of(session), csv_bytes(people, ranking, rejected, words).decode("utf-8-sig")
        workbook = xlsx_bytes(people, ranking, QUERY, rejected, CountingEngine.info, words, session.run.weights, "not_blind")
        assert words.rejected(Rejected("", "no_score")) in board and workbook
        assert not any(word in text for text in (board, table) for word in (">nan", ",nan", ">inf", ",inf"))


@pytest.mark.long
def test_a_backend_that_breaks_in_one_run_leaves_the_runs_of_others_alone_and_the_next_one_works(store: Store):
    engine = Breaks(seconds=0.01)
    model = ready(engine)
    many = "\n---\n".join(f"候选人 {number}，" + "熟悉 Python。" * (number + 5) for number in range(20))
    others = [Session() for _ in range(2)]
    broken = Session()
    for session in (others[0], broken, others[1]):
        steps = rank_steps(session, order("张三\n---\nBREAK" if session is broken else many), model, Settings(), store)
        start(session.work, session.run, session.view, steps)
    for thread in [thread for thread in threading.enumerate() if thread.name == "run"]:
        thread.join(30)
    assert broken.view.message and broken.view.message.key == "message.internal" and not broken.run.busy
    assert "CUDA" not in texts("zh")(broken.view.message.key, **broken.view.message.values), "the words are for people"
    for session in others:
        assert session.view.message is None and session.run.ranking and session.run.ranking.finished and len(session.run.ranking.rows) == 20
    assert model.engine.requests == 0
    again = Session()
    for _ in rank_steps(again, order("张三，熟悉 Python"), model, Settings(), store):
        pass
    assert again.view.message is None and again.run.ranking and again.run.ranking.finished
