"""Split JSON that holds several people into a JSON file a person, for intake; any other JSON or XML stays itself."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from preprocess.archives.zip import Member
from preprocess.document import Unreadable
from preprocess.file_names import shown_name
from preprocess.plain_text import decode
from preprocess.profiles.tree import heading_of, humanised, role
from preprocess.profiles.values import json_values
from preprocess.tables.columns import is_name, name_columns, tells_of

_MAX_PEOPLE = 2_000  # of one file, as of a sheet
_MAX_BYTES = 50_000_000
_MAX_WRAPPERS = 4
_MIN_SHARE = 0.8  # of the members of a list that are people


def members(file: BinaryIO, name: str) -> Iterator[Member]:
    """Yield a JSON file per person, as `Anna Lee.json`, or the file itself under its own name if it holds one person or none.

    People are the objects of a list, whatever that is wrapped in, or of a file with an object a line; each has a name, and contact data or
    a section of a resume. The other objects of the list are yielded under numbers. More than 2,000 people are refused by name: `too_many`.
    """
    data = file.read(_MAX_BYTES + 1)
    people = _people(data)
    if len(people) < 2:
        file.seek(0)
        yield Member(name.encode("utf-8", "replace").decode(), file.read())
        return
    for number, person in enumerate(people[:_MAX_PEOPLE], 1):
        called = _name(person) or f"{name} {number}"
        yield Member(f"{_path(called)}.json", json.dumps(person).encode())
    if len(people) > _MAX_PEOPLE:
        yield Member(_path(name), Unreadable("too_many", f"{_MAX_PEOPLE:,}"))


def _people(data: bytes) -> list[Any]:
    """Return the people in a file, with what stands among them in their list; [] if it holds no list of people."""
    if len(data) > _MAX_BYTES or data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return []
    try:
        values = json_values(decode(data))
        return _listed(values[0] if len(values) == 1 else values)
    except Unreadable:  # its reader says why
        return []


def _listed(value: Any, depth: int = 0) -> list[Any]:
    if isinstance(value, list):
        people = sum(is_person(entry) for entry in value)
        return [entry for entry in value if entry] if people and people >= _MIN_SHARE * len(value) else []
    if not isinstance(value, dict) or depth == _MAX_WRAPPERS or is_person(value) or any(heading_of(key) for key in value):
        return []
    return [person for child in value.values() for person in _listed(child, depth + 1)]


def is_person(value: Any, depth: int = 0) -> bool:
    """Return whether it is somebody's profile, or a row of a system with one in it; an employer with dates is none."""
    if not isinstance(value, dict):
        return False
    if any(role(key) in ("start", "end") for key in value):
        return False
    if _own_name(value):
        basics = value.get("basics")
        keys = [*value, *(basics if isinstance(basics, dict) else ())]
        return any(tells_of(humanised(key)) or heading_of(key) for key in keys)
    return depth == 0 and any(is_person(child, 1) for child in value.values())


def _name(value: Any) -> str:
    """Return the name of a person; "" if there is none."""
    if not isinstance(value, dict):
        return ""
    return _own_name(value) or next((_own_name(child) for child in value.values() if is_person(child, 1)), "")


def _own_name(value: dict[str, Any]) -> str:
    basics = value.get("basics")
    for fields in (value, basics if isinstance(basics, dict) else {}):
        keys = list(fields)
        columns = name_columns({index: humanised(key) for index, key in enumerate(keys)})
        parts = [str(fields[keys[column]]).strip() for column in columns if isinstance(fields[keys[column]], str)]
        if parts and is_name(name := " ".join(parts)):
            return name
    return ""


def _path(name: str) -> str:
    """Return a name that is one part of a path and belongs to no operating system."""
    return shown_name(name.replace("/", "_").replace("\\", "_")).lstrip(".~$") or "_"
