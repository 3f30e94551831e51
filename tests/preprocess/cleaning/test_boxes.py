"""Forms with boxes: what is ticked stays, what is not leaves the text, and what is no form is as it was."""

import pytest

from benchmarks.facts import boxes_are_right
from preprocess.cleaning.boxes import draw_boxes, read_form_line
from preprocess.cleaning.denoise import denoise
from preprocess.document import Document, Line, Page
from tests.data.facts import wordings
from tests.each import each
from tests.growth.clock import is_linear, thread_seconds

FORMS = [
    ("□大专 ☑本科 □硕士", "本科"),
    ("最高学历：□大专 ☑本科 □硕士 □博士", "最高学历：本科"),
    ("学历: ☐ 大专 ☑ 本科 ☐ 硕士", "学历: 本科"),
    ("学历：○大专 ●本科 ○硕士", "学历：本科"),
    ("学历：○ 大专  ◉ 本科  ○ 硕士", "学历：本科"),
    ("熟悉的语言：■Java □Python □Go", "熟悉的语言：Java"),
    ("英语水平：☑CET-4 □CET-6 □TEM-8", "英语水平：CET-4"),
    ("英语水平：☑CET-4 ☑CET-6 □TEM-8", "英语水平：CET-4 CET-6"),
    ("英语水平：□CET-4、☑CET-6、□TEM-8", "英语水平：CET-6"),
    ("英语水平：☑CET-4、☑CET-6、□TEM-8", "英语水平：CET-4、CET-6"),
    ("婚姻状况：☒未婚 ☐已婚", "婚姻状况：未婚"),
    ("是否接受出差：☑是 □否", "是否接受出差：是"),
    ("是否接受出差：□是 ☑否", "是否接受出差：否"),
    ("是否有驾照 □有 ☑无", "是否有驾照 无"),
    ("性别：☑男 □女  婚姻状况：□已婚 ☑未婚", "性别：男  婚姻状况：未婚"),
    ("性别：☑男 □女 婚姻状况：□已婚 ☑未婚", "性别：男 婚姻状况：未婚"),
    ("性别 □男 ☑女 年龄：28", "性别 女 年龄：28"),
    ("性别 ☑男 □女 年龄：28", "性别 男 年龄：28"),
    ("性别：☑男 □女，30岁", "性别：男，30岁"),
    ("学历（□大专 ☑本科 □硕士）", "学历（本科）"),
    ("学历：大专（ ） 本科（√） 硕士（ ）", "学历：本科"),
    ("学历：大专() 本科(√) 硕士()", "学历：本科"),
    ("学历：（ ）大专 （√）本科 （ ）硕士", "学历：本科"),
    ("[ ] 大专 [x] 本科 [ ] 硕士", "本科"),
    ("Degree: [ ] Associate [X] Bachelor [ ] Master", "Degree: Bachelor"),
    ("Degree: ( ) Associate (x) Bachelor ( ) Master", "Degree: Bachelor"),
    ("Highest degree: ☐ Bachelor ☒ Master ☐ PhD", "Highest degree: Master"),
    ("Do you have a driving licence? ☐ Yes ☑ No", "Do you have a driving licence? No"),
    ("☑ Full-time  ☐ Part-time  ☑ Remote", "Full-time  Remote"),
    ("Languages: ☑ English ☐ French ☑ German", "Languages: English German"),
    ("Willing to relocate: ☑ Yes ☐ No Notice period: 2 weeks", "Willing to relocate: Yes Notice period: 2 weeks"),
    ("本科☑ 硕士□", "本科"),
    ("学历：大专□ 本科☑ 硕士□", "学历：本科"),
    ("学历：大专□、本科√、硕士□", "学历：本科"),
    ("婚否：已婚√ 未婚□  籍贯：山东", "婚否：已婚  籍贯：山东"),
    ("是否党员：是□ 否☑  是否应届：是☑ 否□", "是否党员：否  是否应届：是"),
    ("本科 ☑  硕士 □", "本科"),
    ("英语：□一般 □良好 √熟练", "英语：熟练"),
    ("英语：□√熟练 □良好 □一般", "英语：熟练"),
    ("英语：✓熟练 □良好", "英语：熟练"),
    ("办公软件：✔Word ✔Excel ☐PPT", "办公软件：Word Excel"),
    ("办公软件：☑Word ☑Excel", "办公软件：Word Excel"),
    ("驾照：□A1 □B2 ■C1", "驾照：C1"),
    ("政治面貌：□党员 ■团员 □群众", "政治面貌：团员"),
    ("证书：□初级会计 ☑中级会计 □注册会计师（CPA）", "证书：中级会计"),
    ("证书：□注册会计师（CPA） ☑中级会计", "证书：中级会计"),
    ("工作性质：□全职 □兼职 □实习 ☑其他：远程", "工作性质：其他：远程"),
    ("工作性质：☑全职 □兼职 □其他：____", "工作性质：全职"),
    ("● 学历：□大专 ☑本科 □硕士", "● 学历：本科"),
    ("□ 大专 | ☑ 本科 | □ 硕士", "本科"),
    ("Gender: ◯ Male ● Female", "Gender: Female"),
    ("Work permit: ○ None ◉ Permanent ○ Temporary", "Work permit: Permanent"),
    ("期望城市：☑北京 □上海 ☑深圳 □广州", "期望城市：北京 深圳"),
    ("是否在职：☐在职 ✅离职", "是否在职：离职"),
    ("最高学歷：□專科 ☑大學 □碩士", "最高学歷：大學"),
    ("掌握程度：□了解，□熟悉，☑精通", "掌握程度：精通"),
    ("Skills: ☐ Microsoft Office ☐ Adobe Photoshop ☑ SQL", "Skills: SQL"),
    ("囗大专 ☑本科 囗硕士", "本科"),
    ("Education: [x] Bachelor's degree, [ ] Master's degree, [ ] PhD", "Education: Bachelor's degree"),
    ("健康状况：☑良好 □一般 □较差 身高：175", "健康状况：良好 身高：175"),
    ("岗位：◻前端 ☑后端", "岗位：后端"),
    ("Shift: (x) day ( ) night", "Shift: day"),
    ("是否服从调剂 是(√) 否( )", "是否服从调剂 是"),
    ("语言能力 英语：□一般 ☑熟练 □精通 日语：☑一般 □熟练", "语言能力 英语：熟练 日语：一般"),
    ("Marital status: Single [x] Married [ ]", "Marital status: Single"),
    ("意向岗位：□销售 / ☑市场 / □运营", "意向岗位：市场"),
    ("√ 轻卡 √ 厢货 × 半挂 × 大巴", "轻卡 厢货"),
    ("✅ 有驾照 ❌ 有车", "有驾照"),
    ("Licence (tick): Car ✓ Motorcycle ✗ Truck ✗", "Licence (tick): Car"),
    ("状态：◎在职 ●离职 ◎应届", "状态：离职"),
    ("到岗：○随时 ◎两周 ○一月", "到岗：两周"),
    ("有無駕照：(○)有 (×)無", "有無駕照：有"),
    ("( ) Single (•) Married", "Married"),
    ("(●) Yes (○) No", "Yes"),
    ("[V]台語 [ ]日語", "台語"),
    ("Own transport? [y] Yes [ ] No", "Own transport? Yes"),
    ("Gender: M( ) F(X) Other( )", "Gender: F"),
    ("Driver: yes [ ] no [x] Age: 30", "Driver: no Age: 30"),
    ("◆本科 ◇硕士", "本科"),
    ("⊠双休 □单休", "双休"),
    ("是否服从调剂 [是] √ [否] □", "是否服从调剂 [是]"),
    ("| Excel [x] | Word [ ] |", "Excel | |"),
    ("□ Yes, once   □ Yes, more than once   ■ Never", "Never"),
    ("学历：大专☑　本科□　其他□____", "学历：大专\u3000\u3000____"),
    ("_X_ Full-time   ___ Part-time   ___ Casual", "Full-time"),
    ("__x__Yes  _____No", "Yes"),
    ("Own transport?  Yes _X_  No ___", "Own transport?  Yes"),
    ("___ Under 18   _X_ 18 or over", "18 or over"),
    ("Are you entitled to work here? X Yes ___ No", "Are you entitled to work here? Yes"),
    ("Veteran status: ____ Yes __X_ No", "Veteran status: No"),
    ("学历：__大专 _√_本科 __硕士", "学历：本科"),
    ("✔️ Weekends  ⬜️ Nights", "Weekends"),
    ("☐ Driver ✗ Cashier ☐ Cleaner", "Cashier"),
    ("□ Married   ✘ Single", "Single"),
    ("[_] Yes [x] No", "No"),
    ("|X| Yes |_| No", "Yes"),
    ("Yes: ☑ No: ☐", "Yes"),
    ("语种：英语☑（CET-6） 日语□ 法语□", "语种：英语（CET-6）"),
    ("工作地点：⊙北京 ○上海", "工作地点：北京"),
    ("Can you lift 50 lbs? ☐ No ☑ Yes, alone ☐ Yes, with help", "Can you lift 50 lbs? Yes, alone"),
    ("☑ Other: ____ ☐ None", "Other: ____"),
    ("Drivers licence: ☑ Manual ☐ Automatic only; Points: ☐ 0 ☑ 3 ☐ 6+", "Drivers licence: Manual; Points: 3"),
    ("Available from: ☑ now ☐ date: ___/___/____", "Available from: now"),
    ("1、是否有工作经验：■有 □无  2、年限：□1年 ■3年 □5年以上", "1、是否有工作经验：有  2、年限：3年"),
    ("☐Yes☑No", "No"),
    ("Registered? Yes ✓ / No ✗", "Registered? Yes"),
]
NO_FORMS = [
    "■ 负责订单系统的设计",
    "■Java ■Python ■Go",
    "● 沟通能力强 ● 学习能力强",
    "英语 ●●●●○",
    "Python ■■■□□",
    "Java ● ● ● ○ ○",
    "驾照：□有 □无",
    "□ 接受出差",
    "☑本科",
    "☑本科 ☒硕士",
    "■ 项目经验 ○ 支付系统 ○ 订单系统",
    "调用 main() 与 f(x)",
    "f(x) = g(x)",
    "计算 √2 与 √3",
    "[1] Paper A [2] Paper B",
    "数组 a[] 与 b[]",
    "□ ☑ 本科",
    "本科 硕士",
    "2019-2023 负责 A（核心）与 B（ ）",
    "户口：□城镇 □农村（均未勾选）",
    "snake__case and __init__ and __x__ dunder",
    "X Ltd __ Manager __ 2019",
    "Generation X Marketing, __ 2020",
    "Name ________ Date ________ X Signature ______",
    "Salary ___ per ___ hour",
    "5 x 10 m tent, 3 x tables",
    "○ 在支付团队负责核心清结算系统的架构设计与稳定性建设工作多年 ● 另一个",
]


