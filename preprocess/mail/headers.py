"""Decode headers of mails as mail programs really write them: encoded words, RFC 2231, bytes in the charset of whoever wrote them."""

import re
from email._policybase import Compat32
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from typing import Any

from preprocess.document import Unreadable
from preprocess.web.charset import text_of

_MAX_HEADER = 20_000
_WORDS_APART = re.compile(r"(=\?[^?\s]{1,60}\?[bBqQ]\?[^?\s]{0,2000}\?=)\s+(?==\?)")


class RawHeaders(Compat32):
    """A policy that hands out headers as they stand, bytes outside ASCII as surrogates, and no more of them than anybody writes."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """Return the value."""
        return value[:_MAX_HEADER]


def text_header(message: Message, name: str) -> str:
    """Return a header as text, "" if there is none."""
    return _decoded(str(message.get(name) or ""))


def file_name(part: Message) -> str:
    """Return the name of an attachment, "" if it has none."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            value = part.get_param(parameter, "", header)
        except (ValueError, LookupError):  # sections of RFC 2231 numbered wrongly
            continue
        if isinstance(value, tuple):  # RFC 2231: charset, language, and bytes as characters
            charset, _, text = value
            value = _guessed(text.encode("latin-1", "replace"), charset or "")
        if name := _decoded(value):
            return name
    return ""


def _decoded(value: str) -> str:
    """Return a header's value in plain characters."""
    raw = value.encode("utf-8", "surrogateescape")
    value = value if raw.isascii() else _guessed(raw)
    value = _WORDS_APART.sub(r"\1", value)  # a character may be cut in two by the blank between encoded words
    try:
        pieces = decode_header(value)
    except (ValueError, LookupError, MessageError):  # no base64
        return " ".join(value.split())
    text = "".join(_guessed(piece, charset or "") if isinstance(piece, bytes) else piece for piece, charset in pieces)
    return " ".join(text.split())


def _guessed(data: bytes, charset: str = "") -> str:
    try:
        return text_of(data, charset)
    except Unreadable:
        return data.decode("utf-8", errors="replace")
