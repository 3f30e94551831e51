"""Private rankings: at each door of the page ben finds his own, and nothing that anna ranked, said or asks for at the same job."""

import asyncio
import base64
import json
import time
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from feedback.labels import FULL, PARTIAL, Weights
from feedback.learning.gate import ACCEPTED, GateVerdict
from feedback.learning.metrics import MEASURES, Interval
from feedback.learning.report import Counts, Elsewhere, Report
from feedback.learning.versions import add_weights
from feedback.store import audit
from feedback.store.desk.notes import add_note
from feedback.store.desk.statuses import INTERVIEW, set_status
from feedback.store.history import entries
from feedback.store.pool.facts import fill_facts
from feedback.store.saved.rubrics import save_rubric
from feedback.store.sign_ins import FAILED, add_sign_in
from feedback.store.store import FILE_NAME, Run, RunRow, Store
from i18n.texts import texts
from preprocess.person import person_of
from preprocess.pipeline import Cleaning
from reranker.evidence.requirements import split_job
from reranker.rubric.criteria import as_parsed
from reranker.rubric.edits import set_kind
from service.access.access import EVERYBODY, Access
from service.model import Model
from service.progress import SCORING, Progress
from service.rank import RankRequest, RequestedRun
from service.run_state import Order
from settings import Settings
from tests.feedback.stored import ENGINE, id_of
from tests.ui.two_users import BOSS, FORM, SETTINGS, Users
from ui.exporting import spreadsheet
from ui.keeping import keep, restored
from ui.session import Session
from ui.session_parts import Visitor
from ui.tabs.rubric import RubricClicks

EN = texts("en")
JOB = "任职要求：\n熟悉 Python\n三年后端经验"
LIN, ZHOU = "林知遥\n电话：13900000022\n熟悉 Python", "周叙白\n电话：13700000033\n熟悉报表"
TAB = "c" * 32


async def loaded(users: Users, user: str, page: Session) -> dict[Any, Any]:
    """Return the first answer to the first event of a page."""
    [event] = [event for event in users.page.fns.values() if event.name == "on_load"]
    assert event.fn
    asked = SimpleNamespace(username=user, cookies={}, headers={})
    async for answer in event.fn(page, "f" * 32, "", asked):
        return {component.elem_id: value for component, value in answer.items() if component.elem_id}
    raise AssertionError("no answer")


def ranked(store: Store, user: str, *resumes: str, job: str = JOB) -> int:
    rows = tuple(
        RunRow(id_of(text), f"{text[:3]}.pdf", text, rank, rank, {"logit": -float(rank)}, {}, person_of(text))
        for rank, text in enumerate(resumes, start=1)
    )
    return store.add_run(Run(job, "", {}, ENGINE, 0, user, time.time(), rows))


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Users:
    """Return a server that keeps rankings private."""
    return Users(Store(tmp_path_factory.mktemp("private") / FILE_NAME), Access(lambda: frozenset({BOSS}), is_private=True))


@pytest.fixture(scope="module")
def others(private: Users) -> Users:
    """Return a server on the same store that does not."""
    return Users(private.store, EVERYBODY)


@pytest.fixture
def users(private: Users) -> Users:
    """Return the server with nothing in its store."""
    private.forget_all()
    return private


@pytest.fixture
def annas(users: Users) -> int:
    """Return Anna's ranking of two for the job, with all that she said of them."""
    run = ranked(users.store, "anna", LIN, ZHOU)
    users.store.label(run, id_of(LIN), "anna", FULL, "anna's reason")
    set_status(users.store, run, [id_of(LIN)], INTERVIEW, "anna")
    add_note(users.store, run, id_of(LIN), "anna", "anna's note")
    return run


@pytest.fixture
def bens(users: Users, annas: int) -> int:
    """Return Ben's ranking of one of them for the same job, after hers."""
    return ranked(users.store, "ben", LIN)


@pytest.fixture
def ben(users: Users, bens: int) -> Session:
    return users.enter("ben")


def opened(users: Users, session: Session, run: int) -> bool:
    users.click(session, "rr-runs", "", *FORM, action="open", run=run)
    return session.run.run_id == run


def test_the_history_lists_opens_compares_and_deletes_ones_own(users: Users, ben: Session, annas: int, bens: int):
    listed = users.click(ben, "history", "")["rr-runs"]
    assert f'data-run="{bens}"' in listed and f'data-run="{annas}"' not in listed and "anna" not in listed
    assert f'data-run="{annas}"' not in users.click(ben, "rr-history-search", "周叙白")["rr-runs"]
    assert not opened(users, ben, annas) and ben.run.ranking is None
    compared = users.click(ben, "rr-runs", "", *FORM, action="compare", chosen=[annas, bens])["rr-comparison"]
    assert EN("history.gone") in compared and "周叙白" not in compared
    users.click(ben, "rr-runs", "", *FORM, action="delete", run=annas)
    assert users.store.run(annas).rows
    users.click(ben, "rr-runs", "", *FORM, action="delete", run=bens)
    assert [run.run_id for run in entries(users.store)] == [annas]


