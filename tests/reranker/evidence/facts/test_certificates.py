"""Certificates: every word of the table is read, and wordings of jobs and resumes get the answer that a reader gives."""

from datetime import date

import pytest

from reranker.evidence.facts import certificates
from reranker.evidence.facts.contract import Verdict
from reranker.evidence.facts.credentials import mentions as credential_mentions
from reranker.evidence.facts.credentials import table as credential_table
from reranker.evidence.facts.mentions import Standing, folded
from tests.each import each
from tests.reranker.evidence.facts.verdicts import verdict_of

BY_NAME = credential_table.TABLE
TABLE = list(BY_NAME.values())
TODAY = date(2026, 11, 28)


def names(text: str) -> list[str]:
    return [fact.value.name for fact in certificates.stated(text, TODAY) if fact.value.standing is Standing.HAS and not fact.value.is_part]


def verdict(requirement: str, resume: str) -> Verdict:
    return verdict_of(certificates, requirement, resume, TODAY)


WORDS = [(entry["name"], word.replace("*", "e").replace("~", "")) for entry in TABLE for word in entry.get("words", [])]
SHORT = [(entry["name"], word, entry.get("near", ["certified", "持证"])) for entry in TABLE for word in entry.get("short", [])]


def test_each_name_stands_once_and_includes_what_exists():
    assert len(BY_NAME) == len(TABLE)
    assert {lower for entry in TABLE for lower in entry.get("includes", [])} <= set(BY_NAME)


@each("name, word", WORDS)
def test_each_word_is_stated_and_asked(name, word):
    assert [fact.value.name for fact in certificates.stated(f"证书\n{word}", TODAY)] == [name]
    demand = certificates.asked(f"{word} required" if word.isascii() else f"持有{word}")
    assert demand is not None
    assert demand.names == (name,)


@each("name, word, near", SHORT)
def test_each_short_word_counts_only_in_company(name, word, near):
    assert names(f"{word} 2019") == []
    for other in near:
        named = credential_mentions.mentions(folded(f"{word} 2019 {other.replace('*', '')}"))
        assert any(name in credential_table.included(mention.name) for mention in named)


@each("word", [word for entry in TABLE for word in entry.get("never", [])])
def test_another_word_that_contains_one(word):
    own = next(entry["name"] for entry in TABLE if word in entry.get("never", []))
    assert own not in names(word.replace("*", "s"))


INCLUDED = [
    (entry["name"], lower)
    for entry in TABLE
    for lower in entry.get("includes", [])
    if entry["name"] not in BY_NAME[lower].get("includes", [])
]


@each("name, lower", INCLUDED)
def test_the_higher_includes_the_lower_and_not_the_other_way(name, lower):
    facts = certificates.stated(f"证书\n{_said(name)}", TODAY)
    assert certificates.answer(certificates.CertificateDemand(((certificates.Certificate(lower),),)), facts).verdict is Verdict.MET
    facts = certificates.stated(f"证书\n{_said(lower)}", TODAY)
    assert certificates.answer(certificates.CertificateDemand(((certificates.Certificate(name),),)), facts).verdict is not Verdict.MET


def _said(name: str) -> str:
    entry = BY_NAME[name]
    beside = [f"{entry['beside'][0]}{_said(entry['of'])}"] if "beside" in entry else []
    short = [f"{word} {near}" for word in entry.get("short", []) for near in entry.get("near", ["certified"])]
    return [*entry.get("words", []), *short, *beside][0].replace("*", "e").replace("~", "")


NOTHING_ASKED = [
    "无需教师资格证",
    "不要求 CPA",
    "驾照不作要求",
    "No CPA required",
    "PMP is not required",
    "负责 PE 投资",
    "优化广告 CPA 成本",
    "熟悉 RN 与 Flutter 开发",
    "英语 C1 水平",
    "与会计师事务所对接",
    "协助 CPA 完成年审",
]


@each("requirement", NOTHING_ASKED)
def test_a_line_that_asks_for_no_certificate(requirement):
    assert certificates.asked(requirement) is None


