"""Find mentions of the table of certificates: by a row's words, the kind beside an open row, level and subject, or an exam's papers."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from reranker.evidence.facts.credentials.company import has_company, is_other_word
from reranker.evidence.facts.credentials.ladders import levelled
from reranker.evidence.facts.credentials.table import TABLE, included, kinds_of, words_of
from reranker.evidence.facts.mentions import clause_around, pattern
from reranker.evidence.facts.word_index import WordIndex

MAX_MENTIONS = 200
"""Nobody has more; whoever repeats the words takes no more time than that."""
_BESIDE_BACK, _BESIDE_AHEAD = 20, 12
_FAR_FROM_KIND = 50
_LOWER_CASE = re.compile(r"\s?(?:证|考|已|过|全科|持|[:：]|certif|licen|exam|passed|qualified|in progress)")
_IS_ACRONYM = re.compile(r"[A-Z]{3,7}")
_ENDS = re.compile(r"[。；;\n|]|\. ")
_SPELLED_AHEAD = re.compile(r"\b((?!certif|regist|licen|charter|profess)[a-z]{2,16}(?: [a-z]{2,16}){1,5}) \($")
"""What the acronym in the bracket stands for, in small letters: "preventive maintenance programme (PMP)"."""
_NUMBER = re.compile(r"\s?(?:,|/|&|and|or|、|及|和|或)\s?(\d{1,3})(?![\d.%年月门科分级A-Za-z])")
_DEMANDS = re.compile(
    r"\b(?:must|hold(?:s|ing|er)?|have|has|valid|current|active|required|essential|preferred|only|or|and|above|higher|better|equivalent"
    r"|need(?:ed)?|an?|the|with|desirable|papers?|minimum|at least|mandatory)\b"
    r"|优先|要求|以上|必[须备]|具备|有效|[即均]可|[持有须需或及者]|[\W\d_]",
    re.IGNORECASE,
)
"""All that a job says beside the names of certificates that leave no doubt by themselves: "Must hold RSA", "Green Belt or higher"."""
_JOINS = re.compile(r"\s?[:：(,，/、-]{0,2}\s?(?:级别|类型|类别|准驾车型|学科|学段|等级|为|是|持有)?\s?[:：(]?\s?")


class Mention(NamedTuple):
    """A row of the table by its name, and where the text names it."""

    start: int
    end: int
    name: str


def mentions(text: str, in_job: bool = False) -> list[Mention]:
    """Return what a `folded` text names, by place; a row that leaves the kind open only where no kind is said beside it ("C1 驾照").

    `in_job`: the text demands; where it says nothing else, a short word needs no company.
    """
    named = sorted([*_named(text, in_job), *_papers(text), *(Mention(*level) for level in levelled(text))])
    result: list[Mention] = []
    for index, mention in enumerate(named):
        kinds = kinds_of().get(mention.name, ())
        last = named[index - 1].end if index else 0
        following = named[index + 1].start if index + 1 < len(named) else len(text)
        if kinds and any(_is_kind_of(text, mention, other) for other in named):
            continue
        result += (list(_kinds_beside(text, mention, last, following)) or [mention]) if kinds else [mention]
    return _merged(text, (mention for mention in set(result) if not any(_is_within(mention, other) for other in result)))


def _merged(text: str, mentioned: Iterable[Mention]) -> list[Mention]:
    """One mention for two names of the same: 保安人员许可证(保安牌)."""
    merged: list[Mention] = []
    for mention in sorted(mentioned):
        last = merged[-1] if merged else None
        if last and last.name == mention.name and re.fullmatch(r"[\s()/,，、:：-]{0,3}", text[last.end : mention.start]):
            merged[-1] = Mention(last.start, max(last.end, mention.end), last.name)
        else:
            merged.append(mention)
    return merged


def _is_within(mention: Mention, other: Mention) -> bool:
    return mention != other and other.start <= mention.start and mention.end <= other.end and other.name == mention.name


def _is_kind_of(text: str, general: Mention, special: Mention) -> bool:
    if general.name == special.name or abs(special.start - general.start) > _FAR_FROM_KIND or general.name not in included(special.name):
        return False
    left, right = clause_around(text, general.start, general.end, _FAR_FROM_KIND)
    return left <= special.start < right


def _kinds_beside(text: str, mention: Mention, last: int, following: int) -> Iterator[Mention]:
    """The kinds that stand right beside a mention; a code ("C1") may stand anywhere in its sentence."""
    left, _ = clause_around(text, mention.start, mention.end, _BESIDE_BACK)
    left = max(left, last)
    end = _ENDS.search(text, mention.end, min(following, mention.end + 80))
    right = end.start() if end else min(following, mention.end + 80)
    opening = _JOINS.match(text, mention.end)
    ahead = opening.end() if opening else mention.end
    for name in kinds_of()[mention.name]:
        if not (beside := _beside(name)):
            continue
        matches = list(beside.finditer(text, left, right))
        for match in matches:
            is_code = _is_code(match[0])
            if match.start() < mention.start and not is_code:
                yield Mention(match.start(), mention.end, name)
                return
            if match.start() < mention.end or (
                match.start() <= ahead + _BESIDE_AHEAD and not re.search("[，,]", text[ahead : match.start()])
            ):
                yield Mention(min(match.start(), mention.start), max(match.end(), mention.end), name)
            elif is_code:
                yield Mention(match.start(), match.end(), name)


def _is_code(word: str) -> bool:
    """Return whether a word is a class of driving licences: C1, A2."""
    return len(word) == 2 and word[0] in "ABCDabcd" and word[1].isdigit()


def _named(text: str, in_job: bool) -> Iterator[Mention]:
    words = [further for word in islice(_words().find(text), MAX_MENTIONS) for further in (word, *_numbered(text, *word[:2]))]
    taken = {start for start, _, _ in words}
    lower = (
        (start, end, (name, True)) for start, end, name in _acronyms().find(text) if start not in taken and _LOWER_CASE.match(text, end)
    )
    is_plain, is_short_only = in_job and _demands_only(text, words), all(is_short for _, _, (_, is_short) in words)
    for start, end, (name, is_short) in [*words, *islice(lower, MAX_MENTIONS)]:
        is_clear = is_plain and (is_short_only or text[start:end].isupper()) and not _is_code(text[start:end])
        if (is_short and not (is_clear or has_company(text, start, end, name))) or text.startswith("证件", end - 1):
            continue
        if not is_other_word(text, start, end, name) and not _is_spelled_otherwise(text, start, end, name):
            while end < len(text) and text[end].isascii() and text[end].isalpha():
                end += 1  # the letters that "*" stands for
            yield Mention(start, end, name)


def _demands_only(text: str, words: Iterable[tuple[int, int, tuple[str, bool]]]) -> bool:
    """Return whether a demand consists of words of the table."""
    rest = "".join(char for index, char in enumerate(text) if not any(start <= index < end for start, end, _ in words))
    return not _DEMANDS.sub("", rest)


def _numbered(text: str, start: int, end: int) -> Iterator[tuple[int, int, tuple[str, bool]]]:
    """Further numbers behind a word that ends with one: "Series 7, 63 and 66"."""
    stem = text[start:end].rstrip("0123456789")
    while further := _NUMBER.match(text, end) if len(stem) < end - start else None:
        if (other := _words().key_of(stem + further[1])) is None:
            return
        start, end = further.span(1)
        yield start, end, other


def _papers(text: str) -> Iterator[Mention]:
    """An examination by three or more of its papers in a row: "会计、税法、经济法，三门已过"."""
    for name, papers in _paper_lists().items():
        for match in islice(papers.finditer(text), MAX_MENTIONS):
            if re.match(
                r"[^。；;\n]{0,8}?(?:\d|[一二三四五六])?(?:门|科)?(?:已|都|均)?(?:过|通过|\s?passed)", text[match.end() : match.end() + 24]
            ):
                yield Mention(match.start(), match.end(), name)


def _is_spelled_otherwise(text: str, start: int, end: int, name: str) -> bool:
    """Return whether the bracket behind an acronym spells it as something else: CFA (Country Fire Authority)."""
    ahead = _SPELLED_AHEAD.search(text, max(0, start - 80), start) if text.startswith(")", end) else None
    if ahead and "".join(word[0] for word in ahead[1].split()[-(end - start) :]).upper() == text[start:end]:
        return True
    spelled = re.match(r"\s?\(([A-Z][A-Za-z]+(?:[ -](?:of|and|for|the|[A-Z][A-Za-z]+)){1,6})\)", text[end : end + 80])
    if not text[start:end].isupper() or not spelled:
        return False
    initials = "".join(word[0] for word in re.findall(r"[A-Z][a-z]+", spelled[1]))
    return initials == text[start:end] and (_words().key_of(spelled[1]) or (None,))[0] != name


@cache
def _words() -> WordIndex[tuple[str, bool]]:
    """The words of the table; a key is (name, whether the word needs company)."""
    return WordIndex({(name, key == "short"): words_of(row, key) for name, row in TABLE.items() for key in ("words", "short")})


@cache
def _acronyms() -> WordIndex[str]:
    """Acronyms in lower case, which count only beside a word for a certificate: "pmp证", "cpa exam"."""
    return WordIndex(
        {
            name: [word.lower() for key in ("words", "short") for word in row.get(key, []) if _IS_ACRONYM.fullmatch(word)]
            for name, row in TABLE.items()
        }
    )


@cache
def _beside(name: str) -> re.Pattern[str] | None:
    words = sorted(TABLE[name].get("beside", []), key=len, reverse=True)
    chinese = [re.escape(word) for word in words if not word.isascii()]
    latin = [
        rf"(?i:{word}(?=(?:[A-F][1-6]?)*(?![A-Za-z0-9])))"
        if _is_code(word)
        else re.escape(word)
        if len(word) <= 3
        else f"(?i:{re.escape(word)})"
        for word in words
        if word.isascii()
    ]
    whole = [rf"(?<![A-Za-z])(?<!own )(?<!company )(?<!of a )(?:{'|'.join(latin)})(?![a-z0-9+])"] if latin else []
    return re.compile("|".join([*chinese, *whole])) if words else None


@cache
def _paper_lists() -> dict[str, re.Pattern[str]]:
    lists = {}
    for name, row in TABLE.items():
        if papers := row.get("papers"):
            paper = f"(?:{pattern(papers)})"
            lists[name] = re.compile(rf"{paper}(?:\s?(?:[、,/&和]|and)\s?{paper}){{2,5}}")
    return lists
