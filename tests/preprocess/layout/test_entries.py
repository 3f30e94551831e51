"""Entries side by side with their dates, cells without borders, labels that wrap, people abreast; and what is a column all the same."""

from preprocess.layout.lines import read_lines
from preprocess.pdf.text import open_pdf, read_page
from tests.data.make_pdf import Sheet, make_pdf

JOBS = [
    ("Apr 2018 -", "Present", "Centre Manager", "Prairie Freight"),
    ("Jan 2013 -", "Mar 2018", "Shift Supervisor", "Lakeshore Storage"),
    ("Aug 2010 -", "Dec 2012", "Receiving Clerk", "Dunmore Hardware"),
]


def texts(draw) -> list[str]:
    page = read_page(open_pdf(make_pdf(draw)), 0)
    return [line.text for line in read_lines(page.glyphs, page.rules)]


def test_dates_that_wrap_in_a_margin_stay_with_their_jobs_below_each_heading() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(40, 60, "Work Experience", 14)
        for index, (start, end, title, employer) in enumerate(JOBS):
            sheet.lines(40, 82 + 70 * index, [start, end], 9, 12)
            sheet.lines(130, 82 + 70 * index, [title, employer, "Ran the site day and night"], 10.5, 14)
        sheet.text(40, 300, "Education", 14)
        sheet.text(40, 320, "2008 - 2010", 9)
        sheet.lines(130, 320, ["Business Administration", "Will County College"], 10.5, 14)

    jobs = [[f"{start} {end}  {title}", employer, "Ran the site day and night"] for start, end, title, employer in JOBS]
    school = ["Education", "2008 - 2010  Business Administration", "Will County College"]
    assert texts(draw) == ["Work Experience", *(line for job in jobs for line in job), *school]


def test_headings_in_the_column_beside_the_dates() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(130, 60, "Experience", 14)
        for index, (start, end, title, employer) in enumerate(JOBS):
            sheet.text(40, 80 + 50 * index, f"{start} {end}", 9)
            sheet.lines(130, 80 + 50 * index, [f"{title}, {employer}", "Ran the site"], 10, 13)
        sheet.text(130, 232, "Languages", 14)
        for index, (language, level) in enumerate([("English", "native"), ("Yoruba", "fluent"), ("French", "basic")]):
            sheet.text(40, 250 + 13 * index, language, 9)
            sheet.text(130, 250 + 13 * index, level, 10)

    jobs = [[f"{start} {end}  {title}, {employer}", "Ran the site"] for start, end, title, employer in JOBS]
    languages = ["Languages", "English  native", "Yoruba  fluent", "French  basic"]
    assert texts(draw) == ["Experience", *(line for job in jobs for line in job), *languages]


def test_cells_that_wrap_in_a_table_without_borders() -> None:
    def draw(sheet: Sheet) -> None:
        for x, head in ((40, "Period"), (120, "Employer"), (230, "Duties")):
            sheet.text(x, 60, head, 9)
        for index, year in enumerate(("2015", "2017", "2019")):
            y = 80 + 50 * index
            sheet.text(40, y, year, 9)
            sheet.lines(120, y, ["St. Anselm General", "Hospital, Leeds"], 9, 12)
            sheet.lines(
                230, y, ["Led shifts of fourteen nurses and five healthcare", "assistants, and answered for handovers and", "rotas."], 9, 12
            )

    row = "St. Anselm General Hospital, Leeds  Led shifts of fourteen nurses and five healthcare"
    rest = ["assistants, and answered for handovers and", "rotas."]
    assert texts(draw) == ["Period  Employer  Duties", *(line for year in (2015, 2017, 2019) for line in (f"{year}  {row}", *rest))]


def test_a_list_of_bullets_is_no_table_and_a_sidebar_off_the_lines_is_a_column() -> None:
    side = ["Skills", "Triage", "Wound care", "Rotas", "Teaching", "Safeguarding"]
    main = [
        "Profile",
        "Registered nurse with nine years in acute care, the last four as shift",
        "lead of a department. Known for calm triage.",
    ]

    def draw(sheet: Sheet) -> None:
        sheet.lines(40, 80, side, 10, 14)
        sheet.lines(200, 80, main, 10, 14)
        for index in range(3):
            sheet.text(200, 128 + 33 * index, "•", 10)
            sheet.lines(220, 128 + 33 * index, ["Cared for up to eight patients a shift with", "heart failure and emergencies"], 10, 14)

    items = ["•  Cared for up to eight patients a shift with", "heart failure and emergencies"] * 3
    assert [line.replace("• C", "•  C") for line in texts(draw)] == [*side, *main, *items]


def test_references_side_by_side_are_two_people() -> None:
    left = ["Dolores Whitcomb", "VP Operations", "(312) 555-0177"]
    right = ["Samuel Okafor", "Plant Director", "(219) 555-0162"]

    def draw(sheet: Sheet) -> None:
        sheet.text(40, 60, "References", 14)
        sheet.lines(40, 82, left, 10, 14)
        sheet.lines(300, 82, right, 10, 14)

    assert texts(draw) == ["References", *left, *right]


