"""Take pictures written as data: addresses out of a web page before it is parsed, and write those of a mail into it."""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote_to_bytes, urljoin

from preprocess.docx.embedded.page_pictures import may_hold_text
from preprocess.docx.pictures import PictureFiles

_DATA = re.compile(
    r"(?<=[\"'(])data:image/[\w.+-]{1,40};base64,([\w+/=%\s-]*+)|(?<==)data:image/[\w.+-]{1,40};base64,([\w+/=%-]*+)", re.ASCII | re.I
)
_SOURCE = re.compile(r"\bsrc\s{0,9}=\s{0,9}(?:\"([^\"<>]{1,1000})\"|'([^'<>]{1,1000})'|([^\s\"'<>]{1,1000}))", re.I)
_MAX_WRITTEN = 8_000_000  # bytes of the pictures that are written into one page


class PlacedPicture(NamedTuple):
    """A picture: how many lines of the page stand before it, its address, and its size in points, 0 where the page does not say it."""

    position: int
    address: str
    width: float
    height: float


def taken_out(text: str) -> tuple[str, PictureFiles]:
    """Return the markup with short addresses in place of the pictures that are written in it, and these."""
    files = PictureFiles()

    def address(match: re.Match[str]) -> str:
        try:
            return files.add(base64.b64decode(unquote_to_bytes(match[1] or match[2] or "")))
        except (binascii.Error, ValueError):
            return "data:,"

    return _DATA.sub(address, text), files


def with_pictures(text: str, pictures: Mapping[str, bytes], page: str = "") -> tuple[str, set[str]]:
    """Return the markup of the page at an address with large pictures, given by address, written into it; and the addresses of these."""
    room = _MAX_WRITTEN
    written: set[str] = set()

    def source(match: re.Match[str]) -> str:
        nonlocal room
        named = match[1] or match[2] or match[3]
        address = next((address for address in (named, urljoin(page, named)) if address in pictures), "")
        picture = pictures.get(address, b"")
        if not picture or (address not in written and (len(picture) > room or not may_hold_text(picture))):
            return match[0]
        room -= len(picture)
        written.add(address)
        return f'src="data:image/png;base64,{base64.b64encode(picture).decode()}"'  # whatever it is, its bytes say it

    return (_SOURCE.sub(source, text), written) if pictures else (text, written)
