"""Whose degree a mention is: the candidate's, denied by the candidate, or somebody else's (a team's, a pupil's, a relative's, a job's demand)."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from reranker.evidence.facts.mentions import clause_around, pattern
from reranker.evidence.facts.study.levels import LevelMention, table

_STUDY_WORD = re.compile(
    r"大学|学院|学校|学历|学位|专业|毕业|文凭|文化|\d{4}"
    r"|\b(?:univ|university|college|institute|school|polytechnic|degree|graduat[a-z]{0,6}|education|qualification|coursework|dissertation|thesis|programme|program|studies|study|studied|student|major|hons)\b",
    re.IGNORECASE,
)
_HEADCOUNT = re.compile(r"\d\s?[名位个]\s?$")
_IS_DEMAND = re.compile(r"\s?(?:学历|学位)?\s?(?:[及或]?以上(?!学历$)|\d+\s?[名位人]|优先)")
_SHORT_LINE, _REACH = 40, 100


class DegreeOwner(StrEnum):
    CANDIDATE = "candidate"
    NOBODY = "nobody"
    OTHERS = "others"


def owner(text: str, mention: LevelMention) -> DegreeOwner:
    """Return whose degree a mention in a folded resume is; NOBODY: the resume says that the candidate has none."""
    start, end = mention.start, mention.end
    left, right = clause_around(text, start, end, 60)
    before = text[left:start]
    if _HEADCOUNT.search(before) or _IS_DEMAND.match(text, end, right):
        return DegreeOwner.OTHERS
    if _around("others").search(before) or _others_after().match(text, end, right):
        return DegreeOwner.OTHERS
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = line_end if line_end >= 0 else len(text)
    is_of_study = start - line_start <= 4 or line_end - line_start <= _SHORT_LINE or _STUDY_WORD.search(text, max(line_start, start - _REACH), min(line_end, end + _REACH))
    if not is_of_study:
        return DegreeOwner.OTHERS
    return DegreeOwner.NOBODY if _denied().search(before) else DegreeOwner.CANDIDATE


def denials(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the words by which a candidate says to have no degree: "no university studies", 没上过大学."""
    return (match.span() for match in _around("nothing").finditer(text))


@cache
def _around(kind: str) -> re.Pattern[str]:
    return re.compile(pattern(table()["around"][kind]), re.IGNORECASE)


@cache
def _others_after() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{pattern(table()['around']['others_after'])})", re.IGNORECASE)


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(table()['around']['denied'])})\s?(?:an? |any )?$", re.IGNORECASE)
