"""Letters in pictures and paths that no text of a page says make it a scan, or are told; what is no text never does."""

from collections.abc import Callable

import pytest
from PIL import ImageFilter

from i18n.texts import texts
from preprocess.document import Note, Unreadable
from preprocess.pdf.worker import read
from tests.data import make_hidden
from tests.data import make_pictured as pictures
from tests.data.make_pdf import Sheet, make_pdf, one_page, stream
from tests.each import each

RESUME = [
    "Henrietta Okonkwo, data engineer, henrietta@example.org",
    "Built a search service for three million users in Java and Go.",
    "Led a team of five and moved four hundred jobs to one scheduler.",
    "BSc Mathematics, Brook University, 2012",
] * 3
PICTURED = [
    "WORK HISTORY",
    "2016 - 2023  Process engineer, Halvard Ceramics",
    "Lowered kiln energy use by 22 percent with a new firing curve.",
    "2012 - 2016  Lab assistant, Stour Glassworks",
    "Six Sigma Black Belt, Minitab, DOE",
]
SCAN = pictures.lines_picture(PICTURED * 4)
Draw = Callable[[Sheet], object]


def resume_and(draw: Draw) -> bytes:
    """Return a page with twelve lines of text in its lower half, on or below what `draw` draws."""
    return make_pdf(lambda sheet: (draw(sheet), sheet.lines(60, 500, RESUME)), font="Helvetica")


def invisible(sheet: Sheet, text: str, x: float, y: float, size: float = 10.0) -> None:
    line = sheet.canvas.beginText(x, make_hidden.HEIGHT - y)
    line.setTextRenderMode(3)
    line.setFont("Helvetica", size)
    line.textOut(text)
    sheet.canvas.drawText(line)


LAYER = Note("text_layer", page=1, count=1)


def text_layer(sheet: Sheet, lines: list[str]) -> None:
    """Draw invisible text over the lines of SCAN, drawn 500 points wide at 50, 60."""
    pictures.put(sheet, SCAN, 50, 60, 500)
    for row, line in enumerate(lines):
        invisible(sheet, line, 60, 60 + (20 + 56 * row + 26) / 2, 14)


SCANS: dict[str, Draw] = {
    "a stamp and a page number": lambda sheet: (
        pictures.put(sheet, SCAN, 0, 0, 595),
        sheet.text(350, 780, "Received by the office on 3 May 2024"),
        sheet.text(290, 820, "Page 1 of 1"),
    ),
    "a header": lambda sheet: (
        sheet.text(50, 30, "Careers service, applications of the year 2024, confidential"),
        pictures.put(sheet, SCAN, 0, 60, 595),
    ),
    "a short text layer": lambda sheet: (
        pictures.put(sheet, SCAN, 0, 0, 595),
        invisible(sheet, "Curriculum vitae of an applicant", 60, 40),
    ),
}
PARTS: dict[str, Draw] = {
    "lines": lambda sheet: pictures.put(sheet, pictures.lines_picture(PICTURED), 50, 60, 400),
    "small lines": lambda sheet: pictures.put(sheet, pictures.lines_picture(PICTURED), 50, 60, 250),
    "light on dark": lambda sheet: pictures.put(sheet, pictures.lines_picture(PICTURED, "white", "navy"), 50, 60, 400),
    "blurred": lambda sheet: pictures.put(sheet, pictures.lines_picture(PICTURED).filter(ImageFilter.GaussianBlur(2)), 50, 60, 400),
    "one line": lambda sheet: pictures.put(sheet, pictures.lines_picture(["Henrietta Okonkwo - Data engineer"], size=48), 0, 0, 595),
    "a table": lambda sheet: pictures.put(sheet, pictures.table_picture(), 50, 60, 450),
    "two pictures": lambda sheet: (
        pictures.put(sheet, pictures.lines_picture(PICTURED[:2]), 50, 60, 400),
        pictures.put(sheet, pictures.lines_picture(PICTURED[2:]), 50, 300, 400),
    ),
    "paths": lambda sheet: [pictures.outlines(sheet, line, 60, 80 + 30 * row) for row, line in enumerate(PICTURED)],
}
WORDLESS: dict[str, Draw] = {
    "a portrait": lambda sheet: pictures.put(sheet, pictures.portrait(), 440, 40, 100),
    "a portrait over half the page": lambda sheet: pictures.put(sheet, pictures.portrait(), 100, 40, 330),
    "a logo": lambda sheet: pictures.put(sheet, pictures.lines_picture(["ACME Corp"], "navy", size=60), 400, 40, 150),
    "a chart": lambda sheet: pictures.put(sheet, pictures.chart(), 50, 60, 300),
    "dots": lambda sheet: pictures.put(sheet, pictures.ratings(), 50, 60, 250),
    "paper": lambda sheet: pictures.put(sheet, pictures.paper(), 0, 0, 595),
    "a square code": lambda sheet: pictures.put(sheet, pictures.code(), 450, 40, 90),
    "icons": pictures.icons,
    "frames": lambda sheet: [
        sheet.canvas.roundRect(40 + 60 * column, 500 + 40 * row, 50, 30, 4) for column in range(8) for row in range(8)
    ],
}


