"""RTF: encodings, tables, parts of the page, and what nobody sees; damaged and hostile files."""

import random
from pathlib import Path

import pytest

from preprocess.document import Document, Unreadable
from preprocess.office.rtf import tokens
from preprocess.office.rtf.reader import read_rtf
from tests.each import each
from tests.preprocess.contents import lines_of

SAMPLES = Path(__file__).parents[2] / "data" / "formats" / "samples"
FONTS = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 SimSun;}{\f2\fcharset2 Symbol;}{\f3\fcharset204 Arial Cyr;}}"
COLOURS = r"{\colortbl;\red255\green255\blue255;\red16\green16\blue64;\red0\green0\blue0;}"


def read(body: str | bytes, head: str = r"\rtf1\ansi\ansicpg936\deff0") -> Document:
    content = body if isinstance(body, bytes) else body.encode("ascii")
    return read_rtf(b"{" + head.encode() + FONTS.encode() + COLOURS.encode() + content + b"}", "x.rtf")


@each(
    "body, expected",
    [
        (r"\'d5\'c5\'c8\'fd\par", ["张三"]),
        ("\\'d5\r\n\\'c5\\'c8\r\n\\'fd", ["张三"]),
        ("张三".encode("gb18030"), ["张三"]),
        (r"{\f3\'cf\'f0\'e8\'e2\'e5\'f2}", ["Привет"]),
        (r"\uc1\u24352?\u19977?", ["张三"]),
        (r"\uc2\u24352\'d5\'c5\u19977\'c8\'fd", ["张三"]),
        (r"\uc0\u24352 \u19977 !", ["张三!"]),
        (r"\uc1\u-10174?\u-8257?\u-10174?\u-8257?", ["𠮿𠮿"]),
        (r"{\uc0\u24352}{\uc3\u19977 abc}d", ["张三d"]),
        (r"5\~000 \'a3\'a4 a\_b \{x\} \\ c\-d", ["5 000 ￥ a-b {x} \\ cd"]),
        (r"{\f2\'b7}\tab \u-3913?", ["•  •"]),
        (r"a\emdash b\line c\tab d\page e", ["a—b", "c  d", "e"]),
        ("a\\\nb\\\r\nc", ["a", "b", "c"]),
        (b"a{\\pict\\bin5 \\par}{}b}c", ["ac"]),
    ],
)
def test_characters(body: str | bytes, expected: list[str]) -> None:
    assert lines_of(read(body)) == expected


def test_utf8_that_claims_to_be_western() -> None:
    assert lines_of(read("Zoë 张三".encode(), r"\rtf1\ansi\ansicpg1252")) == ["Zoë 张三"]
    assert lines_of(read(r"Zo\'eb caf\'e9", r"\rtf1\ansi\ansicpg1252")) == ["Zoë café"]


@each(
    "body, shown, hidden",
    [
        (r"a{\v secret}b", ["ab"], "secret"),
        (r"a\v secret\v0 b\par", ["ab"], "secret"),
        (r"a{\v secret\plain  b}", ["a b"], "secret"),
        (r"a{\cf1 secret}b", ["ab"], "secret"),
        (r"a{\fs2 secret}b", ["ab"], "secret"),
        (r"a{\cf3\highlight3 secret}b", ["ab"], "secret"),
        (r"a{\cf1\chcbpat2 shown}b", ["ashownb"], ""),
        (r"\pard\cbpat2\cf1 shown\par", ["shown"], ""),
        (r"a{\deleted gone}b", ["ab"], ""),
        (r"a{\*\unknown gone}b{\*\annotation gone}{\info{\title gone}}{\xe gone}", ["ab"], ""),
        (r'{\field{\*\fldinst HYPERLINK "gone"}{\fldrslt shown}}', ["shown"], ""),
        (r"{\object\objemb{\*\objdata 0102}{\result shown}}", ["shown"], ""),
        (r"{\f2 secret words}a", ["a"], "secret words"),
    ],
)
def test_what_nobody_sees(body: str, shown: list[str], hidden: str) -> None:
    document = read(body)
    assert lines_of(document) == shown
    assert "".join(note.before for note in document.notes if note.code == "hidden_text") == hidden


