"""A store that an older version wrote opens in this one with all that it had; in each, made-up people were ranked by that version's code.

The store of 0.2 is in test_database.py. The log of these two is keyed, and 0.4 knew statuses, notes, edited criteria and kept files.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from feedback.glossary.terms import ACCEPTED, terms
from feedback.labels import FULL, PARTIAL, Term
from feedback.learning.versions import active
from feedback.store import audit
from feedback.store.backup.restore import restore
from feedback.store.backup.save import save
from feedback.store.desk.notes import notes_of_run
from feedback.store.desk.statuses import statuses_of_run
from feedback.store.erase import erase
from feedback.store.history import entries
from feedback.store.kept_files import kept_of_run
from feedback.store.migrations import MIGRATIONS
from feedback.store.recording import reopened
from feedback.store.saved.presets import presets
from feedback.store.saved.rubrics import saved_rubric
from feedback.store.store import FILE_NAME, Store

DATA = Path(__file__).parents[2] / "data"
KEY = ".audit-key"
OLD = {"92a6215": 7, "dc02b56": 11}
"""The schema of the last commits of 0.3 and 0.4."""


def put(commit: str, folder: Path) -> Path:
    """Copy the store of this commit, and the key of its log, into a folder; return its path."""
    path = folder / FILE_NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("", KEY):
        shutil.copy(DATA / f"store_of_{commit}.sqlite3{ending}", f"{path}{ending}")
    return path


@pytest.mark.parametrize("commit", OLD)
def test_it_goes_on_with_rankings_labels_weights_terms_and_presets(commit: str, tmp_path: Path):
    path = put(commit, tmp_path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (OLD[commit],)
    store = Store(path)
    assert store.damaged is None and store.upgrade
    assert (store.upgrade.before, store.upgrade.after) == (OLD[commit], len(MIGRATIONS))
    ranking, query, resumes = reopened(store.run(1))
    assert {row.name for row in ranking.rows} == {"林晓.txt", "Jane_Doe.txt"}, "the third was erased"
    assert query.instruction == "Rank resumes by fit" and "QPS" in "".join(resume.text for resume in resumes)
    by_name = {row.name: row for row in ranking.rows}
    met = [point for row in ranking.rows for point in row.match_points or () if point.status == "met"]
    assert met and all(point.quote for point in met)
    assert {(note.before, note.after) for note in by_name["Jane_Doe.txt"].notes} >= {("ReactJS", "React"), ("k8s", "Kubernetes")}
    labels = store.labels_of_run(1)
    assert [(label.grade, label.reason) for label in labels[by_name["林晓.txt"].id]] == [(FULL, "结算经验")]
    assert [label.grade for label in labels[by_name["Jane_Doe.txt"].id]] == [PARTIAL]
    assert [(entry.run_id, entry.user, entry.is_blind) for entry in entries(store)] == [(2, "bo", True), (1, "anna", False)]
    assert active(store, store.run(1).engine.fingerprint).coefficients == {"logit": 1.0, "quantified": 0.25}
    assert [preset.name for kind in ("job", "instruction") for preset in presets(store, kind)] == ["后端", "我们的"]
    assert [entry.term for entry in terms(store, ACCEPTED)] == [Term("自动化", "UiPath")]
    assert audit.verify(store).is_whole
    store.close()


def test_statuses_notes_criteria_and_files_of_0_4_are_there(tmp_path: Path):
    store = Store(put("dc02b56", tmp_path))
    names = {row.resume_id: row.name for row in store.run(1).rows}
    statuses = {names[key]: (status.status, status.user) for key, status in statuses_of_run(store, 1).items()}
    assert statuses == {"林晓.txt": ("interview", "anna")}
    assert {names[key]: [(note.user, note.text) for note in notes] for key, notes in notes_of_run(store, 1).items()} == {
        "Jane_Doe.txt": [("bo", "周三来电")]
    }
    saved = saved_rubric(store, store.run(1).job)
    assert saved and saved.rubric.criteria[0].weight == 2
    assert {names[key]: [file.name for file in files] for key, files in kept_of_run(store, 1).items()} == {
        "林晓.txt": ["林晓.txt"],
        "Jane_Doe.txt": ["Jane_Doe.txt"],
    }
    store.close()


@pytest.mark.parametrize("commit", OLD)
def test_who_is_erased_after_the_upgrade_goes_blind_version_and_all(commit: str, tmp_path: Path):
    store = Store(put(commit, tmp_path))
    [resume_id] = [row.resume_id for row in store.run(1).rows if row.name == "林晓.txt"]
    assert erase(store, [resume_id], "anna").versions == 2
    assert [len(store.run(number).rows) for number in (1, 2)] == [1, 1]
    store.close()


@pytest.mark.parametrize("commit", OLD)
def test_a_backup_of_it_comes_back_in_this_version(commit: str, tmp_path: Path):
    save(put(commit, tmp_path / "old"), tmp_path / "old.zip")
    there = tmp_path / "there" / FILE_NAME
    result = restore(tmp_path / "old.zip", there)
    assert (result.schema, result.runs, result.is_log_whole) == (OLD[commit], 2, True)
    store = Store(there)
    assert store.labels_of_run(1) and audit.verify(store).is_whole
    store.close()
