"""Find what candidates say they have not done: no experience, never worked in a ward, no work at all."""

import re
from collections.abc import Iterator, Sequence

from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.career.experience import Experience, ResumeLine, words_of
from reranker.evidence.facts.career.trades import WORDS, subject_words, trades_of
from reranker.evidence.facts.contract import Fact
from reranker.evidence.facts.mentions import clause_around, pattern

_NONE_AT_ALL = words_of("no_work_at_all")
_KEPT = "[换断停离变跳出请迟旷缺失丢错闲歇间中]"
"""没换过公司, 没断过: such a verb denies no work."""
_DENIAL = re.compile(
    rf"{pattern(WORDS['denial'])}|(?:无|没有?)[^，。,;；\d\n]{{0,8}}?经[验历]|零经[验历]|[没未][有曾]?(?!{_KEPT})[{CJK}]{{1,2}}过|[没未][有曾]?在[^，。,;；\n]{{1,8}}(?:工作|上班|任职|干|做|待)过|[:：]\s?(?:暂无|没有|无(?=[\s，,。;；]|$))|\b(?:no|zero|nil|without|little)\s(?:[\w-]{{1,16}}\s){{0,3}}experience\b"
    r"|[:：-]\s?(?:none|nil|zero)\b",
    re.IGNORECASE,
)
_NONE_OF_WORK = re.compile(
    r"(?:无|没有?|零)(?:任何|正式|正职|全职|专职|社会|职场|过往|带薪){0,2}(?:工作|就业|从业|上班)?经[历验]|无[^，。,;；\n]{0,6}工作经[历验]"
)
_AS_INTERN = re.compile(
    r"\bas an? (?:[\w-]{1,16} )?(?:intern|trainee)\b|\bintern(?=\s?[,|-])|正在[^，。,\n]{0,12}实习|实习中", re.IGNORECASE
)
_OF_SOMETHING = re.compile(r"\s(?:in|as|with|on|under|of|outside)\b")
"""Behind "never worked", says that only this has not been done."""
_CLAUSE_ENDS = re.compile(r"(?<=[，,;；。])|(?<=\.\s)")


def denials(plain: str, lines: Sequence[ResumeLine]) -> Iterator[Fact[Experience]]:
    """Yield what the candidate says he has not done."""
    for line in lines:
        for denial in (_NONE_AT_ALL, _NONE_OF_WORK):
            for match in denial.finditer(plain, line.start, line.end):
                if not (any(period.first for period in line.periods) or _OF_SOMETHING.match(plain, match.end()) or trades_of(match[0])):
                    yield Fact(Experience("none", match[0]), *match.span())
        for match in _AS_INTERN.finditer(plain, line.start, line.end):
            if not line.periods:
                yield Fact(Experience("internship", match[0]), *match.span())
        for match in _DENIAL.finditer(plain, line.start, line.end):
            left, right = clause_around(plain, *match.span())
            words = plain[max(left, line.start) : right]
            if not (trades_of(words) or subject_words(words)):
                words = plain[line.start : line.end]  # "Certified coder, no on-the-job experience"
            yield Fact(Experience("denied", words, trades=trades_of(words)), *match.span())


def without_denials(words: str) -> str:
    """Return words without the clauses that deny something."""
    return "".join(clause for clause in _CLAUSE_ENDS.split(words) if not _DENIAL.search(clause))
