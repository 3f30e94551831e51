"""Read HTML: pages and fragments of them, as job sites, Word and browsers save them. In guarded processes only."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree, html  # pyright: ignore[reportAttributeAccessIssue]

from preprocess.document import Document, Page, Unreadable, quote_notes
from preprocess.docx.embedded.page_pictures import PictureCollector, picture_notes, with_pictures
from preprocess.web.charset import html_text
from preprocess.web.lines import PageLines
from preprocess.web.look import ComputedStyle
from preprocess.web.markup import prepared
from preprocess.web.pictures import PlacedPicture, taken_out
from preprocess.web.stylesheet import StyleSheet

MAX_TAGS = 200_000
MAX_DEPTH = 200
"""Elements in one another: libxml2 stops at 256 and drops what is deeper without a word."""


def read_html(data: bytes, name: str) -> Document:
    """Read a web page. Raises Unreadable: `empty_file`, `not_text`, `too_complex`."""
    if not data.strip(b"\0\t\n\f\r "):
        raise Unreadable("empty_file")
    return html_document(html_text(data), name)


def html_document(text: str, name: str) -> Document:
    """Return a web page as one Page, text that nobody sees left out and noted. Raises Unreadable `too_complex`.

    A picture written in it that may hold text is an empty Page between two others, to be recognised (`pictures_of`).
    """
    pages, hidden = pages_of(text)
    return Document(name, "html", pages, (*quote_notes("hidden_text", hidden), *picture_notes(pages)))


def pages_of(text: str) -> tuple[tuple[Page, ...], list[str]]:
    """Return the pages of `html_document`, and the texts that nobody sees. Raises Unreadable `too_complex`."""
    page, pictures = _with_pictures(text)
    chosen = pictures.with_text(_characters(page))
    return (with_pictures(page.lines, chosen, 0) if page.lines or chosen else ()), page.hidden


def html_pictures(data: bytes) -> Iterator[bytes]:
    """Return the pictures that `read_html` left empty pages for, as files."""
    return pictures_of(html_text(data))


def pictures_of(text: str) -> Iterator[bytes]:
    """Return the pictures that `html_document` left empty pages for, as files."""
    page, pictures = _with_pictures(text)
    return pictures.files(_characters(page))


def has_content(text: str) -> bool:
    """Return whether a web page shows text, or a picture that may hold some. Raises Unreadable `too_complex`."""
    page, pictures = _with_pictures(text)
    return bool(page.lines or pictures.with_text(0))


class WebPage(NamedTuple):
    """The lines of a page that are seen, the texts in it that are not, and its pictures."""

    lines: list[str]
    hidden: list[str]
    pictures: list[PlacedPicture]


def page_of(text: str) -> WebPage:
    """Return what is on a web page. Raises Unreadable `too_complex`."""
    if text.count("<") > MAX_TAGS:
        raise Unreadable("too_complex")
    text = prepared(text)
    if not text.strip():
        return WebPage([], [], [])
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # nothing in it but comments
        return WebPage([], [], [])
    _check_depth(root)
    hidden: list[str] = []
    page = PageLines(StyleSheet(style.text or "" for style in root.iter("style")), hidden)
    page.add(root, ComputedStyle())
    page.end_line()
    return WebPage(page.lines, hidden, page.pictures)


def _with_pictures(text: str) -> tuple[WebPage, PictureCollector]:
    """Return what is on a web page, and the pictures of those that are written in it."""
    text, files = taken_out(text)
    page = page_of(text)
    pictures = PictureCollector(files)
    for picture in page.pictures:
        pictures.put_sized(*picture)
    return page, pictures


def _characters(page: WebPage) -> int:
    return len("\n".join(page.lines))


def _check_depth(root: Any) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise Unreadable("too_complex")
