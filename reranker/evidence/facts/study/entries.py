"""Find which part of a resume belongs to which degree: the entry of an education section, on one line or on several.

An entry is the part of the line around the degree's word and, where the school or the dates stand elsewhere, the short lines beside it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from preprocess.lexicon.characters import CJK
from preprocess.lexicon.headings import is_heading
from reranker.evidence.facts.study.levels import LevelMention
from reranker.evidence.facts.study.schools import short_names

_SCHOOL = re.compile(
    r"大学|学院|学校|专科学校|研究所|研究院|\b(?:university|college|institute|school|polytechnic|academy)\b", re.IGNORECASE
)
_SCHOOL_NAME = re.compile(
    rf"(?<![{CJK}])[{CJK}]{{2,15}}?(?:高等专科学校|大学(?!本科|学历|毕业)|学院|学校)"
    r"|\b(?:[A-Z][\w&.']{0,20} ){0,4}(?:University|College|Institute|School|Polytechnic)\b"
    r"(?: (?:of|for) [A-Z]\w{0,20}(?: (?:and |& )?[A-Z]\w{0,20}){0,3})?"
)
_NAMED_SCHOOL = re.compile(rf"{_SCHOOL_NAME.pattern}|[二三]本|民办|双非")
_LABELLED = re.compile(
    r"\W{0,3}(?:所学|主修|就读)?(?:专业|科系|系所|学系|学校|院校|毕业院校|major|field of study|subject|school|university)\s?[:：]",
    re.IGNORECASE,
)
_COURSES = re.compile(
    r"主修[:：]?(?=课程|[^，。\n]{1,20}、[^，。\n]{1,20}、)|课程|辅修"
    r"|(?:relevant|selected|key|main|core) coursework|coursework\s?:|modules?\s?:|courses?\s?:",
    re.IGNORECASE,
)
_OF_WORK = re.compile(
    r"^\W{0,3}(?:[会能擅懂干跑]|熟悉|熟练|精通|掌握|了解|负责|从事|工种|岗位|职[位务]|技能|工作|特长|证书|爱好|应聘|求职|期望|意向)(?!计|展)"
    r"|公司|\b(?:Ltd|Inc|LLC|responsible for|managed|worked|skills?)\b",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[，,]|(?<!ons)\)")
_SENTENCE_END = re.compile(r"。|(?<=[a-z\d)][a-z\d)])\. (?=[A-Z])")
_SEPARATOR = re.compile(r"[；;|]|->|→")
_NEIGHBOURS, _SHORT = 2, 60


@dataclass(frozen=True)
class EducationEntry:
    """A degree's level, the place of its word, the part of the line that belongs to it, and the lines beside it that do.

    The word stands at `segment[at:]`.
    """

    kind: str
    level: int
    start: int
    end: int
    segment: str
    at: int
    near: str


def split_entries(text: str, mentions: Sequence[LevelMention]) -> list[EducationEntry]:
    """Return the entry of each mention of a degree, in the order of the text."""
    spans = [match.span() for match in re.finditer(r"[^\n]*(?:\n|$)", text)]
    of_line: dict[int, list[LevelMention]] = {}
    line = 0
    for mention in mentions:
        while spans[line][1] <= mention.start and line + 1 < len(spans):
            line += 1
        of_line.setdefault(line, []).append(mention)
    lines = [text[start:end].strip() for start, end in spans]
    used: set[int] = set(of_line)
    entries = []
    for line, on_line in of_line.items():
        for mention, (left, right) in zip(on_line, _segments(text, spans[line], on_line), strict=True):
            courses = _COURSES.search(text, mention.end, right)
            own = text[left : courses.start() if courses else right].strip("\n")
            near = _beside(lines, line, used, bool(_SCHOOL.search(own))) if len(on_line) == 1 else []
            entries.append(
                EducationEntry(mention.kind, mention.level, mention.start, mention.end, own, mention.start - left, "\n".join(near))
            )
    return entries


def school_names_removed(text: str) -> str:
    """Return a text without the names of schools: 财经大学 is no subject; that of a department may be (北航计算机学院)."""
    return _SCHOOL_NAME.sub(" ", short_names().sub("大学", text))


def names_school(text: str) -> bool:
    """Return whether a text names a school, or its tier: 三本."""
    return _NAMED_SCHOOL.search(text) is not None


def _segments(text: str, line: tuple[int, int], mentions: Sequence[LevelMention]) -> list[tuple[int, int]]:
    """The parts of a line with several degrees: cut at a separator between two, or before each if one opens the line, else after."""
    opens = mentions[0].start - line[0] <= 4
    cuts = [line[0]]
    for end, start in ((first.end, second.start) for first, second in pairwise(mentions)):
        separators = list(_SENTENCE_END.finditer(text, end, start)) or list(_SEPARATOR.finditer(text, end, start))
        if separators:
            cuts.append(separators[-1 if opens else 0].end())
        else:
            commas = [comma.end() for comma in _COMMA.finditer(text, end, start)]
            cuts.append((commas[-1] if opens else commas[0]) if commas else start if opens else end)
    cuts.append(line[1])
    return list(pairwise(cuts))


def _beside(lines: Sequence[str], line: int, used: set[int], has_school: bool) -> list[str]:
    """The lines that belong to a degree's entry, marked as `used`: those up to a school above, and short ones below."""
    near: list[int] = []
    if not has_school:
        above = _run(lines, range(line - 1, line - 1 - _NEIGHBOURS, -1), used)
        school = next((index for index in above if _SCHOOL.search(lines[index])), None)
        if school is not None:
            near += [index for index in above if index >= school]
            has_school = True
    else:
        near += [index for index in _run(lines, range(line - 1, line - 1 - _NEIGHBOURS, -1), used) if _LABELLED.match(lines[index])]
    for index in _run(lines, range(line + 1, line + 1 + _NEIGHBOURS), used):
        is_school = _SCHOOL.search(lines[index]) is not None
        if is_school and has_school:
            break
        has_school |= is_school
        near.append(index)
    used.update(near)
    return [lines[index] for index in sorted(near)]


def _run(lines: Sequence[str], places: range, used: set[int]) -> list[int]:
    run = []
    for index in places:
        if not 0 <= index < len(lines) or index in used or not lines[index] or len(lines[index]) > _SHORT:
            break
        if is_heading(lines[index]) or _COURSES.search(lines[index]) or _OF_WORK.search(lines[index]):
            break
        run.append(index)
    return run
