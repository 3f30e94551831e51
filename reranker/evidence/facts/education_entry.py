"""Which part of a resume belongs to which degree: the entry of an education section, on one line or on several.

An entry is the part of the line around the degree's word and, where the school or the dates stand elsewhere, the short lines beside it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_SCHOOL = re.compile(
    r"大学|学院|学校|专科学校|研究所|研究院|\b(?:university|college|institute|school|polytechnic|academy)\b", re.IGNORECASE
)
_SCHOOL_NAME = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,15}?(?:高等专科学校|大学(?!本科|学历|毕业)|学院|学校)(?:[\u4e00-\u9fff]{2,8}学院)?"
    r"|\b(?:[A-Z][\w&.']{0,20} ){0,4}(?:University|College|Institute|School|Polytechnic)\b"
    r"(?: (?:of|for) [A-Z]\w{0,20}(?: (?:and |& )?[A-Z]\w{0,20}){0,3})?"
)
_HEADING = re.compile(
    r"(?:经[历验]|背景|技能|证书|评价|信息|荣誉|获奖|优势|意向|experience|skills?|education|employment|projects?|certificat[a-z]{1,6}|summary|languages?|history)"
    r"\s?[:：]?\s*$",
    re.IGNORECASE,
)
_COURSES = re.compile(r"主修|课程|辅修|coursework|modules?\s?:|courses?\s?:", re.IGNORECASE)
_SEPARATOR = re.compile(r"[；;。|]|->|→")
_NEIGHBOURS, _SHORT = 2, 60


@dataclass(frozen=True)
class EducationEntry:
    """A degree's level, the place of its word, the part of the line that belongs to it, and the lines beside it that do."""

    level: int
    start: int
    end: int
    segment: str
    near: str


def split_entries(text: str, mentions: Sequence[tuple[int, int, int]]) -> list[EducationEntry]:
    """Return the entry of each mention (level, start, end) of a degree, in the order of the text."""
    spans = [match.span() for match in re.finditer(r"[^\n]*(?:\n|$)", text)]
    of_line: dict[int, list[tuple[int, int, int]]] = {}
    line = 0
    for mention in mentions:
        while spans[line][1] <= mention[1] and line + 1 < len(spans):
            line += 1
        of_line.setdefault(line, []).append(mention)
    lines = [text[start:end].strip() for start, end in spans]
    used: set[int] = set(of_line)
    entries = []
    for line, on_line in of_line.items():
        for (level, start, end), segment in zip(on_line, _segments(text, spans[line], on_line), strict=True):
            courses = _COURSES.search(segment)
            own = segment[: courses.start()] if courses and courses.start() > end - start else segment
            near = _beside(lines, line, used, bool(_SCHOOL.search(own))) if len(on_line) == 1 else []
            entries.append(EducationEntry(level, start, end, own, "\n".join(near)))
    return entries


def school_names_removed(text: str) -> str:
    """Return a text without the names of schools: 财经大学 is no subject."""
    return _SCHOOL_NAME.sub(" ", text)


def _segments(text: str, line: tuple[int, int], mentions: Sequence[tuple[int, int, int]]) -> list[str]:
    """The parts of a line with several degrees: cut at a separator between two, else before each if one opens the line, else after."""
    opens = mentions[0][1] - line[0] <= 4
    cuts = [line[0]]
    for (_, _, end), (_, start, _) in pairwise(mentions):
        separators = list(_SEPARATOR.finditer(text, end, start))
        if len(separators) == 1:
            cuts.append(separators[0].end())
        else:
            comma = re.search(r"[，,)]", text[end:start])
            cuts.append(start if opens else end + (comma.end() if comma else 0))
    cuts.append(line[1])
    return [text[left:right].strip("\n") for left, right in pairwise(cuts)]


def _beside(lines: Sequence[str], line: int, used: set[int], has_school: bool) -> list[str]:
    """The lines that belong to a degree's entry, marked as `used`: those up to a school above, and short ones below."""
    near: list[int] = []
    if not has_school:
        above = _run(lines, range(line - 1, line - 1 - _NEIGHBOURS, -1), used)
        school = next((place for place in above if _SCHOOL.search(lines[place])), None)
        if school is not None:
            near += [place for place in above if place >= school]
            has_school = True
    for place in _run(lines, range(line + 1, line + 1 + _NEIGHBOURS), used):
        is_school = _SCHOOL.search(lines[place]) is not None
        if is_school and has_school:
            break
        has_school |= is_school
        near.append(place)
    used.update(near)
    return [lines[place] for place in sorted(near)]


def _run(lines: Sequence[str], places: range, used: set[int]) -> list[int]:
    run = []
    for place in places:
        if not 0 <= place < len(lines) or place in used or not lines[place] or len(lines[place]) > _SHORT:
            break
        if _HEADING.search(lines[place]) or _COURSES.search(lines[place]):
            break
        run.append(place)
    return run
