"""Read an EPUB: the pages of the book in the order of its spine, each as the web page that it is. In guarded processes only."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from preprocess.archives.zip import check_size, open_archive, read_member
from preprocess.document import Document, Note, Page, Unreadable, quote_notes
from preprocess.docx.embedded.page_pictures import picture_notes
from preprocess.file_kind import PICTURES, kind_of
from preprocess.plain_text import decode
from preprocess.web.charset import html_text
from preprocess.web.html import MAX_TAGS, pages_of, pictures_of
from preprocess.web.pictures import with_pictures
from preprocess.xml_text import Element, parse_xml

_MAX_BYTES = 30_000_000
_MAX_PAGES = 500
_MAX_STYLES = 1_000_000
_MAX_XML_TAGS = 50_000
_LARGE_PICTURE = 30_000  # bytes; smaller ones are ornaments and photographs
_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_PAGE_TYPES = ("application/xhtml+xml", "text/html")
_EMPTY = re.compile(r"<(title|script|style|a|div|span|p|i|b|em|td|th|li)\b([^<>]{0,2000})/>", re.IGNORECASE)
_COVER = re.compile(
    r"<svg\b[^<>]{0,2000}>\s{0,200}<image\b[^<>]{0,2000}?href\s?=\s?(\"[^\"<>]{1,1000}\"|'[^'<>]{1,1000}')[^<>]{0,2000}>"
    r"(?:\s{0,200}</image>)?\s{0,200}</svg>",
    re.IGNORECASE,
)
"""A drawing that is nothing but a picture, as programs write covers."""

_PICTURE = re.compile(r"<(?:img|image)\b[^<>]{0,2000}?(?:src|href)\s*=\s*[\"']([^\"'<>]{1,1000})[\"']", re.IGNORECASE)


@dataclass(frozen=True)
class _Item:
    """A file of the book."""

    path: str
    media_type: str
    is_contents: bool


def read_epub(data: bytes, name: str) -> Document:
    """Read a book into a Page per file of its spine, without the table of contents; hidden text is left out and noted.

    A picture that may hold text is an empty Page between two others, to be recognised (`epub_pictures`).

    Raises Unreadable: `damaged`, `needs_password`, `unpacks_too_large`, `too_complex`, `not_text`.
    """
    pages: list[Page] = []
    hidden: list[str] = []
    unread: set[str] = set()
    for markup in _markups(data):
        read, unseen = pages_of(markup.text)
        pages += read
        hidden += unseen
        unread |= markup.unread
    notes = [*quote_notes("hidden_text", hidden), *picture_notes(pages), *([Note("picture_not_read", count=len(unread))] if unread else [])]
    return Document(name, "epub", tuple(pages), tuple(notes))


def epub_pictures(data: bytes) -> Iterator[bytes]:
    """Return the pictures that `read_epub` left empty pages for, as files."""
    return (picture for markup in _markups(data) for picture in pictures_of(markup.text))


@dataclass(frozen=True)
class _Markup:
    """A page of the book with its pictures written into it, and the paths of large ones that are not."""

    text: str
    unread: set[str]


def _markups(data: bytes) -> Iterator[_Markup]:
    """Yield the pages of a book. Raises Unreadable."""
    archive = open_archive(data)
    members = {member.filename: member for member in archive.infolist()}
    package = _package(archive, members)
    items, spine = _items(package[1], posixpath.dirname(package[0]))
    read = [item for item in spine if not item.is_contents and item.path in members]
    styles = [item for item in items if item.media_type == "text/css" and item.path in members]
    if len(read) > _MAX_PAGES:
        raise Unreadable("too_complex")
    check_size([members[item.path] for item in [*read, *styles]], _MAX_BYTES)
    if _ENCRYPTION in members and {item.path for item in read} & _encrypted(archive, members[_ENCRYPTION]):
        raise Unreadable("needs_password")
    style = "\n".join(decode(content) for item in styles if (content := read_member(archive, members[item.path])).strip())[:_MAX_STYLES]
    tags = 0
    for item in read:
        text = html_text(read_member(archive, members[item.path]))
        tags += text.count("<")
        if tags > MAX_TAGS:
            raise Unreadable("too_complex")
        text = _COVER.sub(r"<img src=\1>", text)
        named = {_resolved(item.path, match[1]) for match in _PICTURE.finditer(text)} & members.keys()
        pictures = _pictures(archive, [members[path] for path in sorted(named)])
        text, written = with_pictures(text, pictures | {quote(path): picture for path, picture in pictures.items()}, item.path)
        unread = {path for path in named if members[path].file_size > _LARGE_PICTURE and not written & {path, quote(path)}}
        yield _Markup(_styled(text, style), unread)


def _pictures(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Return the pictures of a page by path, as many as there is room for."""
    room = _MAX_BYTES
    pictures: dict[str, bytes] = {}
    for member in members:
        if member.file_size <= room and kind_of(picture := read_member(archive, member), "") in PICTURES:
            room -= member.file_size
            pictures[member.filename] = picture
    return pictures


def _package(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> tuple[str, Element]:
    """Return the path and the root of the file that lists all others. Raises Unreadable."""
    container = _xml(archive, members, _CONTAINER)
    path = next((root.get("full-path", "") for root in container.iter("{*}rootfile")), "")
    return path, _xml(archive, members, path)


def _xml(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], path: str) -> Element:
    if path not in members:
        raise Unreadable("damaged")
    check_size([members[path]], _MAX_BYTES)
    return parse_xml(read_member(archive, members[path]), _MAX_XML_TAGS)


def _items(package: Element, folder: str) -> tuple[list[_Item], list[_Item]]:
    """Return all files of the book, and those of its spine in order."""
    by_id = {
        element.get("id", ""): _Item(
            posixpath.normpath(posixpath.join(folder, unquote(element.get("href", "")))),
            element.get("media-type", ""),
            "nav" in element.get("properties", "").split(),
        )
        for element in package.iter("{*}item")
    }
    spine = dict.fromkeys(element.get("idref", "") for element in package.iter("{*}itemref"))
    pages = [by_id[item] for item in spine if item in by_id and by_id[item].media_type in _PAGE_TYPES]
    return list(by_id.values()), pages


def _encrypted(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> set[str]:
    """Return the paths of encrypted files. (Fonts may be scrambled in a book that anybody can read.)"""
    check_size([member], _MAX_BYTES)
    root = parse_xml(read_member(archive, member), _MAX_XML_TAGS)
    return {unquote(reference.get("URI", "")) for reference in root.iter("{*}CipherReference")}


def _styled(text: str, style: str) -> str:
    """Return XHTML as HTML: with its style sheets in it, and elements that have no content opened and closed."""
    opened = _EMPTY.sub(r"<\1\2></\1>", text)
    return f"<style>{style}</style>{opened}" if style and "</style" not in style.lower() else opened


def _resolved(page: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(address)))
