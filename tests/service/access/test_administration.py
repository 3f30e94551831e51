"""What only administrators may do is refused to others at each door, with nothing done; without an administrator everybody may."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from feedback.glossary.terms import propose
from feedback.labels import FULL, Term, Weights
from feedback.learning.gate import ACCEPTED, GateVerdict
from feedback.learning.report import Counts, Report
from feedback.learning.tuning import LearningOutcome
from feedback.learning.versions import add_weights
from feedback.store import audit
from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from service.access.access import Access
from service.model import Model
from tests.encoder import JUDGE
from tests.feedback.stored import id_of, run_of
from tests.ui.samples import CountingEngine
from tests.ui.two_users import BOSS, FORM, Users
from ui.session import Session

EN = texts("en")
REFUSED = EN("message.admins_only")
REPORT = Report(Weights(fingerprint="f1"), (), GateVerdict(ACCEPTED), Counts(1, 1, 1, 1, 0, None, 0), (), None)
NUMBERS = count()
TERM = Term("高并发", "万级qps")
ADMINS: set[str] = set()
"""The administrators now, as in a file of users that changes while the app runs."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Users:
    model = Model()
    model.ready(CountingEngine(), JUDGE)
    return Users(Store(tmp_path_factory.mktemp("administration") / FILE_NAME), Access(lambda: frozenset(ADMINS)), model)


@pytest.fixture
def users(server: Users) -> Users:
    """Return the server with one administrator, and one old ranking with a label."""
    server.forget_all()
    ADMINS.clear()
    ADMINS.add(BOSS)
    text = f"林知遥\n熟悉 Python {next(NUMBERS)}"  # who was erased stays so
    run = server.store.add_run(run_of("job", [text, "周叙白"], at=1000.0))
    server.store.label(run, id_of(text), "anna", FULL)
    return server


def lin(users: Users) -> str:
    """Return the id of the first candidate of the ranking, also once it is gone."""
    return next(entry.resume_id or "" for entry in audit.entries(users.store, limit=-1) if entry.event == audit.LABELLED)


def request(user: str) -> Any:
    return SimpleNamespace(username=user)


def learned(users: Users, session: Session) -> str:
    answer = users.click(session, "rr-learn")
    return str(answer["rr-report"])


def applied(users: Users, session: Session) -> str:
    session.outcome = LearningOutcome(REPORT, (), 0, 0.0)
    return str(users.click(session, "rr-apply", request(session.visitor.user))["rr-report"])


def rolled_back(users: Users, session: Session) -> str:
    event = SimpleNamespace(_data={"action": "use", "version": 0})
    [use] = [event.fn for event in users.page.fns.values() if getattr(event.fn, "__name__", "") == "_on_version"]
    assert use
    return "".join(map(str, use(session, event, request(session.visitor.user)).values()))


def purged(users: Users, session: Session) -> str:
    return str(users.click(session, "rr-sweep")["rr-people"])


def erased_in_the_data_tab(users: Users, session: Session) -> str:
    return str(users.click(session, "rr-people", "林知遥", action="erase", candidate=lin(users))["rr-people"])


def erased_in_the_list(users: Users, session: Session) -> str:
    asked = users.click(session, "rr-board", eraseAsk=lin(users))
    assert (session.view.question is None) == (REFUSED in str(asked.get("rr-board", "")))
    return str(users.click(session, "rr-board", erase=lin(users))["rr-board"])


def exported(users: Users, session: Session) -> str:
    file = users.click(session, "rr-audit-export")
    [value] = file.values()
    return "a file" if value else REFUSED


def term_clicked(users: Users, session: Session, **clicked: str) -> str:
    """Click in the list of company terms, which says a refusal over the tab."""
    event = SimpleNamespace(_data=clicked)
    [click_on_term] = [event.fn for event in users.page.fns.values() if getattr(event.fn, "__name__", "") == "_on_term"]
    assert click_on_term
    return "".join(map(str, click_on_term(session, event, request(session.visitor.user)).values()))


def term_accepted(users: Users, session: Session) -> str:
    return term_clicked(users, session, action="accept", job=TERM.job_term, resumeTerm=TERM.resume_term)


def term_rejected(users: Users, session: Session) -> str:
    return term_clicked(users, session, action="reject", job=TERM.job_term, resumeTerm=TERM.resume_term)


def term_rewritten(users: Users, session: Session) -> str:
    pair = {"job": TERM.job_term, "resumeTerm": TERM.resume_term}
    return term_clicked(users, session, action="rewrite", newJob=f"新说法{next(NUMBERS)}", newResume="写法", **pair)


def term_written(users: Users, session: Session) -> str:
    return term_clicked(users, session, action="write", newJob=f"说法{next(NUMBERS)}", newResume="写法")


