"""Read Apple Pages files (since 2013) into a Document: the text storages in their IWA streams. Older ones are refused with what to do."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from zipfile import ZipFile, ZipInfo

from preprocess.archives.zip import check_size, open_archive, read_member
from preprocess.document import Document, Line, Note, Page, Unreadable, quote_notes
from preprocess.office.iwa import MAX_STREAM, Fields, fields, integer, messages, objects_of, texts
from preprocess.office.iwork_styles import CHARACTER_STYLE, PARAGRAPH_STYLE, Appearance, TextStyles

_DOCUMENT_OF_PAGES, _OTHER_DOCUMENT = 10000, 1  # kinds of objects; presentations and spreadsheets share theirs
_STORAGES, _CELLS, _PAGE_TEMPLATE, _SHAPES = (2001, 2005), 6005, 10143, (2011, 3004, 3005)  # kinds of objects
_BODY, _HEADER, _FOOTNOTE, _TEXT_BOX, _CELL = 0, 1, 2, 3, 5  # kinds of storages; notes and tables of contents are left out
_KIND, _TEXT, _PARAGRAPH_STYLES, _CHARACTER_STYLES, _DELETED = 1, 3, 5, 8, 22  # fields of a storage
_OTHER_MEMBERS = ("Stylesheet", "Metadata", "ViewState", "Annotation", "Author")
_ENCRYPTED = (".iwpv2", ".iwph")
_LINE_ENDS = re.compile("[\n\x04\x05\x06\x0b\x0c\r\u2028\u2029]")
_NO_TEXT = re.compile("[\ufffc\x0e]")  # places of drawings and marks


@dataclass
class _Objects:
    """The objects of one file that its text depends on."""

    storages: dict[int, Fields] = field(default_factory=dict)
    styles: dict[int, Fields] = field(default_factory=dict)
    footers: set[int] = field(default_factory=set)
    cells: list[str] = field(default_factory=list)
    has_shapes: bool = False
    documents: set[int] = field(default_factory=set)


def read_pages(data: bytes, name: str) -> Document:
    """Read a Pages file into one page without layout: headers, body, text boxes, cells of tables, footnotes, footers.

    Text in deleted revisions, transparent or tiny is left out and noted, and so is white text unless a shape may lie behind it.

    Raises Unreadable: `needs_password`, `old_pages`, `damaged`, `unpacks_too_large`, `export_it` (it is a presentation or a spreadsheet).
    """
    archive = open_archive(data)
    members = _members(archive)
    if "Index.zip" in members:  # of the first versions since 2013
        check_size([members["Index.zip"]], MAX_STREAM)
        archive = open_archive(read_member(archive, members["Index.zip"]))
        members = _members(archive)
    if any(mark in members for mark in _ENCRYPTED):
        raise Unreadable("needs_password")
    streams = [
        member
        for path, member in sorted(members.items())
        if path.startswith("Index/") and path.endswith(".iwa") and not any(part in path for part in _OTHER_MEMBERS)
    ]
    sheets = [member for path, member in members.items() if path.endswith(".iwa") and "Stylesheet" in path]
    if not streams:
        raise Unreadable("old_pages")
    check_size([*streams, *sheets], MAX_STREAM)
    objects = _Objects()
    for member in [*streams, *sheets]:
        _collect(objects, read_member(archive, member), with_text=member in streams)
    if objects.documents == {_OTHER_DOCUMENT}:
        raise Unreadable("export_it", "Keynote / Numbers (.key, .numbers)")
    return _PagesReader(objects).document(name)


def _members(archive: ZipFile) -> dict[str, ZipInfo]:
    """Return the members by their path in the document, which may be a folder in the archive."""
    return {re.sub(r"^[^/]+\.pages/", "", member.filename): member for member in archive.infolist()}


def _collect(objects: _Objects, data: bytes, with_text: bool) -> None:
    for item in objects_of(data):
        if item.kind in (CHARACTER_STYLE, PARAGRAPH_STYLE):
            objects.styles[item.identifier] = fields(item.payload)
        elif item.kind == _PAGE_TEMPLATE:
            objects.footers |= {integer(reference, 1) for reference in messages(fields(item.payload), 2)}
        elif item.kind in (_DOCUMENT_OF_PAGES, _OTHER_DOCUMENT):
            objects.documents.add(item.kind)
        elif item.kind in _STORAGES and with_text:
            objects.storages[item.identifier] = fields(item.payload)
        elif item.kind == _CELLS and with_text:
            for entry in messages(fields(item.payload), 3):
                objects.cells += texts(entry, 3)
        objects.has_shapes = objects.has_shapes or item.kind in _SHAPES


class _PagesReader:
    """Turns the storages of one file into lines."""

    def __init__(self, objects: _Objects):
        self._objects, self._styles = objects, TextStyles(objects.styles)
        self._hidden: list[str] = []
        self._unsure: list[str] = []

    def document(self, name: str) -> Document:
        by_kind: dict[int, list[tuple[int, Fields]]] = {}
        for identifier, storage in self._objects.storages.items():
            by_kind.setdefault(integer(storage, _KIND, _TEXT_BOX), []).append((identifier, storage))
        around = by_kind.get(_HEADER, [])
        footers = self._objects.footers or {identifier for identifier, _ in around[(len(around) + 1) // 2 :]}  # headers come first
        lines = self._once(storage for identifier, storage in around if identifier not in footers)
        for kind in (_BODY, _TEXT_BOX, _CELL):
            lines += [line for _, storage in by_kind.get(kind, []) for line in self._lines(storage)]
        lines += [line for cell in self._objects.cells for line in _parted(cell)]
        lines += [line for _, storage in by_kind.get(_FOOTNOTE, []) for line in self._lines(storage)]
        lines += self._once(storage for identifier, storage in around if identifier in footers)
        notes: list[Note] = [*quote_notes("hidden_text", self._hidden), *quote_notes("hidden_unsure", self._unsure)]
        return Document(name, "pages", (Page(tuple(Line(line) for line in lines)),), tuple(notes))

    def _once(self, storages: Iterator[Fields]) -> list[str]:
        """Return the lines of headers or footers, which each section and each kind of page has again, each once."""
        return list(dict.fromkeys(line for storage in storages for line in self._lines(storage)))

    def _lines(self, storage: Fields) -> list[str]:
        """Return the lines of a storage that a person sees."""
        text = "".join(texts(storage, _TEXT))
        units = text.encode("utf-16-le")
        deleted, paragraphs, characters = (_runs(storage, number) for number in (_DELETED, _PARAGRAPH_STYLES, _CHARACTER_STYLES))
        edges = sorted({0, len(units) // 2, *(start for runs in (deleted, paragraphs, characters) for start, _ in runs)})
        shown: list[str] = []
        for start, end in pairwise(edges):
            part = units[2 * start : 2 * end].decode("utf-16-le", "replace")
            appearance = self._styles.appearance(_at(paragraphs, start), _at(characters, start))
            is_white = appearance is Appearance.WHITE and integer(storage, _KIND, _TEXT_BOX) in (_BODY, _HEADER, _FOOTNOTE)
            if _at(deleted, start) or appearance is Appearance.HIDDEN or (is_white and not self._objects.has_shapes):
                self._hidden += _parted(part)
                shown.append("\n" if part.endswith("\n") else "")
                continue
            if is_white:
                self._unsure += _parted(part)
            shown.append(part)
        return _parted("".join(shown))


def _runs(storage: Fields, number: int) -> list[tuple[int, int]]:
    """Return a table of a storage: from which UTF-16 unit on which object is meant, 0 for none."""
    entries = [entry for table in messages(storage, number) for entry in messages(table, 1)]
    return sorted((integer(entry, 1), integer(next(messages(entry, 2), {}), 1)) for entry in entries)


def _at(runs: list[tuple[int, int]], position: int) -> int:
    index = bisect_right(runs, position, key=lambda run: run[0])
    return runs[index - 1][1] if index else 0


def _parted(text: str) -> list[str]:
    return [line for part in _LINE_ENDS.split(_NO_TEXT.sub("", text)) if (line := part.replace("\t", "  ").strip())]
