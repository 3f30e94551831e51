"""./start.sh backup and restore: what they say, and their exit codes."""

from pathlib import Path

import pytest

from feedback.store import audit
from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from service.backup.command import main
from tests.commands import run_here
from tests.feedback.stored import run_of
from ui.html.audit import about_words, user_words


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_backup_is_written_and_brought_back_in_words(language: str, tmp_path: Path):
    words = texts(language)
    flags = ["--feedback", str(tmp_path / "feedback"), "--language", language]
    file = str(tmp_path / "backup.zip")
    nothing = run_here(main, "backup", file, *flags)
    assert nothing.returncode == 1 and nothing.stderr.strip() == words("backup.nothing_to_save", folder=flags[1])
    store = Store(tmp_path / "feedback" / FILE_NAME)
    empty = run_here(main, "backup", file, *flags)
    assert empty.returncode == 1 and empty.stderr.strip() == words("backup.nothing_to_save", folder=flags[1]), (
        "perhaps another folder is meant"
    )
    store.add_run(run_of("job", ["anna"]))

    saved = run_here(main, "backup", file, *flags)
    assert saved.returncode == 0 and words("backup.without_users") in saved.stdout and words("backup.confidential") in saved.stdout
    [entry] = audit.entries(store, limit=1)
    assert (user_words(entry, words), about_words(entry, words)) == (words("audit.by_command"), words("audit.kind_backup"))
    refused = run_here(main, "restore", file, *flags)
    assert refused.returncode == 1 and refused.stderr.strip() == words("backup.in_use", folder=flags[1])
    store.close()
    assert not empty_backup_replaces(file, tmp_path)
    restored = run_here(main, "restore", file, *flags)
    assert (
        restored.returncode == 0
        and words("backup.no_users") in restored.stdout
        and words("backup.erased_again", count=0) in restored.stdout
    )
    assert ".before-restore-" in restored.stdout
    (tmp_path / "feedback" / "api_keys").write_text("ci:hash\n")
    run_here(main, "backup", file, *flags)
    new = run_here(main, "restore", file, "--feedback", str(tmp_path / "new"), "--language", language)
    assert words("backup.keys", names="ci") in new.stdout and words("backup.keys", names="ci") not in restored.stdout
    assert words("backup.erased_unknown") in new.stdout and ".before-restore-" not in new.stdout


def empty_backup_replaces(file: str, folder: Path) -> bool:
    """Return whether a backup of an empty folder, as one that forgot --feedback, takes the place of a good one."""
    Store(folder / "empty" / FILE_NAME).close()
    before = Path(file).read_bytes()
    assert run_here(main, "backup", file, "--feedback", str(folder / "empty")).returncode == 1
    return Path(file).read_bytes() != before


def test_what_is_no_backup_is_told(tmp_path: Path):
    (tmp_path / "letter.txt").write_text("hello")
    flags = ["--feedback", str(tmp_path / "feedback"), "--language", "en"]
    assert "was not written by" in run_here(main, "restore", tmp_path / "letter.txt", *flags).stderr
    assert "There is no file" in run_here(main, "restore", tmp_path / "none.zip", *flags).stderr
    assert run_here(main, "backup", tmp_path / "b.zip", *flags, "--users", tmp_path / "none.txt").returncode == 1


def test_a_wrong_folder_and_missing_accounts_are_said_and_a_refusal_leaves_nothing(tmp_path: Path):
    feedback, file = tmp_path / "feedback", tmp_path / "b.zip"
    store = Store(feedback / FILE_NAME)
    store.add_run(run_of("job", ["anna"]))
    store.close()
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
