"""Find the line in which a candidate accepts a condition of the job: overtime, travel, shifts."""

import re
from collections.abc import Sequence

CONDITION = re.compile(
    r"出差|轮班|倒班|夜班|[两二三四]班|值班|加班|驻场|驻外|外派|派驻|外驻|搬迁|异地|周末|节假日|调班|单休|大小周|单双休|996|轮岗|调岗|户外作业|高空作业"
    r"|\b(?:travel|relocat|(?:nights?|weekends?|overtime|on[- ]call|on[- ]site|shifts?)\b)",
    re.IGNORECASE,
)
"""A condition of the job: what a candidate need not have done, but has to accept."""
_ACCEPTS = re.compile(
    r"能够?|可以?|愿意?|乐意|接受|适应|承受|服从|配合|胜任"
    r"|\b(?:able|willing(?:ness)?|happy|open|available|comfortable|prepared|ready|flexible|used to|can)\b",
    re.IGNORECASE,
)
_NO = re.compile(r"不|无法|难以|没有|除|\b(?:not|no|never|cannot|unable|except|only)\b|n['’]t\b|\d", re.IGNORECASE)
"""A refusal, or an amount, which is compared elsewhere."""
_EXPERIENCE = re.compile(
    r"经[验历]|团队|班组|安排|组织|管理|负责|策划|主管|排班|带过?领?[^，。]{0,8}(?:人|班|队|组)|设计|开发|建设"
    r"|\b(?:experienced?|teams?|manag|organi[sz]|lead|led\b|supervis|coordinat|schedul|roster|staff\b|knowledge|background|proven"
    r"|track record|buil[dt]|design|plann(?:ed|ing)|ran\b|oversaw|agen(?:cy|t)|industry|consultant|nurse|specialist)",
    re.IGNORECASE,
)
"""Says of a condition that work was done in it or about it: "teams of 50 on shifts", "travel agency background"."""
_CLAUSE_END = re.compile(r"[，,。；;、\n]|\. ")
_LONGEST = 80


def asks_to_accept(clause: str) -> bool:
    """Return whether a clause asks to accept a condition of the work."""
    return CONDITION.search(clause) is not None and _accepts(clause)


def tells_of_work(clause: str) -> bool:
    """Return whether a clause that names a condition asks for work done under it, or about it, and not to accept it."""
    return _EXPERIENCE.search(clause) is not None


def accepting_line(requirement: str, lines: Sequence[str]) -> int | None:
    """Return the place of the line that accepts what a requirement of one clause asks to accept; None, if there is none of it."""
    text = requirement.strip(" 。.;；")
    condition = CONDITION.search(text)
    if condition is None or _CLAUSE_END.search(text) or not _accepts(text):
        return None
    word = condition[0].lower()
    for index, line in enumerate(lines):
        if word in line.lower() and any(word in clause.lower() and _accepts(clause) for clause in _CLAUSE_END.split(line)):
            return index
    return None


def _accepts(clause: str) -> bool:
    return len(clause) <= _LONGEST and _ACCEPTS.search(clause) is not None and not _NO.search(clause) and not tells_of_work(clause)