def test_sections_below_a_row_of_headings_are_columns() -> None:
    columns = [
        ["Education", "Supply Chain", "Point University", "2014"],
        ["Skills", "SAP", "Slotting", "OSHA"],
        ["Languages", "English", "Spanish"],
    ]

    def draw(sheet: Sheet) -> None:
        for index, lines in enumerate(columns):
            sheet.lines(40 + 180 * index, 80, lines, 10, 14)

    assert texts(draw) == [line for lines in columns for line in lines]


def test_sections_that_begin_level_are_columns_and_no_entries() -> None:
    left = ["Education", "NORTH UNIVERSITY", "BSc Nursing", "May 2016", "Skills", "CLINICAL", "Ventilators", "Transport"]
    right = [
        "Experience",
        "BAYOU HOSPITAL | Nurse",
        "Feb 2019 - Present",
        "Cared for two children a shift",
        "CITY CENTER | Nurse",
        "Led nights",
    ]

    def draw(sheet: Sheet) -> None:
        for x, lines in ((36, left), (220, right)):
            y = 60
            for line in lines:
                y += 24 if line in ("Skills", "CITY CENTER | Nurse") else 12
                sheet.text(x, y, line, 10)

    assert texts(draw) == left + right


def test_values_beside_short_labels_stay_in_their_rows() -> None:
    rows = [("英语", "CET-6，可阅读芯片手册"), ("德语", "A2")]
    skills = [("一类", "C++", "其他", "Python"), ("二类", "CAN FD", "其他", "FreeRTOS"), ("三类", "AUTOSAR", "其他", "Altium")]

    def draw(sheet: Sheet) -> None:
        for index, (label, value) in enumerate([("2014 - 2017", "Master of Control"), ("2010 - 2014", "Bachelor of Power")]):
            sheet.text(40, 60 + 16 * index, label, 9)
            sheet.text(150, 60 + 16 * index, value, 10.5)
        sheet.text(150, 110, "Languages", 14)
        for index, (label, value) in enumerate(rows):
            sheet.text(100, 132 + 15 * index, label, 10)
            sheet.text(150, 132 + 15 * index, value, 10)
        sheet.text(150, 170, "专业技能", 14)
        for index, row in enumerate(skills):
            for x, text in zip((110, 150, 300, 340), row, strict=True):
                sheet.text(x, 192 + 15 * index, text, 10)

    school = ["2014 - 2017  Master of Control", "2010 - 2014  Bachelor of Power", "Languages"]
    assert texts(draw) == [*school, *map("  ".join, rows), "专业技能", *map("  ".join, skills)]


def test_short_lists_under_headings_of_any_words_and_a_table_of_the_same_places() -> None:
    lists = [["Good with", "Wood", "Glass"], ["Off the clock", "Choir", "Rowing", "Bread"], ["Papers", "Forklift", "First aid"]]
    places = [(x, list_) for x, list_ in zip((40, 220, 400), lists, strict=True)]

    def draw(sheet: Sheet) -> None:
        for x, list_ in places:
            sheet.lines(x, 80, list_, 10, 15)

    def draw_rows(sheet: Sheet) -> None:
        for index in range(4):
            for x, list_ in places:
                if index < len(list_):
                    sheet.text(x, 80 + 15 * index, list_[index], 10)

    assert texts(draw) == [line for list_ in lists for line in list_]
    assert texts(draw_rows)[:2] == ["Good with  Off the clock  Papers", "Wood  Choir  Forklift"]


def test_contact_data_beside_a_name() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(40, 60, "Odette Pym", 26)
        sheet.lines(440, 46, ["+44 7700 900613", "odette@example.org", "Leeds"], 9, 13)
        sheet.text(40, 76, "Bookbinder", 12)
        sheet.text(40, 105, "Skills", 10)
        sheet.text(150, 105, "Gold leaf, repair of vellum, teaching", 10)

    assert texts(draw)[:5] == ["Odette Pym", "Bookbinder", "+44 7700 900613", "odette@example.org", "Leeds"]


def test_a_place_under_a_date_at_the_margin_parts_no_item() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(40, 60, "Nurse, Bayou Hospital", 10)
        sheet.text(480, 60, "2019 - 2021", 10)
        sheet.text(40, 75, "• Care for two to three children a shift after open heart surgery and", 10)
        sheet.text(480, 75, "New Orleans", 10)
        sheet.text(40, 90, "on transport", 10)

    assert texts(draw) == ["Nurse, Bayou Hospital  2019 - 2021", "New Orleans", *texts(draw)[2:]]
    assert texts(draw)[2:] == ["• Care for two to three children a shift after open heart surgery and", "on transport"]
