"""Word 97 files: what each property of characters and paragraphs does to the text."""

import random
import struct
from pathlib import Path

import pytest

from preprocess.document import Document, Unreadable
from preprocess.office.doc97.reader import read_doc
from tests.data.make_doc import (
    DARK_CELLS,
    DELETED,
    HIDDEN,
    IN_TABLE,
    INNER,
    INNER_CELL,
    INNER_ROW_END,
    ITEM,
    ROW_END,
    TINY,
    WHITE,
    Part,
    line,
    symbol,
    word97,
)
from tests.each import each
from tests.preprocess.contents import lines_of

SAMPLES = Path(__file__).parents[2] / "data" / "formats" / "samples"


def hidden(document: Document) -> str:
    return " ".join(note.before for note in document.notes if note.code == "hidden_text")


@each("properties, note", [(HIDDEN, "密文"), (TINY, "密文"), (WHITE, "密文"), (DELETED, "")])
def test_text_that_nobody_sees(properties: bytes, note: str) -> None:
    document = read_doc(word97([Part([("张三", b""), ("密文", properties), ("简历", b""), ("\r", b"")])]), "x.doc")
    assert lines_of(document) == ["张三简历"]
    assert hidden(document) == note


def test_codes_of_fields_are_left_out_and_results_stay() -> None:
    nested = '\x13 IF \x13 PAGE \x141\x15 = 1 \x14首页\x15，\x13HYPERLINK "mailto:a@b.c"\x14a@b.c\x15'
    body = [line(f"张三 {nested}"), line("\x13 开头没有结尾，仍然是正文"), line("五年经验\x15")]
    assert lines_of(read_doc(word97(body[:1]), "x.doc")) == ["张三 首页，a@b.c"]
    assert lines_of(read_doc(word97([body[1]]), "x.doc")) == ["开头没有结尾，仍然是正文"]
    assert lines_of(read_doc(word97([body[2]]), "x.doc")) == ["五年经验"]


@each("result, default, sign", [(1, 0, "☑"), (0, 1, "☐"), (25, 1, "☑"), (25, 0, "☐")])
def test_check_boxes_of_forms(result: int, default: int, sign: str) -> None:
    field = b"\xff\xff\xff\xff" + struct.pack("<HHH", 1 | result << 2, 0, 20) + struct.pack("<HHHH", 1, ord("a"), 0, default)
    data = struct.pack("<IH", 0x44 + len(field), 0x44) + bytes(0x44 - 6) + field
    box = Part([("驾照 \x13 FORMCHECKBOX ", b""), ("\x01", struct.pack("<HI", 0x6A03, 0)), ("\x14\x15 有", b""), ("\r", b"")])
    assert lines_of(read_doc(word97([box], data=data), "x.doc")) == [f"驾照 {sign} 有"]


def test_rows_and_tables_in_tables() -> None:
    body = [
        line("前言"),
        line("公司", paragraph=IN_TABLE, mark="\x07"),
        line("青梧网络", paragraph=INNER_CELL),
        line("2020–2023", paragraph=INNER_CELL),
        line("", paragraph=INNER_ROW_END),
        line("松鹤信息", paragraph=INNER_CELL),
        line("第一段", paragraph=INNER),
        line("第二段", paragraph=INNER_CELL),
        line("", paragraph=INNER_ROW_END),
        line("备注", paragraph=IN_TABLE, mark="\x07"),
        line("", paragraph=IN_TABLE + ROW_END, mark="\x07"),
        line("后记"),
    ]
    expected = ["前言", "公司", "青梧网络  2020–2023", "松鹤信息", "第一段", "第二段", "备注", "后记"]
    assert lines_of(read_doc(word97(body), "x.doc")) == expected


def test_white_letters_in_dark_cells_are_seen() -> None:
    row = [
        line("项目一", WHITE, IN_TABLE, "\x07"),
        line("负责人", WHITE, IN_TABLE, "\x07"),
        line("", b"", IN_TABLE + ROW_END + DARK_CELLS, "\x07"),
    ]
    document = read_doc(word97(row), "x.doc")
    assert lines_of(document) == ["项目一  负责人"] and not document.notes


def test_items_signs_and_breaks() -> None:
    body = [line("第一条\x0b续行", paragraph=ITEM), Part([("(", symbol("\uf0fe")), (" 已婚(是)\x1e\x1f", b""), ("\r", b"")])]
    assert lines_of(read_doc(word97(body), "x.doc")) == ["- 第一条", "续行", "☑ 已婚(是)-"]


def test_a_surrogate_pair_is_one_character() -> None:
    assert lines_of(read_doc(word97([line("𠮷野家\x07"[:4])]), "x.doc")) == ["𠮷野家"]


def test_text_boxes_stand_at_their_anchors() -> None:
    body = [line("第一段\x08"), line("第二段")]
    document = read_doc(word97(body, boxes=[(3, [line("框内")]), (99, [line("无锚")])]), "x.doc")
    assert lines_of(document) == ["第一段", "框内", "第二段", "无锚"]


def test_only_headers_that_a_page_shows() -> None:
    stories = [[line(text)] for text in ("偶数页眉", "页眉 13800000000", "偶数页脚", "页脚", "首页页眉", "首页页脚")]
    ordinary = read_doc(word97([line("正文")], footnotes=[line("\x02 脚注")], headers=stories), "x.doc")
    assert lines_of(ordinary) == ["页眉 13800000000", "正文", "脚注", "页脚"]
    titled = read_doc(word97([line("正文")], headers=stories, has_title_page=True), "x.doc")
    assert lines_of(titled) == ["页眉 13800000000", "首页页眉", "正文", "页脚", "首页页脚"]


@each("flags, version, reason", [(0x0300, 193, "needs_password"), (0x0200, 104, "old_word"), (0x0200, 45, "old_word")])
def test_what_is_not_read(flags: int, version: int, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_doc(word97([line("张三")], flags=flags, version=version), "x.doc")
    assert refused.value.reason == reason


def test_changed_bytes_are_read_or_refused() -> None:
    original, read, refused = (SAMPLES / "zh1.doc").read_bytes(), 0, 0
    chance = random.Random(97)
    places = [position for position, byte in enumerate(original) if byte]
    for number in range(40):
        data = bytearray(original)
        for _ in range(chance.randint(1, 30)):
            data[chance.choice(places)] = chance.choice((0, 1, 255, chance.randrange(256)))
        try:
            read += bool(read_doc(bytes(data) if number % 4 else bytes(data[: chance.randrange(len(data))]), "x.doc"))
        except Unreadable as error:
            assert error.reason in ("damaged", "old_word", "needs_password", "too_complex")
            refused += 1
    assert read and refused