def test_the_recent_rankings_are_ones_own(users: Users, ben: Session, annas: int, bens: int):
    answer = users.click(ben, "rr-recent", *FORM, run=annas)
    assert ben.run.run_id == 0 and f'data-run="{annas}"' not in answer["rr-recent"] and f'data-run="{bens}"' in answer["rr-recent"]


def test_a_ranking_in_work_is_seen_by_its_user_alone(users: Users, ben: Session):
    anna = users.enter("anna")
    anna.run.order, anna.run.progress = Order("职位名称：秘密岗位", "", "", "", 0, Cleaning()), Progress(SCORING, 1, 2)
    anna.kept.id = 7
    assert "秘密岗位" in users.click(anna, "history", "")["rr-runs"]
    assert "秘密岗位" not in users.click(ben, "history", "")["rr-runs"]
    users.click(ben, "rr-runs", "", *FORM, action="follow", run=7)
    assert not ben.run.busy and not ben.work.jobs and "秘密岗位" not in str(ben.form)


def test_what_anna_said_of_a_candidate_of_the_same_job_is_neither_shown_exported_nor_told(
    users: Users, ben: Session, annas: int, bens: int
):
    assert opened(users, ben, bens)
    assert (ben.run.labels, ben.run.statuses, ben.run.notes) == ({}, {}, {})
    anna = users.enter("anna")
    assert opened(users, anna, annas) and anna.run.labels
    users.click(anna, "rr-board", status=INTERVIEW, resumes=[id_of(ZHOU), id_of(LIN)])
    users.click(anna, "rr-board", note="another note of anna", resume=id_of(LIN))
    assert (ben.colleagues.count, ben.run.statuses, ben.run.notes) == (0, {}, {})
    users.click(ben, "rr-board", status=INTERVIEW, resumes=[id_of(LIN)])
    assert ben.run.statuses[id_of(LIN)].user == "ben", "that hers is the same does not count"
    users.click(ben, "rr-board", label=id_of(LIN), grade=PARTIAL)
    assert [label.rater for label in ben.run.labels[id_of(LIN)]] == ["ben"] and anna.colleagues.count == 0
    file = base64.b64decode(json.loads(spreadsheet(ben.run, ben.visitor, users.store, "csv"))["data"]).decode("utf-8-sig")
    panel = str(users.click(ben, "rr-board", select=1)["rr-detail"])
    for text in (file, panel):
        assert "林知遥" in text and "anna" not in text
    file = base64.b64decode(json.loads(spreadsheet(anna.run, anna.visitor, users.store, "csv"))["data"]).decode("utf-8-sig")
    assert "another note of anna" in file


def test_the_pool_has_the_people_of_ones_own_rankings(users: Users, ben: Session):
    fill_facts(users.store, 10)
    listed = users.click(ben, "rr-pool", pool="search", search={})["rr-pool-found"]
    assert "林知遥" in listed and "周叙白" not in listed and EN("label.full") not in listed and EN("desk.interview") not in listed
    with users.store.reading() as db:
        numbers = [number for [number] in db.execute("SELECT id FROM resumes")]
    users.click(ben, "rr-pool", pool="add", numbers=numbers)
    assert [document.name for document in ben.pile.documents] == ["林知遥.pdf"]
    users.click(ben, "rr-pool", pool="add", all=True, search={"words": "报表"})
    assert len(ben.pile.documents) == 1


def test_out_of_the_pool_one_takes_only_whom_one_ranked(users: Users, ben: Session):
    fill_facts(users.store, 10)
    with users.store.reading() as db:
        numbers = {sha256: number for number, sha256 in db.execute("SELECT id, sha256 FROM resumes")}
    for text, is_bens in ((ZHOU, False), (LIN, True)):
        answer = users.click(ben, "rr-pool", pool="out", number=numbers[id_of(text)], search={})["rr-pool-found"]
        assert (EN("pool.out_done") in answer) == is_bens
    listed = users.click(users.enter("anna"), "rr-pool", pool="search", search={})["rr-pool-found"]
    assert "周叙白" in listed and "林知遥" not in listed, "who objects to the pool is in nobody's"


