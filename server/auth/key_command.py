"""Run `./start.sh key add|list|remove`: write the file of keys for the HTTP API, which a running app reads again."""

import argparse
import shlex
import sys
from collections.abc import Sequence

from i18n.console import fail, say
from i18n.texts import Texts
from server.auth.account_log import log_change
from server.auth.accounts import NAME
from server.auth.commands import DONE, NOTHING_CHANGED, run_command
from server.auth.keys import add_key, keys_file, read_keys, remove_key
from settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code: 2 if it was refused and nothing was changed."""
    return run_command(arguments, "key", ("add", "list", "remove"), ("feedback",), _run)


def _run(options: argparse.Namespace, settings: Settings, words: Texts) -> int:
    path = keys_file(settings)
    if options.command != "add" and not path.parent.is_dir():  # a wrong --feedback
        return fail(words("backup.no_folder", folder=path.parent), NOTHING_CHANGED)
    flags = "" if settings.feedback == Settings().feedback else f" --feedback {shlex.quote(settings.feedback)}"
    if options.command == "list":
        names = read_keys(path)
        print("\n".join(names) if names else words("api_keys.none"))
        return DONE
    if not NAME.fullmatch(options.name):
        return fail(words("users.bad_name"), NOTHING_CHANGED)
    try:
        if options.command == "add":
            key = add_key(path, options.name)
            say(words("api_keys.added", name=options.name))
            print(key)  # alone on stdout: KEY=$(./start.sh key add NAME)
            _log(options.name, "key_added", settings, words)
            return DONE
        remove_key(path, options.name)
    except LookupError:
        key = "api_keys.exists" if options.command == "add" else "api_keys.unknown"
        return fail(words(key, name=options.name, flags=flags), NOTHING_CHANGED)
    print(words("api_keys.removed", name=options.name))
    _log(options.name, "key_removed", settings, words)
    if not read_keys(path):
        print(words("api_keys.last"))
    return DONE


def _log(name: str, change: str, settings: Settings, words: Texts) -> None:
    if problem := log_change(settings.feedback, name, change):
        say(words(problem, folder=settings.feedback))


if __name__ == "__main__":
    sys.exit(main())
