"""Make file names for display: safe, short and distinct; tell mail bodies, system files and parts of saved pages by their names."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

MAX_NAME = 120
MAIL_BODY = "body"
"""The name, without extension, under which a mail with attachments lists its own words."""

_BODY = re.compile(rf"(?:(.*) - )?{MAIL_BODY}(?: \(\d{{1,5}}\))?\.(?:txt|html|rtf)")
_PAGE_FOLDER = re.compile(r"[^/](?:_files|\.files|_文件|-Dateien|_fichiers)$")
_PAGE_PARTS = (".css", ".js", ".download", ".json", ".map", ".woff", ".woff2", ".ttf", ".svg", ".ico", ".gif")
_PAGE_PICTURES, _SMALL_PICTURE = (".jpg", ".jpeg", ".png", ".webp", ".bmp"), 150_000  # bytes; photos, logos and buttons are smaller
JUNK = frozenset({"__macosx", ".ds_store", "thumbs.db", "desktop.ini"})
"""Files and folders that operating systems create, in lower case."""


def shown_name(path: str) -> str:
    """Return the base name of a path, composed (NFC), without control, bidi and other invisible characters.

    It is at most MAX_NAME long, its extension kept.
    """
    base = unicodedata.normalize("NFC", re.split(r"[/\\]", path.rstrip("/\\"))[-1])
    visible = "".join(character for character in base if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    name = " ".join(visible.split()).strip(". ") or "未命名"
    if len(name) <= MAX_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    ending = dot + extension if stem and len(extension) <= 10 else ""
    return name[: MAX_NAME - len(ending) - 1] + "…" + ending


def extension_of(name: str) -> str:
    """Return the extension in lower case with its dot; "" for what only looks like one ("张三 v1.2")."""
    match = re.search(r"\.(?:[A-Za-z][A-Za-z0-9]{0,7}|7z)$", name.strip(), re.IGNORECASE)
    return match[0].lower() if match else ""


def is_mail_body(name: str) -> bool:
    """Return whether a name, made distinct or not, is that of the words of a mail with attachments."""
    return _BODY.fullmatch(name) is not None


def mail_of(name: str) -> str:
    """Return the name of the mail, without extension, that the words under this name are of; "" if it is not known."""
    match = _BODY.fullmatch(name)
    return (match and match[1]) or ""


def is_system(name: str) -> bool:
    """Return whether a file or folder of that name belongs to the operating system or an editor."""
    return name.startswith((".", "~$")) or name.lower() in JUNK


def is_part_of_page(folder: str, name: str, size: int) -> bool:
    """Return whether a file beside a web page saved "complete" is a part of its looks: a script, a style, a small picture."""
    return _PAGE_FOLDER.search(folder) is not None and (
        name.lower().endswith(_PAGE_PARTS) or (size < _SMALL_PICTURE and name.lower().endswith(_PAGE_PICTURES))
    )


def distinct(paths: Sequence[tuple[str, str]]) -> list[str]:
    """Return a distinct name for each (folder, name): the name if unique, else with its folder in front, else with a number behind.

    The words of a mail always have their mail's name in front.
    """
    names = Counter(name for _, name in paths)
    preferred = [f"{folder} - {name}" if folder and (names[name] > 1 or is_mail_body(name)) else name for folder, name in paths]
    taken = set(preferred)
    last_number: dict[str, int] = {}
    result = []
    for name in preferred:
        number = last_number.get(name, 0) + 1
        if number > 1:
            while (numbered := _numbered(name, number)) in taken:
                number += 1
            taken.add(numbered)
        last_number[name] = number
        result.append(numbered if number > 1 else name)
    return result


def _numbered(name: str, number: int) -> str:
    stem, dot, extension = name.rpartition(".")
    return f"{stem} ({number}).{extension}" if dot and 0 < len(extension) <= 10 else f"{name} ({number})"
