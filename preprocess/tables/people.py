"""Write the rows of a sheet of people as a text each: "heading: value" by line, rows of the same person together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from preprocess.blind.contact import mails_in, phones_in
from preprocess.lexicon.characters import has_cjk
from preprocess.lexicon.field_labels import label_kind
from preprocess.lexicon.headings import is_heading
from preprocess.tables.columns import LONGEST_NAME, Columns, is_name, is_total
from preprocess.tables.grid import Sheet

_MOSTLY = 0.5  # of the cells of a row
_WHOLE_PARAGRAPH = 60  # characters; a longer value stands below its heading


@dataclass
class SheetPerson:
    """A person of a sheet. `fields` are heading and value, in order, without repetitions."""

    name: str
    file: str = ""
    """The file that the sheet names as this person's resume."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    contacts: set[str] = field(default_factory=set)

    def add(self, fields: Sequence[tuple[str, str]]) -> None:
        """Add fields that are not there yet."""
        known = set(self.fields)
        self.fields += [pair for pair in fields if pair not in known]

    @property
    def text(self) -> str:
        """What is known, by line; longer values and those with line breaks stand below their heading."""
        return "\n".join(line for heading, value in self.fields for line in _lines(heading, value)) + "\n"


def candidates_in(sheet: Sheet, columns: Columns) -> list[SheetPerson]:
    """Return the people of a sheet in its order."""
    people: list[SheetPerson] = []
    headed_contact = {heading for heading in columns.headings.values() if label_kind(heading) == "contact"}
    by_contact: dict[tuple[str, str], SheetPerson] = {}
    for row, name, fields in _rows(sheet, columns):
        contacts = _contacts(fields, headed_contact)
        known = next((by_contact[name, contact] for contact in contacts if (name, contact) in by_contact), None)
        is_same = bool(people) and people[-1].name == name and (not headed_contact or (row, columns.names[0]) in sheet.tops)
        if not name or is_same:
            known = people[-1] if people else None
        if known is None and not name:
            continue
        if known is None:
            known = SheetPerson(name)
            people.append(known)
        known.add(fields)
        known.contacts |= contacts
        known.file = known.file or (sheet.rows[row].get(columns.files, "") if columns.files is not None else "")
        by_contact |= {(name or known.name, contact): known for contact in contacts}
    return people


def joined(sheets: Sequence[Sequence[SheetPerson]]) -> list[SheetPerson]:
    """Return the people of several sheets: the same name once in each, with no contacts that contradict, is one person."""
    people: list[SheetPerson] = []
    for sheet in sheets:
        known = {name: candidate for name, candidate in _unique(people)}
        once = dict(_unique(sheet))
        for candidate in sheet:
            same = known.get(candidate.name) if candidate.name in once else None
            if same and (not same.contacts or not candidate.contacts or same.contacts & candidate.contacts):
                same.add(candidate.fields)
                same.contacts |= candidate.contacts
                same.file = same.file or candidate.file
            else:
                people.append(candidate)
    return people


def _unique(people: Sequence[SheetPerson]) -> Iterator[tuple[str, SheetPerson]]:
    names = [candidate.name for candidate in people]
    counts = dict.fromkeys(names, 0)
    for name in names:
        counts[name] += 1
    return ((candidate.name, candidate) for candidate in people if counts[candidate.name] == 1)


def _rows(sheet: Sheet, columns: Columns) -> Iterator[tuple[int, str, list[tuple[str, str]]]]:
    """Yield number, name ("" if it goes on with the person above) and fields of the rows below the headings."""
    for row, cells in sheet.lines_of_cells():
        if row <= columns.header_row:
            continue
        values = dict(cells)
        name = " ".join(values[column] for column in columns.names if column in values)
        if values == columns.headings or (name and not is_name(name) and not _tells_of_somebody(name, values, columns)):
            continue  # headings again, on a further page; a remark
        covering = sheet.tops.get((row, columns.names[0]))
        if not name and covering is None and len(values) < 2:
            continue  # a remark below the list
        if name or covering is None:
            for column in columns.headings:  # a department that is merged over the rows of its people
                if column not in values and (top := sheet.tops.get((row, column))) is not None and top > columns.header_row:
                    values[column] = sheet.rows.get(top, {}).get(column, "")
        fields = [
            (columns.headings.get(column, ""), values[column])
            for column in sorted(values)
            if column not in columns.names and column != columns.files and values[column]
        ]
        if name:
            heading = columns.headings[columns.names[0]] if len(columns.names) == 1 else "Name"
            fields.insert(0, (heading, name))
        yield row, name, fields


def _tells_of_somebody(name: str, values: dict[int, str], columns: Columns) -> bool:
    """Return whether a row whose name is written in no usual way (张伟2) is one of a person all the same: most of its cells are filled."""
    return not is_total(name) and len(name) <= LONGEST_NAME and len(values) > max(2, _MOSTLY * len(columns.headings))


def _contacts(fields: Sequence[tuple[str, str]], headings: set[str]) -> set[str]:
    """Return the phone numbers and mail addresses in the columns for them."""
    texts = [value for heading, value in fields if heading in headings]
    return {contact for text in texts for contact in (*phones_in(text), *mails_in(text))}


def _lines(heading: str, value: str) -> list[str]:
    lines = [line.strip() for line in value.split("\n") if line.strip()]
    if not heading:
        return lines
    heading = " ".join(heading.split()).rstrip(":：")
    if len(lines) > 1 or (len(value) > _WHOLE_PARAGRAPH and is_heading(heading)):
        return [heading if is_heading(heading) else f"{heading}：" if has_cjk(heading) else f"{heading}:", *lines]
    return [f"{heading}{'：' if has_cjk(heading) else ': '}{lines[0]}"] if lines else []
