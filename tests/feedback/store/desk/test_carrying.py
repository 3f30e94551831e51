"""Statuses and notes come along when the job description was edited, with author and time; labels and another job's do not."""

from feedback.labels import FULL
from feedback.store.desk.carrying import Carried, carry_over
from feedback.store.desk.notes import add_note, notes_of_run
from feedback.store.desk.statuses import DECLINED, INTERVIEW, CandidateStatus, set_status, statuses_of_run
from feedback.store.store import Store, audit
from tests.feedback.stored import id_of, run_of

JOB = "职位名称：会计\n熟悉金蝶\n英语四级\n三年经验"
EDITED = "职位名称：会计\n熟悉金蝶\n三年经验"


def test_they_come_along_once_for_those_who_are_there_and_have_none_yet(store: Store):
    before = store.add_run(run_of(JOB, ["a", "b", "c"]))
    set_status(store, before, [id_of("a"), id_of("b"), id_of("c")], INTERVIEW, "anna", at=5.0)
    add_note(store, before, id_of("a"), "anna", "周三面谈", at=6.0)
    store.label(before, id_of("a"), "anna", FULL)
    after = store.add_run(run_of(EDITED, ["a", "b", "d"]))
    set_status(store, after, [id_of("b")], DECLINED, "ben", at=7.0)
    assert carry_over(store, before, after, "ben") == Carried(1, 1)
    assert statuses_of_run(store, after) == {
        id_of("a"): CandidateStatus(INTERVIEW, "anna", 5.0),
        id_of("b"): CandidateStatus(DECLINED, "ben", 7.0),
    }
    [note] = notes_of_run(store, after)[id_of("a")]
    assert (note.text, note.user, note.at) == ("周三面谈", "anna", 6.0) and store.labels_of_run(after) == {}
    assert {(entry.event, entry.user) for entry in audit.entries(store) if entry.facts.get("carried_from") == before} == {
        (audit.STATUS_SET, "ben"),
        (audit.NOTE_ADDED, "ben"),
    }
    assert carry_over(store, before, after, "ben") == Carried()


def test_another_job_and_what_colleagues_said_of_private_rankings_stay_behind(store: Store):
    before = store.add_run(run_of(JOB, ["a"]))
    set_status(store, before, [id_of("a")], INTERVIEW, "anna")
    for job in ("职位名称：司机\n驾照 A1", JOB):
        assert carry_over(store, before, store.add_run(run_of(job, ["a"])), "ben") == Carried()
    assert carry_over(store, before, store.add_run(run_of(EDITED, ["a"])), "ben", runs_of="ben") == Carried()
