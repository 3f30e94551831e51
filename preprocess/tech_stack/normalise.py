"""Technologies by their canonical names: "React.js", "ReactJS" and "React框架" become "React". The names are in tech_stack.toml.

Nothing that a recruiter needs is lost: versions stay ("vue.js 3" becomes "Vue 3", "python3" becomes "Python3"; both count without the
number), a narrower or longer writing counts but stays ("Helm Chart", "BiLSTM"), English text is not translated ("machine learning"
counts as 机器学习), and web and mail addresses are left alone. Where a name would stand twice ("Kubernetes（k8s）", "Go/Golang") one goes.
"""

from collections import Counter
from dataclasses import dataclass

from preprocess.document import Note
from preprocess.tech_stack.context import meant
from preprocess.tech_stack.names import Found, categories, names_in

__all__ = ["SkillMention", "categories", "find_skills", "normalise"]

_PASSES = 4  # a new name may complete a longer one ("springframework cloud"); in practice the second pass changes nothing


@dataclass(frozen=True)
class SkillMention:
    """A technology in a text: text[start:end] is how it is written there."""

    canonical: str
    start: int
    end: int
    text: str


def find_skills(text: str) -> list[SkillMention]:
    """Every mention of a technology, by canonical name or alias, in order; none overlap. Linear in the length of the text."""
    found = names_in(text)
    return [
        SkillMention(one.name.canonical, one.start, one.end, text[one.start : one.end])
        for one, (is_meant, _) in zip(found, meant(text, found), strict=True)
        if is_meant
    ]


def normalise(text: str) -> tuple[str, tuple[Note, ...]]:
    """The text with each alias replaced by its canonical name, and a note (`tech_name`) per kind of change. Idempotent.

    Notes about other names come before notes about mere upper and lower case.
    """
    changes: Counter[tuple[str, str]] = Counter()
    for _ in range(_PASSES):
        replaced = _replace(text, changes)
        if replaced == text:
            break
        text = replaced
    in_order = sorted(changes.items(), key=lambda change: change[0][0].lower() == change[0][1].lower())
    return text, tuple(Note("tech_name", before=before, after=after, count=count) for (before, after), count in in_order)


def _replace(text: str, changes: Counter[tuple[str, str]]) -> str:
    pieces: list[str] = []
    position = 0
    previous: Found | None = None  # the last name that reads canonically now
    for one, (is_meant, is_understood) in zip(found := names_in(text), meant(text, found), strict=True):
        before, after = text[one.start : one.end], one.name.canonical
        readable = is_meant and (before == after or (is_understood and not one.name.stays and not _would_join(text, one)))
        if not readable:
            previous = None
            continue
        if previous and previous.name.canonical == after and (end := _end_of_repetition(text, previous, one)):
            changes[text[previous.start : end], after] += 1
            position, previous = end, Found(one.name, previous.start, end)
            continue
        pieces += [text[position : one.start], after]
        position, previous = one.end, one
        if before != after:
            changes[before, after] += 1
    return "".join([*pieces, text[position:]])


def _end_of_repetition(text: str, previous: Found, one: Found) -> int:
    """Where "Kubernetes (k8s)" or "Go/Golang" ends if `one` says the name before it again in another way; else 0."""
    if text[previous.start : previous.end] == text[one.start : one.end]:
        return 0
    between, after = text[previous.end : one.start], text[one.end : one.end + 1]
    if between.strip() in ("(", "（") and len(between) <= 3 and after in (")", "）") and after:
        return one.end + 1
    return one.end if between in ("/", " / ") and not after.isdigit() else 0


def _would_join(text: str, one: Found) -> bool:
    """Whether the canonical name would grow together with its neighbours where a Chinese character stands between them now."""
    left, right = text[one.start - 1 : one.start] if one.start else "", text[one.end : one.end + 1]
    first, last = text[one.start], text[one.end - 1]
    return (not first.isascii() and left.isascii() and left.isalnum()) or (
        not last.isascii() and right.isascii() and (right.isalnum() or right in "+#.-_") and right != ""
    )
