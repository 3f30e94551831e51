"""The judge does not read who somebody is: the same resume of other people is the same text to it, and its lines are found again."""

from reranker.judge.identity import anonymous
from tests.each import each

WORK = {
    "zh": "工作经历\n2019.03-2022.05 南风医疗设备公司 质量工程师\n负责来料检验，把不良率从 8% 降到 2%\n{school} 测控技术 本科 2018",
    "en": "Experience\nTest technician, Northwind Pumps, 2016 to 2022\nMeasured flow on 400 pumps a week\n"
    "{school}, BEng Mechanical Engineering, 2015",
}
PEOPLE = {
    "zh": [
        {"name": "陈浩", "gender": "男", "age": "26", "told": "二十六", "from": "广州", "school": "复旦大学", "he": "他"},
        {"name": "欧阳雪晴", "gender": "女", "age": "47", "told": "四十七", "from": "周口", "school": "云南民族大学", "he": "她"},
        {"name": "古丽娜·阿迪力", "gender": "女", "age": "33", "told": "三十三", "from": "喀什", "school": "新疆师范大学", "he": "她"},
    ],
    "en": [
        {"name": "James Whitfield", "gender": "male", "age": "26", "from": "Grimsby", "school": "Durham University", "he": "he"},
        {"name": "Siobhan O'Rourke-Patel", "gender": "female", "age": "47", "from": "London", "school": "University of Lagos", "he": "she"},
        {"name": "Wei Zhang", "gender": "male", "age": "58", "from": "Hebden Bridge", "school": "Wuhan University", "he": "he"},
    ],
}
TOPS = {
    "zh": [
        "姓名：{name}　性别：{gender}　年龄：{age}\n现居：{from}",
        "{name} ／ {gender} ／ {age}岁",
        "我叫{name}，{told}岁，{from}人，{school}毕业。",
        "{name}，{told}，{from}人。",
    ],
    "en": ["Name: {name}\nGender: {gender}\nAge: {age}", "{name}, {gender}, {age}, {from}", "My name is {name} and I live in {from}."],
}
SAID = {"zh": "主管评价：{he}做事踏实", "en": "From a manager: {he} is steady."}


@each("language, top", [(language, top) for language, tops in TOPS.items() for top in tops])
def test_the_same_resume_of_other_people_reads_the_same(language: str, top: str):
    text = f"{top}\n{WORK[language]}\n{SAID[language]}"
    (read,) = {anonymous(text.format(**person)).text for person in PEOPLE[language]}
    for person in PEOPLE[language]:
        assert person["name"] not in read and person["from"] not in read and person["school"] not in read


@each("language, told", [("zh", "测控技术 本科 2018"), ("en", "BEng Mechanical Engineering, 2015")])
def test_work_subject_and_level_of_a_degree_stay(language: str, told: str):
    text = f"{TOPS[language][0]}\n{WORK[language]}".format(**PEOPLE[language][0])
    read = anonymous(text).text
    assert told in read
    for line in WORK[language].split("\n")[:3]:
        assert line in read.split("\n")


@each(
    "text",
    [
        "CNC operator | Fanuc, Heidenhain | setting, offsets",
        "核心技能：深基坑、爬模、悬挑架、监理规划",
        "管理 41 个小区，五千九百人，收缴率 97.4%",
        "Welder\nCoded to ISO 9606, TIG and MMA",
        "焊工\n持有特种作业证",
        "给三所中学和一个游泳馆做清单",
        "Luyang Municipal Design Institute, pavement design",
    ],
)
def test_trades_and_work_are_nobodys_name_or_place(text: str):
    assert anonymous(text).text == text


def test_each_line_is_found_again_in_the_resume():
    text = (
        f"{TOPS['zh'][0]}\n\n{WORK['zh']}\n他说：他的主管是王工，他做得好\n".format(**PEOPLE["zh"][1]) + "一句很长的话，教她们装订。" * 20
    )
    resume = anonymous(text)
    assert "欧阳雪晴" not in resume.text
    for start, end in resume.spans:
        left, right = resume.in_resume(start, end)
        read, line = resume.text[start:end], text[left:right]
        assert "\n" not in line and len(set(read) & set(line)) >= 0.6 * len(set(read))
    assert [text[slice(*resume.in_resume(*span))] for span in resume.spans][-1] == text.split("\n")[-1]


def test_a_block_of_facts_longer_than_most_moves_no_line():
    block = "\n".join(["姓名：陈浩", *(f"电话：1380000{number:04}" for number in range(20)), "工作经历"])
    text = f"{block}\n负责来料检验，把不良率从 8% 降到 2%"
    resume = anonymous(text)
    assert resume.text.split("\n")[-1] == text.split("\n")[-1]
    assert text[slice(*resume.in_resume(*resume.spans[-1]))] == text.split("\n")[-1]


@each("text", ["", "\n\n", "\ud800 x", "陈浩\n男", "a\r\nb"])
def test_short_and_odd_texts_are_read(text: str):
    resume = anonymous(text)
    assert len(resume.spans) == len(resume.origins)
