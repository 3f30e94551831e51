"""Parse JSON texts into values: one document, or several in a row (.ndjson, .jsonl, one object a line)."""

import json
import re
from typing import Any

from preprocess.document import Unreadable

_BETWEEN = re.compile(r"[\s\x1e]*")  # U+001E stands before each value of a sequence (RFC 7464)


def json_values(text: str) -> list[Any]:
    """Return the values of a text, mostly one. Raises Unreadable: `damaged`, `too_complex` (nested too deeply)."""
    decoder = json.JSONDecoder()
    text = text.lstrip("\ufeff")
    values: list[Any] = []
    position = _end_of_gap(text, 0)
    try:
        while position < len(text) or not values:
            value, position = decoder.raw_decode(text, position)
            values.append(value)
            position = _end_of_gap(text, position)
    except (ValueError, RecursionError) as error:
        raise Unreadable("too_complex" if isinstance(error, RecursionError) else "damaged") from None
    return values


def _end_of_gap(text: str, position: int) -> int:
    gap = _BETWEEN.match(text, position)
    return gap.end() if gap else position
