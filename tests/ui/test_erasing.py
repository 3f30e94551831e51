"""Erasing reaches every open tab: what it holds, what it runs, what it may still have in its boxes; and its user is told."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest

from feedback.learning.tuning import learn_from_store
from feedback.store.store import Store, UnknownCandidate
from i18n.texts import texts
from preprocess.intake import File
from preprocess.pipeline import Cleaning, read_resume
from service.ask import ask_model
from service.erase import drop_row
from service.label import give_label, not_kept
from service.message import Message
from service.model import Model
from service.output.as_csv import csv_bytes
from service.output.candidates import listed_people
from service.run_state import Order
from settings import Settings
from tests.encoder import ENCODER
from tests.service.desk import ready
from ui.erasing import cleared, erase_everywhere, reading_without_erased, told_after
from ui.html.status import pile_html
from ui.session import Session
from ui.session_parts import Form, Visitor
from ui.steps import rank_steps, reopen_run, upload_steps
from ui.tabs.rank_contents import board_of, opened_of
from ui.undo import offer_undo, undo

ZH = texts("zh")
JOB = "任职要求：\n1. 熟悉 Python，三年以上经验\n2. 熟悉 Kubernetes"
LIN = "姓名：林知遥\n电话：13900000022\n三年后端开发，用 Python 负责订单服务，延迟下降 40%，并参与 Kubernetes 集群的运维。"
CHEN = "姓名：陈屿舟\n电话：13700000033\n会计，熟悉报表与税务，用过 Python。"
SUN = "姓名：孙闻溪\n三年 Kubernetes 运维经验，负责集群。"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "feedback.sqlite3")


@pytest.fixture
def model() -> Model:
    return ready()


def opened(tmp_path: Path, *texts: str, user: str = "ben") -> Session:
    """Return a tab with these resumes on its pile."""
    session = Session(Visitor(user=user))
    for number, text in enumerate(texts):
        path = tmp_path / f"{user}-{number}.txt"
        path.write_text(text, "utf-8")
        for _ in upload_steps(session.pile, session.view, [str(path)], Settings()):
            pass
    return session


def rank(session: Session, store: Store, model: Model, *, pasted: str = "", instruction: str = "", blind: bool = False) -> Session:
    session.form = Form(JOB, pasted, instruction)
    order = Order(JOB, pasted, "粘贴的文本", instruction, 0, Cleaning(blind=blind))
    for _ in rank_steps(session, order, model, Settings(), store):
        pass
    return session


def id_of(text: str) -> str:
    return read_resume(File("a.txt", text.encode())).id


def erase(store: Store, model: Model, *sessions: Session, text: str = LIN, by: Session | None = None):
    return erase_everywhere(store, model, sessions, by or Session(Visitor(user="anna")), [id_of(text)])


def everything_of(session: Session, model: Model) -> str:
    """Return all that a page may show of a session."""
    parts = [board_of(session), pile_html(session.pile, session.form, session.view, ZH), opened_of(session, model), session.form]
    return str(
        [
            parts,
            session.pile.documents,
            session.run.resumes,
            session.run.ranking,
            session.run.labels,
            session.run.rejected,
            session.pile.unread,
            session.run.change,
        ]
    )


@pytest.mark.parametrize("blind", [False, True])
def test_another_tab_holds_nothing_of_them_and_its_user_is_told(tmp_path: Path, store: Store, model: Model, blind: bool):
    rank(opened(tmp_path, LIN, user="first"), store, model)
    session = rank(opened(tmp_path, LIN, CHEN, SUN), store, model, blind=blind)
    assert session.run.ranking
    first = session.run.ranking.rows[0]
    assert first.input_position == 1, "the engine likes length"
    give_label(session.run, store, session.visitor.user, {"label": first.id, "grade": 2})
    session.view.selected, session.run.answers[1] = 1, ()
    erase(store, model, session)
    assert session.run.ranking and [row.rank for row in session.run.ranking.rows] == [1, 2] and session.run.ranking.total == 2
    assert (session.view.selected, session.run.answers, session.run.labels, len(session.pile.documents)) == (0, {}, {}, 2)
    told = everything_of(session, model)
    assert "13900000022" not in told and "订单服务" not in told
    assert session.view.message == (
        Message("message.erased_elsewhere_blind", {"user": "anna"}, kind="info")
        if blind
        else Message("message.erased_elsewhere", {"name": "ben-0", "user": "anna"}, kind="info")
    )
    assert (session.erasures.count, session.work.changes) == (1, 1)


def test_head_and_bar_of_a_run_in_work_agree_when_somebody_is_erased(tmp_path: Path, store: Store, model: Model):
    rank(opened(tmp_path, LIN, user="first"), store, model)
    session = opened(tmp_path, LIN, CHEN, SUN)
    pasted = "姓名：吴越\n会计。"
    totals = []
    for _ in rank_steps(session, Order(JOB, pasted, "粘贴的文本", "", 0, Cleaning()), model, Settings(), store):
        if session.run.ranking and session.run.progress and session.run.progress.done:
            totals.append((session.run.ranking.total, session.run.progress.total, session.run.progress.done))
            if len(totals) == 1:
                erase(store, model, session)
    assert totals[0] == (4, 4, 1)
    assert {(total, of) for total, of, _ in totals[1:]} == {(3, 3)} and all(done <= 3 for *_, done in totals)


def test_a_tab_without_them_is_left_alone(tmp_path: Path, store: Store, model: Model):
    rank(opened(tmp_path, LIN, user="first"), store, model)
    session = rank(opened(tmp_path, CHEN, SUN), store, model)
    before = everything_of(session, model)
    erase(store, model, session)
    assert everything_of(session, model) == before and (session.erasures.count, session.view.message) == (0, None)


def test_ranking_again_in_another_tab_does_not_bring_them_back(tmp_path: Path, store: Store, model: Model):
    session = rank(opened(tmp_path, LIN, CHEN), store, model)
    erase(store, model, session)
    for blind in (False, True):
        rank(session, store, model, blind=blind)
        assert session.run.ranking and len(session.run.ranking.rows) == 1
        assert [row.text for row in store.run(session.run.run_id).rows] == [session.run.resumes[0].text]


def test_an_upload_that_was_never_ranked_goes_from_the_pile(tmp_path: Path, store: Store, model: Model):
    rank(opened(tmp_path, LIN, SUN, user="first"), store, model)
    session = opened(tmp_path, LIN, CHEN, SUN)
    erase(store, model, session)
    assert [document.name for document in session.pile.documents] == ["ben-1.txt", "ben-2.txt"]
    erase(store, model, session, text=SUN)  # without any contact: known by the text
    assert [document.name for document in session.pile.documents] == ["ben-1.txt"]


def test_what_was_pasted_loses_their_part_and_the_page_may_still_send_it(tmp_path: Path, store: Store, model: Model, monkeypatch):
    pasted = f"候选人1：\n{LIN}\n---\n候选人2：\n{CHEN}"
    session = rank(Session(Visitor(user="ben")), store, model, pasted=pasted, instruction="优先林知遥")
    erase(store, model, session)
    assert session.form == Form(JOB, f"候选人2：\n{CHEN}", "优先该候选人") and session.erasures.changed_form == {"pasted", "instruction"}
    assert session.run.query and session.run.query.instruction == "优先该候选人"
    form = cleared(Form(JOB, pasted, "优先林知遥"), session.erasures)
    assert form == session.form == Form(JOB, f"候选人2：\n{CHEN}", "优先该候选人")
    session.erasures.tell()
    assert LIN not in cleared(Form(JOB, pasted, ""), session.erasures).pasted, "the click was on its way when the page was updated"
    monkeypatch.setattr("ui.session_parts.ON_ITS_WAY_S", 0.0)
    assert cleared(Form(JOB, pasted, ""), session.erasures).pasted == pasted, "pasted anew, on purpose"


@pytest.mark.parametrize("blind", [False, True])
@pytest.mark.parametrize("after", [1, 2, 5])
def test_a_run_in_work_goes_on_without_them(tmp_path: Path, store: Store, model: Model, blind: bool, after: int):
    rank(opened(tmp_path, LIN, user="first"), store, model)
    session = opened(tmp_path, CHEN, LIN, SUN)
    steps = rank_steps(session, Order(JOB, "", "", "优先林知遥", 1, Cleaning(blind=blind)), model, Settings(), store)
    for _ in range(after):
        next(steps)
    erase(store, model, session)
    for _ in told_after(session.view, None, steps):
        assert "订单服务" not in everything_of(session, model)
    assert session.run.ranking and session.run.ranking.finished and session.run.ranking.total == 2
    assert [row.rank for row in session.run.ranking.rows] == [1, 2]
    kept = store.run(session.run.run_id)
    assert len(kept.rows) == 2 and "林知遥" not in kept.instruction
    assert "订单服务" not in "".join(row.text for row in kept.rows)
    if after > 2:
        assert session.view.message and session.view.message.key.startswith("message.erased_elsewhere")


def test_a_file_that_is_read_after_the_erasure_does_not_come_in(tmp_path: Path, store: Store, model: Model):
    rank(opened(tmp_path, LIN, user="first"), store, model)
    session, paths = Session(Visitor(user="ben")), [tmp_path / f"{number}.txt" for number in range(3)]
    for path, text in zip(paths, (CHEN, LIN, SUN), strict=True):
        path.write_text(text, "utf-8")
    reading = upload_steps(session.pile, session.view, [str(path) for path in paths], Settings())
    steps = reading_without_erased(session.pile, session.run, session.view, reading, store)
    while not session.pile.documents:
        next(steps)
    erase(store, model, session)
    for _ in steps:
        assert "林知遥" not in str(session.pile.documents)
    assert [document.name for document in session.pile.documents] == ["0.txt", "2.txt"]
    assert session.view.message and session.view.message.key == "message.erased_by_somebody"


def test_the_engine_forgets_every_version_and_nobody_else(tmp_path: Path, store: Store, model: Model):
    ranked = []
    for blind in (False, True):
        session = rank(opened(tmp_path, LIN, CHEN), store, model, blind=blind)
        assert session.run.query
        ranked += [(session.run.query, resume) for resume in session.run.resumes]
        list(ask_model(session.run, 1, model))
    passages = [key for _, key in model.engine._cache._scores if "/" in key]
    assert passages and len({resume.id for _, resume in ranked}) == 4
    erase(store, model)
    known = [[score.known for score in model.engine.score(query, [(resume.id, resume.text)])] for query, resume in ranked]
    assert known == [[False], [True], [False], [True]]
    assert not any("/" in key for _, key in model.engine._cache._scores), "passages of hers go with her"


def test_a_label_on_somebody_erased_says_so_in_words(tmp_path: Path, store: Store, model: Model):
    session = rank(opened(tmp_path, LIN, CHEN), store, model)
    erase(store, model)  # by a process that does not know of this session
    with pytest.raises(UnknownCandidate):
        give_label(session.run, store, session.visitor.user, {"label": id_of(LIN), "grade": 2})
    assert not_kept(session.run, store) == Message("message.candidate_erased")
    assert session.run.ranking and [row.id for row in session.run.ranking.rows] == [id_of(CHEN)]
    assert "删除" in ZH("message.candidate_erased") and "Unknown" not in board_of(session)


def test_ranks_count_from_one_again_in_the_list_and_the_export(tmp_path: Path, store: Store, model: Model):
    session = rank(opened(tmp_path, LIN, CHEN, SUN), store, model)
    erase(store, model, session)
    again = Session()
    assert reopen_run(again, session.run.run_id, store, Form())
    for tab_session in (session, again):
        assert tab_session.run.ranking and [(row.rank, row.model_rank, row.input_position) for row in tab_session.run.ranking.rows] == [
            (1, 1, 2),
            (2, 2, 3),
        ]
        assert re.findall(r'rr-rank"><b>(\d)', board_of(tab_session)) == ["1", "2"]
        assert tab_session.run.query
        people = listed_people(tab_session.run.ranking, tab_session.run.resumes)
        exported = csv.reader(StringIO(csv_bytes(people, tab_session.run.ranking, [], ZH).decode()))
        assert [line[0] for line in exported][1:3] == ["1", "2"]


def test_a_copy_of_somebody_erased_no_longer_points_at_them(tmp_path: Path, store: Store, model: Model):
    long = "负责订单服务的设计与实现，参与评审，编写测试，跟进上线，处理告警，优化接口延迟，整理文档，带教新人。" * 2
    people = [f"姓名：{name}\n{long}{more}" for name, more in (("林知遥", "并负责集群。"), ("陈屿舟", "并负责。"), ("孙闻溪", ""))]
    session = rank(opened(tmp_path, *people), store, model)

    def copies() -> list[list[str]]:
        assert session.run.ranking
        return [[note.before for note in row.notes if note.code == "duplicate"] for row in session.run.ranking.rows]

    assert copies() == [[], ["#1"], ["#1"]]
    erase(store, model, session, text=people[0])
    assert copies() == [[], ["#1"]]


def test_ranking_the_same_file_later_is_a_new_upload(tmp_path: Path, store: Store, model: Model):
    session = rank(opened(tmp_path, LIN, CHEN), store, model)
    erase(store, model, session)
    again = rank(opened(tmp_path, LIN, user="carl"), store, model)
    assert [row.text for row in store.run(again.run.run_id).rows] == [again.run.resumes[0].text] and again.run.ranking
    give_label(again.run, store, again.visitor.user, {"label": again.run.ranking.rows[0].id, "grade": 2})
    assert store.labels_of_run(again.run.run_id)


def test_the_file_that_could_not_be_read_loses_its_name(tmp_path: Path, store: Store, model: Model):
    session = rank(opened(tmp_path, LIN, CHEN), store, model)
    path = tmp_path / "林知遥_扫描件.pdf"
    path.write_bytes(b"no pdf at all")
    for _ in upload_steps(session.pile, session.view, [str(path)], Settings()):
        pass
    assert [file.name for file in session.pile.unread] == ["林知遥_扫描件.pdf"]
    erase(store, model, session)
    assert [file.name for file in session.pile.unread] == ["该候选人_扫描件.pdf"]


def test_a_click_taken_back_does_not_bring_them_back(tmp_path: Path, store: Store, model: Model):
    session, other = (rank(opened(tmp_path, *pile), store, model) for pile in ((LIN, CHEN), (SUN, CHEN)))
    for tab_session in (session, other):
        offer_undo(tab_session, "pile_cleared")
        tab_session.pile.documents = []
    erase(store, model, session, other)
    assert undo(session) is None and session.pile.documents == []
    assert undo(other) and len(other.pile.documents) == 2


def test_what_was_learned_of_them_and_not_applied_yet_goes(tmp_path: Path, store: Store, model: Model):
    session = rank(opened(tmp_path, LIN, CHEN), store, model)
    give_label(session.run, store, session.visitor.user, {"label": id_of(LIN), "grade": 2})
    session.outcome = learn_from_store(store, model.engine.info.fingerprint, ENCODER)
    assert "林知遥" in str(session.outcome)
    erase(store, model, session)
    assert session.outcome is None


def test_a_row_that_another_process_erased_can_be_dropped(tmp_path: Path, store: Store, model: Model):
    session = rank(opened(tmp_path, LIN, CHEN), store, model)
    drop_row(session.run, id_of(LIN))
    assert session.run.ranking and [row.rank for row in session.run.ranking.rows] == [1]
