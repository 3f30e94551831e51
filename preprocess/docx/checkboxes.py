"""Check boxes of a Word form → ☑ and ☐ in its text: content controls, whatever sign of whatever font they show, and form fields, which
have no text of their own.
"""

from preprocess.docx.ooxml import Element, child, find, local
from preprocess.docx.styles import is_on

TICKED, EMPTY = "☑", "☐"


def draw_checkboxes(root: Element) -> None:
    """Write a sign into each check box of a part, in place of the one it shows."""
    for control in root.iter("{*}sdt"):
        box = child(child(control, "sdtPr"), "checkbox")
        content = child(control, "sdtContent")
        if box is not None and content is not None:
            _show(content, TICKED if is_on(child(box, "checked")) else EMPTY)
    for begin in list(root.iter("{*}fldChar")):
        box = child(child(begin, "ffData"), "checkBox")
        if box is not None:
            state = child(box, "checked")
            begin.addprevious(_text(begin, TICKED if is_on(child(box, "default") if state is None else state) else EMPTY))


def _show(content: Element, sign: str) -> None:
    """Replace the texts in a content control by one sign; a control without text shows none."""
    for number, piece in enumerate(list(find(content, {"t", "sym"}))):
        if not number:
            piece.addprevious(_text(piece, sign))
        piece.getparent().remove(piece)


def _text(beside: Element, sign: str) -> Element:
    """A w:t of the namespace of `beside`."""
    text = beside.makeelement(beside.tag[: -len(local(beside))] + "t")
    text.text = sign
    return text
