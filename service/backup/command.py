"""Run `./start.sh backup FILE` and `./start.sh restore FILE`: arguments in, one line a fact out."""

import argparse
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from feedback.store import audit
from feedback.store.backup.archive import BadBackup
from feedback.store.backup.restore import InUse, Restored, restore
from feedback.store.backup.save import Saved, save
from feedback.store.database import DamagedDatabase
from feedback.store.disk_errors import is_disk_full
from feedback.store.migrations import MIGRATIONS, NewerSchema
from feedback.store.store import FILE_NAME, Store
from i18n.arguments import parser_in
from i18n.console import fail
from i18n.texts import Texts, texts
from settings import BadSetting, Settings, add_flags, asked_language, load_settings

DONE, NOT_DONE, BAD_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code: 1 if nothing was done, 2 on bad usage."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    words = texts(asked_language(arguments))
    options = _parser(words).parse_args(arguments)
    try:
        settings = load_settings(vars(options))
    except BadSetting as error:
        return fail(error.sentence(words), BAD_USAGE)
    database, users = Path(settings.feedback) / FILE_NAME, Path(settings.users) if settings.users else None
    try:
        if options.command == "backup":
            if users and not users.is_file():
                return fail(words("bad_setting.users_missing", flag="--users", path=users), NOT_DONE)
            if not options.file.absolute().parent.is_dir():
                return fail(words("backup.no_folder", folder=options.file.absolute().parent), NOT_DONE)
            saved = save(database, options.file, users)
            _log(database, words)
            return _say_saved(saved, words)
        if not options.file.is_file():
            return fail(words("backup.no_file", file=options.file), NOT_DONE)
        return _say_restored(restore(options.file, database, users), settings, words)
    except BadBackup as error:
        return fail(words(f"backup.{error.code}", file=options.file, folder=settings.feedback), NOT_DONE)
    except InUse:
        return fail(words("backup.in_use", folder=settings.feedback), NOT_DONE)
    except (NewerSchema, DamagedDatabase) as error:
        return fail(f"{options.file}: {error}", NOT_DONE)
    except (OSError, sqlite3.Error) as error:
        return fail(words("backup.disk" if is_disk_full(error) else "backup.failed", problem=error), NOT_DONE)


def _parser(words: Texts) -> argparse.ArgumentParser:
    parser = parser_in(words, "./start.sh", words("backup.command"))
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("backup", "restore"):
        command = commands.add_parser(name, help=words(f"backup.command_{name}"), description=words(f"backup.command_{name}"))
        command.add_argument("file", metavar=words("backup.metavar"), type=Path, help=words("backup.command_file"))
        add_flags(command, words, "feedback", "users", "language")
    return parser


def _log(database: Path, words: Texts) -> None:
    """Write into the audit log that all of it left the folder; print if that was not possible. An older database is not migrated for it."""
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as db:
            if db.execute("PRAGMA user_version").fetchone()[0] < len(MIGRATIONS):
                return
        store = Store(database)
        try:
            audit.record(store, audit.EXPORTED, audit.BY_COMMAND, kind="backup")
        finally:
            store.close()
    except (OSError, sqlite3.Error, NewerSchema, DamagedDatabase):
        print(words("backup.not_logged"))


def _say_saved(saved: Saved, words: Texts) -> int:
    print(words("backup.saved", file=saved.file, size=saved.size / 1e6, runs=saved.runs, labels=saved.labels, files=saved.kept_files))
    if not saved.is_with_users:
        print(words("backup.without_users"))
    print(words("backup.confidential"))
    return DONE


def _say_restored(restored: Restored, settings: Settings, words: Texts) -> int:
    at = f"{datetime.fromtimestamp(restored.at):%Y-%m-%d %H:%M}"
    print(words("backup.restored", at=at, folder=settings.feedback, runs=restored.runs, labels=restored.labels))
    if restored.knows_erased:
        print(words("backup.erased_again", count=restored.erased))
    else:
        print(words("backup.erased_unknown"))
    if not restored.is_log_whole:
        print(words("backup.log_not_whole"))
    if restored.kept_users:
        print(words("backup.users_kept", path=restored.users))
        if restored.differing:
            print(words("backup.users_differ", names=words("backup.between_names").join(restored.differing)))
    elif restored.users:
        print(words("backup.users", path=restored.users))
    else:
        print(words("backup.no_users"))
    if restored.keys:
        print(words("backup.keys", names=words("backup.between_names").join(restored.keys)))
    if restored.aside:
        print(words("backup.aside", folder=restored.aside))
    return DONE


if __name__ == "__main__":
    sys.exit(main())
