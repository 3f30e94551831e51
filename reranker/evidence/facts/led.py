"""Whether the people that a clause counts are led by the one who writes, or only worked with, served or counted."""

import re

from reranker.evidence.facts.amounts import NUMBERS, any_of

_WORDS = NUMBERS["people"]


def _pattern(kind: str, before: str = "", behind: str = "") -> re.Pattern[str]:
    return re.compile(rf"{before}(?<![a-z])(?:{any_of(_WORDS[kind])}){behind}", re.IGNORECASE)


_NO_LEADING = r"(?!系统|平台|后台|软件|制度|流程|学院|专业|咨询|经验)"
_LEAD = _pattern("lead", behind=_NO_LEADING + r"[^，,。]{0,40}$")
_FOUND = _pattern("found", behind=r"了?(?:\s?(?:一个|一支|约|近|共|公司|a|an|the|team|团队|from|to|of|about|over|\d{1,3})){0,6}\s{0,2}$")
_TITLE = _pattern("titles")
_TEAM = _pattern("team")
_BEHIND = _pattern("behind", before=r"^[^，,。]{0,14}?")
_MEMBER_BEFORE = _pattern(
    "member_before", behind=r"(?:的|了)?\s?(?:一个|一支|约)?\s?(?:[\w-]{1,14}\s){0,2}(?:(?:team|group|squad) of\s?)?(?:about |over )?$"
)
_MEMBER_BEHIND = _pattern("member_behind", before=r"^[^，,。]{0,8}?")
_OTHERS_BEFORE = _pattern("others_before", behind=r"了?[\s约近超过]{0,3}(?:about |over |more than |a |the ){0,2}$")
_OTHERS_BEHIND = _pattern("others_behind", before=r"^[\s的]{0,2}")
_REPORTS = re.compile("direct report|subordinate|下属")
_IN = re.compile(r"在(?:一个|一支)?\s?(?:公司)?$")
_TEAM_OF = re.compile(
    r"(?:\b(?:teams?|group|staff|crew|department|squad) (?:of|from|to)(?: about| over| around| at least| up to| more than)?"
    r"|(?:direct reports|headcount|team size|团队规模|团队人数|下属|组员)[\s:：(（为约有共]{0,4}(?:of )?)\s?$"
)


def is_led(clause: str, sentence: str, start: int, end: int) -> bool:
    """Return whether the people at clause[start:end], in their sentence, are led."""
    before, after = clause[:start].rstrip() + " ", clause[end:]
    if _is_beside(before, after):
        return False
    if _LEAD.search(before) or _BEHIND.search(after) or _FOUND.search(before) or _REPORTS.search(clause, start, end):
        return True
    return bool(_TITLE.search(sentence) and _has_team(clause))


def speaks_of_team(clause: str, start: int, end: int, needs_unit: bool = False) -> bool:
    """Return whether a number is a team's size though no unit stands behind it, or, of a job, whether people in it are to be led."""
    before = clause[:start]
    if needs_unit:
        return _TEAM_OF.search(before) is not None
    return not _is_beside(before.rstrip() + " ", clause[end:]) and bool(
        _LEAD.search(before) or _FOUND.search(before) or _has_team(clause) or _BEHIND.search(clause[end:])
    )


def _has_team(clause: str) -> bool:
    return _TEAM.search(clause) is not None or "人" in clause


def _is_beside(before: str, after: str) -> bool:
    stripped = before.rstrip()
    if _OTHERS_BEFORE.search(stripped) or _OTHERS_BEHIND.search(after):
        return True
    return bool(_MEMBER_BEFORE.search(before) or _MEMBER_BEHIND.search(after) or (_IN.search(stripped) and "团队" in after))
