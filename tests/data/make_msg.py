"""Build Outlook messages: compound files with as few sectors as they need."""

import struct
from collections.abc import Mapping
from itertools import pairwise

_FREE, _END, _NONE, _SECTORS_OF_FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Tree = Mapping[str, "bytes | Tree"]


def message(properties: Mapping[str, bytes], *attachments: Tree, numbers: Mapping[int, int] = {}, is_nested: bool = False) -> Tree:
    """Return the storage of a message: its properties by tag and type ("1000001F"), its attachments and the properties that are numbers."""
    storages = {f"__attach_version1.0_#{number:08X}": storage for number, storage in enumerate(attachments)}
    return _storage(properties, numbers, 24 if is_nested else 32) | storages


def attachment(properties: Mapping[str, bytes], mail: Tree | None = None, numbers: Mapping[int, int] = {}) -> Tree:
    """Return the storage of an attachment; `mail` is a message as an attachment."""
    return _storage(properties, numbers, 8) | ({"__substg1.0_3701000D": mail} if mail else {})


def compound_file(tree: Tree) -> bytes:
    """Return a compound file with these storages and streams."""
    entries: list[tuple[str, bytes | None, list[int]]] = [("Root Entry", None, [])]

    def walk(node: Tree, parent: int) -> None:
        for name in sorted(node, key=lambda name: (len(name), name.upper())):
            value = node[name]
            entries[parent][2].append(len(entries))
            entries.append((name, value if isinstance(value, bytes) else None, []))
            if not isinstance(value, bytes):
                walk(value, len(entries) - 1)

    walk(tree, 0)
    sectors: list[bytes] = []
    chain: list[int] = []

    def stored(data: bytes) -> int:
        first = len(sectors)
        count = -(-len(data) // 512)
        sectors.extend(data[start : start + 512].ljust(512, b"\0") for start in range(0, len(data), 512))
        chain.extend([*range(first + 1, first + count), _END][:count])
        return first if count else _END

    small, small_chain, starts = b"", list[int](), dict[int, int]()
    for number, (_, data, _) in enumerate(entries):
        if data and len(data) < 4096:
            starts[number], count = len(small_chain), -(-len(data) // 64)
            small_chain += [*range(len(small_chain) + 1, len(small_chain) + count), _END]
            small += data.ljust(count * 64, b"\0")
        elif data:
            starts[number] = stored(data)
    starts[0] = stored(small)
    small_start = stored(struct.pack(f"<{len(small_chain)}I", *small_chain))
    right = {left: right for _, _, children in entries for left, right in pairwise(children)}
    directory = b""
    for number, (name, data, children) in enumerate(entries):
        kind, size = (5, len(small)) if not number else (1, 0) if data is None else (2, len(data))
        encoded = name.encode("utf-16-le") + b"\0\0"
        directory += encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
        directory += struct.pack("<III36x", _NONE, right.get(number, _NONE), children[0] if children else _NONE)
        directory += struct.pack("<IQ", starts.get(number, _END if kind == 2 else 0), size)
    directory_start = stored(directory)
    count = 1
    while count * 128 < len(chain) + count:
        count += 1
    fat_start = len(sectors)
    table = struct.pack(f"<{len(chain) + count}I", *chain, *[_SECTORS_OF_FAT] * count).ljust(count * 512, b"\xff")
    sectors += [table[start : start + 512] for start in range(0, len(table), 512)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    smalls = (small_start, -(-len(small_chain) * 4 // 512)) if small_chain else (_END, 0)
    head += struct.pack("<9I", 0, count, directory_start, 0, 4096, *smalls, _END, 0)
    return head + struct.pack(f"<{count}I", *range(fat_start, fat_start + count)).ljust(436, b"\xff") + b"".join(sectors)


def _storage(properties: Mapping[str, bytes], numbers: Mapping[int, int], head: int) -> dict[str, "bytes | Tree"]:
    rows = [struct.pack("<HHII4x", 3, tag, 6, value) for tag, value in numbers.items()]
    rows += [struct.pack("<HHII4x", int(tag[4:], 16), int(tag[:4], 16), 6, len(data)) for tag, data in properties.items()]
    streams: dict[str, bytes | Tree] = {f"__substg1.0_{tag}": data for tag, data in properties.items()}
    return streams | {"__properties_version1.0": bytes(head) + b"".join(rows)}