def test_rows_dark_cells_and_tables_in_tables() -> None:
    row = r"\trowd\clcbpat2\cellx100\cellx200 \pard\intbl\cf1 A\cell \pard\intbl\cf1 B\cell\row"
    document = read(row + r"\pard\cf0 after\par")
    assert lines_of(document) == ["A", "after"] and document.notes[0].before == "B"
    nested = (
        r"\pard\intbl a\cell\pard\intbl\itap2 x\nestcell y\par z\nestcell{\*\nesttableprops\trowd\cellx9\cellx18\nestrow}"
        r"{\nonesttables\par}\pard\intbl\itap1 b\par c\cell\row\pard end"
    )
    assert lines_of(read(r"\trowd\cellx100\cellx200" + nested)) == ["a", "x", "y", "z", "b", "c", "end"]


def test_a_cell_that_goes_on_without_saying_that_it_is_in_a_table() -> None:
    assert lines_of(read(r"\trowd\cellx1\cellx2 \intbl a\cell\pard b\par c\cell\row\pard d")) == ["a", "b", "c", "d"]


def test_parts_of_the_page() -> None:
    body = (
        r"{\header head \par}{\footer foot {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}{\footer 1\par}{\headerf first\par}{\headerl left\par}"
        r"text{\super 1{\footnote note\par}} on\par{\listtext\f2\'b7\tab}item one\par\pard\outlinelevel0{\listtext 1.\tab}Heading\par"
        r"{\shp{\*\shpinst\shpwr3{\sp{\sn x}{\sv y}}{\shptxt box\par}}{\shprslt box\par}}last {\cf1 pale}\par"
    )
    document = read(body)
    assert lines_of(document) == ["head", "text1 on", "- item one", "Heading", "last pale", "box", "note", "foot 1"]
    assert [note.code for note in document.notes] == ["page_number", "hidden_unsure"]  # a drawing may lie behind
    assert lines_of(read(r"\titlepg" + body))[:2] == ["first", "head"]


@each("result, default, sign", [("1", "0", "☑"), ("0", "1", "☐"), ("25", "1", "☑")])
def test_check_boxes_of_forms(result: str, default: str, sign: str) -> None:
    form = rf"{{\*\formfield{{\fftype1\ffres{result}\ffdefres{default}{{\*\ffname a}}}}}}"
    assert lines_of(read(rf"ok {{\field{{\*\fldinst FORMCHECKBOX {form}}}{{\fldrslt}}}} yes")) == [f"ok {sign} yes"]


@each(
    "data, reason",
    [
        (b"no rtf", "damaged"),
        (b"x" * 2000 + b"{\\rtf1 a}", "damaged"),
        (b"{\\rtf1 " + b"{" * 600 + b"a", "too_complex"),
    ],
)
def test_what_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_rtf(data, "x.rtf")
    assert refused.value.reason == reason


def test_endless_tokens_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_MAX_TOKENS", 1000)
    assert lines_of(read_rtf(b"{\\rtf1 " + b"\\b" * 900 + b" a}", "x.rtf")) == ["a"]
    with pytest.raises(Unreadable, match="too_complex"):
        read_rtf(b"{\\rtf1 " + b"\\b" * 1000 + b" a}", "x.rtf")


def test_changed_bytes_are_read_or_refused() -> None:
    original = (SAMPLES / "zh1_word.rtf").read_bytes()
    chance = random.Random(1)
    for number in range(15):
        data = bytearray(original)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.choice(b"{}\\'\0u-9\xff")
        try:
            read_rtf(bytes(data) if number % 4 else bytes(data[: chance.randrange(len(data))]), "x.rtf")
        except Unreadable as error:
            assert error.reason in ("damaged", "too_complex")


def test_lone_bullets_of_western_fonts_in_a_chinese_file() -> None:
    assert lines_of(read(r"{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset0 Arial;}}\f1\'b7\f0  \'d5\'c5\par \f1\'95\tab\f0 \'c8\'fd")) == [
        "· 张",
        "•  三",
    ]
