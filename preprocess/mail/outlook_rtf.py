"""The compressed RTF body of an Outlook message ([MS-OXRTFCP]), and the web page that may be wrapped in it ([MS-OXRTFEX])."""

import re
import struct

from preprocess.document import Unreadable
from preprocess.web.charset import codec

_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
    b"Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4096
_STORED = 0x414C454D
_MAX_UNPACKED = 10_000_000
_MAX_TOKENS = 2_000_000
_TOKEN = re.compile(rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)|(.)", re.S)
_CHARACTERS = {"par": "\r\n", "line": "\r\n", "tab": "\t", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•"}
_CHARACTERS |= {"endash": "–", "emdash": "—"}


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
    """Return the web page wrapped in RTF, "" if there is none: what stands in `htmltag` groups, and text that is not for RTF alone.

    Raises Unreadable `too_complex`.
    """
    if b"\\fromhtml" not in rtf[:1000]:
        return ""
    declared = re.search(rb"\\ansicpg(\d{1,5})", rtf[:1000])
    charset = codec(f"cp{declared[1].decode()}" if declared else "") or "cp1252"
    html: list[bytes] = []
    groups: list[str] = []  # of each open group: "" (plain), "tag", or "other" destination
    is_for_rtf = False
    begins, skip = False, 0
    for number, match in enumerate(_TOKEN.finditer(rtf)):
        if number > _MAX_TOKENS:
            raise Unreadable("too_complex")
        word, parameter, code, symbol, brace, text, _ = match.groups()
        if brace == b"{":
            groups.append(groups[-1] if groups else "")
            begins = True
            continue
        if brace == b"}":
            groups = groups[:-1]
            continue
        if word == b"htmlrtf":
            is_for_rtf = parameter != b"0"
        elif word == b"htmltag" and groups:
            groups[-1] = "tag"
        elif begins and groups and (symbol == b"*" or word in (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict")):
            groups[-1] = "other"
            begins = symbol == b"*"
            continue
        begins = False
        inside = groups[-1] if groups else ""
        if inside == "other" or (is_for_rtf and inside != "tag"):
            continue
        if word == b"u" and parameter:
            html.append(chr(int(parameter) & 0xFFFF).encode(charset, "xmlcharrefreplace"))
            skip = 1
        elif skip and (code or text):  # the character for programs without Unicode
            skip = 0
            html.append(b"" if code else (text or b"")[1:])
        elif code:
            html.append(bytes.fromhex(code.decode()))
        elif text or symbol in (b"\\", b"{", b"}"):
            html.append(text or symbol)
        elif symbol == b"~":
            html.append(b"&nbsp;")
        elif word and word.decode() in _CHARACTERS:
            html.append(_CHARACTERS[word.decode()].encode(charset, "xmlcharrefreplace"))
    return b"".join(html).decode(charset, errors="replace")
