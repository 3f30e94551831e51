"""Split a line of a resume into stretches between separators, and remove some of them. Knows nothing of their meaning."""

import re

from preprocess.lexicon.characters import CJK, LIST_MARKS
from preprocess.lexicon.field_labels import chinese_pattern, english_pattern, personal_kinds

_MAX_LENGTH = 2_000  # characters of a line that is taken apart: a fact on its own does not stand in a page of prose

_LEAD = re.compile(rf"[ \t]*(?:[{LIST_MARKS}]+[ \t]*|\d{{1,2}}[.、)）][ \t]*(?!\d))?")
_DOT, _NO_DOT = "[/·•・]?", "[^ \\t/·•・|｜，,。；;、以至到左及的前后时起]"
_AGE = r"\d{2}周?岁(?![以至到左及的前后时起])"
_DEGREE = "(?:本科|大专|专科|硕士|博士|未婚|已婚)"
_TIGHT = (
    rf"(?<=[{CJK}])(?=[男女]{_DOT}{_AGE})|(?<=[男女]){_DOT}(?={_AGE})|(?<=\d岁)(?=1[3-9]\d{{9}}(?!\d))"
    rf"|(?:(?<=[男女]\d\d岁)|(?<=[男女]\d\d周岁)|(?<=[男女][/·•・]\d\d岁)|(?<=\d岁[/·•・][男女])){_DOT}(?={_NO_DOT})"
    rf"|(?<=\d岁){_DOT}(?=[男女](?:$|[ \t/·•・|｜，,]|{_DEGREE}))|(?<=\d岁[男女]){_DOT}(?={_DEGREE})"
    rf"|(?:(?<=[男女\d族婚])|(?<=\d岁)|(?<=[党团]员)|(?<=群众))(?={chinese_pattern(*personal_kinds(), 'education', 'job')}[:：])"
)
"""Between facts that stand close together, as text recognition writes them: 男25岁本科, 男·25岁·本科, 性别：男年龄：25."""
_BREAK = re.compile(
    r"\u3000+[ \t]*|[ \t]{2,}(?:[|｜;；/•·,，、。][ \t]*)?|[ \t]?[|｜;；，、。][ \t]*|[ \t]?,(?!\d)[ \t]*|[ \t][/•·][ \t]+"
    rf"|(?<=[^ \t])[ \t](?=[{CJK}/]{{2,8}}[ \t]?[:：])"
    r"|(?<=[^ \t])[ \t](?=(?:男|女|\d{2}岁)(?:[ \t]|$))|(?<=[男女])[ \t](?=[^ \t])|(?<=\d岁)[ \t](?=[^ \t])"
    rf"|{_TIGHT}"
)
_ENGLISH_LABEL = english_pattern(*personal_kinds())
_NEXT_LABEL = re.compile(rf"(?<=[^\s:])(?<! of)[ \t](?=(?i:{_ENGLISH_LABEL})[ \t]?:|[A-Z][a-z]{{1,15}}:(?!/))")


class SplitLine:
    """`lead` is a bullet or number, `stretches` follow it as (separator before, text).

    `removed` maps indexes of stretches to remove to the kind of fact of each.
    """

    def __init__(self, text: str):
        self.text = text
        start = match.end() if (match := _LEAD.match(text)) else 0
        self.lead = text[:start]
        self.stretches: list[tuple[str, str]] = []
        separator = ""
        if len(text) <= _MAX_LENGTH:
            for match in _BREAK.finditer(text, start):
                self._add(separator, text[start : match.start()])
                separator, start = match[0], match.end()
        self._add(separator, text[start:])
        self.removed: dict[int, str] = {}

    def _add(self, separator: str, text: str) -> None:
        """Add a stretch, or the fields that single spaces separate in it ("Gender: Female Age: 28")."""
        start = 0
        for match in _NEXT_LABEL.finditer(text, text.find(":") + 1 or len(text)):
            self.stretches.append((separator, text[start : match.start()]))
            separator, start = match[0], match.end()
        self.stretches.append((separator, text[start:]))

    def remaining(self) -> str | None:
        """Return the line without the removed stretches, None if nothing is left."""
        if not self.removed:
            return self.text
        kept = [
            (" " if index - 1 in self.removed and not separator else separator, text)
            for index, (separator, text) in enumerate(self.stretches)
            if index not in self.removed
        ]
        rest = "".join((separator if index else "") + text for index, (separator, text) in enumerate(kept)).rstrip(" \t|｜;；,，、/")
        return self.lead + rest if any(character.isalnum() for character in rest) else None
