"""./start.sh user: add, list, remove and change, without a password on the screen."""

import getpass
import io
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from feedback.labels import FULL, NONE
from feedback.store import audit
from feedback.store.desk.notes import add_note, notes_of_run
from feedback.store.desk.statuses import INTERVIEW, set_status, statuses_of_run
from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from server.auth import accounts, user_command
from server.auth.accounts import open_accounts, read_users
from settings import BadSetting, Settings
from tests.commands import run_here
from tests.feedback.stored import id_of, run_of
from tests.server.serving import PASSWORD
from ui.html.audit import about_words, user_words

Typing = Callable[..., None]
EN = texts("en")


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Return a function that sets what is typed when a password is asked for."""

    def typing(*passwords: str) -> None:
        given = iter(passwords)
        monkeypatch.setattr(user_command.getpass, "getpass", lambda prompt: next(given))

    return typing


@pytest.fixture
def user(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Run the command on one file of users; the exit code and all that was said."""

    def user(*arguments: str) -> tuple[int, str]:
        result = run_here(user_command.main, *arguments, "--users", str(tmp_path / "users"))
        assert PASSWORD not in result.stdout + result.stderr
        return result.returncode, result.stdout + result.stderr

    return user


def matches(tmp_path: Path, name: str, password: str) -> bool:
    return open_accounts(Settings(users=str(tmp_path / "users"))).match(name, password)


def test_a_user_is_added_listed_changed_and_removed(tmp_path: Path, typing: Typing, user):
    typing(*[PASSWORD] * 4, "another password", "another password")
    assert user("add", "ann")[0] == user("add", "李雷")[0] == 0
    assert user("list") == (0, "ann\n李雷\n")
    assert user("password", "ann", "--language", "en")[1].startswith("The password of ann was changed")
    assert matches(tmp_path, "ann", "another password") and not matches(tmp_path, "ann", PASSWORD)
    code, told = user("add", "ann")
    assert code == 2 and "已有用户 ann" in told and f"user password ann --users {tmp_path}" in told, "another ann gets no account of ann's"
    assert matches(tmp_path, "ann", "another password")
    assert user("remove", "ann")[1].startswith("已删除 ann，其登录已结束\n")
    assert user("list") == (0, "李雷\n")
    assert "现在没有人能登录" in user("remove", "李雷")[1]
    assert "没有任何用户" in user("list")[1]


