"""Parse files of labels (CSV, JSON lines, Excel) into lines, and the number and problem of each line that was skipped."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feedback.labels import FULL, NONE, PARTIAL
from preprocess.archives.zip import check_size, open_archive
from preprocess.document import Unreadable
from preprocess.plain_text import decode

ENDINGS = (".csv", ".jsonl", ".xlsx")
NOBODY = "file"
"""The rater of lines that name none: not "", which is whoever labels on a page without a login."""

_HEADERS = {
    "job": "job jd jobdescription 职位 岗位 招聘jd 职位描述 岗位描述",
    "resume": "resume cv 简历 候选人 候选人简历",
    "label": "label grade 标注 标签",
    "job_id": "jobid 职位id 职位编号 岗位编号",
    "rater": "rater 标注人",
}
_COLUMN = {header: column for column, headers in _HEADERS.items() for header in headers.split()}
_WORDS = {FULL: "2 完全匹配 full fullmatch", PARTIAL: "1 部分匹配 partial partialmatch", NONE: "0 不匹配 none nomatch"}
_GRADE = {word: grade for grade, words in _WORDS.items() for word in words.split()}

_MAX_CELL = 10_000_000  # characters; csv's own limit of 131,072 is shorter than some resumes
_MAX_UNPACKED = 500_000_000
_MOST_READINGS = 4  # of a CSV's lines, as broken quotes make them be read again; of what is left then, each line is a record by itself


@dataclass(frozen=True)
class LabelLine:
    """A parsed line: `job` and `resume` are text or the path of a file. `number` counts from 1, the header included.

    An empty job was replaced by that of an earlier line with the same `job_id`. `rater` is NOBODY if none is named.
    """

    number: int
    job: str
    resume: str
    grade: int
    job_id: str = ""
    rater: str = NOBODY


@dataclass(frozen=True)
class LineProblem:
    """A line that was skipped; line 0: the whole file. Reasons: `no_columns`, `bad_line`, `no_job`, `no_resume`, `bad_label`.

    Those of whole files and of paths in a line are the reasons of `preprocess.document.Rejected`. Never carries resume text.
    """

    line: int
    reason: str
    detail: str = ""


def read_lines(name: str, data: bytes) -> tuple[list[LabelLine], list[LineProblem]]:
    """Read the lines of a file with the columns job, resume, label[, job_id, rater], in any order, headers in English or Chinese.

    Text is UTF-8, UTF-16, GB18030 or Big5. Raises Unreadable if no line can be read: `no_columns` (its detail names the missing ones),
    `unsupported_type`, `not_text`, `damaged`, `unpacks_too_large`, `too_complex`.
    """
    read = {".csv": _csv, ".jsonl": _jsonl, ".xlsx": _xlsx}.get(Path(name).suffix.lower())
    if read is None:
        raise Unreadable("unsupported_type", Path(name).suffix[1:].upper())
    lines: list[LabelLine] = []
    problems: list[LineProblem] = []
    jobs: dict[str, str] = {}
    for number, cells in read(data):
        try:
            line = _line(number, cells, jobs)
        except _BadLine as error:
            problems.append(LineProblem(number, str(error)))
        else:
            jobs.setdefault(line.job_id, line.job)
            lines.append(line)
    return lines, problems


class _BadLine(Exception):
    """The message is the reason code."""


Cells = Mapping[str, Any] | None
"""Values by column; None: the line could not be parsed."""


def _line(number: int, cells: Cells, jobs: Mapping[str, str]) -> LabelLine:
    if cells is None:
        raise _BadLine("bad_line")
    text = {column: _text(cells.get(column)) for column in _HEADERS}
    job = text["job"] or (jobs.get(text["job_id"], "") if text["job_id"] else "")
    grade = grade_of(text["label"])
    for reason, is_bad in (("no_job", not job), ("no_resume", not text["resume"]), ("bad_label", grade is None)):
        if is_bad:
            raise _BadLine(reason)
    assert grade is not None
    return LabelLine(number, job, text["resume"], grade, text["job_id"], text["rater"] or NOBODY)


def grade_of(label: str) -> int | None:
    """Return the grade that a label means (完全匹配, "partial match", 0 …), None if it is none."""
    return _GRADE.get(re.sub(r"\s|(?<=[a-z])[_-]", "", label.lower()))


def _text(value: Any) -> str:
    """Return a cell as text: spreadsheets and JSON have numbers (2, 2.0) where CSV has "2". Other types give ""."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _columns(header: Mapping[Any, Any]) -> dict[Any, str]:
    """Return index or key → column, the first of each."""
    places: dict[str, Any] = {}
    for key, title in header.items():
        column = _COLUMN.get(re.sub(r"[\s_-]", "", str(title)).lower())
        if column:
            places.setdefault(column, key)
    return {key: column for column, key in places.items()}


def _table(rows: Iterator[tuple[int, list[Any] | None]]) -> Iterator[tuple[int, Cells]]:
    """Yield rows by column name, without blank ones. Raises Unreadable."""
    _, header = next(rows, (0, None))
    columns = _columns(dict(enumerate(header or [])))
    missing = [column for column in ("job", "resume", "label") if column not in columns.values()]
    if missing:
        raise Unreadable("no_columns", ", ".join(missing))
    for number, row in rows:
        cells = {columns[index]: value for index, value in enumerate(row or []) if index in columns}
        if row is None or any(_text(value) for value in row):
            yield number, None if row is None else cells


def _csv(data: bytes) -> Iterator[tuple[int, Cells]]:
    return _table(csv_rows(decode(data)))


def csv_rows(text: str) -> Iterator[tuple[int, list[Any] | None]]:
    """Yield each record of a CSV with the number of its first line, the header included; None for one with broken quotes.

    The delimiter is whatever the first line has most of: comma, semicolon or tab. After broken quotes reading restarts on the line below.
    """
    lines = list(io.StringIO(text, newline=""))
    delimiter = max(",;\t", key=lines[0].count) if lines else ","
    csv.field_size_limit(_MAX_CELL)
    start, lines_left = 0, _MOST_READINGS * len(lines)
    while start < len(lines):
        end = len(lines) if lines_left > 0 else start + 1
        reader = csv.reader((lines[index] for index in range(start, end)), delimiter=delimiter, strict=True)
        first, following = start, end
        try:
            for row in reader:
                yield first + 1, row
                first = start + reader.line_num
        except csv.Error:
            yield first + 1, None
            following = first + 1
        start, lines_left = following, lines_left - reader.line_num


def _jsonl(data: bytes) -> Iterator[tuple[int, Cells]]:
    for number, line in enumerate(io.StringIO(decode(data)), start=1):
        if line.strip():
            yield number, _object(line)


def _object(line: str) -> Cells:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict):
        return None
    return {column: values[key] for key, column in _columns({key: key for key in values}).items()} or None


def _xlsx(data: bytes) -> Iterator[tuple[int, Cells]]:
    """Read the first sheet."""
    import openpyxl  # here: a fifth of a second, which the start of the app need not wait for

    check_size(open_archive(data).infolist(), _MAX_UNPACKED)
    try:
        sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()  # type: ignore[attr-defined]  # some programs write a wrong size, which would cut rows off
        rows = [(number, list(row)) for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)]
    except Exception:  # openpyxl lets through whatever its parsers raise
        raise Unreadable("damaged") from None
    return _table(iter(rows))
