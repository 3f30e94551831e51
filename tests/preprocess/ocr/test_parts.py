"""Pictures of text on a page that has text of its own: their lines come where they stand, as the app reads them."""

from pathlib import Path

import pytest

from preprocess.document import Note
from preprocess.guarded import children
from preprocess.pdf.reader import read_pdf
from tests.data import make_pictured as pictures
from tests.data.make_pdf import Sheet, make_pdf
from tests.preprocess.contents import lines_of

pytest.importorskip("rapidocr", reason="text recognition is not installed")

HEAD = ["Henrietta Okonkwo, data engineer", "henrietta@example.org, Wexcombe"]
TAIL = ["Education: BEng Materials, Tavistock Institute, 2012", "Languages: English, fluent; French, basic"]
HISTORY = ["2016 - 2023 Process engineer, Halvard Ceramics", "Six Sigma Black Belt, Minitab, DOE"]
LABELS = ["Full name of the applicant", "Present position and employer", "Residence and country"]
VALUES = ["Henrietta Okonkwo", "Process engineer at Halvard Ceramics", "Wexcombe"]


def page(sheet: Sheet) -> None:
    """Draw text, a picture of text, text, and a portrait."""
    sheet.lines(60, 80, HEAD)
    pictures.put(sheet, pictures.lines_picture(HISTORY), 60, 130, 400)
    sheet.lines(60, 260, TAIL)
    pictures.put(sheet, pictures.portrait(), 480, 30, 80)


@pytest.mark.long
def test_lines_of_a_picture_stand_between_those_above_and_below():
    document = read_pdf(make_pdf(page, font="Helvetica"), "a.pdf")
    assert lines_of(document) == [*HEAD, *HISTORY, *TAIL]
    assert document.notes == (Note("read_by_ocr"),)


def test_values_typed_onto_a_scanned_form_stand_behind_their_labels():
    form = pictures.lines_picture(LABELS)

    def filled(sheet: Sheet) -> None:
        pictures.put(sheet, form, 0, 0, 595)
        for row, value in enumerate(VALUES):
            sheet.text(330, 0.595 * (20 + 56 * row + 24), value, 11)
        sheet.lines(60, 300, [*HEAD, *TAIL])

    document = read_pdf(make_pdf(filled, font="Helvetica"), "a.pdf")
    assert lines_of(document)[:3] == [f"{label}  {value}" for label, value in zip(LABELS, VALUES, strict=True)]


@pytest.mark.long
def test_what_only_looks_like_text_leaves_no_note():
    lines = [*HEAD, *TAIL] * 6
    document = read_pdf(make_pdf(lambda sheet: (pictures.put(sheet, pictures.noise(), 0, 0, 595), sheet.lines(60, 80, lines))), "a.pdf")
    assert (lines_of(document), document.notes) == (lines, ())


def test_without_the_package_the_page_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "rapidocr.py").write_text("raise ImportError", "utf-8")
    monkeypatch.setitem(children.ENVIRONMENT, "PYTHONPATH", str(tmp_path))
    document = read_pdf(make_pdf(page, font="Helvetica"), "a.pdf")
    assert (lines_of(document), document.notes) == ([*HEAD, *TAIL], (Note("page_part_not_read", page=1),))
