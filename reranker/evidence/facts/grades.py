"""Marks on their scales ("GPA 3.7/4.0", "均分 88") and places among so many ("专业前 5%", "排名 3/120")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = r"\d{1,3}(?:\.\d{1,3})?"
_GPA = re.compile(
    r"(?P<name>\bc?gpa\b|绩点|均分|平均分|平均成绩|加权成绩|加权|grade point average)[^\d\n，。；;]{0,16}?"
    rf"(?P<mark>{_NUMBER})(?!\d)(?![年月]|\s?%)"
    rf"(?:\s?(?:/|out of|on an?|[(（]\s?(?:满分|out of|/)?\s?(?:为|:|：)?|满分)\s?(?P<scale>{_NUMBER}))?",
    re.IGNORECASE,
)
_SCALES = (4.0, 4.3, 5.0, 100.0)
_SHARE = re.compile(
    r"(?:排名|专业|年级|班级|全系|学院|院系|成绩|综合|学业|同届|绩点|rank(?:ed|ing)?|class|cohort|year)?[^\d\n，。；;]{0,12}?"
    r"(?:前|\btop[\s-]?)\s?(?P<share>\d{1,2}(?:\.\d{1,2})?)\s?%",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?:排名|名次|位列|\brank(?:ed|ing)?\b)[^\d\n，。；;]{0,12}?(?:第\s?)?(?P<place>\d{1,4})(?:st|nd|rd|th)?(?:\s?名)?"
    r"\s?(?:/|out of|of|[(（]共|共)\s?(?P<all>\d{1,5})"
    r"|(?P<place2>\d{1,4})(?:st|nd|rd|th)\s(?:(?:out )?of|in a class of)\s(?P<all2>\d{1,5})(?! (?:january|may|june))",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:专业|年级|班级|全系|学院|院系|成绩|综合|排名|名次)[^\d\n，。；;]{0,6}?第\s?(?P<place>\d{1,3}|[一二三四五六七八九十])(?:\s?名)?(?![年届期批])"
    r"|(?:专业|年级|班级|全系|学院|成绩|综合|排名)[^\d\n，。；;]{0,4}?前\s?(?P<first>\d{1,3}|[一二三四五六七八九十])(?:\s?名)?(?![\d.]|\s?%)"
    r"|\branked\s(?:no\.?\s?|#)?(?P<rank>\d{1,3})(?:st|nd|rd|th)?\b(?!\s?(?:of|/|out))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Grade:
    """text[start:end] states a mark as a share of its scale ("gpa"), a share of the best ("rank_share") or a place ("rank_place")."""

    kind: str
    amount: float
    start: int
    end: int
    certainty: float = 1.0


def find_grades(text: str) -> Iterator[Grade]:
    """Yield the marks and places of a text. A mark without a scale is on the smallest usual one that holds it, less certainly."""
    for match in _GPA.finditer(text):
        mark, scale = float(match["mark"]), float(match["scale"] or 0)
        usual = next((usual for usual in _SCALES if mark <= usual), 0.0)
        if scale < mark:
            scale = usual
        if scale:
            yield Grade("gpa", mark / scale, *match.span(), certainty=1.0 if match["scale"] else 0.8)
    for match in _SHARE.finditer(text):
        yield Grade("rank_share", float(match["share"]) / 100, *match.span())
    for match in _OF.finditer(text):
        place, everyone = float(match["place"] or match["place2"]), float(match["all"] or match["all2"])
        if 0 < place <= everyone:
            yield Grade("rank_share", place / everyone, *match.span())
            yield Grade("rank_place", place, *match.span())
    for match in _PLACE.finditer(text):
        place = match["place"] or match["first"] or match["rank"]
        yield Grade("rank_place", float(place if place.isdigit() else "零一二三四五六七八九十".index(place)), *match.span())
