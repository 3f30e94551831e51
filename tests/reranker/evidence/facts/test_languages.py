"""Languages: every word of the table is read, and wordings of jobs and resumes get the answer that a reader gives."""

import tomllib
from pathlib import Path

import pytest

from reranker.evidence.facts import languages
from reranker.evidence.facts.contract import Verdict
from reranker.evidence.facts.mentions import Standing
from tests.each import each
from tests.reranker.evidence.facts.verdicts import verdict_of

TABLE = tomllib.loads((Path(languages.__file__).with_name("language") / "languages.toml").read_text("utf-8"))


def levels_of(text: str) -> list[tuple[str, int]]:
    return [(fact.value.language, fact.value.level) for fact in languages.stated(text) if fact.value.standing is Standing.HAS]


def verdict(requirement: str, resume: str) -> Verdict:
    return verdict_of(languages, requirement, resume)


NAMES = [(language, name) for language, names in TABLE["languages"].items() for name in names]
LEVELS = [(int(level), word) for level, words in TABLE["levels"].items() for word in words]
TESTS = [(test, word.replace("*", "")) for test in TABLE["tests"] for word in test["words"]]


@each("language, name", NAMES)
def test_each_language_is_stated_and_asked(language, name):
    if name[0].islower():
        name = name.title()
    words = f"{name}: C1" if name.isascii() else f"{name}流利"
    assert (language, 5) in levels_of(words)
    demand = languages.asked(words)
    assert demand is not None
    assert language in [options[0].language for options in demand.languages]


@each("level, word", LEVELS)
def test_each_level_is_stated_behind_and_before_a_language(level, word):
    assert levels_of(f"Italian ({word})") == [("italian", level)]
    assert levels_of(f"{word} Italian" if word.isascii() else f"意大利语{word}") == [("italian", level)]


@each("test, word", TESTS)
def test_each_test_is_stated_and_asked(test, word):
    counts_with_score = test.get("scored", False)
    for written in {word.replace("~", ""), word.replace("~", "："), word.replace("~", "已通过")}:
        written += f" {test['limits'][1]}" if counts_with_score else ""
        values = [(fact.value.kind, fact.value.level) for fact in languages.stated(f"证书\n{written}")]
        assert (test["kind"], test["scores"][-1][1] if counts_with_score else test["default"]) in values
        demand = languages.asked(f"{written}以上")
        assert demand is not None
        assert any(option.kind == test["kind"] for options in demand.languages for option in options)


SCORES = [(test, least, level) for test in TABLE["tests"] for least, level in test.get("scores", [])]


@each("test, least, level", SCORES)
def test_each_score_is_a_level(test, least, level):
    word = test["words"][0].replace("~", "").replace("*", "")
    for written in (f"{word} {least}", f"{word}（{least}分）", f"{word}：{least}"):
        (fact,) = languages.stated(written)
        assert (fact.value.score, fact.value.level, fact.value.standing) == (least, level, Standing.HAS)


@each("test", [test for test in TABLE["tests"] if "scores" in test and test["scores"][0][0] > test["limits"][0]])
def test_a_score_below_the_first_is_no_pass(test):
    (fact,) = languages.stated(f"{test['words'][0].strip('*')} {test['limits'][0]}")
    assert fact.value.standing is Standing.DENIED


@each("word", TABLE["use"]["words"])
def test_each_word_for_daily_use(word):
    text = f"English {word.replace('*', 'ion')}" if word.isascii() else f"负责英语{word}"
    (fact,) = languages.stated(text)
    assert (fact.value.level, fact.certainty) == (TABLE["use"]["level"], 0.8)


@each("word", TABLE["major"]["words"])
def test_each_word_for_a_degree_in_the_language(word):
    (fact,) = languages.stated(f"汀州大学 德语{word}")
    assert (fact.value.level, fact.certainty) == (TABLE["major"]["level"], 0.7)


@each("language, country", [(language, country) for language, names in TABLE["abroad"]["countries"].items() for country in names])
def test_each_country(language, country):
    for word in TABLE["abroad"]["words"]:
        assert (language, TABLE["abroad"]["level"]) in levels_of(f"2015-2019 在{country}{word}四年")


