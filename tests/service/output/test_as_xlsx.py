"""Exports as a spreadsheet opens them: every value there, no formula, nothing that XML or a cell cannot hold."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from feedback.files.cells import MAX_CELL
from feedback.labels import FULL, MODEL_ORDER, Label
from feedback.store.desk.notes import CandidateNote
from feedback.store.desk.statuses import INTERVIEW, CandidateStatus
from i18n.texts import texts
from preprocess.document import Rejected, Resume
from reranker.engine import Query
from reranker.rows import Ranking
from reranker.rubric.lifts import Lift
from service.output.as_csv import csv_bytes
from service.output.as_xlsx import xlsx_bytes
from service.output.candidates import NOTHING_SAID, Said, listed_people
from tests.each import each
from tests.ui.samples import MODEL, QUERY, REJECTED, RESUMES, ranking, rows

RESUME = """张三
电话：138-0000-1234　邮箱：zhang.san@example.com
本科，软件工程
工作经历
2016.03-至今 青梧科技 平台工程师
熟悉 Python 与 FastAPI"""
IN_ORDER = [RESUMES[1], replace(RESUMES[0], text=RESUME)]
"""The resumes of `rows()` by their `input_position`."""
PLAIN = MODEL_ORDER, "not_blind"


def book_of(made: Ranking, rejected: Sequence[Rejected] = REJECTED, language: str = "zh", said: Said = NOTHING_SAID, **seen):
    people = listed_people(made, IN_ORDER, said, **seen)
    return load_workbook(BytesIO(xlsx_bytes(people, made, QUERY, rejected, MODEL, texts(language), *PLAIN, is_chosen="chosen" in seen)))


def results(made: Ranking, **given) -> list[dict]:
    """Return the lines of the list with those of its evidence, by the titles of the columns."""
    book = book_of(made, **given)
    together: list[dict] = [{} for _ in made.rows]
    for name in ("结果", "依据"):
        title, *lines = book[name].iter_rows(values_only=True)
        together = [known | dict(zip(title, line, strict=True)) for known, line in zip(together, lines, strict=True)]
    return together


def csv_lines(made: Ranking, rejected: Sequence[Rejected] = (), **seen) -> list[dict[str, str]]:
    data = csv_bytes(listed_people(made, IN_ORDER, **seen), made, rejected, texts("zh"))
    assert data.startswith(b"\xef\xbb\xbf"), "Excel takes UTF-8 for the local code page without the mark"
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def named(name: str) -> Ranking:
    """Return a list of somebody of whom only the file's name is known."""
    return replace(ranking(), rows=(replace(rows()[1], name=name),))


def test_the_workbook_has_all_there_is():
    said = Said(
        {"a" * 64: (Label("王芳", FULL, "对口"),)},
        {"a" * 64: CandidateStatus(INTERVIEW, "王芳", 9.0)},
        {"a" * 64: (CandidateNote(1, "王芳", 9.0, "周三下午"),)},
    )
    book = book_of(ranking(), said=said)
    assert book.sheetnames == ["结果", "逐项对照", "依据", "未能读取", "说明"]
    first, second = results(ranking(), said=said)
    assert first | {"匹配度": 0.9608, "模型分数": 3.2} == first
    assert (first["名次"], first["姓名"], first["文件"]) == (1, "张三", "张三.pdf")
    assert (first["状态"], first["标注"], first["备注"]) == ("面试", "完全匹配（王芳）：对口", "周三下午 (王芳)")
    assert first["联系方式"] == "13800001234\nzhang.san@example.com"
    assert (first["学历"], first["最近职位"], first["最近单位"]) == ("本科", "平台工程师", "青梧科技") and first["年限"].endswith(" 年")
    assert (first["符合"], first["部分符合"]) == ("【必须】熟悉 Python ← 熟悉 Python 与 FastAPI", None)
    assert first["未见"] == "【加分】会用 Kubernetes" and "第 2 页" in first["提示"]
    assert (second["状态"], second["标注"], second["备注"]) == ("待看", None, None)
    assert "321" in second["提示"], "how much was not scored"
    assert [row[0].value for row in book["未能读取"].iter_rows(min_row=2)] == [file.name for file in REJECTED]
    about = {row[0].value: row[1].value for row in book["说明"].iter_rows(min_row=2)}
    assert (about["招聘JD"], about["自定义指令"]) == (QUERY.job, QUERY.instruction)
    assert "Qwen3-Reranker-0.6B" in str(about["模型"]) and "本表所选人数" not in about


