"""Page numbers: which texts are one, and which of those found on the pages of a document really count its pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

_N = r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})"
_M = r"(?P<m>\d{1,3}|[一二三四五六七八九十]{1,3})"
_WORDED = (
    rf"第 ?{_N} ?[页頁](?: ?[,，/、·|-]? ?(?:[共总總](?:计|計)? ?{_M} ?[页頁]))?",
    rf"[(（]? ?[共总總](?:计|計)? ?{_M} ?[页頁] ?[,，/、·|-]? ?第 ?{_N} ?[页頁] ?[)）]?",
    rf"第 ?{_N} ?/ ?{_M} ?[页頁]",
    rf"{_N} ?/ ?{_M} ?[页頁]",
    rf"(?:page|pg|p)\b ?[.:]? ?{_N}(?: ?(?:of|/|\|) ?{_M})?",
)
_BARE = (rf"{_N} ?(?:/|of) ?{_M}", rf"[-–—~·•.|<\[(（【]{{1,3}} ?{_N} ?[-–—~·•.|>\])）】]{{1,3}}", r"(?P<n>\d{1,3})")
_FORMS = tuple((worded, re.compile(form, re.IGNORECASE)) for worded, forms in ((True, _WORDED), (False, _BARE)) for form in forms)
_INSIDE = tuple(
    re.compile(rf"(?<!\w){form}(?!\w)", re.IGNORECASE) for form in (*_WORDED[:4], r"page ?[.:]? ?\d{1,3}(?: ?(?:of|/) ?\d{1,3})?")
)
_LONGEST = 32
_CHINESE = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


class PageNumber(NamedTuple):
    """A text that may number a page. `form` tells the ways of writing it apart; `worded`: it says so in words."""

    form: int
    worded: bool
    number: int
    total: int | None


def page_number(text: str) -> PageNumber | None:
    """The text as a page number, where it has the shape of one: `第 3 页 共 5 页`, `Page 3 of 5`, `3/5`, `- 3 -`, `3`."""
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    text = re.sub(r"^[-–—~·•|]{1,6} ?(?=\S.*[页頁a-z])|(?<=[\d页頁]) ?[-–—~·•|]{1,6}$", "", text) if len(text) > 5 else text
    for index, (worded, form) in enumerate(_FORMS):
        if match := form.fullmatch(text):
            found = match.groupdict()
            total = _value(found["m"]) if found.get("m") else None
            return PageNumber(index, worded, _value(found["n"]), total)
    return None


def without_page_number(text: str) -> str:
    """A header or footer without the page number in it, if it has one."""
    parts = re.split(r"(\s{2,}|\s*[|·•]\s*|\s+[-–—]\s+)", text) if len(text) <= 200 else [text]
    kept = "".join(part for part in parts if not page_number(part))
    for form in _INSIDE:
        kept = form.sub(" ", kept)
    return text if kept == text else kept.strip(" |·•-–—")


def counting(found: Iterable[tuple[int, PageNumber]], pages: int) -> set[tuple[int, PageNumber]]:
    """Of the numbers found near the edges of pages (numbered from 1), those that count pages.

    Either the form says it in words and the number fits, or the number is that of its page, or it runs along with the pages.
    """
    by_form: dict[int, list[tuple[int, PageNumber]]] = defaultdict(list)
    for page, number in found:
        by_form[number.form].append((page, number))
    good = set()
    for group in by_form.values():
        offsets = Counter(offset for offset, _ in {(number.number - page, page) for page, number in group})
        offset, count = offsets.most_common(1)[0]
        runs_along = count >= 2 and count >= 0.6 * min(pages, len({page for page, _ in group}))
        for page, number in group:
            in_range = number.total is None or 0 < number.number <= number.total
            own = number.number == page and number.total in (None, pages)
            whole = number.worded and number.total is not None
            if in_range and (whole or own or (runs_along and number.number - page == offset)):
                good.add((page, number))
    return good


def running(numbers: Iterable[PageNumber]) -> set[PageNumber]:
    """Of the numbers that stand alone on lines of a text without pages, those that say in words that they count pages, and do."""
    worded = {number for number in numbers if number.worded}
    present = {(number.form, number.number) for number in worded}
    return {
        number
        for number in worded
        if (number.total is not None and 0 < number.number <= number.total)
        or (number.form, number.number - 1) in present
        or (number.form, number.number + 1) in present
    }


def _value(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    return (10 * _CHINESE.get(tens, 1) if ten else 0) + _CHINESE.get(ones[-1:], 0)
