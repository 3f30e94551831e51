"""Files that stand uuencoded in the text of a mail, as programs without MIME attach them."""

import binascii
import re

_BEGIN = re.compile(r"begin [0-7]{3,4} (\S[^\r\n]{0,200})")
_END = "end"


def parted(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Return a text without the files in it, and their names and contents. What is damaged stays text."""
    if "begin " not in text:
        return text, []
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    start, name, data = -1, "", bytearray()
    for line in text.split("\n"):
        bare = line.rstrip("\r")
        kept.append(line)
        if start < 0:
            if begin := _BEGIN.fullmatch(bare):
                start, name, data = len(kept) - 1, begin[1].strip(), bytearray()
        elif bare.strip() == _END:
            files.append((name, bytes(data)))
            del kept[start:]
            start = -1
        elif bare.strip("` "):
            try:
                data += _decoded(bare.encode("ascii"))
            except (binascii.Error, UnicodeEncodeError):
                start = -1
    return "\n".join(kept), files


def _decoded(line: bytes) -> bytes:
    """Decode a line. Programs that cut the blanks off its end, or add something, are forgiven."""
    groups = (((line[0] - 32) & 63) + 2) // 3
    return binascii.a2b_uu(line[: 1 + 4 * groups].ljust(1 + 4 * groups))
