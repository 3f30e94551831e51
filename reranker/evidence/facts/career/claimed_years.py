"""Find the years that candidates claim for themselves, and the words that say of what they are."""

import re
from collections.abc import Iterator, Sequence

from reranker.evidence.facts.career.denied_work import without_denials
from reranker.evidence.facts.career.durations import find_durations
from reranker.evidence.facts.career.experience import INTERNSHIP, JOB_TITLE, Experience, ResumeLine, words_of
from reranker.evidence.facts.career.own_years import LONGEST_CLAUSE, OF_THESE, SEGMENT, is_own, tells_of_others
from reranker.evidence.facts.career.rivals import kinds_of
from reranker.evidence.facts.career.trades import LEADERSHIP, trades_of
from reranker.evidence.facts.contract import Fact
from reranker.evidence.facts.mentions import clause_around

_PART_OF, _WITHIN = map(words_of, ("part_of", "within"))
_SINCE = re.compile(r"\bsince (?=\S)|[，,；;]\s?[自从]?(?=[12])|[，,；;](?:其中)?(?:最近|目前|现在|后|近)", re.IGNORECASE)
_HEAD_END = re.compile(r":| - ")
_HALF = re.compile(r"[，,;；:：(]\s?[前后头]$")
"""人力10年，前6年做招聘，后4年 HRBP."""
_NEWLY = re.compile(
    r"\bnewly[\s-](?:qualified|registered|licensed|certified)\b|刚(?:入行|(?:拿|取得|考取|领)[^，。,\n]{0,10}证)", re.IGNORECASE
)
"""No years yet."""
_ITEM_END = re.compile("[;；]")
_CLOSES = re.compile(r"\s?(?:[，,;；。.]|$)")
_LICENCE = re.compile("驾龄")
_SHARED = re.compile(r"[都均全]是|[都均]为|都在|\ball\b")
_SHORTEST = 0.07
"""Years of less than a month are a notice or a holiday: 錄取後兩週."""


def claims(plain: str, lines: Sequence[ResumeLine]) -> Iterator[Fact[Experience]]:
    """Yield the years that the candidate claims, with the words that say of what."""
    jobs = [line for line in lines if _is_job(plain[line.start : line.end])]
    jobs = jobs if len(jobs) > 1 else []
    for line in lines:
        if tells_of_others(plain, line):
            continue
        for match in _NEWLY.finditer(plain, line.start, line.end):
            words = plain[slice(*clause_around(plain, *match.span()))]
            yield Fact(Experience("claim", words, trades=trades_of(words), head_trades=trades_of(words)), *match.span())
        yield from _claims_of_line(plain, line, line in jobs)


def _claims_of_line(plain: str, line: ResumeLine, is_job: bool) -> Iterator[Fact[Experience]]:
    durations = [duration for duration in find_durations(plain[line.start : line.end]) if not 0 < duration.years < _SHORTEST]
    spans = [(line.start + duration.start, line.start + duration.end) for duration in durations]
    own = [(index, span) for index, span in enumerate(spans) if is_own(plain, line, *span)]
    trades_before = frozenset[str]()
    for index, (start, end) in own:
        before = spans[index - 1][1] if index else line.start
        left = _opened(plain, before, start, before) if index else line.start
        right = _opened(plain, end, spans[index + 1][0], spans[index + 1][0]) if index + 1 < len(spans) else line.end
        words = without_denials(_listed(plain, left, start, end, right) or _segment(plain, left, start, end, right))
        if len(own) > 1 and (shared := _SHARED.search(plain, spans[-1][1], line.end)):
            words += " " + plain[shared.start() : line.end]
        kind = "internship" if INTERNSHIP.search(words) else "licence" if _LICENCE.search(words) else "claim"
        is_part = (
            len(own) > 1 or is_job or line.is_of_entry or OF_THESE.search(plain, start, end) or _PART_OF.search(plain, line.start, line.end)
        )
        words = _headed(plain, line, spans[0][0], (left, start)) + words if index else words
        is_within = index > 0 and (_WITHIN.search(plain, before, start) or _HALF.search(plain, before, start))
        trades = head_trades = trades_of(words)
        if is_job:
            words = plain[line.start : line.end]
            trades = head_trades = trades_of(words)
        elif len(own) == 1:
            left = max(line.start, start - 2 * LONGEST_CLAUSE)
            ahead = trades_of(without_denials(plain[left:start]))
            trades, head_trades = trades | ahead, head_trades or ahead
            words = without_denials(plain[left : min(line.end, end + 2 * LONGEST_CLAUSE)])
        elif trades == {LEADERSHIP}:  # 酒店客房服务10年，楼层领班4年
            trades = head_trades = trades | trades_before
        trades_before = trades
        claim = Experience(
            kind,
            words,
            years=durations[index].years,
            is_part=bool(is_part),
            is_within=bool(is_within),
            trades=trades,
            head_trades=head_trades,
            kinds=kinds_of(words),
            is_frame=any(period.start >= end and _SINCE.search(plain, end, period.start + 1) for period in line.periods),
        )
        yield Fact(claim, start, end)