KNOWN_MISSES = {
    "Kitchen sections worked: ✓ Grill ✓ Larder – Pastry ✓ Sauce",  # a dash is not read as a box left empty
    "户口性质：□城镇 □农村(均未勾选)",  # nothing is ticked, so nothing leaves, as the brief of the wordings has it
    "Can start: ☐ at once ☐ in 2 weeks ☐ in 1 month",  # nothing is ticked here either
    "PMP: [Yes ☐] [No ☒]",  # brackets around option and mark
    "1.您是否曾在本集团工作过? ☐是,部门:____ ☑否",  # the blank itself is left out of the note
}


@pytest.mark.parametrize("part", ["development", "further", "third", "fourth", "fifth", "sixth", "own"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_forms_of_others_are_read_but_for_the_known_misses(part: str, language: str):
    written = wordings(part, language, "boxes")
    misses = {wording["text"] for wording in written if not boxes_are_right(wording)}
    assert misses <= KNOWN_MISSES


def cleaned(*lines: str) -> tuple[str, dict[str, int]]:
    text, notes = denoise(Document("x", "text", (Page(tuple(map(Line, lines))),)))
    return text, {note.code: note.count for note in notes}


@each("before, after", FORMS)
def test_only_what_is_ticked_stays(before: str, after: str):
    assert read_form_line(before)[0] == after


@each("before, after", FORMS)
def test_a_form_that_was_read_is_no_form(before: str, after: str):
    assert read_form_line(after) == (after, ())


@each("text", NO_FORMS)
def test_what_is_no_form_is_as_it_was(text: str):
    assert read_form_line(text) == (text, ())


def test_cleaning_reads_forms_before_bullets_and_says_what_is_left_out():
    text, notes = cleaned("应聘登记表", "学历：□大专 ☑本科 □硕士", "☑ 接受出差  □ 接受外派")
    assert text == "应聘登记表\n学历：本科\n接受出差"
    assert notes == {"unticked_option": 3}


def test_full_width_brackets_and_emoji_variants_are_read_after_folding():
    assert cleaned("学历：［　］大专 ［ｘ］本科", "学历：☐\ufe0f大专 ☑\ufe0f本科")[0] == "学历：本科\n学历：本科"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("学历：\uf0a8大专 \uf0fe本科 \uf0a8硕士", "学历：本科"),
        ("学历：\uf06f大专 \uf0fe本科 \uf06f硕士", "学历：本科"),
        ("学历：\uf0a3大专 \uf052本科 \uf0a3硕士", "学历：本科"),
        ("学历：□大专 \uf0fe本科", "学历：本科"),
        ("学历：□大专 \uf052本科", "学历：本科"),
    ],
)
def test_boxes_of_wingdings_are_read(line: str, text: str):
    assert cleaned(line)[0] == text


