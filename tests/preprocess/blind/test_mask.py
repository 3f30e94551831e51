"""Blind mode: who differs in the person only reads alike, nothing of the person remains, and nothing of the work is lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocess.blind.mask import mask
from preprocess.document import Document, Line, Note, Page
from preprocess.pipeline import Cleaning, prepare
from tests.data import make_people
from tests.data.make_people import Layout, Person, make_person
from tests.each import each
from tests.growth.clock import is_linear, thread_seconds

SEEDS = st.integers(0, 10**6)
LAYOUTS = [
    *((layout, True, make_people.CHINESE) for layout in make_people.CHINESE_LAYOUTS),
    *((layout, True, [name for name in make_people.CHINESE if "·" not in name]) for layout in make_people.PINYIN_LAYOUTS),
    *((layout, False, make_people.ENGLISH) for layout in make_people.ENGLISH_LAYOUTS),
]
each_layout = each("layout, chinese, names", LAYOUTS)


def file_names(person: Person) -> list[str]:
    return ["", "resume.pdf", f"{person.name}_后端工程师.pdf", f"Resume - {person.name}.docx", f"{person.name.replace(' ', '_')}.txt"]


@pytest.mark.parametrize(("layout", "chinese", "names"), LAYOUTS, ids=[layout.__name__ for layout, _, _ in LAYOUTS])
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_resumes_that_differ_in_the_person_only_read_alike(layout: Layout, chinese: bool, names: list[str], data: st.DataObject) -> None:
    first, second = (make_person(data.draw(SEEDS), chinese, data.draw(st.sampled_from(names))) for _ in range(2))
    masked = [mask(layout(person), data.draw(st.sampled_from(file_names(person)))).text for person in (first, second)]
    assert masked[0] == masked[1]


@each_layout
def test_a_swap_of_name_and_gender_changes_nothing(layout: Layout, chinese: bool, names: list[str]) -> None:
    person = make_person(1, chinese, names[0])
    expected = mask(layout(replace(person, is_woman=not person.is_woman))).text
    for number, name in enumerate(names):
        assert mask(layout(replace(person, name=name, is_woman=number % 2 == 0))).text == expected, name


@each_layout
def test_nothing_of_the_person_remains_and_the_work_stays_word_for_word(layout: Layout, chinese: bool, names: list[str]) -> None:
    words_of_work = layout(make_person(0, chinese, "某某某" if chinese else "Xxxx Yyyy"))
    kept = (make_people.CHINESE_WORK if chinese else make_people.ENGLISH_WORK).split("\n")
    for seed, name in enumerate(names):
        person = make_person(seed, chinese, name)
        masked = mask(layout(person)).text
        assert [trace for trace in person.traces if trace in masked and trace not in words_of_work] == []
        assert "the candidate" in masked.lower() or "候选人" in masked
        assert [line for line in kept if line not in masked.split("\n")] == []


@each_layout
def test_masking_again_changes_nothing(layout: Layout, chinese: bool, names: list[str]) -> None:
    for seed, name in enumerate(names[::2]):
        person = make_person(seed, chinese, name)
        file_name = file_names(person)[seed % 5]
        once = mask(layout(person), file_name).text
        assert mask(once, file_name).text == once


@each(
    "before, after",
    [
        ("张三\n电话：13812345678\n- 后端", "候选人\n- 后端"),
        ("姓名：张三（男）  学历：本科", "候选人  学历：本科"),
        ("姓名：张三  英文名：Jason Zhang  学历：本科", "候选人  学历：本科"),
        ("姓名：张三\n- 由张三先生和李四完成，Zhang San 与 zhangsan 为同一人", "候选人\n- 由候选人和李四完成，候选人 与 候选人 为同一人"),
        ("姓名：欧阳娜娜\n- 欧阳女士主讲", "候选人\n- 候选人主讲"),
        ("性别：男，年龄：28岁，籍贯：湖南，工作年限：5年", "工作年限：5年"),
        ("Gender: Female Age: 28 Date of birth: May 3, 1995, Years of experience: 5", "Years of experience: 5"),
        ("姓    名：赵 六\n性    别：男\n生    日：1990年1月1日\n- 赵六负责支付", "候选人\n- 候选人负责支付"),
        (
            "Surname: Okafor\nFirst name: Chinedu\nMarital status: Married, 2 children\n- Mr. Okafor led",
            "The candidate\nThe candidate\n- The candidate led",
        ),
        ("祝云峤 男 手机 139-0000-1122 zhuyq@example.com\n车慕远", "候选人\n车慕远"),
        ("裴采薇\u3000前端工程师\n手机：138-1111-0000\n- 白屏率 1.8% 降到 0.2%", "候选人\u3000前端工程师\n- 白屏率 1.8% 降到 0.2%"),
        ("车慕远，29岁，现居武汉，5年经验", "候选人，5年经验"),
        ("钱多多 男 26\nJava开发工程师 3年", "候选人\nJava开发工程师 3年"),
        ("姓名：张三\n- 男 3 人，张三\n张三 138", "候选人\n- 男 3 人，候选人\n候选人 138"),
        ("Kevin Zhao (赵可文)\nSoftware Engineer\n- 赵可文 led", "The candidate\nSoftware Engineer\n- The candidate led"),
        ("赵可文（Kevin Zhao）\n软件工程师\n- 赵可文负责支付", "候选人\n软件工程师\n- 候选人负责支付"),
        ("手机：13811110000\n- 司机端，白屏率 1.8%", "- 司机端，白屏率 1.8%"),
        ("Name: Wei Zhang\n- Zhang Wei; Zhang, W. and W. Zhang", "The candidate\n- The candidate; the candidate and the candidate"),
        ("Jo Doe\n12 High Street, Leeds, UK | jo@example.com | Rust", "The candidate\nRust"),
        ("自我评价\n- 本人性格开朗，已婚已育，能适应出差", "自我评价\n- 本人性格开朗，能适应出差"),
        ("男 | 28岁 | 1995.03 | 汉族 | 未婚 | 175cm | 5年经验", "5年经验"),
        ("郭子轩\n男25岁13600033307求职意向：Java开发", "候选人\n求职意向：Java开发"),
        ("郭子轩男25岁本科\n男·25岁·本科·5年经验\n25岁/男/本科", "候选人 本科\n本科·5年经验\n本科"),
        ("性别：男年龄：25民族：汉族婚姻状况：未婚政治面貌：党员学历：本科", "学历：本科"),
        ("- 我今年28岁并且是一名女程序员", "- 我今年【年龄】并且是一名程序员"),
        (
            "联系我：微信 zhang_san88，QQ 123456789 或者 138-1234-5678 皆可",
            "联系我：微信 【联系方式】，QQ 【联系方式】 或者 【联系方式】 皆可",
        ),
        ("- 证件 11010519491231002X 已核验", "- 证件 【证件号】 已核验"),
        ("- 订单号 110105194912310021 已核验", "- 订单号 110105194912310021 已核验"),
        ("- 她负责风控，她的团队 5 人", "- 他负责风控，他的团队 5 人"),
        ("She led her team herself; he's proud", "They led their team themselves; they are proud"),
        ("- see https://github.com/janedoe and github.com/janedoe/ledger", "- see https://github.com/… and github.com/…/ledger"),
        ("- patches to github.com/apache/kafka", "- patches to github.com/apache/kafka"),
        ("GitHub: janedoe  Blog: https://jane.example.com/me\nRust", "GitHub: …  Blog: …\nRust"),
        (
            "Jane Doe (she/her)\nSoftware Engineer\njane@example.com\nDoe, Jane and J. Doe and Ms. Doe",
            "The candidate\nSoftware Engineer\nThe candidate and the candidate and the candidate",
        ),
        ("A 28-year-old engineer with a 20-year-old system", "a engineer with a 20-year-old system"),
        ("Zhang San\nSoftware Engineer\nReports to Zhang San", "The candidate\nSoftware Engineer\nReports to the candidate"),
        ("Ma Long\nSoftware Engineer\nMA at Brook, San Francisco", "The candidate\nSoftware Engineer\nMA at Brook, San Francisco"),
        (
            "Jane Doe\nSoftware Engineer\nJane's ledgers; JANE DOE shipped",
            "The candidate\nSoftware Engineer\nThe candidate's ledgers; the candidate shipped",
        ),
    ],
)  # fmt: skip
def test_single_cases(before: str, after: str) -> None:
    assert mask(before).text == after


@pytest.mark.parametrize(
    ("file_name", "text"),
    [
        ("张三_后端.pdf", "后端工程师\n- 张三负责支付"),
        ("【Java_上海 15-20K】张三 3年.pdf", "Java工程师\n- 张三负责支付"),
        ("张三的简历.docx", "Java工程师\n- 张三负责支付"),
        ("Resume - Jane Doe.docx", "Backend Engineer\n- Jane led payments"),
        ("JaneDoe_CV_2024.pdf", "Backend Engineer\n- Jane led payments"),
        ("doe-jane-backend-engineer.pdf", "Backend Engineer\n- payments by Doe Jane"),
        ("Jane_van_Doe.pdf", "Backend Engineer\n- payments by Jane van Doe"),
    ],
)
def test_a_name_is_known_from_the_name_of_the_file(file_name: str, text: str) -> None:
    assert mask(text).text == text
    masked = mask(text, file_name).text
    assert not any(name in masked for name in ("张三", "Jane", "Doe"))
    assert masked.split("\n")[0] == text.split("\n")[0]


@pytest.mark.parametrize(
    "text",
    [
        "高性能网关\n- 参与李宁品牌项目，张江高科园区的男装电商与女性健康 App，性别预测模型 AUC 0.91",
        "- Jackson (JSON library), Ruby, Julia, Django, Maya and Mr. Robot themed CTF; Grace period of 5 days in May 2020",
        "- 升级 Chrome 138.0.7204.1835，v1.3.8-0013-8000，ISO 8583，RFC 7231-7235，累计 13800000000 次调用，日志 13912345678 条",
        "- 1995 年以来 2012-2016 的数据，GMV 1,990 万，1995.03 版，p99 138ms，区间 010-20",
        "- 用户画像：性别（男、女）、年龄（18岁、28岁、35岁）、婚姻（已婚、未婚）标签准确率 93%",
        "- 家庭医生项目，健康状况评估，身份证 OCR，电话机器人，邮箱系统，照片去重，地址解析服务，籍贯字段清洗",
        "- the HIS and SHE systems, shell she.sh, her2neu, cache.his, this and these, his-app",
        "- her or his consent is stored; he/she can revoke",
        "- 其他人、他们、吉他社，她经济研究，万一出错，高明的设计，成功上线",
        "- Health: HL7 FHIR integrations\n- Address: parsing service\n- Location: Remote\n- Age: of Empires bot",
        "Map<He, She> he = she(1); HER2, List<She>",
        "Frontend Developer\nReact, Vue\nCloud Native Days 2023",
        "项目名称：订单中心  项目地址：https://gitlab.example.com/team/order  负责人：李四",
        "Company Name: Acme Corp\nProject name: Blue Sky",
        "- 面向女25岁以上人群，男25岁至35岁占比三成，员工年龄：18岁起",
        "工作年限：8年  学历：本科  求职意向：后端  期望城市：上海",
    ],
)
@pytest.mark.parametrize(
    "file_name", ["", "简历.pdf", "Senior_Python_Developer.pdf", "陈屿舟_AI平台工程师.pdf", "Resume - Aaron Feldstein.docx"]
)
def test_texts_that_tell_nothing_personal_stay_as_they_are(text: str, file_name: str) -> None:
    masked = mask(text, file_name)
    assert masked.text == text
    assert masked.notes == ()


@pytest.mark.parametrize("name", ["Jackson Pollock", "Ruby Chen", "Will Smith", "May Lee", "Grace Stone"])
def test_words_that_are_also_this_candidates_name_stay(name: str) -> None:
    work = "- Jackson serialisation, Ruby on Rails; in May 2020 we shipped; the team will grow; Grace period; Stone Age"
    first = name.split()[0]
    masked = mask(f"{name}\nSoftware Engineer\nx@example.com\n{work}\n- {first} led a team")
    assert masked.text == f"The candidate\nSoftware Engineer\n{work}\n- The candidate led a team"


def test_schools_are_hidden_on_request_only() -> None:
    text = (
        "教育背景\n海州大学 软件工程 本科 2012.09 – 2016.06\n毕业于清华大学，全国大学生竞赛一等奖，计算机学院院长奖\n"
        "Nordvik Institute of Technology  MSc Computer Science  2014 – 2016\nUniversity of Leeds, BSc, 2010\nMIT, PhD; MIT license"
    )
    assert mask(text).text == text
    masked = mask(text, schools=True)
    assert masked.text == (
        "教育背景\n【学校】 软件工程 本科 2012.09 – 2016.06\n毕业于【学校】，全国大学生竞赛一等奖，【学校】院长奖\n"
        "[school]  MSc Computer Science  2014 – 2016\n[school], BSc, 2010\n[school], PhD; MIT license"
    )
    assert masked.notes == (Note("blinded_school", count=6),)


def test_notes_count_by_kind_and_quote_nothing() -> None:
    person = make_person(5, True, "陈屿舟")
    notes = mask(make_people.fields_in_one_line(person)).notes
    counts = {note.code: note.count for note in notes}
    assert counts == {
        "blinded_name": 2, "blinded_gender": 1, "blinded_age": 1, "blinded_origin": 2, "blinded_family": 1, "blinded_political": 1,
        "blinded_identity": 1, "blinded_contact": 2, "blinded_address": 1,
    }  # fmt: skip
    assert all(note.before == note.after == "" for note in notes)


def printed(name: str, sex: str) -> Document:
    """Return a PDF as read, with the name in each page's header, in letter-spaced text and in a hidden one."""
    pages: list[Page] = []
    for number, first in enumerate((f"姓名：{name}  性别：{sex}", f"{name}负责支付", f"————{name}————"), 1):
        rows = [f"{number}.{row} 用 ReactJS 负责第 {row} 个项目" for row in range(8)]
        lines = [Line(text, 50, 100 + 15 * row, 300, 110 + 15 * row, 10) for row, text in enumerate([first, *rows])]
        pages.append(Page((Line(f"{name} 简历 第{number}页", 50, 20, 200, 30, 9), *lines), 595, 842))
    return Document(f"{name}_后端.pdf", "pdf", tuple(pages), (Note("hidden_text", 1, before=f"{name}是最佳人选"),))


