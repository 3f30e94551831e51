"""Run ./start.sh user add|list|remove|password|admin|handover: who may sign in, and who administers. A running app reads the file again."""

import argparse
import getpass
import shlex
import sqlite3
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from feedback.store.database import DamagedDatabase
from feedback.store.history import count_runs, hand_over
from feedback.store.migrations import NewerSchema
from feedback.store.store import FILE_NAME, Store
from i18n.console import fail, say
from i18n.texts import Texts
from server.auth.account_log import NO_LOG, log_change
from server.auth.accounts import MAX_PASSWORD, NAME, read_users, remove_user, set_admin, write_user
from server.auth.commands import DONE, NOTHING_CHANGED, run_command
from settings import MIN_PASSWORD, Settings

NOBODY = "-"
"""Stands for who ranked without signing in: on the command line, or before there were users."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code: 2 if it was refused and nothing was changed."""
    names, switches = ("add", "list", "remove", "password", "admin", "handover"), {"add": "admin", "admin": "revoke"}
    return run_command(arguments, "user", names, ("users", "feedback"), _run, switches, {"handover": "to"})


def _run(options: argparse.Namespace, settings: Settings, words: Texts) -> int:
    if not settings.users:
        return fail(words("users.no_file"), NOTHING_CHANGED)
    path = Path(settings.users)
    if options.command == "list":
        users = read_users(path)
        lines = [words("users.admin_listed", user=user) if account.is_admin else user for user, account in users.items()]
        print("\n".join(lines) or words("users.nobody", file=path))
        return DONE
    if not NAME.fullmatch(options.name):
        return fail(words("users.bad_name"), NOTHING_CHANGED)
    if options.command == "add":
        if path.exists() and options.name in read_users(path):  # most likely somebody else of that name, who must not get these rankings
            return fail(words("users.known", user=options.name, file=path, flags=flags_of(settings)), NOTHING_CHANGED)
        return _set_password(path, options.name, "added", settings, words, options.admin)
    if options.command == "handover":
        return _hand_over(options.name, options.to, settings, words)
    if options.name not in read_users(path):
        return fail(words("users.unknown", user=options.name, file=path), NOTHING_CHANGED)
    if options.command == "password":
        return _set_password(path, options.name, "changed", settings, words)
    had_admins = _has_admins(path)
    if options.command == "admin":
        if read_users(path)[options.name].is_admin == (not options.revoke):
            print(words("users.admin_not_before" if options.revoke else "users.admin_before", user=options.name))
            return DONE
        set_admin(path, options.name, not options.revoke)
        print(words("users.admin_revoked" if options.revoke else "users.admin_made", user=options.name))
        _log(options.name, "no_admin" if options.revoke else "admin", settings, words)
    else:
        remove_user(path, options.name)
        print(words("users.removed", user=options.name))
        _log(options.name, "removed", settings, words)
        _say_what_stays(options.name, settings, words)
    if not read_users(path):
        print(words("users.last", file=path))
    elif had_admins and not _has_admins(path):
        print(words("users.no_admin"))
    return DONE


def _hand_over(user: str, successor: str, settings: Settings, words: Texts) -> int:
    """Give the rankings of somebody who has no account any more, or of nobody, to a user; print how many."""
    path, database = Path(settings.users), Path(settings.feedback) / FILE_NAME
    users = read_users(path)
    owner, called = ("", words("users.nobody_signed_in")) if user == NOBODY and user not in users else (user, user)
    if user in users:
        return fail(words("users.still_there", user=user, file=path), NOTHING_CHANGED)
    if successor not in users:
        return fail(words("users.unknown", user=successor, file=path), NOTHING_CHANGED)
    try:
        if not count_runs(database, owner):
            return fail(words("users.no_runs", user=called, folder=settings.feedback), NOTHING_CHANGED)
        store = Store(database)
        try:
            print(words("users.handed_over", runs=hand_over(store, owner, successor), user=called, successor=successor))
        finally:
            store.close()
    except (sqlite3.Error, NewerSchema, DamagedDatabase) as error:
        return fail(f"--feedback {settings.feedback}: {error}", NOTHING_CHANGED)
    return DONE


def _say_what_stays(user: str, settings: Settings, words: Texts) -> None:
    """Print how many rankings of a removed user stay, and who can open them."""
    with suppress(sqlite3.Error):  # the user is removed, whatever the database says
        runs = count_runs(Path(settings.feedback) / FILE_NAME, user)
        if runs:
            print(words("users.runs_stay", user=user, runs=runs, flags=flags_of(settings)))


def _log(user: str, change: str, settings: Settings, words: Texts, is_first: bool = False) -> None:
    """Write into the audit log of the store what became of an account; print if that was not possible.

    `is_first`: nobody had an account before, so that there is no store yet either, most likely.
    """
    problem = log_change(settings.feedback, user, change)
    if problem and not (is_first and problem == NO_LOG):
        print(words(problem, folder=settings.feedback))


def flags_of(settings: Settings) -> str:
    """Return the flags with which another command means the same users and the same store."""
    feedback = [] if settings.feedback == Settings().feedback else ["--feedback", settings.feedback]
    return shlex.join(["--users", settings.users, *feedback])


def _has_admins(path: Path) -> bool:
    return any(account.is_admin for account in read_users(path).values())


def _set_password(path: Path, user: str, done: str, settings: Settings, words: Texts, is_admin: bool = False) -> int:
    """Ask for the password twice and write it; `done` is the key of what is said then."""
    password = _typed(words("users.password", user=user, least=MIN_PASSWORD))
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        return fail(words("users.bad_password", least=MIN_PASSWORD, most=MAX_PASSWORD), NOTHING_CHANGED)
    if _typed(words("users.once_more")) != password:
        return fail(words("users.differ"), NOTHING_CHANGED)
    is_first = not path.exists()
    write_user(path, user, password, is_admin)
    print(words(f"users.{done}", user=user, file=path))
    if is_admin:
        print(words("users.admin_made", user=user))
    _log(user, "added" if done == "added" else "password", settings, words, is_first)
    if is_admin:
        _log(user, "admin", settings, words, is_first=True)  # where that cannot be, it is said already
    return DONE


def _typed(question: str) -> str:
    """Return a password: typed unseen, or a line of the pipe of an administrator's script, without getpass's English warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(question)
        except getpass.GetPassWarning:
            say(question)
            return sys.stdin.readline().rstrip("\n")


if __name__ == "__main__":
    sys.exit(main())