@each("kind", SCANS)
def test_a_scan_with_little_text_on_it_is_a_scan(kind: str):
    with pytest.raises(Unreadable, match="scanned"):
        read(make_pdf(SCANS[kind], font="Helvetica"))


@each("kind", PARTS)
def test_pictures_of_text_beside_text_are_told(kind: str):
    pages, notes = read(resume_and(PARTS[kind]))
    assert [line.text for line in pages[0].lines if line.text in RESUME] == RESUME
    assert notes == [Note("page_part_not_read", page=1)]


@each("kind", WORDLESS)
def test_what_is_no_text_and_what_a_text_says_are_not_told(kind: str):
    pages, notes = read(resume_and(WORDLESS[kind]))
    assert [line.text for line in pages[0].lines][-len(RESUME) :] == RESUME
    assert notes == []


def test_two_scans_on_a_page_are_read_one_by_one():
    """Each has a tilt, columns and sides of its own, so the page is no single scan."""
    page = make_pdf(
        lambda sheet: (
            sheet.text(50, 30, "Careers service, applications of the year 2024, confidential"),
            pictures.put(sheet, pictures.lines_picture(PICTURED), 50, 60, 400),
            pictures.put(sheet, pictures.lines_picture(PICTURED), 50, 400, 400),
        ),
        font="Helvetica",
    )
    assert read(page)[1] == [Note("page_part_not_read", page=1)]


def test_a_scan_is_not_recognised_a_second_time():
    pages, notes = read(make_pdf(lambda sheet: text_layer(sheet, PICTURED * 4), font="Helvetica"))
    assert ([line.text for line in pages[0].lines], notes) == ([" ".join(line.split()) for line in PICTURED * 4], [LAYER])


def test_a_text_layer_of_a_third_of_a_scan_leaves_the_rest_to_be_told():
    pages, notes = read(make_pdf(lambda sheet: text_layer(sheet, (PICTURED * 4)[:7]), font="Helvetica"))
    assert (len(pages[0].lines), sorted(note.code for note in notes)) == (7, ["page_part_not_read", "text_layer"])


def test_a_text_layer_full_of_wrong_signs_is_not_taken_for_text():
    with pytest.raises(Unreadable, match="garbled"):
        read(make_pdf(lambda sheet: text_layer(sheet, ["|/~ ._-' }{ ;:, <> |1l ~~ .,;' ^^ -_"] * 20), font="Helvetica"))


def test_a_text_layer_with_digits_in_its_words_is_not_taken_for_text():
    """What a scanner app recognised wrongly is recognised anew."""
    with pytest.raises(Unreadable, match="garbled"):
        read(make_pdf(lambda sheet: text_layer(sheet, ["Exper1ence 8ackend Enginoer w1th K0fka ond F1ink"] * 12), font="Helvetica"))
    pages, notes = read(make_pdf(lambda sheet: text_layer(sheet, ["K8s, S3 and OAuth2 in 3months"] * 12), font="Helvetica"))
    assert (len(pages[0].lines), notes) == (12, [LAYER])


def test_the_note_says_the_page():
    assert "3" in texts("en").note(Note("page_part_not_read", page=3))
    assert texts("zh").note(Note("page_part_not_read", page=3)).startswith("第 3 页")


def patterned(content: bytes) -> bytes:
    """Return a page of text with a rectangle above it that is filled with a pattern, which draws this once."""
    lines = b" ".join(b"(%s) Tj T*" % line.encode() for line in RESUME)
    page = stream(b"q /Pattern cs /P1 scn 50 550 500 190 re f Q BT /F1 11 Tf 60 500 Td 16 TL " + lines + b" ET")
    fonts = b"/Font << /F1 4 0 R >>"
    entries = b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 500 190] /XStep 500 /YStep 190 /Matrix [1 0 0 1 50 550]"
    return one_page(
        b"5 0 R", page, stream(content, entries + b" /Resources << %s >>" % fonts), resources=fonts + b" /Pattern << /P1 6 0 R >>"
    )


def test_print_in_a_pattern_is_told():
    lines = b"(2016 - 2023 Halvard Ceramics) Tj T* (Lowered kiln energy use by 22 percent) Tj"
    pages, notes = read(patterned(b"BT /F1 12 Tf 10 150 Td 16 TL %s ET" % lines))
    assert ([line.text for line in pages[0].lines], notes) == (RESUME, [Note("page_part_not_read", page=1)])
    dots = b"".join(b"%d %d 4 4 re f " % (x, y) for x in range(0, 500, 20) for y in range(0, 190, 20))
    assert read(patterned(dots))[1] == []
