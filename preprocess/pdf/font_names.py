"""Read the names that fonts give their glyphs: in the /Differences of their encoding, else in the font program."""

import re
from collections.abc import Iterable

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

from preprocess.pdf.glyph_meanings import without_subset_tag

_PROGRAM_NAME = re.compile(rb"dup\s{1,4}(\d{1,3})\s{0,4}/([\w.]{1,60})\s{1,4}put")
_LONGEST_HEAD = 100_000  # bytes; the clear part of a Type 1 font is a tenth of it


def glyph_names(fonts: Iterable[DictionaryObject]) -> dict[str, dict[int, str]]:
    """Return the names of glyphs by code for each font name; where two fonts of a name contradict each other, neither is believed."""
    names: dict[str, dict[int, str]] = {}
    for font in fonts:
        known = names.setdefault(without_subset_tag(str(font.get("/BaseFont", ""))[1:]), {})
        for code, name in (_program_names(font) | _differences(font)).items():
            known[code] = name if known.get(code, name) == name else ""
    return names


def _differences(font: DictionaryObject) -> dict[int, str]:
    encoding = _resolved(font.get("/Encoding"))
    differences = _resolved(encoding.get("/Differences")) if isinstance(encoding, DictionaryObject) else None
    names: dict[int, str] = {}
    code = 0
    for entry in differences if isinstance(differences, ArrayObject) else ():
        if isinstance(entry, NumberObject):
            code = int(entry)
        elif isinstance(entry, NameObject):
            names[code] = str(entry)[1:]
            code += 1
    return names


def _program_names(font: DictionaryObject) -> dict[int, str]:
    """Return the encoding that a Type 1 font program begins with, in clear text."""
    descriptor = _resolved(font.get("/FontDescriptor"))
    program = _resolved(descriptor.get("/FontFile")) if isinstance(descriptor, DictionaryObject) else None
    if not isinstance(program, StreamObject):
        return {}
    head = program.get_data()[:_LONGEST_HEAD].split(b"eexec", 1)[0]
    return {int(code): name.decode("ascii") for code, name in _PROGRAM_NAME.findall(head)}


def _resolved(entry: object) -> object:
    return entry.get_object() if hasattr(entry, "get_object") else entry  # pyright: ignore[reportAttributeAccessIssue]
