"""Find amounts in a text: digits, numerals and words with scales ("3 万", "1.2M", "数百万", "seven-figure", "3-5") and a currency.

Works on `folded` text: simplified characters, half-width digits.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from preprocess.lexicon.numerals import DIGITS, chinese_number

NUMBERS: Mapping[str, Mapping] = tomllib.loads(Path(__file__).with_name("numbers.toml").read_text("utf-8"))
_SCALES: Mapping[str, float] = NUMBERS["scales"]
_WORDS: Mapping[str, float] = NUMBERS["words"]
_FEW = 3
"""What 数 and 几 stand for in 数百万, on the low side."""


def any_of(words: Mapping | list[str]) -> str:
    """Return a pattern of the words as alternatives, the longest first; Latin ones end where their letters do."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word) + ("(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else "") for word in ordered)


def whole_words(words: Mapping | list[str]) -> str:
    """Return a pattern of the words as one group; Latin ones stand by themselves: "集群" is found in "Hadoop集群", "em" not in "system"."""
    latin = [word for word in words if word[0].isascii() and word[0].isalpha()]
    others = [word for word in words if word not in latin]
    bounded = [rf"(?<![a-z])(?:{any_of(latin)})"] if latin else []
    return f"(?:{'|'.join([any_of(others), *bounded] if others else bounded)})"


_CURRENCY_OF = {sign: name for name, signs in NUMBERS["currencies"].items() for sign in signs}
_SIGN = rf"(?<![a-z])(?:{'|'.join(re.escape(sign) for sign in sorted(_CURRENCY_OF, key=len, reverse=True) if sign not in '元块刀')})"
_CURRENCY_BEHIND = re.compile(rf"[\s-]?(?:{any_of(_CURRENCY_OF)})", re.IGNORECASE)
_SCALE = rf"(?:{any_of(_SCALES)})(?![²³]|2(?!\d)|\.[a-z]\.|&a\b)"  # metres are no millions
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{2,3}}){{0,4}}[,，]\d{{3}}(?!\d)|\d{{1,12}})(?:\.\d{{1,4}})?|(?<![a-z])(?:{any_of(_WORDS)})"
_NUMERAL = r"[一二两三四五六七八九十百千廿卅]{1,7}"
_AMOUNT = re.compile(
    rf"\s?(?P<shape>(?<![a-z\d])(?:{any_of(NUMBERS['shapes'])}))"
    rf"|(?P<sign>{_SIGN})?\s?(?<![\d.])(?<!(?<![a-z])[a-z])"
    rf"(?P<number>{_NUMBER})(?:[\s-]?(?P<scale>{_SCALE}))?\s?(?P<more>\+|多|余|来|以上|级)?(?P<later_scale>(?<=[多余来])[万亿])?"
    rf"(?:\s?(?:-|–|—|~|～|至|到|to)\s?(?:{_SIGN})?\s?(?P<number2>{_NUMBER})\s?(?P<scale2>{_SCALE})?)?"
    rf"|(?<![年月点分第〇零])(?P<vague>[数几上近超过约]{{1,2}})?(?P<numeral>{_NUMERAL})\s?(?:(?:个"
    rf"|[来多几](?=[万亿]))?(?P<numeral_scale>[万亿]))?(?P<several>几|多|余|来|级)?"
    rf"(?:\s?[-–—~至到]\s?(?P<numeral2>{_NUMERAL}))?"
    r"|(?P<half>半)(?=[亩甲吨]|公顷)"
    r"|(?P<quantity>[数几过破超上逾])?(?P<bare>[万亿])(?P<size>级|余|多|(?=元|美元|以上|规模|亩|人|头|只|羽|吨|户|册|粉|平|件|单|条|台))?"
    r"|(?P<alone>(?<![\da-z])(?<!\d\s)(?=[tpge]b\s?(?:级|[\s-](?:scale|level|sized?)))|(?<![a-z])(?=(?:tera|peta|giga"
    r"|exa)bytes?(?:[\s-](?:scale|level|sized?|plus)|\+)))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Amount:
    """text[start:end] names an amount, or a range from `low` to `high`, with its currency ("" where none stands beside it)."""

    low: float
    high: float
    start: int
    end: int
    currency: str = ""
    is_vague: bool = False
    is_scaled: bool = False
    """万, million or the like stands in it."""


def find_amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts of a text in their order."""
    for match in _AMOUNT.finditer(text):
        if match["number"]:
            yield _written_in_digits(text, match)
        elif match["numeral"]:
            yield _written_in_numerals(text, match)
        elif match["bare"] and (match["quantity"] or match["size"] is not None):
            low = _SCALES[match["bare"]] * (_FEW if (match["quantity"] or "-") in "数几" else 1)
            yield _with_currency(text, low, low, match, is_vague=True, is_scaled=True)
        elif match["half"]:
            yield Amount(0.5, 0.5, *match.span())
        elif match["shape"]:
            low = NUMBERS["shapes"][match["shape"].lower()]
            yield _with_currency(text, low, low, match, is_vague=True, is_scaled=True)
        elif match["alone"] is not None:  # "TB 级"
            yield Amount(1, 1, *match.span(), is_vague=True)


def _written_in_digits(text: str, match: re.Match[str]) -> Amount:
    scale = (match["scale"] or "").lower()
    second_scale = (match["scale2"] or "").lower()
    low = high = _plain(match["number"]) * _SCALES.get(scale, 1) * _SCALES.get(match["later_scale"] or "", 1)
    if match["number2"]:
        high = _plain(match["number2"]) * _SCALES.get(second_scale or scale, 1)
        if second_scale and not scale and low <= _plain(match["number2"]):  # "3-5 万", not "£500-£2k"
            low *= _SCALES[second_scale]
        low, high = min(low, high), max(low, high)
    is_vague = match["number"].lower() in ("dozens", "hundreds", "thousands")
    return _with_currency(text, low, high, match, is_vague, bool(scale or second_scale or match["later_scale"]))


def _written_in_numerals(text: str, match: re.Match[str]) -> Amount:
    low = _numeral(match["numeral"]) * _SCALES.get(match["numeral_scale"] or "", 1)
    if match["vague"] and match["vague"][-1] in "数几":
        low *= 2 if match["numeral"] == "十" else _FEW
    high = _numeral(match["numeral2"]) if match["numeral2"] else low
    is_scaled = bool(match["numeral_scale"]) or low >= 1000
    return _with_currency(text, low, high, match, bool(match["vague"] or match["several"]), is_scaled)


def _with_currency(text: str, low: float, high: float, match: re.Match[str], is_vague: bool, is_scaled: bool) -> Amount:
    sign = (match["sign"] or "").lower().strip()
    start, end = match.span()
    if not sign and (behind := _CURRENCY_BEHIND.match(text, end)):
        sign, end = behind[0].lower().strip(), behind.end()
    return Amount(low, high, start, end, _CURRENCY_OF.get(sign, ""), is_vague, is_scaled)


def _plain(number: str) -> float:
    word = _WORDS.get(number.lower())
    return word if word is not None else float(number.replace(",", "").replace("，", ""))


def _numeral(text: str) -> float:
    """一百二十 → 120, 十二 → 12, 廿二 → 22, 千 → 1000; of 两三 and 七八 the latter."""
    return float(chinese_number(text[-1] if set(text) <= DIGITS.keys() else text))
