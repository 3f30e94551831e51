"""Read what was typed into dynamic forms (XFA), whose only page says "Please wait", from their XML. In the guarded process only."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from preprocess.document import Unreadable
from preprocess.pdf.buttons import EMPTY, TICKED
from preprocess.xml_text import Element, parse_xml

_MAX_BYTES, _MAX_TAGS, _MAX_PACKETS = 10_000_000, 300_000, 100  # a long form has 2 MB of XML, with its layout
_MAX_VALUE = 5_000  # characters of a value without a space: a picture
_UNSEEN = frozenset({"hidden", "invisible", "inactive"})
_SHELL = re.compile(r"please\s+wait|请\s*稍\s*候|请\s*等\s*待|bitte\s+warten|veuillez\s+patienter|espere", re.IGNORECASE)
_VIEWER = re.compile(r"adobe|viewer|查看器|阅读器|閱讀器", re.IGNORECASE)
_HEAD_OF_SHELL = 100  # characters
_MAX_SHELL = 1_500  # characters; a page that says "please wait" and no more than how to get a viewer
_MISSING = 0.8  # share of the values that no page shows


class _Field(NamedTuple):
    """What the layout says of a field: its caption, whether it is shown, (value, text) of its choices, and the value of a ticked box."""

    caption: str = ""
    is_shown: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    ticked: str | None = None


def xfa_lines(document: pdfium.PdfDocument, page_text: str) -> list[str] | None:
    """Return the values of a dynamic form, each behind its caption; None for any other PDF, or if its pages show them.

    Raises Unreadable: `xfa_form` where there are none, `too_complex`.
    """
    kind = document.get_formtype()
    if kind not in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
        return None
    roots = [root for packet in _packets(document) if (root := _parsed(packet)) is not None]
    fields = {name: field for root in roots for name, field in _fields(root)}
    values = [value for root in roots for data in root.iter("{*}datasets") for value in _values(data, fields)]
    squeezed = "".join(page_text.split())
    is_shell = len(squeezed) <= _MAX_SHELL and _SHELL.search(page_text) is not None
    missing = sum(len(value) for _, value in values if "".join(value.split()) not in squeezed)
    if not is_shell and missing <= _MISSING * sum(len(value) for _, value in values):
        return None
    if not values:
        raise Unreadable("xfa_form")
    return [line for caption, value in values for line in _lines(caption, value)]


def is_shell(page_text: str) -> bool:
    """Return whether all that a PDF says is to wait, or how to get another viewer: a dynamic form that was printed or saved again."""
    begins = _SHELL.search(page_text.strip()[:_HEAD_OF_SHELL])
    return len("".join(page_text.split())) <= _MAX_SHELL and begins is not None and _VIEWER.search(page_text) is not None


def _packets(document: pdfium.PdfDocument) -> Iterator[bytes]:
    length = ctypes.c_ulong()
    for index in range(min(raw.FPDF_GetXFAPacketCount(document.raw), _MAX_PACKETS)):
        raw.FPDF_GetXFAPacketContent(document.raw, index, None, 0, ctypes.byref(length))
        if not 0 < length.value <= _MAX_BYTES:
            continue
        buffer = ctypes.create_string_buffer(length.value)
        raw.FPDF_GetXFAPacketContent(document.raw, index, buffer, length.value, ctypes.byref(length))
        yield buffer.raw


def _parsed(xml: bytes) -> Element | None:
    """Return the root of a packet; None for the first and last ones, which are a single tag of what surrounds the others."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or xml.count(b"<") > _MAX_TAGS:
        raise Unreadable("too_complex")
    with suppress(Unreadable):
        return parse_xml(xml, _MAX_TAGS)
    return None


def _fields(root: Element) -> Iterator[tuple[str, _Field]]:
    for field in root.iter("{*}field"):
        name = field.get("name")
        if not name:
            continue
        caption = " ".join("".join(text for part in field.findall("{*}caption/{*}value") for text in part.itertext()).split())
        items = [["".join(item.itertext()).strip() for item in items] for items in field.findall("{*}items")]
        is_shown = not any(parent.get("presence") in _UNSEEN for parent in (field, *field.iterancestors()))
        ticked = items[0][0] if field.find("{*}ui/{*}checkButton") is not None and items and items[0] else None
        yield name, _Field(caption, is_shown, tuple(zip(items[1], items[0], strict=False)) if len(items) > 1 else (), ticked)


def _values(data: Element, fields: dict[str, _Field]) -> Iterator[tuple[str, str]]:
    """Yield (caption, value) of a form's data in document order, without pictures and what the form does not show."""
    for element in data.iter("{*}*"):
        if "xhtml" in element.tag or any("xhtml" not in child.tag for child in element):  # rich text is a value as a whole
            continue
        paragraphs = element.findall(".//{http://www.w3.org/1999/xhtml}p") or [element]
        text = "\n".join("".join(paragraph.itertext()) for paragraph in paragraphs)
        value = "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
        field = fields.get(etree.QName(element).localname, _Field())
        if not value or not field.is_shown or (len(value) > _MAX_VALUE and not re.search(r"\s", value[:_MAX_VALUE])):
            continue
        if field.ticked is None:
            yield field.caption, dict(field.choices).get(value, value)
        else:
            yield "", f"{TICKED if value == field.ticked else EMPTY} {field.caption}"


def _lines(caption: str, value: str) -> list[str]:
    first, *others = value.split("\n")
    return [f"{caption.rstrip(' :：')}: {first}" if caption else first, *others]
