"""Find scores and ranks of entrance examinations: "GMAT 690", "CAT 99.2 percentile", "GATE AIR 4210", "高考 620 分", "136 UCAS points".

Works on text that is `folded` and in lower case. The examinations are numbers.toml's [exams], each with its highest score.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from preprocess.lexicon.numerals import chinese_number
from reranker.evidence.facts.quantity.amounts import NUMBERS, any_of

_HIGHEST = {name: highest for highest_of in NUMBERS["exams"].values() for name, highest in highest_of.items()}
_NAME_OF = {name: exam for exam, names in NUMBERS["exams"].items() for name in names}
_NUMBER = r"\d{1,6}(?:\.\d{1,2})?"
_AFTER = re.compile(
    rf"(?<![a-z])(?P<exam>{any_of(_NAME_OF)})(?!\s?\d{{4}}\s?(?:届|级))(?:\s?[(（]?(?:19|20)\d\d[)）]?)?"
    r"(?P<between>[^\d\n,，。;；]{0,24}?)"
    rf"(?P<score>{_NUMBER})(?![\d:年月]|\.\d|\s?[%％](?!ile))(?:st|nd|rd|th)?(?P<behind>\s?(?:%ile|percentile|百分位))?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<![\d.])(?P<score>{_NUMBER})(?:st|nd|rd|th)?(?P<behind>\s?(?:%ile|percentile))?\+?(?: or (?:more|above|higher))?\s"
    rf"(?:points |marks |score )?(?:in |on |at )?(?:the )?(?P<exam>{any_of(_NAME_OF)})(?![a-z])",
    re.IGNORECASE,
)
_GRADES = r"(?:[a-e]\*?){3,4}"
_A_LEVELS = re.compile(
    rf"(?<![a-z])a[ -]?levels?(?![a-z])[^\n.;]{{0,24}}?(?<![a-z])(?P<after>{_GRADES})(?![a-z*])"
    rf"|(?<![a-z])(?P<before>{_GRADES}) (?:or (?:above|better|higher) )?(?:at|in|from) (?:gce )?a[ -]?levels?(?![a-z])"
)
_POINTS = {"a*": 56, "a": 48, "b": 40, "c": 32, "d": 24, "e": 16}
"""UCAS tariff points of a grade at A-level."""
_INSTRUMENT = (
    r"钢琴|小提琴|大提琴|古筝|二胡|琵琶|吉他|长笛|萨克斯|架子鼓|声乐|舞蹈|书法|素描|美术|葫芦丝|竹笛|手风琴|小号|扬琴|电子琴"
    r"|piano|violin|cello|viola|flute|clarinet|guitar|singing|trumpet|saxophone|drums|ballet"
)
_MUSIC = re.compile(
    rf"(?P<zh>{_INSTRUMENT})[^\d\n，,。;；一二三四五六七八九十]{{0,10}}(?P<grade_zh>\d{{1,2}}|[一二三四五六七八九十])\s?级"
    rf"|(?<![a-z])(?P<behind>{_INSTRUMENT})[^\d\n.,;]{{0,16}}grade (?P<grade_behind>[1-8])(?!\d)"
    rf"|grade (?P<grade_ahead>[1-8]) (?:[a-z]{{2,10}} )?(?P<ahead>{_INSTRUMENT})(?![a-z])"
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
    """Yield the scores of a text in their order; grades at A-level as their points, grades of music and dance by the instrument."""
    for match in _A_LEVELS.finditer(text):
        grades = re.findall(r"[a-e]\*?", match["after"] or match["before"])
        points = [_POINTS[grade] for grade in grades]
        if points == sorted(points, reverse=True):
            yield ExamScore("ucas", "score", float(sum(points)), *match.span())
    for match in _MUSIC.finditer(text):
        instrument, grade = next((match[name], match[f"grade_{name}"]) for name in ("zh", "behind", "ahead") if match[name])
        yield ExamScore(instrument, "score", float(chinese_number(grade)), *match.span())
    reached = 0
    for match in sorted((*_AFTER.finditer(text), *_BEFORE.finditer(text)), key=lambda match: match.start()):
        name, amount = match["exam"].lower(), float(match["score"])
        between = match.groupdict().get("between") or ""
        is_percentile = "percentile" in match[0] or match["behind"]
        kind = "percentile" if is_percentile else "exam_rank" if _RANK.search(between) else "score"
        if match.start() >= reached and (kind != "score" or amount <= _HIGHEST[name]):
            reached = match.end()
            yield ExamScore(_NAME_OF[name], kind, amount, *match.span())
