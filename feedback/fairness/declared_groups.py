"""Read a CSV of names and declared groups, and assign a group to each candidate of a run. Nothing is stored."""

import re
import unicodedata
from collections.abc import Sequence

from feedback.files.label_files import LineProblem, csv_rows
from feedback.store.store import RunRow
from preprocess.document import Unreadable
from preprocess.plain_text import decode

_HEADERS = {"name": "file filename name candidate resume 文件 文件名 姓名 候选人 简历", "group": "group category 组 组别 群体 类别"}
_COLUMN = {header: column for column, headers in _HEADERS.items() for header in headers.split()}
_UNDECLARED = {"", "unknown", "undeclared", "not declared", "n a", "prefer not to say", "未知", "未声明", "不愿透露", "不愿回答", "保密"}


def declared_groups(people: Sequence[RunRow], declared: bytes) -> tuple[dict[str, str], list[LineProblem]]:
    """Return the declared group by resume id ("" if undeclared), spelled as first met, and the lines that were left out.

    The CSV has two columns, file (or name) and group. A candidate is named by the file, with or without its extension, or by a part of it
    between signs and spaces: 张三 is 张三_后端.pdf. Reasons of problems: `bad_line`, `no_name`, `no_candidate`, `several_candidates` (the
    name fits more than one), `other_group` (an earlier line names another group for the same candidate, who is left out). Their details are
    empty, as they would be names. Raise Unreadable (`no_columns`, `not_text`) if the file is no such CSV.
    """
    problems: list[LineProblem] = []
    groups: dict[str, str] = {}
    spelling: dict[str, str] = {}
    disputed: set[str] = set()
    called = [(row.resume_id, row.name.strip(), _plain(row.name), _plain(_stem(row.name))) for row in people]
    for line, cells in _lines(declared):
        name, group = cells or ("", "")
        fitting = _fitting(name.strip(), called)
        reason = "bad_line" if cells is None else "no_name" if not _plain(name) else "no_candidate" if not fitting else "several_candidates"
        if len(fitting) != 1:
            problems.append(LineProblem(line, reason))
            continue
        [resume_id] = fitting
        group = "" if _plain(group) in _UNDECLARED else spelling.setdefault(_plain(group), group.strip())
        if groups.setdefault(resume_id, group) != group:
            problems.append(LineProblem(line, "other_group"))
            disputed.add(resume_id)
    return {resume_id: group for resume_id, group in groups.items() if resume_id not in disputed}, problems


def _lines(declared: bytes) -> list[tuple[int, tuple[str, str] | None]]:
    """Return (line number, (name, group)) for each line that is not blank; None instead of the pair if it cannot be parsed.

    Raise Unreadable if a column is missing.
    """
    rows = csv_rows(decode(declared))
    _, header = next(rows, (0, None))
    columns = [_COLUMN.get(_plain(title).replace(" ", "")) for title in header or []]
    missing = [column for column in _HEADERS if column not in columns]
    if missing:
        raise Unreadable("no_columns", ", ".join(missing))
    at = [columns.index(column) for column in _HEADERS]
    lines: list[tuple[int, tuple[str, str] | None]] = []
    for number, row in rows:
        if row is None:
            lines.append((number, None))
        elif any(cell.strip() for cell in row):
            name, group = (row[column] if column < len(row) else "" for column in at)
            lines.append((number, (name, group)))
    return lines


def _fitting(name: str, called: Sequence[tuple[str, str, str, str]]) -> set[str]:
    """Return the ids of the resumes that `name` fits: by file name, else by its words with or without extension, else by a part of it.

    `called` are (id, name of the file, its words, its words without the extension).
    """
    wanted = _plain(name)
    exact = {resume_id for resume_id, file, _, _ in called if file == name}
    alike = {resume_id for resume_id, _, words, stem in called if wanted in (words, stem)}
    within = {resume_id for resume_id, _, _, stem in called if f" {wanted} " in f" {stem} "}
    return (exact or alike or within) if wanted else set()


def _stem(name: str) -> str:
    return re.sub(r"\.\w{1,8}$", "", name)


def _plain(text: str) -> str:
    """Return the words of the text with single spaces between them, in one case and width."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
