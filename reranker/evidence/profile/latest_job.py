"""Read the title and the employer of a resume's latest job from the lines beside its dates. What is not sure is left out.

A stretch of a line is a title or an employer by its own words (latest_job.toml), by a label before it (职位：…), or because it stands alone
beside the other one. Knows nothing of how long somebody worked.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from preprocess.lexicon.characters import CJK, LIST_MARKS, has_cjk, simplified, width
from preprocess.lexicon.headings import is_heading
from preprocess.lexicon.periods import find_periods

_WIDEST = 60
"""Columns of a title or an employer; a Chinese character takes two."""
_AROUND = 2
"""Lines above and below the dates that may belong to the head of the entry."""
_SPLIT = re.compile(
    rf"\s{{2,}}|\t|(?<=[{CJK}]) (?=[{CJK}])|\s?[|｜/／•●▪;；,，、。]\s?|\s[-–—~·]\s?"
    rf"|(?<=[{CJK}])[·\-–—](?=[{CJK}A-Z])|\s(?:at|@)\s|(?<=[{CJK}]) ?@ ?"
)
_BULLET = re.compile(rf"\s*(?:[{LIST_MARKS}]|\d{{1,2}}[.、)）])\s*\S")
_SENTENCE = re.compile(r"[。！？!?]|[a-z]\.\s|[a-z]\.$")
_ASIDE = re.compile(r"[(（【\[][^()（）【】\[\]]{0,40}[)）】\]]")
_LABEL = re.compile(rf"(?P<label>[{CJK}]{{2,6}}|[A-Za-z][A-Za-z ]{{2,14}})\s?[:：]\s*(?P<value>\S.*)")
_LABEL_INSIDE = re.compile(rf"(?<=\S)\s+(?=(?:[{CJK}]{{2,6}}|[A-Z][A-Za-z]{{2,12}})\s?[:：]\s*\S)")
_REACH = 300
_YEAR = re.compile(r"(?:19|20)\d\d")
_DURATION = re.compile(r"(?:\d+\s?(?:年|个?月|years?|yrs?|months?|mos?)[\s零]*)+", re.IGNORECASE)
_PLACE = re.compile(r"(?:[A-Z][\w.'-]+ ?){1,3}, ?(?:[A-Z][\w.'-]+ ?){1,3}")
_TOLD_OF = re.compile(r"[年进当为从被了：:]|在(?!职)")
"""What a sentence about a job has and its title has not."""
_SENIOR = frozenset("senior junior sr jr lead principal staff chief deputy vice associate head trainee graduate managing".split())


@dataclass(frozen=True)
class Job:
    """A title and an employer as the resume writes them; "" for what is not sure."""

    title: str = ""
    employer: str = ""


@dataclass(frozen=True)
class _Stretch:
    """A part of a line: a title, an employer, either ("unknown"), or neither ("apart"); `distance` is how many lines from the dates."""

    text: str
    kind: str
    distance: int


def job_at(text: str, start: int, end: int) -> Job:
    """Return the job whose dates stand on the line text[start:end]."""
    lines = _lines_around(text, start, end)
    stretches = [stretch for distance, line in lines for stretch in _stretches(line, distance)]
    title = _nearest(stretches, "title")
    employer = _nearest(stretches, "employer")
    if title and not employer:
        employer = _alone_beside(stretches, title, "employer")
    elif employer and not title:
        title = _alone_beside(stretches, employer, "title")
    return Job(title.text if title else "", employer.text if employer else "")


def title_in(line: str) -> str:
    """Return a line that is nothing but one job title, else ""."""
    stretches = list(_stretches(line, 0))
    return stretches[0].text if len(stretches) == 1 and stretches[0].kind == "title" else ""


def _lines_around(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Return the line of the dates without them, then the lines of the head above and below it, each with its distance."""
    line = text[start:end]
    beside, place = "", 0
    for period in find_periods(line):
        beside += line[place : period.start] + "  "
        place = max(place, period.end)
    lines = [(0, _tidied(beside + line[place:]))]
    above = text[max(0, start - _REACH) : start].split("\n")[-2::-1]
    lines += _heads(above[:_AROUND])
    is_told = any(stretch.kind in ("title", "employer") for distance, line in lines[:2] for stretch in _stretches(line, distance))
    if not is_told or len(lines) == 1:
        lines += _heads(text[end : end + _REACH].split("\n")[1 : _AROUND + 1])
    return lines


