"""Placeholders of content controls that nobody has filled in: "Click or tap here to enter text", or what the template asks for."""

from preprocess.docx.ooxml import Element, Package, child, children, find, value
from preprocess.docx.styles import is_on

_STYLE = "PlaceholderText"


class Placeholders:
    """Removes the placeholders of one file.

    A control may say that it shows one although somebody has written in it, as files do that a program has filled in. So its text must be
    that of the template's own placeholder, or all of it in the style of placeholders.
    """

    def __init__(self, package: Package, related: dict[str, tuple[str, str]], styles: Element | None):
        path = next((path for kind, path in related.values() if kind == "glossaryDocument" and path in package), "")
        self._prompts = _prompts(package.part(path)) if path else {}
        self._styles = {_STYLE} | {
            value(style, "styleId")
            for style in children(styles, "style")
            if value(child(style, "name")).replace(" ", "").lower() == _STYLE.lower()
        }
        self.removed: list[str] = []

    def remove(self, root: Element) -> None:
        """Empty the controls of a part that show a placeholder."""
        for control in root.iter("{*}sdt"):
            properties, content = child(control, "sdtPr"), child(control, "sdtContent")
            if content is None or not is_on(child(properties, "showingPlcHdr")):
                continue
            runs = list(find(content, {"r"}))
            text = "".join(_text(run) for run in runs).strip()
            prompt = self._prompts.get(value(child(child(properties, "placeholder"), "docPart")), "")
            styled = all(value(child(child(run, "rPr"), "rStyle")) in self._styles for run in runs if _text(run).strip())
            if text and (styled or text == prompt):
                self.removed.append(text)
                for run in runs:
                    run.getparent().remove(run)


def _prompts(glossary: Element) -> dict[str, str]:
    """Return the placeholders of the template by name."""
    return {
        value(child(child(part, "docPartPr"), "name")): "".join(_text(run) for run in find(part, {"r"})).strip()
        for parts in children(glossary, "docParts")
        for part in children(parts, "docPart")
    }


def _text(run: Element) -> str:
    return "".join(piece.text or "" for piece in find(run, {"t"}))
