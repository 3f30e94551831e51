"""The styles of a Word file: which properties a run or a paragraph has in the end, its own before its style's before the defaults."""

from preprocess.ooxml import Element, child, children, local, value

_MOST_PARENTS = 20
Properties = dict[str, Element]


class Styles:
    """The styles by identifier, each with those that it is based on."""

    def __init__(self, root: Element | None):
        styles = {value(style, "styleId"): style for style in children(root, "style")}
        self.chains: dict[str, list[Element]] = {}
        """The style and those that it is based on, nearest first."""
        for identifier in styles:
            chain, current = [], identifier
            while current in styles and styles[current] not in chain and len(chain) < _MOST_PARENTS:
                chain.append(styles[current])
                current = value(child(styles[current], "basedOn"))
            self.chains[identifier] = chain
        self._normal = next((name for name, style in styles.items() if value(style, "type") == "paragraph" and _is_default(style)), "")
        defaults = child(root, "docDefaults")
        self._defaults = {kind: _by_name(child(child(defaults, kind + "Default"), kind)) for kind in ("rPr", "pPr")}
        self._merged: dict[tuple[str, str], Properties] = {}

    def run(self, run: Element, paragraph: Element) -> Properties:
        """The rPr that a run has: its own, its style's, its paragraph's style's, the file's."""
        own = child(run, "rPr")
        inherited = {**self._defaults["rPr"], **self._of(self._style(paragraph), "rPr")}
        return {**inherited, **self._of(value(child(own, "rStyle")), "rPr"), **_by_name(own)}

    def paragraph(self, paragraph: Element) -> Properties:
        """The pPr that a paragraph has."""
        return {**self._defaults["pPr"], **self._of(self._style(paragraph), "pPr"), **_by_name(child(paragraph, "pPr"))}

    def _style(self, paragraph: Element) -> str:
        return value(child(child(paragraph, "pPr"), "pStyle")) or self._normal

    def _of(self, identifier: str, kind: str) -> Properties:
        if (identifier, kind) not in self._merged:
            merged: Properties = {}
            for style in reversed(self.chains.get(identifier, [])):
                merged |= _by_name(child(style, kind))
            self._merged[identifier, kind] = merged
        return self._merged[identifier, kind]


def _is_default(style: Element) -> bool:
    return value(style, "default") in ("1", "true")


def _by_name(properties: Element | None) -> Properties:
    return {} if properties is None else {local(one): one for one in properties}
