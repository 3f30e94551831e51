"""Make parsers of command lines that speak the language of a text table, down to the sentences of argparse itself."""

import argparse
import re
from unicodedata import east_asian_width

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


_UNIT = re.compile(r"https?://[^\s；，。]+|[!-~]+ ?|.", re.DOTALL)
"""The units that are not broken at the end of a line: an address, a run of Latin letters, one Chinese character."""


class Help(argparse.HelpFormatter):
    """Break the lines of help by columns, of which a Chinese character takes two, and never inside a word or an address."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines = [""]
        for unit in _UNIT.findall(" ".join(text.split())):
            if _columns(lines[-1]) + _columns(unit.rstrip()) > width and lines[-1]:
                lines.append("")
            lines[-1] += unit if lines[-1] else unit.lstrip()
        return [line.rstrip() for line in lines]


class RawHelp(Help, argparse.RawDescriptionHelpFormatter):
    """Leave the lines of the description and the epilogue as they are."""


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def parser_in(words: Texts, prog: str, description: str) -> argparse.ArgumentParser:
    """Return a parser with this description. From here on all of argparse speaks this language: it looks sentences up when it says them."""

    def said(sentence: str) -> str:
        key = _SENTENCES.get(sentence)
        return words(f"arguments.{key}") if key else sentence

    setattr(argparse, "_", said)  # noqa: B010  gettext's name there; a catalogue of gettext would have to be a binary file
    return argparse.ArgumentParser(prog=prog, description=description, formatter_class=Help)
