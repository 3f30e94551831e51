"""Find the declarations of a page's style sheets that apply to an element. Of CSS as much as hides text, or lays it side by side.

Selectors by tag, class and id, also below one another, are understood; rules with others, for other media, or in @-rules that ask
something of the window are left out: what a rule that is not understood would hide stays visible.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from preprocess.document import Unreadable

_MAX_RULES = 20_000

Element = Any  # of lxml, whose HTML classes have no types

_RELEVANT = re.compile(
    r"display|visibility|content-visibility|opacity|font|font-size|color|background|background-color|background-image|background-clip"
    r"|-webkit-background-clip|text-shadow|position|left|top|right|bottom|margin|margin-left|margin-right|margin-top|padding|padding-left|text-indent|transform|clip|clip-path"
    r"|overflow|overflow-x|overflow-y|width|height|max-width|max-height|white-space|flex-direction|grid-template-columns|fill|mso-hide|mso-list"
)
_COMPOUND = re.compile(r"(\*|[\w-]+)?((?:[.#][\w-]+)*)")
_MAX_COMPOUNDS = 8
_SCREEN = re.compile(r"@(?:media\s+(?:only\s+)?(?:screen|all)|layer\b[^{]*|supports\b[^{]*)\s*", re.I)


@dataclass(frozen=True)
class _Compound:
    """One element of a selector: `p.note#first`, and whether the next one must be its child (">")."""

    tag: str
    classes: frozenset[str]
    id: str
    is_parent: bool


@dataclass(frozen=True)
class _Rule:
    compounds: tuple[_Compound, ...]
    declarations: dict[str, tuple[str, bool]]
    rank: tuple[int, int, int, int]
    """The specificity of its selector (ids, classes, tags), then the order of rules."""


class StyleSheet:
    """The rules of all <style> elements of a page."""

    def __init__(self, texts: Iterable[str]):
        """Raises Unreadable `too_complex`."""
        self.places_boxes = False
        """True if some rule takes elements out of the flow of the page."""

        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        number = 0
        for selectors, body in (rule for text in texts for rule in _blocks(text)):
            if not (declarations := declared(body)):
                continue
            self.places_boxes = self.places_boxes or declarations.get("position", ("",))[0] in ("absolute", "fixed")
            for selector in selectors.split(","):
                if compounds := _compounds(selector):
                    number += 1
                    if number > _MAX_RULES:
                        raise Unreadable("too_complex")
                    last = compounds[-1]
                    ids, classes = sum(bool(part.id) for part in compounds), sum(len(part.classes) for part in compounds)
                    rank = ids, classes, sum(bool(part.tag) for part in compounds), number
                    key = f"#{last.id}" if last.id else f".{min(last.classes)}" if last.classes else last.tag
                    self._rules[key].append(_Rule(compounds, declarations, rank))

    def style(self, element: Element) -> dict[str, str]:
        """Return the declarations that apply to an element, those in its `style` included; important ones win, then specific ones."""
        keys = [element.tag, "", *(f".{name}" for name in set((element.get("class") or "").split()))]
        keys += [f"#{element.get('id')}"] if element.get("id") else []
        rules = [rule for key in keys for rule in self._rules.get(key, ()) if _matches(rule.compounds, element)]
        own = declared(element.get("style") or "")
        layers = [rule.declarations for rule in sorted(rules, key=lambda rule: rule.rank)] + [own]
        ordinary = {name: value for layer in layers for name, (value, is_important) in layer.items() if not is_important}
        return ordinary | {name: value for layer in layers for name, (value, is_important) in layer.items() if is_important}


def declared(body: str) -> dict[str, tuple[str, bool]]:
    """Parse declarations, `color:red; …`, into name → (value in lower case, whether it is important); irrelevant ones are left out."""
    declarations: dict[str, tuple[str, bool]] = {}
    for declaration in body.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon and _RELEVANT.fullmatch(name := name.strip()):
            value, important, _ = value.partition("!important")
            if important or not declarations.get(name, ("", False))[1]:
                declarations[name] = value.strip(), bool(important)
    return declarations


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations of the rules that apply on a screen. Linear in the length of the text."""
    first, *others = css.replace("<!--", " ").replace("-->", " ").split("/*")
    css = " ".join([first, *(part.partition("*/")[2] for part in others)])
    position = 0
    while (brace := css.find("{", position)) >= 0:
        prelude = css[position:brace].rpartition(";")[2].rpartition("}")[2].strip()
        position = brace + 1
        if prelude.startswith("@"):
            if not _SCREEN.fullmatch(prelude):
                position = _end_of_block(css, brace)
            continue
        end = css.find("}", brace)
        yield prelude, css[position : end if end >= 0 else len(css)]
        position = end + 1 if end >= 0 else len(css)


def _end_of_block(css: str, brace: int) -> int:
    depth = 0
    for match in re.compile(r"[{}]").finditer(css, brace):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.end()
    return len(css)


def _compounds(selector: str) -> tuple[_Compound, ...]:
    """Parse one selector; () if it has more in it than tags, classes and ids."""
    parts = selector.replace(">", " > ").split()
    compounds: list[_Compound] = []
    for number, part in enumerate(parts):
        if part == ">":
            continue
        match = _COMPOUND.fullmatch(part)
        if not match or len(compounds) == _MAX_COMPOUNDS:
            return ()
        names = re.findall(r"[.#][\w-]+", match[2])
        tag = "" if match[1] in (None, "*") else match[1].lower()
        classes = frozenset(name[1:] for name in names if name.startswith("."))
        ids = [name[1:] for name in names if name.startswith("#")]
        compounds.append(_Compound(tag, classes, ids[0] if ids else "", parts[number + 1 : number + 2] == [">"]))
    return tuple(compounds)


def _matches(compounds: tuple[_Compound, ...], element: Element) -> bool:
    *outer, last = compounds
    if not _fits(last, element):
        return False
    if not outer:
        return True
    if outer[-1].is_parent:
        parent = element.getparent()
        return parent is not None and _matches(tuple(outer), parent)
    nearest_decides = not any(compound.is_parent for compound in outer)
    for ancestor in element.iterancestors():
        if _matches(tuple(outer), ancestor):
            return True
        if nearest_decides and _fits(outer[-1], ancestor):
            return False
    return False


def _fits(compound: _Compound, element: Element) -> bool:
    if (compound.tag and element.tag != compound.tag) or (compound.id and element.get("id") != compound.id):
        return False
    return not compound.classes or compound.classes <= set((element.get("class") or "").split())