NOTHING_HELD = [
    "带领 CPA 团队完成年审",
    "管理团队中 5 名员工持有PMP",
    "公司通过 ISO9001 认证",
    "推动公司取得 CMMI5",
    "培训学员考取教师资格证",
    "PMP 培训课程销售",
    "Recruited CPA candidates for the audit practice",
    "Supervised three RN staff on the ward",
    "妻子持有护士执业证",
    "备考 CPA",
    "CPA 备考中",
    "PMP（已报名）",
    "计划取得PMP",
    "Preparing for OSCP",
    "preparing for OSCP but not certified",
    "CISSP in progress",
    "PMP, exam scheduled",
    "未取得教师资格证",
    "没有驾照",
    "驾照：无",
    "无CPA证书",
    "not a CPA",
    "中级会计师：未通过",
    "护士执业证已过期",
    "RN license expired",
    "PMP（有效期至2021年）",
    "C1 驾照已注销",
    "投放信息流广告，CPA 降 20%",
    "曾在会计师事务所实习",
    "English C1, German B2",
    "Mobile app in RN and Swift",
    "A1 展位设计",
    "注册会计师专业阶段",
    "CPA已过4门",
    "ACCA（9/13）",
    "ACCA part-qualified",
]


@each("text", NOTHING_HELD)
def test_a_line_that_states_nothing_held(text):
    assert names(text) == []


