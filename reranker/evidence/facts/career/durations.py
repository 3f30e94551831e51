"""Find spans of years in a text: 5年, 十五年, 一年半, 8个月, 3-5 years, over fifteen years, 10+ yrs, 2 yrs 10 months, a decade."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from preprocess.lexicon.characters import CJK
from preprocess.lexicon.date_forms import UNTIL_NOW
from preprocess.lexicon.numerals import DIGITS, ENGLISH

_CAPITALS = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾載兩", "一二二三三四五六六七八九十载两")
_DIGITS = {**DIGITS, "半": 0.5, "几": 3, "数": 3}
_ONES = list(ENGLISH)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40}
_ENGLISH: dict[str, float] = {word: float(number) for word, number in ENGLISH.items()} | _TENS
_ENGLISH |= {f"{ten}{mark}{_ONES[digit]}": value + digit + 1.0 for ten, value in _TENS.items() for digit in range(9) for mark in (" ", "-")}
_ENGLISH |= {"a": 1, "an": 1, "half a": 0.5, "several": 3, "a few": 3, "a couple of": 2, "couple of": 2, "zero": 0, "no": 0}
_ENGLISH |= {
    "half a dozen": 6,
    "dozen": 12,
    "a dozen": 12,
    "a score of": 20,
    "a quarter of a": 0.25,
    "quarter of a": 0.25,
    "three quarters of a": 0.75,
}
_NUMERAL = "(?:[一二两三四五六七八九]?十[一二三四五六七八九]?|[廿卅][一二三四五六七八九]?|[一两二三四五六七八九半几数])"
_WORD = "|".join(sorted(_ENGLISH, key=len, reverse=True))
_NUMBER = r"(?<![\d./])(?<!\d,)(?:0|[1-9]\d?)(?:\.\d{1,2}|\s?½|\s1/2)?"
_UNITS = (
    dict.fromkeys(("year", "yr", "yoe", "y"), 1.0)
    | {"decade": 10.0, "century": 100.0}
    | dict.fromkeys(("month", "mth", "mnth", "mo", "m"), 1 / 12)
)
_UNITS |= dict.fromkeys(("week", "wk"), 1 / 52)
_MONTHS_TOO = (
    r"(?:\.?\s?(?:零|又|and\s)?\s?(?P<rest>\d{1,2}|[一二两三四五六七八九十]{1,2}|[a-z]{3,6})"
    r"\s?(?:个月|个多月|months?|mo?n?ths?|mos?|m)(?![A-Za-z]))?"
)
_CHINESE = re.compile(
    rf"(?P<count>{_NUMBER}|(?<![一二三四五六七八九十第〇○零百]){_NUMERAL}[一二三四五六七八九]?)"
    rf"(?:\s?\((?:\d{{1,2}}|{_NUMERAL})\))?\s?(?:\+|[余多来])?"
    rf"(?:\s?(?:[-~–—]|至|到)\s?(?:\d{{1,2}}|{_NUMERAL}))?\s?\+?\s?"
    r"(?P<unit>个?年半|个?学年|个?整?年|载|个半?月|周|个星期|yrs?|years?)(?![级代份初底末岁])" + _MONTHS_TOO
)
_OR_MORE = r"(?:\+|-?plus\b|or more\b|or so\b|-?odd\b|-?ish\b)?"
_EMPHASIS = "(?:full|completed?|solid|good|long|whole|continuous|happy|busy|calendar|academic|school|more|or more|working)"
_LATIN = re.compile(
    rf"(?P<count>{_NUMBER}|\b(?:{_WORD})\b)(?:\s?\((?:\d{{1,2}}|[a-z]{{3,9}})\+?\))?\s?{_OR_MORE}"
    rf"(?:\s?(?:[-~–—]|to|or)\s?(?:\d{{1,2}}|{_WORD}))?\s?{_OR_MORE}(?P<half>[\s-](?:and[\s-]a[\s-]half))?(?:\sand a bit)?"
    rf"(?:\s(?:of these|of those|{_EMPHASIS}))?[\s-]?"
    r"(?P<unit>years?|yrs?|yoe|y|decades?|century|months?|mn?ths?|mos?|weeks?|wks?)(?![A-Za-z])(?P<half_behind>\sand a half)?"
    + _MONTHS_TOO,
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:工作年限|从业年限|工作经验|从业经验|工龄|教龄|years of experience|experience|pqe)\s?[:：]\s?(?P<count>\d{1,2}(?:\.\d)?)"
    r"(?=\s*(?:[\n,，;；|]|$))",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    rf"\b(?:years?|yrs?)\b[^\n]{{0,60}}?(?:,|\b(?:of which|of them|including|incl\.?|then|plus|followed by|before that|and|with))\s"
    rf"(?:(?:[a-z]{{2,12}}\s){{1,3}}for\s(?:the last\s)?|the last\s|a further\s|another\s|at least\s)?"
    rf"(?P<count>\d{{1,2}}|{'|'.join(_ONES[:12])})"
    r"(?:\s(?:in|with|at|as|on|doing|of (?:these|those|them))\b|(?<=of which \d)(?=\s[a-z])"
    r"|(?<=the last \d)(?=[.,;)\n]|$))",
    re.IGNORECASE,
)
"""5 years in sales, of which 2 in insurance."""
_NO_DURATION = re.compile(rf"\s?(?:\d{{1,2}}\s?月|\d{{1,2}}[.-]\d|刚?入职|毕业|加入|{UNTIL_NOW}|起(?!步)|开始|[春夏秋冬]季?)")
_LESS = re.compile(
    r"(?:不到|不足|未满|少于|不满|将近|近|less than|under|not quite|nearly|almost|just short of|just shy of|shy of"
    r"|a (?:little|bit|touch) under|close to|coming up to|approaching|going on)\s?(?:a\s)?$",
    re.IGNORECASE,
)
_RECENT = re.compile(rf"(?!的|工作|从业|相关|实[际务战]|[{CJK}]{{0,8}}(?:经[验历]|工龄|教龄|资历))[{CJK}]")
"""近5年专注 is of the last five; 近5年工作经验 of nearly five."""
_PER = re.compile(
    r"(?:\b[a-z]{2,16}s|\d[\d,.]{0,12}[a-z%]{0,2}\+?|\btwice|\bonce|\bthousand|\bmillion|\bhalf|\bper|\bmore)\s$", re.IGNORECASE
)
_RANGE = re.compile(r"\s?(?:-|–|~|to|至|到)\s?", re.IGNORECASE)
_JUST_LESS = 0.9
"""What is left of "less than a year" and "going on 8 years"."""


@dataclass(frozen=True)
class Duration:
    """text[start:end] says how many years, of a range the low end."""

    years: float
    start: int
    end: int


def find_durations(text: str) -> list[Duration]:
    """Return the spans of years in a text as `folded` returns it, in their order."""
    plain = text.translate(_CAPITALS)
    spans = sorted(
        [*_in_chinese(plain), *_in_english(plain), *_after_labels(plain), *_elliptic(plain)], key=lambda span: (span.start, -span.end)
    )
    durations: list[Duration] = []
    for duration in spans:
        if durations and _RANGE.fullmatch(plain, durations[-1].end, duration.start) and durations[-1].years < duration.years:
            durations[-1] = Duration(durations[-1].years, durations[-1].start, duration.end)  # 6 months to 1 year
        elif not durations or duration.start >= durations[-1].end:
            durations.append(duration)
    return durations


def _in_chinese(text: str) -> Iterator[Duration]:
    for match in _CHINESE.finditer(text):
        if "年" in match["unit"] and match["count"].isdigit() and _is_year(text, match):
            continue
        count = _numeral(match["count"])
        unit = match["unit"].lstrip("个")
        years = count / 12 if unit in ("月", "半月") else count / 52 if unit in ("周", "星期") else count + 0.5 * unit.endswith("年半")
        yield _duration(text, match, years)


def _elliptic(text: str) -> Iterator[Duration]:
    for match in _ELLIPSIS.finditer(text):
        word = match["count"].lower()
        yield Duration(_ENGLISH[word] if word in _ENGLISH else float(word), *match.span("count"))


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Return whether a count of years is a year of two digits: 15年3月, 15年入职; not 经验10年起."""
    return (
        len(match["count"]) > 1
        and not text[: match.start()].endswith(("经验", "经历"))
        and _NO_DURATION.match(text, match.end()) is not None
    )


