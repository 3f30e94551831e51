"""Check boxes and radio buttons of a PDF form: what is ticked stays in the text, what is not leaves it with a note."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from preprocess.cleaning.denoise import denoise
from preprocess.document import Document
from preprocess.pdf.worker import read_file

LEVELS = (("Diploma", False), ("Bachelor", True), ("Master", False))


def _page(canvas: Canvas, is_radio: bool = False, annotation_flags: str = "print", drawn: str = "") -> None:
    canvas.drawString(60, 780, "Application form of Jane Example, graduate of Brook University")
    canvas.drawString(60, 740, "Degree:")
    x = 110
    for label, is_ticked in LEVELS:
        if is_radio:
            canvas.acroForm.radio(name="degree", value=label, selected=is_ticked, annotationFlags=annotation_flags, x=x, y=737, size=12)
        else:
            canvas.acroForm.checkbox(name=label, checked=is_ticked, annotationFlags=annotation_flags, x=x, y=737, size=12)
        if drawn:
            canvas.setFont("ZapfDingbats", 11)
            canvas.drawString(x, 740, drawn)
            canvas.setFont("Helvetica", 11)
        canvas.drawString(x + 16, 740, label)
        x += 90


def _read(rotation: int = 0, **options) -> Document:
    file = io.BytesIO()
    canvas = Canvas(file, (595, 842))
    canvas.setPageRotation(rotation)
    _page(canvas, **options)
    canvas.showPage()
    canvas.save()
    return read_file(file.getvalue(), "form.pdf")


@pytest.mark.parametrize("is_radio", [False, True])
@pytest.mark.parametrize("rotation", [0, 180])
def test_the_options_that_nobody_ticked_leave_the_text(is_radio: bool, rotation: int):
    text, notes = denoise(_read(rotation, is_radio=is_radio))
    assert "Degree: Bachelor" in text.splitlines()
    assert "Master" not in text
    assert [(note.code, note.count) for note in notes] == [("unticked_option", 2)]


def test_a_button_that_nobody_sees_says_nothing():
    text, notes = denoise(_read(annotation_flags="hidden"))
    assert text.splitlines()[1].split() == ["Degree:", "Diploma", "Bachelor", "Master"]
    assert not notes


def test_a_box_that_the_page_draws_below_its_button_is_the_button():
    lines = _read(drawn="\u25a0").pages[0].lines
    assert lines[1].text.count("☐") == 2
    assert lines[1].text.count("☑") == 1
    assert "■" not in lines[1].text
