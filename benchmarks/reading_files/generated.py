"""Define a generated file with what a reader must find in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class GeneratedFile:
    """A file, the lines a person reads in it, and what must not be read.

    A container or a sheet of candidates has `members` (name of the file or person in it → body) instead of `body`.
    """

    name: str
    data: bytes
    body: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
