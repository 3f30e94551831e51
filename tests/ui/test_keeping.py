"""What a tab shows outlives the process: kept after each change, and taken up by the next process as it was."""

import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from feedback.store.candidate_data import find_candidates
from feedback.store.erase import erase
from feedback.store.history import entries
from feedback.store.page_sessions import runs_cut_off
from feedback.store.store import Store
from i18n.texts import texts
from preprocess.document import Rejected
from preprocess.pipeline import Cleaning, clean
from reranker import ranking
from reranker.evidence.match_points import find_evidence
from service.conditions import changes
from service.joining import split_up
from service.pile import Pile, joined_document
from service.run_state import Order, stop
from settings import Settings
from tests.engines import engine_info
from tests.preprocess.joining import papers
from tests.service.desk import ready
from tests.ui.clicks import click
from tests.ui.samples import CountingEngine
from ui.keeping import keep, restored
from ui.page import build_page
from ui.session import Session
from ui.session_parts import Form, Kept, Visitor
from ui.session_registry import SessionRegistry
from ui.steps import rank_steps, upload_steps
from ui.tabs.rank_contents import board_of

TAB = "0123456789abcdef" * 2
LIMIT = Settings().max_characters
JOB = "任职要求：\n1. 熟悉 Python，三年以上经验"


class RememberingEngine(CountingEngine):
    """Remembers which texts it was asked about."""

    def __init__(self):
        super().__init__()
        self.asked: list[str] = []

    def score(self, query, documents, batch_size=None):
        documents = list(documents)
        self.asked += [text for _, text in documents]
        return super().score(query, documents, batch_size)


def order(cleaning: Cleaning = Cleaning()) -> Order:  # noqa: B008
    return Order(JOB, "", "粘贴的文本", "", 0, cleaning)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "feedback.sqlite3")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(Visitor(user="hr", tab=TAB), form=Form(JOB, "", "look at projects"))
    paths = []
    for number in range(6):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(f"候选人 {number}\n电话 1380000000{number}\n熟悉 ＲｅａｃｔＪＳ 与 k8s。" + "负责平台开发。" * number, "utf-8")
    (tmp_path / "empty.pdf").touch()
    for _ in upload_steps(session.pile, session.view, [*map(str, paths), str(tmp_path / "empty.pdf")], Settings()):
        pass
    return session


def cut_off(session: Session, store: Store, rows: int, cleaning: Cleaning = Cleaning()) -> None:  # noqa: B008
    """Run until there are so many rows, keep, and go no further: what a killed process leaves."""
    for _ in rank_steps(session, order(cleaning), ready(CountingEngine()), Settings(), store):
        if session.run.ranking and len(session.run.ranking.rows) == rows:
            keep(session, store, LIMIT)
            return


def test_an_idle_page_comes_back_with_form_pile_list_and_what_was_not_read(session, store):
    for _ in rank_steps(session, order(), ready(CountingEngine()), Settings(), store):
        keep(session, store, LIMIT)
    session.pile.reading_names = ["late.pdf"]
    keep(session, store, LIMIT)
    again = restored(store, "hr", TAB)
    assert again and again.run.order is None and again.run.known_scores is None
    assert again.form == Form(JOB, "", "look at projects")
    assert [document.name for document in again.pile.documents] == [document.name for document in session.pile.documents]
    assert [(file.name, file.reason) for file in again.pile.unread] == [("empty.pdf", "empty_file"), ("late.pdf", "lost_on_restart")]
    assert again.run.ranking and session.run.ranking and again.run.run_id == session.run.run_id
    assert again.run.ranking.rows == session.run.ranking.rows
    assert "1.txt" in board_of(again) or "<i>.txt</i>" in board_of(again)
    assert restored(store, "someone else", TAB) is None


@pytest.mark.parametrize("cleaning", [Cleaning(), Cleaning(blind=True)], ids=["clean", "blind"])
def test_files_that_are_kept_are_still_there_for_a_run_that_was_cut_off(tmp_path: Path, store: Store, cleaning: Cleaning):
    session = Session(Visitor(user="hr", tab=TAB), form=Form(JOB, "", ""))
    (tmp_path / "0.txt").write_text("候选人\n姓名：林知遥\n熟悉 Python。", "utf-8")
    for _ in upload_steps(session.pile, session.view, [str(tmp_path / "0.txt")], Settings(feedback=str(tmp_path), keep_files=True)):
        pass
    keep(session, store, LIMIT)
    session.run.order = order(cleaning)
    keep(session, store, LIMIT)
    again = restored(store, "hr", TAB)
    assert again and again.run.order
    for _ in rank_steps(again, again.run.order, ready(CountingEngine()), Settings(), store):
        pass
    [[file]] = again.run.kept_files.values()
    assert file.name == "0.txt"


