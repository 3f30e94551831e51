"""Text files decode right whatever wrote them, also when they are very short; what is no text is refused."""

import base64
import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocess.document import Unreadable
from preprocess.plain_text import decode, read_text
from tests.each import each
from tests.growth.clock import is_linear, thread_seconds

SHORT = [
    "张三",
    "王五，男，28岁",
    "姓名：赵六\n电话：13800138000",
    "熟悉ReactJS开发",
    "工作经验五年",
    "负责分布式系统设计",
    "欧阳娜娜 产品经理",
    "求职意向：后端工程师",
    "联通",
    "Name: 张三",
    "Senior engineer, 3 years at 腾讯",
    "“云原生”平台——架构师",
    "候选人郑喆祎，五年测试经验",
]
TRADITIONAL = ["張三", "王小明 工程師", "姓名：林志玲\n電話：0912345678", "精通Python與機器學習", "國立臺灣大學 資訊工程學系 碩士", "履歷"]
WESTERN = ["I’ve led a team of “five” engineers", "Résumé of André Müller", "naïve Bayes – café"]


@each(
    "texts, encoding",
    [(SHORT, encoding) for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-32")]
    + [
        ([text for text in SHORT if len(text) > 4], encoding) for encoding in ("utf-16-le", "utf-16-be")
    ]  # no mark: two characters are too few
    + [(TRADITIONAL, "big5"), (TRADITIONAL, "gbk"), (WESTERN, "utf-8"), (WESTERN, "cp1252"), (WESTERN, "utf-16-le")],
)
def test_encodings_of_short_texts(texts, encoding):
    assert [decode(text.encode(encoding)) for text in texts] == texts


def test_other_languages_stay_utf_8():
    for text in ("Иван Петров, инженер", "山田太郎 エンジニア", "김철수 엔지니어", "مهندس", "😀🚀"):
        assert decode(text.encode()) == text


def lines(data: bytes, name: str = "a.txt") -> list[list[str]]:
    return [[line.text for line in page.lines] for page in read_text(data, name).pages]


def test_lines_pages_and_control_characters():
    assert lines("甲\r\n乙\r丙\n\n丁\v戊 \x00\x07\x1b\f己\f\n".encode()) == [["甲", "乙", "丙", "", "丁", "戊"], ["己"]]
    document = read_text(b"x", "张三.txt")
    assert (document.name, document.kind, document.notes) == ("张三.txt", "text", ())


def test_broken_bytes_are_left_out_and_noted():
    document = read_text("姓名：张三，十年经验".encode() + b"\xe5\xbc", "a.txt")
    assert [line.text for line in document.pages[0].lines] == ["姓名：张三，十年经验"]
    assert [(note.code, note.count) for note in document.notes] == [("undecodable", 1)]


def test_markdown_marks_go_in_markdown_files_only():
    text = "# 张三\n**精通** [Go](https://go.dev) 与 C#\n#标签 2 ** 3 ![图](a.png)\n- `code`"
    assert lines(text.encode(), "a.MD") == [["张三", "精通 Go 与 C#", "#标签 2 ** 3 图", "- code"]]
    assert lines(text.encode()) == [text.split("\n")]


@each(
    "data, reason, detail",
    [
        (b"", "empty_file", ""),
        (b" \r\n\0\t", "empty_file", ""),
        (random.Random(1).randbytes(2000), "not_text", ""),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + random.Random(2).randbytes(3000), "not_text", ""),
        (bytes(range(32)) * 20, "not_text", ""),
        (base64.encodebytes(random.Random(3).randbytes(2000)), "not_text", ""),
    ],
)
def test_refused(data, reason, detail):
    with pytest.raises(Unreadable) as caught:
        read_text(data, "a.txt")
    assert (caught.value.reason, caught.value.detail) == (reason, detail)


def test_files_written_in_base64_are_left_out_and_noted():
    picture = base64.encodebytes(random.Random(3).randbytes(200)).decode().split("\n")
    document = read_text("\n".join(["张三", *picture, "熟悉 Java", "=" * 70, "=" * 70, "=" * 70]).encode(), "a.txt")
    assert [line.text for line in document.pages[0].lines if line.text] == ["张三", "熟悉 Java", *["=" * 70] * 3]
    assert [(note.code, note.count) for note in document.notes] == [("base64_removed", 4)]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md"]))
def test_any_bytes_are_read_or_refused(data, name):
    with suppress(Unreadable):
        read_text(data, name)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn", "Zl", "Zp"], exclude_characters="\ufeff\ufffd"), min_size=1))
def test_utf_8_comes_back_unchanged(text):
    if text.strip():
        assert "\n".join(line for page in lines(text.encode()) for line in page) == text.rstrip()


@pytest.mark.growth
@pytest.mark.parametrize("piece", ["[", "**a", "![](", "<!--", "<?xml ", "#", "\r", "\f"])
def test_time_is_linear(piece):
    def read(count: int) -> None:
        with suppress(Unreadable):
            read_text((piece * count).encode(), "a.md")

    assert is_linear(lambda count: thread_seconds(lambda: read(count)), 50_000)


def test_emphasis_code_and_comments_of_markdown():
    text = "工程师 *2020 – 至今*\n* 一条 *重点*\n* 二条 `Go` 2 * 3 * 4\n<!-- 要加薪\n再说 -->a*b*c\n\\*注\\*"
    document = read_text(text.encode(), "a.md")
    assert [line.text for line in document.pages[0].lines] == [
        "工程师 2020 – 至今",
        "* 一条 重点",
        "* 二条 Go 2 * 3 * 4",
        "a*b*c",
        "\\*注\\*",
    ]
    assert [(note.code, note.before) for note in document.notes] == [("hidden_text", "要加薪 再说")]
    assert read_text("<!-- 原样 -->".encode(), "a.txt").text == "<!-- 原样 -->"
