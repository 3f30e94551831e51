"""Tables with borders: text is read cell by cell; merged cells, text beside a table, and lines that are no table."""

from itertools import pairwise

from preprocess.layout.cards import Rule
from preprocess.layout.glyphs import TextFragment
from preprocess.layout.ruled import NO_RULES, Row, Rules, with_tables
from tests.each import each

LEFT, MIDDLE, RIGHT = 40.0, 150.0, 330.0
END = 555.0


def words(text: str, x: float, y: float) -> TextFragment:
    return TextFragment(text, x, x + 5 * len(text), y, 10)


def as_told(fragments) -> list[Row]:
    """Return the fragments in the order given, a row each, so that only the table arranges."""
    return [[fragment] for fragment in fragments]


def read(fragments: list[TextFragment], rules: Rules) -> list[str]:
    return ["  ".join(fragment.text for fragment in row) for row in with_tables(fragments, rules, as_told)]


def grid(*ys: float, xs: tuple[float, ...] = (LEFT, MIDDLE, RIGHT, END)) -> Rules:
    return Rules(tuple(Rule(y, xs[0], xs[-1]) for y in ys), tuple(Rule(x, ys[0], ys[-1]) for x in xs))


TEXT = [
    words("Odette Pym", 40, 60),
    words("Rebinds registers and", 336, 126),
    words("2016", 46, 134),
    words("Vellum", 156, 134),
    words("teaches a class", 336, 142),
    words("2011", 46, 170),
    words("Archive", 156, 170),
    words("Repaired maps", 336, 170),
    words("Education", 40, 230),
]
ROWS = ["Odette Pym", "2016  Vellum", "Rebinds registers and", "teaches a class", "2011  Archive  Repaired maps", "Education"]


def test_cells_are_read_one_after_the_other() -> None:
    assert read(TEXT, grid(110, 150, 180)) == ROWS


def test_borders_drawn_cell_by_cell_and_out_of_place_by_a_point() -> None:
    whole = grid(110, 150, 180)
    xs = [LEFT, MIDDLE, RIGHT, END]
    across = tuple(Rule(rule.at + 0.5 * index, start, end) for rule in whole.horizontal for index, (start, end) in enumerate(pairwise(xs)))
    assert read(TEXT, Rules(across, whole.vertical)) == ROWS


def test_a_cell_that_is_merged_over_rows_comes_before_them() -> None:
    rules = Rules(
        (Rule(110, LEFT, END), Rule(150, MIDDLE, END), Rule(180, LEFT, END), Rule(200, LEFT, END)),
        (Rule(LEFT, 110, 200), Rule(MIDDLE, 110, 200), Rule(RIGHT, 110, 180), Rule(END, 110, 200)),
    )
    text = [words(*word) for word in (("2018", 156, 130), ("lead", 336, 130), ("海曙", 46, 145), ("2015", 156, 165), ("fitter", 336, 165))]
    assert read([*text, words("镇海", 46, 192), words("merged over two", 156, 192)], rules) == [
        "海曙",
        "2018  lead",
        "2015  fitter",
        "镇海  merged over two",
    ]


def test_cards_side_by_side_with_rounded_corners() -> None:
    boxes = [(40, 100, 280, 160), (300, 100, 540, 160), (40, 170, 280, 230), (300, 170, 540, 230)]
    rules = Rules(
        tuple(Rule(y, x0 + 6, x1 - 6) for x0, y0, x1, y1 in boxes for y in (y0, y1)),
        tuple(Rule(x, y0 + 6, y1 - 6) for x0, y0, x1, y1 in boxes for x in (x0, x1)),
    )
    text = [words(f"{'ABCD'[number]}{line}", box[0] + 8, box[1] + 15 * line) for line in (1, 2, 3) for number, box in enumerate(boxes)]
    assert read([*text, words("below", 40, 260)], rules) == [*(f"{card}{line}" for card in "ABCD" for line in (1, 2, 3)), "below"]


@each(
    "fragments, rules",
    [
        (TEXT, NO_RULES),
        (TEXT, Rules((Rule(110, LEFT, END), Rule(180, LEFT, END)), (Rule(LEFT, 110, 180), Rule(END, 110, 180)))),  # a frame
        (TEXT, Rules((Rule(110, LEFT, END), Rule(150, LEFT, END)), ())),  # lines below headings
        ([*TEXT, words("a sidebar", 600, 140)], grid(110, 150, 180)),
        ([*TEXT, words("a sentence that runs right over the border of its cell", 156, 160)], grid(110, 150, 180)),
        (TEXT, grid(*(110 + 0.1 * number for number in range(2_000)))),
    ],
)
def test_no_table(fragments: list[TextFragment], rules: Rules) -> None:
    assert read(fragments, rules) == [fragment.text for fragment in fragments]


def test_one_text_of_many_over_a_border_leaves_the_table_one() -> None:
    rows = [(f"label {row}", "value", "note") for row in range(6)]
    fragments = [
        words(text, x + 6, 100 + 20 * row) for row, texts in enumerate(rows) for x, text in zip((LEFT, MIDDLE, RIGHT), texts, strict=True)
    ]
    spilled = [*fragments[:-2], words("a value that spills over the border beside it", MIDDLE + 6, 200)]
    assert read(spilled, grid(*(85 + 20 * row for row in range(7))))[-1] == "label 5  a value that spills over the border beside it"


def test_cards_left_and_right_of_a_timeline_are_read_with_their_dates() -> None:
    def card(x: float, y: float) -> tuple[list[Rule], list[Rule]]:
        return [Rule(y, x, x + 200), Rule(y + 60, x, x + 200)], [Rule(x, y, y + 60), Rule(x + 200, y, y + 60)]

    cards = [card(40, 100), card(340, 180)]
    rules = Rules(tuple(line for across, _ in cards for line in across), tuple(line for _, down in cards for line in down))
    fragments = [words("Designer", 46, 115), words("Havn", 46, 130), words("2020 - 2022", 250, 112)]
    fragments += [words("Drawer", 346, 195), words("Kommune", 346, 210), words("2016 - 2020", 250, 192)]
    assert read(fragments, rules) == ["2020 - 2022", "Designer", "Havn", "2016 - 2020", "Drawer", "Kommune"]