def test_the_sheet_about_the_list_names_what_the_law_forbids_to_ask():
    asked = Query("任职要求：\n1. 熟悉 Python\n2. 年龄30-40岁，女性优先", "x")
    people = listed_people(ranking(), IN_ORDER, NOTHING_SAID)
    sheet = load_workbook(BytesIO(xlsx_bytes(people, ranking(), asked, (), MODEL, texts("zh"), *PLAIN)))["说明"]
    assert ("JD 中依法不计", "“年龄30-40岁”（年龄），“女性优先”（性别）") in [
        (row[0].value, row[1].value) for row in sheet.iter_rows(min_row=2)
    ]


def test_the_sheet_about_the_list_says_that_changed_requirements_moved_it():
    lifted = replace(ranking(), rows=tuple(replace(row, lifts=(Lift("能接受出差", "added", 0.5),)) for row in rows()))
    said = [{row[0].value: row[1].value for row in book_of(made)["说明"].iter_rows()}["排序依据"] for made in (ranking(), lifted)]
    assert said == ["模型原顺序，未使用学到的权重", f"{said[0]}；加上 HR 对要求的改动：能接受出差（新增）（各人加减分见“依据”表）"]


def test_it_prints_on_one_width_in_landscape_with_rows_as_high_as_their_text():
    sheet = book_of(ranking())["结果"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr and sheet.oddHeader
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.print_title_rows == "$1:$1"
    assert sheet.print_area == "'结果'!$A$1:$K$3", "up to the employer: what is further right is for the screen"
    assert sheet.oddHeader.left.text == QUERY.job
    assert (sheet.freeze_panes, sheet["C2"].number_format) == ("C2", "0.0%")
    assert 29 <= sheet.row_dimensions[2].height <= 400 and sheet.row_dimensions[1].height < sheet.row_dimensions[2].height
    long = replace(rows()[0], match_points=tuple(replace(point, requirement="很长的要求" * 900) for point in rows()[0].match_points or ()))
    book = book_of(replace(ranking(), rows=(long,)))
    assert book["依据"].row_dimensions[2].height == 400, "Excel allows 409"
    assert book["结果"].row_dimensions[2].height < 50, "long evidence does not stretch the list"


def test_the_matrix_has_a_mark_for_each_person_and_requirement():
    first, *_ = rows()
    unlooked = replace(first, rank=2, match_points=None)
    sheet = book_of(replace(ranking(), rows=(first, unlooked)))["逐项对照"]
    lines = list(sheet.iter_rows(values_only=True, max_col=4))
    assert lines[0] == ("名次", "姓名", "【必须】熟悉 Python", "【加分】会用 Kubernetes")
    assert lines[1:3] == [(1, "张三", "✓", "–"), (2, "张三", None, None)], "what was not looked for is not missing"
    assert lines[-1][1] == texts("zh")("export.legend")
    long = replace(first, match_points=tuple(replace(point, requirement="熟" * 90) for point in first.match_points or ()))
    heads = [book_of(replace(ranking(), rows=(row,)))["逐项对照"].row_dimensions[1].height for row in (first, long)]
    assert 60 <= heads[0] < 120 and heads[1] == 240, "each printed page has the heads again: high ones cost people"


def test_blind_there_is_a_letter_and_nothing_that_leads_to_a_name():
    letters = replace(ranking(), rows=tuple(replace(row, name=f"候选人 {row.rank}") for row in rows()))
    first = results(letters, is_blind=True)[0]
    assert (first["姓名"], first["联系方式"], first["文件"]) == ("候选人 1", None, None)
    assert "张三" not in str(results(letters, is_blind=True)) and "138" not in csv_lines(letters, is_blind=True)[0]["联系方式"]


def test_only_the_chosen_are_in_it_and_it_says_so():
    book = book_of(ranking(), chosen=[2])
    assert [row[1].value for row in book["结果"].iter_rows(min_row=2)] == ["张三"]
    assert {row[0].value: row[1].value for row in book["说明"].iter_rows()}["本表所选人数"] == "1"


def test_without_a_probability_there_is_no_percentage():
    assert [line["匹配度"] for line in results(ranking(has_probability=False))] == ["相对高", "相对低"]
    assert all("%" not in str(line) for line in csv_lines(ranking(has_probability=False)))


def test_what_a_changed_rubric_adds_is_stated_with_its_sum_the_largest_first():
    lifts = (Lift("能接受出差", "added", 0.5), Lift("本科", "ignored", -1.0))
    made = replace(ranking(), rows=(replace(rows()[0], lifts=lifts, model_rank=7), rows()[1]))
    first, second = results(made)
    assert first["要求改动的加减分"] == "要求改动：得分 -0.50\n本科（忽略） -1.00\n能接受出差（新增） +0.50"
    assert second["要求改动的加减分"] is None
    assert (first["模型原排"], csv_lines(made)[0]["模型原排"]) == (7, "7")
    assert not {"要求改动的加减分", "模型原排"} & set(results(ranking())[0]), "where nothing was changed nothing is said of it"


def test_numbers_in_csv_have_as_many_digits_as_a_person_reads():
    made = replace(ranking(), rows=(replace(rows()[0], probability=0.123456789012345, logit=0.446123456789),))
    assert (csv_lines(made)[0]["匹配度"], csv_lines(made)[0]["模型分数"]) == ("0.1235", "0.4461")


@each("start", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", "   =1", "\ufeff=1", "\n=1"])
def test_text_never_becomes_a_formula(start):
    cell = book_of(named(start))["结果"]["B2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert csv_lines(named(start))[0]["姓名"].startswith("'")


@given(st.text(max_size=60))
@settings(max_examples=15, deadline=None)
def test_any_text_can_be_saved(name):
    cell = book_of(named(name), [Rejected(name, "no_text")])["结果"]["B2"]
    assert cell.data_type == ("s" if cell.value else "n")
    saved = csv_lines(named(name))[0]["姓名"]
    assert saved[:1] == "'" or saved.lstrip()[:1] not in tuple("=+-@＝＋－＠")


def test_control_characters_and_half_surrogates_are_left_out():
    assert book_of(named("a\x0bb\x00c\ud800d\ufffee"))["结果"]["B2"].value == "abcde"


@pytest.mark.parametrize("letter", ["字", "😀"])
def test_a_text_too_long_for_a_cell_says_so(letter):
    value = book_of(named(letter * 40_000))["结果"]["B2"].value
    assert len(value.encode("utf-16-le")) // 2 <= MAX_CELL
    assert value.endswith(texts("zh")("export.cut"))


def test_the_csv_lists_what_could_not_be_read():
    lines = csv_lines(ranking(), REJECTED)
    assert [line["姓名"] for line in lines][2:] == ["'=cmd.pdf", REJECTED[1].name] and len(lines) == 4
    assert lines[2]["提示"].startswith("未能读取") and lines[2]["名次"] == ""


def test_a_resume_that_says_nothing_leaves_its_columns_empty():
    resumes = [Resume("b" * 64, "b.txt", ""), Resume("a" * 64, "张三.pdf", "")]
    people = listed_people(ranking(), resumes)
    assert [(person.name, person.contact, person.profile.title) for person in people] == [("张三.pdf", "", ""), (rows()[1].name, "", "")]
