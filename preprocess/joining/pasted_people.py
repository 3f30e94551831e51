"""Part lines into which several resumes were pasted with no more than blank lines between them into the lines of each.

Splitting one person's resume is worse than leaving several in one piece, so each part must begin with a name, have a section of a resume
(工作经历, Education) and a phone number or mail address that no other part has; or each begins with a labelled name (姓名：…) of somebody
else and has two periods of a career. Referees' lines count for nobody.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from preprocess.blind.contact import mails_in, phones_in
from preprocess.blind.mentions import pinyin_of
from preprocess.blind.name_shapes import surname_of
from preprocess.fold import fold
from preprocess.joining.referees import of_referees
from preprocess.joining.roles import Role, role_of
from preprocess.lexicon.characters import CHINESE_NUMERALS, CJK, LIST_MARKS, has_cjk
from preprocess.lexicon.field_labels import label_pattern
from preprocess.lexicon.headings import heading_kind
from preprocess.lexicon.periods import ranges
from preprocess.person import called

NAME = re.compile(rf"[{CJK}·]{{2,4}}(?=$|[\s,，|｜/、（(：:－-])|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{1,2}}(?=$|\s*[,|｜(–—－/-])")
"""The name that a line may begin with."""

NAME_LABEL = re.compile(rf"{label_pattern('name')}\s*[:：]\s*", re.IGNORECASE)
OPENING_KINDS = frozenset({"title", "personal"})
"""Kinds of headings that a resume may begin with."""

_SECTIONS = frozenset({"work", "internship", "project", "education", "skills"})
"""Kinds of headings that a candidate's part has, and a referee's lines have not."""

_FEW = 30
"""Characters, fewer than a resume has. As many before the first name are a letter, or somebody whose name is not known for one."""

_CAREER = 2
"""Periods of a person's career, studies counted, more than a referee or a relative is told with."""

_MOST = 500
"""Lines that begin like a resume; no more are looked at, since reading a name takes milliseconds."""


def resumes_in(lines: Sequence[str]) -> list[list[str]]:
    """Return the lines of each resume; all lines as one part unless they are clearly several people's."""
    whole = [list(lines)]
    counted = ["" if is_referee else line for line, is_referee in zip(lines, of_referees(lines), strict=True)]
    starts = [number for number in range(len(lines)) if _may_start(lines, counted, number)]
    # a name alone belongs to what follows it
    starts = [start for before, start in zip([None, *starts], starts, strict=False) if before is None or _size(lines[before:start]) >= _FEW]
    if not 2 <= len(starts) <= _MOST or _size(lines[: starts[0]]) >= _FEW:
        return whole
    parts = _with_labelled_names(lines, counted, starts) or _with_sections_and_contacts(lines, counted, starts)
    return [list(lines[part.start : part.stop]) for part in parts] or whole


def _with_labelled_names(lines: Sequence[str], counted: Sequence[str], starts: Sequence[int]) -> list[range]:
    """Return the lines of each person, where each begins with a labelled name and has periods of a career; [] elsewhere."""
    labelled = [start for start in starts if NAME_LABEL.match(bare(counted[start]))]
    if len(labelled) < 2 or _size(lines[: labelled[0]]) >= _FEW:
        return []
    parts = [range(first, end) for first, end in pairwise([0, *labelled[1:], len(lines)])]
    names = [NAME.match(NAME_LABEL.sub("", bare(counted[start]), count=1).strip()) for start in labelled]
    known = [name[0] for name in names if name]
    are_others = len(known) == len(parts) == len(set(known)) and not any(_is_one_person(*pair) for pair in pairwise(known))
    return parts if are_others and all(len(ranges(_text(counted, part))) >= _CAREER for part in parts) else []


def _with_sections_and_contacts(lines: Sequence[str], counted: Sequence[str], starts: Sequence[int]) -> list[range]:
    """Return the lines of each person, where each begins with a name and has a section and contacts of their own; [] elsewhere."""
    parts = [range(first, end) for first, end in pairwise([0, *starts[1:], len(lines)])]
    parts = _joined(parts, [bool(_contacts(counted, part)) for part in parts])
    names = [_name(counted, part) for part in parts]
    parts = _joined(parts, [bool(name) for name in names])
    names = [name for number, name in enumerate(names) if name or not number]
    parts = _joined(parts, [True, *(not _is_one_person(*pair) for pair in pairwise(names))])
    contacts = [contact for part in parts for contact in _contacts(counted, part)]
    return parts if names[0] and len(contacts) == len(set(contacts)) else []


def bare(line: str) -> str:
    """Return a line without the marks and numbering around a heading."""
    return re.sub(rf"^[\s#>【\[{LIST_MARKS}]*(?:[{CHINESE_NUMERALS}\d]{{1,2}}[、.．]\s*)?|[\s#*】\]:：]{{1,80}}$", "", line[:80])


def _may_start(lines: Sequence[str], counted: Sequence[str], number: int) -> bool:
    """Return whether a resume may start with this line after a blank one: a name, or a title over one."""
    if number and lines[number - 1].strip():
        return False
    if heading_kind(counted[number]) in OPENING_KINDS:
        return _begins_with_name(next((line for line in counted[number + 1 : number + 3] if line.strip()), ""))
    return _begins_with_name(counted[number])


def _begins_with_name(line: str) -> bool:
    line = bare(line)
    return heading_kind(line) is None and (NAME_LABEL.match(line) is not None or NAME.match(line) is not None)


def _joined(parts: Sequence[range], stands: Sequence[bool]) -> list[range]:
    """Append each part that does not stand alone to the one before it."""
    result: list[range] = []
    for part, stands_alone in zip(parts, stands, strict=True):
        if stands_alone or not result:
            result.append(part)
        else:
            result[-1] = range(result[-1].start, part.stop)
    return result


def _size(lines: Sequence[str]) -> int:
    return len("".join("".join(lines).split()))


def _text(lines: Sequence[str], part: range) -> str:
    return "\n".join(lines[part.start : part.stop])


def _contacts(lines: Sequence[str], part: range) -> set[str]:
    text = fold(_text(lines, part))
    return {*phones_in(text), *mails_in(text)}


def _name(lines: Sequence[str], part: range) -> str:
    """Return the name that a resume begins with; "" where it begins otherwise, or the part is no resume."""
    text = _text(lines, part)
    if role_of(text) != Role.RESUME or _SECTIONS.isdisjoint(map(heading_kind, text.split("\n"))):
        return ""
    name = called(text)
    top = [line for line in text.split("\n") if line.strip() and heading_kind(line) not in OPENING_KINDS][:2]
    return name if name and "".join(name.split()).casefold() in "".join("".join(top).split()).casefold() else ""


def _is_one_person(name: str, other: str) -> bool:
    """Return whether two names are equal, or one is Chinese and the other Latin with its family name: a resume in two languages."""
    if has_cjk(name) == has_cjk(other):
        return name.casefold() == other.casefold()
    chinese, latin = (name, other) if has_cjk(name) else (other, name)
    return not {*pinyin_of(surname_of(chinese))}.isdisjoint(latin.casefold().split())
