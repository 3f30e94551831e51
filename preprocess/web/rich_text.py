"""Convert a value that is HTML, or holds escaped HTML, to lines, with "- " in front of list items."""

import html
import re

_TAG = re.compile(r"</?(?:p|br|ul|ol|li|div|span|strong|b|em|i|u|a|h[1-6]|font|table|tr|td)\b[^<>]{0,500}>", re.IGNORECASE)
_BLOCKS = re.compile(r"<(?:br\s*/?|/?(?:p|ul|ol|div|h[1-6]|table|tr))\b[^<>]{0,500}>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]{0,500}>", re.IGNORECASE)
_BULLET = re.compile(r"^[•●○◦■□▪◆◇*]\s*(?=\S)")
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)


def plain_lines(text: str) -> list[str]:
    """Return the lines of a value that are not empty, without markup."""
    if "&lt;" in text:
        text = html.unescape(text)
    if _TAG.search(text):
        text = _BLOCKS.sub("\n", _ITEM.sub("\n- ", _UNSEEN.sub("", text)))
        text = html.unescape(re.sub(r"<[^<>]{1,2000}>", "", text))
    return [
        _BULLET.sub("- ", " ".join(line.split(" ")).strip())
        for line in re.split(r"\r\n|[\r\n\v\x85\u2028]", text)
        if line.strip(" -\t\xa0")
    ]
