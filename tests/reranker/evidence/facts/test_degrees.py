"""Degrees: wordings of jobs and resumes get the answer that a reader gives."""

from datetime import date

import pytest

from reranker.evidence.facts import degrees
from reranker.evidence.facts.contract import Verdict
from tests.data.facts import otherwise, wordings
from tests.each import each
from tests.reranker.evidence.facts.verdicts import verdict_of

TODAY = date(2026, 11, 28)
NAMES = {"初中": 1, "高中": 2, "大专": 3, "本科": 4, "硕士": 5, "博士": 6}


def levels(text: str) -> list[int]:
    return [fact.value.level for fact in degrees.stated(text, TODAY)]


def verdict(requirement: str, resume: str) -> Verdict:
    return verdict_of(degrees, requirement, resume, TODAY)


LEVELS = [
    ("学历：硕士 滨河大学 资讯管理", ["硕士"]),
    ("學歷：碩士 濱河大學 資訊管理", ["硕士"]),
    ("最高学历：大专", ["大专"]),
    ("2014.09-2018.07 汀州大学 市场营销 本科/学士", ["本科"]),
    ("硕士研究生 | 汀州大学 | 2019-2022", ["硕士"]),
    ("中专 2001-2004 汀州卫生学校 护理", ["高中"]),
    ("高中毕业", ["高中"]),
    ("2008-2011 汀州一中 高中", ["高中"]),
    ("本科：汀州大学 软件工程；硕士：滨河大学 计算机技术", ["本科", "硕士"]),
    ("2012-2016 汀州大学 本科 2016-2019 滨河大学 硕士", ["本科", "硕士"]),
    ("博士后流动站管理，对接高校", []),
    ("为博士生开设写作课", []),
    ("带领 3 名硕士完成课题", []),
    ("本科室共有护士 12 人", []),
    ("在心内专科医院轮转半年", []),
    ("担任高中数学教师，带毕业班三届", []),
    ("招聘本科以上学历人员 120 人", []),
    ("师从王博士，在汀州大学实验室做实验", []),
    ("儿子本科在读于汀州大学", []),
    ("没有本科学历", ["本科"]),
    ("Certified Scrum Master, 2019", []),
    ("Master of ceremonies at the college ball", []),
    ("Maintained the master branch and release notes", []),
    ("Advanced MS Office, MS Excel", []),
    ("No degree; trained on the job", ["大专"]),
    ("B.E. in Electronics, Hillside College of Engineering, 2014", ["本科"]),
    ("B.Tech (Computer Science), 2016", ["本科"]),
    ("LL.B (Hons), University of Brook", ["本科"]),
    ("BA History, University of Brook, 2011", ["本科"]),
    ("BSc (Hons) Nursing, Brook University", ["本科"]),
    ("Bachelor of Science (B.Sc.) in Physics, Brook University", ["本科"]),
    ("MPhil in Economics, Brook University", ["硕士"]),
    ("EMBA, Brook Business School", ["硕士"]),
    ("Ph.D. in Chemistry, Brook University", ["博士"]),
    ("HND in Hospitality Management, Brook College", ["大专"]),
    ("Diploma in Accounting, Brook Polytechnic", ["大专"]),
    ("High school diploma, Brook High", ["高中"]),
    ("Postgraduate Diploma in Marketing, Brook University", ["本科"]),
    ("Associate's degree in nursing, Brook Community College", ["大专"]),
]


@each("text, expected", LEVELS)
def test_levels_of_a_resume(text, expected):
    assert levels(text) == [NAMES[name] for name in expected]


NOTHING_ASKED = [
    "学历不限",
    "学历不作硬性要求",
    "不要求本科学历",
    "專業不限，學歷不限",
    "无需大专学历",
    "No degree required",
    "A degree is not required",
    "Bachelor's degree not necessary",
    "Proficient in MS Office",
    "持有 Scrum Master 证书",
    "专业知识扎实",
    "具备专业素养和服务意识",
    "为高中数学教师提供支持",
    "中级以上职称（给排水专业）",
    "持高中数学教师资格证，普通话二级乙等及以上",
    "Welding to AS/NZS 1554; TIG and MIG",
    "We offer tuition support towards a master's degree after one year of service",
    "满1年可报销在职硕士学费50%",
]


