"""Exports as a spreadsheet opens them: every value there, no formula, nothing that XML or a cell cannot hold."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from feedback.files.cells import MAX_CELL
from i18n.texts import texts
from preprocess.document import Rejected
from reranker.ranking import Ranking
from reranker.rubric_lifts import Lift
from service.output.export import csv_bytes, write_csv, write_xlsx, xlsx_bytes
from tests.each import each
from tests.ui.samples import MODEL, QUERY, REJECTED, ranking, rows


def workbook(made: Ranking, rejected=REJECTED, language: str = "zh"):
    return load_workbook(BytesIO(xlsx_bytes(made, QUERY, rejected, MODEL, texts(language))))


def csv_rows(made: Ranking, rejected=REJECTED) -> list[list[str]]:
    data = csv_bytes(made, QUERY, rejected, MODEL, texts("zh"))
    assert data.startswith(b"\xef\xbb\xbf"), "Excel takes UTF-8 for the local code page without the mark"
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_workbook_has_all_there_is(tmp_path):
    write_xlsx(tmp_path / "out.xlsx", ranking(), QUERY, REJECTED, MODEL, texts("zh"))
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["结果", "未能读取", "说明"]
    results = book["结果"]
    assert [cell.value for cell in results[1]] == ["名次", "原次序", "候选人", "匹配度", "模型分数", "符合", "部分符合", "未见", "提示"]
    first = [cell.value for cell in results[2]]
    assert first[:8] == [1, 2, "张三.pdf", 0.9608, 3.2, "熟悉 Python ← 熟悉 Python 与 FastAPI", None, "会用 Kubernetes"]
    assert "第 2 页" in str(first[8])
    assert results["D2"].number_format == "0.0%"
    assert "321" in results["I3"].value, "how much was not scored"
    assert (results.freeze_panes, results.auto_filter.ref) == ("D2", "A1:I3")
    assert [row[0].value for row in book["未能读取"].iter_rows(min_row=2)] == [one.name for one in REJECTED]
    about = {row[0].value: row[1].value for row in book["说明"].iter_rows(min_row=2)}
    assert about["招聘JD"] == QUERY.job
    assert about["自定义指令"] == QUERY.instruction
    assert "Qwen3-Reranker-0.6B" in str(about["模型"])


def test_without_a_probability_there_is_no_percentage():
    sheet = workbook(ranking(has_probability=False))["结果"]
    assert [sheet["D2"].value, sheet["D3"].value] == ["相对高", "相对低"]
    assert "%" not in csv_bytes(ranking(has_probability=False), QUERY, [], MODEL, texts("zh")).decode("utf-8-sig")


def test_what_a_changed_rubric_adds_is_stated_a_line_each_the_largest_first():
    lifts = (Lift("能接受出差", "added", 0.5), Lift("本科", "ignored", -1.0))
    made = replace(ranking(), rows=(replace(rows()[0], lifts=lifts), rows()[1]))
    sheet = workbook(made)["结果"]
    assert [sheet["J1"].value, sheet["J2"].value, sheet["J3"].value] == [
        "要求改动的加减分",
        "本科（忽略） -1.00\n能接受出差（新增） +0.50",
        None,
    ]
    assert [row[9] for row in csv_rows(made, [])] == ["要求改动的加减分", "本科（忽略） -1.00\n能接受出差（新增） +0.50", ""]


@each("start", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", "   =1", "\ufeff=1", "\n=1"])
def test_text_never_becomes_a_formula(start):
    made = replace(ranking(), rows=(replace(rows()[0], name=start),))
    cell = workbook(made)["结果"]["C2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert csv_rows(made)[1][2].startswith("'")


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_saved(name):
    made = replace(ranking(), rows=(replace(rows()[0], name=name),))
    cell = workbook(made, [Rejected(name, "no_text")])["结果"]["C2"]
    assert cell.data_type == ("s" if cell.value else "n")
    saved = csv_rows(made)[1][2]
    assert saved[:1] == "'" or saved.lstrip()[:1] not in tuple("=+-@＝＋－＠")


def test_control_characters_and_half_surrogates_are_left_out():
    made = replace(ranking(), rows=(replace(rows()[0], name="a\x0bb\x00c\ud800d\ufffee"),))
    assert workbook(made)["结果"]["C2"].value == "abcde"


@pytest.mark.parametrize("letter", ["字", "😀"])
def test_a_text_too_long_for_a_cell_says_so(letter):
    made = replace(ranking(), rows=(replace(rows()[0], name=letter * 40_000),))
    value = workbook(made)["结果"]["C2"].value
    assert len(value.encode("utf-16-le")) // 2 <= MAX_CELL
    assert value.endswith(texts("zh")("export.cut"))


def test_the_csv_lists_what_could_not_be_read(tmp_path):
    write_csv(tmp_path / "out.csv", ranking(), QUERY, REJECTED, MODEL, texts("en"))
    lines = list(csv.reader((tmp_path / "out.csv").open(encoding="utf-8-sig", newline="")))
    assert len(lines) == 1 + 2 + 2
    assert lines[1][:3] == ["1", "2", "张三.pdf"]
    assert lines[3][2] == "'=cmd.pdf"
    assert lines[3][8].startswith("Not read")
