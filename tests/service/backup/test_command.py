"""./start.sh backup and restore: what they say, and their exit codes."""

from pathlib import Path

import pytest

from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from service.backup.command import main
from tests.commands import run_here
from tests.feedback.stored import run_of


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_backup_is_written_and_brought_back_in_words(language: str, tmp_path: Path):
    words = texts(language)
    flags = ["--feedback", str(tmp_path / "feedback"), "--language", language]
    file = str(tmp_path / "backup.zip")
    nothing = run_here(main, "backup", file, *flags)
    assert nothing.returncode == 1 and nothing.stderr.strip() == words("backup.nothing_to_save", folder=flags[1])
    store = Store(tmp_path / "feedback" / FILE_NAME)
    store.add_run(run_of("job", ["anna"]))

    saved = run_here(main, "backup", file, *flags)
    assert saved.returncode == 0 and words("backup.without_users") in saved.stdout and words("backup.confidential") in saved.stdout
    held = run_here(main, "restore", file, *flags)
    assert held.returncode == 1 and held.stderr.strip() == words("backup.in_use", folder=flags[1])
    store.close()
    restored = run_here(main, "restore", file, *flags)
    assert restored.returncode == 0 and words("backup.erased_again", count=0) in restored.stdout
    assert ".before-restore-" in restored.stdout
    new = run_here(main, "restore", file, "--feedback", str(tmp_path / "new"), "--language", language)
    assert words("backup.erased_unknown") in new.stdout and ".before-restore-" not in new.stdout


def test_what_is_no_backup_is_told(tmp_path: Path):
    (tmp_path / "letter.txt").write_text("hello")
    flags = ["--feedback", str(tmp_path / "feedback"), "--language", "en"]
    assert "was not written by" in run_here(main, "restore", tmp_path / "letter.txt", *flags).stderr
    assert "There is no file" in run_here(main, "restore", tmp_path / "none.zip", *flags).stderr
    assert run_here(main, "backup", tmp_path / "b.zip", *flags, "--users", tmp_path / "none.txt").returncode == 1


def test_an_empty_folder_never_replaces_a_backup(tmp_path: Path):
    full, empty, file = tmp_path / "full", tmp_path / "empty", tmp_path / "b.zip"
    for folder in (full, empty):
        store = Store(folder / FILE_NAME)
        if folder == full:
            store.add_run(run_of("job", ["anna"]))
        store.close()
    assert run_here(main, "backup", file, "--feedback", full).returncode == 0
    before = file.read_bytes()
    refused = run_here(main, "backup", file, "--feedback", empty, "--language", "en")
    assert refused.returncode == 1 and "was not replaced" in refused.stderr and file.read_bytes() == before
    assert run_here(main, "backup", tmp_path / "other.zip", "--feedback", empty).returncode == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_user_removed_since_the_backup_stays_out_and_is_named(language: str, tmp_path: Path):
    words, users, file = texts(language), tmp_path / "users.txt", tmp_path / "b.zip"
    flags = ["--feedback", tmp_path / "feedback", "--users", users, "--language", language]
    Store(tmp_path / "feedback" / FILE_NAME).close()
    users.write_text("li:$1\nzhang:$2\n")
    assert run_here(main, "backup", file, *flags).returncode == 0
    users.write_text("li:$1\n")
    said = run_here(main, "restore", file, *flags).stdout
    assert words("backup.users_kept", path=users) in said and words("backup.users_differ", names="zhang") in said
    assert users.read_text() == "li:$1\n"
    users.unlink()
    said = run_here(main, "restore", file, *flags).stdout
    assert words("backup.users", path=users) in said and "zhang" in users.read_text() and "zhang" not in said


def test_a_wrong_folder_and_missing_accounts_are_said_and_a_refusal_leaves_nothing(tmp_path: Path):
    feedback, file = tmp_path / "feedback", tmp_path / "b.zip"
    Store(feedback / FILE_NAME).close()
    nowhere = run_here(main, "backup", tmp_path / "none" / "b.zip", "--feedback", feedback, "--language", "en")
    assert nowhere.returncode == 1 and nowhere.stderr.strip() == f"There is no folder {tmp_path / 'none'}"
    assert run_here(main, "backup", file, "--feedback", feedback).returncode == 0
    restored = run_here(main, "restore", file, "--feedback", feedback, "--users", tmp_path / "u.txt", "--language", "en")
    assert "holds no accounts" in restored.stdout and not (tmp_path / "u.txt").exists()
    file.write_bytes(file.read_bytes()[:-100])
    assert run_here(main, "restore", file, "--feedback", tmp_path / "new").returncode == 1
    assert not (tmp_path / "new").exists()
    assert run_here(main, "restore", file, "--feedback", feedback).returncode == 1
    assert not [path.name for path in feedback.iterdir() if "restoring" in path.name]