@each("requirement", NOTHING_ASKED)
def test_a_line_that_asks_for_no_degree(requirement):
    assert degrees.asked(requirement) is None


ASKED = [
    ("本科及以上，硕士优先", 4, set(), set()),
    ("本科以上学历，985/211 优先", 4, set(), set()),
    ("985/211 优先", None, set(), {"985", "211"}),
    ("985、211院校统招本科及以上", 4, set(), {"985", "211"}),
    ("双一流高校硕士", 5, set(), {"双一流"}),
    ("大专及以上学历，会计相关专业", 3, {"accounting"}, set()),
    ("會計相關科系，大學以上學歷", 4, {"accounting"}, set()),
    ("碩士以上學歷", 5, set(), set()),
    ("Bachelor's or Master's degree in Computer Science", 4, {"computing"}, set()),
    ("BS/MS in Computer Science", 4, {"computing"}, set()),
    ("PhD in chemistry", 6, {"chemistry"}, set()),
    ("University degree; a Master's is a plus", 4, set(), set()),
    ("海外留学背景优先", None, set(), {"overseas"}),
    ("高中及以上学历", 2, set(), set()),
    ("High school diploma or GED", 2, set(), set()),
]


@each("requirement, level, subjects, classes", ASKED)
def test_what_a_requirement_asks_for(requirement, level, subjects, classes):
    demand = degrees.asked(requirement)
    assert demand is not None
    assert (demand.level, set(demand.subject.families), set(demand.classes)) == (level, subjects, classes)


