"""Export a ranking as a spreadsheet: XLSX for people, CSV for other programs. No cell can become a formula, whatever a resume contains."""

import csv
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from feedback.files.cells import cleaned, inert, is_formula
from i18n.texts import Texts
from preprocess.document import Rejected
from reranker.engine import EngineInfo, Query
from reranker.evidence.match_points import MatchPoint
from reranker.ranking import Ranking, Row
from reranker.renumbering import input_places
from service.match import match_key

_WIDTHS = {"rank": 8, "previous_rank": 10, "name": 30, "match": 12, "score": 12, "met": 60, "partial": 44, "missing": 36, "notes": 44}
_HEADER = PatternFill("solid", fgColor="E8EEF4")


def write_xlsx(path: Path, ranking: Ranking, query: Query, rejected: Sequence[Rejected], model: EngineInfo, words: Texts) -> None:
    """Write a workbook of three sheets: the ranking, the files that could not be read, and the query and model."""
    path.write_bytes(xlsx_bytes(ranking, query, rejected, model, words))


def write_csv(path: Path, ranking: Ranking, query: Query, rejected: Sequence[Rejected], model: EngineInfo, words: Texts) -> None:
    """Write the ranking as CSV in UTF-8 with the byte order mark that Excel needs; unreadable files follow without a rank."""
    path.write_bytes(csv_bytes(ranking, query, rejected, model, words))


def xlsx_bytes(ranking: Ranking, query: Query, rejected: Sequence[Rejected], model: EngineInfo, words: Texts) -> bytes:
    """Return the workbook of `write_xlsx`."""
    book = Workbook()
    results = book.active
    assert isinstance(results, Worksheet)
    results.title = words("export.sheet_results")
    _fill(results, [words(f"export.{column}") for column in _WIDTHS], _rows(ranking, words), words)
    for letter, width in zip(map(get_column_letter, range(1, 10)), _WIDTHS.values(), strict=True):
        results.column_dimensions[letter].width = width
    results.freeze_panes = "D2"
    for cell in results["D"][1:]:
        cell.number_format = "0.0%"
    for cell in results["E"][1:]:
        cell.number_format = "0.000"

    unread = book.create_sheet(words("export.sheet_rejected"))
    _fill(unread, [words("export.file"), words("export.reason")], [(one.name, words.rejected(one)) for one in rejected], words)
    unread.column_dimensions["A"].width, unread.column_dimensions["B"].width = 44, 90
    unread.freeze_panes = "A2"

    about = book.create_sheet(words("export.sheet_about"))
    _fill(about, [words("export.item"), words("export.value")], _about(ranking, query, model, words), words)
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 22, 110
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def csv_bytes(ranking: Ranking, query: Query, rejected: Sequence[Rejected], model: EngineInfo, words: Texts) -> bytes:
    """Return the content of `write_csv`; `query` and `model` are not part of it."""
    text, mark = StringIO(newline=""), words("export.cut")
    writer = csv.writer(text)
    writer.writerow([words(f"export.{column}") for column in _WIDTHS])
    for cells in _rows(ranking, words):
        writer.writerow([inert(value, mark) if isinstance(value, str) else value for value in cells])
    for one in rejected:
        reason = words("export.unread", reason=words.rejected(one))
        writer.writerow(["", "", inert(one.name, mark), "", "", "", "", "", inert(reason, mark)])
    return text.getvalue().encode("utf-8-sig")


def _rows(ranking: Ranking, words: Texts) -> list[list[str | int | float]]:
    places = input_places(ranking.rows)
    return [_cells(row, places[row.input_position], ranking, words) for row in ranking.rows]


def _cells(row: Row, place: int, ranking: Ranking, words: Texts) -> list[str | int | float]:
    """Return one row's values in the order of the columns; numbers stay numbers."""
    shown = row.probability if row.probability is not None else words(match_key(row, ranking.rows))
    notes = [words.note(note) for note in row.notes]
    if row.truncated:
        notes.insert(0, words("row.truncated", tokens=f"{row.truncated:,}"))
    points = {status: _points(row.match_points or (), status) for status in ("met", "partial", "missing")}
    return [row.rank, place, row.name, shown, row.logit, *points.values(), "\n".join(notes)]


def _points(points: Sequence[MatchPoint], status: str) -> str:
    chosen = [point for point in points if point.status == status]
    return "\n".join(f"{point.requirement} ← {point.quote}" if point.quote else point.requirement for point in chosen)


def _about(ranking: Ranking, query: Query, model: EngineInfo, words: Texts) -> list[tuple[str, str]]:
    facts = [
        ("date", datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S %z")),
        ("model", f"{model.name} · {model.dtype} · {model.device}"),
        ("fingerprint", model.fingerprint),
        ("meaning", words("export.probability" if model.score_scale == "probability" else "export.no_probability")),
        ("ranked", f"{len(ranking.rows)} / {ranking.total}"),
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
