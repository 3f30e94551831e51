"""List the files in a winmail.dat (TNEF), into which Outlook packs attachments when it writes a mail in its own format."""

import struct
from collections.abc import Iterator

_MAGIC = b"\x78\x9f\x3e\x22"
_NEW_FILE, _TITLE, _DATA, _PROPERTIES, _CODE_PAGE = 0x9002, 0x8010, 0x800F, 0x9005, 0x9007
_LONG_NAME, _TEXT, _WIDE_TEXT, _BINARY, _OBJECT = 0x3707, 0x1E, 0x1F, 0x102, 0x0D
_SIZES = {2: 2, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 2, 0x14: 8, 0x40: 8, 0x48: 16}
"""Bytes of a value, by its type; it is filled up to four."""

_MAX_FILES = 200


def files_in(data: bytes) -> list[tuple[str, bytes]]:
    """Return name and content of the files; none if there are none, or what is damaged. Those before a damaged part are returned."""
    files: list[tuple[str, bytes]] = []
    name, content, encoding = "", b"", "cp1252"
    for kind, body in [*_attributes(data), (_NEW_FILE, b"")]:
        if kind == _CODE_PAGE and len(body) >= 4:
            encoding = f"cp{struct.unpack_from('<I', body)[0]}"
        elif kind == _NEW_FILE:
            files += [(name, content)] if content else []
            name, content = "", b""
        elif kind == _TITLE:
            name = name or _decoded(body, encoding)
        elif kind == _DATA:
            content = body
        elif kind == _PROPERTIES:
            name = next((_decoded(text, encoding) for number, text in _texts(body) if number == _LONG_NAME), name)
    return files[:_MAX_FILES]


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the value of each attribute, up to the end or to the first that is cut off."""
    offset = 6 if data.startswith(_MAGIC) else len(data)
    while offset + 9 <= len(data):
        kind, length = struct.unpack_from("<xII", data, offset)
        if offset + 9 + length > len(data):
            return
        yield kind & 0xFFFF, data[offset + 9 : offset + 9 + length]
        offset += 11 + length


def _texts(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and value of the properties that are texts, those in UTF-16 as UTF-8 with its mark; stops where it is damaged."""
    try:
        offset = 4
        for _ in range(struct.unpack_from("<I", body)[0]):
            kind, number = struct.unpack_from("<HH", body, offset)
            offset += 4
            if number >= 0x8000:  # named: by a number or a text
                by_text, length = struct.unpack_from("<16xII", body, offset)
                offset += 24 + (_filled(length) if by_text else 0)
            is_variable = kind & 0xFFF in (_TEXT, _WIDE_TEXT, _BINARY, _OBJECT)
            count = 1
            if is_variable or kind & 0x1000:
                count = struct.unpack_from("<I", body, offset)[0]
                offset += 4
            for _ in range(count):
                length = _SIZES.get(kind & 0xFFF, 0)
                if is_variable:
                    length = struct.unpack_from("<I", body, offset)[0]
                    offset += 4
                elif not length or offset > len(body):
                    return
                value = body[offset : offset + length]
                if kind == _TEXT:
                    yield number, value
                elif kind == _WIDE_TEXT:
                    yield number, b"\xef\xbb\xbf" + value.decode("utf-16-le", "replace").encode()
                offset += _filled(length)
    except struct.error:
        return


def _filled(length: int) -> int:
    return length + -length % 4


def _decoded(text: bytes, encoding: str) -> str:
    """Return a name, which says that it is UTF-8, or is in the code page of the mail, or else in that of Chinese or Western Windows."""
    for choice in ("utf-8-sig", encoding if encoding != "cp1252" else "gbk", "cp1252"):
        try:
            return text.rstrip(b"\0").decode(choice).strip("\0 ")
        except (UnicodeDecodeError, LookupError):
            continue
    return ""
