"""Notes about candidates: several, by author and time, gone with the person, and never quoted in the audit log."""

import json

import pytest

from feedback.store.candidate_data import candidate_data
from feedback.store.desk.notes import MAX_NOTE, CandidateNote, add_note, delete_note, notes_of_run
from feedback.store.erase import erase
from feedback.store.retention import DAY_S, sweep
from feedback.store.store import Store, UnknownCandidate, audit
from tests.feedback.store.test_erase import bytes_beside
from tests.feedback.store.test_persons import BLIND, LIN, OTHER, ranked, resume
from tests.feedback.store.test_retention import NOW
from tests.feedback.stored import id_of, run_of


def test_several_people_write_several_notes_and_delete_their_own(store: Store):
    run = store.add_run(run_of("job", ["a", "b"]))
    first = add_note(store, run, id_of("a"), "anna", "  可以约周三\n电话 13900000000 ", at=5.0)
    second = add_note(store, run, id_of("a"), "ben", "<b>期望</b> 28k", at=6.0)
    notes = (CandidateNote(first, "anna", 5.0, "可以约周三\n电话 13900000000"), CandidateNote(second, "ben", 6.0, "<b>期望</b> 28k"))
    assert notes_of_run(store, run) == {id_of("a"): notes}
    again = store.add_run(run_of("job", ["a"]))
    assert notes_of_run(store, again) == {id_of("a"): notes}, "they are about the job, not the run"
    assert not delete_note(store, first, "ben") and not delete_note(store, 99, "anna")
    assert delete_note(store, first, "anna")
    assert notes_of_run(store, run) == {id_of("a"): notes[1:]}
    store.scrub()
    assert "可以约周三".encode() not in bytes_beside(store)


@pytest.mark.parametrize(("text", "code"), [(" \n ", "no_text"), ("x" * (MAX_NOTE + 1), "text_too_long")])
def test_no_note_without_text_or_too_long(store: Store, text: str, code: str):
    run = store.add_run(run_of("job", ["a"]))
    with pytest.raises(ValueError, match=code):
        add_note(store, run, id_of("a"), "anna", text)
    add_note(store, run, id_of("a"), "anna", "x" * MAX_NOTE)
    with pytest.raises(UnknownCandidate):
        add_note(store, run, id_of("b"), "anna", "about nobody")


def test_the_audit_log_knows_of_them_without_their_text(store: Store):
    run = store.add_run(run_of("job", ["a"]))
    note = add_note(store, run, id_of("a"), "anna", "secret words")
    delete_note(store, note, "anna")
    deleted, added = audit.entries(store)[:2]
    assert (added.event, added.user, added.resume_id, added.facts) == (
        audit.NOTE_ADDED,
        "anna",
        id_of("a"),
        {"note": note, "characters": 12},
    )
    assert (deleted.event, deleted.resume_id, deleted.facts) == (audit.NOTE_DELETED, id_of("a"), {"note": note})
    assert b"secret" not in audit.audit_csv(store)


def test_they_go_with_the_person_and_their_name_goes_from_notes_about_others(store: Store):
    plain, blind, other = resume(LIN), resume(LIN, cleaning=BLIND), resume(OTHER)
    run, later = ranked(store, plain, other), ranked(store, blind, other)
    add_note(store, run, plain.id, "anna", "打过 13900000022，声音很轻")
    add_note(store, later, other.id, "anna", "比林知遥更合适")
    assert len(notes_of_run(store, later)[blind.id]) == 1, "the same candidate"
    erase(store, [plain.id], "hr")
    [[note]] = notes_of_run(store, later).values()
    assert note.text == "比该候选人更合适"
    assert "声音很轻".encode() not in bytes_beside(store) and "林知遥".encode() not in bytes_beside(store)


def test_retention_takes_them_with_the_candidate(store: Store):
    run = store.add_run(run_of("job", ["a"], at=NOW - 31 * DAY_S))
    add_note(store, run, id_of("a"), "anna", "old words", at=NOW - 30 * DAY_S)
    assert sweep(store, 30, NOW).candidates == 1, "as old as the last ranking, like labels"
    assert b"old words" not in bytes_beside(store)


def test_the_data_of_a_person_has_them_and_none_about_others(store: Store):
    run = store.add_run(run_of("招聘JD", ["a", "b"]))
    add_note(store, run, id_of("a"), "anna", "about a", at=1000.0)
    add_note(store, run, id_of("b"), "anna", "about b")
    data = candidate_data(store, id_of("a"))
    assert data["notes"] == [{"at": "1970-01-01T00:16:40+00:00", "user": "anna", "text": "about a", "job": "招聘JD"}]
    assert "about b" not in json.dumps(data)