@pytest.mark.parametrize("cleaning", [Cleaning(), Cleaning(blind=True), Cleaning(tech_stack=False)], ids=["clean", "blind", "own names"])
def test_a_run_that_was_cut_off_goes_on_with_the_scores_it_had(session, store, cleaning):
    cut_off(session, store, 3, cleaning)
    assert session.run.ranking
    scored = {row.id for row in session.run.ranking.rows}
    again = restored(store, "hr", TAB)
    assert again and again.run.order and again.run.known_scores and set(again.run.known_scores.scores) == scored
    engine = RememberingEngine()
    for _ in rank_steps(again, again.run.order, ready(engine), Settings(), store):
        pass
    assert again.run.ranking and again.run.ranking.finished and len(again.run.ranking.rows) == 6 and again.run.run_id
    if cleaning.tech_stack:  # what was scored with other switches is another text after a restart, and scored again
        assert len(engine.asked) == 3 and scored < {row.id for row in again.run.ranking.rows}
    assert again.view.message and again.view.message.key == "message.run_resumed_done"
    keep(again, store, LIMIT)
    last = restored(store, "hr", TAB)
    assert last and last.run.order is None and last.run.known_scores is None, "what was cut off is over"


def test_a_run_that_was_cut_off_goes_on_in_one_new_tab_of_its_user(session: Session, store: Store):
    cut_off(session, store, 3)
    started = time.time()
    assert restored(store, "li", "d" * 32, started=started) is None, "of her own only"
    again = restored(store, "hr", "d" * 32, started=started)
    assert again and again.run.order and again.run.known_scores and len(again.run.known_scores.scores) == 3
    assert restored(store, "hr", "e" * 32, started=started) is None, "it goes on once"
    assert restored(store, "hr", "d" * 32, started=started)
    for _ in rank_steps(again, again.run.order, ready(CountingEngine()), Settings(), store):
        keep(again, store, LIMIT)
    assert runs_cut_off(store) == {}


def test_a_run_that_is_in_work_or_of_nobody_signed_in_is_taken_by_no_other_tab(session: Session, store: Store):
    started = time.time()
    cut_off(session, store, 3)
    assert restored(store, "hr", "d" * 32, started=started) is None
    cut_off(nobody := replace(session, visitor=replace(session.visitor, user=""), kept=Kept()), store, 3)
    assert nobody.visitor.tab and restored(store, "", "d" * 32, started=time.time()) is None


def test_a_run_that_goes_on_and_is_stopped_is_not_called_completed(session: Session, store: Store):
    cut_off(session, store, 2)
    again = restored(store, "hr", TAB)
    assert again and again.run.order
    for _ in rank_steps(again, again.run.order, ready(CountingEngine()), Settings(), store):
        if again.run.ranking and len(again.run.ranking.rows) == 4 and not again.run.stops:
            stop(again.run)
    assert again.view.message is None
    assert "已停止：完成 4/6 份" in board_of(again)


def test_what_was_found_beside_the_scores_is_not_looked_for_again(session: Session, store: Store, monkeypatch: pytest.MonkeyPatch):
    cut_off(session, store, 3)
    assert session.run.ranking
    before = {row.id: (row.match_points, row.features) for row in session.run.ranking.rows}
    again = restored(store, "hr", TAB)
    assert again and again.run.order
    read = []
    monkeypatch.setattr(ranking, "find_evidence", lambda asked, text, *rest: read.append(text) or find_evidence(asked, text, *rest))
    for _ in rank_steps(again, again.run.order, ready(CountingEngine()), Settings(), store):
        pass
    assert again.run.ranking and len(again.run.ranking.rows) == 6 and len(read) == 3
    after = {row.id: (row.match_points, row.features) for row in again.run.ranking.rows}
    assert all(points for points, _ in after.values()) and {key: after[key] for key in before} == before