MET, PARTLY, NOT_MET, NOT_SAID = Verdict
ANSWERS = [
    ("One of: CISSP, CISM, CISA", "CISM, CRISC", MET),
    ("Any one of CPA, ACCA, CIMA", "CIMA", MET),
    ("CPA, ACCA and CIMA", "CIMA", PARTLY),
    ("PMP certified", "Rolled out a new PMP (performance management process)", NOT_SAID),
    ("First Aid at Work certificate", "Volunteer at the first aid tent", NOT_SAID),
    ("具有效之急救人員證照", "急救人員證照（2025年8月到期，尚未回訓）", PARTLY),
    ("CFA charterholder", "CFA Level II candidate", PARTLY),
    ("初级会计师", "中级会计师", MET),
    ("中级会计师", "初级会计师", PARTLY),
    ("中级会计师及以上", "高级会计师", MET),
    ("中级會計師", "會計師（中級）", MET),
    ("中级会计职称", "证书：初级会计职称；中级已报考，尚未通过", PARTLY),
    ("会计从业资格证", "初级会计职称", MET),
    ("CPA", "注册会计师（全科通过）", MET),
    ("注册会计师", "CPA 已过 4 门", PARTLY),
    ("注册会计师", "已通过注册会计师六门", MET),
    ("注册会计师", "CPA（3/6）", PARTLY),
    ("注册会计师", "注册会计师已过会计、审计", PARTLY),
    ("CPA", "备考CPA", PARTLY),
    ("CPA", "CPA在考", PARTLY),
    ("CPA", "税务师", NOT_SAID),
    ("CPA在考或通过两科以上者优先", "注册会计师已过会计、税法、经济法三门", MET),
    ("CPA在考或通过两科以上者优先", "CPA 备考中", MET),
    ("CPA 通过三科以上", "CPA 已过 2 门", PARTLY),
    ("CPA 通过三科以上", "CPA", MET),
    ("CPA在考或通过两科以上者优先", "初级会计职称", NOT_MET),
    ("中级会计师", "CPA", MET),
    ("中级会计师", "CPA 已过 2 门", NOT_SAID),
    ("CPA/ACCA/CMA 优先", "ACCA", MET),
    ("持有 CPA 或 ACCA 证书", "ACCA passed 9 papers", PARTLY),
    ("ACCA", "passed 9 papers of ACCA", PARTLY),
    ("ACCA", "ACCA, all papers passed", MET),
    ("CFA 一级", "CFA Level II candidate", MET),
    ("CFA二级", "CFA Level II candidate", PARTLY),
    ("CFA二级以上", "CFA 三级", MET),
    ("CFA", "CFA Level I", PARTLY),
    ("CFA", "CFA持证人", MET),
    ("FRM", "FRM Part I", PARTLY),
    ("PMP 证书优先", "PMP（2021）", MET),
    ("PMP", "PMP，备考中", PARTLY),
    ("PMP", "PMP 有效期至 2028 年", MET),
    ("PMP", "PMP（有效期至 2021 年）", PARTLY),
    ("PMP", "PMP, valid until Sept 2021", PARTLY),
    ("PMP", "PMP (gültig, expires Dezember 2021)", PARTLY),
    ("PMP", "PMP, valid until Decemeber 2028", MET),
    ("PMP certification", "Project Management Professional", MET),
    ("护士执业证", "護士執業證書", MET),
    ("护士执业证", "主管护师", MET),
    ("主管护师", "护师资格", PARTLY),
    ("Registered nurse with a current licence", "RN, State of Ohio, BSN", MET),
    ("Registered nurse with a current licence", "Registered Nurse, Saltmarsh Clinic", MET),
    ("Registered nurse", "RN license expired 2020", PARTLY),
    ("Registered nurse", "LPN", PARTLY),
    ("LPN", "Registered nurse", MET),
    ("执业医师", "执业助理医师", PARTLY),
    ("执业药师", "執業藥師", MET),
    ("教师资格证", "高中数学教师资格证", MET),
    ("高中教师资格证", "教师资格证", PARTLY),
    ("高中教师资格证", "小学教师资格证", NOT_MET),
    ("小学教师资格证", "教师资格证（高中数学）", MET),
    ("教师资格证", "教资备考中", PARTLY),
    ("一级建造师", "二级建造师", PARTLY),
    ("二级建造师", "一级建造师（市政）", MET),
    ("一级建造师", "一建已过三门", PARTLY),
    ("建造师证", "二建", MET),
    ("C1驾照", "持C1驾照，驾龄5年", MET),
    ("C1驾照", "A2驾照", MET),
    ("A2驾照", "C1驾照", NOT_MET),
    ("C1驾照", "有驾照", PARTLY),
    ("有驾照", "驾驶证：C1", MET),
    ("有駕照", "駕照 C1", MET),
    ("驾照", "C1驾照学车中", PARTLY),
    ("驾照", "没有驾照", NOT_MET),
    ("Driver's license", "Full driving licence", MET),
    ("CDL Class A", "Class B CDL", PARTLY),
    ("CDL Class B", "CDL-A", MET),
    ("法律职业资格证", "法律职业资格证（A证）", MET),
    ("法律职业资格A证", "通过国家司法考试", PARTLY),
    ("法律职业资格A证", "法律职业资格证书（C证）", PARTLY),
    ("法律职业资格证", "执业律师", MET),
    ("Bar admission", "Admitted to the New York bar, 2015", MET),
    ("软考中级", "信息系统项目管理师", MET),
    ("软考高级", "软件设计师（软考）", PARTLY),
    ("中级以上职称", "软考高级", MET),
    ("中级及以上职称", "高级会计师", MET),
    ("高级职称", "中级经济师", PARTLY),
    ("AWS certification", "AWS Certified Solutions Architect", MET),
    ("AWS Solutions Architect Professional", "AWS SAA", PARTLY),
    ("OSCP or similar certification", "Certificates: OSWE", MET),
    ("OSCP", "Certificates: OSWE", NOT_SAID),
    ("OSCP or similar certification", "preparing for OSCP but not certified", PARTLY),
    ("CISP、CISSP 等证书优先", "CISA", MET),
    ("护士执业证和健康证", "护士执业证", PARTLY),
    ("护士执业证和健康证", "护士执业证、健康证", MET),
    ("PE license", "EIT, passed the FE exam", PARTLY),
    ("PE license", "Licensed Professional Engineer (PE)", MET),
    ("CCNA", "CCIE", MET),
    ("证券从业资格", "证券从业资格证、基金从业资格证", MET),
    ("叉车证", "Forklift certified", MET),
    ("CPA", "带领 CPA 团队", NOT_SAID),
    ("CPA", "擅长陈列", NOT_SAID),
    ("CPA", "中国注册会计师（CPA）非执业会员", MET),
    ("CPA", "CPA（已通过会计、审计、税法）", PARTLY),
    ("CPA", "注会4科", PARTLY),
    ("教师资格证", "持有初中数学教师资格证书", MET),
    ("C1驾照", "驾照：C1，驾龄 8 年", MET),
    ("护士执业资格证", "2016年取得护士执业资格证书", MET),
    ("PMP", "2020年通过PMP认证", MET),
    ("PMP", "PMP (planned Q3)", NOT_SAID),
    ("一级建造师", "一级建造师（机电工程）注册在有效期内", MET),
    ("RN license", "Active RN license, Texas", MET),
    ("CDL Class A", "CDL class A with hazmat endorsement", MET),
    ("Licensed Professional Engineer", "P.E., State of Ohio", MET),
    ("CFA", "CFA Level III passed", PARTLY),
    ("CISSP", "CISSP (expired)", PARTLY),
    ("AWS certification", "AWS Certified Developer – Associate", MET),
    ("软考高级", "系统架构设计师（高级）", MET),
    ("法律职业资格", "法律职业资格证书（A类）", MET),
    ("CPA", "团队含 3 名 CPA", NOT_SAID),
    ("健康证", "有健康证", MET),
    ("电工证", "低压电工操作证", MET),
    ("中级职称", "工程师（中级职称）", MET),
    ("会计初级", "初级会计资格证书", MET),
    ("教师资格证", "教师资格证（已通过笔试）", PARTLY),
    ("叉车证", "有叉车N1证", MET),
    ("执业药师", "执业药师（已过三科）", PARTLY),
    ("CPA", "注册会计师证书（2016）", MET),
    ("CPA", "注册会计师考试已通过5门，剩综合", PARTLY),
    ("CPA", "CPA (Illinois, active)", MET),
    ("中级会计师", "会计师职称（中级）", MET),
    ("教师资格证", "高级中学教师资格证（语文）", MET),
    ("C1驾照", "持有C1驾驶证", MET),
    ("B2驾照", "驾照类型：A1", MET),
    ("驾照", "熟练驾驶，C1本五年", MET),
    ("护士执业证", "护士执业证书 有效期至2029", MET),
    ("PMP", "PMP certified since 2019", MET),
    ("PMP", "Planning to take PMP next year", NOT_SAID),
    ("二级建造师", "一级注册建造师证（建筑工程）", MET),
    ("二级建造师", "二建考试备考", PARTLY),
    ("CFA二级", "CFA Level 2 passed (Dec 2022)", MET),
    ("OSCP", "OSCP, CRTO", MET),
    ("法律职业资格证A证", "通过2019年国家统一法律职业资格考试（A证）", MET),
    ("执业药师", "药师 执业药师资格证书", MET),
    ("CISSP", "Team of CISSP consultants", NOT_SAID),
    ("AWS certification", "AWS Solutions Architect – Associate (SAA-C03)", MET),
    ("CDL", "Commercial Driver's License, Class B", MET),
    ("导游证", "导游证（中文）", MET),
    ("社工证", "助理社会工作师", MET),
    ("ISO9001内审员", "公司通过 ISO9001", NOT_SAID),
    ("健康证", "健康证办理中", PARTLY),
    ("CPA", "已获CPA全科合格证", MET),
    ("驾照", "持有A1A2驾驶证", MET),
    ("初级会计", "会计初级证书", MET),
    ("PMP", "考取了PMP、软考中级", MET),
    ("RN license required", "Registered Nurse, California License #123456", MET),
    ("教师资格证", "具有小学语文教师资格证", MET),
    ("电工证", "持有特种作业操作证（低压电工）", MET),
    ("注册安全工程师", "中级注安师", MET),
    ("bar admission", "Member, Ohio State Bar", MET),
    ("执业医师", "持有执业医师资格证及执业证", MET),
    ("CFA一级", "CFA一级备考中", PARTLY),
    ("食品健康证", "健康证过期", PARTLY),
]


