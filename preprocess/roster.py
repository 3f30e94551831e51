"""Define the types of a list of candidates from an applicant tracking system: its rows, and what it says of one candidate."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RosterRow:
    """A row of a list, its cells as written; "" where the list has no such column. `number` is that of the sheet's row, from 1."""

    number: int
    id: str = ""
    name: str = ""
    file: str = ""
    """The resume's file, perhaps with folders in front or without its extension."""

    contacts: tuple[str, ...] = ()
    """Phone numbers and mail addresses, as `preprocess.blind.contact` normalises them."""

    status: str = ""
    label: str = ""
    sheet: str = ""
    """The list's own file, and the SHA-256 (hex) of its bytes."""

    digest: str = ""


@dataclass(frozen=True)
class Listed:
    """The id and the name that a list gives a candidate."""

    id: str
    name: str
