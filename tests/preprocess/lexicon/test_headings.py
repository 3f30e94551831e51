"""Every heading of the table in every form that resumes give it; ordinary lines that have its words are no headings."""

import tomllib
from itertools import product
from pathlib import Path

import pytest

from preprocess.lexicon import headings
from preprocess.lexicon.characters import has_cjk
from preprocess.lexicon.headings import entry_headings, heading_kind, heading_words, is_heading, normalised, section_headings
from tests.each import each
from tests.preprocess.lexicon.scripts import traditional

HEADINGS = sorted(section_headings().items())
CHINESE = [(heading, kind) for heading, kind in HEADINGS if has_cjk(heading)]
ENGLISH = [(heading, kind) for heading, kind in HEADINGS if not has_cjk(heading)]
KINDS = sorted(set(section_headings().values()))

BEFORE = ["一、", "十二、", "1. ", "1、", "2．", "（一）", "(1) ", "①", "II. ", "A. ", "第一部分 ", "Part 2 ", "02 "]
SIGNS = ["● ", "■", "◆ ", "• ", "- ", "* ", "## ", "★", "|"]
AROUND = [("【", "】"), ("[", "]"), ("「", "」"), ("《", "》"), ("<", ">"), ("** ", " **"), ("—— ", " ——"), ("★", "★"), ("1. 【", "】")]
PERIODS = ["(2019-2022)", "（2019.03-至今）", " 2019 – Present", "（近三年）", "(2019-2022)："]
AFTER = ["：", ":", " :", " ", "（续）", " (continued)", "（3个）", " ——", *PERIODS]


@pytest.mark.parametrize("between", ["", " ", "  ", "\u3000"])
def test_chinese_headings_in_any_spacing(between: str) -> None:
    plain = {heading: kind for heading, kind in CHINESE if heading != "it技能"}
    assert {heading: heading_kind(between.join(heading)) for heading in plain} == plain


@pytest.mark.parametrize("decorate", [str, str.upper, str.title, str.capitalize])
def test_english_headings_in_any_case(decorate) -> None:
    assert {heading: heading_kind(decorate(heading)) for heading, _ in ENGLISH} == dict(ENGLISH)


@each("before", [*BEFORE, *SIGNS])
def test_numbered_and_bulleted(before: str) -> None:
    assert {heading: heading_kind(before + heading) for heading, _ in HEADINGS} == dict(HEADINGS)


@each("before, after", AROUND)
def test_decorated(before: str, after: str) -> None:
    assert {heading: heading_kind(before + heading + after) for heading, _ in HEADINGS} == dict(HEADINGS)


@each("after", AFTER)
def test_with_a_tail(after: str) -> None:
    assert {heading: heading_kind(heading + after) for heading, _ in HEADINGS if len(heading + after) <= 60} == dict(HEADINGS)


def test_traditional() -> None:
    written = {traditional(heading): kind for heading, kind in CHINESE}
    assert "工作經歷" in written and "項目經驗" in written and "自我評價" in written and "榮譽獎項" in written
    assert {heading: heading_kind(heading) for heading in written} == written
    assert {heading: heading_kind(f"一、{heading}：") for heading in written} == written


BILINGUAL = ["{} / {}", "{}/{}", "{} {}", "{}（{}）", "{} | {}", "{} - {}", "{}·{}", "【{} {}】", "一、{} {}："]


@each("form, kind", product(BILINGUAL, KINDS))
def test_bilingual_either_way(form: str, kind: str) -> None:
    chinese = next(heading for heading, of_kind in CHINESE if of_kind == kind and heading[0] > "z")
    english = next(heading for heading, of_kind in ENGLISH if of_kind == kind)
    assert heading_kind(form.format(chinese, english.title())) == kind
    assert heading_kind(form.format(english.upper(), chinese)) == kind


@each(
    "line, kind",
    [
        ("主要项目经历", "project"),
        ("Selected Projects", "project"),
        ("个人工作经历", "work"),
        ("相關工作經驗", "work"),
        ("Relevant Work Experience", "work"),
        ("工作/实习经历", "work"),
        ("實習與項目經歷", "internship"),
        ("教育及培训经历", "education"),
        ("专业技能与证书", "skills"),
        ("技能、证书及语言能力", "skills"),
        ("Skills & Interests", "skills"),
        ("Education and Training", "education"),
        ("Work & Project Experience", "work"),
        ("荣誉证书 Honors & Awards", "honours"),
        ("學歷", "education"),
        ("工作經驗", "work"),
        ("證照", "certificates"),
        ("自傳", "summary"),
    ],
)
def test_qualified_and_joined(line: str, kind: str) -> None:
    assert heading_kind(line) == kind


@each(
    "line",
    [
        "",
        "：",
        "一、",
        "2019-2022",
        "有三年工作经历",
        "工作经历丰富，项目经验扎实",
        "工作经历：2019 年加入云图科技",
        "负责项目管理",
        "项目管理",
        "项目经验丰富。",
        "教育行业",
        "教育科技有限公司",
        "熟悉语言能力测评",
        "技能：Java、Go",
        "技能（Java、Go）",
        "Java 技能",
        "证书（CET-6）",
        "专业：软件工程",
        "项目经历了三次重构",
        "兴趣是第一位的老师",
        "荣誉与梦想",
        "获得优秀员工荣誉。",
        "Experience with Java and Go",
        "5 years of experience",
        "Led projects in three countries",
        "Projects: a search engine",
        "Education technology",
        "Skills in negotiation",
        "Summary judgment briefs",
        "Experience, knowledge",
        "Languages used: Go",
        "Awards jury member",
        "the project experience was good",
        "工作经历 " * 12,
    ],
)
def test_ordinary_lines_are_no_headings(line: str) -> None:
    assert heading_kind(line) is None
    assert not is_heading(line)


@each("heading", [heading for heading, _ in HEADINGS] + sorted(entry_headings()))
def test_sentences_with_the_words_are_no_headings(heading: str) -> None:
    sentences = [f"负责{heading}的整理与归档", f"{heading}，以及客户沟通", f"{heading}：负责订单系统"] if has_cjk(heading) else []
    sentences += [f"Improved {heading} for 30 clients", f"{heading} of the team grew by 5%", f"the {heading}"]
    assert [sentence for sentence in sentences if is_heading(sentence)] == []


def test_parts_of_one_job_head_no_section() -> None:
    assert entry_headings() and all(is_heading(f"1. {heading}：") and heading_kind(heading) is None for heading in entry_headings())


def test_the_table_has_each_heading_once_as_it_is_compared() -> None:
    table = tomllib.loads(Path(headings.__file__).with_suffix(".toml").read_text("utf-8"))
    written = [
        normalised(heading)
        for chinese, english in [*table["sections"].values(), table["entries"]["headings"]]
        for heading in (*chinese.split(), *english.split("|"))
    ]
    assert sorted(heading for heading in set(written) if written.count(heading) > 1) == []
    assert len(written) > 600


def test_words_of_headings() -> None:
    assert {"experience", "education", "curriculum", "vitae", "and", "selected", "me"} <= heading_words()
    assert not any(has_cjk(word) or " " in word for word in heading_words())
