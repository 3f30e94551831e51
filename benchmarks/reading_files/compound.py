"""Write compound files, the container of old Office documents and of Outlook's saved mail."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

SECTOR, MINI, CUTOFF = 512, 64, 4096
_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


@dataclass
class Storage:
    """A folder of a compound file."""

    name: str
    streams: dict[str, bytes] = field(default_factory=dict)
    storages: list[Storage] = field(default_factory=list)


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = _END

    def packed(self) -> bytes:
        """Return the entry of the directory as its 128 bytes; `left`, `right` and `child` are numbers of entries, `start` of a sector."""
        raw = (self.name + "\0").encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16sIQQIII",
            raw,
            len(raw) if self.kind else 0,
            self.kind,
            1,
            self.left,
            self.right,
            self.child,
            b"",
            0,
            0,
            0,
            self.start,
            len(self.data),
            0,
        )


def _order(name: str) -> tuple[int, str]:
    return len(name), name.upper()


def _gather(storage: Storage, entries: list[_Entry], own: int) -> None:
    """Add the members of a folder to the directory as a balanced tree."""
    members: list[tuple[str, bytes | Storage]] = [*storage.streams.items(), *((inner.name, inner) for inner in storage.storages)]
    members.sort(key=lambda member: _order(member[0]))
    member_entries = []
    for name, content in members:
        member_entries.append(len(entries))
        entries.append(_Entry(name, 2, content) if isinstance(content, bytes) else _Entry(name, 1))

    def tree(low: int, high: int) -> int:
        if low >= high:
            return _NONE
        middle = (low + high) // 2
        entry = entries[member_entries[middle]]
        entry.left, entry.right = tree(low, middle), tree(middle + 1, high)
        return member_entries[middle]

    entries[own].child = tree(0, len(member_entries))
    for entry_number, (_, content) in zip(member_entries, members, strict=True):
        if isinstance(content, Storage):
            _gather(content, entries, entry_number)


def compound_file(root: Storage) -> bytes:
    """Write a compound file of version 3."""
    entries = [_Entry("Root Entry", 5)]
    _gather(root, entries, 0)
    mini, mini_table = bytearray(), list[int]()
    sectors, table = bytearray(), list[int]()

    def chain(data: bytes, size: int, store: bytearray, links: list[int]) -> int:
        if not data:
            return _END
        start, count = len(links), -(-len(data) // size)
        store.extend(data.ljust(count * size, b"\0"))
        links.extend([*range(start + 1, start + count), _END])
        return start

    for entry in entries[1:]:
        if entry.kind == 2:
            small = len(entry.data) < CUTOFF
            entry.start = chain(entry.data, MINI, mini, mini_table) if small else chain(entry.data, SECTOR, sectors, table)
        else:
            entry.start = 0
    entries[0].data = bytes(mini)
    entries[0].start = chain(bytes(mini), SECTOR, sectors, table)
    mini_data = b"".join(struct.pack("<I", link) for link in mini_table)
    mini_start = chain(mini_data.ljust(-(-len(mini_data) // SECTOR) * SECTOR, b"\xff"), SECTOR, sectors, table)
    while len(entries) % 4:
        entries.append(_Entry("", 0, start=0))
    directory = chain(b"".join(entry.packed() for entry in entries), SECTOR, sectors, table)
    count = 1
    while (len(table) + count) * 4 > count * SECTOR:
        count += 1
    sector_numbers = list(range(len(table), len(table) + count))
    table.extend([_TABLE] * count)
    table.extend([_FREE] * (count * SECTOR // 4 - len(table)))
    sectors.extend(b"".join(struct.pack("<I", link) for link in table))
    head = struct.pack(
        "<8s16sHHHHHHIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        0,
        0,
        count,
        directory,
        0,
        CUTOFF,
        mini_start,
        -(-len(mini_data) // SECTOR),
        _END,
        0,
    )
    return head + b"".join(struct.pack("<I", sector_number) for sector_number in sector_numbers + [_FREE] * (109 - count)) + bytes(sectors)
