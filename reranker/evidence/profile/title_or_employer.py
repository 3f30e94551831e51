"""Tell a title from an employer by the words of title_or_employer.toml, in a stretch of a line beside the dates of a job."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from preprocess.lexicon import job_titles
from preprocess.lexicon.characters import has_cjk, simplified
from preprocess.lexicon.headings import is_heading
from reranker.evidence.profile.stretch_text import ASIDE, DURATION

_TOLD_OF = re.compile(r"[进当为从被了：:]|[\d〇一二三四五六七八九十]年|在(?!职)|(?:经历|经验|背景)$")
"""What a sentence about a job has and its title has not."""
_HEADS = frozenset((*job_titles.ENGLISH, *job_titles.ENGLISH_BESIDE_OTHERS))
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


def title_start(words: Sequence[str], is_whole_line: bool) -> int | None:
    """Return where the title begins in a stretch that may name an employer before it without any mark; None where that is not sure."""
    senior = next((index for index, word in enumerate(words) if _bare(word) in _SENIOR), None)
    if senior:  # Fjordpay Senior Engineer, but not Business Development Lead, PCI Lead Auditor
        names_somebody = any(_bare(word) not in _words("title", "before") for word in words[:senior]) and not words[0].isupper()
        return senior if names_somebody and len(words) - senior > 1 and _first_of_title(words[senior:]) == 0 else 0
    if senior == 0:
        return 0
    first = _first_of_title(words) if is_whole_line else 0
    return first if first != 1 else None


def stretch_kind(text: str) -> str:
    """Return "title", "employer", "mixed" (English, an employer before a title), "apart" (none of both) or "unknown"."""
    plain = simplified(ASIDE.sub("", text)).strip()
    lower = plain.lower()
    if lower in _employment() or DURATION.fullmatch(lower) or not re.search(r"[^\W\d_]", plain) or is_heading(plain):
        return "apart"
    if has_cjk(plain):
        if is_title(plain):
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
    if not any(_bare(word) in _HEADS for word in words):
        return "unknown"
    first = _first_of_title(words)
    return "title" if first == 0 else "mixed" if first < len(words) else "unknown"


def is_title(text: str) -> bool:
    """Return whether a stretch is a title by its own words."""
    plain = simplified(ASIDE.sub("", text)).strip()
    if has_cjk(plain):
        names_work = plain.endswith(tuple(_words("title", "chinese"))) or _STAFF.search(plain)
        return len(plain) <= 24 and bool(names_work) and not _TOLD_OF.search(plain)
    return bool(plain) and _first_of_title(plain.lower().split(" ")) == 0


def _first_of_title(words: Sequence[str]) -> int:
    """Return where the title begins that a stretch of English words ends with; their number where it ends with none."""
    first = len(words)
    while first and _bare(words[first - 1]) in _HEADS | _words("title", "before"):
        first -= 1
    has_head = any(_bare(word) in _HEADS for word in words[first:])
    while has_head and first < len(words) and words[first].lower() in ("of", "and", "&", "for", "the"):
        first += 1
    if not has_head:  # Head of Engineering, Director of Finance, Lecturer in Law
        of = next((index for index, word in enumerate(words[:-1]) if index and word.lower() in ("of", "in", "-")), 0)
        if of and _bare(words[of - 1]) in _HEADS:
            return _first_of_title(words[:of])
    return first if has_head else len(words)


def _bare(word: str) -> str:
    return word.lower().strip("(),").rstrip(".")


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("title_or_employer.toml").read_text("utf-8"))


@cache
def _words(part: str, kind: str) -> frozenset[str]:
    return frozenset(_table()[part][kind].split())


@cache
def _employment() -> frozenset[str]:
    return _words("apart", "employment") | {"full time", "part time", "self employed"}


@cache
def grades() -> frozenset[str]:
    """Return the words that stand before a title and are none: 高级, 实习."""
    return _words("title", "grades")


@cache
def label_kinds() -> dict[str, str]:
    """Return "title", "employer" or "apart" by the label of a field, in lower case and without spaces."""
    labels = {}
    for kind, (chinese, english) in _table()["labels"].items():
        labels |= {"".join(label.lower().split()): kind for label in (*chinese.split(), *english.split("|"))}
    return labels
