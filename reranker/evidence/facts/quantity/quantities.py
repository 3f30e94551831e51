"""Find the quantities that a text names, whoever's they are: a number, what it counts or is worth, for which purpose and time.

Works on text that is `plain`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from reranker.evidence.facts.mentions import folded
from reranker.evidence.facts.quantity.amounts import NUMBERS, Amount, any_of, find_amounts, whole_words
from reranker.evidence.facts.quantity.attainment import find_attainments
from reranker.evidence.facts.quantity.employers import classes_named
from reranker.evidence.facts.quantity.exams import find_scores
from reranker.evidence.facts.quantity.grades import OF_PUPILS, find_grades
from reranker.evidence.facts.quantity.led import groups_before, is_size_of_team
from reranker.evidence.facts.quantity.measures import Counted, content_words, counted

WINDOW = 60
"""Characters of a clause on each side of an amount that are looked at."""
_MOST = {"stores": 1e5, "customers": 1e8, "cases": 1e7, "deals": 1e5}
"""So many are nobody's: the amount is money."""
_WORTH = frozenset({"orders", "projects", "contracts", "customers"})
"""Measures of what has a price of its own: 80 万的订单."""
_OTHER_THING_BEFORE = re.compile(
    r"(?:星标|收藏|点赞|获赞|积分|人口|分辨率|功率|容量|电压|带宽|参数|编号|工号|热线|电话"
    r"|(?<![a-z])(?:stars?|forks?|likes|upvotes|tokens?|parameters|karma|reputation))"
    r"(?:量|数|总数|规模)?[:：]?\s?(?:已|累计|约|近|超|超过|达|破|过|of|over){0,2}\s?$"
)
_OTHER_THING_BEHIND = re.compile(
    r"\s?\+?\s?(?:(?:个|颗|次|枚)?(?:github )?(?:stars?|forks?|likes|upvotes|tokens?|parameters|karma|volts?"
    r"|watts?|pixels?|kwh?|mwh?|kva?|mva?)(?![a-z])"
    r"|(?:个|颗|次|枚)?(?:星标|收藏|点赞|获赞|赞|积分)|(?:的)?(?:常住)?人口|[千兆]?[瓦伏安]|参数|次|超?高清|分辨率|像素|带宽|转(?:每|/)?分)"
)
"""Things counted by the thousand and not worth that much, beside a word for money: 开源项目 star 1.4k, 110千伏变电站项目."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_PERCENT = re.compile(r"\s?(?:%|％|percent\b|per cent\b|个?百分点)")
_SAVES = re.compile(
    r"降本|成本[^，\d]{0,4}(?:降低|下降|压缩|节约|减少)|\bcosts? reductions?\b|(?:降低|压缩|削减|节[约省降])[^，\d]{0,6}(?:成本|费用|开支)"
    r"|\b(?:sav(?:ed|ing)s?|(?:reduc|cut|lower|trimm)\w{0,6} [^.,;\d]{0,24}\b(?:cost|spend|expense|budget)\w{0,4})\b"
)
"""A share of costs that was saved, however it is told."""
_COMMA = re.compile(r"，|,(?!\d{3})")
_ADDRESS = re.compile(r"[a-z\d._+-]{1,64}@\S{1,80}|https?://\S{1,300}|www\.\S{1,300}")
_MONEY = {about: re.compile(whole_words(words)) for about, words in NUMBERS["money"].items()}
_PERIODS = {
    name: re.compile(
        rf"(?<![a-z\d])(?:{any_of(words)})(?![初末底份前后内元币语本企系志圆])" if name in ("month", "day") else whole_words(words)
    )
    for name, words in NUMBERS["periods"].items()
}


@dataclass(frozen=True)
class Quantity:
    """An amount of a kind: one of numbers.toml's measures, "count" (of what no measure is of), "money", "attainment" (of a target, in
    percent), "gpa" (a share of its scale), "rank_share", "rank_place" or "employer" (1; 0 where it is denied).

    `of` is what money or marks are for, the class of an employer or the noun of a count; `words` are what the clause of a count is about.
    """

    kind: str
    amount: float
    of: str = ""
    currency: str = ""
    period: str = ""
    words: frozenset[str] = frozenset()
    is_of_team: bool = False
    """Money that a team, a branch or a department made together."""


_TOLD = 0.7
"""Certainty that a target was reached where no number says so."""


@dataclass(frozen=True)
class Named:
    """text[start:end] names a quantity; `clause` is (left, right)."""

    quantity: Quantity
    start: int
    end: int
    clause: tuple[int, int]
    amount: Amount | None = None
    certainty: float = 1.0


def plain(text: str) -> str:
    """Return the text in lower case, simplified and half-width characters, without addresses; each character where it stood."""
    plain = folded(text)
    lowered = plain.lower()
    lowered = lowered if len(lowered) == len(plain) else plain
    return _ADDRESS.sub(lambda match: " " * len(match[0]), lowered)


def named_in(text: str, takes_low: bool) -> Iterator[Named]:
    """Yield the quantities of a text with their places, whoever's they are."""
    taken = bytearray(len(text) + 1)
    for score in find_scores(text):
        if OF_PUPILS.search(text[max(0, score.start - 24) : score.start].rpartition("\n")[2]):
            continue
        taken[score.start : score.end] = b"\1" * (score.end - score.start)
        yield Named(Quantity(score.kind, score.amount, score.exam), score.start, score.end, (score.start, score.end))
    in_exam = bytes(taken)
    for grade in find_grades(text):
        if any(in_exam[grade.start : grade.end]):
            continue
        taken[grade.start : grade.end] = b"\1" * (grade.end - grade.start)
        yield Named(
            Quantity(grade.kind, grade.amount, grade.of), grade.start, grade.end, (grade.start, grade.end), certainty=grade.certainty
        )
    for attained in find_attainments(text):
        if any(taken[attained.start : attained.end]):
            continue
        taken[attained.start : attained.end] = b"\1" * (attained.end - attained.start)
        span = attained.start, attained.end
        yield Named(Quantity("attainment", attained.amount), *span, span, certainty=_TOLD if attained.in_words else 1.0)
    for _, start, end in classes_named(text):
        taken[start:end] = b"\1" * (end - start)
    amounts = [amount for amount in find_amounts(text) if not any(taken[amount.start : amount.end])]
    bounds = [0, *(mark.end() for mark in re.finditer(rf"{_COMMA.pattern}|[。；;\n]", text)), len(text)]
    for amount in amounts:
        index = bisect_right(bounds, amount.start, hi=len(bounds) - 1)
        left = max(bounds[index - 1], amount.start - WINDOW)
        right = min(bounds[bisect_left(bounds, amount.end, index, len(bounds) - 1)], amount.end + WINDOW)
        quantity, end = _quantity(text, amount, left, right, takes_low)
        if quantity:
            yield Named(quantity, amount.start, end, (left, right), amount)


