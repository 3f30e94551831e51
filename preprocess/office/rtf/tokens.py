"""Split RTF into a stream of tokens: groups, control words, and text in the bytes of some code page."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from preprocess.document import Unreadable

_MAX_TOKENS = 500_000
_JUNK = 1024  # bytes before the file begins
_START = b"{\\rtf"
_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([\r\n]+)|([^\\{}\r\n]+)|\\", re.DOTALL)


class Token(NamedTuple):
    """One of these is not empty: a control `word` (with its `number`) or symbol, a `brace`, `text`, or `binary` data."""

    word: str = ""
    number: int | None = None
    brace: str = ""
    text: bytes = b""
    binary: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the tokens of a file. Raises Unreadable: `damaged`, `too_complex`."""
    position = data.find(_START, 0, _JUNK + len(_START))
    if position < 0:
        raise Unreadable("damaged")
    count = 0
    while match := _TOKEN.match(data, position):
        position = match.end()
        count += 1
        if count > _MAX_TOKENS:
            raise Unreadable("too_complex")
        word, number, code, symbol, brace, newline, text = match.groups()
        if word == b"bin":
            end = position + max(0, int(number or 0))
            yield Token(binary=data[position:end])
            position = end
        elif word:
            yield Token(word=word.decode(), number=int(number) if number else None)
        elif code:
            yield Token(text=bytes([int(code, 16)]))
        elif symbol in (b"\\", b"{", b"}"):
            yield Token(text=symbol)
        elif symbol:
            yield Token(word=symbol.decode("latin-1"))
        elif brace:
            yield Token(brace=brace.decode())
        elif text and not newline:
            yield Token(text=text)
