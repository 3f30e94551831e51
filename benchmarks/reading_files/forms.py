"""Write the same people as the filled-in forms that employers hand out: rows of labels and values."""

from __future__ import annotations

from .resume import InventedPerson, Section

Row = tuple[str, ...]
_TITLES = {"english": "Application Form", "simplified": "应聘人员登记表", "traditional": "求職人員登記表"}
_LABELS = {
    "english": ("Full name", "Position sought", "Contact", "Dates", "Employer or school", "Role or degree"),
    "simplified": ("姓名", "应聘职位", "联系方式", "起止时间", "单位或学校", "职务或学历"),
    "traditional": ("姓名", "應徵職位", "聯絡方式", "起訖時間", "單位或學校", "職務或學歷"),
}


def _tongue(person: InventedPerson) -> str:
    if not person.chinese:
        return "english"
    return "traditional" if person.traditional else "simplified"


def form_title(person: InventedPerson) -> str:
    """Give the title over a form."""
    return _TITLES[_tongue(person)]


def form_rows(person: InventedPerson) -> list[Row]:
    """Give the rows of a form; a row of one cell goes across the whole form."""
    name, position, contact, dates, city, role = _LABELS[_tongue(person)]
    rows: list[Row] = [(name, person.name, position, person.headline)]
    pairs = list(person.contacts)
    for start in range(0, len(pairs), 2):
        cells: list[str] = []
        for offset, value in enumerate(pairs[start : start + 2]):
            cells += [f"{contact}{start + offset + 1}", value]
        rows.append(tuple(cells))
    for section in person.sections:
        rows += _section_rows(section, (dates, city, role))
    return rows


def _section_rows(section: Section, head: Row) -> list[Row]:
    rows: list[Row] = [(section.heading,)]
    rows += [line.cells for line in section.lines]
    if section.entries:
        rows.append(head)
    for entry in section.entries:
        rows.append(tuple(part or "/" for part in (entry.dates, entry.organisation, entry.title)))
        rows += [line.cells for line in entry.lines]
    return rows


def row_texts(rows: list[Row]) -> tuple[str, ...]:
    """Give rows as lines of an expected body."""
    return tuple(" | ".join(row) for row in rows)
