"""Export a ranking as an Excel workbook, to read and to print. No cell can become a formula, whatever a resume contains."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from feedback.files.cells import cleaned, is_formula
from feedback.labels import MODEL_ORDER, Weights
from feedback.store.history import job_title
from i18n.texts import Texts
from preprocess.document import Rejected
from reranker.engine import EngineInfo, Query
from reranker.rows import Ranking
from service.learn import order_said
from service.output.candidates import ListedPerson
from service.output.columns import Value, columns

_HEADER = PatternFill("solid", fgColor="E8EEF4")
_FILLS = {"met": PatternFill("solid", fgColor="DDF2E3"), "partial": PatternFill("solid", fgColor="FFF3D6")}
_LINE_POINTS, _MOST_POINTS = 14.5, 400.0
"""Height of a line of text, and of the highest row (Excel allows 409)."""
_LAST_PRINTED = "employer"
"""Last column on paper, where the matrix has the requirements and the shortlist the quotes. Those right of it are for the screen."""

_MATRIX_WIDTH, _NAME_WIDTH = 15, 16


def xlsx_bytes(
    people: Sequence[ListedPerson],
    ranking: Ranking,
    query: Query,
    rejected: Sequence[Rejected],
    model: EngineInfo,
    words: Texts,
    weights: Weights = MODEL_ORDER,
    is_chosen: bool = False,
) -> bytes:
    """Return a workbook of four sheets: the list, people against requirements, files that could not be read, and query and model.

    `people` are those of the ranking; `is_chosen` says that they are only a part. `weights` are those behind the order.
    """
    book = Workbook()
    results = book.active
    assert isinstance(results, Worksheet)
    results.title = words("export.sheet_results")
    chosen = columns(people, ranking, words)
    header = [words(f"export.{column.key}") for column in chosen]
    widths = [column.width for column in chosen]
    _fill(results, header, [[column.value(person) for column in chosen] for person in people], widths, words)
    for letter, column in zip(map(get_column_letter, range(1, len(chosen) + 1)), chosen, strict=True):
        for cell in results[letter][1:] if column.number_format else ():
            cell.number_format = column.number_format
    results.freeze_panes = "C2"
    printed = [column.key for column in chosen].index(_LAST_PRINTED) + 1
    results.print_area = f"A1:{get_column_letter(printed)}{len(people) + 1}"
    _print_on_one_width(results, job_title(query.job))

    _matrix(book.create_sheet(words("export.sheet_matrix")), people, query, words)
    unread = book.create_sheet(words("export.sheet_rejected"))
    reasons = [[file.name, words.rejected(file)] for file in rejected]
    _fill(unread, [words("export.file"), words("export.reason")], reasons, [44, 90], words)
    about = book.create_sheet(words("export.sheet_about"))
    _fill(
        about,
        [words("export.item"), words("export.value")],
        _about(people, ranking, query, model, weights, is_chosen, words),
        [22, 110],
        words,
    )
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _matrix(sheet: Worksheet, people: Sequence[ListedPerson], query: Query, words: Texts) -> None:
    """Fill a sheet with a line a person and a column a requirement: ✓ met, △ partly, – not found."""
    points = next((person.row.match_points for person in people if person.row.match_points), ())
    titles = [words("export.requirement", kind=words(f"export.kind_{point.kind}"), text=point.requirement) for point in points]
    lines = []
    for person in people:
        answers = [words(f"export.mark_{point.status}") for point in person.row.match_points or ()]
        lines.append([person.row.rank, person.name, *answers, *[""] * (len(points) - len(answers))])
    widths = [6, _NAME_WIDTH, *[_MATRIX_WIDTH] * len(points)]
    _fill(sheet, [words("export.rank"), words("export.name"), *titles], lines, widths, words)
    for number, person in enumerate(people, start=2):
        for column, point in enumerate(person.row.match_points or (), start=3):
            cell = sheet.cell(number, column)
            cell.alignment = Alignment(horizontal="center", vertical="center")
            if point.status in _FILLS:
                cell.fill = _FILLS[point.status]
    sheet.cell(len(people) + 3, 2, words("export.legend"))
    sheet.freeze_panes = "C2"
    _print_on_one_width(sheet, job_title(query.job))


def _about(
    people: Sequence[ListedPerson],
    ranking: Ranking,
    query: Query,
    model: EngineInfo,
    weights: Weights,
    is_chosen: bool,
    words: Texts,
) -> list[list[Value]]:
    facts = [
        ("date", datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S %z")),
        ("model", f"{model.name} · {model.dtype} · {model.device}"),
        ("fingerprint", model.fingerprint),
        ("meaning", words("export.probability" if model.score_scale == "probability" else "export.no_probability")),
        ("order", order_said(weights, words) or words("shortlist.model_order")),
        ("ranked", f"{len(ranking.rows)} / {ranking.total}"),
        *([("chosen", str(len(people)))] if is_chosen else []),
        ("instruction", query.instruction),
        ("job", query.job),
    ]
    return [[words(f"export.{name}"), value] for name, value in facts]


def _fill(sheet: Worksheet, header: Sequence[str], rows: Sequence[Sequence[Value]], widths: Sequence[int], words: Texts) -> None:
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
                cell.font, cell.fill = Font(bold=True), _HEADER
        sheet.row_dimensions[number].height = min(_MOST_POINTS, _LINE_POINTS * lines + 2)
    sheet.auto_filter.ref = sheet.dimensions


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of this width; Chinese characters are two wide."""
    return sum(max(1, -(-_wide(line) // max(1, width - 1))) for line in text.split("\n"))


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
