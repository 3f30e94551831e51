"""Decode the bytes of a web page or a mail's text: by byte order mark, by what the file says of itself, else by what it looks like."""

import codecs
import re
from encodings.aliases import aliases

from preprocess.plain_text import BOMS, decode

_LOADED = (
    *"utf-8 gb18030 cp950 hz big5hkscs cp932 euc_jp iso2022_jp cp949 utf-16 utf-16-le utf-16-be koi8_r koi8_u cp874".split(),
    *(f"cp{number}" for number in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)),
    *(f"iso8859_{part}" for part in (2, 5, 7, 8, 9, 15)),
)
"""Codecs, looked up below because a guarded process could not load them. No Latin-1: mail programs declare it without knowing."""

for _name in _LOADED:
    codecs.lookup(_name)

_CODECS = {alias: name for alias, name in aliases.items() if name in _LOADED} | {name.replace("-", "_"): name for name in _LOADED}
_CODECS |= dict.fromkeys(["gb2312", "gb_2312_80", "gb2312_80", "gbk", "x_gbk", "cp936", "936", "ms936"], "gb18030")  # as browsers do
_CODECS |= {"big5": "cp950", "big5_tw": "cp950", "x_x_big5": "cp950", "big5_hkscs": "big5hkscs", "hz_gb_2312": "hz", "utf8": "utf-8"}
_CODECS |= dict.fromkeys(["shift_jis", "sjis", "x_sjis"], "cp932")
_CODECS |= dict.fromkeys(["euc_kr", "ks_c_5601_1987", "ks_c_5601"], "cp949")
_CODECS |= {"unicode": "utf-16", "utf_16le": "utf-16-le", "utf_16be": "utf-16-be", "iso_2022_jp": "iso2022_jp", "tis_620": "cp874"}
_CODECS |= {f"windows_{name[2:]}": name for name in _LOADED if name.startswith("cp12")}
_CODECS |= {f"iso_8859_{name[8:]}": name for name in _LOADED if name.startswith("iso8859")}

_META = re.compile(rb"<meta\b[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.I)
_XML = re.compile(rb"\s{0,99}<\?xml\b[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})", re.I)
_HEAD = 65_536  # styles may stand before the <meta>
_CLEARLY_UTF8 = 20  # bytes of characters outside ASCII: a shorter text in GBK may be valid UTF-8 by chance


def html_text(data: bytes, declared: str = "") -> str:
    """Decode a web page; `declared` is the charset that a header gave. Raises Unreadable `not_text` for binary content."""
    match = _XML.match(data) or _META.search(data, 0, _HEAD)
    within = match[1].decode("ascii", "replace") if match else ""
    return text_of(data, declared, "" if within.lower().startswith(("utf-16", "unicode")) else within)  # bytes that said so are no UTF-16


def text_of(data: bytes, *declared: str) -> str:
    """Decode by the first declared charset that fits, unless the bytes clearly are something else. Raises Unreadable `not_text`."""
    if any(data.startswith(mark) for mark, _ in BOMS) or _is_utf8(data):
        return decode(data)
    for name in filter(None, map(codec, declared)):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return decode(data)


def codec(charset: str) -> str:
    """Return the codec for the name of a charset, "" if it is none of those loaded here."""
    return _CODECS.get(re.sub(r"[-\s.:]", "_", charset.strip().lower()), "")


def _is_utf8(data: bytes) -> bool:
    """Return whether these bytes are UTF-8 beyond doubt, whatever a header says."""
    if sum(map(len, re.findall(rb"[\x80-\xff]+", data[:_HEAD]))) < _CLEARLY_UTF8 or b"\0" in data[:_HEAD]:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
