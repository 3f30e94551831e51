"""Open Office Open XML packages: parts, relationships, a safe parse, and the few look-ups that a reader needs. Knows no Word.

Elements and attributes are matched by local name, so that transitional, strict and WPS files read the same; an element of a namespace
that no word processor knows is dropped by all of them with everything in it, and so it is here.
"""

import posixpath
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from preprocess.archives.zip import check_size, open_archive, read_member
from preprocess.document import Unreadable
from preprocess.xml_text import parse_xml_text

Element = Any  # an lxml element; lxml has no types
MAX_XML_BYTES = 30_000_000  # a real resume's XML parts together are under 3 MB
MAX_TAGS = 1_000_000  # start and end tags of one part; a dense ten-page resume has about 40,000
UNSHOWN = "unshown"
_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_MICROSOFT = "http://schemas.microsoft.com/office/"
_UNDERSTOOD = {
    *(
        root + name
        for root in (_OFFICE, _STRICT)
        for name in (
            *("wordprocessingml/2006/main", "wordprocessingml/main", "officeDocument/2006/math", "officeDocument/math"),
            *("officeDocument/2006/relationships", "package/2006/relationships", "markup-compatibility/2006"),
            *("drawingml/2006/main", "drawingml/main", "drawingml/2006/wordprocessingDrawing", "drawingml/wordprocessingDrawing"),
            *("drawingml/2006/picture", "drawingml/picture", "drawingml/2006/chart", "drawingml/chart", "drawingml/2006/diagram"),
            *("drawingml/2006/lockedCanvas", "drawingml/diagram", "drawingml/lockedCanvas", "officeDocument/relationships"),
            *("drawingml/2006/compatibility", "schemaLibrary/2006/main"),
        )
    ),
    *(
        f"{_MICROSOFT}word/{name}"
        for name in (
            *("2003/wordml", "2006/wordml", "2010/wordml", "2012/wordml", "2015/wordml/symex", "2016/wordml/cid", "2018/wordml"),
            *("2018/wordml/cex", "2010/wordprocessingShape", "2010/wordprocessingGroup", "2010/wordprocessingCanvas"),
            *("2010/wordprocessingInk", "2010/wordprocessingDrawing", "2012/wordprocessingDrawing", "2020/wordml/sdtdatahash"),
        )
    ),
    *(f"{_MICROSOFT}drawing/{name}" for name in ("2010/main", "2014/main", "2014/chartex", "2016/SVG/main", "2017/model3d", "2016/ink")),
    f"{_MICROSOFT}2006/relationships",
    *(f"urn:schemas-microsoft-com:{name}" for name in ("vml", "office:office", "office:word", "office:excel", "office:powerpoint")),
    "",
}
"""Namespaces whose elements Word shows, or whose Choice it takes; "" is for attributes and for test files without one."""


class Package:
    """The parts of one file, read on demand. Raises Unreadable: `damaged`, `unpacks_too_large`, `too_complex`, `needs_password`."""

    def __init__(self, data: bytes, understood: frozenset[str] = frozenset()):
        """`understood` are further namespaces whose elements the program of this file shows."""
        self._archive = open_archive(data)
        self._understood = _UNDERSTOOD | understood
        self._parts: dict[str, Element] = {}
        self.unshown: list[str] = []
        """Texts in elements of unknown namespaces, which other readers would show, of the parts read so far."""
        self._members = {member.filename.replace("\\", "/"): member for member in self._archive.infolist()}
        check_size([member for path, member in self._members.items() if path.endswith((".xml", ".rels"))], MAX_XML_BYTES)

    def __contains__(self, path: str) -> bool:
        return path in self._members

    def part(self, path: str) -> Element:
        """Return the root element of an XML part that the package contains."""
        if not path.endswith((".xml", ".rels")):  # its size was not checked
            raise Unreadable("damaged")
        if path not in self._parts:
            self._parts[path] = parse_xml(read_member(self._archive, self._members[path]))
            self.unshown += _close(self._parts[path], self._understood)
        return self._parts[path]

    def binary(self, path: str, limit: int) -> bytes:
        """Return a member that is no XML, such as a picture; b"" if it is missing or larger than `limit` bytes."""
        member = self._members.get(path)
        return read_member(self._archive, member) if member is not None and member.file_size <= limit else b""

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """Return relationship id → (last word of its type, path of its target in the package). `part` "" is the package itself."""
        folder, base = posixpath.split(part)
        path = posixpath.join(folder, "_rels", base + ".rels")
        if path not in self:
            return {}
        relations = {}
        for relation in find(self.part(path), {"Relationship"}):
            target = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", ""))).lstrip("/")
            relations[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
        return relations


def parse_xml(xml: bytes) -> Element:
    """Parse one part. The format allows UTF-8 and UTF-16 only, so nothing can hide a DTD in some other encoding."""
    try:
        text = xml.decode("utf-16" if xml[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("damaged") from None
    return parse_xml_text(text, MAX_TAGS)


def _close(root: Element, understood: Set[str]) -> list[str]:
    """Rename what no word processor shows to UNSHOWN, and return the texts in it that other readers of the file could show.

    That is every element of an unknown namespace, and of an AlternateContent, which says the same in several ways for readers of several
    ages, all but the first Choice that needs nothing unknown, or else the Fallback.
    """
    namespaces: dict[str, list[str]] = {}
    declared: list[str] = []
    answered: set[Element] = set()  # the AlternateContent elements of which a way is taken
    texts = []
    walk = etree.iterwalk(root, events=("start", "start-ns", "end-ns"))
    for event, element in walk:
        if event == "start-ns":
            declared.append(element[0])
            namespaces.setdefault(element[0], []).append(element[1])
        elif event == "end-ns":
            namespaces[declared.pop()].pop()
        elif isinstance(element.tag, str):
            namespace, name = _split(element.tag)
            is_known = namespace in understood
            if is_known and name in ("Choice", "Fallback"):
                if name == "Choice":
                    needed = value(element, "Requires").split()
                    is_known = all((namespaces.get(prefix) or ["?"])[-1] in understood for prefix in needed)
                is_taken = is_known and element.getparent() not in answered
                if is_taken:
                    answered.add(element.getparent())
            else:
                is_taken = is_known
            if not is_taken and element is not root:
                if not is_known and (text := "".join(piece.text or "" for piece in element.iter("{*}t")).strip()):
                    texts.append(text)
                element.tag = UNSHOWN
                walk.skip_subtree()
    return texts


def find(root: Element, wanted: frozenset[str] | set[str], closed: frozenset[str] = frozenset()) -> Iterator[Element]:
    """Yield the outermost elements below `root` with a wanted local name, in document order; elements in `closed` are not searched."""
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element is root:
            continue
        name = local(element)
        if name in wanted:
            walk.skip_subtree()
            yield element
        elif name in closed or name == UNSHOWN:
            walk.skip_subtree()


def local(element: Element) -> str:
    """Return the name without its namespace; "" for what is no element."""
    return _split(element.tag)[1] if isinstance(element.tag, str) else ""


@lru_cache(4096)
def _split(tag: str) -> tuple[str, str]:
    """Return namespace and local name."""
    namespace, _, name = tag.rpartition("}")
    return namespace[1:], name


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Return the direct children of that local name; none of no element."""
    return iter(()) if element is None else element.iterchildren("{*}" + name)


def child(element: Element | None, name: str) -> Element | None:
    """Return the first direct child of that local name, or None."""
    return next(children(element, name), None)


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute by local name, "" if there is none."""
    if element is None:
        return ""
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
