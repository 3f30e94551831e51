"""Find how much of a target was reached: "112% of quota", "年度目标完成率 96%"; as a share of a hundred, 100 where it is said in words.

Works on text that is `folded` and in lower case.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = r"(?<![\d.])\d{1,3}(?:\.\d{1,2})?\s?\+?\s?(?:%|per ?cent\b)\+?"
_KIND = r"(?:(?:the|my|our|his|her|annual|yearly|quarterly|monthly|sales|revenue|personal|individual|team|assigned|set) ){0,3}"
_TARGET = r"(?:targets?|quotas?)\b"
_YEAR = r"(?:(?:20\d\d|fy ?\d\d)年?[\s:]{0,2})?"
_TARGET_ZH = r"(?:目标|指标|任务|业绩|销售额?|kpi|计划|定额)"
_SHARE = re.compile(
    rf"(?P<before>{_MARK}) (?:of|to|against|on|over|above) {_KIND}{_TARGET}"
    rf"|(?P<middle>{_MARK}) {_KIND}(?:target|quota) (?:attainment|achievement)"
    rf"|{_TARGET} (?:attainment|achievement)[\s:]{{0,2}}(?:(?:of|at least|was|above|over|rate) ){{0,2}}{_YEAR}(?P<behind>{_MARK})"
    rf"|{_TARGET} (?:(?:was|were|is|been|consistently) )?(?:met|hit|achieved|attained|reached|exceeded)(?: at| by| to)? (?P<met>{_MARK})"
    rf"|\b(?:hit|met|meeting|achiev\w{{2,3}}|attain\w{{0,3}}|reach\w{{0,3}}) (?P<hit>{_MARK}) (?:of )?{_KIND}{_TARGET}"
    rf"|{_TARGET_ZH}[^\d\n，。；;%]{{0,4}}(?:完成|达成)(?:率|度)?[^\d\n，。；;%]{{0,6}}{_YEAR}(?P<chinese>{_MARK})"
    rf"|(?:完成|达成)[^\d\n，。；;%]{{0,6}}{_TARGET_ZH}的?\s?(?P<last>{_MARK})"
)
_IN_WORDS = re.compile(
    rf"\b(?:exceed(?:ed|ing|s)?|surpass(?:ed|ing)?|beat(?:ing)?|over-?achiev(?:ed|ing)) {_KIND}{_TARGET}"
    rf"|超额(?:完成|达成)[^\d\n，。；;%]{{0,8}}{_TARGET_ZH}"
)
_HAS_AMOUNT = re.compile(r"[$£€¥￥]|\d\s?(?:[km%+万亿]|%)")
_MISSED = re.compile(r"(?:\b(?:not|never|without)|n't|未能?|没有?|不曾) ?$")


@dataclass(frozen=True)
class Attainment:
    """text[start:end] names the share of a target that was reached, 100 for all of it. `in_words`: it is not told as a number."""

    amount: float
    start: int
    end: int
    in_words: bool = False


def find_attainments(text: str) -> Iterator[Attainment]:
    """Yield the shares of targets of a text; those in words only where no amount stands in it, which would be the target."""
    numbers = list(_SHARE.finditer(text))
    for match in numbers:
        mark = next(filter(None, match.groups()))
        yield Attainment(float(re.split(r"[^\d.]", mark, maxsplit=1)[0]), *match.span())
    if not _HAS_AMOUNT.search(text):
        for match in _IN_WORDS.finditer(text):
            if not _MISSED.search(text, max(0, match.start() - 16), match.start()):
                yield Attainment(100.0, *match.span(), in_words=True)
