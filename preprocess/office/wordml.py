"""Read Word 2003 XML and Word's flat XML packages into a Document: cut the one file into the parts of a DOCX for its reader."""

import base64
import binascii
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from preprocess.document import Document, Unreadable
from preprocess.docx.ooxml import Element, child, children, local, parse_xml, value
from preprocess.docx.reader import docx_pictures, read_docx

_PICTURES = re.compile(rb"<w:binData\b([^>]{0,500})>([^<]*+)</w:binData>")
_PICTURE_NAME = re.compile(rb"\bw:name\s*=\s*[\"']([^\"'<>]{1,200})[\"']")
_WORD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DRAWN = ("{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}", "{urn:schemas-microsoft-com:office:word}")
_RENAMED = {"listPr": "numPr", "ilfo": "numId", "listDef": "abstractNum", "list": "num", "ilst": "abstractNumId"}
_RENAMED_ATTRIBUTES = {"listDefId": "abstractNumId", "ilfo": "numId"}
_PARTS = {"styles": "styles", "lists": "numbering", "fonts": "fontTable", "docPr": "settings"}
"""Elements of the root, and what a DOCX calls the part."""

_HEADERS = {"hdr": "header", "ftr": "footer"}
_PAGES = {"odd": "default"}


def read_wordml(data: bytes, name: str) -> Document:
    """Read a Word file that is one XML. Raises Unreadable as `read_docx` does."""
    return replace(read_docx(_packed(data), name), kind="wordml")


def wordml_pictures(data: bytes) -> Iterator[bytes]:
    """Return the pictures that `read_wordml` left empty pages for, as files; b"" for one in a format that cannot be looked at."""
    return docx_pictures(_packed(data))


def _packed(data: bytes) -> bytes:
    """Return the DOCX that says the same. Raises Unreadable."""
    pictures: dict[str, bytes] = {}

    def taken(match: re.Match[bytes]) -> bytes:
        if name := _PICTURE_NAME.search(match[1]):
            with suppress(binascii.Error):
                pictures[name[1].decode("utf-8", "replace")] = base64.b64decode(match[2])
        return b""

    root = parse_xml(_PICTURES.sub(taken, data))
    if local(root) == "package":
        parts = dict(_package_parts(root))
    elif (body := child(root, "body")) is not None:
        parts = _cut(root, body, pictures)
    else:
        raise Unreadable("damaged")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return packed.getvalue()


def _package_parts(root: Element) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the parts of a flat package."""
    for part in children(root, "part"):
        content = next(part.iterchildren("{*}xmlData", "{*}binaryData"), None)
        path = value(part, "name").lstrip("/")
        if content is None or not path:
            continue
        if local(content) == "binaryData":
            try:
                yield path, base64.b64decode(content.text or "")
            except binascii.Error:
                continue
        elif (inner := next(content.iterchildren("*"), None)) is not None:
            yield path, etree.tostring(inner, encoding="utf-8")


def _cut(root: Element, body: Element, pictures: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a DOCX that say the same as a Word 2003 document with these pictures."""
    _accept_changes(root)
    _rename(root)
    numbers = {name: number for number, name in enumerate(pictures)}
    for image in root.iter("{*}imagedata"):
        if (source := value(image, "src")) in numbers:
            image.set(f"{{{_RELATIONS}}}id", f"picture{numbers[source]}")
    contents: dict[str, tuple[str, Element]] = {}
    for name, kind in _PARTS.items():
        if (part := child(root, name)) is not None:
            contents[kind] = (kind, part)
    for kind in ("footnote", "endnote"):
        notes = etree.Element(f"{_WORD}{kind}s")
        for number, note in enumerate(list(body.iter(f"{_WORD}{kind}")), 1):
            note.addprevious(_element(f"{kind}Reference", id=str(number)))
            notes.append(note)  # which takes it out of the body
            note.set(f"{_WORD}id", str(number))
        contents[f"{kind}s"] = (f"{kind}s", notes)
    for number, header in enumerate(list(body.iter(f"{_WORD}hdr", f"{_WORD}ftr"))):
        kind = _HEADERS[local(header)]
        reference = _element(f"{kind}Reference", type=_PAGES.get(value(header, "type"), value(header, "type")))
        reference.set(f"{{{_RELATIONS}}}id", f"{kind}{number}")
        header.addprevious(reference)
        contents[f"{kind}{number}"] = (kind, header)
        header.getparent().remove(header)
    document = etree.Element(f"{_WORD}document")
    document.append(body)
    relations = etree.Element(f"{{{_PACKAGE}}}Relationships")
    parts = {"word/document.xml": etree.tostring(document, encoding="utf-8")}
    for name, (kind, content) in contents.items():
        target = {"Id": name, "Type": f"{_RELATIONS}/{kind}", "Target": f"{name}.xml"}
        etree.SubElement(relations, f"{{{_PACKAGE}}}Relationship", target)
        parts[f"word/{name}.xml"] = etree.tostring(content, encoding="utf-8", with_tail=False)
    for number, picture in enumerate(pictures.values()):
        target = {"Id": f"picture{number}", "Type": f"{_RELATIONS}/image", "Target": f"media/{number}"}
        etree.SubElement(relations, f"{{{_PACKAGE}}}Relationship", target)
        parts[f"word/media/{number}"] = picture
    return {**parts, "word/_rels/document.xml.rels": etree.tostring(relations, encoding="utf-8")}


def _accept_changes(root: Element) -> None:
    """Take out deleted text and comments, and what is around text of any other namespace: tracked insertions, smart tags, sections."""
    for annotation in list(root.iter("{*}annotation")):
        if value(annotation, "type") in ("Word.Deletion", "Word.Comment"):
            _remove(annotation)
    tags = {element.tag for element in root.iter("*") if not element.tag.startswith((_WORD, *_DRAWN))} - {root.tag}
    etree.strip_tags(root, *tags)


def _remove(element: Element) -> None:
    """Remove an element, not the text behind it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _rename(root: Element) -> None:
    """Call elements and attributes as a DOCX does."""
    for element in root.iter(*(_WORD + name for name in _RENAMED)):
        element.tag = _WORD + _RENAMED[local(element)]
        for old, new in _RENAMED_ATTRIBUTES.items():
            if text := value(element, old):
                element.set(_WORD + new, text)
    for highlight in root.iter(_WORD + "highlight"):
        first, *others = value(highlight).split("-")
        highlight.set(_WORD + "val", first + "".join(map(str.capitalize, others)))


def _element(name: str, **attributes: str) -> Element:
    return etree.Element(_WORD + name, {_WORD + key: text for key, text in attributes.items()})
