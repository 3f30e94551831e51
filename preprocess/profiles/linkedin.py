"""Read LinkedIn's "Get a copy of your data": the tables that make a resume, in its order. Messages, contacts and ads stay out."""

import csv
import io
import zipfile

from preprocess.archives.zip import check_size, open_archive, read_member
from preprocess.document import Document, Unreadable
from preprocess.plain_text import decode
from preprocess.profiles.profile import profile_document
from preprocess.profiles.tree import Node

_TABLES = {
    "Profile": "",
    "Email Addresses": "",
    "PhoneNumbers": "",
    "Whatsapp Phone Numbers": "",
    "Profile Summary": "",
    "Positions": "Work Experience",
    "Projects": "Projects",
    "Education": "Education",
    "Certifications": "Certifications",
    "Skills": "Skills",
    "Languages": "Languages",
    "Courses": "Courses",
    "Honors": "Honors",
    "Publications": "Publications",
    "Patents": "Patents",
    "Volunteering": "Volunteering",
    "Organizations": "Organizations",
    "Test Scores": "Test Scores",
}
"""File → heading of the section."""

_PROFILE = ("First Name", "Last Name", "Headline", "Address", "Geo Location", "Websites", "Summary")
_UNTOLD = {
    "Birth Date",
    "Zip Code",
    "Instant Messengers",
    "Maiden Name",
    "Confirmed",
    "Primary",
    "Updated On",
    "Created On",
    "Extension",
    "Type",
}
_MAX_BYTES = 20_000_000
_MAX_ROWS = 5_000


def read_linkedin(data: bytes, name: str) -> Document:
    """Read the export of one member of LinkedIn.

    Raises Unreadable: `damaged`, `needs_password`, `unpacks_too_large`, `not_text`, `too_complex`, `no_text`.
    """
    archive = open_archive(data)
    members = {member.filename.rpartition("/")[2].removesuffix(".csv"): member for member in archive.infolist() if _is_table(member)}
    check_size([members[table] for table in _TABLES if table in members], _MAX_BYTES)
    root = Node("")
    for table, heading in _TABLES.items():
        if table in members:
            rows = _rows(read_member(archive, members[table]))
            root.below += _section(table, heading, rows)
    return profile_document(root, name)


def _is_table(member: zipfile.ZipInfo) -> bool:
    return member.filename.endswith(".csv") and not member.filename.startswith("__MACOSX/")


def _rows(table: bytes) -> list[dict[str, str]]:
    """Return the rows by heading."""
    if not table.strip():
        return []
    try:
        headings, *rows = csv.reader(io.StringIO(decode(table).replace("\0", "").lstrip("\ufeff"), newline=""))
    except (csv.Error, ValueError):
        raise Unreadable("damaged") from None
    if len(rows) > _MAX_ROWS:
        raise Unreadable("too_complex")
    return [dict(zip(headings, map(str.strip, row), strict=False)) for row in rows]


def _section(table: str, heading: str, rows: list[dict[str, str]]) -> list[Node]:
    """Return the rows of one table as nodes: an entry per row, of a table with one column a list of its values."""
    if table == "Profile":
        return [Node(key, row[key]) for row in rows[:1] for key in _PROFILE if row.get(key)]
    entries = [[Node(key, text) for key, text in row.items() if key not in _UNTOLD and (text or _is_open_end(key, row))] for row in rows]
    if not heading:
        return [node for entry in entries for node in entry]
    if all(len(entry) <= 1 for entry in entries):
        items = [Node("", entry[0].text) for entry in entries if entry]
        return [Node(heading, below=items)] if items else []
    return [Node(heading, below=[Node("", below=entry) for entry in entries])]


def _is_open_end(key: str, row: dict[str, str]) -> bool:
    """A position without an end goes on."""
    return key == "Finished On" and bool(row.get("Started On")) and bool(row.get("Company Name"))
