"""Read the lines of text on charts in OpenDocument files, each a document of its own within the file."""

import zipfile
from collections.abc import Mapping, Sequence

from preprocess.archives.zip import check_size, read_member
from preprocess.docx.ooxml import Element, child, find, parse_xml, value

Charts = Mapping[str, Sequence[str]]
"""Lines of text by the name of the part (Object 1)."""

_CONTENT = "/content.xml"
_MAX_CHARTS = 50
_MAX_CHART_BYTES = 10_000_000
_MAX_NAMES = 2_000


def charts_in(archive: zipfile.ZipFile, has_own_table: bool) -> Charts:
    """Return the lines on each chart: titles, and names of series and categories if it `has_own_table` and none of a sheet.

    Raises Unreadable: `damaged`, `too_complex`, `unpacks_too_large`.
    """
    members = [member for member in archive.infolist() if member.filename.endswith(_CONTENT) and member.filename.count("/") == 1]
    members = members[:_MAX_CHARTS]
    check_size(members, _MAX_CHART_BYTES)
    parts = {member.filename.removesuffix(_CONTENT): parse_xml(read_member(archive, member)) for member in members}
    return {name: _lines(root, has_own_table) for name, root in parts.items()}


def object_name(element: Element) -> str:
    """Return the name of the part that a draw:object shows."""
    return value(element, "href").removeprefix("./").rstrip("/")


def _lines(root: Element, has_own_table: bool) -> list[str]:
    if child(child(root, "body"), "chart") is None:
        return []
    titles = [_text(title) for title in find(root, {"title", "subtitle"})]
    cells = [cell for cell in find(root, {"table-cell"}) if value(cell, "value-type") == "string"] if has_own_table else []
    names = dict.fromkeys(filter(None, map(_text, cells[:_MAX_NAMES])))
    return [*filter(None, titles), *(["  ".join(names)] if names else [])]


def _text(element: Element) -> str:
    return " ".join("".join(paragraph.itertext()).strip() for paragraph in find(element, {"p"})).strip()
