"""Find the lines of a resume that say whom else one may ask, as 证明人：张伟 138…: their contacts are not the candidate's."""

import re
from collections.abc import Sequence

from preprocess.lexicon.headings import heading_kind

_REFEREE = re.compile(
    r"(?:证明|推荐|介绍|紧急联系|紧急联络)人|(?:證明|推薦|介紹|緊急聯[絡繫])人|猎头|獵頭|(?:招聘|人才|职业)顾问|紧急联系"
    r"|\b(?:references?|referees?|emergency contact|headhunter|recruiter|recruitment consultant)\b\s*[:：]",
    re.IGNORECASE,
)


def without_referees(text: str) -> str:
    """Return a text without the lines that name referees."""
    lines = text.split("\n")
    return "\n".join(line for line, is_referee in zip(lines, of_referees(lines), strict=True) if not is_referee)


def of_referees(lines: Sequence[str]) -> list[bool]:
    """Return for each line whether it names a referee: single lines, and those of sections of referees."""
    flags: list[bool] = []
    is_in_section = False
    for line in lines:
        if kind := heading_kind(line):
            is_in_section = kind == "references"
        flags.append(is_in_section or _REFEREE.search(line) is not None)
    return flags
