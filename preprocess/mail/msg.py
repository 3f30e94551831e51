"""List the files of Outlook messages ([MS-OXMSG]). In guarded processes only."""

import io
import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

import olefile

from preprocess.archives.zip import Member
from preprocess.document import Unreadable
from preprocess.mail.attachments import attachments, is_shown_inside
from preprocess.mail.eml import read_eml
from preprocess.mail.mail import Attachment, Body, Mail, MailFiles, check_encryption
from preprocess.mail.mime import MAX_BYTES, MAX_PARTS
from preprocess.mail.outlook_rtf import unpacked, wrapped_html
from preprocess.web.charset import codec, html_text, text_of
from preprocess.web.pictures import with_pictures

_MAX_DEPTH = 3
_SUBJECT, _CLASS, _BODY, _HTML, _RTF = "0037", "001A", "1000", "1013", "1009"
_LONG_NAME, _SHORT_NAME, _TITLE, _KIND, _CONTENT_ID, _DATA = "3707", "3704", "3001", "370E", "3712", "3701"
_CODE_PAGE, _INTERNET_CODE_PAGE, _IS_HIDDEN = 0x3FFD, 0x3FDE, 0x7FFE
_PROPERTIES = "__properties_version1.0"
_LONG, _BOOLEAN = 3, 11
_CODE_PAGES = {
    20936: "gb2312",
    54936: "gb18030",
    52936: "hz-gb-2312",
    65001: "utf-8",
    51932: "euc-jp",
    51949: "euc-kr",
    50220: "iso-2022-jp",
}

_Path = tuple[str, ...]


def members(file: BinaryIO, name: str) -> Iterator[Member]:
    """Yield the files of the message called `name`. Raises Unreadable: `damaged`, `too_large`, `too_complex`, `encrypted_mail`."""
    yield from MailFiles(name).members(read_msg(file.read(MAX_BYTES + 1)), name)


