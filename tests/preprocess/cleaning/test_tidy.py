"""One line tidied: spaced letters closed, separators shortened, and everything else as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocess.cleaning.tidy import tidy
from preprocess.fold import fold
from tests.each import each


@each(
    "before, after",
    [
        ("个 人 简 历", "个人简历"),
        ("个  人  简  历", "个人简历"),
        ("张   三", "张三"),
        ("R E S U M E", "RESUME"),
        ("W O R K   E X P E R I E N C E", "WORK EXPERIENCE"),
        ("W O R K E X P E R I E N C E", "WORK EXPERIENCE"),
        ("姓  名：张 三  性 别：男  民 族：汉", "姓名：张三  性别：男  民族：汉"),
        ("求 职 意 向：后端", "求职意向：后端"),
        ("男 年 龄：28", "男 年龄：28"),
        ("教 育 背 景  2019", "教育背景  2019"),
        ("熟 悉 J a v a ， 精 通 分 布 式 系 统 。", "熟悉Java，精通分布式系统。"),
    ],
)
def test_letter_spacing_is_closed(before: str, after: str) -> None:
    text, changes = tidy(before)
    assert text == after
    assert changes and {code for code, _, _ in changes} == {"letter_spacing_closed"}


@each(
    "text",
    [
        "男  汉  否",
        "优 良 中 差",
        "一 二 三 四 五 六 日",
        "张三  李四  王五",
        "A B C D",
        "C R D B",
        "A  B  C  D  E",
        "I am a big fan of C and R",
        "vitamin A B C D",
        "Java  Go  C  R",
        "第 3 页",
        "性别 男 民 族 汉",
        "2019  ---  2020",
        "Fluent in C++ --- templates above all",
        "138****1234",
        "3701********1234",
        "★★★★☆",
        "-",
        "C++",
        "……他说",
        "a --> b",
        "--verbose",
    ],
)
def test_left_alone(text: str) -> None:
    assert tidy(text) == (text, [])


@each("rule", ["-----", "=====", "·····", "****", "————", "- - - - -", "=-=-=-=", "~~~***~~~", "┌────┬────┐", "______", "....."])
def test_separator_lines_go(rule: str) -> None:
    text, [(code, before, after)] = tidy(f"  {rule} ")
    assert (text, code, before, after) == ("", "separator_removed", rule, "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("-------- 工作经历 --------", "--- 工作经历 ---"),
        ("2015.9————2019.6", "2015.9——2019.6"),
        ("目录........3", "目录...3"),
        ("姓名：______", "姓名：___"),
    ],
)
def test_separator_runs_inside_lines_are_shortened(before: str, after: str) -> None:
    text, changes = tidy(before)
    assert text == after
    assert {code for code, _, _ in changes} == {"separator_shortened"}


@pytest.mark.parametrize(
    ("before", "after"), [("🔹负责订单", "• 负责订单"), ("✅ 完成", "• 完成"), ("🚀", "🚀"), ("👍👍 x", "👍👍 x"), ("⭐ ⭐", "⭐ ⭐")]
)
def test_emoji_bullets(before: str, after: str) -> None:
    assert tidy(before)[0] == after


_PIECES = st.sampled_from([*"张三姓名男年龄AbRE:：|•-=.*—… ", "  ", "   ", "----", "🔹", "C++", "Java", "2019", "第 3 页"])


@given(st.lists(_PIECES, max_size=30).map("".join) | st.text())
@settings(deadline=None)
def test_idempotent_and_loses_only_separators(text: str) -> None:
    text = fold(text).replace("\n", " ")
    once, changes = tidy(text)
    assert tidy(once)[0] == once
    if not {code for code, _, _ in changes} & {"separator_removed", "separator_shortened", "emoji_bullet"}:
        assert once.replace(" ", "") == text.replace(" ", "").strip()


@each(
    "before, after",
    [
        ("WORK EX PERIEN C E", "WORK EXPERIENCE"),
        ("W ORK E XPERIENCE", "WORK EXPERIENCE"),
        ("S KILLS & INTE RESTS", "SKILLS & INTERESTS"),
        ("EDUC ATION", "EDUCATION"),
        ("Pro ject Exper ience", "Project Experience"),
        ("工作经历 WORK EX PERIENCE", "工作经历 WORK EXPERIENCE"),
    ],
)
def test_headings_in_pieces_are_whole(before: str, after: str) -> None:
    assert tidy(before) == (after, [("letter_spacing_closed", before, after)])


@each("text", ["Work Experience", "Java Script", "Skills & Interests", "Pro gress", "工作经历 Work Experience", "Ex perience in Java"])
def test_other_lines_with_spaces_stay(text: str) -> None:
    assert tidy(text) == (text, [])


@each(
    "before, after",
    [
        ("单击此处输入文字。", ""),
        ("单击或点击此处输入文字。", ""),
        ("姓名：点击此处输入姓名", "姓名："),
        ("按一下這裡輸入文字。", ""),
        ("Click or tap here to enter text.", ""),
        ("Phone: Click here to enter a date.", "Phone:"),
        ("Choose an item.", ""),
    ],
)
def test_prompts_of_fields_that_nobody_filled_in_are_removed(before: str, after: str) -> None:
    text, changes = tidy(before)
    assert (text, [code for code, _, _ in changes]) == (after, ["prompt_removed"])


@each(
    "text",
    ["点击率提升 30%，支持单击编辑", "Reduced clicks here to enter the order form", "Built a click to add button", "选择一项技术深入研究"],
)
def test_work_on_clicks_is_no_prompt(text: str) -> None:
    assert tidy(text) == (text, [])


@each(
    "before, after",
    [("●负责订单", "● 负责订单"), ("◆《论文》", "◆ 《论文》"), ("• 带新人", "• 带新人"), ("★★★★☆", "★★★★☆"), ("■■ 技能", "■■ 技能")],
)
def test_a_bullet_stands_apart_from_its_text(before: str, after: str) -> None:
    assert tidy(before) == (after, [])
    assert tidy(after) == (after, [])