def test_a_run_that_was_stopped_is_not_taken_up_again_and_loses_no_score(session, store):
    for _ in rank_steps(session, order(), ready(CountingEngine()), Settings(), store):
        if session.run.ranking and len(session.run.ranking.rows) == 3:
            stop(session.run)
            keep(session, store, LIMIT)
            break
    again = restored(store, "hr", TAB)
    assert again and again.run.order is None and again.run.stopped
    words = texts("zh")
    assert words("message.stopped_before_restart", done=3, total=6) in board_of(again)
    engine = RememberingEngine()
    for _ in rank_steps(again, order(), ready(engine), Settings(), store):
        pass
    assert len(engine.asked) == 3 and again.run.ranking and len(again.run.ranking.rows) == 6
    assert again.view.message is None


def test_scores_of_another_engine_are_not_taken_over(session, store):
    cut_off(session, store, 3)
    again = restored(store, "hr", TAB)
    assert again and again.run.order
    engine = RememberingEngine()
    engine.info = engine_info(fingerprint="another")
    for _ in rank_steps(again, again.run.order, ready(engine), Settings(), store):
        pass
    assert len(engine.asked) == 6


def test_what_is_removed_from_the_pile_is_not_kept(session, store):
    keep(session, store, LIMIT)
    assert len(find_candidates(store, "熟悉")) == 6
    del session.pile.documents[1:]
    keep(session, store, LIMIT)
    again = restored(store, "hr", TAB)
    assert again and [document.name for document in again.pile.documents] == ["0.txt"]
    assert len(find_candidates(store, "熟悉")) == 1


def test_a_tab_without_a_key_is_not_kept_and_a_broken_store_stops_nobody(session, store, tmp_path, caplog):
    session.visitor = Visitor(user="hr")
    keep(session, store, LIMIT)
    assert find_candidates(store, "熟悉") == []
    session.visitor = Visitor(user="hr", tab=TAB)
    store.close()
    keep(session, store, LIMIT)
    assert "was not kept: ProgrammingError" in caplog.text and "候选人" not in caplog.text


def test_a_state_that_cannot_be_read_gives_a_new_page(session, store):
    keep(session, store, LIMIT)
    with store.writing() as db:
        db.execute("UPDATE page_sessions SET state = '{}'")
    assert restored(store, "hr", TAB) is None


def test_unread_files_come_back_as_they_were(store):
    session = Session(Visitor(tab=TAB), pile=Pile(unread=[Rejected("a.pdf", "too_large", "20 MB")]))
    keep(session, store, LIMIT)
    again = restored(store, "", TAB)
    assert again and again.pile.unread == session.pile.unread


def test_the_files_of_one_person_can_be_split_after_a_restart(store, tmp_path):
    session = Session(Visitor(user="hr", tab=TAB), form=Form(JOB, "", ""))
    texts_of_files = {"a": papers.RESUME, "b": papers.SIGNED_LETTER, "c": papers.OTHER, "空白": ""}
    paths = [tmp_path / f"{name}.txt" for name in texts_of_files]
    for path, text in zip(paths, texts_of_files.values(), strict=True):
        path.write_text(text, "utf-8")
    for _ in upload_steps(session.pile, session.view, [*map(str, paths)], Settings()):
        pass
    for _ in rank_steps(session, order(), ready(CountingEngine()), Settings(), store):
        keep(session, store, LIMIT)
    again = restored(store, "hr", TAB)
    assert again and [clean(document) for document in again.pile.documents] == [clean(document) for document in session.pile.documents]
    resume = next(resume for resume in again.run.resumes if len(resume.files) == 2)
    document = joined_document(again.pile, resume)
    assert document
    split_up(again.pile.documents, document)
    keep(again, store, LIMIT)
    last = restored(store, "hr", TAB)
    assert last and sorted(document.files for document in last.pile.documents) == [("a.txt",), ("b.txt",), ("c.txt",)]
    texts_kept = {document.name: document.text for document in last.pile.documents}
    assert "非常希望加入" in texts_kept["b.txt"] and "非常希望加入" not in texts_kept["a.txt"]


def test_the_files_of_one_person_are_erased_with_the_person(store, tmp_path):
    session = Session(Visitor(user="hr", tab=TAB), form=Form(JOB, "", ""))
    for name, text in {"a": papers.RESUME, "b": papers.SIGNED_LETTER}.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    for _ in upload_steps(session.pile, session.view, [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], Settings()):
        pass
    keep(session, store, LIMIT)
    (document,) = session.pile.documents
    assert erase(store, [clean(document).id], "hr").person
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("feedback.sqlite3*"))
    assert "非常希望加入".encode() not in stored and b"b.txt" not in stored