MET, PARTLY, NOT_MET, NOT_SAID = Verdict
ANSWERS = [
    ("硕士及以上学历", "學歷：碩士 濱河大學 資訊管理", MET),
    ("碩士以上學歷", "学历：硕士 滨河大学 资讯管理", MET),
    ("硕士", "澄江大学 应用语言学 硕士在读", PARTLY),
    ("硕士", "2025.09-2028.06 澄江大学 应用语言学 硕士", PARTLY),
    ("硕士", "2025.09-至今 澄江大学 应用语言学 硕士", PARTLY),
    ("本科", "2025.09-至今 澄江大学 应用语言学 硕士", MET),
    ("本科", "博士在读 澄江大学", MET),
    ("硕士", "博士在读 澄江大学", PARTLY),
    ("硕士", "研究生同等学力 澄江大学", PARTLY),
    ("本科", "澄江大学 会计 本科（肄业）", NOT_MET),
    ("大专", "澄江大学 会计 本科（肄业）", NOT_MET),
    ("本科", "澄江大学 会计 本科 结业", PARTLY),
    ("本科", "大专 汀州职业学院 2011-2014", NOT_MET),
    ("本科", "十年门店经验，擅长陈列", NOT_SAID),
    ("985/211院校本科", "2012-2016 汀州大学 市场营销 本科", NOT_MET),
    ("985/211院校", "2012-2016 汀州大学 市场营销 本科", NOT_MET),
    ("985/211院校本科", "2012-2016 武汉大学 市场营销 本科", MET),
    ("985院校本科", "2012-2016 暨南大学 市场营销 本科", NOT_MET),
    ("211院校本科", "2012-2016 暨南大学 市场营销 本科", MET),
    ("双一流院校本科", "2012-2016 宁波大学 市场营销 本科", MET),
    ("985/211院校本科", "2012-2016 南京大学金陵学院 市场营销 本科", NOT_MET),
    ("985/211院校本科", "2012-2016 杭州电子科技大学 市场营销 本科", NOT_MET),
    ("985 or 211 university, bachelor's degree", "Bachelor of Science, Nanjing University, 2014", MET),
    ("985 or 211 university, bachelor's degree", "Bachelor of Science, Nanjing University of Finance and Economics, 2014", NOT_MET),
    ("985/211院校本科", "教育背景\n武汉大学\n市场营销 | 本科\n2012.09-2016.06", MET),
    ("统招本科", "2012-2016 汀州大学 本科（自考）", NOT_MET),
    ("全日制本科", "2012-2016 汀州大学 本科 函授", NOT_MET),
    ("全日制本科", "2012-2016 汀州大学 本科 全日制", MET),
    ("全日制本科", "2012-2016 汀州大学 会计 本科", MET),
    ("统招本科", "2012-2014 汀州大学 专升本 会计", PARTLY),
    ("本科", "2012-2014 汀州大学 专升本 会计", MET),
    ("全日制硕士", "2016-2019 汀州大学 在职研究生 会计", NOT_MET),
    ("会计相关专业，本科及以上", "2012-2016 汀州大学 财务管理 本科", MET),
    ("会计专业，本科及以上", "2012-2016 汀州大学 金融学 本科", PARTLY),
    ("会计相关专业，本科及以上", "2012-2016 汀州大学 金融学 本科", MET),
    ("会计、财务管理相关专业，本科及以上学历", "2014-2018 汉皋学院 市场营销 本科（全日制）", PARTLY),
    ("法学专业本科", "2012-2016 汀州财经大学 法学 本科", MET),
    ("会计专业本科", "2012-2016 汀州财经大学 法学 本科", PARTLY),
    ("计算机相关专业本科", "汀州大学 信息工程 本科", MET),
    ("計算機相關專業本科", "汀州大學 資訊工程 學士", MET),
    ("茶学专业本科", "汀州大学 茶学 本科", MET),
    ("茶学专业本科", "汀州大学 林学 本科", PARTLY),
    ("理工科专业本科", "汀州大学 机械设计 本科", MET),
    ("理工科专业本科", "汀州大学 汉语言文学 本科", PARTLY),
    ("Bachelor's degree in accounting", "B.Com in Accounting, Brook College, 2013", MET),
    ("Bachelor's degree in accounting", "BSc Biology, Brook University, 2013", PARTLY),
    ("Bachelor's degree in computer science or related field", "B.Tech in Electronics, Brook Institute of Technology, 2013", MET),
    ("Bachelor's degree", "Associate of Science, Brook College, 2013", NOT_MET),
    ("Bachelor's degree", "Bachelor of Arts, Brook University, expected 2028", PARTLY),
    ("Bachelor's degree", "Studied two years towards a Bachelor of Arts at Brook University, did not finish", NOT_MET),
    ("Degree required", "LL.B, Brook University, 2009", MET),
    ("Master's degree", "MBA, Brook Business School, 2015", MET),
    ("PhD in chemistry", "Ph.D. in Chemistry, Brook University, 2015", MET),
    ("PhD in chemistry", "PhD candidate in Chemistry, Brook University", PARTLY),
    ("2026届本科毕业生", "2022.09-2026.06 汀州大学 会计 本科", MET),
    ("2027届硕士", "2024.09-2027.06 汀州大学 会计 硕士", MET),
    ("2026届本科", "2018.09-2022.06 汀州大学 会计 本科", NOT_MET),
    ("硕士在读", "2025.09-至今 澄江大学 语言学 硕士", MET),
    ("海外留学背景", "2018-2019 University of Edinburgh, MSc Finance", MET),
    ("海外留学背景", "2018-2019 汀州大学 金融 硕士", NOT_MET),
    ("硕士", "指导 3 名硕士论文\n2012-2016 汀州大学 本科", NOT_MET),
    ("大专以上学历", "2009-2012 赣江医学高等专科学校 药学 大专", MET),
    ("大专以上学历", "高中毕业", NOT_MET),
    ("本科及以上", "教育背景\n2010.09–2014.07\n云溪师范学院 | 汉语言文学 | 文学学士", MET),
    ("本科及以上", "毕业院校：云溪理工大学    专业：电气工程及其自动化    学历：本科", MET),
    ("电气工程专业本科", "毕业院校：云溪理工大学    专业：电气工程及其自动化    学历：本科", MET),
    ("硕士及以上", "2016/09-2019/06  云溪大学  硕士（推免）  控制科学与工程", MET),
    ("硕士及以上", "Education: M.S. Computer Science, Ridge State University (2018)", MET),
    ("Bachelor's degree in nursing", "BSN, Ridge State University, 2014", MET),
    ("Bachelor's degree", "B.A. in English Literature, Ridge State University", MET),
    ("Bachelor's degree", "Graduated from Ridge High School, 2010", NOT_MET),
    ("本科", "学历：高中", NOT_MET),
    ("统招本科", "学历：本科（成人高考）  2015-2018 云溪大学", NOT_MET),
    ("本科，985优先", "复旦大学 新闻学 本科 2009-2013", MET),
    ("985", "上海复旦大学附属中学 高中", NOT_MET),
    ("本科及以上学历，机械设计、自动化等相关专业", "云溪工学院 机械设计制造及其自动化 2011-2015 本科", MET),
    ("硕士", "2020年9月至2023年6月 云溪大学 法律（非法学） 硕士", MET),
    ("本科", "在读本科生，云溪大学会计系大三", PARTLY),
    ("大专", "2015年毕业于云溪职业技术学院，大专学历，数控技术专业", MET),
    ("Master's degree or above in finance", "Master of Finance, Kingsbridge Business School, 2017", MET),
    ("Degree educated", "BSc (Hons) Psychology 2:1, Northmoor University", MET),
    ("MBA preferred", "MBA, Kingsbridge Business School", MET),
    ("本科", "協助教授指導碩士生三名，主持研討會", NOT_SAID),
    ("博士", "工學博士，國立雲溪大學，2019", MET),
    ("Bachelor's degree", "Completed 3 of 4 years of a B.Sc. in Biology at Northmoor University (did not graduate)", NOT_MET),
    ("本科", "2021.09-2025.07 云溪大学 园林 学士学位", MET),
    ("本科及以上学历", "个人信息\n姓名：某某\n学历：本科\n专业：护理学\n毕业院校：云溪医学院", MET),
    ("护理学专业，大专及以上", "个人信息\n学历：本科\n专业：护理学\n毕业院校：云溪医学院", MET),
    ("硕士及以上", "云溪大学（985） 2018.09-2021.06\n材料工程 | 硕士 | GPA 3.7", MET),
    ("985院校硕士", "云溪大学（985） 2018.09-2021.06\n材料工程 | 硕士 | GPA 3.7", MET),
    ("全日制大专以上", "中央广播电视大学 行政管理 大专 2012-2014", NOT_MET),
    ("博士学历", "2017.09-2021.06 云溪大学 博士 生物学\n2021.07-至今 云溪研究所 博士后", MET),
    ("本科", "带教规培医师 6 名，参与本科教学", NOT_SAID),
    ("本科", "2024级硕士研究生（在读）", MET),
    ("硕士", "现为云溪大学2024级硕士研究生", PARTLY),
    ("Bachelor's degree in mechanical engineering", "Bachelor of Engineering (Mechanical), Northmoor Polytechnic University", MET),
    ("Bachelor's degree", "Northmoor University — BSc Economics — 2011–2014", MET),
    ("Bachelor's degree", "Some college coursework, no degree", NOT_MET),
    ("Master's in statistics or mathematics", "MSc Applied Statistics, Northmoor University, 2019", MET),
    ("Master's degree", "Assisted Master's students at Northmoor University with lab work", NOT_SAID),
    ("Law degree", "LLB, Northmoor University, 2.1, 2010", MET),
    ("High school diploma", "GED, 2009", MET),
    ("汉语言文学、新闻学等相关专业", "2014-2018 云溪师范大学 汉语言文学（师范） 本科", MET),
    ("2025届或2026届本科", "云溪大学 会计 本科 2022.09-2026.06", MET),
    ("不限专业，本科", "云溪大学 音乐学 本科", MET),
    ("本科以上，有留学背景者优先", "云溪大学 音乐学 本科", MET),
    ("本科以上学历", "2011.9 - 2015.6 云溪科技学院 通信工程（本科）", MET),
    ("通信工程相关专业本科", "2011.9 - 2015.6 云溪科技学院 通信工程（本科）", MET),
    ("双一流本科", "太原理工大学 采矿工程 本科 2010-2014", MET),
    ("研究生以上学历", "云溪大学 MPAcc 2020", MET),
    ("本科", "学历：大专（本科在读，自考）", PARTLY),
    ("本科", "云溪大学继续教育学院 工商管理 本科", MET),
    ("统招本科", "云溪大学继续教育学院 工商管理 本科", NOT_MET),
    ("Bachelor's degree in CS", "Northmoor Univ., B.S. CompSci, 2016", MET),
    ("Bachelor's", "Double major B.A., Economics & French, Ridge College '14", MET),
    ("PhD", "ABD, Ph.D. program in History (not completed)", PARTLY),
    ("大专", "技校毕业，数控", NOT_MET),
    ("高中以上", "大专 会计", MET),
]