def read_msg(data: bytes) -> Mail:
    """Parse a message. Raises Unreadable: `damaged`, `too_large`, `too_complex`, `encrypted_mail`."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", f"{MAX_BYTES // 1_000_000} MB")
    try:
        return _Storages(data).mail((), 0)
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception:  # olefile lets whatever goes wrong with a damaged file through
        raise Unreadable("damaged") from None


class _Storages:
    """The storages of a file, each with the values of its properties."""

    def __init__(self, data: bytes):
        self._ole = olefile.OleFileIO(io.BytesIO(data))
        self._names: dict[_Path, set[str]] = defaultdict(set)
        for path in self._ole.listdir(streams=True, storages=True):
            self._names[tuple(path[:-1])].add(path[-1])
        if _PROPERTIES not in self._names[()]:
            raise Unreadable("damaged")

    def mail(self, path: _Path, depth: int) -> Mail:
        """Return the message in a storage."""
        if depth > _MAX_DEPTH:
            raise Unreadable("too_complex")
        numbers = self._numbers(path, 24 if path else 32)
        charset = _charset(numbers.get(_CODE_PAGE) or numbers.get(_INTERNET_CODE_PAGE) or 0)
        storages = sorted(name for name in self._names[path] if name.startswith("__attach_version1.0_#"))
        if len(storages) > MAX_PARTS:
            raise Unreadable("too_complex")
        if (kind := self._text(path, _CLASS, charset)).upper().startswith("IPM.NOTE.SMIME"):
            return self._signed(path, storages, charset, kind)
        body = self._body(path, charset, _charset(numbers.get(_INTERNET_CODE_PAGE) or 0))
        check_encryption(body)
        if body.kind == "html":
            body = replace(body, text=self._with_pictures(body.text, [(*path, name) for name in storages], charset))
        attachments = [attachment for name in storages for attachment in self._attachments((*path, name), charset, depth)]
        return Mail(self._text(path, _SUBJECT, charset), body, tuple(attachments))

    def _signed(self, path: _Path, storages: list[str], charset: str, kind: str) -> Mail:
        """Return a message with a signature, which holds the whole mail as its one attachment. Raises Unreadable if it is encrypted."""
        if "MULTIPARTSIGNED" not in kind.upper() or len(storages) != 1:
            raise Unreadable("encrypted_mail")
        mail = read_eml(self._bytes((*path, storages[0]), _DATA))
        return Mail(self._text(path, _SUBJECT, charset), mail.body, mail.attachments)

    def _body(self, path: _Path, charset: str, internet_charset: str) -> Body:
        """Return the body in the form that says most: as a web page, else as text, else as RTF."""
        html = self._bytes(path, _HTML)
        if html.strip(b"\0\r\n\t "):
            return Body(html_text(html, internet_charset), "html")
        if text := self._text(path, _HTML, charset):
            return Body(text, "html")
        rtf = unpacked(self._bytes(path, _RTF))
        if page := wrapped_html(rtf):
            return Body(page, "html")
        text = self._text(path, _BODY, charset)
        return Body(rtf.decode("latin-1"), "rtf") if rtf and not text.strip() else Body(text)

    def _with_pictures(self, page: str, storages: list[_Path], charset: str) -> str:
        """Return the page with the small pictures written into it that it names; larger ones are files of their own."""
        named = {f"cid:{self._text(storage, _CONTENT_ID, charset).strip(' <>')}": self._bytes(storage, _DATA) for storage in storages}
        return with_pictures(page, {address: data for address, data in named.items() if is_shown_inside("image/", data)})[0]

    def _attachments(self, path: _Path, charset: str, depth: int) -> list[Attachment]:
        names = (self._text(path, tag, charset) for tag in (_LONG_NAME, _SHORT_NAME, _TITLE))
        name = next((name for name in names if name.strip()), "")
        nested = (*path, f"__substg1.0_{_DATA}000D")
        if _PROPERTIES in self._names[nested]:
            try:
                content = self.mail(nested, depth + 1)
            except Unreadable as error:
                content = error
            return [Attachment(name, content)]
        is_inline = bool(self._numbers(path, 8).get(_IS_HIDDEN) or self._text(path, _CONTENT_ID, charset))
        return attachments(name, self._text(path, _KIND, charset).lower(), self._bytes(path, _DATA), is_inline)

    def _text(self, path: _Path, tag: str, charset: str) -> str:
        """Return a property that is text, "" if there is none."""
        for kind in ("001F", "001E"):
            if f"__substg1.0_{tag}{kind}" in self._names[path]:
                data = self._stream(path, f"__substg1.0_{tag}{kind}")
                text = data.decode("utf-16-le", errors="replace") if kind == "001F" else _decoded(data, charset)
                return text.rstrip("\0")
        return ""

    def _bytes(self, path: _Path, tag: str) -> bytes:
        """Return a property that is bytes, b"" if there is none."""
        name = f"__substg1.0_{tag}0102"
        return self._stream(path, name) if name in self._names[path] else b""

    def _stream(self, path: _Path, name: str) -> bytes:
        return self._ole.openstream([*path, name]).read()

    def _numbers(self, path: _Path, head: int) -> dict[int, int]:
        """Return the properties that are numbers."""
        if _PROPERTIES not in self._names[path]:
            return {}
        data = self._stream(path, _PROPERTIES)
        entries = (struct.unpack_from("<HHII", data, start) for start in range(head, len(data) - 15, 16))
        return {tag: value for kind, tag, _, value in entries if kind in (_LONG, _BOOLEAN)}


def _charset(page: int) -> str:
    """Return the name of a Windows code page, "" if none is given."""
    return _CODE_PAGES.get(page, f"cp{page}" if page else "")


def _decoded(data: bytes, charset: str) -> str:
    try:
        return text_of(data, charset) if codec(charset) else text_of(data)
    except Unreadable:
        return data.decode("utf-8", errors="replace")
