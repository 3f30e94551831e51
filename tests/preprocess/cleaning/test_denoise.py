"""Cleaning as a whole: measured on generated PDFs whose clean text is known, and its promises for any text.

How it is counted, without white space. Kept: the longest common subsequence of the true text and the cleaned one, over the true text;
it falls when characters are lost and when lines are out of order. Removed: characters of the cleaned text that are not in the true one
(as multisets), over all characters drawn as boilerplate; of a header or footer one copy may stay and counts as neither.
"""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocess.cleaning.denoise import denoise
from preprocess.document import Document, Line, Note, Page
from preprocess.read import read_document
from tests.data.clean_pdfs import LAYOUTS, CleanPdf, clean_pdf
from tests.data.make_pdf import Sheet, make_pdf
from tests.growth.clock import is_linear, thread_seconds


def document(*pages: str, kind: str = "text") -> Document:
    """Return a document without layout from the text of its pages."""
    return Document("x", kind, tuple(Page(tuple(map(Line, page.split("\n")))) for page in pages))


def clean(*pages: str) -> str:
    return denoise(document(*pages))[0]


@dataclass
class Measured:
    """Of one document: its pages, and counts of characters and of lines."""

    pages: int
    body: int
    kept: int
    boilerplate: int
    left: int
    lines: int
    whole_lines: int


def measured(pdf: CleanPdf) -> Measured:
    document = read_document(pdf.data, pdf.name)
    text, _ = denoise(document)
    lines = [squeezed(line) for line in text.split("\n")]
    expected, actual = squeezed("".join(pdf.lines)), "".join(lines)
    allowed = [squeezed(header) for header in pdf.kept_once if squeezed(header) in lines]
    extra = Counter(actual) - Counter(expected) - Counter("".join(allowed))
    drawn = sum(len(squeezed(line)) for line in pdf.removed) - sum(map(len, allowed))
    whole = Counter(map(squeezed, pdf.lines)) & Counter(lines)
    return Measured(len(document.pages), len(expected), common(expected, actual), drawn, extra.total(), len(pdf.lines), whole.total())


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def common(first: str, second: str) -> int:
    """Return the length of the longest common subsequence, bit-parallel (Hyyrö 2004)."""
    masks: dict[str, int] = {}
    for index, character in enumerate(first):
        masks[character] = masks.get(character, 0) | 1 << index
    full = (1 << len(first)) - 1
    row = full
    for character in second:
        matches = row & masks.get(character, 0)
        row = ((row + matches) | (row - matches)) & full
    return len(first) - row.bit_count()


def test_common_subsequence() -> None:
    assert (common("abcde", "xaxcxe"), common("abc", "cba"), common("", "a")) == (3, 1, 0)


@pytest.fixture(scope="module")
def figures() -> dict[str, list[Measured]]:
    """Return each layout in Chinese and in English."""
    pdfs = [clean_pdf(seed, layout, language) for layout in LAYOUTS for seed, language in enumerate(("zh", "en"))]
    with ThreadPoolExecutor(2) as pool:  # each PDF is read in a process of its own
        measurements = list(pool.map(measured, pdfs))
    return {layout: measurements[2 * index : 2 * index + 2] for index, layout in enumerate(LAYOUTS)}


@pytest.mark.long
def test_the_generator_makes_what_is_asked_for(figures: dict[str, list[Measured]]) -> None:
    every = [pdf for layout in figures.values() for pdf in layout]
    assert len(every) == 2 * len(LAYOUTS) >= 8
    assert all(2 <= pdf.pages <= 5 for pdf in every) and len({pdf.pages for pdf in every}) > 1
    assert all(pdf.body > 500 for pdf in every) and sum(pdf.boilerplate for pdf in every) > 500
    assert clean_pdf(1, "grid", "zh").lines == clean_pdf(1, "grid", "zh").lines


@pytest.mark.parametrize("layout", LAYOUTS)
def test_body_is_kept_in_reading_order(figures: dict[str, list[Measured]], layout: str) -> None:
    for pdf in figures[layout]:
        assert pdf.kept >= 0.99 * pdf.body


def test_boilerplate_is_removed(figures: dict[str, list[Measured]]) -> None:
    every = [pdf for layout in figures.values() for pdf in layout]
    assert sum(pdf.left for pdf in every) <= 0.05 * sum(pdf.boilerplate for pdf in every)
    assert all(pdf.left <= 0.1 * pdf.boilerplate for pdf in every)


def test_paragraphs_are_whole_lines(figures: dict[str, list[Measured]]) -> None:
    every = [pdf for layout in figures.values() for pdf in layout]
    assert sum(pdf.whole_lines for pdf in every) >= 0.97 * sum(pdf.lines for pdf in every)


