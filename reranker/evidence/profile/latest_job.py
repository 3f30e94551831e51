"""Read the title and the employer of a resume's latest job from the lines beside its dates. What is not sure is left out.

A stretch of a line is a title or an employer by its own words (latest_job.toml), by a label before it (职位：…), or because it stands alone
beside the other one. Knows nothing of how long somebody worked.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from preprocess.lexicon.characters import CJK, LIST_MARKS, has_cjk, simplified, width
from preprocess.lexicon.headings import is_heading
from preprocess.lexicon.periods import find_periods
from reranker.evidence.profile.stretch_text import ASIDE, DURATION, clean, split, tidied

_WIDEST = 60
"""Columns of a title or an employer; a Chinese character takes two."""
_AROUND = 2
"""Lines above and below the dates that may belong to the head of the entry."""
_TOLD_BEHIND = re.compile(r"[:：]\s(?=[a-z])")
"""Begins what was done there: "Mangrove Apps: manual test plans"."""
_BULLET = re.compile(rf"\s*(?:[{LIST_MARKS}]|\d{{1,2}}[.、)）])\s*\S")
_SENTENCE = re.compile(r"[。！？!?]|[a-z]\.\s|[a-z]\.$")
_LABEL = re.compile(rf"(?P<label>[{CJK}]{{2,6}}|[A-Za-z][A-Za-z ]{{2,14}})\s?[:：]\s*(?P<value>\S.*)")
_LABEL_INSIDE = re.compile(rf"(?<=\S)\s+(?=(?:[{CJK}]{{2,6}}|[A-Z][A-Za-z]{{2,12}})\s?[:：]\s*\S)")
_REACH = 300
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTRIES = """Australia Austria Brazil Canada China Denmark England France Germany Ghana India Ireland Italy Japan Kenya Malaysia Mexico
Netherlands Nigeria Norway Poland Scotland Singapore Spain Sweden Switzerland Wales""".split()
_PLACE = re.compile(
    rf"(?:[A-Z][\w.'-]{{1,20}} ){{0,2}}[A-Z][\w.'-]{{1,20}}, (?:[A-Z]{{2,3}}|United (?:Kingdom|States)|{'|'.join(_COUNTRIES)})\b"
)
"""Austin, TX; Leeds, United Kingdom."""
_TOLD_OF = re.compile(r"[进当为从被了：:]|[\d〇一二三四五六七八九十]年|在(?!职)|(?:经历|经验|背景)$")
"""What a sentence about a job has and its title has not."""
_STAFF = re.compile(r"[^\W\d_](?<![党团成会学队社人委议动裁复])员$")
"""The end of a title that is made of what somebody does: 审计员, 采购员; not 党员, 成员, 委员."""
_EMPLOYER_INSIDE = re.compile(r"公司|医院|大学|事务所|集团|银行|研究院")
_UNIT = re.compile(
    r"(?:(?:adult|p(?:a)?ediatric|neonatal|general|cardiac|medical|surgical|trauma|acute|accident and|a&e|mixed|burns|renal|stroke"
    r"|elderly|maternity|the) )*"
    r"(?:(?:intensive|critical|acute|urgent|primary|secondary|emergency|palliative|ambulatory|high dependency"
    r"|coronary|intermediate) (?:care|medicine)"
    r"|(?:emergency|a&e|casualty|outpatients?|radiology|pharmacy|science|maths|english|finance"
    r"|it|hr|accounts|sales|marketing|purchasing|maintenance|legal"
    r"|customer service|human resources) (?:department|dept)|icu|itu|hdu|nicu|picu|ccu|a&e)(?: (?:unit|ward|department|team))?"
)
"""A unit of an employer, no employer: Adult Intensive Care, Emergency Department."""
_HOMES = ("care home", "nursing home", "funeral home", "children's home")
_SENIOR = frozenset("senior junior sr jr lead principal staff chief deputy vice associate head trainee graduate managing".split())


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
        is_other = width(line) > 2 * _WIDEST or _BULLET.match(line) or _SENTENCE.search(line) or is_heading(line.strip())
        if not line.strip() or is_other or _YEAR.search(line):
            break
        heads.append(tidied(line))
    return heads


def _stretches(line: str, line_index: int) -> Iterator[_Stretch]:
    for part in _LABEL_INSIDE.split(_PLACE.sub("", line) if not has_cjk(line) else line):
        if (label := _LABEL.fullmatch(part.strip())) and (kind := _labels().get("".join(label["label"].lower().split()))):
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
        names_employer = has_cjk(first) and (_kind(first) == "employer" or _is_title(rest))
        names_title = has_cjk(first) and has_cjk(rest) and _is_title(first) and _kind(rest) == "employer"
        if rest and first not in _words("title", "grades") and (names_employer or names_title):  # not 高级 Java 工程师
            yield first
            yield rest
        else:
            yield piece


def _named(piece: str, line_index: int, is_whole_line: bool) -> Iterator[_Stretch]:
    text = clean(piece)
    if not text or width(text) > _WIDEST:
        return
    kind = _kind(text)
    if kind != "mixed":
        yield _Stretch(text.rstrip(".") if kind == "title" else text, kind, line_index)
        return
    words = text.split(" ")
    first = _split_at(words, is_whole_line)
    if first is None:  # "Annotation Lead", "Acme Engineer": nobody can say
        yield _Stretch(text, "apart", line_index)
        return
    if first:  # Quill & Pixel Senior Backend Developer
        yield _Stretch(" ".join(words[:first]), "employer", line_index)
    yield _Stretch(" ".join(words[first:]), "title", line_index)


def _split_at(words: Sequence[str], is_whole_line: bool) -> int | None:
    """Return where the title begins in a stretch that may name an employer before it without any mark; None where that is not sure."""
    senior = next((index for index, word in enumerate(words) if _bare(word) in _SENIOR), None)
    if senior:  # Fjordpay Senior Engineer, but not Business Development Lead, PCI Lead Auditor
        names_somebody = any(_bare(word) not in _words("title", "before") for word in words[:senior]) and not words[0].isupper()
        return senior if names_somebody and len(words) - senior > 1 and _first_of_title(words[senior:]) == 0 else 0
    if senior == 0:
        return 0
    first = _first_of_title(words) if is_whole_line else 0
    return first if first != 1 else None


def _kind(text: str) -> str:
    plain = simplified(ASIDE.sub("", text)).strip()
    lower = plain.lower()
    if lower in _employment() or DURATION.fullmatch(lower) or not re.search(r"[^\W\d_]", plain) or is_heading(plain):
        return "apart"
    if has_cjk(plain):
        if _is_title(plain):
            return "title"
        if _TOLD_OF.search(plain) and not plain.endswith("公司"):
            return "apart"
        if len(plain) > 3 and (plain.endswith(tuple(_words("employer", "chinese"))) or _EMPLOYER_INSIDE.search(plain)):
            return "employer"
        return "apart" if plain.endswith(tuple(_words("apart", "department"))) else "unknown"
    if _UNIT.fullmatch(lower):
        return "apart"
    words = lower.split()
    names = [words[-1], words[-1].strip(".,"), *(word for word, following in pairwise(words) if following in ("of", "for"))]
    if len(words) > 1 and (_words("employer", "english").intersection(names) or lower.endswith(_HOMES)):
        return "employer"
    if not any(_bare(word) in _words("title", "english") for word in words):
        return "unknown"
    first = _first_of_title(words)
    return "title" if first == 0 else "mixed" if first < len(words) else "unknown"


def _is_title(text: str) -> bool:
    plain = simplified(ASIDE.sub("", text)).strip()
    if has_cjk(plain):
        names_work = plain.endswith(tuple(_words("title", "chinese"))) or _STAFF.search(plain)
        return len(plain) <= 24 and bool(names_work) and not _TOLD_OF.search(plain)
    return bool(plain) and _first_of_title(plain.lower().split(" ")) == 0


def _first_of_title(words: Sequence[str]) -> int:
    """Return where the title begins that a stretch of English words ends with; their number where it ends with none."""
    first = len(words)
    while first and _bare(words[first - 1]) in _words("title", "english") | _words("title", "before"):
        first -= 1
    has_head = any(_bare(word) in _words("title", "english") for word in words[first:])
    while has_head and first < len(words) and words[first].lower() in ("of", "and", "&", "for", "the"):
        first += 1
    if not has_head:  # Head of Engineering, Director of Finance
        of = next((index for index, word in enumerate(words[:-1]) if index and word.lower() in ("of", "-")), 0)
        if of and _bare(words[of - 1]) in _words("title", "english"):
            return _first_of_title(words[:of])
    return first if has_head else len(words)


def _bare(word: str) -> str:
    return word.lower().strip("(),").rstrip(".")


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


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("latest_job.toml").read_text("utf-8"))


@cache
def _words(part: str, kind: str) -> frozenset[str]:
    return frozenset(_table()[part][kind].split())


@cache
def _employment() -> frozenset[str]:
    return _words("apart", "employment") | {"full time", "part time", "self employed"}


@cache
def _labels() -> dict[str, str]:
    labels = {}
    for kind, (chinese, english) in _table()["labels"].items():
        labels |= {"".join(label.lower().split()): kind for label in (*chinese.split(), *english.split("|"))}
    return labels
