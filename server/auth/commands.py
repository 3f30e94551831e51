"""Run the commands of ./start.sh that say who may come in: add, list and remove names in a file that a running app reads again."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence

from i18n.arguments import parser_in
from i18n.console import fail, os_problem
from i18n.texts import Texts, texts
from settings import BadSetting, Settings, add_flags, asked_language, load_settings

DONE, NOTHING_CHANGED = 0, 2

Run = Callable[[argparse.Namespace, Settings, Texts], int]
"""Carries a command out and returns the exit code."""


def run_command(
    arguments: Sequence[str] | None,
    kind: str,
    names: Sequence[str],
    flags: Sequence[str],
    run: Run,
    switches: Mapping[str, str] = {},
    second_names: Mapping[str, str] = {},
) -> int:
    """Parse one of the commands `names` of ./start.sh `kind` and run it; return the exit code: 2 if it was refused and nothing was changed.

    Each command but "list" takes a name, and all take these flags of the settings and the language. `switches` holds by command the name
    of an option that it takes without a value, `second_names` that of an option with another name.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    words = texts(asked_language(arguments))
    parser = _parser(kind, names, flags, switches, second_names, words)
    if not arguments or arguments[0] == "help":
        parser.print_help()
        return DONE
    options = parser.parse_args(arguments)
    try:
        return run(options, load_settings(vars(options)), words)
    except BadSetting as error:
        return fail(error.sentence(words), NOTHING_CHANGED)
    except OSError as error:
        return fail(f"{error.filename or ''}: {os_problem(error, words)}".lstrip(": "), NOTHING_CHANGED)


def _parser(
    kind: str, names: Sequence[str], flags: Sequence[str], switches: Mapping[str, str], second_names: Mapping[str, str], words: Texts
) -> argparse.ArgumentParser:
    parser = parser_in(words, f"./start.sh {kind}", words(f"command.{kind}"))
    commands = parser.add_subparsers(dest="command", required=True)
    for name in names:
        command = commands.add_parser(name, help=words(f"command.{kind}_{name}"), description=words(f"command.{kind}_{name}"))
        if name != "list":
            command.add_argument("name", metavar=words(f"command.{kind}_metavar"), help=words(f"command.{kind}_name"))
        if name in switches:
            command.add_argument(f"--{switches[name]}", action="store_true", help=words(f"command.{kind}_{name}_{switches[name]}"))
        if name in second_names:
            option, metavar = second_names[name], words(f"command.{kind}_metavar")
            command.add_argument(f"--{option}", required=True, metavar=metavar, help=words(f"command.{kind}_{name}_{option}"))
        add_flags(command, words, *flags, "language")
    return parser
