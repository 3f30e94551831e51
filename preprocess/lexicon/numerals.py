"""Read whole numbers that are written in words: 十二, 一百零七, 一○七, 廿三; eleven."""

from collections.abc import Mapping

from preprocess.lexicon.characters import CHINESE_NUMERALS

DIGITS: Mapping[str, int] = {numeral: digit for digit, numeral in enumerate(CHINESE_NUMERALS[:9], 1)} | {"零": 0, "〇": 0, "○": 0, "两": 2}
"""Chinese numeral → its value, of those below ten."""
_TENS: Mapping[str, int] = {"十": 10, "百": 100, "千": 1000}
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
ENGLISH: Mapping[str, int] = {
    word: number for number, word in enumerate(f"one two three four five six seven eight nine {_TEENS}".split(), 1)
}
"""Word → number, of 1 to 20."""


def chinese_number(text: str) -> int:
    """Return what digits or Chinese numerals below ten thousand say: 107 → 107, 十二 → 12, 一○七 → 107, 一百零七 → 107, 廿三 → 23.

    Raise ValueError for other characters.
    """
    spelled = text.replace("廿", "二十").replace("卅", "三十")
    if unknown := [sign for sign in spelled if not (sign in DIGITS or sign in _TENS or sign.isdecimal())]:
        raise ValueError(f"no numeral: {unknown[0]}")
    if not set(spelled) & _TENS.keys():
        return int("".join(str(DIGITS.get(numeral, numeral)) for numeral in spelled))
    total = digit = 0
    for numeral in spelled:
        if numeral in _TENS:
            total += (digit or 1) * _TENS[numeral]
            digit = 0
        else:
            digit = DIGITS[numeral]
    return total + digit
