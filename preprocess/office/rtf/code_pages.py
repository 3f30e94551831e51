"""Choose the code page of RTF text: by the number that a file declares, and by the character set of a font."""

import codecs

SYMBOL = 2
_OF_FILE = (0, 1)  # ANSI and default
_BY_CHARSET = {
    **{SYMBOL: "latin-1", 77: "mac_roman", 78: "shift_jis", 79: "euc_kr", 80: "gb18030", 81: "big5hkscs", 128: "cp932", 129: "cp949"},
    **{130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256"},
    **{186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437"},
}
_BY_NUMBER = {936: "gb18030", 65001: "utf-8", 10000: "mac_roman", 10001: "shift_jis", 10002: "big5hkscs", 10008: "gb18030"}
_WESTERN = "cp1252"
_LONE_BULLETS = "lone_bullets"
_BULLETS = {0x95: "•", 0xA7: "▪", 0xB7: "·"}
"""Of Western fonts, which files in an Asian code page use for lists, too; alone they are no characters of such a page."""


def by_number(number: int) -> str:
    """Return Python's codec of a Windows or Macintosh code page."""
    if number in _BY_NUMBER:
        return _BY_NUMBER[number]
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return _WESTERN


def by_charset(number: int) -> str:
    """Return the codec of a font's character set; "" for the one of the file, which programs write for any font."""
    return "" if number in _OF_FILE else _BY_CHARSET.get(number, "")


def decoded(raw: bytes, font: str, file: str) -> str:
    """Decode bytes by the code page of their font ("" if it has none), or else of the file.

    UTF-8, which the format does not allow, is known where the file claims to be in a Western code page.
    """
    first = font or file
    if first == _WESTERN and not raw.isascii():
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    try:
        return raw.decode(first)
    except UnicodeDecodeError:
        return raw.decode(file if font else first, errors=_LONE_BULLETS)


def _lone_bullet(error: UnicodeError) -> tuple[str, int]:
    """Return the bullet that a byte is which does not belong to the code page, and where decoding goes on (see `codecs.register_error`)."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _BULLETS.get(error.object[error.start], "\ufffd"), error.start + 1 if error.object[error.start] in _BULLETS else error.end


codecs.register_error(_LONE_BULLETS, _lone_bullet)
