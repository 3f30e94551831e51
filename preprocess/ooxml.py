"""Office Open XML packages: parts, relationships and a safe parse, with the few look-ups a reader needs. Knows no Word.

Elements and attributes are matched by local name, so that transitional, strict and WPS files read the same.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from preprocess.archive import check_size, open_archive, read_member
from preprocess.document import Unreadable

Element = Any  # an lxml element; lxml has no types
MAX_XML_BYTES = 30_000_000  # a real resume's XML parts together are under 3 MB
MAX_TAGS = 1_000_000  # start and end tags of one part; a dense ten-page resume has about 40,000


class Package:
    """The parts of one file, read on demand. Raises Unreadable: `damaged`, `unpacks_too_large`, `too_complex`, `needs_password`."""

    def __init__(self, data: bytes):
        self._archive = open_archive(data)
        self._members = {member.filename.replace("\\", "/"): member for member in self._archive.infolist()}
        check_size([member for path, member in self._members.items() if path.endswith((".xml", ".rels"))], MAX_XML_BYTES)

    def __contains__(self, path: str) -> bool:
        return path in self._members

    def part(self, path: str) -> Element:
        """The root element of an XML part that the package contains."""
        if not path.endswith((".xml", ".rels")):  # its size was not checked
            raise Unreadable("damaged")
        return _parse(read_member(self._archive, self._members[path]))

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id → (last word of its type, path of its target in the package). `part` "" is the package itself."""
        folder, base = posixpath.split(part)
        path = posixpath.join(folder, "_rels", base + ".rels")
        if path not in self:
            return {}
        relations = {}
        for relation in find(self.part(path), {"Relationship"}):
            target = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", ""))).lstrip("/")
            relations[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
        return relations


def _parse(xml: bytes) -> Element:
    """Parse one part. The format allows UTF-8 and UTF-16 only, so nothing can hide a DTD in some other encoding."""
    try:
        text = xml.decode("utf-16" if xml[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("damaged") from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable("damaged", "DTD")
    if text.count("<") > MAX_TAGS:
        raise Unreadable("too_complex")
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)  # sloppy exporters write them, no parser takes them
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:  # at most 256 nested elements, or libxml2 refuses
        raise Unreadable("too_complex" if "depth" in str(error) else "damaged") from None


def find(root: Element, wanted: set[str], closed: frozenset[str] = frozenset()) -> Iterator[Element]:
    """Outermost elements below `root` with a wanted local name, in document order; what is in `closed` is not looked into.

    Of an AlternateContent, which says the same in several ways for readers of several ages, only the first way is looked into.
    """
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element is root:
            continue
        name = local(element)
        if name in wanted:
            walk.skip_subtree()
            yield element
        elif name in closed or (name in ("Choice", "Fallback") and element.getprevious() is not None):
            walk.skip_subtree()


def local(element: Element) -> str:
    """The name without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Direct children of that local name; none of no element."""
    return iter(()) if element is None else element.iterchildren("{*}" + name)


def child(element: Element | None, name: str) -> Element | None:
    """The first direct child of that local name."""
    return next(children(element, name), None)


def value(element: Element | None, name: str = "val") -> str:
    """An attribute by local name, "" where there is none."""
    if element is None:
        return ""
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
