"""Parse the bytes of a mail or a web archive into a message; its parts are counted before, and sloppy heads are mended."""

import email
import re
from email.message import Message

from preprocess.document import Unreadable
from preprocess.file_kind import LATE_HEAD, PREAMBLE
from preprocess.mail.headers import RawHeaders

MAX_PARTS = 500
MAX_BYTES = 100_000_000
_POLICY = RawHeaders()
_BOUNDARY = re.compile(rb"\bboundary\s{0,9}=\s{0,9}(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.I)
_DELIMITER = re.compile(rb"^--([^\r\n]{1,204})", re.M)
_FIRST_PART = re.compile(rb"^--([^\s][^\r\n]{0,200}?)[ \t]*\r?\n(?=[!-9;-~]{1,60}:)", re.M)
_HEADER = re.compile(rb"[!-9;-~]{1,60}:")
_NESTED = re.compile(rb"^Content-Type:\s{0,9}message/rfc822", re.M | re.I)


def parsed(data: bytes) -> Message:
    """Parse a message. Raises Unreadable: `too_large`, `too_complex`."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", f"{MAX_BYTES // 1_000_000} MB")
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t ")
    if late := LATE_HEAD.search(data[:PREAMBLE]):
        start = late.start() if not _HEADER.match(data) else 0
        data = data[start:]
    first = _FIRST_PART.search(data)
    if first and not first.start():  # its head was cut off
        data = b'Content-Type: multipart/related; boundary="%s"\r\n\r\n%s' % (first[1], data)
    _check_count(data)
    message = email.message_from_bytes(data, policy=_POLICY)
    if message.get_content_maintype() == "multipart" and not message.is_multipart() and first:  # its boundary is another than it says
        _check_count(data, first[1])
        message.set_param("boundary", first[1].decode("ascii", "replace"))
        message = email.message_from_bytes(_head(message) + data[first.start() :], policy=_POLICY)
    return message


def _check_count(data: bytes, *further: bytes) -> None:
    """Raise Unreadable `too_complex` if there are more parts than any mail has."""
    boundaries = {quoted or bare for quoted, bare in _BOUNDARY.findall(data)} | set(further)
    delimiters = (line.rstrip() for line in _DELIMITER.findall(data))
    if len(boundaries) > MAX_PARTS or sum(line in boundaries for line in delimiters) > MAX_PARTS or len(_NESTED.findall(data)) > MAX_PARTS:
        raise Unreadable("too_complex")


def _head(message: Message) -> bytes:
    lines = (f"{name}: {value}\r\n" for name, value in message.items())
    return "".join(lines).encode("utf-8", "surrogateescape") + b"\r\n"
