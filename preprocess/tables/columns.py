"""Tell whether a sheet has a row a person: find the row of its headings, and what its columns hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from preprocess.lexicon.characters import has_cjk
from preprocess.lexicon.field_labels import label_key, label_kind
from preprocess.lexicon.headings import heading_kind, is_heading
from preprocess.tables.grid import Sheet
from preprocess.tables.lines import Row, is_label, unstacked

MAX_TITLE_ROWS = 10
_NAMES = frozenset(
    map(
        label_key,
        "姓名 候选人 候选人姓名 应聘者 应聘者姓名 应聘人姓名 求职者姓名 申请人姓名 人选 人选姓名 人才姓名 员工姓名 学生姓名".split(),
    )
) | frozenset(map(label_key, "Candidate|Candidate name|Applicant name|Employee name|Student name|Person|Contact name".split("|")))
_FIRST, _LAST = map(label_key, ("First name", "Last name"))
_LAST_NAMES = {_LAST, label_key("Surname"), label_key("Family name")}
_WORK = {"education", "job", "skills", "about"}
_PERSONAL = {"gender", "age", "birth", "contact", "origin", "political", "family", "web", "account"}
_HEADED_BY_NOUN = re.compile(
    r"(?:经[历歷]|[经經][验驗]|[学學][历歷]|[专專][业業]|院校|[学學]校|技能|[职職][位务務称稱]|[岗崗]位|公司|年限|[简簡]介|[评評][价價]|[优優][势勢]|[项項]目)"
    r"|\b(?:experience|education|skills?|title|position|company|employer|degree|school|university|summary|role|years)\b",
    re.IGNORECASE,
)
_FILE = re.compile(r"[^\n/\\]{1,200}\.(?:pdf|docx?|wps|rtf|txt|html?|mht|odt|eml|msg|jpe?g|png|heic|zip|pages|pptx?)", re.IGNORECASE)
LONGEST_NAME = 60
_NO_NAME = re.compile(r"[\d@:：;；。,，!?？/\\=<>]|^[\W_]*$")
_WORD = r"(?:[^\W\d_a-z][\w.'’-]{0,30}|d[aeiou]|de la|del|van|von|der|bin|al|el)"
_LATIN_NAME = re.compile(rf"{_WORD}(?:,? {_WORD}){{1,6}}")
"""A surname first (Lee, Anna), or a degree behind (Anna Lee, PhD)."""
_PRONOUNS = re.compile(r" ?\((?:s?he|they|her|him)/[a-z/]{2,12}\)$", re.IGNORECASE)
_TOTALS = frozenset("合计 总计 共计 小计 合計 總計 平均 备注 說明 说明 注 total totals sum average note notes".split())
_PROSE = 30  # characters; a column of such texts says something of people, whatever its heading
_MIN_SHARE_OF_NAMES = 0.8
_MIN_KNOWN = 0.3  # share of the other columns that tell of a person
_AMBIGUOUS = label_key("Name")


@dataclass(frozen=True)
class Columns:
    """The places of the columns of a sheet of people. `headings` are by column, `names` the ones that together are the name."""

    header_row: int
    headings: dict[int, str]
    names: tuple[int, ...]
    files: int | None
    """The column that names each person's resume file."""

    tells: bool
    """True if there is anything to read about a person besides contact data."""


def columns_of(sheet: Sheet) -> Columns | None:
    """Return the columns of a sheet with a row a person; None for any other."""
    rows = sheet.lines_of_cells()
    for index, (number, cells) in enumerate(rows[: MAX_TITLE_ROWS + 1]):
        headings = {column: unstacked(text) for column, text in cells}
        if names := name_columns(headings):
            return _checked(number, headings, names, [cells for _, cells in rows[index + 1 :]])
        if len(cells) > 2:  # above the headings stand only titles
            return None
    return None


def is_name(text: str) -> bool:
    """Return whether a cell may hold somebody's name."""
    if len(text) > LONGEST_NAME or "\n" in text or is_total(text):
        return False
    name = _PRONOUNS.sub("", text)
    return not _NO_NAME.search(name) or (_LATIN_NAME.fullmatch(name) is not None and not is_total(name.split(",")[0]))


def is_total(text: str) -> bool:
    """Return whether a cell begins a row of totals or remarks."""
    return text.strip(" ：:").lower() in _TOTALS


def name_columns(headings: dict[int, str]) -> tuple[int, ...]:
    """Return the columns that together are the name, by their headings; () if none is."""
    keys = {column: label_key(heading) for column, heading in headings.items()}
    whole = [column for column, key in keys.items() if key in _NAMES]
    if whole:
        return (whole[0],)
    first = [column for column, key in keys.items() if key == _FIRST]
    last = [column for column, key in keys.items() if key in _LAST_NAMES]
    if first and last:
        return first[0], last[0]
    return tuple(column for column, heading in headings.items() if label_kind(heading) == "name")[:1]


def _checked(number: int, headings: dict[int, str], names: tuple[int, ...], rows: Sequence[Row]) -> Columns | None:
    """Return the columns if what stands below the headings is people, and the headings are no labels of a form."""
    named = [text for cells in rows for column, text in cells if column == names[0] and len(cells) > 1 and not is_total(text)]
    named = [text for text in named if text != headings[names[0]]]
    if not named or any(is_label(unstacked(text)) for text in named):
        return None
    if sum(map(is_name, named)) < _MIN_SHARE_OF_NAMES * len(named):
        return None
    others = {column: heading for column, heading in headings.items() if column not in names}
    files = file_column(rows, others)
    kinds = [tells_of(heading) or ("prose" if _is_prose(rows, column) else "") for column, heading in others.items() if column != files]
    work, personal, prose = (kinds.count(kind) for kind in ("work", "person", "prose"))
    if label_key(headings[names[0]]) == _AMBIGUOUS and not work + personal:  # of goods as well
        return None
    known = work + personal + prose + (files is not None)
    if known < _MIN_KNOWN * len(others) or (files is None and not prose and (not work or known < 2)):
        return None
    return Columns(number, headings, names, files, bool(work or prose))


def tells_of(heading: str) -> str:
    """Return whether a column tells of the "work" or the "person", "" for neither."""
    if label_kind(heading) in _WORK or (is_heading(heading) and heading_kind(heading) not in ("title", "personal", "contact", "other")):
        return "work"
    if label_kind(heading) in _PERSONAL:
        return "person"
    return "work" if len(heading) <= _PROSE and _HEADED_BY_NOUN.search(heading) else ""


def file_column(rows: Sequence[Row], headings: dict[int, str]) -> int | None:
    """Return the column that names files in most rows that have it."""
    for column in headings:
        texts = [text for cells in rows for other, text in cells if other == column]
        if texts and sum(_FILE.fullmatch(text) is not None for text in texts) > 0.5 * len(texts):
            return column
    return None


def _is_prose(rows: Sequence[Row], column: int) -> bool:
    texts = [text for cells in rows for other, text in cells if other == column]
    length = sum(len(text) * (2 if has_cjk(text) else 1) for text in texts)
    return bool(texts) and length >= 2 * _PROSE * len(texts)
