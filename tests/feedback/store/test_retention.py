"""Retention: what is old goes from every table and every byte, what is not stays, and a wrong clock deletes nothing early."""

import logging
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from feedback.glossary.terms import propose, terms
from feedback.labels import FULL, NONE, PARTIAL, Weights
from feedback.learning.groups import groups
from feedback.learning.pairs import pairwise_dataset
from feedback.learning.report import tune
from feedback.learning.versions import add_weights, versions
from feedback.store.audit import entries, verify
from feedback.store.erase import erase
from feedback.store.retention import CLOCK_AHEAD, CLOCK_BEHIND, DAY_S, SHORTER, SweepResult, run_daily, sweep
from feedback.store.store import FILE_NAME, Store, audit
from i18n.texts import texts
from tests.feedback.glossary.test_terms import QPS
from tests.feedback.store.test_erase import bytes_beside
from tests.feedback.stored import id_of, run_of
from ui.html.audit import about_words

NOW = 1_800_000_000.0


def ranked(store: Store, job: str, texts: list[str], days_ago: float, shown: bool = True) -> int:
    return store.add_run(run_of(job, texts, at=NOW - days_ago * DAY_S, shown=shown))


def left(store: Store) -> dict[str, int]:
    with store.reading() as db:
        tables = ("runs", "candidates", "resumes", "labels", "jobs")
        return {pairwise_dataset: db.execute(f"SELECT count(*) FROM {pairwise_dataset}").fetchone()[0] for pairwise_dataset in tables}


def test_who_was_last_ranked_too_long_ago_goes_with_runs_labels_and_job(store: Store):
    old = ranked(store, "old job <<1>>", ["old resume <<2>>", "older resume <<3>>"], days_ago=31)
    store.label(old, id_of("old resume <<2>>"), "anna", FULL, "reason <<4>>")
    young = ranked(store, "young job", ["young resume"], days_ago=29)
    store.label(young, id_of("young resume"), "anna", FULL, "young reason")
    assert sweep(store, 30, NOW) == SweepResult(runs=1, candidates=2, labels=1, jobs=1)
    assert left(store) == {"runs": 1, "candidates": 1, "resumes": 1, "labels": 1, "jobs": 1}
    assert b"<<" not in bytes_beside(store) and b"young reason" in bytes_beside(store)


def test_an_old_ranking_goes_but_a_person_stays_while_a_later_ranking_does(store: Store):
    old = ranked(store, "job", ["one", "two"], days_ago=40)
    for text in ("one", "two"):
        store.label(old, id_of(text), "anna", FULL)
    again = ranked(store, "other job", ["two"], days_ago=3)
    assert sweep(store, 30, NOW) == SweepResult(runs=1, candidates=1, labels=1)
    assert [row.text for row in store.run(again).rows] == ["two"]
    assert left(store) == {"runs": 1, "candidates": 1, "resumes": 1, "labels": 1, "jobs": 2}, "the label on the old job needs its text"
    assert sweep(store, 30, NOW + 31 * DAY_S) == SweepResult(runs=1, candidates=1, labels=1, jobs=2)
    assert set(left(store).values()) == {0}


@pytest.mark.parametrize("days", [0, -5])
def test_zero_days_keep_everything_for_ever(store: Store, days: int):
    ranked(store, "job", ["a"], days_ago=5000)
    assert sweep(store, days, NOW, confirmed=True) == SweepResult()
    assert left(store)["resumes"] == 1 and len(entries(store)) == 1


def test_who_came_in_a_label_file_is_as_old_as_the_label_even_when_scored_for_learning_since(store: Store):
    with store.writing() as db:
        db.execute("INSERT INTO jobs VALUES (1, 'j', 'job')")
        for key, name, days_ago in ((1, "old", 31), (2, "young", 5)):
            db.execute("INSERT INTO resumes VALUES (?,?,?,?)", (key, id_of(name), "", name))
            db.execute("INSERT INTO labels VALUES (NULL,1,?,NULL,NULL,'file',2,'',?)", (key, NOW - days_ago * DAY_S))
    ranked(store, "job", ["old", "young"], days_ago=1, shown=False)
    assert sweep(store, 30, NOW).candidates == 1
    with store.reading() as db:
        assert db.execute("SELECT text FROM resumes").fetchall() == [("young",)]


