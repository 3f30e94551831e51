"""Export a ranking as an Excel workbook, to read and to print. No cell can become a formula, whatever a resume contains."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from math import ceil
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from feedback.files.cells import cleaned, is_formula
from feedback.labels import Weights
from feedback.store.history import job_title
from i18n.texts import Texts
from preprocess.document import Rejected
from reranker.engine import EngineInfo, Query
from reranker.rows import Ranking
from service.output.candidates import ListedPerson
from service.output.columns import Column, Value, columns
from service.output.order import order_in_words
from service.rubric.lawful import left_out_said

_HEADER = PatternFill("solid", fgColor="E8EEF4")
_FILLS = {"met": PatternFill("solid", fgColor="DDF2E3"), "partial": PatternFill("solid", fgColor="FFF3D6")}
_FONT = "Calibri"  # that of openpyxl's other cells; a font without a name is another one in LibreOffice
_HAIR = Side("hair", color="B8C2CC")
_GRID = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
_LINE_POINTS, _MOST_POINTS = 14.5, 400.0
"""Height of a line of text, and of the highest row (Excel allows 409)."""
_LAST_PRINTED = "employer"
"""Last column of the list on paper. Those right of it are for the screen."""

_HEAD_WIDTH, _HEAD_POINTS, _NAME_WIDTH = 7.5, (60.0, 240.0), 18
"""The matrix has its requirements written upwards: width in characters, least and greatest height of their heads."""
_SMALL, _SMALL_POINTS = 9, 4.8
"""Size of their font, and what a narrow character of it takes, with room for other fonts."""


def xlsx_bytes(
    people: Sequence[ListedPerson],
    ranking: Ranking,
    query: Query,
    rejected: Sequence[Rejected],
    model: EngineInfo,
    words: Texts,
    weights: Weights,
    blind: str,
    is_chosen: bool = False,
) -> bytes:
    """Return a workbook: the list, people against requirements, the evidence in words, files that could not be read, and query and model.

    `people` are those of the ranking; `is_chosen` says that they are only a part. `blind` is a key of `shortlist` in the text tables,
    `weights` are those behind the order.
    """
    book = Workbook()
    results = book.active
    assert isinstance(results, Worksheet)
    results.title = words("export.sheet_results")
    title, chosen = job_title(query.job), columns(people, ranking, words)
    listed = [column for column in chosen if not column.is_evidence]
    _list(results, people, listed, words)
    last = [column.key for column in listed].index(_LAST_PRINTED) + 1
    results.print_area = f"A1:{get_column_letter(last)}{len(people) + 1}"
    _print_on_one_width(results, title)

    _matrix(book.create_sheet(words("export.sheet_matrix")), people, title, words)
    evidence = book.create_sheet(words("export.sheet_evidence"))
    _list(evidence, people, [column for column in chosen if column.is_evidence or column.key in ("rank", "id", "name")], words)
    _print_on_one_width(evidence, title)
    if rejected:
        unread = book.create_sheet(words("export.sheet_rejected"))
        reasons = [[file.name, words.rejected(file)] for file in rejected]
        _fill(unread, [words("export.file"), words("export.reason")], reasons, [44, 90], words)
        _print_on_one_width(unread, title)
    about = book.create_sheet(words("export.sheet_about"))
    said = _about(people, ranking, query, model, weights, is_chosen, blind, words)
    _fill(about, [words("export.item"), words("export.value")], said, [22, 110], words)
    _print_on_one_width(about, title)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _list(sheet: Worksheet, people: Sequence[ListedPerson], chosen: Sequence[Column], words: Texts) -> None:
    """Fill a sheet with a line a person and these columns; rank and name stay in view."""
    values = [[column.value(person) for column in chosen] for person in people]
    _fill(sheet, [words(f"export.{column.key}") for column in chosen], values, [column.width for column in chosen], words)
    for letter, column in zip(map(get_column_letter, range(1, len(chosen) + 1)), chosen, strict=True):
        for cell in sheet[letter][1:]:
            if column.number_format:
                cell.number_format = column.number_format
            if column.key in ("rank", "match"):
                cell.alignment = Alignment(horizontal="center", vertical="top")
    sheet.freeze_panes = f"{get_column_letter([column.key for column in chosen].index('name') + 2)}2"


def _matrix(sheet: Worksheet, people: Sequence[ListedPerson], title: str, words: Texts) -> None:
    """Fill a sheet with a line a person and a column a requirement: ✓ met, △ partly, – not found."""
    points = next((person.row.match_points for person in people if person.row.match_points), ())
    titles = [words("export.requirement", kind=words(f"export.kind_{point.kind}"), text=point.requirement) for point in points]
    lines = []
    for person in people:
        answers = [words(f"export.mark_{point.said}") for point in person.row.match_points or ()]
        lines.append([person.row.rank, person.name, *answers, *[""] * (len(points) - len(answers))])
    widths = [6, _NAME_WIDTH, *[_HEAD_WIDTH] * len(points)]
    _fill(sheet, [words("export.rank"), words("export.name"), *titles], lines, widths, words)
    for column in range(3, len(points) + 3):
        head = sheet.cell(1, column)
        head.alignment, head.font = Alignment(vertical="bottom", wrap_text=True, textRotation=90), Font(_FONT, bold=True, size=_SMALL)
    if points:
        least, greatest = _HEAD_POINTS  # longer ones are broken: each page has the head again, so it leaves room for people
        sheet.row_dimensions[1].height = min(greatest, max(least, _SMALL_POINTS * max(map(_wide, titles)) + 8))
    for number, person in enumerate(people, start=2):
        sheet.cell(number, 1).alignment = Alignment(horizontal="center", vertical="top")
        for column, point in enumerate(person.row.match_points or (), start=3):
            cell = sheet.cell(number, column)
            cell.alignment, cell.border = Alignment(horizontal="center", vertical="center"), _GRID
            if point.status in _FILLS:
                cell.fill = _FILLS[point.status]
    sheet.cell(len(people) + 3, 2, words("export.legend"))
    sheet.freeze_panes = "C2"
    _print_on_one_width(sheet, title)


def _about(
    people: Sequence[ListedPerson],
    ranking: Ranking,
    query: Query,
    model: EngineInfo,
    weights: Weights,
    is_chosen: bool,
    blind: str,
    words: Texts,
) -> list[list[Value]]:
    facts = [
        ("date", datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S %z")),
        ("model", f"{model.name} · {model.dtype} · {model.device}"),
        ("fingerprint", model.fingerprint),
        ("meaning", words("export.probability" if model.score_scale == "probability" else "export.no_probability")),
        ("order", order_in_words(ranking.rows, weights, words("export.in_sheet", sheet=words("export.sheet_evidence")), words)),
        ("ranked", f"{len(ranking.rows)} / {ranking.total}"),
        *([("chosen", str(len(people)))] if is_chosen else []),
        ("blind", words(f"shortlist.{blind}")),
        ("instruction", query.instruction),
        ("job", query.job),
        *([("law", left_out)] if (left_out := left_out_said(query.job, words)) else []),
    ]
    return [[words(f"export.{name}"), value] for name, value in facts]


def _fill(sheet: Worksheet, header: Sequence[str], rows: Sequence[Sequence[Value]], widths: Sequence[float], words: Texts) -> None:
    """Write header and rows to the sheet, every string as text, with widths, filters, and rows as high as their text."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, values in enumerate([header, *rows], start=1):
        lines = 1
        for column, (value, width) in enumerate(zip(values, widths, strict=True), start=1):
            cell = sheet.cell(number, column)
            assert isinstance(cell, Cell)
            if isinstance(value, str):
                text = cleaned(value, words("export.cut"))
                cell.value = text or None
                if text:
                    cell.data_type = "s"  # openpyxl took a text that begins with = for a formula
                cell.quotePrefix = is_formula(text)
                lines = max(lines, _lines(text, width))
            else:
                cell.value = value
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font, cell.fill = Font(_FONT, bold=True), _HEADER
        sheet.row_dimensions[number].height = min(_MOST_POINTS, _LINE_POINTS * lines + 2)
    sheet.auto_filter.ref = sheet.dimensions


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of this width; Chinese characters are two wide."""
    return sum(max(1, ceil(_wide(line) / max(1, width - 1))) for line in text.split("\n"))


def _wide(line: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)


def _print_on_one_width(sheet: Worksheet, title: str) -> None:
    """Print in landscape, as wide as a page, with the header on each and the job as title."""
    fit, head, foot = sheet.sheet_properties.pageSetUpPr, sheet.oddHeader, sheet.oddFooter
    assert fit is not None and head is not None and foot is not None  # openpyxl gives them to every sheet; empty ones are false
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    fit.fitToPage = True
    sheet.print_title_rows = "1:1"
    head.left.text, foot.right.text = title.replace("&", "&&")[:200], "&P / &N"
