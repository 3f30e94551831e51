"""Lines with Arabic and Hebrew: as drawn from left to right → as they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocess.layout.bidi import Edge, in_reading_order, is_rtl
from preprocess.layout.glyphs import Glyph
from preprocess.layout.lines import read_lines


def drawn(text: str) -> str:
    """Return a word as it is drawn, from left to right."""
    return text[::-1]


@pytest.mark.parametrize(
    ("visual", "logical"),
    [
        ("Interpreter, 2014 - 2022", "Interpreter, 2014 - 2022"),
        (drawn("مترجمة طبية"), "مترجمة طبية"),
        ("2022 - 2014 " + drawn("مترجمة طبية"), "مترجمة طبية 2014 - 2022"),
        ("(Python 3) " + drawn("מפתח תוכנה"), "מפתח תוכנה (Python 3)"),
        (drawn("מהנדס") + " " + drawn("(חיפה)").translate(str.maketrans("()", ")(")), "(חיפה) מהנדס"),
        ("Java developer - " + drawn("חיפה ישראל") + " office 3", "Java developer - חיפה ישראל office 3"),
        ("050-1234567 :" + drawn("טלפון"), "טלפון: 050-1234567"),
        ("3.5 " + drawn("معدل"), "معدل 3.5"),
        ("2020/05/01 " + drawn("تاريخ"), "تاريخ 2020/05/01"),
    ],
)
def test_reading_order(visual: str, logical: str) -> None:
    assert in_reading_order(visual) == logical


def test_a_mail_address_does_not_turn_a_line_of_a_page_in_hebrew() -> None:
    assert in_reading_order("anna@example.org :" + drawn("דואר"), is_rtl_page=True) == "דואר: anna@example.org"
    assert not is_rtl("anna@example.org :" + drawn("דואר"))


@pytest.mark.parametrize(
    ("visual", "logical"),
    [
        ("Employer: (2023 - 2016) " + drawn("חברת הלוורד"), "Employer: חברת הלוורד (2016 - 2023)"),
        ("Employer: (2016 - 2023) " + drawn("חברת הלוורד"), "Employer: (2016 - 2023) חברת הלוורד"),
        ("Name: " + drawn("שרה כהן") + " (Sarah)", "Name: שרה כהן (Sarah)"),
    ],
)
def test_a_line_of_another_script_at_the_left_edge_is_read_from_the_left(visual: str, logical: str) -> None:
    assert in_reading_order(visual, edge=Edge.LEFT) == logical


def test_brackets_around_words_of_either_script() -> None:
    visual = "Kafka [Flink]-" + drawn("ו") + " (" + drawn("שנים") + " 8) Java-" + drawn("ידע ב")
    assert in_reading_order(visual, edge=Edge.RIGHT) == "ידע ב-Java (8 שנים) ו-Kafka [Flink]"


@pytest.mark.parametrize("backwards", [True, False])
def test_glyphs_come_in_either_direction_and_marks_stay_on_their_letters(backwards: bool) -> None:
    glyphs = []
    x = 200.0
    for character in "שָׁלוֹם עולם":
        is_mark = "\u0591" <= character <= "\u05c7"
        x -= 0 if is_mark else 3 if character == " " else 6
        if character != " ":
            glyphs.append(Glyph(character, x, 100, 0 if is_mark else 6, 12))
    if backwards:
        words = [[]]
        for glyph in glyphs:  # each letter before its marks, the letters from left to right
            words.append([glyph]) if glyph.width else words[-1].append(glyph)
        glyphs = [glyph for word in reversed(words) for glyph in word]
    assert [line.text for line in read_lines(glyphs)] == ["שָׁלוֹם עולם"]


def column(texts: list[str], right: float, top: float = 100.0) -> list[Glyph]:
    """Return lines in Hebrew that end at `right`, letters drawn as they are read."""
    return [
        Glyph(letter, right - 6 * index, top + 14 * number, 6, 12)
        for number, line in enumerate(texts)
        for index, letter in enumerate(line, 1)
        if letter != " "
    ]


def test_the_right_column_of_a_page_in_hebrew_is_read_first() -> None:
    main = [f"ניהלתי צוות מפתחים גדול בחברה {letter}" for letter in "אבגדהו"]
    beside = [f"קורס מקצועי {letter}" for letter in "אבגדהו"]
    glyphs = [*column(beside, 150), *column(["קורות חיים של דנה לוי"], 400, 60), *column(main, 400, 103)]
    assert [line.text for line in read_lines(glyphs)] == ["קורות חיים של דנה לוי", *main, *beside]


def test_cells_of_a_row_in_arabic_stay_together() -> None:
    rows = [("الاسم", "ليلى"), ("الهاتف", "عمان"), ("البريد", "سلام"), ("المدينة", "دبي"), ("العمر", "سنة")]
    glyphs = [*column([label for label, _ in rows], 400), *column([value for _, value in rows], 300)]
    assert [line.text for line in read_lines(glyphs)] == ["  ".join(row) for row in rows]


@given(st.text(st.sampled_from("abאבجد12 .,-()@\u05b8"), max_size=40), st.booleans())
def test_no_character_is_lost(text: str, is_rtl_page: bool) -> None:
    mirrored = str.maketrans(")", "(")
    assert sorted(in_reading_order(text, is_rtl_page).translate(mirrored)) == sorted(text.translate(mirrored))
