"""Render the files that one candidate sent: in the list, in the pile, and in the open candidate's panel, with the button to split them."""

from collections.abc import Sequence

from i18n.texts import Texts
from preprocess.file_names import is_mail_body, mail_of
from ui.html.templates import rendered


def file_said(name: str, words: Texts) -> str:
    """Return the name of a file as people know it: the words of a mail, which are no file, with the mail's name."""
    if not is_mail_body(name):
        return name
    mail = mail_of(name)
    return words("pile.mail_body_of", mail=mail) if mail else words("pile.mail_body")


def row_files_html(names: Sequence[str], words: Texts) -> str:
    """Return the files of a row besides the one it is named after; "" if there are none, or names are hidden (none are given)."""
    return rendered("row_files", names=[file_said(name, words) for name in names]) if len(names) > 1 else ""


def panel_files_html(names: Sequence[str], count: int, can_split: bool, words: Texts) -> str:
    """Return the list of a candidate's files, only their number if `names` is empty; "" for a single file."""
    said = [file_said(name, words) for name in names]
    return rendered("panel_files", names=said, count=count, words=words, can_split=can_split) if count > 1 else ""


def pile_files_html(names: Sequence[str], count: int, words: Texts) -> str:
    """Return the files of an entry of the pile besides the one it is named after, only their number if `names` is empty."""
    return rendered("pile_files", names=[file_said(name, words) for name in names], count=count, words=words) if count > 1 else ""
