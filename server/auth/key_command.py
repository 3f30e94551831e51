"""./start.sh key add|list|remove: who may use the HTTP API. Writes the file of keys that a running app reads again."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from i18n.arguments import parser_in
from i18n.console import fail, say
from i18n.texts import Texts, texts
from server.auth.accounts import NAME
from server.auth.keys import add_key, keys_file, read_keys, remove_key
from settings import BadSetting, add_flags, asked_language, load_settings

DONE, NOTHING_CHANGED = 0, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code: 2 if it was refused and nothing was changed."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    words = texts(asked_language(arguments))
    parser = _parser(words)
    if not arguments or arguments[0] == "help":
        parser.print_help()
        return DONE
    options = parser.parse_args(arguments)
    try:
        return _run(options, keys_file(load_settings(vars(options))), words)
    except BadSetting as error:
        return fail(error.sentence(words), NOTHING_CHANGED)
    except OSError as error:
        return fail(str(error), NOTHING_CHANGED)


def _parser(words: Texts) -> argparse.ArgumentParser:
    parser = parser_in(words, "./start.sh key", words("command.key"))
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("add", "list", "remove"):
        command = commands.add_parser(name, help=words(f"command.key_{name}"), description=words(f"command.key_{name}"))
        if name != "list":
            command.add_argument("name", help=words("command.key_name"))
        add_flags(command, words, "feedback", "language")
    return parser


def _run(options: argparse.Namespace, path: Path, words: Texts) -> int:
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
            return DONE
        remove_key(path, options.name)
    except LookupError:
        return fail(words("api_keys.exists" if options.command == "add" else "api_keys.unknown", name=options.name), NOTHING_CHANGED)
    print(words("api_keys.removed", name=options.name))
    if not read_keys(path):
        print(words("api_keys.last"))
    return DONE


if __name__ == "__main__":
    sys.exit(main())
