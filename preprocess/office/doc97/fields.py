"""Find the codes of fields of Word 97, which nobody sees, and read the check boxes of forms."""

import re
import struct
from itertools import accumulate

_BEGIN, _SEPARATE = "\x13", "\x14"
_MARKS = re.compile("[\x13\x14\x15]")
_CHECKBOX = 1
_DEFAULT = 25
_NO_NAME = b"\xff\xff\xff\xff"


def field_codes(text: str) -> bytes:
    """Return for each character whether it belongs to the code of a field. A field that never ends hides nothing."""
    changes = [0] * (len(text) + 1)  # how many codes begin, less how many end, at each position
    fields: list[tuple[int, int | None]] = []  # where a field begins, and its result
    for mark in _MARKS.finditer(text):
        if mark[0] == _BEGIN:
            fields.append((mark.start(), None))
        elif mark[0] == _SEPARATE:
            if fields and fields[-1][1] is None:
                fields[-1] = (fields[-1][0], mark.start())
        elif fields:
            begin, result = fields.pop()
            end = mark.start() if result is None else result
            changes[begin] += 1
            changes[end + 1] -= 1
    return bytes(depth > 0 for depth in accumulate(changes[:-1]))


def checkbox_state(data: bytes, offset: int) -> bool | None:
    """Return whether the check box of the form field at this offset of the data stream is ticked; None if there is none."""
    if offset < 0 or offset + 6 > len(data):
        return None
    (header,) = struct.unpack_from("<H", data, offset + 4)
    field = data[offset + header : offset + header + 600]
    if len(field) < 12 or field[:4] != _NO_NAME or field[4] & 3 != _CHECKBOX:
        return None
    result = field[4] >> 2 & 31
    if result != _DEFAULT:
        return result == 1
    name_end = 10 + 2 + 2 * int.from_bytes(field[10:12], "little") + 2
    return field[name_end : name_end + 2] == b"\1\0"
