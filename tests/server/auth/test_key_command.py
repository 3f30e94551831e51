"""./start.sh key: keys are made, listed and removed; only their hashes are kept."""

import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from feedback.store import audit
from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from server.auth.key_command import main
from server.auth.keys import Keys, read_keys
from settings import BadSetting
from tests.commands import run_here
from ui.html.audit import about_words, user_words

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def key(tmp_path: Path) -> Run:
    """Run the command on one folder; the exit code, what it printed, and what it told beside that."""

    def key(*arguments: str) -> tuple[int, str, str]:
        result = run_here(main, *arguments, "--feedback", str(tmp_path / "fb"), "--language", "en")
        return result.returncode, result.stdout, result.stderr

    return key


def test_a_key_is_shown_once_and_only_its_hash_is_kept(tmp_path: Path, key: Run):
    code, made, told = key("add", "ats")
    made = made.strip()
    assert code == 0 and made.startswith("rrk_") and len(made) == len("rrk_") + 43, "256 bits"
    assert "shown this once" in told and made not in told
    file = tmp_path / "fb" / "api_keys"
    assert file.read_text() == f"ats:{sha256(made.encode()).hexdigest()}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert Keys(file).name_of(made) == "ats"
    assert key("add", "李雷")[1].strip() != made
    assert key("list") == (0, "ats\n李雷\n", "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_removed_key_is_none_and_the_last_one_says_what_that_means(tmp_path: Path, key: Run):
    assert key("list") == (2, "", f"There is no folder {tmp_path / 'fb'}\n"), "a wrong --feedback is no server without keys"
    (tmp_path / "fb").mkdir()
    assert "this machine only" in key("list")[1]
    made = key("add", "ats")[1].strip()
    assert "refuses it" in key("remove", "ats")[1]
    keys = Keys(tmp_path / "fb" / "api_keys")
    assert keys.name_of(made) is None and not keys
    key("add", "ats")
    assert "That was the last key" in key("remove", "ats")[1]


def test_the_audit_log_has_who_was_given_a_key_and_from_whom_it_was_taken(tmp_path: Path, key: Run):
    words = texts("en")
    assert words("users.no_log", folder=tmp_path / "fb") in key("add", "bo")[2], "nothing is stored there"
    store = Store(tmp_path / "fb" / FILE_NAME)
    _, made, told = key("add", "ats")
    assert made.startswith("rrk_") and made.count("\n") == 1 and words("users.no_log", folder=tmp_path / "fb") not in told
    key("remove", "bo")
    rows = [(user_words(entry, words), about_words(entry, words)) for entry in audit.entries(store)]
    by = words("audit.by_command")
    assert rows == [(by, words("audit.account_key_removed", user="bo")), (by, words("audit.account_key_added", user="ats"))]
    store.close()


def test_what_is_refused_changes_nothing(tmp_path: Path, key: Run):
    assert key("remove", "ats")[0] == 2
    assert key("add", "a:b")[0] == 2 and not (tmp_path / "fb").exists()
    key("add", "ats")
    before = read_keys(tmp_path / "fb" / "api_keys")
    code, printed, told = key("add", "ats")
    assert (code, printed) == (2, "") and "has a key already" in told
    assert key("remove", "bo")[0] == 2
    assert read_keys(tmp_path / "fb" / "api_keys") == before


@pytest.mark.parametrize("line", ["ats", "ats:abc", f":{'0' * 64}", "", f"ats:{'0' * 64} "])
def test_a_file_that_is_none_of_ours_is_named_with_its_line(tmp_path: Path, line: str):
    file = tmp_path / "api_keys"
    file.write_text(f"good:{'0' * 64}\n{line}\n")
    with pytest.raises(BadSetting) as refused:
        Keys(file)
    assert "line 2" in str(refused.value) and "api_keys" in str(refused.value)


@pytest.mark.parametrize("arguments", [(), ("help",), ("--help",)])
def test_help_names_the_three_in_the_language(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch):
    for language, title in (("zh", "用法："), ("en", "usage: ")):
        monkeypatch.setenv("RERANKER_LANGUAGE", language)
        result = run_here(main, *arguments)
        assert result.returncode == 0 and result.stdout.startswith(title)
        assert [name for name in ("add", "list", "remove") if name not in result.stdout] == []