NOTHING_ASKED = [
    "不要求英语",
    "英语不作要求",
    "对英语没有要求",
    "不限英语水平",
    "No English required",
    "English is not required",
    "Knowledge of German is not necessary",
    "持 C1 驾照",
    "熟悉 N1 车型",
    "英语教研组协作",
    "编写英文",
]


@each("requirement", NOTHING_ASKED)
def test_a_line_that_asks_for_no_language(requirement):
    assert languages.asked(requirement) is None


NOTHING_HELD = [
    "古筝六级",
    "跆拳道六级，散打三段",
    "钢琴 8级",
    "八级钳工",
    "CET-6（未通过）",
    "CET-6 未通过",
    "英语六级 398 分",
    "正在备考英语六级",
    "英语六级备考中",
    "准备参加雅思考试",
    "托福：待考",
    "Preparing for IELTS",
    "IELTS exam scheduled",
    "Failed JLPT N2",
    "JLPT N2 (in progress)",
    "No German",
    "不会日语",
    "日语：零基础",
    "没有英语六级证书",
    "辅导学员雅思 7 分",
    "帮助 30 名学生通过英语六级",
    "女儿通过英语六级",
    "CET-4 阅卷工作",
    "雅思培训课程销售",
    "团队成员均通过英语六级",
    "C1 驾照，A2 驾照",
    "English breakfast menu",
    "Chinese restaurant kitchen",
]


@each("text", NOTHING_HELD)
def test_a_line_that_states_no_level(text):
    assert levels_of(text) == []


