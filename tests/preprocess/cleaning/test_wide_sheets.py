"""Sheets wider than their paper: their rows come together, and pages of anything else stay."""

from preprocess.cleaning.wide_sheets import with_whole_rows
from preprocess.document import Line, Page
from tests.each import each

FIRST = ["Period  Employer", "2018 to date  Halvorsen", "2014 to 2018  Multnomah"]
NEXT = ["Position", "Associate", "Deputy"]
LAST = ["Phone  Reason", "0101  none", "0144  own practice"]


def page(lines: list[str], top: float = 100.0, title: str = "") -> Page:
    placed = [Line(text, 55, top + 15 * index, 300, top + 15 * index + 11, 11) for index, text in enumerate(lines)]
    return Page((*([Line(title, 55, 70, 200, 81, 11)] if title else []), *placed), 595, 842)


def texts(*pages: Page) -> list[list[str]]:
    return [[line.text for line in whole.lines] for whole in with_whole_rows(pages)]


def test_columns_on_further_pages_stand_in_their_rows() -> None:
    rows = ["  ".join(cells) for cells in zip(FIRST, NEXT, LAST, strict=True)]
    assert texts(page(FIRST, title="Record"), page(NEXT, 101.5), page(LAST)) == [["Record", *rows], [], []]


@each(
    "pages",
    [
        (page(FIRST), page(LAST, 108)),  # on other heights
        (page(FIRST), page(LAST[:2])),  # of fewer rows
        (page(FIRST), page(FIRST[:1] + LAST[1:])),  # a table that goes on below, with its heads again
        (page(NEXT), page(["One", "Two", "Three"])),  # no table
        (page(FIRST, 780), page(LAST, 780)),  # full pages
    ],
)
def test_other_pages_stay(pages: tuple[Page, ...]) -> None:
    assert texts(*pages) == [[line.text for line in page.lines] for page in pages]


SECOND = ["2010 to 2014  Clackamas", "2008 to 2010  Yamhill", "2006 to 2008  Tillamook", "2001 to 2006  Deschutes"]
NEXT_SECOND = ["Clerk", "Aide", "Trainee", "Apprentice"]


def test_a_sheet_of_two_pages_printed_down_then_over() -> None:
    whole = texts(page(SECOND, 740, "Record"), page(FIRST), page(NEXT_SECOND, 740), page(NEXT))
    rows = [["  ".join(cells) for cells in zip(*part, strict=True)] for part in ((SECOND, NEXT_SECOND), (FIRST, NEXT))]
    assert whole == [["Record", *rows[0]], rows[1], [], []]


def test_a_list_of_four_pages_that_fills_the_first_three_stays() -> None:
    full = [[f"{row}  {cell}{number}" for row, cell in enumerate("abcd")] for number in range(4)]
    pages = [page(full[0], 740), page(full[1], 740), page(full[2], 740), page(full[3][:3], 100)]
    assert texts(*pages) == [*full[:3], full[3][:3]]
