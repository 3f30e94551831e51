"""Read an OFD file (GB/T 33190) into a Document: text objects at their places, page by page, with templates and annotations."""

from collections.abc import Iterator

from preprocess.document import Document, Unreadable
from preprocess.docx.ooxml import Element, child, children, find, value
from preprocess.fixed_layout.container import FixedPackage, folder_of, joined
from preprocess.fixed_layout.coordinates import numbers
from preprocess.fixed_layout.drawing import MAX_PAGES, FixedPage, document_of
from preprocess.fixed_layout.ofd_objects import MM, PageObjects, Resources

_MAX_PICTURE_BYTES = 30_000_000
_A4 = (0.0, 0.0, 210.0, 297.0)


def read_ofd(data: bytes, name: str) -> Document:
    """Read up to 30 pages into lines in reading order.

    Raises Unreadable: `needs_password`, `damaged`, `too_complex`, `unpacks_too_large`.
    """
    container = _opened(data)
    pages, total, attachments = [], 0, 0
    for document in _documents(container):
        pages += [page for _, page in zip(range(MAX_PAGES - len(pages)), document.pages(), strict=False)]
        total += len(document.page_elements)
        attachments += document.attachments()
    if not total:
        raise Unreadable("damaged")
    return document_of(name, "ofd", pages, total, attachments)


def ofd_pictures(data: bytes) -> Iterator[bytes]:
    """Yield the pictures of the pages that are scans, in order."""
    container = _opened(data)
    for document in _documents(container):
        for page in document.pages():
            if page.scan:
                yield container.binary(page.scan, _MAX_PICTURE_BYTES)


def _opened(data: bytes) -> FixedPackage:
    container = FixedPackage(data)
    if "Encryptions.xml" in container or container.ending("/encryptions.xml"):
        raise Unreadable("needs_password")
    if "OFD.xml" not in container:
        raise Unreadable("damaged")
    return container


def _documents(container: FixedPackage) -> Iterator["_OfdDocument"]:
    root = container.part("OFD.xml")
    if next(find(root, {"Encryptions", "Encryption", "EncryptInfo"}), None) is not None:
        raise Unreadable("needs_password")
    for body in list(children(root, "DocBody"))[:MAX_PAGES]:
        path = child(body, "DocRoot")
        if path is not None and path.text:
            yield _OfdDocument(container, joined("", path.text))


class _OfdDocument:
    """One of the documents in a file; nearly always there is one."""

    def __init__(self, container: FixedPackage, path: str):
        self._container, self._folder = container, folder_of(path)
        self._root = container.part(path)
        common = child(self._root, "CommonData")
        self._area = child(common, "PageArea")
        self._templates = {value(template, "ID"): value(template, "BaseLoc") for template in children(common, "TemplatePage")}
        self._resources = Resources(container)
        for kind in ("PublicRes", "DocumentRes"):
            for element in children(common, kind):
                self._resources.add(joined(self._folder, element.text or ""))
        self.page_elements = [page for page in children(child(self._root, "Pages"), "Page") if value(page, "BaseLoc")]
        self._annotations = self._annotation_paths()

    def pages(self) -> Iterator[FixedPage]:
        for element in self.page_elements[:MAX_PAGES]:
            path = joined(self._folder, value(element, "BaseLoc"))
            yield self._page(path, value(element, "ID"))

    def attachments(self) -> int:
        """Count the files that are attached to the document."""
        path = child(self._root, "Attachments")
        listed = joined(self._folder, path.text or "") if path is not None else ""
        return sum(1 for _ in children(self._container.part(listed), "Attachment")) if listed in self._container else 0

    def _page(self, path: str, identifier: str) -> FixedPage:
        content = self._container.part(path)
        for resource in children(content, "PageRes"):
            self._resources.add(joined(folder_of(path), resource.text or ""))
        left, top, width, height = self._box(content)
        objects = PageObjects(self._resources, left, top)
        for template in self._used_templates(content, is_behind=True):
            objects.add(template)
        objects.add(child(content, "Content"))
        for template in self._used_templates(content, is_behind=False):
            objects.add(template)
        if identifier in self._annotations:
            for annotation in find(self._container.part(self._annotations[identifier]), {"Annot"}):
                if value(annotation, "Type") != "Watermark":
                    objects.add_annotation(annotation)
        return FixedPage(width * MM, height * MM, objects.drawn)

    def _box(self, content: Element) -> tuple[float, float, float, float]:
        for area in (child(content, "Area"), self._area):
            box = child(area, "PhysicalBox")
            values = numbers(box.text or "", 5) if box is not None else []
            if len(values) == 4 and min(values[2:]) > 0:
                return values[0], values[1], values[2], values[3]
        return _A4

    def _used_templates(self, content: Element, is_behind: bool) -> Iterator[Element]:
        """Yield the contents of the templates that a page lays behind its own content, or over it."""
        for use in list(children(content, "Template"))[:MAX_PAGES]:
            path = joined(self._folder, self._templates.get(value(use, "TemplateID"), ""))
            if path in self._container and (value(use, "ZOrder") != "Foreground") == is_behind:
                yield child(self._container.part(path), "Content")

    def _annotation_paths(self) -> dict[str, str]:
        """Return the path of the annotations of each page, by the page's identifier."""
        element = child(self._root, "Annotations")
        listed = joined(self._folder, element.text or "") if element is not None else ""
        if listed not in self._container:
            return {}
        paths: dict[str, str] = {}
        for page in children(self._container.part(listed), "Page"):
            location = child(page, "FileLoc")
            path = joined(folder_of(listed), location.text or "") if location is not None else ""
            if path in self._container:
                paths[value(page, "PageID")] = path
        return paths
