"""Write check boxes of a Word form as ☑ and ☐, and remove placeholders that nobody has filled in ("Click or tap here to enter text").

Check boxes are content controls, whatever sign of whatever font they show, and form fields, which have no text of their own.
"""

from preprocess.docx.ooxml import Element, Package, child, children, find, local, value
from preprocess.docx.styles import is_on

_PLACEHOLDER = "PlaceholderText"
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


class Placeholders:
    """Remove the placeholders of one file.

    A control may say that it shows one although somebody has written in it, as files do that a program has filled in. So its text must be
    that of the template's own placeholder, or all of it in the style of placeholders.
    """

    def __init__(self, package: Package, related: dict[str, tuple[str, str]], styles: Element | None):
        path = next((path for kind, path in related.values() if kind == "glossaryDocument" and path in package), "")
        self._prompts = _prompts(package.part(path)) if path else {}
        self._styles = {_PLACEHOLDER} | {
            value(style, "styleId")
            for style in children(styles, "style")
            if value(child(style, "name")).replace(" ", "").lower() == _PLACEHOLDER.lower()
        }
        self.removed: list[str] = []

    def remove(self, root: Element) -> None:
        """Empty the controls of a part that show a placeholder."""
        for control in root.iter("{*}sdt"):
            properties, content = child(control, "sdtPr"), child(control, "sdtContent")
            if content is None or not is_on(child(properties, "showingPlcHdr")):
                continue
            runs = list(find(content, {"r"}))
            text = "".join(_text_of(run) for run in runs).strip()
            prompt = self._prompts.get(value(child(child(properties, "placeholder"), "docPart")), "")
            styled = all(value(child(child(run, "rPr"), "rStyle")) in self._styles for run in runs if _text_of(run).strip())
            if text and (styled or text == prompt):
                self.removed.append(text)
                for run in runs:
                    run.getparent().remove(run)


def _prompts(glossary: Element) -> dict[str, str]:
    """Return the placeholders of the template by name."""
    return {
        value(child(child(part, "docPartPr"), "name")): "".join(_text_of(run) for run in find(part, {"r"})).strip()
        for parts in children(glossary, "docParts")
        for part in children(parts, "docPart")
    }


def _text_of(run: Element) -> str:
    return "".join(piece.text or "" for piece in find(run, {"t"}))
