"""Make parsers of command lines that speak the language of a text table, down to the sentences of argparse itself."""

import argparse

from i18n.texts import Texts

_SENTENCES = {
    "usage: ": "usage",
    "positional arguments": "positional",
    "options": "options",
    "show this help message and exit": "help",
    "%(prog)s: error: %(message)s\n": "error",
    "argument %(argument_name)s: %(message)s": "argument",
    "the following arguments are required: %s": "required",
    "unrecognized arguments: %s": "unrecognized",
    "invalid choice: %(value)r (choose from %(choices)s)": "choice",
    "expected one argument": "one_value",
    "expected at least one argument": "some_values",
    "not allowed with argument %s": "not_with",
}
"""What argparse says, by key of `arguments`; anything else stays English."""


def parser_in(words: Texts, prog: str, description: str) -> argparse.ArgumentParser:
    """Return a parser with this description. From here on all of argparse speaks this language: it looks sentences up when it says them."""

    def said(sentence: str) -> str:
        key = _SENTENCES.get(sentence)
        return words(f"arguments.{key}") if key else sentence

    setattr(argparse, "_", said)  # noqa: B010  gettext's name there; a catalogue of gettext would have to be a binary file
    return argparse.ArgumentParser(prog=prog, description=description)
