"""What was typed into a form or onto a page is read where it stands; notes, watermarks and what no viewer shows are not."""

from typing import Any

import pytest

from preprocess.document import Document, Note
from preprocess.pdf.worker import read_file
from tests.data.make_forms import (
    COMB,
    COMBO,
    HEADING,
    HIDDEN,
    MULTI_LINE,
    MULTI_SELECT,
    NO_VIEW,
    PASSWORD,
    annotation,
    appearance,
    field,
    form_pdf,
)
from tests.each import each

LINES = (HEADING, "Name:", "Skills:", "Signature:")
NAME, SKILLS, BELOW = (120.0, 735.0, 400.0, 752.0), (120.0, 695.0, 400.0, 712.0), (60.0, 560.0, 400.0, 580.0)
SHOWN: dict[str, tuple[dict[str, Any], list[str]]] = {
    "text": (field("Isolde Brandreth", NAME), ["Name:  Isolde Brandreth"]),
    "Chinese": (field("张三，熟悉 Kafka", NAME), ["Name:  张三，熟悉 Kafka"]),
    "several lines": (
        field("Java since 2015\nKafka since 2019", (60.0, 540.0, 400.0, 590.0), MULTI_LINE),
        ["Java since 2015", "Kafka since 2019"],
    ),
    "comb": (field("19910304", BELOW, COMB, MaxLen=8), ["19910304"]),
    "choice of a value": (field("m", NAME, COMBO, kind="/Ch", Opt=[["b", "Bachelor"], ["m", "Master of Arts"]]), ["Name:  Master of Arts"]),
    "list": (
        field(["Go", "Rust"], (120.0, 690.0, 300.0, 712.0), MULTI_SELECT, kind="/Ch", Opt=["C", "Go", "Java", "Rust"]),
        ["Skills:  Go, Rust"],
    ),
    "typed on the page": (annotation("/FreeText", "Kotlin, Ktor", SKILLS, DA="Helv 10 Tf 0 g"), ["Skills:  Kotlin, Ktor"]),
    "stamp": (
        annotation("/Stamp", "", NAME, AP={"/N": appearance(b"BT /F1 10 Tf 2 5 Td (Isolde Brandreth) Tj ET", 280, 17)}),
        ["Name:  Isolde Brandreth"],
    ),
    "own appearance": (
        field("Isolde Brandreth", NAME, AP={"/N": appearance(b"BT /F1 10 Tf 2 5 Td (I. Brandreth) Tj ET", 280, 17)}),
        ["Name:  I. Brandreth"],
    ),
}
UNSEEN: dict[str, dict[str, Any]] = {
    "hidden field": field("unseen words", NAME, shown=HIDDEN),
    "field for printing only": field("unseen words", NAME, shown=NO_VIEW),
    "password": field("unseen words", NAME, PASSWORD),
    "sticky note": annotation("/Text", "unseen words", (400.0, 735.0, 420.0, 755.0)),
    "sticky note that draws its words": annotation(
        "/Text", "", NAME, AP={"/N": appearance(b"BT /F1 10 Tf 2 5 Td (unseen words) Tj ET", 280, 17)}
    ),
    "watermark": annotation("/Watermark", "", NAME, AP={"/N": appearance(b"BT /F1 10 Tf 2 5 Td (unseen words) Tj ET", 280, 17)}),
    "comment of a highlight": annotation(
        "/Highlight", "unseen words", NAME, QuadPoints=[60.0, 790.0, 300.0, 790.0, 60.0, 770.0, 300.0, 770.0]
    ),
    "link": annotation("/Link", "unseen words", NAME, A={"/S": "/URI", "/URI": "https://localhost/unseen"}),
    "empty field": field("", NAME),
    "push button": field("", NAME, 1 << 16, kind="/Btn", AP={"/N": appearance(b"BT /F1 10 Tf 2 5 Td (unseen words) Tj ET", 280, 17)}),
}


def _texts(document: Document) -> list[str]:
    return [line.text for line in document.pages[0].lines]


def _expected(values: list[str]) -> list[str]:
    """Return the lines of the page, in which a value stands behind its label, or below them all."""
    labels = {value.partition("  ")[0]: value for value in values if "  " in value}
    return [labels.get(line, line) for line in LINES] + [value for value in values if "  " not in value]


