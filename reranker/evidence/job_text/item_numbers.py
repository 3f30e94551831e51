"""Put each item of a numbered list on a line of its own, by its count: "2.3年以上" behind an item 1 is item 2, which asks for 3 years.

A sign is an item's number where the list counts 1, 2, 3 …; "2.5年以上" alone stays two and a half years. A line is cut at bullets, too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from preprocess.lexicon.characters import BULLETS, CHINESE_NUMERALS, simplified

CIRCLED = "①-⒛❶-❿㊀-㊉"
"""Numbers that are one character, ①, ⑴, ⒈ and ❶, for use inside a character class."""
CHOICE = re.compile(r"之一|其中一|其一|以下一[种门项个]|至少一|任一|任意一|\b(?:one of|any of|either|at least one)\b", re.IGNORECASE)
"""Says that one of what follows is enough."""

_DIGITS = r"\d{1,2}"
_NUMERAL = f"[{CHINESE_NUMERALS}]{{1,2}}"
_LETTER = "[A-Ja-j]"
_SIGN = re.compile(
    rf"(?P<circled>[{CIRCLED}])"
    rf"|[（(]\s?(?:(?P<enclosed>{_DIGITS})|(?P<enclosed_numeral>{_NUMERAL})|(?P<enclosed_letter>{_LETTER}))\s?[)）]"
    rf"|(?<![\d.\w])(?P<half>{_DIGITS})[)）]|(?<![A-Za-z\d.．])(?P<comma>{_DIGITS})\s?、"
    rf"|(?<![A-Za-z\d.．])(?P<dot>{_DIGITS})\s?[.．](?![.．])"
    rf"|(?<![^\s。；;：:，,])(?P<numeral>{_NUMERAL})[、.．]|(?<![^\s。；;：:])(?P<letter>{_LETTER})[、.．)）](?![A-Za-z]\b)"
    rf"|(?P<bullet>[{BULLETS.translate(dict.fromkeys(map(ord, '☆★※'), ''))}])"
)
_LINE_BEGINS = re.compile(r"(?:\n|\A)[^\S\n]*\Z")
_OPENS = re.compile(r"(?:^|[\s。；;：:，,】\]！!.])$")
"""Before the first item of a list inside a line: "任职要求：1.本科"."""
_SEPARATES = re.compile(r"(?:^|[\s。；;：:，,！!.）)】\]])$")
_GAP = re.compile(r"[\s。；;：:，,、.]*")
_LEVELS = re.compile(r"(?m)^[ \t]{0,20}(?P<level>\d{1,2})[.．](?P<item>\d{1,2})(?![\d年])[、.．]?[ \t]{0,9}(?=\D)")
_BULLET = "•"
_LOOK_AHEAD, _LONGEST = 40, 1_000
"""Signs among which the next number is looked for, and characters of an item of a bullet list."""
_LEAST = 2
"""Characters of an item, without which the signs are no list: "1、2、3级"."""


@dataclass(frozen=True)
class _Sign:
    """`number` is what it counts, 0 for a bullet. `is_decimal`: it may be the first half of a decimal. `separated`: stands by itself."""

    style: str
    number: int
    start: int
    end: int
    begins_line: bool
    opens: bool
    separated: bool
    is_decimal: bool


def one_item_a_line(job: str) -> str:
    """Return the job description with each item of its numbered lists on a line of its own, the number set off by a blank.

    Letters, and numbers of two levels (1.1, 1.2), become bullets.
    """
    levels = [(match, int(match["level"]), int(match["item"])) for match in _LEVELS.finditer(job)]
    if any(second[1:] == (first[1], first[2] + 1) for first, second in pairwise(levels)):
        job = _LEVELS.sub(f"{_BULLET} ", job)
    signs = [sign for sign in _signs(job) if sign.style != "bullet" or not sign.begins_line]
    pieces: list[str] = []
    end = 0
    for sign in sorted(_items(job, signs), key=lambda sign: sign.start):
        number = f"{_BULLET} " if sign.style == "letter" or sign.style == "enclosed_letter" else job[sign.start : sign.end]
        pieces += [job[end : sign.start], "" if sign.begins_line else "\n", number, " " if sign.is_decimal else ""]
        end = sign.end
    return "".join([*pieces, job[end:]])


def _signs(job: str) -> Iterator[_Sign]:
    """Yield whatever looks like the number of an item."""
    for match in _SIGN.finditer(simplified(job)):
        style, text = match.lastgroup or "", match[match.lastgroup or 0]
        is_dotted, style = style == "dot", "digits" if style in ("dot", "comma", "half") else style  # lists mix "1、" and "2."
        before = job[max(0, match.start() - 1) : match.start()]
        begins_line = _LINE_BEGINS.search(job, max(0, match.start() - 20), match.start()) is not None
        opens = begins_line or _OPENS.search(before) is not None
        is_decimal = is_dotted and job[match.end() : match.end() + 1].isdigit()
        separated = begins_line or _SEPARATES.search(before) is not None
        yield _Sign(style, _number(style, text), *match.span(), begins_line, opens, separated, is_decimal)


def _number(style: str, text: str) -> int:
    if style == "bullet":
        return 0
    if style == "circled":
        for first in "①⑴⒈❶":
            if 0 <= ord(text) - ord(first) < (10 if first == "❶" else 20):
                return ord(text) - ord(first) + 1
        return ord(text) - ord("㊀") + 1
    if style.endswith("letter"):
        return ord(text.lower()) - ord("a") + 1
    return int(text) if text.isdigit() else _of_numeral(text)


def _of_numeral(text: str) -> int:
    """Return the number that at most two of 一 to 十 write: 十二 is 12."""
    values = [CHINESE_NUMERALS.index(character) + 1 for character in text]
    return sum(values) if len(values) == 1 or values[0] == 10 else 10 * values[0]


def _items(job: str, signs: list[_Sign]) -> Iterator[_Sign]:
    """Yield the signs of lists that count; style by style, as a list has one."""
    for style in dict.fromkeys(sign.style for sign in signs):
        run: list[_Sign] = []
        of_style = [sign for sign in signs if sign.style == style]
        for index, sign in enumerate(of_style):
            if run and _goes_on(job, run[-1], sign, of_style[index + 1 : index + 1 + _LOOK_AHEAD]):
                run.append(sign)
            elif sign.number <= 1 and sign.opens:
                yield from _checked(job, run)
                run = [sign]
        yield from _checked(job, run)


def _goes_on(job: str, last: _Sign, sign: _Sign, later: list[_Sign]) -> bool:
    """Return whether a sign counts on from the last one of its list, and is no decimal in the midst of the item before it."""
    if sign.number != (last.number + 1 if last.number else 0) or len(_GAP.sub("", job[last.end : min(sign.start, last.end + 40)])) < _LEAST:
        return False
    if sign.style == "bullet":
        return sign.start - last.end <= _LONGEST and "\n" not in job[last.end : sign.start]
    if not sign.is_decimal:
        return True
    following = next((other for other in later if other.number <= sign.number + 1 and not other.is_decimal), None)
    if following and following.number == sign.number:  # "2.熟悉Python 3.8；3.五年": the later one is the item
        return False
    return sign.separated or any(other.number == sign.number + 1 for other in later)


def _checked(job: str, run: list[_Sign]) -> list[_Sign]:
    """Return the list's signs if it is one: two items at least; decimals alone only at the beginnings of lines; no list of alternatives."""
    if len(run) < 2 or (all(sign.is_decimal for sign in run) and not all(sign.begins_line for sign in run)):
        return []
    first = run[0]
    before = job[max(0, first.start - 40) : first.start].rpartition("\n")[2]
    return [] if not first.begins_line and CHOICE.search(before) else run
