"""Unpack IWA streams of Apple's office files: Snappy chunks of Protocol Buffers without a schema. Knows no text."""

from collections.abc import Iterator
from typing import NamedTuple

from preprocess.document import Unreadable

MAX_STREAM = 30_000_000
_MAX_CHUNK = 1 << 20  # unpacked; iWork writes 65,536 bytes a chunk
_MAX_SHIFT = 63

Fields = dict[int, list[int | bytes]]
"""The fields of a message by number: integers, or the bytes of strings, messages and floating-point numbers."""


class IwaObject(NamedTuple):
    """An object of a stream: its number, which others refer to, its message type, and the message's bytes."""

    identifier: int
    kind: int
    payload: bytes


def objects_of(data: bytes) -> Iterator[IwaObject]:
    """Yield the objects in a member named *.iwa. Raises Unreadable: `damaged`, `unpacks_too_large`."""
    stream = _unpacked(data)
    position = 0
    while position < len(stream):
        size, position = _varint(stream, position)
        info = fields(stream[position : position + size])
        position += size
        for message in messages(info, 2):
            kind, length = integer(message, 1), integer(message, 3)
            yield IwaObject(integer(info, 1), kind, stream[position : position + length])
            position += length


def fields(data: bytes) -> Fields:
    """Return the fields of a message, as far as it is one."""
    values: Fields = {}
    position = 0
    try:
        while position < len(data):
            key, position = _varint(data, position)
            wire = key & 7
            if wire == 0:
                content, position = _varint(data, position)
            elif wire in (1, 5):
                content, position = data[position : position + (8 if wire == 1 else 4)], position + (8 if wire == 1 else 4)
            elif wire == 2:
                size, position = _varint(data, position)
                content, position = data[position : position + size], position + size
            else:
                break
            values.setdefault(key >> 3, []).append(content)
    except Unreadable:  # the rest is no message
        pass
    return values


def integer(message: Fields, number: int, default: int = 0) -> int:
    """Return an integer field."""
    return next((content for content in message.get(number, []) if isinstance(content, int)), default)


def messages(message: Fields, number: int) -> Iterator[Fields]:
    """Yield the messages in a repeated field."""
    return (fields(content) for content in message.get(number, []) if isinstance(content, bytes))


def texts(message: Fields, number: int) -> Iterator[str]:
    """Yield the strings in a repeated field."""
    return (content.decode("utf-8", "replace") for content in message.get(number, []) if isinstance(content, bytes))


def _unpacked(data: bytes) -> bytes:
    stream = bytearray()
    position = 0
    while position + 4 <= len(data):
        if data[position]:
            raise Unreadable("damaged")
        size = int.from_bytes(data[position + 1 : position + 4], "little")
        stream += _snappy(data[position + 4 : position + 4 + size])
        if len(stream) > MAX_STREAM:
            raise Unreadable("unpacks_too_large", f"{len(stream) // 1_000_000:,} MB")
        position += 4 + size
    return bytes(stream)


def _snappy(data: bytes) -> bytearray:
    """Unpack one raw Snappy block: its length, then literals and copies of what was unpacked before."""
    total, position = _varint(data, 0)
    if total > _MAX_CHUNK:
        raise Unreadable("damaged")
    unpacked = bytearray()
    while position < len(data) and len(unpacked) < total:
        tag = data[position]
        position += 1
        if tag & 3 == 0:
            size = (tag >> 2) + 1
            if size > 60:  # the size follows, in one to four bytes
                count = size - 60
                size = int.from_bytes(data[position : position + count], "little") + 1
                position += count
            unpacked += data[position : position + size]
            position += size
            continue
        count = (0, 1, 2, 4)[tag & 3]
        offset = int.from_bytes(data[position : position + count], "little")
        position += count
        size = 1 + (tag >> 2)
        if count == 1:
            size, offset = 4 + (tag >> 2 & 7), offset | tag >> 5 << 8
        if not 0 < offset <= len(unpacked):
            raise Unreadable("damaged")
        pattern = unpacked[-offset:][:size]
        unpacked += (pattern * (size // len(pattern) + 1))[:size]
    return unpacked[:total]


def _varint(data: bytes, position: int) -> tuple[int, int]:
    """Return the integer at a position, and the position behind it. Raises Unreadable `damaged`."""
    number = shift = 0
    while position < len(data) and shift <= _MAX_SHIFT:
        byte = data[position]
        number |= (byte & 127) << shift
        position += 1
        if byte < 128:
            return number, position
        shift += 7
    raise Unreadable("damaged")