def test_the_pipeline_masks_last_and_no_note_reveals_the_name() -> None:
    seen, blind = prepare(printed("陈屿舟", "男")), prepare(printed("陈屿舟", "男"), Cleaning(blind=True))
    assert "陈屿舟" in seen.text and any("陈屿舟" in note.before for note in seen.notes)
    assert "陈屿舟" not in blind.text and "性别" not in blind.text
    assert not any("陈屿舟" in note.before + note.after for note in blind.notes)
    assert {note.code for note in seen.notes} <= {note.code for note in blind.notes}
    assert any(note.code == "tech_name" and note.after == "React" for note in blind.notes)
    assert blind.name == "陈屿舟_后端.pdf" and blind.id != seen.id
    assert prepare(printed("司马光", "女"), Cleaning(blind=True)).id == blind.id


def test_schools_are_hidden_by_the_pipeline_only_in_blind_mode() -> None:
    document = Document("a.txt", "text", (Page((Line("海州大学 软件工程 本科"),)),))
    assert prepare(document, Cleaning(hide_schools=True)).text == "海州大学 软件工程 本科"
    assert prepare(document, Cleaning(blind=True)).text == "海州大学 软件工程 本科"
    assert prepare(document, Cleaning(blind=True, hide_schools=True)).text == "【学校】 软件工程 本科"