def _in_english(text: str) -> Iterator[Duration]:
    for match in _LATIN.finditer(text):
        word = " ".join(match["count"].lower().split())
        if word in ("a", "an") and _PER.search(text, max(0, match.start() - 24), match.start()):
            continue  # five hours a week
        count = _ENGLISH[word] if word in _ENGLISH else _numeral(word)
        unit = match["unit"].lower()
        years = (count + 0.5 * bool(match["half"] or match["half_behind"])) * _UNITS[unit if unit in _UNITS else unit.rstrip("s")]
        yield _duration(text, match, years)


def _after_labels(text: str) -> Iterator[Duration]:
    for match in _LABELLED.finditer(text):
        yield Duration(float(match["count"]), *match.span("count"))


def _duration(text: str, match: re.Match[str], years: float) -> Duration:
    rest = match["rest"]
    years += (_ENGLISH.get(rest.lower(), 0) if rest.isascii() and rest.isalpha() else _numeral(rest)) / 12 if rest else 0
    less = _LESS.search(text, max(0, match.start() - 16), match.start())
    is_less = less is not None and not (less[0].startswith("近") and _RECENT.match(text, match.end()))
    return Duration(years * (_JUST_LESS if is_less else 1), *match.span())


def _numeral(text: str) -> float:
    """12 → 12, 十五 → 15, 二十六七 → 26, 七八 → 7."""
    if text[0].isdigit():
        return float(re.split(r"\s|½", text)[0]) + 0.5 * text.endswith(("½", "1/2"))
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.partition("十")
    if ten:
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones[0]] if ones else 0)
    return float(_DIGITS[text[0]])
