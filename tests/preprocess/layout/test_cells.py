"""Lines of a table cell: short ones that wrap are one text, labels broken by hand too; longer ones know the edges of their cell."""

from preprocess.layout.cells import cell_rows
from preprocess.layout.glyphs import TextFragment
from tests.each import each

EDGES = 100.0, 200.0


def rows(*lines: str, x: float = 100.0) -> list[list[TextFragment]]:
    return [[TextFragment(line, x, x + 5 * len(line), 100.0 + 13 * index, 10)] for index, line in enumerate(lines)]


@each(
    "lines",
    [
        (["St. Anselm General", "Hospital, Leeds"], ["St. Anselm General Hospital, Leeds"]),
        (["English", "French"], ["English", "French"]),
        (["入党", "时间"], ["入党时间"]),
        (["出生年月", "（岁）"], ["出生年月（岁）"]),
        (["one that is container-", "based"], ["one that is container-", "based"]),
    ],
)
def test_a_cell_of_several_lines(lines: tuple[list[str], list[str]]) -> None:
    drawn, read = lines
    assert [row[0].text for row in cell_rows(rows(*drawn), EDGES)] == read


def test_long_lines_know_their_cell() -> None:
    long = ["Lead shifts of 14 nurses"] * 4
    assert [row[0].cell for row in cell_rows(rows(*long), EDGES)] == [EDGES] * 4
