"""Split a sheet with one row a person into a text a person, for intake; any other spreadsheet stays itself."""

from collections.abc import Iterator
from typing import BinaryIO

from preprocess.archives.zip import Member
from preprocess.document import Unreadable
from preprocess.file_names import shown_name
from preprocess.tables.columns import columns_of
from preprocess.tables.people import SheetPerson, candidates_in, joined
from preprocess.tables.workbook import read_sheets

_MAX_PEOPLE = 2_000  # of one sheet
_MAX_CELL = 100_000  # characters; Excel takes 32,767


def members(file: BinaryIO, name: str) -> Iterator[Member]:
    """Yield a text per person, as 林晓岚.txt, or the file itself under its own name if it is no sheet of people.

    Where the sheet names each person's resume file, the text lies in a folder of that name, so that `intake` can leave it out if it has
    the file; without anything to read but contact data it is refused as `not_found`. Hidden rows, columns and sheets appear nowhere.
    Sheets that are no lists of people, and more than 2,000 people of a sheet, are refused by name: `not_a_list`, `too_many`.
    """
    data = file.read()
    try:
        sheets = [sheet for sheet in read_sheets(data) if sheet.rows]
    except Unreadable:  # its reader says why
        sheets = []
    parsed = [(sheet, columns_of(sheet)) for sheet in sheets]
    lists = [(sheet, columns) for sheet, columns in parsed if columns]
    if not lists:
        yield Member(name.encode("utf-8", "replace").decode(), data)
        return
    lists_of_candidates = [candidates_in(sheet, columns) for sheet, columns in lists]
    tells = any(columns.tells for _, columns in lists)
    for candidate in joined([people[:_MAX_PEOPLE] for people in lists_of_candidates]):
        yield _member(candidate, tells)
    yield from _refused(parsed, {id(sheet): len(people) for (sheet, _), people in zip(lists, lists_of_candidates, strict=True)}, name)


def _member(candidate: SheetPerson, tells: bool) -> Member:
    folder = f"{_path(candidate.file)}/" if candidate.file else ""
    if any(len(value) > _MAX_CELL for _, value in candidate.fields):
        return Member(f"{folder}{_path(candidate.name)}.txt", Unreadable("too_long", f"{_MAX_CELL:,}"))
    if candidate.file and not tells:
        return Member(f"{folder}{_path(candidate.file)}", Unreadable("not_found"))
    return Member(f"{folder}{_path(candidate.name)}.txt", candidate.text.encode("utf-8", "replace"))


def _refused(parsed, counts: dict[int, int], name: str) -> Iterator[Member]:
    """Yield why a sheet, or the rest of one, is not read."""
    for sheet, columns in parsed:
        label = _path(f"{name} - {sheet.name}" if sheet.name else name)
        if columns is None:
            yield Member(label, Unreadable("not_a_list"))
        elif counts[id(sheet)] > _MAX_PEOPLE:
            yield Member(label, Unreadable("too_many", f"{_MAX_PEOPLE:,}"))


def _path(name: str) -> str:
    """Return a name that is one part of a path and belongs to no operating system."""
    return shown_name(name.replace("/", "_").replace("\\", "_")).lstrip(".~$") or "_"