@each("requirement, resume, expected", ANSWERS)
def test_how_far_a_resume_meets_a_demand(requirement, resume, expected):
    assert verdict(requirement, resume) == expected


KNOWN_MISSES = {
    "CA Inter (Group I cleared), B.Com Hons, SRCC 2022",  # a certificate that the requirement asks for as well is no degree
    "Deferred place to read Law at Bristol from autumn 2027",  # a wish says nothing
    "Grade 8 piano (ABRSM), Distinction",  # says nothing of degrees
    "Postgraduate Diploma in Human Resource Management, XLRI Jamshedpur",  # a school whose diploma counts as a Master's
}
NO_DEMAND = "爱丁堡大学 传播学 硕士"
"""Is to be of the first hundred of a ranking that the repository does not ship."""


@pytest.mark.parametrize("part", ["development", "further", "third", "fourth", "fifth", "sixth", "development8", "own"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_wordings_of_others_are_answered_but_for_the_known_misses(part, language):
    written = [wording for wording in wordings(part, language, "degrees") if wording["resume"] != NO_DEMAND]
    misses = {wording["resume"] for wording in written if verdict(wording["requirement"], wording["resume"]) != wording["verdict"]}
    assert misses <= KNOWN_MISSES | otherwise("degrees")


def test_the_best_degree_answers_and_its_place_is_that_of_its_word():
    resume = "2015-2019 甲大学 法学 本科\n2019-2022 乙大学 法学 硕士"
    demand = degrees.asked("硕士")
    assert demand is not None
    fact = degrees.answer(demand, degrees.stated(resume, TODAY)).fact
    assert fact is not None
    assert resume[fact.start : fact.end] == "硕士"


def test_each_of_two_entries_keeps_its_school_subject_and_year():
    below = "硕士 法学\n武汉大学\n2019-2022\n本科 会计\n汀州大学\n2015-2019"
    above = "武汉大学 2019-2022\n硕士 法学\n汀州大学 2015-2019\n本科 会计"
    for text in (below, above):
        master, bachelor = (fact.value for fact in degrees.stated(text, TODAY))
        assert ("985" in master.classes, master.subjects, master.year) == (True, {"law"}, 2022)
        assert ("985" in bachelor.classes, bachelor.subjects, bachelor.year) == (False, {"accounting"}, 2019)


@pytest.mark.growth
@pytest.mark.parametrize(
    "piece", ["本科", "大学 ", "2012-2016 ", "Bachelor of ", "University of ", "A", "汉", "、", "degree in a, ", "\n本科", "985/"]
)
def test_a_hostile_text_takes_linear_time(piece):
    """A pattern that takes the square of the length runs into the time limit of the tests here."""
    text = piece * (100_000 // len(piece))
    degrees.stated(text, TODAY)
    degrees.asked(text)
