"""Find scores and ranks of entrance examinations: "GMAT 690", "CAT 99.2 percentile", "GATE AIR 4210", "高考 620 分", "136 UCAS points".

Works on text that is `folded` and in lower case. The examinations are numbers.toml's [exams], each with its highest score.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reranker.evidence.facts.quantity.amounts import NUMBERS, any_of

_HIGHEST = {name: highest for highest_of in NUMBERS["exams"].values() for name, highest in highest_of.items()}
_NAME_OF = {name: exam for exam, names in NUMBERS["exams"].items() for name in names}
_NUMBER = r"\d{1,6}(?:\.\d{1,2})?"
_AFTER = re.compile(
    rf"(?<![a-z])(?P<exam>{any_of(_NAME_OF)})(?!\s?\d{{4}}\s?(?:届|级))(?:\s?[(（]?(?:19|20)\d\d[)）]?)?"
    r"(?P<between>[^\d\n,，。;；]{0,24}?)"
    rf"(?P<score>{_NUMBER})(?![\d:年月])(?:st|nd|rd|th)?(?P<behind>\s?(?:%ile|percentile|百分位))?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<![\d.])(?P<score>{_NUMBER})(?:st|nd|rd|th)?(?P<behind>\s?(?:%ile|percentile))?\+?(?: or (?:more|above|higher))?\s"
    rf"(?:points |marks |score )?(?:in |on |at )?(?:the )?(?P<exam>{any_of(_NAME_OF)})(?![a-z])",
    re.IGNORECASE,
)
_RANK = re.compile(r"(?<![a-z])(?:air|rank(?:ed|ing)?)(?![a-z])|排名|位次|名次", re.IGNORECASE)


@dataclass(frozen=True)
class ExamScore:
    """text[start:end] states a `kind` ("score", "percentile", "exam_rank") of an exam; no range of a scale is checked but its highest."""

    exam: str
    kind: str
    amount: float
    start: int
    end: int


def find_scores(text: str) -> Iterator[ExamScore]:
    """Yield the scores of a text in their order."""
    reached = 0
    for match in sorted((*_AFTER.finditer(text), *_BEFORE.finditer(text)), key=lambda match: match.start()):
        name, amount = match["exam"].lower(), float(match["score"])
        between = match.groupdict().get("between") or ""
        is_percentile = "percentile" in match[0] or match["behind"]
        kind = "percentile" if is_percentile else "exam_rank" if _RANK.search(between) else "score"
        if match.start() >= reached and (kind != "score" or amount <= _HIGHEST[name]):
            reached = match.end()
            yield ExamScore(_NAME_OF[name], kind, amount, *match.span())
