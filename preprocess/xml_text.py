"""Parse XML into its root element, or its elements one by one, safely: no DTD, no entities, a bounded number of tags."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from preprocess.document import Unreadable
from preprocess.plain_text import decode

Element = Any  # an lxml element; lxml has no types
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,500}\?>")
# Sloppy exporters write them, no parser takes them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True, "encoding": "utf-8"}


def parse_xml(xml: bytes, max_tags: int) -> Element:
    """Return the root element. Raises Unreadable: `damaged` (a DTD, too), `too_complex` (more than 256 nested elements, too), `not_text`.

    The bytes decide the encoding, since declarations lie; so nothing can hide a DTD in one.
    """
    return _parsed(_safe_xml(xml, max_tags))


def parse_xml_text(text: str, max_tags: int) -> Element:
    """Return the root element of XML that is decoded already. Raises Unreadable: `damaged`, `too_complex`."""
    return _parsed(_checked(_CONTROL.sub("", text), max_tags))


def stream_xml(xml: bytes, max_tags: int, *names: str) -> Iterator[Element]:
    """Yield the elements of these local names as they end; each is emptied when the next one is asked for. Raises as `parse_xml` does."""
    elements = etree.iterparse(BytesIO(_safe_xml(xml, max_tags)), events=("end",), tag=[f"{{*}}{name}" for name in names], **_SAFE)
    try:
        for _, element in elements:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refusal(error) from None


def _safe_xml(xml: bytes, max_tags: int) -> bytes:
    """Return the XML as UTF-8 without its declaration."""
    text = _CONTROL.sub("", decode(xml))
    text = text[declaration.end() :] if (declaration := _DECLARATION.match(text)) else text
    return _checked(text.lstrip(), max_tags)


def _checked(text: str, max_tags: int) -> bytes:
    if re.search("<!DOCTYPE|<!ENTITY", text, re.IGNORECASE):
        raise Unreadable("damaged", "DTD")
    if text.count("<") > max_tags:
        raise Unreadable("too_complex")
    return text.encode("utf-8", "replace")


def _parsed(xml: bytes) -> Element:
    try:
        return etree.fromstring(xml, etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refusal(error) from None


def _refusal(error: Exception) -> Unreadable:
    return Unreadable("too_complex" if "depth" in str(error) else "damaged")