def test_weights_stay_and_quotes_go(store: Store):
    run = ranked(store, "job", ["old", "b"], days_ago=31)
    store.label(run, id_of("old"), "anna", FULL)
    ranked(store, "job", ["b"], days_ago=1)
    quotes = [{"resume_id": id_of(text), "text": text} for text in ("old", "b")]
    add_weights(store, Weights(fingerprint="f1"), groups(store, "f1"), {"moved": quotes}, "hr")
    propose(store, {QPS: {"quotes": quotes}})
    assert sweep(store, 30, NOW).candidates == 1
    [kept] = versions(store)
    assert not kept.due_for_relearning, "what the label taught is still there"
    assert kept.report == {"moved": quotes[1:]}
    assert terms(store, "proposed")[0].evidence == {"quotes": quotes[1:]}


def test_what_labels_taught_stays_as_numbers_and_nothing_tells_whose_it_was(store: Store):
    run = ranked(store, "job <<1>>", ["good <<2>>", "bad <<3>>", "never labelled <<4>>"], days_ago=31)
    for rater, text, grade in (("anna <<5>>", "good <<2>>", FULL), ("bo <<6>>", "good <<2>>", PARTIAL), ("anna <<5>>", "bad <<3>>", NONE)):
        store.label(run, id_of(text), rater, grade, "because <<7>>")
    ranked(store, "job <<1>>", ["good <<2>>"], days_ago=40)  # another time: the newest run is what counts, as before
    [before] = groups(store, "f1")
    sweep(store, 30, NOW)
    [after] = groups(store, "f1")
    assert (after.job_id, after.job, after.at) == (before.job_id, "", before.at)
    assert [(candidate.rank, candidate.features, [label.grade for label in candidate.labels]) for candidate in after.candidates] == [
        (candidate.rank, candidate.features, [label.grade for label in candidate.labels])
        for candidate in before.candidates
        if candidate.labels
    ]
    assert not any(candidate.name or candidate.text for candidate in after.candidates)
    assert groups(store, "f2") == [], "logits of another engine"
    with store.reading() as db:
        kept = [str(value) for row in db.execute("SELECT * FROM nameless") for value in row]
    for text in ("good <<2>>", "bad <<3>>"):
        assert not any("<<" in value or id_of(text) in value for value in kept)
    table_of_rows = pairwise_dataset([after], "f1")
    assert len(table_of_rows.groups) == 1 and len(table_of_rows.better) == 1
    tune([before, after], "f1")


def test_who_applies_again_for_the_job_joins_those_whose_time_is_over(store: Store):
    run = ranked(store, "job", ["old"], days_ago=31)
    store.label(run, id_of("old"), "anna", NONE)
    sweep(store, 30, NOW)
    again = ranked(store, "job", ["new"], days_ago=0)
    store.label(again, id_of("new"), "anna", FULL)
    [group] = groups(store, "f1")
    assert (group.job, sorted((candidate.text, candidate.labels[0].grade) for candidate in group.candidates)) == (
        "job",
        [("", NONE), ("new", FULL)],
    )


def test_erasing_keeps_no_numbers(store: Store):
    run = ranked(store, "job", ["a"], days_ago=31)
    store.label(run, id_of("a"), "anna", FULL)
    erase(store, [id_of("a")], "hr")
    sweep(store, 30, NOW)
    assert groups(store, "f1") == []


def test_damaged_databases_that_were_set_aside_go_too(store: Store, tmp_path: Path):
    for name, days_ago in (("old", 31), ("young", 29)):
        path = tmp_path / f"{FILE_NAME}.damaged-{name}"
        path.write_bytes(b"resume")
        os.utime(path, (NOW, NOW - days_ago * DAY_S))
    assert sweep(store, 30, NOW) == SweepResult(files=1)
    assert [path.name for path in tmp_path.glob("*.damaged-*")] == [f"{FILE_NAME}.damaged-young"]


