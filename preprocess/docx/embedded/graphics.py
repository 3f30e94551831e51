"""Read the lines of text on SmartArt and charts of an Office file, which are parts of their own."""

from collections.abc import Iterator

from preprocess.docx.ooxml import Element, Package, child, children, find, value
from preprocess.docx.table import join_row

_MAX_POINTS = 2_000
_MAX_GRAPHICS = 100
_FORMULAS = ("Equation", "MathType")


class Graphics:
    """Read the diagrams and charts of one file, each once."""

    def __init__(self, package: Package):
        self._package = package
        self._lines: dict[str, list[str]] = {}
        self._shown = 0
        self.unread = 0
        """Graphics that the package does not hold, and those beyond the limit."""

    def lines(self, path: str) -> list[str]:
        """Return the lines of the diagram or chart in this part of the package, in reading order; none if it cannot be read."""
        self._shown += 1
        if path not in self._package or not path.endswith(".xml") or self._shown > _MAX_GRAPHICS:
            self.unread += 1
            return []
        if path not in self._lines:
            self._lines[path] = graphic_lines(self._package.part(path))
        return self._lines[path]


def graphic_lines(root: Element) -> list[str]:
    """Return the lines of a diagram or chart, given its part, in reading order."""
    is_diagram = child(root, "ptLst") is not None
    return list(_diagram_lines(root)) if is_diagram else list(dict.fromkeys(_chart_lines(root)))


def _diagram_lines(root: Element) -> Iterator[str]:
    """Yield the paragraphs of a diagram's points: a point, then those below it. Points of its presentation only repeat others."""
    points = {value(point, "modelId"): point for point in list(children(child(root, "ptLst"), "pt"))[:_MAX_POINTS]}
    below: dict[str, list[tuple[float, Element]]] = {}
    for connection in list(children(child(root, "cxnLst"), "cxn"))[: 4 * _MAX_POINTS]:
        if value(connection, "type") in ("", "parOf"):
            order = value(connection, "srcOrd")
            below.setdefault(value(connection, "srcId"), []).append((float(order) if order.isdecimal() else 0.0, connection))
    seen: set[str] = set()
    roots = [name for name, point in points.items() if value(point, "type") == "doc"]
    others = [name for name, point in points.items() if value(point, "type") in ("", "node", "asst")]
    waiting = [*reversed(others), *reversed(roots)]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in points:
            continue
        seen.add(name)
        yield from _paragraphs(child(points[name], "t"))
        for _, connection in sorted(below.get(name, []), key=lambda entry: -entry[0]):
            waiting += [value(connection, role) for role in ("sibTransId", "destId", "parTransId")]


def _chart_lines(root: Element) -> Iterator[str]:
    """Yield the titles of a chart, the names of its series, and its categories as a row."""
    for title in root.iter("{*}title"):
        yield from _paragraphs(title)
        yield from _values(title)
    categories: dict[str, None] = {}
    for series in root.iter("{*}tx"):
        if child(series, "rich") is None:
            yield from _values(series)
    for names in root.iter("{*}cat", "{*}strDim"):
        categories |= dict.fromkeys(_values(names))
    yield from join_row([[name] for name in categories])


def _values(names: Element) -> Iterator[str]:
    """Yield the strings that a chart keeps of its sheet: c:v in charts, the cx:pt themselves in those of 2016."""
    for element in list(names.iter("{*}v", "{*}pt"))[:_MAX_POINTS]:
        if text := (element.text or "").strip():
            yield text


def _paragraphs(container: Element | None) -> Iterator[str]:
    for paragraph in [] if container is None else find(container, {"p"}):
        if text := "".join("\n" if piece.tag.endswith("}br") else piece.text or "" for piece in paragraph.iter("{*}t", "{*}br")).strip():
            yield from text.split("\n")


def embedded_files(root: Element) -> int:
    """Count the files that a part embeds or refers to and shows as an icon or a picture; formulas are shown as they are."""
    objects = [element for element in find(root, {"OLEObject", "subDoc"}) if not value(element, "ProgID").startswith(_FORMULAS)]
    return len(objects)
