"""Read the title and the employer of a resume's latest job from the lines beside its dates. What is not sure is left out.

A stretch of a line is a title or an employer by its own words (title_or_employer.py), by a label before it (职位：…), or because it stands
alone beside the other one. Knows nothing of how long somebody worked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from preprocess.lexicon.characters import CJK, LIST_MARKS, has_cjk, width
from preprocess.lexicon.headings import is_heading
from preprocess.lexicon.periods import find_periods
from reranker.evidence.profile.stretch_text import ASIDE, clean, split, tidied
from reranker.evidence.profile.title_or_employer import grades, is_title, label_kinds, stretch_kind, title_start

_WIDEST = 60
"""Columns of a title or an employer; a Chinese character takes two."""
_AROUND = 2
"""Lines above and below the dates that may belong to the head of the entry."""
_TOLD_BEHIND = re.compile(r"[:：]\s(?=[a-z])|(?<=[a-z'’]{2})\.\s+(?=[A-Z][a-z]+(?:ed|ing)\s)")
"""Begins what was done there: "Mangrove Apps: manual test plans", "Parcelway Leeds. Picking with a scanner"."""
_BULLET = re.compile(rf"\s*(?:[{LIST_MARKS}]|\d{{1,2}}[.、)）])\s*\S")
_SENTENCE = re.compile(r"[。！？!?]|[a-z]\.\s|[a-z]\.$")
_LABEL = re.compile(rf"(?P<label>[{CJK}]{{2,6}}|[A-Za-z][A-Za-z ]{{2,14}})\s?[:：]\s*(?P<value>\S.*)")
_LABEL_INSIDE = re.compile(rf"(?<=\S)\s+(?=(?:[{CJK}]{{2,6}}|[A-Z][A-Za-z]{{2,12}})\s?[:：]\s*\S)")
_REACH = 300
_YEAR = re.compile(r"(?:19|20)\d\d")
_RANK_SINCE = re.compile(r"[(（](?:自|从|since |from )?(?:19|20)\d\d[^()（）]{0,12}[)）]", re.IGNORECASE)
"""Behind one of several titles of a job, since when it was held: 成本主管（2020年起） / 成本会计."""
_COUNTRIES = """Australia Austria Brazil Canada China Denmark England France Germany Ghana India Ireland Italy Japan Kenya Malaysia Mexico
Netherlands Nigeria Norway Poland Scotland Singapore Spain Sweden Switzerland Wales""".split()
_PLACE = re.compile(
    rf"(?:[A-Z][\w.'-]{{1,20}} ){{0,2}}[A-Z][\w.'-]{{1,20}}, (?:[A-Z]{{2,3}}|United (?:Kingdom|States)|{'|'.join(_COUNTRIES)})\b"
)
"""Austin, TX; Leeds, United Kingdom."""


@dataclass(frozen=True)
class Job:
    """A title and an employer as the resume writes them; "" for what is not sure."""

    title: str = ""
    employer: str = ""


@dataclass(frozen=True)
class _Stretch:
    """A part of a line: a title, an employer, either ("unknown"), or neither ("apart"). `line` is 0 for that of the dates, -1 above it."""

    text: str
    kind: str
    line: int


def job_at(text: str, start: int, end: int) -> Job:
    """Return the job whose dates stand on the line text[start:end]."""
    lines = _lines_around(text, start, end)
    stretches = [stretch for index, line in lines for stretch in _stretches(line, index)]
    title = _nearest(stretches, "title", (0, -1, -2, 1, 2))
    employer = _nearest(stretches, "employer", _places_beside(title))
    if title and not employer:
        employer = _alone(stretches, _places_beside(title), title.line) or _before(stretches, title)
    elif employer and not title:
        title = _alone(stretches, (employer.line,), employer.line)
    return Job(title.text if title else "", employer.text if employer else "")


def _before(stretches: Sequence[_Stretch], title: _Stretch) -> _Stretch | None:
    """Return the stretch between the dates and the title on their line, if it is the only one: 2026.03至今 力控自动化 销售工程师."""
    of_line = [stretch for stretch in stretches if stretch.line == title.line]
    before = of_line[: of_line.index(title)]
    return before[0] if title.line == 0 and len(before) == 1 and before[0].kind == "unknown" and has_cjk(before[0].text) else None


def _places_beside(title: _Stretch | None) -> tuple[int, ...]:
    """Return the lines that may name the employer, nearest first: below the dates only if the title does not stand above them."""
    if title is None:
        return 0, -1, 1
    return (title.line, 0, -1, -2) if title.line < 0 else (0, -1, 1) if title.line == 0 else (title.line, 0, 1, 2)


def title_in(line: str) -> str:
    """Return a line that is nothing but one job title, else ""."""
    stretches = list(_stretches(line, 0))
    return stretches[0].text if len(stretches) == 1 and stretches[0].kind == "title" else ""


def _lines_around(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Return the line of the dates without them, and the lines of the head above and below it, each with its place."""
    line = text[start:end]
    beside, index = "", 0
    for period in find_periods(line):
        beside += line[index : period.start] + "  "
        index = max(index, period.end)
    above = _heads(text[max(0, start - _REACH) : start].split("\n")[-2::-1][:_AROUND])
    below = _heads(text[end : end + _REACH].split("\n")[1 : _AROUND + 1])
    return [
        (0, tidied(_TOLD_BEHIND.split(beside + line[index:])[0])),
        *((-number, line) for number, line in enumerate(above, start=1)),
        *enumerate(below, start=1),
    ]


