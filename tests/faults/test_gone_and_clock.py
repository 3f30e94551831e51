"""A browser that goes away during a run, and a clock that jumps: the run ends well, nothing ends or goes too early."""

import gc
import time
import weakref
from pathlib import Path

import httpx
import pytest

from feedback.labels import FULL
from feedback.store.audit import entries as audit_entries
from feedback.store.history import entries
from feedback.store.retention import DAY_S, sweep
from feedback.store.store import FILE_NAME, Store
from server.auth.lockout import WAIT_SECONDS, Lockout
from server.auth.sessions import Sessions
from settings import Settings
from tests.faults.page import JOB, order, press, pressed, told
from tests.server.serving import serving
from tests.service.desk import ready
from tests.ui.samples import CountingEngine
from tests.waiting import until
from ui.session import Session
from ui.steps import rank_steps

MANY = "\n---\n".join(f"候选人 {number}，熟悉 Python，负责平台开发与维护，参与过若干项目。" + "项目。" * number for number in range(10))
FEW = "张三，熟悉 Python，负责平台开发与维护。\n---\n李四，会计，负责报表与税务申报工作。"
DEFAULTS = Settings()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / FILE_NAME)


@pytest.mark.long
def test_a_run_whose_browser_is_gone_ends_in_the_history_and_frees_the_engine_for_others(store: Store):
    model = ready(CountingEngine(seconds=0.1))
    with serving(DEFAULTS, model, store) as client:
        press(client, "gone", "rr-run", {"rr-job": JOB, "rr-pasted": MANY})
        lines = told(client, "gone")
        next(line for line in lines if "rr-row" in line)
        lines.close()  # type: ignore[attr-defined]  # the connection is cut in the middle of the run
        assert model.engine.requests == 1
        with httpx.Client(base_url=client.base_url, trust_env=False, timeout=30) as other:
            assert "process_completed" in pressed(other, "other", "rr-run", {"rr-job": JOB, "rr-pasted": "王五，熟悉 Python。"})
        assert until(lambda: len(entries(store)) == 2 and model.engine.requests == 0)
    assert sorted(entry.candidates for entry in entries(store)) == [1, 10]


@pytest.mark.long
def test_a_session_that_was_let_go_is_freed_when_its_run_ends(store: Store):
    model, session = ready(), Session()
    steps = rank_steps(session, order(FEW), model, DEFAULTS, store)
    next(steps)
    reference = weakref.ref(session)
    del session
    for _ in steps:
        pass
    del steps
    gc.collect()
    assert reference() is None, "neither the model nor the store holds on to it"


@pytest.mark.parametrize("jump", [-3600.0, DAY_S, 400 * DAY_S])
def test_logins_and_waits_do_not_look_at_the_clock(monkeypatch: pytest.MonkeyPatch, jump: float):
    sessions, lockout = Sessions(), Lockout(1)
    token = sessions.open("hr")
    lockout.failed("hr")
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + jump)
    assert sessions.user(token) == "hr"
    assert WAIT_SECONDS - 60 < lockout.seconds_left("hr") <= WAIT_SECONDS


@pytest.mark.parametrize("jump", [-3600.0, DAY_S])
def test_a_clock_that_jumps_during_a_run_changes_no_order_and_no_duration(monkeypatch: pytest.MonkeyPatch, store: Store, jump: float):
    model, now = ready(), time.time
    shift = 0.0
    monkeypatch.setattr(time, "time", lambda: now() + shift)
    first, second = Session(), Session()
    for _ in rank_steps(first, order(FEW), model, DEFAULTS, store):
        pass
    for _ in rank_steps(second, order(FEW + "。"), model, DEFAULTS, store):
        shift = jump
        assert second.run.progress is None or (second.run.progress.seconds_left or 0.0) >= 0
        assert second.run.ranking is None or all(seconds >= 0 for seconds in second.run.ranking.timing.values())
    assert [entry.run_id for entry in entries(store)] == [second.run.run_id, first.run.run_id], "newest first, whatever the clock said"
    assert [entry.id for entry in audit_entries(store)] == sorted((entry.id for entry in audit_entries(store)), reverse=True)
    resume = first.run.resumes[0].id
    store.label(first.run.run_id, resume, "amy", FULL)
    shift = -jump
    store.label(first.run.run_id, resume, "amy", 0)
    assert [label.grade for label in store.labels_of_run(first.run.run_id)[resume]] == [0], "the later word counts, not the later date"


@pytest.mark.parametrize("jump", [-3600.0, -20 * 365 * DAY_S, DAY_S, 100 * DAY_S, 365 * DAY_S])
def test_a_clock_that_jumps_deletes_nobody_early(store: Store, jump: float):
    """Ranked today, to be kept for 30 days; one sweep runs under a wrong clock, and the one of tomorrow under the right one."""
    today = time.time()
    sweep(store, 30, today)
    session = Session()
    for _ in rank_steps(session, order("张三，熟悉 Python。"), ready(), DEFAULTS, store):
        pass
    sweep(store, 30, today + jump)
    sweep(store, 30, today + DAY_S)
    assert [row.resume_id for row in store.run(session.run.run_id).rows] == [session.run.resumes[0].id]
