"""A sheet with a row a person gives the people; what is hidden appears nowhere, and any other sheet stays one file."""

import json
import random
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl.styles import Font

from preprocess.document import Document, Rejected, Unreadable
from preprocess.intake import collect
from preprocess.pipeline import read_documents
from preprocess.tables.candidates import members
from tests.data.formats.score import score
from tests.data.make_docx import zipped
from tests.each import each
from tests.preprocess.tables.make_sheets import Rows, ods, ods_row, xlsx

FORMATS = Path(__file__).parents[2] / "data" / "formats"
MANIFEST = json.loads((FORMATS / "manifest.json").read_text("utf-8"))
SAMPLES = [name for name in MANIFEST if name.startswith("candidates")]
HEAD = ["姓名", "学历", "电话", "工作经历"]
LIN = ["林晓岚", "本科", "13800005551", "2019-至今 后端开发\n负责订单中心"]
FIVE = [[f"李{letter}", "本科", f"1380000555{number}", "出纳"] for number, letter in enumerate("明红强军兰")]
OU = ["欧阳沐川", "硕士", "13900005552", "财务主管"]


def people(data: bytes, name: str = "名单.xlsx") -> dict[str, str]:
    """Return text by path, of what is refused the reason."""
    contents = [(member.path, member.content) for member in members(BytesIO(data), name)]
    assert len(dict(contents)) == len(contents)
    return {path: content.reason if isinstance(content, Unreadable) else content.decode("utf-8", "replace") for path, content in contents}


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name: str) -> None:
    files, rejected = collect([FORMATS / "samples" / name], 200, 20)
    documents = list(read_documents(files))
    assert not rejected
    expected = MANIFEST[name]["expect"]
    assert sorted(document.name for document in documents) == sorted(f"{person}.txt" for person in expected)
    for document in documents:
        assert isinstance(document, Document)
        text = document.text
        values = [line for value in expected[document.name.removesuffix(".txt")] for line in value.split("\n")]
        result = score(values, text, MANIFEST[name]["never"])
        assert result["recall"] == 1 and not result["leaked"]
        experience = values[-3:]
        assert score(experience, text)["lines"] == 1


@each(
    "name",
    ["Lee, Anna", "Priya Raghunathan, PhD", "Maria de la Cruz, RN, MSc", "Sam Poe (they/them)", "王若琳/Rowena Wang", "张伟2", "Kim; Jo"],
)
def test_a_name_written_in_another_way_is_nobody_lost(name: str) -> None:
    text = "\n".join(people(xlsx([HEAD, *FIVE, [name, "硕士", "13900005552", "财务主管"]])).values())
    assert f"姓名：{name}" in text


@each("row", [["注：截至2024年", "", "", ""], ["合计", "4", "4", "4"], ["Total, 4", "", "", "4"], ["以上，共四人", "四", "", ""]])
def test_remarks_and_totals_are_nobody(row: list[str]) -> None:
    assert len(people(xlsx([HEAD, *FIVE, row]))) == 5


def test_a_person_is_lines_of_heading_and_value() -> None:
    lines = ["姓名：林晓岚", "学历：本科", "电话：13800005551", "工作经历", "2019-至今 后端开发", "负责订单中心"]
    assert people(xlsx([HEAD, LIN, OU]))["林晓岚.txt"].splitlines() == lines


@each(
    "rows",
    [
        [HEAD, LIN, OU],
        [["候选人导出 2026-10"], ["共 2 人", "导出人 王"], HEAD, LIN, OU],
        [HEAD, LIN, HEAD, OU],
        [HEAD, LIN, OU, ["合计", "", "2"], ["注：以上信息仅供参考"]],
        [["序号", *HEAD], [1, *LIN], [2, *OU]],
        [["候选人", "最近公司", "期望薪资", "备注"], ["林晓岚", "青梧", "30k", "好"], ["欧阳沐川", "锦官城", "25k", "可"]],
        [
            ["姓名", "介绍"],
            ["林晓岚", "负责订单中心从单体到微服务的拆分，日均订单 320 万笔"],
            ["欧阳沐川", "主导预算与成本核算，覆盖 14 家门店，" * 2],
        ],
    ],
)
def test_rows_are_people(rows: Rows) -> None:
    assert set(people(xlsx(rows))) == {"林晓岚.txt", "欧阳沐川.txt"}