def test_a_glyph_that_is_a_bullet_stays_one():
    assert draw_boxes("\uf0a8 负责订单") == "\uf0a8 负责订单"
    assert cleaned("\uf0a8 负责订单", "\uf0fe 负责支付")[0] == "• 负责订单\n• 负责支付"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("学历", "□ 大专", "☑ 本科", "□ 硕士"), "学历\n本科"),
        (("- [ ] Java", "- [x] Python", "- [ ] Go"), "Python"),
        (("学历", "( ) Bachelor", "(x) Master"), "学历\nMaster"),
        (("□ 大专", "□ 本科"), "□ 大专\n□ 本科"),
        (("交通方式：☐步行", "☑电动车", "☐公交"), "交通方式：\n电动车"),
        (("Sections worked: ☑ larder", "☐ grill", "☑ pastry"), "Sections worked: larder\npastry"),
        (("专长（打勾）", "■川菜", "■湘菜", "□面点"), "专长（打勾）\n川菜\n湘菜"),
        (("- [x] PMP - [ ] CISSP - [x] ITIL 4",), "- PMP - ITIL 4"),
        (("□ 订单系统", "✓ 设计接口", "✓ 编写测试"), "□ 订单系统\n• 设计接口\n• 编写测试"),
        (("■ 订单系统", "□ 设计接口", "□ 编写测试"), "■ 订单系统\n□ 设计接口\n□ 编写测试"),
        (("● 订单系统", "○ 设计接口"), "● 订单系统\n○ 设计接口"),
    ],
)
def test_options_with_a_line_each(lines: tuple[str, ...], text: str):
    assert cleaned(*lines)[0] == text


@pytest.mark.growth
@pytest.mark.parametrize("piece", ["□大专 ☑本科 ", "（ ）a（√）", "□a:b ", "( x", "□(((", "□ Aa Bb Cc "])
def test_long_lines_take_linear_time(piece: str):
    assert is_linear(lambda size: thread_seconds(lambda: read_form_line(piece * size)), 1_500)