def test_what_is_refused_changes_nothing(tmp_path: Path, typing: Typing, user):
    typing("short", PASSWORD, "something else", PASSWORD, PASSWORD)
    assert user("remove", "ann")[1].startswith("--users：没有文件")
    assert user("add", "ann") == (2, "密码为 8 到 1024 个字符。未做任何更改。\n")
    assert user("add", "ann") == (2, "两次输入不一致。未做任何更改。\n")
    assert user("add", "a:b", "--language", "en")[1].startswith("A name has 1 to 64 characters")
    assert not (tmp_path / "users").exists()
    assert user("add", "ann")[0] == 0
    before = (tmp_path / "users").read_bytes()
    assert user("remove", "bo")[0] == user("password", "bo")[0] == 2
    assert (tmp_path / "users").read_bytes() == before
    assert list(read_users(tmp_path / "users")) == ["ann"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_is_removed_leaves_rankings_behind_and_that_is_said(language: str, tmp_path: Path, typing: Typing, user):
    words, flags = texts(language), ("--feedback", str(tmp_path / "feedback"), "--language", language)
    store = Store(tmp_path / "feedback" / FILE_NAME)
    for name in ("ann", "ann", "bo"):
        store.add_run(replace(run_of("job", ["resume"]), user=name))
    typing(*[PASSWORD] * 6)
    for name in ("ann", "bo", "cy"):
        user("add", name)
    told = user("remove", "ann", *flags)[1]  # while the app has the database open
    meant = f"--users {tmp_path / 'users'} --feedback {tmp_path / 'feedback'}"
    assert words("users.runs_stay", user="ann", runs=2, flags=meant) in told, "the command works as it is written"
    assert user("remove", "cy", *flags) == (0, words("users.removed", user="cy") + "\n")
    store.close()
    (tmp_path / "feedback" / FILE_NAME).write_bytes(b"no database")
    assert words("users.removed", user="bo") in user("remove", "bo", *flags)[1]


def test_the_audit_log_has_what_became_of_accounts(tmp_path: Path, typing: Typing, user):
    flags = ("--feedback", str(tmp_path / "feedback"))
    typing(*[PASSWORD] * 6)
    user("add", "ann", *flags)  # before the first start there is no log yet
    no_log = EN("users.no_log", folder=tmp_path / "feedback")
    assert user("add", "boss", "--admin", *flags, "--language", "en")[1].count(no_log) == 1, "as in a folder that is not the app's"
    assert no_log in user("remove", "boss", *flags, "--language", "en")[1]
    store = Store(tmp_path / "feedback" / FILE_NAME)
    user("add", "bo", "--admin", *flags)
    user("admin", "ann", "--revoke", *flags)  # who was none
    user("admin", "ann", *flags)
    user("remove", "bo", *flags)
    told = [about_words(entry, EN) for entry in audit.entries(store) if entry.event == audit.ACCOUNT]
    assert told == ["bo removed", "ann is an administrator", "bo is an administrator", "bo added"]
    assert {user_words(entry, EN) for entry in audit.entries(store)} == {EN("audit.by_command")}
    store.close()


def test_passwords_from_a_pipe_are_taken_without_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user):
    def no_terminal(prompt: str) -> str:
        warnings.warn("Can not control echo on the terminal.", getpass.GetPassWarning, stacklevel=2)
        raise AssertionError("asked in spite of the warning")

    monkeypatch.setattr(user_command.getpass, "getpass", no_terminal)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n{PASSWORD}\n"))
    code, told = user("add", "ann")
    assert code == 0 and "Warning" not in told and matches(tmp_path, "ann", PASSWORD)


@pytest.mark.parametrize("arguments", [(), ("help",), ("--help",)])
def test_help_names_the_four_in_the_language(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch):
    for language, title in (("zh", "用法："), ("en", "usage: ")):
        monkeypatch.setenv("RERANKER_LANGUAGE", language)
        result = run_here(user_command.main, *arguments)
        assert result.returncode == 0 and result.stdout.startswith(title)
        assert [name for name in ("add", "list", "remove", "password") if name not in result.stdout] == []


def test_administrators_are_made_listed_and_revoked_and_stay_so_with_another_password(tmp_path: Path, typing: Typing, user):
    typing(*[PASSWORD] * 4, "another password", "another password")
    assert user("add", "ann")[0] == 0
    assert "boss 是管理员" in user("add", "boss", "--admin")[1]
    assert user("list") == (0, "ann\nboss（管理员）\n")
    user("password", "boss")
    assert open_accounts(Settings(users=str(tmp_path / "users"))).admins() == {"boss"}
    assert matches(tmp_path, "boss", "another password")
    assert user("admin", "bo")[0] == 2
    assert user("admin", "ann")[0] == 0
    assert user("remove", "boss")[1].startswith("已删除 boss，其登录已结束\n")
    assert "现在没有管理员" in user("admin", "ann", "--revoke")[1]
    assert open_accounts(Settings(users=str(tmp_path / "users"))).admins() == frozenset()


def test_a_running_app_knows_at_once_who_administers(tmp_path: Path):
    file = tmp_path / "users"
    accounts.write_user(file, "ann", PASSWORD)
    users = open_accounts(Settings(users=str(file), auth=f"bo:{PASSWORD}"))
    assert users.admins() == frozenset()
    accounts.set_admin(file, "ann", True)
    assert users.admins() == {"ann"} and users.match("ann", PASSWORD)
    file.write_text(file.read_text("utf-8").replace(":admin", ":boss"), "utf-8")
    assert users.admins() == {"ann"}, "a file that cannot be read changes nothing"
    with pytest.raises(BadSetting):
        open_accounts(Settings(users=str(file)))