def labels_uploaded(users: Users, session: Session) -> str:
    file = users.store.path.with_name(f"upload-{next(NUMBERS)}.jsonl")
    file.write_text(json.dumps({"job": "job", "resume": f"a resume {next(NUMBERS)}", "label": 2}), "utf-8")
    said = users.click(session, "rr-label-upload", [str(file)])["rr-imported"]
    assert not file.exists()
    return str(said)


def ranking_of_another_deleted(users: Users, session: Session) -> str:
    run = users.store.runs(1)[0]
    assert run.user not in ("anna", BOSS)
    return str(users.click(session, "rr-runs", "", *FORM, action="delete", run=run.id)["rr-comparison"])


TERM_DOORS = [term_accepted, term_rejected, term_rewritten, term_written]
DOORS = [purged, erased_in_the_data_tab, erased_in_the_list, learned, applied, rolled_back, exported, labels_uploaded]
DOORS += [ranking_of_another_deleted, *TERM_DOORS]


def stored(users: Users) -> Any:
    """Return what a refusal must leave as it is."""
    with users.store.reading() as db:
        return [
            db.execute(f"SELECT count(*) FROM {table}").fetchone()
            for table in ("audit", "runs", "resumes", "weights", "activations", "labels", "terms")
        ]


@pytest.mark.parametrize("door", DOORS)
def test_a_member_is_refused_and_nothing_is_done_and_an_administrator_is_not(users: Users, door: Callable[[Users, Session], str]):
    if door is rolled_back:
        add_weights(users.store, Weights(fingerprint="f1"), (), asdict(REPORT), "hr")
    if door in TERM_DOORS:
        propose(users.store, {TERM: {}})
    anna, boss = users.enter("anna"), users.enter(BOSS)
    before = stored(users)
    assert REFUSED in door(users, anna)
    assert stored(users) == before
    assert REFUSED not in door(users, boss)
    assert stored(users) != before or door is learned


@pytest.mark.parametrize("door", [purged, erased_in_the_data_tab, exported, term_written, labels_uploaded])
def test_without_an_administrator_everybody_may_until_there_is_one(users: Users, door: Callable[[Users, Session], str]):
    anna = users.enter("anna")
    ADMINS.clear()
    assert REFUSED not in door(users, anna)
    ADMINS.add("somebody else")
    assert REFUSED in door(users, anna)


def test_a_member_deletes_their_own_ranking_and_is_offered_no_other(users: Users):
    own = users.store.add_run(replace(run_of("job", ["许朝暮"]), user="anna"))
    [other] = [run.id for run in users.store.runs(2) if run.id != own]
    anna = users.enter("anna")
    button = '<button type="button" data-action="delete" data-run="{}"'
    offered = [
        [button.format(run) in users.click(users.enter(user), "history", "")["rr-runs"] for run in (own, other)] for user in ("anna", BOSS)
    ]
    assert offered == [[True, False], [True, True]]
    users.click(anna, "rr-runs", "", *FORM, action="delete", run=own)
    assert [run.id for run in users.store.runs(2)] == [other]


def test_the_log_of_a_member_holds_what_they_did_themselves(users: Users):
    users.store.label(users.store.runs(1)[0].id, lin(users), "ben", FULL, "ben's reason")
    anna, boss = (users.click(users.enter(user), "data", "") for user in ("anna", BOSS))
    assert EN("event.labelled") in anna["rr-audit"] and "ben" not in anna["rr-audit"]
    assert EN("data.log_own") in str(anna) and EN("data.log_own") not in str(boss)
    assert "ben" in boss["rr-audit"] and {entry.user for entry in audit.entries(users.store)} >= {"anna", "ben"}


def test_a_member_is_told_whose_the_learning_is(users: Users):
    titles = [str(users.click(users.enter(user), "feedback")) for user in ("anna", BOSS)]
    assert [EN("learn.admins") in title for title in titles] == [True, False]


def test_the_header_follows_who_administers_when_a_tab_is_opened(users: Users):
    anna = users.enter("anna")
    header = next(block._id for block in users.page.blocks.values() if getattr(block, "elem_id", None) == "rr-title")
    opened = [event.fn for event in users.page.fns.values() if event.fn and [output._id for output in event.outputs] == [header]]
    assert len(opened) == 2 and all("data-no-admin" in fn(anna) for fn in opened)
    ADMINS.add("anna")
    assert not any("data-no-admin" in fn(anna) for fn in opened), "the words of the card and its buttons come from the same moment"


def test_everybody_may_still_look_somebody_up_who_asks_for_their_data(users: Users):
    anna = users.enter("anna")
    assert "林知遥" in users.click(anna, "rr-people-search", "林知遥")["rr-people"]
    answer = users.click(anna, "rr-people", "林知遥", action="export", candidate=lin(users))
    assert any("data" in json.loads(value) for value in answer.values() if isinstance(value, str) and value.startswith("{"))
