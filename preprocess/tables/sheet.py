"""Read any spreadsheet into one Document of its visible rows; candidates.py takes a sheet with one row a person apart."""

from preprocess.document import Document, Line, Note, Page, Unreadable, quote_notes
from preprocess.lexicon.headings import is_heading
from preprocess.office.assembly import around_body
from preprocess.tables.lines import sheet_lines
from preprocess.tables.workbook import read_sheets

_MAX_CELL = 100_000  # characters; Excel takes 32,767


def read_sheet(data: bytes, name: str) -> Document:
    """Read the visible sheets into one Page without layout: a Line per row, or per line of a cell with line breaks.

    What is printed above and below a sheet is its first and last lines, unless it is there already or a page number.

    Hidden rows, columns, sheets and cells are left out and noted. Raises Unreadable: `empty_file`, `no_text`, `needs_password`, `damaged`,
    `not_text`, `too_long`, `too_complex`, `unpacks_too_large`.
    """
    sheets = read_sheets(data)
    lines: list[str] = []
    said: set[str] = set()
    notes: list[Note] = []
    for sheet in sheets:
        if any(len(text) > _MAX_CELL for row in sheet.rows.values() for text in row.values()):
            raise Unreadable("too_long", f"{_MAX_CELL:,}")
        lines += [sheet.name] if is_heading(sheet.name) and len(sheets) > 1 and sheet.rows else []
        body = sheet_lines(sheet)
        headers, footers = (around_body(texts, said | set(body), notes) for texts in (sheet.headers, sheet.footers))
        lines += [*headers, *body, *footers]
        said |= {*headers, *body, *footers}
    notes += [
        *quote_notes("hidden_text", [text for sheet in sheets for text in sheet.hidden]),
        *quote_notes("hidden_unsure", [text for sheet in sheets for text in sheet.unsure]),
    ]
    return Document(name, "table", (Page(tuple(map(Line, lines))),), tuple(notes))
