"""HR's status: one a candidate and job, the later one wins, found again in other runs and versions, and never learned from."""

import threading
from dataclasses import replace

import pytest

from feedback.labels import FULL
from feedback.learning.groups import groups
from feedback.store.candidate_data import candidate_data
from feedback.store.desk.statuses import DECLINED, INTERVIEW, RESERVE, TO_READ, CandidateStatus, set_status, statuses_of_run
from feedback.store.erase import erase
from feedback.store.history import delete_run
from feedback.store.retention import DAY_S, sweep
from feedback.store.store import Store, UnknownCandidate, audit
from tests.feedback.store.test_erase import bytes_beside
from tests.feedback.store.test_persons import BLIND, LIN, NAMESAKE, OTHER, ranked, resume
from tests.feedback.store.test_retention import NOW
from tests.feedback.stored import id_of, run_of

WIFE = LIN.replace("林知遥", "王晓慧").replace("订单", "支付")
"""Another candidate with the same phone."""


def status_of(store: Store, run: int, text: str) -> str:
    return statuses_of_run(store, run)[id_of(text)].status


def set_events(store: Store) -> list[tuple]:
    """Return who set what after what, oldest first."""
    logged = reversed(audit.entries(store))
    return [(entry.user, entry.facts["before"], entry.facts["status"]) for entry in logged if entry.event == audit.STATUS_SET]


def test_the_later_one_wins_and_both_are_in_the_audit_with_what_was_before(store: Store):
    run = store.add_run(run_of("job", ["a", "b"]))
    assert set_status(store, run, [id_of("a"), id_of("b")], INTERVIEW, "anna", at=5.0) == {id_of("a"), id_of("b")}
    assert set_status(store, run, [id_of("a")], DECLINED, "ben", at=6.0) == {id_of("a")}
    assert statuses_of_run(store, run) == {
        id_of("a"): CandidateStatus(DECLINED, "ben", 6.0),
        id_of("b"): CandidateStatus(INTERVIEW, "anna", 5.0),
    }
    assert set_events(store) == [("anna", TO_READ, INTERVIEW)] * 2 + [("ben", INTERVIEW, DECLINED)]
    assert set_status(store, run, [id_of("a")], TO_READ, "ben") and status_of(store, run, "a") == TO_READ, "it can be taken back"


def test_the_status_that_a_candidate_has_is_not_stored_again(store: Store):
    run = store.add_run(run_of("job", ["a"]))
    assert set_status(store, run, [id_of("a")], TO_READ, "anna") == frozenset() and statuses_of_run(store, run) == {}
    set_status(store, run, [id_of("a")], RESERVE, "anna")
    assert set_status(store, run, [id_of("a")], RESERVE, "ben") == frozenset()
    assert len(set_events(store)) == 1 and statuses_of_run(store, run)[id_of("a")].user == "anna"


def test_it_holds_for_the_job_in_every_run_and_for_no_other_job(store: Store):
    first, again, other = (store.add_run(run_of(job, ["a"])) for job in ("job", "job", "other job"))
    set_status(store, again, [id_of("a")], INTERVIEW, "anna")
    assert status_of(store, first, "a") == INTERVIEW and statuses_of_run(store, other) == {}


def test_it_is_of_the_candidate_in_whatever_version_but_not_of_who_shares_the_phone_or_the_name(store: Store):
    plain, blind = resume(LIN), resume(LIN, cleaning=BLIND)
    run = ranked(store, plain, resume(WIFE), resume(NAMESAKE), resume(OTHER))
    later = ranked(store, blind, resume(WIFE, cleaning=BLIND), resume(OTHER))
    assert plain.id != blind.id
    set_status(store, run, [plain.id], RESERVE, "anna")
    set_status(store, later, [blind.id], INTERVIEW, "ben")
    assert {key: entry.status for key, entry in statuses_of_run(store, run).items()} == {plain.id: INTERVIEW}
    assert {key: entry.status for key, entry in statuses_of_run(store, later).items()} == {blind.id: INTERVIEW}
    assert set_events(store)[-1] == ("ben", RESERVE, INTERVIEW)


