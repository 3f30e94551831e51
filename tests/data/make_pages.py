"""Build Pages files in memory: text storages and styles in IWA streams."""

import struct
from collections.abc import Sequence

from tests.data.make_docx import zipped

BODY, HEADER, FOOTNOTE, TEXT_BOX = 0, 1, 2, 3
STORAGE, CHARACTER_STYLE, PARAGRAPH_STYLE, PAGE_TEMPLATE, SHAPE = 2001, 2021, 2022, 10143, 2011
_CHUNK = 65_536


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def field(number: int, content: int | float | str | bytes) -> bytes:
    """Return a field of a message: an integer, a floating-point number of four bytes, or bytes."""
    if isinstance(content, float):
        return varint(number << 3 | 5) + struct.pack("<f", content)
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    content = content.encode() if isinstance(content, str) else content
    return varint(number << 3 | 2) + varint(len(content)) + content


def reference(identifier: int) -> bytes:
    return field(1, identifier)


def runs(number: int, *starts: tuple[int, int]) -> bytes:
    """Return a table of a storage: from which character on which object is meant, 0 for none."""
    entries = b"".join(field(1, field(1, start) + (field(2, reference(target)) if target else b"")) for start, target in starts)
    return field(number, entries)


def storage(kind: int, text: str, *tables: bytes) -> tuple[int, bytes]:
    return STORAGE, field(1, kind) + field(3, text) + b"".join(tables)


def style(kind: int, *properties: bytes, parent: int = 0) -> tuple[int, bytes]:
    base = field(3, reference(parent)) if parent else b""
    return kind, field(1, base) + field(11, b"".join(properties))


def colour(red: float, green: float, blue: float, alpha: float = 1.0) -> bytes:
    return field(7, field(1, 1) + field(3, red) + field(4, green) + field(5, blue) + field(6, alpha))


def iwa(objects: Sequence[tuple[int, bytes]], first: int = 1) -> bytes:
    """Return a stream of objects (kind, payload), numbered from `first`."""
    stream = b""
    for identifier, (kind, payload) in enumerate(objects, first):
        info = field(1, identifier) + field(2, field(1, kind) + field(2, b"\1\0\5") + field(3, len(payload)))
        stream += varint(len(info)) + info + payload
    return b"".join(_packed(stream[start : start + _CHUNK]) for start in range(0, len(stream), _CHUNK))


def _packed(chunk: bytes) -> bytes:
    """Return a chunk in Snappy: literals, and copies wherever eight bytes repeat those right before, as in a long line."""
    block, position = bytearray(varint(len(chunk))), 0
    while position < len(chunk):
        ahead = chunk[position : position + 8]
        repeated = (back for back in (1, 3, 6) if position >= back and chunk[position - back : position - back + 8] == ahead)
        offset = next(repeated, 0)
        size = 8 if offset and position + 8 <= len(chunk) else 1
        if size == 8 and offset == 1:
            block += bytes([(size - 4) << 2 | 1, offset])
        elif size == 8 and offset == 3:
            block += bytes([(size - 1) << 2 | 2]) + offset.to_bytes(2, "little")
        elif size == 8:
            block += bytes([(size - 1) << 2 | 3]) + offset.to_bytes(4, "little")
        else:
            size = min(70, len(chunk) - position) if position == 0 else 1
            block += (bytes([(size - 1) << 2]) if size <= 60 else bytes([60 << 2, size - 1])) + chunk[position : position + size]
        position += size
    return b"\0" + len(block).to_bytes(3, "little") + bytes(block)


def pages(*objects: tuple[int, bytes], **more: bytes) -> bytes:
    """Return a file of these objects; `more` are members in Index, without their extension."""
    members: dict[str, str | bytes] = {"Index/Document.iwa": iwa(objects), "Metadata/DocumentIdentifier": b"1"}
    return zipped(members | {f"Index/{name}.iwa": content for name, content in more.items()})
