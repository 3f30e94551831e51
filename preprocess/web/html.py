"""Read HTML: pages and fragments of them, as job sites, Word and browsers save them. In guarded processes only."""

from typing import Any

from lxml import etree, html  # pyright: ignore[reportAttributeAccessIssue]

from preprocess.document import Document, Line, Page, Unreadable, quote_notes
from preprocess.web.charset import html_text
from preprocess.web.lines import PageLines
from preprocess.web.look import ComputedStyle
from preprocess.web.markup import prepared
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
    """Return a web page as one Page, text that nobody sees left out and noted. Raises Unreadable `too_complex`."""
    lines, hidden = lines_of(text)
    return Document(name, "html", (Page(tuple(map(Line, lines))),) if lines else (), tuple(quote_notes("hidden_text", hidden)))


def lines_of(text: str) -> tuple[list[str], list[str]]:
    """Return the lines of a web page that are seen, and the texts that are not. Raises Unreadable `too_complex`."""
    if text.count("<") > MAX_TAGS:
        raise Unreadable("too_complex")
    text = prepared(text)
    if not text.strip():
        return [], []
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # nothing in it but comments
        return [], []
    _check_depth(root)
    hidden: list[str] = []
    page = PageLines(StyleSheet(style.text or "" for style in root.iter("style")), hidden)
    page.add(root, ComputedStyle())
    page.end_line()
    return page.lines, hidden


def _check_depth(root: Any) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise Unreadable("too_complex")