def test_a_masked_text_of_two_people_tells_of_neither(store: Store):
    lin, chen = resume("姓名：林知遥\n熟悉 Python"), resume("姓名：陈屿舟\n熟悉 Python")
    masked = resume("姓名：林知遥\n熟悉 Python", cleaning=BLIND), resume("姓名：陈屿舟\n熟悉 Python", cleaning=BLIND)
    assert masked[0].id == masked[1].id
    blind, plain = ranked(store, *(replace(version, name="x.txt") for version in masked)), ranked(store, lin, chen)
    set_status(store, plain, [lin.id], INTERVIEW, "anna")
    assert statuses_of_run(store, blind) == {}


def test_nothing_is_stored_for_a_candidate_who_is_gone_or_for_a_word_that_is_no_status(store: Store):
    run = store.add_run(run_of("job", ["a"]))
    with pytest.raises(UnknownCandidate):
        set_status(store, run, [id_of("a"), id_of("stranger")], INTERVIEW, "anna")
    with pytest.raises(ValueError):
        set_status(store, run, [id_of("a")], "hired", "anna")
    assert statuses_of_run(store, run) == {} and set_events(store) == []


def test_many_at_once_leave_one_status_and_one_row_of_the_log_for_each_change(store: Store):
    run = store.add_run(run_of("job", ["a"]))

    def click(user: str) -> None:
        for number in range(20):
            set_status(store, run, [id_of("a")], (INTERVIEW, RESERVE)[number % 2], user)

    threads = [threading.Thread(target=click, args=(user,)) for user in ("anna", "ben", "cyd")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = set_events(store)
    assert [before for _, before, _ in events] == [TO_READ, *(status for _, _, status in events[:-1])], "each knew the one before it"
    last_user, _, last = events[-1]
    assert statuses_of_run(store, run)[id_of("a")].status == last and statuses_of_run(store, run)[id_of("a")].user == last_user


def test_learning_does_not_see_it(store: Store):
    run = store.add_run(run_of("job", ["a", "b"]))
    store.label(run, id_of("a"), "anna", FULL, at=1.0)
    before = groups(store, "f1")
    set_status(store, run, [id_of("a")], DECLINED, "anna")
    set_status(store, run, [id_of("b")], INTERVIEW, "anna")
    assert groups(store, "f1") == before


def test_it_outlives_the_run_and_goes_with_the_person(store: Store):
    run = store.add_run(run_of("a job <<1>>", ["a <<2>>", "b <<3>>"]))
    set_status(store, run, [id_of("a <<2>>")], INTERVIEW, "anna")
    delete_run(store, run)
    assert b"<<2>>" in bytes_beside(store) and b"<<1>>" in bytes_beside(store) and b"<<3>>" not in bytes_beside(store)
    again = store.add_run(run_of("a job <<1>>", ["a <<2>>"]))
    assert status_of(store, again, "a <<2>>") == INTERVIEW
    erase(store, [id_of("a <<2>>")], "hr")
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM statuses").fetchone() == (0,)


def test_retention_takes_it_with_the_candidate_and_counts_from_the_last_one_where_the_run_was_deleted(store: Store):
    run = store.add_run(run_of("job", ["a", "b"], at=NOW - 40 * DAY_S))
    set_status(store, run, [id_of("a")], INTERVIEW, "anna", at=NOW - 5 * DAY_S)
    delete_run(store, run)
    assert sweep(store, 30, NOW, confirmed=True).candidates == 0
    swept = sweep(store, 30, NOW + 26 * DAY_S)
    assert (swept.candidates, swept.jobs) == (1, 1)
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM statuses").fetchone() == (0,)


def test_the_data_of_a_person_has_every_status(store: Store):
    run = store.add_run(run_of("招聘JD", ["a", "b"]))
    set_status(store, run, [id_of("a")], INTERVIEW, "anna", at=1000.0)
    set_status(store, run, [id_of("a")], DECLINED, "ben", at=2000.0)
    set_status(store, run, [id_of("b")], RESERVE, "ben")
    assert candidate_data(store, id_of("a"))["statuses"] == [
        {"at": "1970-01-01T00:16:40+00:00", "user": "anna", "status": INTERVIEW, "job": "招聘JD"},
        {"at": "1970-01-01T00:33:20+00:00", "user": "ben", "status": DECLINED, "job": "招聘JD"},
    ]
