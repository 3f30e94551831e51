"""PDFs whose page is not the resume: dynamic forms, portfolios, attached files. Their content is read, or the row says what to do."""

import pytest

from i18n.texts import texts
from preprocess.document import Note, Rejected, Unreadable
from preprocess.pdf.reader import read_pdf
from preprocess.read import read_document
from tests.data.make_forms import form_pdf, with_files, xfa_pdf
from tests.data.make_pdf import text_pdf
from tests.each import each
from tests.preprocess.contents import lines_of

NOTICE = [
    "Please wait...",
    "If this message is not eventually replaced by the proper contents of the document, your PDF viewer",
    "is too old.",
]
DATA = """<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form1>{}</form1></xfa:data></xfa:datasets>"""
VALUES = DATA.format(
    """<name>Perpetua Hollis</name><career>Payroll specialist, 2012 - 2022
Stanbridge Council</career><degree>3</degree><car>1</car>
<notes><body xmlns="http://www.w3.org/1999/xhtml"><p>SAP <b>HCM</b></p></body></notes>
<token>internal key</token><photo>iVBORw0KGgo</photo><empty/>""".replace("iVBORw0KGgo", "iVBORw0KGgo" * 1000)
)
TEMPLATE = """<template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform name="form1">
<field name="name"><caption><value><text>Full name:</text></value></caption></field>
<field name="degree"><caption><value><text>Degree</text></value></caption><ui><choiceList/></ui>
<items><text>Bachelor</text><text>Master</text></items><items save="1"><text>2</text><text>3</text></items></field>
<field name="car">
<caption><value><text>Own car</text></value></caption><ui><checkButton/></ui><items><text>1</text><text>0</text></items></field>
<subform presence="hidden"><field name="token"/></subform></subform></template>"""
RESUME = ["Jonas Merriweather, software engineer", "Built a search service for three million users in Java and Go."]
COVER = ["For the best experience, open this PDF portfolio in a newer viewer."]


def reason(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_document(data, "resume.pdf")
    return refused.value.reason


@pytest.mark.parametrize("needs_rendering", [True, False])
def test_values_of_a_dynamic_form_are_read_behind_their_captions(needs_rendering: bool):
    document = read_pdf(xfa_pdf({"template": TEMPLATE, "datasets": VALUES}, NOTICE, needs_rendering), "form.pdf")
    assert lines_of(document) == [
        "Full name: Perpetua Hollis",
        "Payroll specialist, 2012 - 2022",
        "Stanbridge Council",
        "Degree: Master",
        "☑ Own car",
        "SAP HCM",
    ]
    assert document.notes == (Note("xfa_values"),)


def test_a_dynamic_form_without_values_is_refused():
    assert reason(xfa_pdf({"template": TEMPLATE, "datasets": DATA.format("<name/>")}, NOTICE)) == "xfa_form"
    assert reason(xfa_pdf({"template": TEMPLATE}, NOTICE, needs_rendering=False)) == "xfa_form"


def test_a_form_whose_page_shows_its_values_is_read_from_the_page():
    shown = ["Full name: Perpetua Hollis", "Payroll specialist, 2012 - 2022", "Skills: SAP HCM, Excel", "Please wait for our answer."]
    data = DATA.format("<name>Perpetua Hollis</name><career>Payroll specialist, 2012 - 2022</career>")
    assert lines_of(read_pdf(xfa_pdf({"datasets": data}, shown[:3], needs_rendering=False), "form.pdf")) == shown[:3]


def test_a_form_that_declares_entities_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + DATA.format("<name>&b;</name>")
    assert reason(xfa_pdf({"datasets": bomb}, NOTICE)) == "too_complex"


def test_files_of_a_portfolio_are_read_as_one_resume():
    files = {
        "1 resume.pdf": text_pdf(RESUME),
        "2 letter.txt": b"Dear Ms Vance,\nI would like to join your team.",
        "3 photo.bin": b"\0\1\2" * 50,
    }
    document = read_document(with_files(text_pdf(COVER), files, is_portfolio=True), "portfolio.pdf")
    assert lines_of(document) == [*RESUME, "Dear Ms Vance,", "I would like to join your team."]
    assert document.notes == (Note("portfolio", count=2), Note("embedded_not_read"))


def test_pages_of_notes_are_counted_through_a_portfolio():
    form = form_pdf([{"/Subtype": "/FileAttachment", "/Contents": "", "/Rect": (60.0, 60.0, 80.0, 80.0), "/F": 4}], RESUME)
    document = read_document(with_files(text_pdf(COVER), {"1.pdf": text_pdf(RESUME), "2.pdf": form}, is_portfolio=True), "portfolio.pdf")
    assert document.notes == (Note("embedded_not_read", page=2), Note("portfolio", count=2))


def test_a_portfolio_of_which_nothing_can_be_read_is_refused():
    inner = with_files(text_pdf(COVER), {"resume.pdf": text_pdf(RESUME)}, is_portfolio=True)
    for files in ({"photo.bin": b"\0\1\2" * 50}, {"portfolio.pdf": inner}):
        assert reason(with_files(text_pdf(COVER), files, is_portfolio=True)) == "pdf_portfolio"


def test_a_collection_without_files_is_an_ordinary_pdf():
    assert lines_of(read_document(with_files(text_pdf(RESUME), {}, is_portfolio=True), "a.pdf")) == RESUME


def test_files_attached_to_a_resume_are_told():
    document = read_document(with_files(text_pdf(RESUME), {"certificate.pdf": text_pdf(RESUME), "europass.xml": b"<a/>"}, False), "a.pdf")
    assert (lines_of(document), document.notes) == (RESUME, (Note("embedded_not_read"),))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_reasons_say_what_to_do(language: str):
    said = texts(language)
    assert "PDF" in said.rejected(Rejected("a.pdf", "xfa_form"))
    assert "Adobe" in said.rejected(Rejected("a.pdf", "pdf_portfolio"))
    assert "2" in said.note(Note("portfolio", count=2))


@each(
    "lines, is_refused",
    [
        (NOTICE, True),
        (["请稍候...", "如果此消息最终未被文档的正确内容替换，则您的 PDF 查看器可能无法显示此类文档。"], True),
        ([*RESUME, "Please wait for my references; they use Adobe Reader."], False),
        (["Please wait", "I was a waiter."], False),
    ],
)
def test_a_dynamic_form_that_was_printed_is_refused(lines: list[str], is_refused: bool):
    data = text_pdf(lines)
    if is_refused:
        assert reason(data) == "xfa_form"
    else:
        assert read_pdf(data, "form.pdf").pages
