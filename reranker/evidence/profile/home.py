"""Read from a resume in which city a person lives: beside a label (现居：杭州), or as a city that stands alone among the contact data."""

import re
import tomllib
from functools import cache
from pathlib import Path

from preprocess.lexicon.characters import CJK, simplified
from preprocess.lexicon.field_labels import label_kind

_HEAD_LINES = 8
_HEAD_CHARACTERS = 1_000
_BETWEEN = re.compile(rf"[|｜·•,，;；/、\t]|\s{{2,}}|(?<=[{CJK}]) | (?=[{CJK}])")
_LABELLED = re.compile(r"[ \t]{0,8}[:：][ \t]{0,8}")
_CITY = re.compile(rf"([{CJK}]{{2,5}}?)市")
_PROVINCE = re.compile(rf"[{CJK}]{{2,3}}(?:省|自治区)")
_SHORT = re.compile(rf"[{CJK}]{{2,4}}|[A-Z][A-Za-z' .-]{{1,29}}")
_PREFIX = re.compile(rf"(?:现居|现住|居住[于在])\s?(?=[{CJK}])")


def city_of(text: str) -> str:
    """Return the city, "" where the top of the resume names none surely. A native place or a place of work that is wished for is none."""
    lines = simplified(text[:_HEAD_CHARACTERS]).split("\n")
    parts = [[part.strip() for part in _BETWEEN.split(_LABELLED.sub("：", line))] for line in lines]
    labelled = [value for line in parts for value in _labelled(line)]
    named = [city for value in labelled if (city := _in_address(value))]
    alone = [
        city for line in parts[:_HEAD_LINES] if not _is_of_elsewhere(line) for part in line if (city := _known(part.removesuffix("市")))
    ]
    return next(iter([*named, *alone]), "")


def _labelled(parts: list[str]) -> list[str]:
    """Return what stands beside the labels of an address in a line."""
    values = []
    for index, part in enumerate(parts):
        label, *value = _LABELLED.split(part, maxsplit=1)
        if value and label_kind(label) == "address":
            values.append(value[0].strip() or "".join(parts[index + 1 : index + 2]))
        elif (prefix := _PREFIX.match(part)) and not label_kind(part):
            values.append(part[prefix.end() :])
    return values


def _is_of_elsewhere(parts: list[str]) -> bool:
    """Return whether a line tells of a native place or of what is wished for."""
    return any(label_kind(_LABELLED.split(part, maxsplit=1)[0]) in ("origin", "job") for part in parts)


def _in_address(address: str) -> str:
    """Return the city of an address, without the street: no more is needed to search by."""
    rest = _PROVINCE.sub("", address, count=1)
    if (known := _known(rest.removesuffix("市"))) or (known := next((city for city in _chinese() if rest.startswith(city)), "")):
        return known
    if named := _CITY.match(rest):
        return named[1]
    return rest if _SHORT.fullmatch(rest) else ""


def _known(word: str) -> str:
    """Return a city of the table as it writes it; "" for another word."""
    return _by_key().get(word.casefold(), "")


@cache
def _by_key() -> dict[str, str]:
    return {city.casefold(): city for city in (*_chinese(), *_english())}


@cache
def _chinese() -> tuple[str, ...]:
    return tuple(city.removesuffix("市") for city in _table()["chinese"].split())


@cache
def _english() -> tuple[str, ...]:
    return tuple(" ".join(city.split()) for city in _table()["english"].split("|"))


@cache
def _table() -> dict[str, str]:
    return tomllib.loads((Path(__file__).parent / "cities.toml").read_text("utf-8"))
