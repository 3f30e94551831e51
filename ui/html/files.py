"""Render the files that one candidate sent: in the list, in the pile, and in the open candidate's panel, with the button to split them."""

from collections.abc import Sequence

from i18n.texts import Texts
from ui.html.templates import rendered


def row_files_html(names: Sequence[str]) -> str:
    """Return the files of a row besides the one it is named after; "" if there are none, or names are hidden (none are given)."""
    return rendered("row_files", names=names) if len(names) > 1 else ""


def panel_files_html(names: Sequence[str], count: int, can_split: bool, words: Texts) -> str:
    """Return the list of a candidate's files, only their number if `names` is empty; "" for a single file."""
    return rendered("panel_files", names=names, count=count, words=words, can_split=can_split) if count > 1 else ""


def pile_files_html(names: Sequence[str], count: int, words: Texts) -> str:
    """Return the files of an entry of the pile besides the one it is named after, only their number if `names` is empty."""
    return rendered("pile_files", names=names, count=count, words=words) if count > 1 else ""
