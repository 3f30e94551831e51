"""Read XPS and OpenXPS files into a Document: the glyphs of each fixed page at their places."""

from collections.abc import Iterator

from preprocess.document import Document, Unreadable
from preprocess.docx.ooxml import Element, child, children, local, value
from preprocess.fixed_layout.container import FixedPackage, folder_of, joined
from preprocess.fixed_layout.coordinates import Matrix, first_number, matrix
from preprocess.fixed_layout.drawing import MAX_PAGES, FilledArea, FixedPage, Text, document_of
from preprocess.fixed_layout.xps_brushes import brush_of, named_resource
from preprocess.fixed_layout.xps_paths import corners_of, is_upright_rectangle
from preprocess.fixed_layout.xps_text import glyphs_of

_POINTS = 0.75  # a unit of a page is 1/96 inch
_MAX_PICTURE_BYTES = 30_000_000
_MAX_ELEMENTS = 100_000


def read_xps(data: bytes, name: str) -> Document:
    """Read up to 30 pages into lines in reading order.

    Raises Unreadable: `needs_password`, `damaged`, `too_complex`, `unpacks_too_large`.
    """
    container = FixedPackage(data)
    paths = _page_paths(container)
    pages = [_XpsPage(container, path).page for path in paths[:MAX_PAGES]]
    return document_of(name, "xps", pages, len(paths))


def xps_pictures(data: bytes) -> Iterator[bytes]:
    """Yield the pictures of the pages that are scans, in order."""
    container = FixedPackage(data)
    for path in _page_paths(container)[:MAX_PAGES]:
        if scan := _XpsPage(container, path).page.scan:
            yield container.binary(scan, _MAX_PICTURE_BYTES)


def _page_paths(container: FixedPackage) -> list[str]:
    """Return the paths of the pages, in the order of the documents in the file."""
    paths: list[str] = []
    for sequence in container.ending(".fdseq")[:1]:
        for reference in children(container.part(sequence), "DocumentReference"):
            document = joined(folder_of(sequence), value(reference, "Source"))
            if document in container:
                pages = children(container.part(document), "PageContent")
                paths += [joined(folder_of(document), value(page, "Source")) for page in pages]
    if not paths:
        raise Unreadable("damaged")
    return [path for path in paths if path in container]


class _XpsPage:
    """One page while it is read."""

    def __init__(self, container: FixedPackage, path: str):
        self._container, self._path = container, path
        self._count = 0
        root = container.part(path)
        width, height = (first_number(value(root, side), 0.0) * _POINTS for side in ("Width", "Height"))
        self.page = FixedPage(width or 595.0, height or 842.0, [])
        self._add_all(root, Matrix(_POINTS, 0.0, 0.0, _POINTS), 1.0, {})

    def _add_all(self, container: Element, to_page: Matrix, opacity: float, brushes: dict[str, Element]) -> None:
        for dictionary in container.iterchildren("{*}FixedPage.Resources", "{*}Canvas.Resources"):
            brushes = brushes | {value(element, "Key"): element for element in dictionary.iter("*") if value(element, "Key")}
        for element in container.iterchildren("{*}Canvas", "{*}Glyphs", "{*}Path"):
            self._count += 1
            if self._count > _MAX_ELEMENTS:
                raise Unreadable("too_complex")
            inner = self._transformation(element, brushes).then(to_page)
            seen = opacity * first_number(value(element, "Opacity"), 1.0)
            if local(element) == "Canvas":
                self._add_all(element, inner, seen, brushes)
            elif local(element) == "Glyphs":
                brush = brush_of(element, brushes, folder_of(self._path))
                self.page.drawn.append(Text(list(glyphs_of(element, inner)), brush.colour, seen * brush.opacity > 0))
            else:
                self._add_path(element, inner, seen, brushes)

    def _add_path(self, element: Element, to_page: Matrix, opacity: float, brushes: dict[str, Element]) -> None:
        brush = brush_of(element, brushes, folder_of(self._path))
        if opacity * brush.opacity <= 0 or not (value(element, "Fill") or child(element, "Path.Fill") is not None):
            return
        corners = corners_of(element)
        if brush.picture and len(brush.viewport) == 4:
            rect = to_page.rect(brush.viewport[0], brush.viewport[1], brush.viewport[2], brush.viewport[3])
        elif corners:
            (x0, y0), (x1, y1) = map(min, zip(*corners, strict=True)), map(max, zip(*corners, strict=True))
            rect = to_page.rect(x0, y0, x1 - x0, y1 - y0)
        else:
            return
        is_solid = is_upright_rectangle(corners) and opacity * brush.opacity >= 0.9
        self.page.drawn.append(FilledArea(rect, brush.colour if is_solid else None, is_solid, brush.picture))

    def _transformation(self, element: Element, brushes: dict[str, Element]) -> Matrix:
        text = value(element, "RenderTransform")
        inner = child(child(element, f"{local(element)}.RenderTransform"), "MatrixTransform")
        source = named_resource(text, brushes) if text else inner
        return matrix(value(source, "Matrix")) if source is not None else matrix(text)