MET, PARTLY, NOT_MET, NOT_SAID = Verdict
ANSWERS = [
    ("英语六级及以上", "CET-6（512分）", MET),
    ("英语六级及以上", "CET 6 已通过", MET),
    ("英语六级及以上", "CET—6", MET),
    ("英语六级及以上", "ＣＥＴ－６", MET),
    ("英语六级及以上", "大学英语6级 520", MET),
    ("英语六级及以上", "国家英语六级", MET),
    ("英语六级及以上", "英语：六级", MET),
    ("英语六级及以上", "英語六級", MET),
    ("英語六級以上", "英语（六级）", MET),
    ("英语六级及以上", "英语已通过六级", MET),
    ("英语六级及以上", "语言能力：英语四、六级", MET),
    ("英语六级及以上", "通过了六级，英语口语流利", MET),
    ("英语六级及以上", "雅思 6.5", MET),
    ("英语六级及以上", "IELTS: 7.0", MET),
    ("英语六级及以上", "雅思总分 5.0", PARTLY),
    ("英语六级及以上", "托福 98", MET),
    ("英语六级及以上", "TOEIC 900", MET),
    ("英语六级及以上", "多益 650", PARTLY),
    ("英语六级及以上", "English: C1", MET),
    ("英语六级及以上", "英语专业八级", MET),
    ("英语六级及以上", "专四", MET),
    ("英语六级及以上", "英语可作为工作语言", MET),
    ("英语六级及以上", "古筝六级，大学英语四级", PARTLY),
    ("英语六级及以上", "日语六级（校内），CET4", PARTLY),
    ("英语六级及以上", "CET-6（未通过），CET-4", PARTLY),
    ("英语六级及以上", "正在备考英语六级，已过四级", PARTLY),
    ("英语六级及以上", "CET-6 410", NOT_MET),
    ("英语六级及以上", "擅长陈列", NOT_SAID),
    ("英语四级", "CET-6", MET),
    ("CET4/6", "CET-4 480分", MET),
    ("英语四六级", "英语四级", MET),
    ("CET-6 500分以上", "CET-6 512", MET),
    ("CET-6 500分以上", "CET-6 450", PARTLY),
    ("雅思6.5以上", "雅思7", MET),
    ("雅思6.5以上", "雅思 6", PARTLY),
    ("雅思6.5以上", "托福 80", MET),
    ("英语可作为工作语言", "英语四级", PARTLY),
    ("英语可作为工作语言", "CET-6 450", PARTLY),
    ("英语可作为工作语言", "英语熟练，可作为工作语言", MET),
    ("英语可作为工作语言", "日常用英语与海外客户沟通", MET),
    ("英语可作为工作语言", "主持每周英文会议", MET),
    ("英语可作为工作语言", "2015-2019 在美国工作", MET),
    ("英语可作为工作语言", "英语：母语水平", MET),
    ("英语可作为工作语言", "English (fluent), Konkani", MET),
    ("英语可作为工作语言", "汀州大学 商务英语 本科", MET),
    ("英语可作为工作语言", "英语一般", NOT_MET),
    ("英语流利", "雅思 7.5", MET),
    ("Fluent English", "German native, English C2", MET),
    ("Fluent English", "Languages: English (native), Portuguese (native), no German", MET),
    ("Fluent English", "English - full professional proficiency", MET),
    ("Fluent English", "English (intermediate)", PARTLY),
    ("Fluent English", "Languages: German (native), English (basic)", NOT_MET),
    ("Fluent German", "Languages: English (native), Portuguese (native), no German", NOT_MET),
    ("Fluent German", "German (native), English (fluent), French (basic)", MET),
    ("French required, good level", "German (native), English (fluent), French (basic)", PARTLY),
    ("Good French", "Fluent in German and French", MET),
    ("Business English", "TOEFL iBT 102", MET),
    ("Clear written English", "English: B2", MET),
    ("English at C1", "Cambridge Advanced", MET),
    ("日语N2以上", "日语N1", MET),
    ("日语N2以上", "日本語能力試験 JLPT N2 合格", MET),
    ("日语N2以上", "JLPT N3", PARTLY),
    ("日语N2以上", "日语专业，证书：N1", MET),
    ("日语N2以上", "英语六级", NOT_SAID),
    ("JLPT N1", "日语二级", PARTLY),
    ("日语流利", "日语一级", MET),
    ("韩语TOPIK 5级", "TOPIK6级", MET),
    ("韩语TOPIK 5级", "TOPIK 4", PARTLY),
    ("HSK 5", "HSK五级", MET),
    ("HSK 5级", "HSK 4", PARTLY),
    ("普通话二级甲等及以上", "普通话水平测试一级乙等", MET),
    ("普通话二级甲等及以上", "普通话二甲", MET),
    ("普通話二級甲等及以上", "普通话二级乙等", PARTLY),
    ("普通话标准", "普通话二级甲等", MET),
    ("会粤语", "粤语流利", MET),
    ("粵語流利", "粤语：母语", MET),
    ("粤语流利", "英语流利", NOT_SAID),
    ("英语或日语流利", "日语N1", MET),
    ("英语、日语流利", "日语N1，英语四级", PARTLY),
    ("日语N2以上，英语流利", "日语N1", PARTLY),
    ("德语流利", "德语 B2", PARTLY),
    ("德语 B2", "Goethe-Zertifikat C1", MET),
    ("法语流利", "DALF C1", MET),
    ("英语六级", "大学英语六级证书", MET),
    ("英语六级", "英语水平：CET-6 （558）", MET),
    ("英语六级", "CET6:530分", MET),
    ("英语四级", "四级 501分，普通话二甲", MET),
    ("英语六级", "英语四级已过，六级未过", PARTLY),
    ("英语流利", "英语口语流利，曾任外企翻译", MET),
    ("英语可作为工作语言", "英语听说读写流利", MET),
    ("英语可作为工作语言", "英国留学两年", MET),
    ("英语可作为工作语言", "CET-4，能看懂英文资料", PARTLY),
    ("日语N1", "日本语能力测试一级（N1）", MET),
    ("日语流利", "在日本工作六年", MET),
    ("Fluent German", "German: C1 (Goethe)", MET),
    ("Fluent English", "Bilingual English/Spanish", MET),
    ("Fluent Spanish", "Bilingual English/Spanish", MET),
    ("Good command of English", "English – upper intermediate (B2)", MET),
    ("Fluent French", "Conversational French", PARTLY),
    ("Fluent French", "Currently learning French", NOT_MET),
    ("普通话二级乙等", "普通话等级：二级甲等", MET),
    ("粤语", "粤语、普通话、英语均可流利沟通", MET),
    ("英语六级", "TEM4", MET),
    ("雅思7.0", "雅思：7.5（听力8）", MET),
    ("英语流利", "英语专业，专八", MET),
    ("Mandarin speaker", "Native Mandarin speaker", MET),
    ("Business-level Japanese", "Japanese (JLPT N2)", PARTLY),
    ("英语四级以上", "Duolingo 125", MET),
    ("英语六级", "CET-6: 501; CET-4: 560", MET),
    ("英语六级", "CET - 6", MET),
    ("英语6级", "大学英语CET6级", MET),
    ("英语六级", "英语 六级 （480分）", MET),
    ("英语六级", "六级(425+)", MET),
    ("英语六级", "全国大学英语六级考试合格", MET),
    ("英语六级", "英语六级在考", PARTLY),
    ("英语六级", "英语六级未通过，四级 480", PARTLY),
    ("英语四级", "英语能力：CET4", MET),
    ("Fluent in English", "Excellent spoken and written English", MET),
    ("Fluent in English", "Speaks basic English", NOT_MET),
    ("Fluent in English", "I am a native speaker of English", MET),
    ("English C1", "IELTS Academic 8.0", MET),
    ("German B2", "Deutsch B2 / German B2", MET),
    ("Spanish speaking", "Spanish: conversational", MET),
    ("英语流利", "英语可作日常工作交流", MET),
    ("日语二级", "N2级日语证书", MET),
    ("日语N2", "日语能力考N2未过，N3", PARTLY),
    ("英语口语流利", "能用英语和老外流利交流", MET),
    ("韩语流利", "韩语六级（TOPIK 6）", MET),
    ("普通话标准", "普通话一级乙等证书", MET),
    ("会英语优先", "英语四级", MET),
    ("英语六级", "托业 820 分", MET),
    ("英语六级", "辅导孩子通过英语六级", NOT_SAID),
    ("英语六级", "英语cet6", MET),
    ("英语流利", "English Level: Fluent", MET),
    ("英语可作为工作语言", "长期驻外（英国）3年", MET),
    ("英语四级", "未参加四级考试", NOT_SAID),
    ("英语六级", "英語檢定 TOEIC 880", MET),
    ("日语流利", "日语：能日常会话", PARTLY),
    ("Working proficiency in German", "German (B1)", PARTLY),
    ("法语", "法语专业八级", MET),
    ("English fluent", "English: mother tongue", MET),
    ("普通话", "说一口标准的普通话", MET),
    ("俄语优先", "俄语专业本科毕业", MET),
]


