"""Render the files that one candidate sent: in the list, in the pile, and in the open candidate's panel, with the button to split them."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from i18n.texts import Texts

_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parents[1] / "templates"), autoescape=True, trim_blocks=True)


def row_files_html(names: Sequence[str]) -> str:
    """Return the files of a row besides the one it is named after; "" if there are none, or names are hidden (none are given)."""
    return _TEMPLATES.get_template("row_files.html").render(names=names) if len(names) > 1 else ""


def panel_files_html(names: Sequence[str], count: int, can_split: bool, words: Texts) -> str:
    """Return the list of a candidate's files, only their number if `names` is empty; "" for a single file."""
    return _rendered("panel_files.html", names, count, words, can_split=can_split)


def pile_files_html(names: Sequence[str], count: int, words: Texts) -> str:
    """Return the files of an entry of the pile besides the one it is named after, only their number if `names` is empty."""
    return _rendered("pile_files.html", names, count, words)


def _rendered(template: str, names: Sequence[str], count: int, words: Texts, **values: bool) -> str:
    return _TEMPLATES.get_template(template).render(names=names, count=count, words=words, **values) if count > 1 else ""