@each(
    "text, names",
    [
        ("First Name,Last Name,Email,Experience\nAnna,Lee,a@b.org,Nurse\nBen,O'Hara,c@d.org,Cook\n", {"Anna Lee.txt", "Ben O'Hara.txt"}),
        ('sep=;\nName;Education;Skills\nAnna;BSc;"Java; Go"\nBen;MSc;C\n', {"Anna.txt", "Ben.txt"}),
        ("Candidate\tCurrent Company\tEmail\nAnna\tX\ta@b.org\n\nBen\tY\tc@d.org\n", {"Anna.txt", "Ben.txt"}),
        ("Name|Position|Skills\nAnna|Nurse|ICU\n", {"Anna.txt"}),
    ],
)
def test_delimiters_and_english_headings(text: str, names: set[str]) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert set(people(text.encode(encoding), "list.csv")) == names


@each(
    "text",
    [
        "time,level,message\n2026-10-01,INFO,started\n2026-10-02,WARN,disk\n",
        "Name,Description,Price,Stock\nWireless Mouse,A small mouse with two buttons and a wheel for laptops,9.99,5\n",
        "Name,Location,Contact\nserver,Bristol,ops\nrouter,London,ops\n",
        "品名,规格,价格\n鼠标,黑,99\n键盘,白,199\n",
        "姓名,张三,性别,男\n学历,本科,专业,软件工程\n工作经历,青梧网络,职位,后端\n",
        "Name,Email\nAnna,a@b.org\nBen,c@d.org\n",
        "just a text\nwithout any delimiter\n",
        "姓名,学历,专业\n",
    ],
)
def test_anything_else_is_one_file(text: str) -> None:
    assert people(text.encode(), "x.csv") == {"x.csv": text}


def test_rows_that_belong_to_one_person() -> None:
    def merged(sheet) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B2:B4")

    rows = [
        ["姓名", "部门", "公司", "工作内容"],
        ["林晓岚", "技术部", "青梧", "订单"],
        ["", "", "松鹤", "结算"],
        ["欧阳沐川", "", "锦官城", "预算"],
    ]
    listed = people(xlsx(rows, change=merged))
    assert listed["林晓岚.txt"] == "姓名：林晓岚\n部门：技术部\n公司：青梧\n工作内容：订单\n公司：松鹤\n工作内容：结算\n"
    assert listed["欧阳沐川.txt"] == "姓名：欧阳沐川\n部门：技术部\n公司：锦官城\n工作内容：预算\n"


def test_two_people_of_one_name_stay_two_and_one_person_in_two_sheets_is_one() -> None:
    first = [HEAD, LIN, ["王伟", "本科", "13700000001", "销售"], ["王伟", "硕士", "13700000002", "采购"]]
    second = [["姓名", "项目名称", "项目描述"], ["林晓岚", "订单中心", "拆分微服务"]]
    paths = [member.path for member in members(BytesIO(xlsx(first, second)), "a.xlsx")]
    assert paths == ["林晓岚.txt", "王伟.txt", "王伟.txt"]
    assert "项目描述：拆分微服务" in people(xlsx([HEAD, LIN], second))["林晓岚.txt"]


def test_what_is_hidden_appears_nowhere_and_another_sheet_is_named() -> None:
    def hide(sheet) -> None:
        sheet.column_dimensions["E"].hidden = True
        sheet.row_dimensions[4].hidden = True
        sheet["D3"].font = Font(color="FFFFFFFF")
        sheet.parent.worksheets[1].sheet_state = "hidden"

    rows = [[*HEAD, "评语"], [*LIN, "SECRET"], [*OU[:3], "SECRET-WHITE", "x"], ["SECRET", "本科", "1", "SECRET"]]
    listed = people(xlsx(rows, [HEAD, ["SECRET", "博士", "2", "x"]], [["使用说明"], ["先填表"]], change=hide))
    assert listed.pop("名单.xlsx - Sheet2") == "not_a_list"
    assert set(listed) == {"林晓岚.txt", "欧阳沐川.txt"}
    assert "SECRET" not in "".join(listed.values())


