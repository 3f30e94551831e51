"""Open a ZIP of XML parts that name one another by paths: members by any spelling of their path, within limits."""

import posixpath
import re

from preprocess.archives.zip import is_bomb, open_archive, read_member
from preprocess.document import Unreadable
from preprocess.docx.ooxml import MAX_XML_BYTES, Element, parse_xml

_PIECE = re.compile(r"(.+)/\[(\d+)\](?:\.last)?\.piece")


class FixedPackage:
    """The members of one file. Raises Unreadable: `damaged`, `needs_password`, `unpacks_too_large`, `too_complex`."""

    def __init__(self, data: bytes):
        self._archive = open_archive(data)
        self._xml_bytes = 0
        self._parts: dict[str, Element] = {}
        pieces: dict[str, dict[int, str]] = {}
        for name in self._archive.namelist():
            path = _normal(name)
            piece = _PIECE.fullmatch(path)
            pieces.setdefault(piece[1] if piece else path, {})[int(piece[2][:9]) if piece else 0] = name
        self._members = {path: [names[number] for number in sorted(names)] for path, names in pieces.items()}
        """The members of each part, of which XPS may have several."""

    def __contains__(self, path: str) -> bool:
        return _normal(path) in self._members

    def ending(self, suffix: str) -> list[str]:
        """Return the paths of the parts that end so, in alphabetical order."""
        return sorted(path for path in self._members if path.endswith(suffix))

    def part(self, path: str) -> Element:
        """Return the root element of a part."""
        if _normal(path) not in self._parts:
            self._parts[_normal(path)] = parse_xml(self._xml(path))
        return self._parts[_normal(path)]

    def _xml(self, path: str) -> bytes:
        members = [self._archive.getinfo(name) for name in self._members.get(_normal(path), [])]
        self._xml_bytes += sum(member.file_size for member in members)
        if self._xml_bytes > MAX_XML_BYTES or any(map(is_bomb, members)):
            raise Unreadable("unpacks_too_large", f"{self._xml_bytes // 1_000_000:,} MB")
        return b"".join(read_member(self._archive, member) for member in members)

    def binary(self, path: str, limit: int) -> bytes:
        """Return a part that is no XML, such as a picture; b"" if it is missing or larger than `limit` bytes."""
        members = [self._archive.getinfo(name) for name in self._members.get(_normal(path), [])]
        return b"".join(read_member(self._archive, member) for member in members) if sum(m.file_size for m in members) <= limit else b""


def joined(folder: str, path: str) -> str:
    """Return a path that a part in `folder` names."""
    return posixpath.normpath(posixpath.join("/" + folder, path.strip().replace("\\", "/"))).lstrip("/")


def folder_of(path: str) -> str:
    """Return the folder of a part, which the paths in it start from."""
    return posixpath.dirname(path)


def _normal(path: str) -> str:
    return posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/").lower()
