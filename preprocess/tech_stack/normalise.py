"""Write technologies by their canonical names: "React.js", "ReactJS" and "React框架" become "React". The names are in tech_stack.toml.

Nothing that a recruiter needs is lost: versions stay ("vue.js 3" becomes "Vue 3", "python3" becomes "Python3"; both count without the
number), a narrower or longer name counts but stays ("Helm Chart", "BiLSTM", "AWS EMR"), English text is not translated ("machine learning"
counts as 机器学习), and titles of jobs ("Golang Developer"), web and mail addresses are left alone. Where a name would stand twice
("Kubernetes（k8s）", "Go/Golang") one is removed.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from preprocess.document import Note
from preprocess.tech_stack.context import disambiguate
from preprocess.tech_stack.names import NameMatch, categories, names_in

__all__ = ["SkillMention", "categories", "find_skills", "normalise", "skills_of_resume"]

_PASSES = 4  # a new name may complete a longer one ("springframework cloud"); in practice the second pass changes nothing

_TITLE_NEXT = re.compile(
    r"\s{0,2}(?:(?:backend|back-end|frontend|front-end|full[- ]stack|software|web|platform|cloud|mobile)\s)?"
    r"(?:(?:engineer|developer|programmer|architect|administrator|consultant|specialist|lead)s?\b|DBA\b|(?:后端|前端|软件|全栈)?(?:开发|研发)?(?:工程师|架构师|程序员))",
    re.IGNORECASE,
)
"""Words that follow the name of a technology in the title of a job, which is left as its holder writes it: Golang Developer."""


@dataclass(frozen=True)
class SkillMention:
    """A technology in a text; text[start:end] is how it is written there."""

    canonical: str
    start: int
    end: int
    text: str
    also: frozenset[str] = frozenset()
    """Technologies that its words name beside it: AWS in "AWS EMR"."""


def find_skills(text: str) -> list[SkillMention]:
    """Return every mention of a technology, by canonical name or alias, in order; none overlap. Linear in the length of the text."""
    matches = names_in(text)
    return [
        SkillMention(match.name.canonical, match.start, match.end, text[match.start : match.end], match.name.also)
        for match, (is_meant, _) in zip(matches, disambiguate(text, matches), strict=True)
        if is_meant
    ]


@lru_cache(maxsize=4)  # a resume's are asked for by the screening, its lines and its terms; no more texts stay in memory
def skills_of_resume(text: str) -> tuple[SkillMention, ...]:
    """Return `find_skills` of a whole resume, which several steps ask for."""
    return tuple(find_skills(text))


def normalise(text: str) -> tuple[str, tuple[Note, ...]]:
    """Replace each alias by its canonical name; return the text and a note (`tech_name`) per kind of change. Idempotent.

    Notes about other names come before notes about mere upper and lower case.
    """
    changes: dict[tuple[str, str], list[int]] = {}
    is_placed = True
    for step in range(_PASSES):
        replaced = _replace(text, changes)
        if replaced == text:
            break
        is_placed, text = step == 0, replaced  # another pass moves what the first one changed
    in_order = sorted(changes.items(), key=lambda change: change[0][0].lower() == change[0][1].lower())
    return text, tuple(
        Note("tech_name", before=before, after=after, count=len(places), places=tuple(places) if is_placed else ())
        for (before, after), places in in_order
    )


def _replace(text: str, changes: dict[tuple[str, str], list[int]]) -> str:
    """Return the text after one pass; add to `changes`, by (before, after), where each name that was changed stands in it."""
    pieces: list[str] = []
    position = length = 0  # what of the text is in the pieces, and how long these are
    previous: NameMatch | None = None  # the last name that reads canonically now
    for match, (is_meant, is_understood) in zip(matches := names_in(text), disambiguate(text, matches), strict=True):
        before, after = text[match.start : match.end], match.name.canonical
        may_change = is_understood and not match.name.stays and not _would_join(text, match) and not _TITLE_NEXT.match(text, match.end)
        readable = is_meant and (before == after or may_change)
        if not readable:
            previous = None
            continue
        if previous and previous.name.canonical == after and (end := _end_of_repetition(text, previous, match)):
            changes.setdefault((text[previous.start : end], after), []).append(length - len(after))
            position, previous = end, NameMatch(match.name, previous.start, end)
            continue
        pieces += [text[position : match.start], after]
        length += match.start - position + len(after)
        position, previous = match.end, match
        if before != after:
            changes.setdefault((before, after), []).append(length - len(after))
    return "".join([*pieces, text[position:]])


def _end_of_repetition(text: str, previous: NameMatch, match: NameMatch) -> int:
    """Return where "Kubernetes (k8s)" or "Go/Golang" ends if `match` repeats the name before it in another way; else 0."""
    if text[previous.start : previous.end] == text[match.start : match.end]:
        return 0
    between, after = text[previous.end : match.start], text[match.end : match.end + 1]
    if between.strip() in ("(", "（") and len(between) <= 3 and after in (")", "）") and after:
        return match.end + 1
    return match.end if between in ("/", " / ") and not after.isdigit() else 0


def _would_join(text: str, match: NameMatch) -> bool:
    """Return whether the canonical name would merge with its neighbours where a Chinese character separates them now."""
    left, right = text[match.start - 1 : match.start] if match.start else "", text[match.end : match.end + 1]
    first, last = text[match.start], text[match.end - 1]
    return (not first.isascii() and left.isascii() and left.isalnum()) or (
        not last.isascii() and right.isascii() and (right.isalnum() or right in "+#.-_") and right != ""
    )