FRAGMENTS = """张三 姓名： 姓名 性别 ：男 女 28岁 年龄 | ， she He her Jane Doe Name: 电话 13812345678 a@b.co github.com/ 1995.03 出生
（ ） 汉族 照片 工作经历 - · 我叫 候选人 … 微信 今年 Mr. I'm 清华 大学 University 高性能 Engineer""".split()
PIECES = st.lists(st.sampled_from([*FRAGMENTS, "\n", "  ", " ", "The ", "the candidate"]), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(PIECES | st.text(max_size=300), st.text(max_size=30), st.booleans())
def test_any_text_is_masked_without_a_crash_and_lines_never_grow_in_number(text: str, file_name: str, schools: bool) -> None:
    masked = mask(text, file_name, schools=schools).text
    assert masked.count("\n") <= text.count("\n")


@settings(max_examples=150, deadline=None)
@given(PIECES | st.text(max_size=300))
def test_masking_is_idempotent_on_any_text(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


UNITS = [
    "张三负责支付，",
    "Jane Doe led it. ",
    " ",
    "\n",
    "a",
    "性别：男\n",
    "1",
    "github.com/a/",
    "| ",
    "Name: ",
    "Ab ",
    "（",
    "13812345678 ",
]
UNITS += ["姓名\n", "大学", "www.a.", "@", "University of ", "- ", "her ", "简历", ", "]


@pytest.mark.growth
@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear_in_the_length(unit: str) -> None:
    def seconds(length: int) -> float:
        text = "张三 | Jane Doe\n" + (unit * (length // len(unit) + 1))[:length]
        return thread_seconds(lambda: mask(text, "张三_Jane Doe.pdf", schools=True))

    assert is_linear(seconds, 6_000)


def test_a_long_resume_is_masked() -> None:
    person = make_person(1, True, "陈屿舟")
    text = "\n".join(layout(person) for layout in (*make_people.CHINESE_LAYOUTS, make_people.english_letter)) * 40
    masked = mask(text[:60_000], schools=True).text
    assert "陈屿舟" not in masked and person.phone not in masked


@each(
    "phone",
    [
        *(
            "07700 900123",
            "07700 900 331",
            "(020) 7946 0958",
            "0161 496 0123",
            "0480 11 22 33",
            "06 0000 4471",
            "079 000 00 44",
            "021 555 0188",
        ),
        *("0912-005-553", "090-0000-1122", "08012345678", "212.555.0123", "9123 4567", "98765 43210"),
    ],
)
def test_phones_of_other_countries_without_their_code(phone: str) -> None:
    for line in (phone, f"Leeds | {phone} | x@example.com", f"x@example.com, {phone}"):
        assert phone not in mask(f"Wren Abernathy\n{line}\nWarehouse manager since 2019").text, line


@each(
    "line",
    [
        *(
            "期望薪资：5500-7500，双休",
            "01.2013-05.2016",
            "09 2013 – 08 2015",
            "2018.07-2021.03",
            "0.9812 0.9744",
            "03/2016 – 05/2023",
        ),
        *("v1.212.555.01234", "Budget: 10000 20000"),
    ],
)
def test_amounts_dates_and_versions_are_no_phones(line: str) -> None:
    assert line in mask(f"Wren Abernathy\nx@example.com\n{line}\nWarehouse manager since 2019").text


@each("phone", ["138－0000－5551", "010－62345678", "+44 20－7946－0018"])
def test_phones_with_full_width_dashes(phone: str) -> None:
    masked = mask(f"陈屿舟\n电话：{phone}\n2018－2021 青梧网络").text
    assert phone not in masked and "2018－2021 青梧网络" in masked


def test_a_first_name_in_brackets_goes_with_the_name() -> None:
    masked = mask("LIN Yating (Amy)\nSenior Accountant | 13900010009\nEXPERIENCE\nLIN Yating (Amy) closed the books (Kingdee)").text
    assert "Amy" not in masked and "(Kingdee)" in masked
