"""XML bytes in any encoding → UTF-8 that is safe to parse: no DTD, no entities, a bounded number of tags."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from preprocess.document import Unreadable
from preprocess.plain_text import decode

Element = Any  # an lxml element; lxml has no types
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,500}\?>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True, "encoding": "utf-8"}


def safe_xml(xml: bytes, max_tags: int) -> bytes:
    """Return the XML as UTF-8 without its declaration. Raises Unreadable: `damaged` (DTD), `not_text`, `too_complex`.

    The bytes decide the encoding, since declarations lie; so nothing can hide a DTD in one.
    """
    text = _CONTROL.sub("", decode(xml))
    text = text[declaration.end() :] if (declaration := _DECLARATION.match(text)) else text
    if re.search("<!DOCTYPE|<!ENTITY", text, re.IGNORECASE):
        raise Unreadable("damaged", "DTD")
    if text.count("<") > max_tags:
        raise Unreadable("too_complex")
    return text.lstrip().encode("utf-8", "replace")


def parse_xml(xml: bytes, max_tags: int) -> Element:
    """Return the root element. Raises Unreadable: `damaged`, `too_complex` (also more than 256 nested elements), `not_text`."""
    try:
        return etree.fromstring(safe_xml(xml, max_tags), etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refusal(error) from None


def stream_xml(xml: bytes, max_tags: int, *names: str) -> Iterator[Element]:
    """Yield the elements of these local names as they end; each is emptied when the next one is asked for. Raises as `parse_xml` does."""
    elements = etree.iterparse(BytesIO(safe_xml(xml, max_tags)), events=("end",), tag=[f"{{*}}{name}" for name in names], **_SAFE)
    try:
        for _, element in elements:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refusal(error) from None


def _refusal(error: Exception) -> Unreadable:
    return Unreadable("too_complex" if "depth" in str(error) else "damaged")
