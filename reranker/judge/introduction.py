"""Find the person in the first lines of a resume where no label says so: "谢蔚 ／ 三十七 ／ 武汉人", "Angus Thistleton, 61, Hebden Bridge".

Generous on purpose: what is taken for a name or a place here is only kept from the judge, which loses no more than the beginning of a line.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from preprocess.blind.fields import bare_kind
from preprocess.blind.lists import one_of, words
from preprocess.blind.name_shapes import HAN_NAME, is_free_of_trade, is_latin, is_of_trade, may_be_chinese
from preprocess.blind.names import CANDIDATE
from preprocess.blind.schools import SCHOOL
from preprocess.lexicon.characters import CHINESE_NUMERALS, CJK, LIST_MARKS, NAME_DOTS, has_cjk
from preprocess.lexicon.english_words import english_words
from preprocess.lexicon.field_labels import label_kind, personal_kinds
from preprocess.lexicon.headings import heading_kind
from preprocess.lexicon.periods import ranges
from preprocess.tech_stack.names import names_in

PLACE = "[place]"

_HEAD, _NAMED_WITHIN = 8, 3
"""Lines with words that may introduce the person, up to a heading of another section or a period of time; the first of them may name it."""
_LOOKED_AT, _LONGEST, _LONGEST_DATED = 50, 2000, 200
"""Lines among which these are looked for; characters of a line that is one, and of one whose periods are looked for."""
_INTRODUCING = frozenset({"title", "personal", "contact"})
_SHORT = 60
"""Characters of a line that introduces somebody; in longer ones, keywords or prose, only the first stretches may."""
_FIRST_STRETCHES = 3
_WIDEST, _WIDEST_PLACE = 24, 6
"""Characters of a bare fact; of a Chinese word that may be a place, beside other facts."""

_OTHER_LETTER = r"[^\W\d_a-zA-Z]"
_SEPARATOR = re.compile(
    rf"(\s*(?:[|｜,，;；、/／•\t\u3000()（）【】<>]|(?<![{CJK}])·|·(?![{CJK}]))+\s*"
    r"|\s{2,}|(?<=[\w)])[.。](?:\s+|$)|\s+[-–—－]+\s+|[:：]\s*"
    rf"|(?<={_OTHER_LETTER}) (?=[^\W\d_])|(?<=[^\W\d_]) (?={_OTHER_LETTER}))"
)
_OPENING = "(（【<"
_AGE = re.compile(
    r"\d{2}(?:\s?(?:周?岁|years? old|y/?o))?|(?:年?近|今年|刚满)?[二三四五六]十(?:[一二三四五六七八九]|来|出头|多)?整?周?岁?"
    r"|(?:twenty|thirty|forty|fifty|sixty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"(?:(?:19[5-9]\d|200\d)|[五六七八九零〇]?[零〇一二三四五六七八九])\s?年?(?:生|的|出生|生人)|born .{1,20}", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19[5-9]\d|200[0-6])(?:\s?[.\-年/]\s?(?:\d{1,2}月?)?)?")
_TRADES = "责头持纪理品伙始办选本个系证介荐试承稿由轻障疾军工商匠牧艺体乐意法器实稼政诗来"  # 负责人, 经纪人, 主持人, 四百来人
_ORIGIN = re.compile(rf"(?:我是)?(?:(?![{CHINESE_NUMERALS}百千多几])[{CJK}]){{2,5}}(?<![{_TRADES}])人")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d{1,2}[A-Z]?(?: \d[A-Z]{2})?")
_PROPER = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}"
_LIVES = re.compile(
    r"(?P<keep>\b(?:I(?:['’]m| am)? (?:live|living|based|come|was born|born|grew up|from)(?: in| near| at| from)?"
    rf"|[Bb]ased (?:in|near)|[Ll]iv(?:es|ing) (?:in|near)) ){_PROPER}"
)
_STUDIED = re.compile(
    rf"(?P<keep>\b(?:(?:studied|educated|graduated|graduate|read|degree|alumn\w{{1,3}}) (?:at|from|of|in)|attended) )(?:the )?{_PROPER}"
)
_TITLE_END = re.compile("[师员工长手匠医护官家]$")
_NO_NAME = re.compile(f"{_TITLE_END.pattern}|词$|^我")
_CAPITALISED = re.compile(r"[A-Z][a-z'’]+(?:[A-Z][a-z]+)?(?:[ -](?:[A-Z][a-z'’]+|upon|on|le|the|of|under))*")
_OCCUPATION = re.compile(r"(?:ist|ian|eer|(?<!st)er|(?<!st)or)$")
_CHINESE = re.compile(rf"[{CJK}]{{2,8}}")
_PLACEHOLDER = re.compile(rf"(?:{CANDIDATE[0]}|{CANDIDATE[1]})(?:[{CJK}]| [A-Z][\w'’-]+)?", re.IGNORECASE)


def guessed_name(lines: Sequence[str]) -> str:
    """Return what may be the person's name at the top, "" where nothing looks like one."""
    numbers = [number for number, line in enumerate(lines[:_LOOKED_AT]) if line.strip()][:_NAMED_WITHIN]
    for line in (lines[number][:_LONGEST_DATED] for number in numbers):
        for index, stretch in enumerate(_SEPARATOR.split(line.strip(f" {LIST_MARKS}"))[:3:2]):
            part = stretch.strip()
            if not index and _is_chinese_name(part):
                return part
            if is_latin(part.title() if part.isupper() else part) and _is_unknown(part):
                return part
    return ""