def test_a_list_of_files_gives_way_to_the_files(tmp_path: Path) -> None:
    rows = [["姓名", "学历", "工作经历", "简历"], ["林晓岚", "本科", "后端", "林晓岚.TXT"], ["欧阳沐川", "硕士", "财务", "欧阳.pdf"]]
    (tmp_path / "a.xlsx").write_bytes(xlsx(rows))
    (tmp_path / "林晓岚.txt").write_text("林晓岚，后端开发工程师", "utf-8")
    files, rejected = collect([tmp_path], 200, 20)
    assert [(file.name, b"\xe5" in file.data) for file in files] == [("林晓岚.txt", True), ("欧阳沐川.txt", True)]
    assert files[0].data == "林晓岚，后端开发工程师".encode() and not rejected
    (tmp_path / "a.xlsx").write_bytes(xlsx([["姓名", "文件"], ["林晓岚", "林晓岚.txt"], ["欧阳沐川", "欧阳.pdf"]]))
    files, rejected = collect([tmp_path], 200, 20)
    assert [file.name for file in files] == ["林晓岚.txt"] and rejected == [Rejected("欧阳.pdf", "not_found")]


def test_bytes_decide_and_sheets_lie_in_archives_too(tmp_path: Path) -> None:
    sheet = xlsx([HEAD, LIN, OU])
    (tmp_path / "a.zip").write_bytes(zipped({"批次/名单.xlsx": sheet, "批次/表.xlsx": xlsx([["姓名", "林晓岚"]])}))
    (tmp_path / "b").write_bytes(sheet)
    (tmp_path / "c.xls").write_bytes("<table><tr><td>姓名<td>学历<td>技能<tr><td>簡靖雯<td>本科<td>SQL<br>Python</table>".encode("utf-16"))
    files, rejected = collect([tmp_path], 200, 20)
    assert [file.name for file in files] == [
        *("名单 - 林晓岚.txt", "名单 - 欧阳沐川.txt", "表.xlsx", "b - 林晓岚.txt", "b - 欧阳沐川.txt", "簡靖雯.txt")
    ]
    assert not rejected and files[-1].data.decode() == "姓名：簡靖雯\n学历：本科\n技能\nSQL\nPython\n"


def test_limits() -> None:
    many = "姓名,学历,技能\n" + "".join(f"王{chr(0x4E00 + number)},本科,Java\n" for number in range(2_100))
    listed = people(many.encode(), "a.csv")
    assert len(listed) == 2_001 and listed["a.csv"] == "too_many"
    assert people(f"姓名,学历,技能\n林晓岚,本科,{'长' * 100_001}\n".encode(), "a.csv") == {"林晓岚.txt": "too_long"}
    cell = "<table:table-cell table:number-columns-repeated='30000'><text:p>x</text:p></table:table-cell>"
    wide = ods(f"<table:table-row>{cell}</table:table-row>")
    assert set(people(wide, "a.ods")) == {"a.ods"}
    tall = ods(ods_row(*HEAD) + ods_row(*OU, attributes="table:number-rows-repeated='1000000'"))
    assert set(people(tall, "a.ods")) == {"a.ods"}


@pytest.mark.parametrize("name", SAMPLES)
def test_changed_bytes_give_members_or_the_file(name: str) -> None:
    original, chance = (FORMATS / "samples" / name).read_bytes(), random.Random(name)
    for _ in range(12):
        data = bytearray(original)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert list(members(BytesIO(bytes(data)), name))
    for length in range(0, len(original), max(1, len(original) // 6)):
        with suppress(Unreadable):
            assert list(members(BytesIO(original[:length]), name))