def test_every_sweep_is_logged_and_the_log_outlives_what_it_tells_of(store: Store):
    ranked(store, "job", ["a", "b"], days_ago=31)
    sweep(store, 30, NOW, "hr", confirmed=True)
    sweep(store, 30, NOW)
    assert [entry.event for entry in entries(store)] == [audit.RETENTION, audit.RETENTION, audit.RANKED]
    second, first, _ = entries(store)
    gone = {"days": 30, "now": NOW, "confirmed": True, "runs": 1, "candidates": 2, "labels": 0, "jobs": 1, "files": 0}
    assert first.facts == gone and first.user == "hr"
    assert second.user == "retention" and second.facts["runs"] == 0
    assert verify(store).is_whole


def test_a_clock_far_from_the_last_sweep_deletes_nothing_until_a_person_confirms(store: Store):
    ranked(store, "job", ["a"], days_ago=0)
    sweep(store, 30, NOW)
    assert sweep(store, 30, NOW - 2 * DAY_S).held_back == CLOCK_BEHIND
    assert sweep(store, 30, NOW + 367 * DAY_S).held_back == CLOCK_AHEAD
    ranked(store, "job", ["b"], days_ago=-367)
    assert sweep(store, 30, NOW + 367 * DAY_S).held_back == CLOCK_AHEAD, "rankings under the doubtful clock do not vouch for it"
    assert left(store)["resumes"] == 2
    assert sweep(store, 30, NOW + 367 * DAY_S, "hr", confirmed=True).candidates == 1
    assert sweep(store, 30, NOW + 368 * DAY_S).held_back == ""


def test_the_first_sweep_measures_the_clock_by_the_newest_ranking(store: Store):
    ranked(store, "job", ["a"], days_ago=400)
    assert sweep(store, 30, NOW).held_back == CLOCK_AHEAD
    ranked(store, "job", ["b"], days_ago=0)
    assert sweep(store, 30, NOW - 2 * DAY_S).held_back == CLOCK_BEHIND
    assert sweep(store, 30, NOW).candidates == 1


def test_a_period_that_becomes_shorter_counts_a_day_later_as_a_flag_may_have_been_forgotten(store: Store):
    ranked(store, "job", ["anna"], days_ago=45)
    assert sweep(store, 60, NOW) == SweepResult()
    for later in (0.1, 0.5):
        assert sweep(store, 30, NOW + later * DAY_S).held_back == SHORTER
    assert sweep(store, 60, NOW + 0.6 * DAY_S) == SweepResult(), "with the flag again, as if nothing had been"
    assert sweep(store, 30, NOW + 0.7 * DAY_S).held_back == SHORTER and left(store)["runs"] == 1
    waiting = entries(store)[0]
    assert (waiting.facts["before"], waiting.facts["days"]) == (60, 30)
    assert about_words(waiting, texts("zh")) == texts("zh")("audit.sweeps_later", before=60, days=30)
    assert sweep(store, 30, NOW + 1.8 * DAY_S).runs == 1


def test_a_person_may_sweep_by_a_shorter_period_at_once(store: Store):
    ranked(store, "job", ["anna"], days_ago=45)
    sweep(store, 60, NOW)
    assert sweep(store, 30, NOW, confirmed=True).runs == 1


def test_an_empty_store_can_be_swept_at_any_time(store: Store):
    assert sweep(store, 30, 0.0) == SweepResult()


def test_what_was_ranked_while_the_clock_was_behind_is_no_older_than_what_came_before(store: Store):
    """A machine without a battery starts in 1970 and gets the time later: the day's labels must not go with the next sweep."""
    ranked(store, "job", ["before"], days_ago=1)
    behind = store.add_run(run_of("job", ["under a wrong clock"], at=86_400.0))
    store.label(behind, id_of("under a wrong clock"), "anna", FULL, at=86_400.0)
    assert sweep(store, 30, NOW) == SweepResult()
    assert sweep(store, 30, NOW + 30 * DAY_S).candidates == 2, "and goes when those before it do"