@each("requirement, resume, expected", ANSWERS)
def test_how_far_a_resume_meets_a_demand(requirement, resume, expected):
    assert verdict(requirement, resume) == expected


def test_the_place_is_that_of_the_words():
    resume = "技能\n英語六級（512分），跆拳道六級"
    (fact,) = languages.stated(resume)
    assert resume[fact.start : fact.end] == "英語六級（512"


def test_an_optional_clause_asks_for_nothing_where_another_does():
    demand = languages.asked("英语六级以上，日语优先")
    assert demand is not None
    assert [options[0].language for options in demand.languages] == ["english"]
    assert languages.asked("日语N2优先") is not None


PIECES = ["英语", "英语、", "CET-6 ", "六级", "，六级", "N1", "English ", "fluent in ", "流利", "在美国", "A", "汉", " ", "("]


@pytest.mark.growth
@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_text_takes_linear_time(piece):
    """A pattern that takes the square of the length runs into the time limit of the tests here."""
    text = piece * (100_000 // len(piece))
    languages.stated(text)
    languages.asked(text)


READ_ONLY = [
    ("英语CET-6", "英语一般，能看懂英文邮件", "partly"),
    ("英语CET-6", "英语一般", "not_met"),
    ("英语六级", "可阅读英文邮件和合同", "partly"),
    ("英语六级", "借助翻译软件看英文邮件", "not_met"),
    ("英语六级", "能看英文周报", "partly"),
    ("英語可作為工作語言", "看得懂英文會議紀要", "partly"),
    ("英语六级", "英语四级，能看懂英文合同", "partly"),
    ("能用英语沟通", "能读懂英文函电", "partly"),
    ("英语六级", "每天用英文写邮件", "met"),
    ("英语六级", "负责英文会议汇报", "met"),
    ("英语六级", "能看懂并回复英文邮件，用英语沟通", "met"),
    ("日语N2以上", "能看懂日文邮件", "partly"),
]


@each("requirement, resume, wanted", READ_ONLY)
def test_reading_mails_is_less_than_working_in_a_language(requirement, resume, wanted):
    assert verdict(requirement, resume) == wanted