def test_private_rankings_need_an_administrator(tmp_path: Path):
    file = tmp_path / "users"
    accounts.write_user(file, "ann", PASSWORD)
    with pytest.raises(BadSetting, match="at least one administrator"):
        open_accounts(Settings(users=str(file), private_runs=True))
    accounts.write_user(file, "boss", PASSWORD, is_admin=True)
    assert open_accounts(Settings(users=str(file), private_runs=True)).admins() == {"boss"}


def test_rankings_of_a_removed_user_are_handed_over(user: Callable[..., tuple[int, str]], typing: Typing, tmp_path: Path):
    store = Store(tmp_path / "feedback" / FILE_NAME)
    run = store.add_run(replace(run_of("job", ["a", "b"]), user="zhang"))
    for text, rater in (("a", "zhang"), ("b", "li"), ("b", "zhang")):
        store.label(run, id_of(text), rater, FULL if rater == "zhang" else NONE)
    set_status(store, run, [id_of("a")], INTERVIEW, "zhang")
    add_note(store, run, id_of("a"), "zhang", "Tuesday")
    flags = ("--feedback", str(tmp_path / "feedback"), "--language", "en")
    for name in ("zhang", "li"):
        typing(PASSWORD, PASSWORD)
        user("add", name)
    code, said = user("handover", "zhang", "--to", "li", *flags)
    assert code == 2 and EN("users.still_there", user="zhang", file=tmp_path / "users") in said
    assert "user handover zhang" in user("remove", "zhang", *flags)[1]
    code, said = user("handover", "zhang", "--to", "nobody", *flags)
    assert code == 2 and EN("users.unknown", user="nobody", file=tmp_path / "users") in said
    code, said = user("handover", "zhang", "--to", "li", *flags)
    assert code == 0 and EN("users.handed_over", runs=1, user="zhang", successor="li") in said
    assert store.run(run, "li").user == "li" and user("handover", "zhang", "--to", "li", *flags)[0] == 2
    labels = store.labels_of_run(run, "li")
    assert [labels[id_of(text)][0].grade for text in ("a", "b")] == [FULL, NONE], "her own word stays"
    assert statuses_of_run(store, run, "li")[id_of("a")].status == INTERVIEW
    assert [note.text for note in notes_of_run(store, run, "li")[id_of("a")]] == ["Tuesday"]
    [entry] = [entry for entry in audit.entries(store) if entry.event == audit.HANDED_OVER]
    assert about_words(entry, EN) == "zhang → li, 1 rankings" and user_words(entry, EN) == EN("audit.by_command")
    store.close()


def test_rankings_of_nobody_are_handed_over(user, typing: Typing, tmp_path: Path):
    store, flags = Store(tmp_path / "feedback" / FILE_NAME), ("--feedback", str(tmp_path / "feedback"), "--language", "en")
    run = store.add_run(replace(run_of("job", ["a", "b"]), user=""))
    store.label(run, id_of("a"), "", FULL)
    typing(PASSWORD, PASSWORD)
    user("add", "li")
    code, said = user("handover", "-", "--to", "li", *flags)
    assert code == 0 and EN("users.nobody_signed_in") in said and store.run(run, "li").user == "li"
    assert store.labels_of_run(run, "li")[id_of("a")][0].grade == FULL
    assert user("handover", "-", "--to", "li", *flags)[0] == 2, "nothing is left"
    [entry] = [entry for entry in audit.entries(store) if entry.event == audit.HANDED_OVER]
    assert about_words(entry, EN).startswith(f"{EN('audit.nobody')} → li")
    store.close()