def _quantity(text: str, amount: Amount, left: int, right: int, takes_low: bool) -> tuple[Quantity | None, int]:
    """What an amount counts, and where its unit ends; text[left:right] is its clause."""
    number = amount.low if takes_low else amount.high
    clause = text[left:right]
    if percent := _PERCENT.match(text, amount.end):
        return Quantity("percent", number, words=frozenset(content_words(_SAVES.sub("savings", clause)))), percent.end()
    about = _purpose(text, amount, left, right)
    if amount.currency:
        return (None if about == "pay" else Quantity("money", number, about, amount.currency, _period(clause))), amount.end
    measure = counted(text, amount, left, right)
    if (measure is None or measure.kind in _WORTH | {"count"}) and _is_of_other_thing(text, amount, left, right):
        return (_count(measure, number, clause), measure.end) if measure and measure.kind == "count" else (None, amount.end)
    if measure and measure.kind == "people":
        number *= groups_before(text[max(0, amount.start - 24) : amount.start])
    is_worth = amount.is_scaled and about != "pay" and text.startswith("的", amount.end)  # 80 万的订单
    if measure and measure.kind in _MOST and amount.is_scaled and number >= _MOST[measure.kind] and about not in ("", "pay"):
        return Quantity("money", number, about, "", _period(clause)), amount.end  # GMV 过亿的店铺
    if is_worth and measure and measure.kind in _WORTH:
        return Quantity("money", number, about or "sales", "", _period(clause)), amount.end
    if measure and measure.kind != "count":
        if measure.kind == "people":
            return Quantity("people", number), measure.end
        if measure.kind == "projects" and amount.is_scaled:
            return Quantity("money", number, "project", "", _period(clause)), measure.end
        words = frozenset(content_words(clause))
        return Quantity(measure.kind, number * measure.factor, period=_period(clause), words=words), measure.end
    is_bare = measure is not None and not measure.noun and not amount.is_scaled
    if is_size_of_team(clause[: amount.start - left], is_bare):
        return Quantity("people", number), amount.end
    is_money = amount.is_scaled or (number >= 1000 and not _YEAR.fullmatch(text, amount.start, amount.end))
    if is_money and about and about != "pay" and (measure is None or amount.is_scaled):
        return Quantity("money", number, about, "", _period(clause)), amount.end
    if (
        amount.is_scaled
        and measure
        and not measure.noun
        and (about := _purpose(text, amount, left - WINDOW, right + WINDOW)) not in ("", "pay")
    ):
        return Quantity("money", number, about, "", _period(clause)), amount.end
    if not takes_low and about != "pay" and measure and not measure.noun and amount.is_scaled and number >= 1e5:
        return Quantity("money", number, "", "", _period(clause)), amount.end
    return (_count(measure, number, clause), measure.end) if measure else (None, amount.end)


def _count(measure: Counted, number: float, clause: str) -> Quantity:
    return Quantity("count", number, measure.noun, period=_period(clause), words=frozenset(content_words(clause)))


def _is_of_other_thing(text: str, amount: Amount, left: int, right: int) -> bool:
    before = _OTHER_THING_BEFORE.search(text, max(left, amount.start - 24), amount.start)
    return before is not None or _OTHER_THING_BEHIND.match(text, amount.end, right) is not None


def _purpose(text: str, amount: Amount, left: int, right: int) -> str:
    """What money is for: by the word nearest before the amount in text[left:right], else the first behind it."""
    left = max(0, left)
    nearest = (-1, 0, "")
    for about, pattern in _MONEY.items():
        for match in pattern.finditer(text, left, amount.start):
            nearest = max(nearest, (match.end(), match.end() - match.start(), about))
    if nearest[2]:
        return nearest[2]
    behind = sorted((*match.span(), about) for about, pattern in _MONEY.items() if (match := pattern.search(text, amount.end, right)))
    if len(behind) > 1 and behind[1][0] - behind[0][1] == 1 and text[behind[0][1]] == " ":  # of a "revenue budget" the latter
        return behind[1][2]
    return behind[0][2] if behind else ""


def _period(clause: str) -> str:
    return next((name for name, pattern in _PERIODS.items() if pattern.search(clause)), "")
