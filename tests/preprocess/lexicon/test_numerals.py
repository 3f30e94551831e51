"""Numbers in words: each of one to four characters that Chinese writes, forms of their own, and what is none."""

import pytest

from preprocess.lexicon.numerals import DIGITS, ENGLISH, chinese_number

NUMERALS = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """Return a number from 1 to 9999 as it is written by hand: 十二, 一百零七, 三千零二十."""
    parts, is_gap = [], False
    for place, digit in zip("千百十 ", map(int, f"{number:04}"), strict=True):
        if digit:
            is_first_ten = place == "十" and digit == 1 and not parts
            parts.append(("零" if is_gap and parts else "") + ("" if is_first_ten else NUMERALS[digit]) + place.strip())
        is_gap = not digit
    return "".join(parts)


def test_every_number_below_ten_thousand() -> None:
    assert [spelled(number) for number in (12, 107, 3020)] == ["十二", "一百零七", "三千零二十"]
    assert [chinese_number(spelled(number)) for number in range(1, 10_000)] == list(range(1, 10_000))


@pytest.mark.parametrize(
    ("text", "number"), [("107", 107), ("一○七", 107), ("一〇七", 107), ("廿三", 23), ("卅", 30), ("两百", 200), ("2", 2), ("零", 0)]
)
def test_other_forms(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "半", "十万", "1.5", "a", "12a"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError):
        chinese_number(text)


def test_the_words_count() -> None:
    assert [ENGLISH[word] for word in ("one", "nine", "twelve", "twenty")] == [1, 9, 12, 20]
    assert sorted(set(DIGITS.values())) == list(range(10))
