"""Export a ranking as a spreadsheet: XLSX for people, CSV for other programs. No cell can become a formula, whatever a resume contains."""

import csv
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from feedback.files.cells import cleaned, inert, is_formula
from feedback.store.desk.statuses import TO_READ, CandidateStatus
from i18n.texts import Texts
from preprocess.document import Rejected
from reranker.engine import EngineInfo, Query
from reranker.evidence.match_points import MatchPoint
from reranker.ranking import Ranking, Row
from reranker.renumbering import input_places
from service.match import match_key
from service.rubric.lifts import lifts_said

_WIDTHS = {"rank": 8, "previous_rank": 10, "name": 30, "match": 12, "score": 12, "met": 60, "partial": 44, "missing": 36, "notes": 44}
_STATUS_WIDTH, _LIFTS_WIDTH = 10, 40
_HEADER = PatternFill("solid", fgColor="E8EEF4")


def write_xlsx(path: Path, ranking: Ranking, query: Query, rejected: Sequence[Rejected], model: EngineInfo, words: Texts) -> None:
    """Write a workbook of three sheets: the ranking, the files that could not be read, and the query and model."""
    path.write_bytes(xlsx_bytes(ranking, query, rejected, model, words))


def write_csv(path: Path, ranking: Ranking, query: Query, rejected: Sequence[Rejected], model: EngineInfo, words: Texts) -> None:
    """Write the ranking as CSV in UTF-8 with the byte order mark that Excel needs; unreadable files follow without a rank."""
    path.write_bytes(csv_bytes(ranking, query, rejected, model, words))


Statuses = Mapping[str, CandidateStatus]


def xlsx_bytes(
    ranking: Ranking,
    query: Query,
    rejected: Sequence[Rejected],
    model: EngineInfo,
    words: Texts,
    *,
    statuses: Statuses | None = None,
    chosen: Collection[int] | None = None,
) -> bytes:
    """Return the workbook of `write_xlsx`; with `statuses`, by resume id, it has a column of these.

    `chosen`: only the rows with these `input_position`s.
    """
    widths = _widths(ranking, statuses)
    book = Workbook()
    results = book.active
    assert isinstance(results, Worksheet)
    results.title = words("export.sheet_results")
    _fill(results, [words(f"export.{column}") for column in widths], _rows(ranking, words, statuses, chosen), words)
    letters = dict(zip(widths, map(get_column_letter, range(1, len(widths) + 1)), strict=True))
    for column, width in widths.items():
        results.column_dimensions[letters[column]].width = width
    results.freeze_panes = "D2"
    for column, number_format in {"match": "0.0%", "score": "0.000"}.items():
        for cell in results[letters[column]][1:]:
            cell.number_format = number_format

    unread = book.create_sheet(words("export.sheet_rejected"))
    _fill(unread, [words("export.file"), words("export.reason")], [(one.name, words.rejected(one)) for one in rejected], words)
    unread.column_dimensions["A"].width, unread.column_dimensions["B"].width = 44, 90
    unread.freeze_panes = "A2"

    about = book.create_sheet(words("export.sheet_about"))
    _fill(about, [words("export.item"), words("export.value")], _about(ranking, query, model, words, chosen), words)
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 22, 110
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def csv_bytes(
    ranking: Ranking,
    query: Query,
    rejected: Sequence[Rejected],
    model: EngineInfo,
    words: Texts,
    *,
    statuses: Statuses | None = None,
    chosen: Collection[int] | None = None,
) -> bytes:
    """Return the content of `write_csv`; `query` and `model` are not part of it. `statuses` and `chosen` as in `xlsx_bytes`."""
    widths = _widths(ranking, statuses)
    text, mark = StringIO(newline=""), words("export.cut")
    writer = csv.writer(text)
    writer.writerow([words(f"export.{column}") for column in widths])
    for cells in _rows(ranking, words, statuses, chosen):
        writer.writerow([inert(value, mark) if isinstance(value, str) else value for value in cells])
    for one in rejected:
        reason = words("export.unread", reason=words.rejected(one))
        told = {"name": inert(one.name, mark), "notes": inert(reason, mark)}
        writer.writerow([told.get(column, "") for column in widths])
    return text.getvalue().encode("utf-8-sig")


def _widths(ranking: Ranking, statuses: Statuses | None) -> dict[str, int]:
    """Return the columns with their widths; one states what a changed rubric adds, where there is such a thing."""
    columns = list(_WIDTHS.items())
    if any(row.lifts for row in ranking.rows):
        columns.append(("lifts", _LIFTS_WIDTH))
    if statuses is not None:
        columns.insert(3, ("status", _STATUS_WIDTH))
    return dict(columns)


def _rows(ranking: Ranking, words: Texts, statuses: Statuses | None, chosen: Collection[int] | None) -> list[list[str | int | float]]:
    """Return the values of the chosen rows in the order of the columns; numbers stay numbers."""
    places = input_places(ranking.rows)
    is_lifted = any(row.lifts for row in ranking.rows)
    rows = []
    for row in ranking.rows:
        if chosen is None or row.input_position in chosen:
            rows.append(_cells(row, places[row.input_position], ranking, words))
            if is_lifted:
                rows[-1].append("\n".join(f"{said} {amount}" for said, amount in lifts_said(row, words)))
            if statuses is not None:
                status = statuses[row.id].status if row.id in statuses else TO_READ
                rows[-1].insert(3, words(f"desk.{status}"))
    return rows


def _cells(row: Row, place: int, ranking: Ranking, words: Texts) -> list[str | int | float]:
    """Return one row's values in the order of _WIDTHS."""
    shown = row.probability if row.probability is not None else words(match_key(row, ranking.rows))
    notes = [words.note(note) for note in row.notes]
    if row.truncated:
        notes.insert(0, words("row.truncated", tokens=f"{row.truncated:,}"))
    points = {status: _points(row.match_points or (), status) for status in ("met", "partial", "missing")}
    return [row.rank, place, row.name, shown, row.logit, *points.values(), "\n".join(notes)]


def _points(points: Sequence[MatchPoint], status: str) -> str:
    chosen = [point for point in points if point.status == status]
    return "\n".join(f"{point.requirement} ← {point.quote}" if point.quote else point.requirement for point in chosen)


def _about(ranking: Ranking, query: Query, model: EngineInfo, words: Texts, chosen: Collection[int] | None) -> list[tuple[str, str]]:
    facts = [
        ("date", datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S %z")),
        ("model", f"{model.name} · {model.dtype} · {model.device}"),
        ("fingerprint", model.fingerprint),
        ("meaning", words("export.probability" if model.score_scale == "probability" else "export.no_probability")),
        ("ranked", f"{len(ranking.rows)} / {ranking.total}"),
        *([] if chosen is None else [("chosen", str(len(chosen)))]),
        ("instruction", query.instruction),
        ("job", query.job),
    ]
    return [(words(f"export.{name}"), value) for name, value in facts]


def _fill(sheet: Worksheet, header: Sequence[str], rows: Sequence[Sequence[str | int | float]], words: Texts) -> None:
    """Write header and rows to the sheet, every string as text, and add filters."""
    for number, values in enumerate([header, *rows], start=1):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(number, column)
            assert isinstance(cell, Cell)
            if isinstance(value, str):
                text = cleaned(value, words("export.cut"))
                cell.value = text or None
                if text:
                    cell.data_type = "s"  # openpyxl took a text that begins with = for a formula
                cell.quotePrefix = is_formula(text)
            else:
                cell.value = value
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font, cell.fill = Font(bold=True), _HEADER
    sheet.auto_filter.ref = sheet.dimensions