def with_list(session: Session, folder: Path, *rows: str) -> Session:
    """Add a list of candidates to the pile."""
    (folder / "名单.csv").write_text("\n".join(["候选人编号,姓名,简历文件,状态", *rows]), "utf-8")
    for _ in upload_steps(session.pile, session.view, [str(folder / "名单.csv")], Settings()):
        pass
    assert session.pile.roster.sheets == ("名单.csv",)
    return session


def ids(session: Session) -> dict[str, str]:
    return {row.name: session.run.listed[row.id].id for row in session.run.ranking.rows if row.id in session.run.listed}  # type: ignore[union-attr]


def test_a_list_of_candidates_goes_on_with_a_run_that_was_cut_off(session: Session, store: Store, tmp_path: Path):
    with_list(session, tmp_path, "A-1,,1.txt,面试", "A-4,,4.txt,", "A-9,王小明,9.txt,")
    cut_off(session, store, rows=2)
    again = restored(store, "hr", TAB)
    assert again and again.run.order
    assert [row.id for row in again.pile.roster.rows] == ["A-1", "A-4"]
    assert Rejected("名单.csv", "list_lost") in again.pile.unread, "of whom there is no resume, nothing is kept"
    stored = b"".join(path.read_bytes() for path in store.path.parent.glob(f"{store.path.name}*"))
    assert b"A-4" in stored and "王小明".encode() not in stored
    for _ in rank_steps(again, again.run.order, ready(CountingEngine()), Settings(), store):
        pass
    assert ids(again) == {"1.txt": "A-1", "4.txt": "A-4"}
    assert [status.status for status in again.run.statuses.values()] == ["interview"]


def test_who_starts_the_server_hears_whose_rankings_wait(session: Session, store: Store):
    assert runs_cut_off(store) == {}
    cut_off(session, store, rows=2)
    assert runs_cut_off(store) == {"hr": 1}
    stop(session.run)
    keep(session, store, LIMIT)
    assert runs_cut_off(store) == {}, "one that a person stopped waits for nobody"


def test_a_row_goes_with_its_resume_and_a_list_that_is_whole_is_not_lost(session: Session, store: Store, tmp_path: Path):
    with_list(session, tmp_path, "A-1,张三,1.txt,", "A-4,李四,4.txt,")
    keep(session, store, LIMIT)
    again = restored(store, "hr", TAB)
    assert again and Rejected("名单.csv", "list_lost") not in again.pile.unread and len(again.pile.roster.rows) == 2
    [of_one] = [document for document in again.pile.documents if document.name == "1.txt"]
    erase(store, [clean(of_one, max_characters=LIMIT).id], "hr")
    again = restored(store, "hr", TAB)
    assert again and [row.id for row in again.pile.roster.rows] == ["A-4"]
    again.pile.roster = again.pile.roster.without_sheet("名单.csv")
    keep(again, store, LIMIT)
    last = restored(store, "hr", TAB)
    assert last and last.pile.roster.rows == ()


def test_after_a_restart_the_list_is_still_known_to_be_older_than_the_pile(session: Session, store: Store, tmp_path: Path):
    for _ in rank_steps(session, order(), ready(CountingEngine()), Settings(), store):
        pass
    keep(session, store, LIMIT)
    again = restored(store, "hr", TAB)
    assert again and changes(again.run, again.pile, JOB, "", "") == ()
    (tmp_path / "new.txt").write_text("候选人 新\n电话 13900000000\n熟悉 Python", "utf-8")
    for _ in upload_steps(session.pile, session.view, [str(tmp_path / "new.txt")], Settings()):
        pass
    session.pile.documents.pop(0)
    keep(session, store, LIMIT)
    again = restored(store, "hr", TAB)
    assert again and changes(again.run, again.pile, f"{JOB}\n3. 英语", "", "") == ("job", "added", "removed")


def test_blind_mode_follows_the_ranking_that_is_opened_and_the_folded_form_says_so(session: Session, store: Store):
    page = build_page(ready(CountingEngine()), store, Settings(), SessionRegistry(lambda _: None, lambda *_: None))
    for blind in (False, True):
        for _ in rank_steps(session, order(Cleaning(blind=blind)), ready(CountingEngine()), Settings(), store):
            pass
    [is_blind, not_blind] = entries(store)
    for run, expected in ((is_blind, True), (not_blind, False)):
        session.view.hides_names = not expected
        clicked = SimpleNamespace(_data={"action": "open", "run": run.run_id})
        answer = click(page, "rr-runs", session, "", JOB, "", "", clicked)
        assert answer["rr-blind"] is expected
        assert (session.visitor.words("conditions.blind") in answer["rr-conditions"]) is expected
