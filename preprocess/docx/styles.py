"""Resolve the styles of a Word file: the properties of a run or paragraph are its own, then its style's, then the defaults.

Each style is resolved once, and only the properties that the reader asks for are kept: whatever a file brings, a run costs as much as it
has properties of its own. Of those that Word merges attribute by attribute, each attribute is a property: "ind.left".
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from preprocess.docx.ooxml import Element, child, children, local, value

Properties = dict[str, Any]
"""Elements by local name, and attributes by "element.attribute"."""
_KEPT = {
    "rPr": frozenset(
        "vanish specVanish sz szCs cs rtl w color shd highlight spacing position fitText vertAlign eastAsianLayout"
        " textFill textOutline glow shadow"
        " reflection emboss imprint rStyle".split()
    ),
    "pPr": frozenset("shd jc framePr numPr outlineLvl pStyle pageBreakBefore".split()),
}
_MERGED = {
    "rPr": {"rFonts": frozenset("ascii hAnsi asciiTheme hAnsiTheme cs eastAsia".split())},
    "pPr": {
        "ind": frozenset("left right start end firstLine hanging leftChars rightChars startChars endChars firstLineChars".split()),
        "spacing": frozenset("line lineRule before after".split()),
    },
}
_TOGGLE = "vanish"
PARTS = tuple(
    " band1Vert band2Vert band1Horz band2Horz firstCol lastCol firstRow lastRow neCell nwCell seCell swCell".split(" ")
)  # the parts of a table that a style may set off, in the order in which one comes over the other; "" is the whole


class Condition(NamedTuple):
    """A table style's formatting of one part: the formatting of its runs, and its shading."""

    run: Properties
    shading: Element | None


def is_on(element: Element | None) -> bool:
    """Return whether an on/off property is present and on."""
    return element is not None and value(element) not in ("0", "false", "off")


def direct_properties(properties: Element | None, kind: str) -> Properties:
    """Return the known properties of an rPr or pPr; the first of each counts."""
    kept: Properties = {}
    if properties is None:
        return kept
    names, merged = _KEPT[kind], _MERGED[kind]
    for element in properties.iterchildren("*"):
        name = local(element)
        if name in merged:
            for key, text in element.attrib.items():
                attribute = str(key).rpartition("}")[2]
                if attribute in merged[name]:
                    kept[f"{name}.{attribute}"] = str(text)
        elif name in names:
            kept.setdefault(name, element)
    return kept


class Style:
    """One resolved style. `run` and `paragraph` are its properties with those of the styles that it is based on."""

    def __init__(self, element: Element, base: "Style | None"):
        parts = {name: child(element, name) for name in ("rPr", "pPr")}
        own_run = direct_properties(parts["rPr"], "rPr")
        self.run: Properties = {**(base.run if base else {}), **own_run}
        self.paragraph: Properties = {**(base.paragraph if base else {}), **direct_properties(parts["pPr"], "pPr")}
        self.conditions: dict[str, Condition] = dict(base.conditions) if base else {}
        """Of a table's style: what it adds to its parts, by the name of the part; "" is the whole table."""
        if value(element, "type") == "table":
            self._add_conditions(element)
        name = value(child(element, "name")).lower()
        level = value(self.paragraph.get("outlineLvl"))
        self.is_heading = name.startswith(("heading", "标题")) or level in tuple("012345678") or bool(base and base.is_heading)

    def _add_conditions(self, element: Element) -> None:
        for part in (element, *children(element, "tblStylePr")):
            kind = "" if part is element else value(part, "type")
            if kind not in PARTS:
                continue
            shading = child(child(part, "tcPr"), "shd")
            if shading is None and kind == "":
                shading = child(child(part, "tblPr"), "shd")
            before = self.conditions.get(kind, Condition({}, None))
            run = direct_properties(child(part, "rPr"), "rPr")
            self.conditions[kind] = Condition({**before.run, **run}, before.shading if shading is None else shading)


class Styles:
    """The styles by identifier, and the defaults for text without one."""

    def __init__(self, root: Element | None):
        elements = {value(style, "styleId"): style for style in children(root, "style")}
        self.by_id: dict[str, Style] = {}
        for identifier in elements:
            chain = list(_unresolved(identifier, elements, self.by_id))
            for name in reversed(chain):
                self.by_id[name] = Style(elements[name], self.by_id.get(value(child(elements[name], "basedOn"))))
        defaults = child(root, "docDefaults")
        self.run_defaults = direct_properties(child(child(defaults, "rPrDefault"), "rPr"), "rPr")
        self.paragraph_defaults = direct_properties(child(child(defaults, "pPrDefault"), "pPr"), "pPr")
        normal = next((name for name, style in elements.items() if value(style, "type") == "paragraph" and _is_default(style)), "")
        self._normal = self.by_id.get(normal)

    def of_paragraph(self, identifier: str) -> Style | None:
        """Return the style with this identifier, the default paragraph style for ""."""
        return self.by_id.get(identifier) if identifier else self._normal

    def run(self, element: Element | None, style: Style | None, table: Properties) -> Properties:
        """Return the properties of a run: its own (its `rPr`), its style's, its paragraph `style`'s, its table's, the file's."""
        direct = direct_properties(element, "rPr")
        character = self.by_id.get(value(direct.get("rStyle")))
        levels = [table, style.run if style else {}, character.run if character else {}]
        formatting = {**self.run_defaults, **levels[0], **levels[1], **levels[2], **direct}
        if _TOGGLE not in direct:  # styles toggle it: hidden twice is visible
            switched = sum(is_on(level.get(_TOGGLE)) for level in levels)
            formatting["is_hidden"] = switched % 2 == 1 or is_on(self.run_defaults.get(_TOGGLE))
        else:
            formatting["is_hidden"] = is_on(direct[_TOGGLE])
        return formatting


def _unresolved(identifier: str, elements: dict[str, Element], resolved: dict[str, Style]) -> Iterator[str]:
    """Yield the style and those that it is based on, nearest first, up to one that is resolved or that closes a circle."""
    seen: set[str] = set()
    while identifier in elements and identifier not in resolved and identifier not in seen:
        seen.add(identifier)
        yield identifier
        identifier = value(child(elements[identifier], "basedOn"))


def _is_default(style: Element) -> bool:
    return value(style, "default") in ("1", "true")