def test_what_was_ranked_while_the_clock_was_ahead_does_not_stay_for_years(store: Store):
    sweep(store, 30, NOW)
    ranked(store, "job", ["in the year 2100"], days_ago=-27_000)
    ranked(store, "job", ["after it was set right"], days_ago=0)
    assert sweep(store, 30, NOW) == SweepResult()
    assert sweep(store, 30, NOW + 29 * DAY_S) == SweepResult()
    assert sweep(store, 30, NOW + 31 * DAY_S).candidates == 2


def test_a_kill_between_deleting_and_scrubbing_leaves_the_rest_to_the_next_start(store: Store, tmp_path: Path):
    ranked(store, "job", ["secret text of the one"], days_ago=31)
    store.close()
    code = f"""
import os, signal
from pathlib import Path
from feedback.store.retention import sweep
from feedback.store.store import Store
store = Store(Path({str(tmp_path / FILE_NAME)!r}))
store.scrub = lambda: os.kill(os.getpid(), signal.SIGKILL)
sweep(store, 30, {NOW})
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == -9
    again = Store(tmp_path / FILE_NAME)
    assert left(again)["resumes"] == 0
    assert b"secret text" not in bytes_beside(again)
    with again.reading() as db:
        assert db.execute("SELECT count(*) FROM scrub_due").fetchone() == (0,)
    again.close()


def test_a_reader_delays_the_scrubbing_and_that_is_said(store: Store):
    ranked(store, "job", ["secret text of the one"], days_ago=31)
    store._db.execute("PRAGMA busy_timeout = 50")
    with store.reading() as db:
        db.execute("SELECT count(*) FROM resumes").fetchone()
        assert not sweep(store, 30, NOW).is_complete


class Days:
    """A clock that stands at `now` until it is set, and a list of the sweeps that were told."""

    def __init__(self):
        self.now = NOW
        self.told: list[SweepResult] = []
        self._news = threading.Condition()

    def clock(self) -> float:
        return self.now

    def tell(self, swept: SweepResult) -> None:
        with self._news:
            self.told.append(swept)
            self._news.notify_all()

    def wait_for(self, count: int) -> bool:
        with self._news:
            return self._news.wait_for(lambda: len(self.told) >= count, timeout=20)


def test_it_sweeps_at_the_start_and_once_a_day(store: Store):
    ranked(store, "job", ["a"], days_ago=29.5)
    days = Days()
    ended = run_daily(store, 30, days.tell, days.clock, look_s=0.01)
    assert days.wait_for(1)
    days.now += DAY_S / 2
    ended.wait(0.2)
    assert days.told == [SweepResult()], "the day is not over"
    days.now += DAY_S / 2
    assert days.wait_for(2)
    assert days.told[1].candidates == 1
    days.now -= 300 * DAY_S
    assert days.wait_for(3)
    assert days.told[2].held_back == CLOCK_BEHIND
    ended.set()


def test_a_sweep_that_fails_is_logged_without_data_and_tried_again(store: Store, caplog: pytest.LogCaptureFixture):
    ranked(store, "job", ["a secret text"], days_ago=31)
    with store.writing() as db:
        db.execute("CREATE TRIGGER broken BEFORE DELETE ON resumes BEGIN SELECT RAISE(ABORT, 'a secret text'); END")
    days = Days()
    with caplog.at_level(logging.DEBUG):
        ended = run_daily(store, 30, days.tell, days.clock, look_s=0.05)
        while not caplog.records:
            ended.wait(0.01)
    with store.writing() as db:
        db.execute("DROP TRIGGER broken")
    assert days.wait_for(1)
    ended.set()
    assert days.told[0].candidates == 1
    assert "secret" not in caplog.text and "IntegrityError" in caplog.text


def test_the_thread_does_not_keep_the_program_alive(tmp_path: Path):
    code = f"""
from pathlib import Path
from feedback.store.retention import run_daily
from feedback.store.store import Store
run_daily(Store(Path({str(tmp_path / FILE_NAME)!r})), 30)
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


def test_a_twin_in_the_pile_counts_once(store: Store):
    run = run_of("job", ["twin", "twin"], at=NOW - 31 * DAY_S)
    store.add_run(replace(run, rows=tuple(replace(row, input_position=row.rank) for row in run.rows)))
    assert sweep(store, 30, NOW) == SweepResult(runs=1, candidates=1, jobs=1)
