"""File names as people read them: safe to show, short, and no two alike."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

MAX_NAME = 120
JUNK = frozenset({"__macosx", ".ds_store", "thumbs.db", "desktop.ini"})
"""Files and folders of operating systems, in lower case."""


def shown_name(path: str) -> str:
    """The base name of a path without control, bidi and other invisible characters, its extension kept when it must be cut."""
    base = re.split(r"[/\\]", path.rstrip("/\\"))[-1]
    visible = "".join(character for character in base if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    name = " ".join(visible.split()).strip(". ") or "未命名"
    if len(name) <= MAX_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    ending = dot + extension if stem and len(extension) <= 10 else ""
    return name[: MAX_NAME - len(ending) - 1] + "…" + ending


def is_system(name: str) -> bool:
    """Whether a file or folder of that name is the system's or an editor's, and nobody's resume."""
    return name.startswith((".", "~$")) or name.lower() in JUNK


def distinct(places: Sequence[tuple[str, str]]) -> list[str]:
    """One name for each (folder, name): the name where it is the only one, else its folder before it, else a number behind it."""
    names = Counter(name for _, name in places)
    wanted = [f"{folder} - {name}" if folder and names[name] > 1 else name for folder, name in places]
    taken = set(wanted)
    last: dict[str, int] = {}
    result = []
    for name in wanted:
        number = last.get(name, 0) + 1
        if number > 1:
            while (numbered := _numbered(name, number)) in taken:
                number += 1
            taken.add(numbered)
        last[name] = number
        result.append(numbered if number > 1 else name)
    return result


def _numbered(name: str, number: int) -> str:
    stem, dot, extension = name.rpartition(".")
    return f"{stem} ({number}).{extension}" if dot and 0 < len(extension) <= 10 else f"{name} ({number})"