def _heads(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return the lines, nearest first, up to the first that names neither title nor employer: a heading, an item, a sentence, a date."""
    heads = []
    for distance, line in enumerate(lines, start=1):
        is_other = width(line) > 2 * _WIDEST or _BULLET.match(line) or _SENTENCE.search(line) or is_heading(line.strip())
        if not line.strip() or is_other or _YEAR.search(line):
            break
        heads.append((distance, _tidied(line)))
    return heads


def _tidied(line: str) -> str:
    return line.rpartition("→")[2].strip(f" \t#{LIST_MARKS}:：()（）【】[]|｜,，;；~-–—")


def _stretches(line: str, distance: int) -> Iterator[_Stretch]:
    for part in _LABEL_INSIDE.split(line):
        if (label := _LABEL.fullmatch(part.strip())) and (kind := _labels().get("".join(label["label"].lower().split()))):
            values = [value for value in _SPLIT.split(label["value"]) if value.strip()]
            if values:
                yield _Stretch(_clean(values[0]), kind, distance)
            continue
        pieces = list(_pieces(part))
        for piece in pieces:
            yield from _named(piece, distance, len(pieces) == 1 and part == line)


def _pieces(part: str) -> Iterator[str]:
    """The stretches of a part; one of Chinese words with single spaces between them is split there too."""
    for piece in filter(None, map(str.strip, _SPLIT.split(part))):
        first, _, rest = _ASIDE.sub("", piece).strip().partition(" ")
        names_employer = has_cjk(first) and (_kind(first) == "employer" or _is_title(rest))
        names_title = has_cjk(first) and has_cjk(rest) and _is_title(first) and _kind(rest) == "employer"
        if rest and first not in _words("title", "grades") and (names_employer or names_title):  # not 高级 Java 工程师
            yield first
            yield rest
        else:
            yield piece


def _named(piece: str, distance: int, is_whole_line: bool) -> Iterator[_Stretch]:
    text = _clean(piece)
    if not text or width(text) > _WIDEST:
        return
    kind = _kind(text)
    if kind != "mixed":
        yield _Stretch(text, kind, distance)
        return
    words = text.split(" ")
    first = _split_at(words, is_whole_line)
    if first is None:  # "Annotation Lead", "Acme Engineer": nobody can say
        yield _Stretch(text, "apart", distance)
        return
    if first:  # Quill & Pixel Senior Backend Developer
        yield _Stretch(" ".join(words[:first]), "employer", distance)
    yield _Stretch(" ".join(words[first:]), "title", distance)


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
    plain = simplified(_ASIDE.sub("", text)).strip()
    lower = plain.lower()
    if lower in _employment() or _DURATION.fullmatch(lower) or not re.search(r"[^\W\d_]", plain) or is_heading(plain):
        return "apart"
    if has_cjk(plain):
        if _is_title(plain):
            return "title"
        if _TOLD_OF.search(plain) and not plain.endswith("公司"):
            return "apart"
        if plain.endswith(tuple(_words("employer", "chinese"))) and len(plain) > 3:
            return "employer"
        return "apart" if plain.endswith(tuple(_words("apart", "department"))) else "unknown"
    if _PLACE.fullmatch(plain):
        return "apart"
    words = lower.split()
    if len(words) > 1 and {words[-1], words[-1].strip(".,")} & _words("employer", "english"):
        return "employer"
    if not any(_bare(word) in _words("title", "english") for word in words):
        return "unknown"
    first = _first_of_title(words)
    return "title" if first == 0 else "mixed" if first < len(words) else "unknown"


def _is_title(text: str) -> bool:
    plain = simplified(_ASIDE.sub("", text)).strip()
    if has_cjk(plain):
        return len(plain) <= 24 and plain.endswith(tuple(_words("title", "chinese"))) and not _TOLD_OF.search(plain)
    return bool(plain) and _first_of_title(plain.lower().split(" ")) == 0


def _first_of_title(words: Sequence[str]) -> int:
    """Return where the title begins that a stretch of English words ends with; their number where it ends with none."""
    place = len(words)
    while place and _bare(words[place - 1]) in _words("title", "english") | _words("title", "before"):
        place -= 1
    has_head = any(_bare(word) in _words("title", "english") for word in words[place:])
    while has_head and place < len(words) and words[place].lower() in ("of", "and", "&", "for", "the"):
        place += 1
    if not has_head:  # Head of Engineering, Director of Finance
        of = next((index for index, word in enumerate(words[:-1]) if index and word.lower() in ("of", "-")), 0)
        if of and _bare(words[of - 1]) in _words("title", "english"):
            return _first_of_title(words[:of])
    return place if has_head else len(words)


def _bare(word: str) -> str:
    return word.lower().strip("(),")


def _clean(text: str) -> str:
    without_duration = _DURATION.sub("", text) if _DURATION.search(text) else text
    return _tidied(" ".join(re.sub(r"[(（]\s*[)）]", "", without_duration).split()))


def _nearest(stretches: Sequence[_Stretch], kind: str) -> _Stretch | None:
    return min((stretch for stretch in stretches if stretch.kind == kind), key=lambda stretch: stretch.distance, default=None)


def _alone_beside(stretches: Sequence[_Stretch], other: _Stretch, kind: str) -> _Stretch | None:
    """Return the stretch that must be the `kind`: the only unknown one on the line of the other, or else, an employer, on the nearest."""
    lines = {stretch.distance for stretch in stretches} if kind == "employer" else {other.distance}
    for distance in sorted(lines, key=lambda distance: (distance != other.distance, distance)):
        unknown = [stretch for stretch in stretches if stretch.distance == distance and stretch.kind == "unknown"]
        if unknown:
            return unknown[0] if len(unknown) == 1 else None
    return None


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
