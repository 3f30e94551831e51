"""A file of which next to nothing was read is ranked with a warning; a short resume without one."""

from preprocess.document import Note
from preprocess.pipeline import prepare
from preprocess.plain_text import pasted_document
from preprocess.screening.attention import JOB_WARNINGS, WARNINGS
from service.job import prepare_job
from tests.each import each


@each(
    "text, notes",
    [
        ("李四 会计 电话13800000000", [Note("little_text", count=6)]),
        ("收银台页面见 https://example.com", [Note("little_text", count=9)]),
        ("Ann Lee, accountant", [Note("little_text", count=3)]),
        ("李四\n会计，三年，会用 Excel 和金蝶，在苏州工作。", []),
        ("Ann Lee\nAccountant, four years at Acme, month-end close, payroll, invoices and VAT returns.", []),
    ],
)
def test_only_a_text_of_a_few_words_is_noted(text: str, notes: list[Note]):
    resume = prepare(pasted_document(text, "a.txt"))
    assert [note for note in resume.notes if note.code == "little_text"] == notes


def test_it_is_a_warning_about_people_and_not_about_a_job():
    assert "little_text" in WARNINGS - JOB_WARNINGS
    assert prepare_job("招出纳一名", None, 1_000)[1] == ()
