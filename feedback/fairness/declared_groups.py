"""Groups that candidates declared: a CSV of names and groups → the group of each candidate of a run. Stores nothing."""

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
    """The group by resume id, spelled as where it was met first, "" for what says that nothing was declared.

    The CSV has two columns, file (or name) and group. A candidate is named by the file, with or without its ending, or by a part of
    it between signs and spaces: 张三 is 张三_后端.pdf. Problems are lines that were left out: `bad_line`, `no_name`, `no_candidate`,
    `several_candidates` (the name fits more than one), `other_group` (an earlier line says something else of the same candidate, who is
    left out). Their details are empty: they would be names. Raises Unreadable: `no_columns`, `not_text`.
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
    """Yield (line, (name, group)), None for a line that cannot be parsed; without blank ones. Raises Unreadable."""
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
            name, group = (row[place] if place < len(row) else "" for place in at)
            lines.append((number, (name, group)))
    return lines


def _fitting(name: str, called: Sequence[tuple[str, str, str, str]]) -> set[str]:
    """Return ids of the resumes that a name means: that of the file, else that without its extension, else one that contains it whole.

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
    """Return only words, with one space between, in one case and width."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