def _heads(lines: Sequence[str]) -> list[str]:
    """Return the lines, nearest first, up to the first that names neither title nor employer: a heading, an item, a sentence, a date."""
    heads = []
    for line in lines:
        before = _TOLD_BEHIND.split(line)[0]
        line = before if before != line and title_in(before.split(",")[0]) else line
        is_other = width(line) > 2 * _WIDEST or _BULLET.match(line) or _SENTENCE.search(line) or is_heading(line.strip())
        if not line.strip() or is_other or _YEAR.search(_RANK_SINCE.sub("", line)):
            break
        heads.append(tidied(line))
    return heads


def _stretches(line: str, line_index: int) -> Iterator[_Stretch]:
    for part in _LABEL_INSIDE.split(_PLACE.sub("", line) if not has_cjk(line) else line):
        if (label := _LABEL.fullmatch(part.strip())) and (kind := label_kinds().get("".join(label["label"].lower().split()))):
            values = [value for value in split(label["value"]) if value.strip()]
            if values:
                yield _Stretch(clean(values[0]), kind, line_index)
            continue
        pieces = list(_pieces(part))
        for piece in pieces:
            yield from _named(piece, line_index, len(pieces) == 1 and part == line)


def _pieces(part: str) -> Iterator[str]:
    """The stretches of a part; one of Chinese words with single spaces between them is split there too."""
    for piece in filter(None, map(str.strip, split(part))):
        first, _, rest = ASIDE.sub("", piece).strip().partition(" ")
        names_employer = has_cjk(first) and (stretch_kind(first) == "employer" or is_title(rest))
        names_title = has_cjk(first) and has_cjk(rest) and is_title(first) and stretch_kind(rest) == "employer"
        if rest and first not in grades() and (names_employer or names_title):  # not 高级 Java 工程师
            yield first
            yield rest
        else:
            yield piece


def _named(piece: str, line_index: int, is_whole_line: bool) -> Iterator[_Stretch]:
    text = clean(piece)
    if not text or width(text) > _WIDEST:
        return
    kind = stretch_kind(text)
    if kind != "mixed":
        yield _Stretch(text.rstrip(".") if kind == "title" else text, kind, line_index)
        return
    words = text.split(" ")
    first = title_start(words, is_whole_line)
    if first is None:  # "Annotation Lead", "Acme Engineer": nobody can say
        yield _Stretch(text, "apart", line_index)
        return
    if first:  # Quill & Pixel Senior Backend Developer
        yield _Stretch(" ".join(words[:first]), "employer", line_index)
    yield _Stretch(" ".join(words[first:]), "title", line_index)


def _nearest(stretches: Sequence[_Stretch], kind: str, places: Sequence[int]) -> _Stretch | None:
    return next((stretch for index in places for stretch in stretches if stretch.line == index and stretch.kind == kind), None)


def _alone(stretches: Sequence[_Stretch], places: Sequence[int], own: int) -> _Stretch | None:
    """Return the stretch that must be the other one of title and employer: the only unknown one beside it, or the only line that has any.

    A line of its own may name the place behind the employer: Ledgerline Payments · Leeds.
    """
    unknown = {index: [stretch for stretch in stretches if (stretch.line, stretch.kind) == (index, "unknown")] for index in places}
    if own > 0 and unknown.get(0):  # the employer beside the dates, the title and its department below
        return unknown[0][0] if len(unknown[0]) <= 2 else None
    if unknown[own]:
        return unknown[own][0] if len(unknown[own]) == 1 else None
    others = [group for group in unknown.values() if group]
    if own < 0:
        others = others[:1]
    return others[0][0] if len(others) == 1 and len(others[0]) <= 2 else None