@each("requirement, resume, expected", ANSWERS)
def test_how_far_a_resume_meets_a_demand(requirement, resume, expected):
    assert verdict(requirement, resume) == expected


def test_the_place_is_that_of_the_words():
    resume = "證書\n護士執業證書（2019）"
    (fact,) = certificates.stated(resume, TODAY)
    assert resume[fact.start : fact.end] == "護士執業證書"


PIECES = ["CPA ", "CPA 已过", "驾照", "C1 ", "教师资格证、", "AWS ", "有效期至", "A", "汉", " ", "(", "passed 9 "]


@pytest.mark.growth
@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_text_takes_linear_time(piece):
    """A pattern that takes the square of the length runs into the time limit of the tests here."""
    text = piece * (100_000 // len(piece))
    certificates.stated(text, TODAY)
    certificates.asked(text)


OF_OTHER_PROFESSIONS = """
中级会计师及以上职称 | 证书：一级造价工程师，中级工程师职称 | not_said
中级会计师及以上职称 | 高级工程师职称（建筑施工） | not_said
高级会计师职称 | 高级经济师 | not_said
中级工程师职称 | 中级会计师 | not_said
工程类中级及以上职称 | 中级会计师职称 | not_said
中级职称 | 中级会计师 | met
中级及以上职称 | 中级工程师职称 | met
主治医师及以上职称 | 主管护师 | not_said
中级工程师及以上职称 | 主管护师（中级） | not_said
中级会计师职称 | 中级会计职称 | met
中级会计师职称 | 高级会计师 | met
高级工程师职称 | 正高级工程师 | met
高级工程师职称 | 正高级职称，电气工程师 | met
中级经济师 | 中级会计师职称 | not_said
副主任医师及以上职称 | 副教授职称 | not_said
中级及以上会计职称 | 中级职称（会计） | met
会计、审计、经济类中级职称 | 中级经济师 | met
讲师及以上职称 | 小学一级教师 | not_said
Chartered Accountant | Chartered Engineer (CEng) | not_said
Qualified accountant (ACA or ACCA) | Qualified electrician, 18th Edition | not_said
Registered Nurse | Registered Architect (ARB) | not_said
Chartered Surveyor (MRICS) | Chartered Accountant (ACA) | not_said
"""
ON_OTHER_LADDERS = """
CPA、CMA优先考虑 | 证书：中级会计师（2025年） | not_said
CPA优先 | 初级会计职称 | not_said
持有注册会计师证书 | 中级会计职称 | not_said
持有执业药师资格证 | 药师职称 | not_said
CPA优先 | CPA已通过3科 | partly
中级会计师及以上职称 | 初级会计职称 | not_met
持有一级建造师 | 二级建造师证 | not_met
注册安全工程师 | 初级注册安全工程师 | not_met
执业医师资格 | 执业助理医师证 | not_met
"""
NOT_ONES_OWN = """
Valid ALS certificate | Objective: To become a senior intensive care nurse with NMC registration, ALS, CRRT | no
Valid ALS certificate | My goal is to gain ALS and NMC registration | no
Valid ALS certificate | Hoping to become an ALS instructor | no
Valid ALS certificate | Objective: to obtain a challenging position using my ALS certificate | met
Valid ALS certificate | I check NMC registration, ALS certificates and critical care courses of every applicant | no
Valid ALS certificate | Verified ALS certificates of all agency nurses | no
Valid ALS certificate | Reviewed applicants' ALS certificates and references | no
Valid ALS certificate | Recruited nurses with ALS | no
Valid ALS certificate | Tracked staff ALS renewals | no
Valid ALS certificate | Maintain ALS certification | met
Valid ALS certificate | Manage a bay of six; ALS certificate 2025 | met
Valid ALS certificate | ALS provider, expires 02/2029 | met
Registered Nurse | Check registrations of nurses, keep files of RNs | no
持有护士执业证书 | 负责审核应聘者的护士执业证书、健康证 | no
持有护士执业证书 | 求职目标：成为一名持有护士执业证书的护士 | no
持有注册会计师证书 | 职业目标：三年内拿到注册会计师 | no
持有电工证 | 检查工人的电工证、焊工证 | no
持有焊工证 | 检查工人的电工证、焊工证 | no
持有健康证 | 登记员工健康证有效期 | no
持有健康证 | 核查入场人员健康证 | no
持有电工证 | 持有电工证，负责安全检查 | met
持有电工证 | 希望成为电气主管，已持有电工证 | met
持有C1驾照 | C1驾照（10年驾龄） | met
持有C1驾照 | 驾驶：C1 | met
"""


@each("requirement, resume, expected", [tuple(line.split(" | ")) for line in OF_OTHER_PROFESSIONS.splitlines() if line])
def test_a_title_of_another_profession_is_none_of_this(requirement, resume, expected):
    assert verdict(requirement, resume) == expected


@each("requirement, resume, expected", [tuple(line.split(" | ")) for line in ON_OTHER_LADDERS.splitlines() if line])
def test_a_paper_of_another_ladder_says_nothing_and_a_lower_step_is_too_little(requirement, resume, expected):
    demand = certificates.asked(requirement)
    assert demand is not None
    assert certificates.held_answer(demand, certificates.stated(resume, TODAY)).verdict == expected


@each("requirement, resume, expected", [tuple(line.split(" | ")) for line in NOT_ONES_OWN.splitlines() if line])
def test_what_is_wished_for_or_checked_for_others_is_not_held(requirement, resume, expected):
    demand = certificates.asked(requirement)
    assert demand is not None
    assert (certificates.held_answer(demand, certificates.stated(resume, TODAY)).verdict == "met") == (expected == "met")


@each(
    "text, count",
    [
        ("Check the ALS certificates of every applicant", 1),
        ("Objective: to become a nurse with an ALS certificate", 1),
        ("ALS, valid to 2029", 0),
    ],
)
def test_where_papers_of_others_stand(text, count):
    assert len({start for start, _ in certificates.not_held(text, TODAY)}) >= count == bool(certificates.not_held(text, TODAY))


@pytest.mark.parametrize(
    "requirement, resume, verdict",
    [
        ("Current registration with the NMC (adult nursing)", "NMC registration lapsed in 2017", "not_met"),
        ("Current registration with the NMC (adult nursing)", "NMC PIN (lapsed 2019)", "not_met"),
        ("CILT membership", "Member of CILT (CMILT)", "met"),
        ("CILT membership", "Transport manager (CPC holder) with 21 years in road haulage", "not_said"),
        ("Transport Manager CPC", "Transport manager (CPC holder) with 21 years in road haulage", "met"),
    ],
)
def test_a_lapsed_registration_and_a_neighbouring_paper_are_none(requirement: str, resume: str, verdict: str):
    demand = certificates.asked(requirement)
    assert demand is not None and certificates.held_answer(demand, certificates.stated(resume)).verdict == verdict


@pytest.mark.parametrize(
    "requirement, resume, verdict",
    [
        ("Level 3 Award in Food Safety (or equivalent), in date", "Level 2 Food Hygiene, 2019", "partly"),
        ("Level 3 Award in Food Safety (or equivalent)", "Level 3 Food Safety, 2024", "met"),
        ("中级会计师或同等职称", "初级会计师", "partly"),
        ("初级会计师或同等职称", "中级会计师", "met"),
    ],
)
def test_what_is_equivalent_is_of_no_lower_level(requirement: str, resume: str, verdict: str):
    demand = certificates.asked(requirement)
    assert demand is not None and certificates.answer(demand, certificates.stated(resume)).verdict == verdict


@pytest.mark.parametrize("requirement", ["熟悉信用证、T/T等结算方式", "会开信用证，审单", "熟悉信用證", "有验证经验", "负责凭证录入"])
def test_words_that_end_like_a_certificate_ask_for_none(requirement: str):
    assert certificates.asked(requirement) is None
