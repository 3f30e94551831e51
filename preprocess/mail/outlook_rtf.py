"""Unpack the compressed RTF body of an Outlook message ([MS-OXRTFCP]), and the web page that may be wrapped in it ([MS-OXRTFEX])."""

import re
import struct

from preprocess.document import Unreadable
from preprocess.web.charset import codec

_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
    b"Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4096
_HEAD = 1000
_STORED = 0x414C454D
_MAX_UNPACKED = 10_000_000
_TOKEN = re.compile(
    rb"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<code>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-z'])|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)|.",
    re.S,
)
_CHARACTERS = {"par": "\r\n", "line": "\r\n", "tab": "\t", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•"}
_CHARACTERS |= {"endash": "–", "emdash": "—"}
_OTHER_GROUPS = (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict")


def unpacked(data: bytes) -> bytes:
    """Return the RTF. What follows damage is missing. Raises Unreadable `too_complex`."""
    if len(data) < 16:
        return b""
    _, size, magic, _ = struct.unpack_from("<IIII", data)
    if size > _MAX_UNPACKED:
        raise Unreadable("too_complex")
    if magic == _STORED:
        return data[16 : 16 + size]
    window = bytearray(_DICTIONARY.ljust(_WINDOW, b"\0"))
    write, rtf, position = len(_DICTIONARY), bytearray(), 16
    while position < len(data) and len(rtf) < size:
        control = data[position]
        position += 1
        for bit in range(8):
            if not control >> bit & 1:
                piece = data[position : position + 1]
                position += 1
                rtf += piece
                for byte in piece:
                    window[write % _WINDOW] = byte
                    write += 1
                continue
            token = int.from_bytes(data[position : position + 2], "big")
            position += 2
            offset = token >> 4
            if offset == write % _WINDOW or position > len(data):
                return bytes(rtf)
            for step in range((token & 15) + 2):
                byte = window[(offset + step) % _WINDOW]
                rtf.append(byte)
                window[write % _WINDOW] = byte
                write += 1
    return bytes(rtf)


def wrapped_html(rtf: bytes) -> str:
    """Return the web page wrapped in RTF, "" if there is none: what stands in `htmltag` groups, and text that is not for RTF alone."""
    if b"\\fromhtml" not in rtf[:_HEAD]:
        return ""
    declared = re.search(rb"\\ansicpg(\d{1,5})", rtf[:_HEAD])
    page = _WrappedPage(codec(f"cp{declared[1].decode()}" if declared else "") or "cp1252")
    for match in _TOKEN.finditer(rtf):
        page.take(match)
    return page.text


class _WrappedPage:
    """Collects the page, token by token."""

    def __init__(self, charset: str):
        self._charset = charset
        self._pieces: list[bytes] = []
        self._groups = [""]  # of each group that is open: "", "tag", or "other" if nothing of it belongs to the page
        self._is_for_rtf = self._begins = self._is_repeated = False

    @property
    def text(self) -> str:
        return b"".join(self._pieces).decode(self._charset, errors="replace")

    def take(self, token: re.Match[bytes]) -> None:
        """Take one token of the RTF."""
        word, brace, symbol = token["word"], token["brace"], token["symbol"]
        begins, self._begins = self._begins, brace == b"{" or (self._begins and symbol == b"*")
        if brace == b"{":
            self._groups.append(self._groups[-1])
        elif brace:
            self._groups = self._groups[:-1] or [""]
        elif word == b"htmlrtf":
            self._is_for_rtf = token["number"] != b"0"
        elif word == b"htmltag":
            self._groups[-1] = "tag"
        elif begins and (symbol == b"*" or word in _OTHER_GROUPS):
            self._groups[-1] = "other"
        elif self._groups[-1] == "tag" or (not self._groups[-1] and not self._is_for_rtf):
            self._add(token)

    def _add(self, token: re.Match[bytes]) -> None:
        word, text, code, symbol = token["word"], token["text"], token["code"], token["symbol"]
        is_repeated, self._is_repeated = self._is_repeated, word == b"u"  # a sign follows for programs without Unicode
        if word == b"u" and token["number"]:
            self._pieces.append(self._encoded(chr(int(token["number"]) & 0xFFFF)))
        elif word:
            self._pieces.append(self._encoded(_CHARACTERS.get(word.decode(), "")))
        elif code:
            self._pieces.append(b"" if is_repeated else bytes.fromhex(code.decode()))
        elif text:
            self._pieces.append(text[1:] if is_repeated else text)
        elif symbol:
            self._pieces.append({b"~": b"&nbsp;", b"_": b"-"}.get(symbol, symbol if symbol in b"\\{}" else b""))

    def _encoded(self, text: str) -> bytes:
        return text.encode(self._charset, "xmlcharrefreplace")
