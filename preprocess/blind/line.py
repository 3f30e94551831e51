"""A line of a resume as stretches between separators, of which some can be left out. Knows nothing of what they say."""

import re

from preprocess.lexicon.characters import CJK, LIST_MARKS
from preprocess.lexicon.field_labels import english_pattern, personal_kinds

_LONGEST = 2_000  # characters of a line that is taken apart: a fact on its own does not stand in a page of prose

_LEAD = re.compile(rf"[ \t]*(?:[{LIST_MARKS}]+[ \t]*|\d{{1,2}}[.、)）][ \t]*(?!\d))?")
_BREAK = re.compile(
    r"\u3000+[ \t]*|[ \t]{2,}(?:[|｜;；/•·,，、。][ \t]*)?|[ \t]?[|｜;；，、。][ \t]*|[ \t]?,(?!\d)[ \t]*|[ \t][/•·][ \t]+"
    rf"|(?<=[^ \t])[ \t](?=[{CJK}/]{{2,8}}[ \t]?[:：])"
    r"|(?<=[^ \t])[ \t](?=(?:男|女|\d{2}岁)(?:[ \t]|$))|(?<=[男女])[ \t](?=[^ \t])|(?<=\d岁)[ \t](?=[^ \t])"
)
_ENGLISH_LABEL = english_pattern(*personal_kinds())
_NEXT_LABEL = re.compile(rf"(?<=[^\s:])(?<! of)[ \t](?=(?i:{_ENGLISH_LABEL})[ \t]?:|[A-Z][a-z]{{1,15}}:(?!/))")


class Line:
    """`lead` is a bullet or number, `stretches` follow it, each with the separator before it.

    `left_out` are the places of stretches to leave out, with the kind of fact that each tells.
    """

    def __init__(self, text: str):
        self.text = text
        start = match.end() if (match := _LEAD.match(text)) else 0
        self.lead = text[:start]
        self.stretches: list[tuple[str, str]] = []
        separator = ""
        if len(text) <= _LONGEST:
            for match in _BREAK.finditer(text, start):
                self._add(separator, text[start : match.start()])
                separator, start = match[0], match.end()
        self._add(separator, text[start:])
        self.left_out: dict[int, str] = {}

    def _add(self, separator: str, text: str) -> None:
        """A stretch, or the fields that single spaces separate in it ("Gender: Female Age: 28")."""
        start = 0
        for match in _NEXT_LABEL.finditer(text, text.find(":") + 1 or len(text)):
            self.stretches.append((separator, text[start : match.start()]))
            separator, start = match[0], match.end()
        self.stretches.append((separator, text[start:]))

    def remaining(self) -> str | None:
        """The line without what is left out; None where nothing is left of it."""
        if not self.left_out:
            return self.text
        kept = [stretch for place, stretch in enumerate(self.stretches) if place not in self.left_out]
        rest = "".join((separator if place else "") + text for place, (separator, text) in enumerate(kept)).rstrip(" \t|｜;；,，、/")
        return self.lead + rest if any(character.isalnum() for character in rest) else None