def _is_job(line: str) -> bool:
    """Return whether a line names a position and ends with its years: "Sales Executive, Bajaj Auto - 3 yrs"."""
    durations = find_durations(line)
    is_closed = len(durations) == 1 and not line[durations[0].end :].strip(" ).")
    return is_closed and JOB_TITLE.search(line, 0, durations[0].start) is not None


def _segment(plain: str, left: int, start: int, end: int, right: int) -> str:
    """The words around years that say of what they are: up to the marks beside them, if something stands there."""
    marks = [mark.end() for mark in SEGMENT.finditer(plain, max(left, start - LONGEST_CLAUSE), start)]
    first = next((mark for mark in reversed(marks) if plain[mark:start].strip(" 约近了满有:：")), max(left, start - LONGEST_CLAUSE))
    if marks and not plain[marks[-1] : start].strip(" 约近了满有:："):
        first = first if _CLOSES.match(plain, end, right) else marks[-1]
    after = SEGMENT.search(plain, end, min(right, end + LONGEST_CLAUSE))
    return plain[first : after.start() if after else min(right, end + LONGEST_CLAUSE)].strip()


def _listed(plain: str, left: int, start: int, end: int, right: int) -> str:
    """The item of a list that semicolons part, if years stand in each: "Surveyor, Gammon, 7 years; Assistant, Leighton, 3 years"."""
    marks = [mark.start() for mark in _ITEM_END.finditer(plain, left, right)]
    before = max((mark + 1 for mark in marks if mark < start), default=left if left == 0 or plain[left - 1] == "\n" else -1)
    behind = min((mark for mark in marks if mark >= end), default=right if plain[right : right + 1] in ("", "\n") else -1)
    return plain[before:behind].strip() if marks and before >= 0 <= behind else ""


def _opened(plain: str, start: int, end: int, otherwise: int) -> int:
    """Return where a bracket opens between two counts of years, if the second stands in it: 调酒师2年（之前外场服务3年）.

    A bracket of nothing but years belongs to what stands before it: SQL（3年）、Python（1年）.
    """
    bracket = plain.rfind("(", start, end)
    is_aside = bracket >= 0 and plain.find(")", bracket, end) < 0 and plain[bracket + 1 : end].strip(" 约近") != ""
    return bracket if is_aside else otherwise


def _headed(plain: str, line: ResumeLine, first: int, before: tuple[int, int]) -> str:
    """Return what stands before a colon or dash at the head of a line, for years further on: "Sales: 3 yrs cars + 2 yrs homes"."""
    head = _HEAD_END.search(plain, line.start, first)
    own = plain[slice(*before)]
    if head is None or re.search(r"[:：]|\.\s|[;；]", own) or (head[0] == " - " and re.search(r"[^\W\d]", own.rpartition(",")[2])):
        return ""
    return plain[line.start : head.start()] + " "