def test_the_data_tab_is_an_administrators_and_its_log_ones_own(users: Users, ben: Session, annas: int, bens: int, tmp_path: Path):
    tab = users.click(ben, "data", "")
    assert [run for _, run in tab["rr-impact-run"]["choices"]] == [bens]
    assert EN("event.ranked") in tab["rr-audit"] and EN("event.note_added") not in tab["rr-audit"] and "anna" not in tab["rr-audit"]
    assert EN("message.admins_only") in users.click(ben, "rr-people-search", "周叙白")["rr-people"]
    answer = users.click(ben, "rr-people", "", action="export", candidate=id_of(ZHOU))
    assert EN("message.admins_only") in answer["rr-people"] and "周叙白" not in str(answer)
    groups = tmp_path / "groups.csv"
    groups.write_text("name,group\n林知遥,a\n", "utf-8")
    assert EN("message.no_run_chosen") in users.click(ben, "rr-impact-upload", annas, 1, str(groups))["rr-impact"]
    boss = users.enter(BOSS)
    add_sign_in(users.store, FAILED, "ben", "192.0.2.7")
    assert EN("sign_ins.failed") in users.click(boss, "data", "")["rr-audit"]
    assert "192.0.2.7" not in users.click(ben, "data", "")["rr-audit"]
    assert "周叙白" in users.click(boss, "rr-people-search", "周叙白")["rr-people"]
    assert EN("event.note_added") in users.click(boss, "data", "")["rr-audit"]
    assert f'data-run="{annas}"' not in users.click(boss, "history", "")["rr-runs"], "administrators rank like others"


def test_the_report_of_learned_weights_names_no_job_of_anna(users: Users, ben: Session):
    zero = {str(name): Interval(0.0, 0.0, 0.0) for name in MEASURES}
    verdict = GateVerdict(ACCEPTED, zero, zero, zero, zero, zero)
    told = Report(Weights(), (), verdict, Counts(1, 1, 1, 1, 0, None, 0), (), None, 2, (Elsewhere("秘密岗位", 9, 0.35, zero, zero),))
    add_weights(users.store, Weights(fingerprint="f"), (), asdict(told), BOSS)
    mine, boss = (str(users.click(users.enter(user), "feedback")["rr-versions"]) for user in ("ben", BOSS))
    assert "秘密岗位" not in mine and EN("learn.kind_number", number=1) in mine and "秘密岗位" in boss


def test_the_criteria_that_anna_saved_for_the_job_are_not_bens(users: Users, ben: Session):
    parsed = as_parsed(split_job(JOB))
    save_rubric(users.store, JOB, set_kind(parsed, parsed.criteria[0].key, "nice"), "anna")
    anna = users.enter("anna")
    for session in (anna, ben):
        users.handlers(RubricClicks)._on_job(session, JOB)
    assert anna.rubric.current and ben.rubric.current
    assert (anna.rubric.current.user, ben.rubric.current.user) == ("anna", "") and ben.rubric.rubric != anna.rubric.rubric


def test_a_tab_that_showed_annas_ranking_does_not_after_a_restart_with_private_ones(users: Users, others: Users, annas: int):
    session = others.registry.enter("ben", TAB, Session(Visitor("en")))
    assert opened(others, session, annas)
    keep(session, users.store, 1_000_000)
    again = restored(users.store, "ben", TAB)
    assert again and again.run.run_id == annas
    private = restored(users.store, "ben", TAB, Access(is_private=True))
    assert private and private.run.run_id == 0 and private.run.ranking is None


def test_a_page_that_has_not_said_whose_it_is_sees_nothing(users: Users, annas: int, bens: int):
    values = (getattr(block, "value", None) for block in users.page.blocks.values())
    nobody = next(value for value in values if isinstance(value, Session))
    assert "data-run=" not in users.click(nobody, "history", "")["rr-runs"]
    assert not opened(users, nobody, annas)
    assert EN("message.admins_only") in users.click(nobody, "rr-people-search", "周叙白")["rr-people"]
    assert users.click(nobody, "data", "")["rr-impact-run"]["choices"] == []


@pytest.mark.parametrize(("settings", "seen"), [(Settings(users="u", private_runs=True), "key:b"), (SETTINGS, None)])
def test_a_ranking_of_the_api_is_its_keys_own(users: Users, settings: Settings, seen: str | None):
    request = RankRequest(JOB, (), (("a", LIN),), "", "", Cleaning(), False, True, "key:b")
    assert RequestedRun(request, Model(), settings, users.store).state.runs_of == seen


def test_without_private_rankings_everybody_sees_everything(users: Users, others: Users, annas: int, bens: int):
    ben = others.enter("ben")
    assert f'data-run="{annas}"' in others.click(ben, "history", "")["rr-runs"]
    assert opened(others, ben, bens) and [label.rater for label in ben.run.labels[id_of(LIN)]] == ["anna"]
    assert "周叙白" in others.click(ben, "rr-people-search", "周叙白")["rr-people"]
    assert EN("event.note_added") in others.click(ben, "data", "")["rr-audit"]
    assert {entry.user for entry in audit.entries(users.store)} >= {"anna", "ben"}


def test_a_tab_that_was_opened_before_the_server_knew_whose_page_it_is_is_shown_again(users: Users, annas: int):
    page = Session(Visitor("en"))
    page.run.runs_of = ""
    assert f'data-run="{annas}"' not in users.click(page, "history", "")["rr-runs"]
    assert f'data-run="{annas}"' in asyncio.run(loaded(users, "anna", page))["rr-runs"]
    assert "rr-runs" not in asyncio.run(loaded(users, "ben", Session(Visitor("en")))), "who opened none loads it at the click"