def without_name(text: str, names: Iterable[Sequence[str]]) -> str:
    """Return the text without what blind mode leaves of Latin names, given as words: one alone may be another word, but not here."""
    parts = {part for name in names for part in name if len(part) > 1 and not has_cjk(part) and part.lower() not in english_words()}
    if not parts:
        return text
    word = one_of(form for part in parts for form in (part, part.upper(), part.title()))
    return re.sub(rf"\b{word}(?:[ -]{word})*+(?!\w)", CANDIDATE[1], text)


def without_person(lines: Sequence[str], is_personal: Sequence[bool]) -> list[str | None]:
    """Return the lines without bare facts about the person, None for one that told of nothing else.

    `is_personal`: something personal stood in that line before.
    """
    kept: list[str | None] = [_STUDIED.sub(lambda match: match["keep"] + SCHOOL[1], line) for line in lines]
    for number in _head(lines):
        line = _LIVES.sub(lambda match: match["keep"] + PLACE, kept[number] or "")
        kept[number] = _without_bare(line, is_personal[number])
    return kept


def _head(lines: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of the lines that may introduce the person."""
    left = _HEAD
    for number, line in enumerate(lines[:_LOOKED_AT]):
        kind = heading_kind(line)
        if not left or (kind and kind not in _INTRODUCING) or (len(line) < _LONGEST_DATED and ranges(line)):
            return
        if line.strip() and len(line) < _LONGEST:
            left -= 1
            yield number


def _without_bare(line: str, is_personal: bool) -> str | None:
    """Return the line without the stretches that are bare facts, None if no other is left."""
    parts = _SEPARATOR.split(line)
    is_short = len(line) <= _SHORT
    is_personal = is_personal and is_short and not line.rstrip().endswith(("。", "！"))
    places = range(0, len(parts), 2)
    bare: set[int] = set()
    for index in places if is_short else places[:_FIRST_STRETCHES]:
        is_first = len(bare) == index // 2
        if _is_bare(parts[index], is_personal, is_first) or (index == 0 and is_short and _is_chinese_name(parts[0].strip())):
            bare.add(index)
    kept = [index for index in places if index not in bare and parts[index].strip()]
    if bare:
        opening = parts[kept[0] - 1].strip()[-1:] if kept and kept[0] else ""
        line = "".join((parts[index - 1] if number else "") + parts[index] for number, index in enumerate(kept))
        line = opening + line if opening in _OPENING else line
    return line.rstrip(" 。.") or None


def _is_bare(stretch: str, is_personal: bool, is_first: bool) -> bool:
    """Return whether a stretch is nothing but a fact about the person, its label, or a placeholder for one.

    `is_first`: nothing else stands before it in the line.
    """
    part = stretch.strip(f' .。:："“”{LIST_MARKS}')
    if not part or len(part) > _WIDEST:
        return False
    if bare_kind(part) or label_kind(part) in personal_kinds():
        return True
    patterns = (_PLACEHOLDER, _AGE, _BORN, _POSTCODE, _ORIGIN, *([_YEAR] if is_personal else []))
    if any(pattern.fullmatch(part) for pattern in patterns):
        return is_personal or is_first or not part.isdigit()
    if not has_cjk(part):
        return (is_personal or is_first) and _CAPITALISED.fullmatch(part) is not None and _is_unknown(part)
    if not _CHINESE.fullmatch(part) or _TITLE_END.search(part):
        return False
    regions = tuple(words("places", "provinces"))
    return part in regions or (is_free_of_trade(part) and (part.startswith(regions) or (is_personal and len(part) <= _WIDEST_PLACE)))


def _is_chinese_name(part: str) -> bool:
    is_long = re.search(f"[{NAME_DOTS}]", part) is not None and is_free_of_trade(part)
    return HAN_NAME.fullmatch(part) is not None and (is_long or may_be_chinese(part)) and _NO_NAME.search(part) is None


def _is_unknown(part: str) -> bool:
    """Return whether this has a word that is no common one, no title and no technology: a name, or a place."""
    parts = [word.lower() for word in re.findall(r"[^\W\d_]+", part) if word.lower() not in words("places", "english")]
    if any(map(is_of_trade, parts)) or any(match.name.canonical and match.end - match.start > 2 for match in names_in(part)):
        return False
    if len(parts) == 1 and _OCCUPATION.search(parts[0]):
        return False
    return not parts or any(word not in english_words() for word in parts)
