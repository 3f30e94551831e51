"""Recognise page numbers: which texts have their form, and which of those found on the pages of a document count its pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from preprocess.lexicon.numerals import chinese_number

_N = r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})"
_M = r"(?P<m>\d{1,3}|[一二三四五六七八九十]{1,3})"
_PAGE = "page|seite|página|pàgina|pagina|strona|strana|stránka|sida|side|sivu|sayfa|halaman|trang|страница|сторінка|σελίδα"
_OF = "of|von|de|di|da|do|sur|van|z|ze|od|av|af|dari|trên|из|з|από"
_WORDED = (
    rf"第 ?{_N} ?[页頁](?: ?[,，/、·|｜-]? ?(?:[共总總](?:计|計)? ?{_M} ?[页頁]))?",
    rf"[(（]? ?[共总總](?:计|計)? ?{_M} ?[页頁] ?[,，/、·|｜-]? ?第 ?{_N} ?[页頁] ?[)）]?",
    rf"第 ?{_N} ?/ ?{_M} ?[页頁]",
    rf"{_N} ?/ ?{_M} ?[页頁]",
    rf"(?:page|pg|p)\b ?[.:]? ?{_N}(?: ?(?:of|[/|｜]) ?{_M})?",
    rf"(?:{_PAGE})\b ?[.:]? ?{_N}(?: ?(?:{_OF}|[/|｜]) ?{_M})?",
    rf"(?:ページ|페이지) ?{_N}(?: ?(?:/|of|의) ?{_M})?",
    rf"{_N} ?/ ?{_M} ?(?:ページ|페이지)",
)
_BARE = (rf"{_N} ?(?:/|of) ?{_M}", rf"[-–—－~·•.|｜<\[(（【]{{1,3}} ?{_N} ?[-–—－~·•.|｜>\])）】]{{1,3}}", r"(?P<n>\d{1,3})")
_FORMS = tuple((worded, re.compile(form, re.IGNORECASE)) for worded, forms in ((True, _WORDED), (False, _BARE)) for form in forms)
_INSIDE = tuple(
    re.compile(rf"(?<!\w){form}(?!\w)", re.IGNORECASE)
    for form in (*_WORDED[:4], rf"(?:{_PAGE}) ?[.:]? ?\d{{1,3}}(?: ?(?:{_OF}|/) ?\d{{1,3}})?")
)
_MAX_LENGTH = 32
_BESIDE = " |｜·•-–—－"


class PageNumber(NamedTuple):
    """A text that may number a page. `form` is the index of its pattern; `worded`: the form says so in words."""

    form: int
    worded: bool
    number: int
    total: int | None


def page_number(text: str) -> PageNumber | None:
    """Parse a text that has the form of a page number: `第 3 页 共 5 页`, `Page 3 of 5`, `3/5`, `- 3 -`, `3`. None for others."""
    text = " ".join(text.split())
    if not text or len(text) > _MAX_LENGTH:
        return None
    text = re.sub(r"^[-–—－~·•|｜]{1,6} ?(?=\S.*[页頁a-z])|(?<=[\d页頁]) ?[-–—－~·•|｜]{1,6}$", "", text) if len(text) > 5 else text
    for index, (worded, form) in enumerate(_FORMS):
        if match := form.fullmatch(text):
            groups = match.groupdict()
            total = chinese_number(groups["m"]) if groups.get("m") else None
            return PageNumber(index, worded, chinese_number(groups["n"]), total)
    return None


def without_page_number(text: str) -> str:
    """Return a header or footer without the page number in it, if it has one."""
    parts = re.split(r"(\s{2,}|\s*[|｜·•]\s*|\s+[-–—－]\s+)", text) if len(text) <= 200 else [text]
    kept = "".join(part for part in parts if not page_number(part))
    for form in _INSIDE:
        kept = form.sub(" ", kept)
    return text if kept == text else kept.strip(_BESIDE)


def without_worded_page_number(text: str) -> tuple[str, str]:
    """Return a header or footer without the page number in it that words tell ("林晓岚  第 1 页", "Anna Lee | Page 1 of 2"), and that."""
    for form in _INSIDE:
        if match := form.search(text):
            return " ".join(filter(None, (text[: match.start()].rstrip(_BESIDE), text[match.end() :].lstrip(_BESIDE)))), match[0]
    return text, ""


def consistent_page_numbers(numbers: Iterable[tuple[int, PageNumber]], pages: int) -> set[tuple[int, PageNumber]]:
    """Return those of the (page, number) pairs found near edges (pages from 1) that count pages.

    Either the form says it in words and the number fits, or the number is that of its page, or it runs along with the pages.
    """
    by_form: dict[int, list[tuple[int, PageNumber]]] = defaultdict(list)
    for page, number in numbers:
        by_form[number.form].append((page, number))
    consistent = set()
    for group in by_form.values():
        offsets = Counter(offset for offset, _ in {(number.number - page, page) for page, number in group})
        offset, count = offsets.most_common(1)[0]
        runs_along = count >= 2 and count >= 0.6 * min(pages, len({page for page, _ in group}))
        for page, number in group:
            in_range = number.total is None or 0 < number.number <= number.total
            own = number.number == page and number.total in (None, pages)
            whole = number.worded and number.total is not None
            if in_range and (whole or own or (runs_along and number.number - page == offset)):
                consistent.add((page, number))
    return consistent


def worded_page_numbers(numbers: Iterable[PageNumber]) -> set[PageNumber]:
    """Return those of the numbers on lines of their own in a text without pages that say in words that they count pages, and do."""
    worded = {number for number in numbers if number.worded}
    present = {(number.form, number.number) for number in worded}
    return {
        number
        for number in worded
        if (number.total is not None and 0 < number.number <= number.total)
        or (number.form, number.number - 1) in present
        or (number.form, number.number + 1) in present
    }