@each("kind", SHOWN)
def test_a_value_is_read_where_it_stands(kind: str):
    entries, values = SHOWN[kind]
    document = read_file(form_pdf([entries], LINES), "form.pdf")
    assert _texts(document) == _expected(values)
    assert document.notes == ()


@each("kind", UNSEEN)
def test_what_is_no_text_of_the_page_is_not_read(kind: str):
    value = field("Kafka, Flink", SKILLS)
    document = read_file(form_pdf([UNSEEN[kind], value], LINES), "form.pdf")
    assert _texts(document) == _expected(["Skills:  Kafka, Flink"])
    assert document.notes == ()


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_values_of_a_turned_page(rotation: int):
    values = [field("Isolde Brandreth", NAME), field("19910304", BELOW, COMB, MaxLen=8)]
    assert _texts(read_file(form_pdf(values, LINES, rotation), "form.pdf")) == _expected(["Name:  Isolde Brandreth", "19910304"])


def test_a_form_with_an_owner_password():
    data = form_pdf([field("Isolde Brandreth", NAME)], LINES, password="owner")
    assert _texts(read_file(data, "form.pdf")) == _expected(["Name:  Isolde Brandreth"])


def test_a_value_in_the_colour_of_the_paper_is_hidden_text():
    document = read_file(form_pdf([field("Kafka expert", NAME, ink=1)], LINES), "form.pdf")
    assert _texts(document) == list(LINES)
    assert document.notes == (Note("hidden_text", page=1, before="Kafka expert"),)


def test_a_value_that_only_some_viewers_draw_is_read_and_said():
    blank = {"/N": appearance(b"/Tx BMC EMC", 280, 17)}
    document = read_file(form_pdf([field("Kafka, Flink", SKILLS, AP=blank)], LINES), "form.pdf")
    assert _texts(document) == _expected(["Skills:  Kafka, Flink"])
    assert document.notes == (Note("hidden_unsure", page=1, before="Kafka, Flink"),)


def test_typed_text_that_the_substitute_font_lacks_is_read_and_said():
    document = read_file(form_pdf([annotation("/FreeText", "熟悉 Flink 与 Kafka 的开发", SKILLS, DA="Helv 10 Tf 0 g")], LINES), "form.pdf")
    assert _texts(document) == _expected(["Skills:  熟悉 Flink 与 Kafka 的开发"])
    assert [note.code for note in document.notes] == ["hidden_unsure"]


def test_a_page_of_values_only_is_no_scan():
    document = read_file(form_pdf([field("Isolde Brandreth, engineer", NAME)], ()), "form.pdf")
    assert (_texts(document), document.notes) == (["Isolde Brandreth, engineer"], ())


LONG = "Java, Kafka, Flink, Spark, Kubernetes, Terraform, Helm, Airflow, Snowflake, dbt, Postgres, Redis, Rust"
ROWS = [f"Skill number {number} of this list" for number in range(12)]
SHOWS_TWO = {
    "/N": appearance(b"BT /F1 10 Tf 2 38 Td 12 TL (Skill number 0 of this list) Tj T* (Skill number 1 of this list) Tj ET", 340, 50)
}
BOX = (60.0, 540.0, 400.0, 590.0)
RICH = '<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"><p>Kotlin and <b>Ktor</b></p></body>'


@each(
    "entry, values",
    [
        (field(LONG, SKILLS), [f"Skills:  {LONG}"]),
        (field("\n".join(ROWS), BOX, MULTI_LINE), ROWS),
        (field("\n".join(ROWS), BOX, MULTI_LINE, AP=SHOWS_TWO), ROWS),
        (annotation("/FreeText", "", SKILLS, DA="Helv 10 Tf 0 g", RC=RICH), ["Skills:  Kotlin and Ktor"]),
        (field("", SKILLS, RV=RICH), ["Skills:  Kotlin and Ktor"]),
    ],
)
def test_what_the_place_of_a_value_does_not_show_is_read_and_said(entry: dict[str, Any], values: list[str]):
    document = read_file(form_pdf([entry], LINES), "form.pdf")
    assert _texts(document) == _expected(values)
    assert [note.code for note in document.notes] == ["hidden_unsure"]