def test_everything_at_once_in_a_real_pdf() -> None:
    def draw(number: int):
        def page(sheet: Sheet) -> None:
            sheet.text(60, 38, "张三的个人简历", 9)
            sheet.text(280, 815, f"第 {number} 页 共 2 页", 9)
            sheet.text(200, 500, "内部资料", 40, angle=45)
            sheet.text(60, 90, "个 人 简 历" if number == 1 else "工 作 经 历", 16)
            sheet.text(60, 110, "-" * 60)
            sheet.lines(
                60, 140, ["负责订单系统的重构与性能优化工作，吞吐提升三倍，并在团队内推广了灰度发布的完整流程和规", f"范文档{number}。"]
            )

        return page

    text, notes = denoise(read_document(make_pdf(draw(1), draw(2)), "x.pdf"))
    sentence = "负责订单系统的重构与性能优化工作，吞吐提升三倍，并在团队内推广了灰度发布的完整流程和规范文档"
    assert text.split("\n") == ["张三的个人简历", "个人简历", f"{sentence}1。", "工作经历", f"{sentence}2。"]
    assert {note.code: note.count for note in notes} == {
        "watermark_removed": 2,
        "page_number": 2,
        "header_removed": 1,
        "separator_removed": 2,
        "letter_spacing_closed": 1,
        "lines_rejoined": 2,
    }


def test_text_without_layout() -> None:
    text = "\n\n个 人 简 历\n=======\n\n\n\nＪａｖａ、⼯程\u200b师\n第 1 页 共 2 页\n\uf0b7 负责\t订单\n第 2 页 共 2 页\n\n"
    cleaned, notes = denoise(document(text))
    assert cleaned == "个人简历\n\nJava、工程师\n• 负责  订单"
    assert {note.code for note in notes} == {
        "full_width_folded",
        "radical_folded",
        "invisible_removed",
        "symbol_font_bullet",
        "separator_removed",
        "letter_spacing_closed",
        "page_number",
    }
    assert {note.page for note in notes} == {None}


def test_soft_hyphen_at_a_line_end_is_a_hyphen_elsewhere_nothing() -> None:
    assert clean("Kuber\u00adnetes\nmicro\u00ad\nx") == "Kubernetes\nmicro-\nx"


def test_empty_documents() -> None:
    assert denoise(Document("x", "text", ())) == ("", ())
    assert clean("") == clean("\n \n", "") == ""


def test_same_changes_are_one_note() -> None:
    _, notes = denoise(document("-----\n张三\n-----", "-----\n李四"))
    assert notes == (Note("separator_removed", None, "-----", "", 3),)


def test_notes_are_bounded_and_the_last_one_counts_the_rest() -> None:
    words = ["".join(chr(0x4E00 + 7 * index + step) + " " for step in range(4)).strip() for index in range(100)]
    _, notes = denoise(document("\n".join(words)))
    assert len(notes) == 40
    assert notes[-1].code == "more_changes"
    assert sum(note.count for note in notes) == 100


_LINES = st.sampled_from(
    [
        *"张三|个 人 简 历|-----|=-=-=|第 1 页 共 2 页|第 2 页|Page 3|3/5|简历来自：智联招聘|• 负责订单|1. Java|姓 名：张 三".split("|"),
        *"2019.03-2021.05|A B C D|•||  |Ｊａｖａ|工作经历|in a micro-|services team|ABC----".split("|"),
        "云图科技是一家做企业软件的公司，我在其中负责订单系统的后端开发与维护",
        "护，主导了从单体到微服务的拆分工作，日均处理请求两千万次，平均延迟的",
        "built a large search service in Java and Kotlin serving two thousand merchants",
        "and kept it running for many years with a small team of engineers in",
    ]
)
_TEXTS = st.lists(_LINES | st.text(max_size=60), max_size=40).map("\n".join) | st.text(st.characters(categories=None))


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_cleaning_clean_text_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(st.lists(_TEXTS, max_size=4))
@settings(deadline=None)
def test_only_what_notes_name_is_lost(pages: list[str]) -> None:
    text, notes = denoise(document(*pages))
    named = "".join(note.before for note in notes)
    plain = [
        character for page in pages for character in page if character.isascii() and character.isalpha()
    ]  # of numbered pages one is quoted
    missing = Counter(plain) - Counter(text)
    assert not missing or set(missing) <= set(named) or len(notes) == 40


_FLOATS = st.floats(allow_nan=False, allow_infinity=False, width=32) | st.sampled_from([0.0, 30.0, 60.0, 100.0, 400.0, 800.0])
_PLACED = st.builds(
    Line, _LINES | st.text(max_size=20), _FLOATS, _FLOATS, _FLOATS, _FLOATS, _FLOATS, st.sampled_from([0.0, 0.0, 45.0, 90.0])
)
_PAGES = st.builds(lambda lines: Page(tuple(lines), 595.0, 842.0), st.lists(_PLACED, max_size=12))


@given(st.lists(_PAGES, max_size=4))
@settings(deadline=None)
def test_any_layout_is_survived(pages: list[Page]) -> None:
    text, notes = denoise(Document("x", "pdf", tuple(pages)))
    text.encode("utf-8")
    assert len(notes) <= 40


@pytest.mark.growth
@pytest.mark.parametrize(
    "line",
    [
        "工作经历Java开发，负责系统",
        "a b c ",
        "- ",
        "个 ",
        "x-",
        "1 ",
        "第1页",
        "-=",
        "  ",
        "https://a/",
        "（",
        "A",
        "..",
        "简历来自",
        "2019.",
        "•",
    ],
)
def test_linear(line: str) -> None:
    def one_line(size: int) -> str:
        return line * (size // len(line))

    def lines(size: int) -> str:
        return "\n".join(one_line(size)[start : start + 37] for start in range(0, size, 37))

    assert is_linear(lambda size: thread_seconds(lambda: denoise(document(one_line(size)))), 10_000)
    assert is_linear(lambda size: thread_seconds(lambda: denoise(document(lines(size)))), 10_000)
