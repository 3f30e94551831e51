"""Read the rows of a list of candidates from an applicant tracking system: id, name, file, contacts, status and label, as written.

A sheet is such a list if its headings name people or their files and, beside them, an id, a file, a status or a label. It may also be one
whose rows are resumes (people.py): then each row is both. In guarded processes only.
"""

import re
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any, BinaryIO

from preprocess.blind.contact import mails_in, phones_in
from preprocess.fold import fold
from preprocess.lexicon.field_labels import label_key, label_kind
from preprocess.roster import RosterRow
from preprocess.tables.columns import MAX_TITLE_ROWS, columns_of, file_column, is_name, is_total, name_columns
from preprocess.tables.grid import Sheet
from preprocess.tables.lines import Row, is_label, unstacked
from preprocess.tables.workbook import read_sheets

MAX_ROWS = 20_000
_MAX_CELL = 300  # characters; nothing that identifies a person is longer
_MIN_SHARE_OF_NAMES = 0.8
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)  # how some programs keep the zeros of 000123 in a CSV


def _keys(chinese: str, english: str) -> frozenset[str]:
    return frozenset(map(label_key, [*chinese.split(), *english.split("|")]))


_HEADINGS = {
    "id": _keys(
        "ID 编号 候选人ID 候选人编号 应聘者ID 应聘者编号 人选ID 人选编号 人才ID 人才编号 简历ID 简历编号 申请ID 申请编号 投递ID 投递编号"
        " 应聘编号 报名号 报名编号 准考证号 外部ID",
        "Candidate ID|Candidate number|Candidate No.|Applicant ID|Application ID|Application number|Person ID|Profile ID"
        "|Resume ID|External ID|Reference|Ref",
    ),
    "file": _keys(
        "文件 文件名 文件名称 简历文件 简历文件名 简历附件 附件 附件名 附件名称 附件简历 简历名称 简历",
        "File|File name|Filename|Resume|Resume file|Resume filename|CV|CV file|Attachment|Attachment name|Document",
    ),
    "status": _keys(
        "状态 候选人状态 应聘状态 流程状态 招聘状态 招聘流程 简历状态 筛选状态 处理状态 阶段 当前阶段 招聘阶段 流程阶段 筛选结果 处理结果",
        "Status|Stage|Candidate status|Application status|Current stage|Current status|Hiring stage|Pipeline stage|Disposition",
    ),
    "label": _keys("标注 标签 匹配 匹配度 匹配结果 匹配情况 匹配程度 是否匹配 评级", "Label|Grade|Match|Match level|Fit|Rating"),
}


def read_roster(file: BinaryIO) -> dict[str, Any]:
    """Return {"rows": the rows of all lists in a workbook, as tuples, "has_resumes": whether some sheet's rows are resumes themselves}.

    Hidden rows, columns and sheets are left out; so are rows beyond MAX_ROWS. Raises Unreadable, as `read_sheets` does.
    """
    sheets = [sheet for sheet in read_sheets(file.read()) if sheet.rows]
    rows = [row for sheet in sheets for row in _rows(sheet)][:MAX_ROWS]
    has_resumes = any(columns.tells for sheet in sheets if (columns := columns_of(sheet)))
    return {"rows": [astuple(row) for row in rows], "has_resumes": has_resumes}


def _rows(sheet: Sheet) -> list[RosterRow]:
    lines = sheet.lines_of_cells()
    for index, (number, cells) in enumerate(lines[: MAX_TITLE_ROWS + 1]):
        headings = {column: unstacked(text) for column, text in cells}
        if columns := _columns(headings, [row for _, row in lines[index + 1 :]]):
            below = [(row, dict(values)) for row, values in lines if row > number]
            return [row for line, values in below if values != headings and (row := _row(line, values, columns))]
        if len(cells) > 2:  # above the headings stand only titles
            break
    return []


def _columns(headings: dict[int, str], rows: Sequence[Row]) -> dict[str, tuple[int, ...]]:
    """Return the columns by what they hold; {} if the row is not that of a list's headings."""
    keys = {column: label_key(heading) for column, heading in headings.items()}
    columns = {kind: tuple(column for column, key in keys.items() if key in known)[:1] for kind, known in _HEADINGS.items()}
    columns["name"] = name_columns(headings)
    taken = {column for chosen in columns.values() for column in chosen}
    files = file_column(rows, {column: heading for column, heading in headings.items() if column not in columns["name"]})
    if files is not None and not columns["file"]:
        columns["file"] = (files,)
    columns["contacts"] = tuple(column for column in headings if column not in taken and label_kind(headings[column]) == "contact")
    if not (columns["name"] or columns["file"]) or not any(columns[kind] for kind in ("id", "file", "status", "label")):
        return {}
    if len(headings) < 2 or not _are_people(rows, columns):
        return {}
    return columns


def _are_people(rows: Sequence[Row], columns: dict[str, tuple[int, ...]]) -> bool:
    """Return whether names, or else files, stand below the headings, and no labels as in a form."""
    key = (columns["name"] or columns["file"])[0]
    texts = [text for cells in rows for column, text in cells if column == key and len(cells) > 1]
    if not texts or any(is_label(unstacked(text)) for text in texts):
        return False
    return not columns["name"] or sum(map(is_name, texts)) >= _MIN_SHARE_OF_NAMES * len(texts)


def _row(number: int, values: dict[int, str], columns: dict[str, tuple[int, ...]]) -> RosterRow | None:
    """Return a row; None for one that names neither a person nor a file: a remark, a total."""

    def text(kind: str) -> str:
        written = " ".join(" ".join(values[column] for column in columns[kind] if column in values).split())
        quoted = _QUOTED.fullmatch(written)
        return (quoted[1] if quoted else written)[:_MAX_CELL]

    name, file = text("name"), text("file")
    contact = fold("\n".join(values[column][:_MAX_CELL] for column in columns["contacts"] if column in values))
    contacts = tuple(dict.fromkeys((*phones_in(contact), *mails_in(contact))))
    if not (name or file) or is_total(file) or is_total(name) or (name and not is_name(name) and not (contacts or file)):
        return None
    return RosterRow(number + 1, text("id"), name, file, contacts, text("status"), text("label"))
