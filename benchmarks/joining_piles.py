"""Build 60 small piles of files as HR gets them, with whose each file is: what joining files to candidates is measured on.

Written without sight of the rules that join. Nobody: the file is no candidate's own, such as the words of a mail that forwards resumes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import count

NOBODY = ""
BY_NAME_ONLY = "~"
"""Stands behind the owner of a file that has nothing in common with the owner's other files but the name."""


@dataclass(frozen=True)
class PileFile:
    """A file of a pile: its bytes, and of each file in it (itself, or what a mail brings) whose it is, by a name that no other has."""

    name: str
    data: bytes
    owners: dict[str, str]


@dataclass(frozen=True)
class UploadedPile:
    """Some files that were uploaded together."""

    kind: str
    files: Sequence[PileFile]


_PHONES = (f"1390000{number:04}" for number in count(1200, 37))
_CHINESE_JOBS = (
    ("后端工程师", "负责订单系统的设计与开发，接口延迟下降四成", "Java、MySQL、Redis", "计算机科学"),
    ("总账会计", "编制月报与年报，组织税务申报，对接外部审计", "Excel、SAP、用友", "会计学"),
    ("护士长", "管理三十张床位的护理工作，带教新护士十二名", "急救、静脉输液、护理质控", "护理学"),
    ("电气工程师", "完成两条产线的电气改造，停机时间减少三成", "PLC、AutoCAD、EPLAN", "电气工程"),
    ("销售经理", "负责华东区渠道，三年销售额翻倍", "大客户谈判、渠道管理", "市场营销"),
    ("语文教师", "任教初三毕业班，组织校刊与朗诵社", "课程设计、班级管理", "汉语言文学"),
)
_ENGLISH_JOBS = (
    ("Backend engineer", "Designed the order service, latency down by 40%", "Java, MySQL, Redis", "Computer Science"),
    ("Accountant", "Closed the monthly books and worked with the auditors", "Excel, SAP", "Accounting"),
    ("Nurse", "Ran a ward of thirty beds and trained twelve new nurses", "First aid, triage", "Nursing"),
    ("Electrical engineer", "Rebuilt two lines, downtime reduced by a third", "PLC, AutoCAD, EPLAN", "Electrical Engineering"),
    ("Sales manager", "Built the eastern region, revenue doubled in three years", "Negotiation, channel sales", "Marketing"),
    ("Teacher", "Taught final-year classes and edited the school magazine", "Course design", "Literature"),
)


def phone() -> str:
    """Return a number that no other pile has."""
    return next(_PHONES)


def chinese(name: str, number: str = "", mail: str = "", job: int = 0, school: str = "江城大学", since: int = 2019, more: str = "") -> str:
    """Write a resume in Chinese."""
    title, deed, skills, subject = _CHINESE_JOBS[job % 6]
    contacts = " | ".join(filter(None, (f"电话：{number}" if number else "", f"邮箱：{mail}" if mail else "")))
    return "\n".join(
        filter(
            None,
            (
                *(name, contacts, "教育背景", f"{since - 4}.09-{since}.06 {school} {subject} 本科", "工作经历"),
                *(f"{since}.07-至今 远山集团 {title}", f"- {deed}", "专业技能", skills, more),
            ),
        )
    )


def english(name: str, number: str = "", mail: str = "", job: int = 0, school: str = "Rivertown University", since: int = 2019) -> str:
    """Write a resume in English."""
    title, deed, skills, subject = _ENGLISH_JOBS[job % 6]
    contacts = " | ".join(filter(None, (number, mail)))
    lines = (name, contacts, "Education", f"Sep {since - 4} - Jun {since} {school}, B.A. in {subject}", "Work experience")
    return "\n".join(filter(None, (*lines, f"Jul {since} - present, {title}, Far Hills Group", f"- {deed}", "Skills", skills)))


def letter(name: str, signature: str = "", job: int = 0) -> str:
    """Write a cover letter in Chinese."""
    return "\n".join(
        filter(
            None,
            (
                "尊敬的招聘负责人：",
                f"您好！我是{name}，从贵公司官网看到{_CHINESE_JOBS[job % 6][0]}的招聘信息，非常希望加入贵公司。",
                "过去几年我一直在这个行业工作，能吃苦，也善于与人合作。随信附上我的简历，期待有机会与您面谈。",
                *("此致", "敬礼", name, signature),
            ),
        )
    )


def english_letter(name: str, signature: str = "", job: int = 0) -> str:
    """Write a cover letter in English."""
    return "\n".join(
        filter(
            None,
            (
                "Dear hiring manager,",
                f"I am writing to apply for the position of {_ENGLISH_JOBS[job % 6][0].lower()} that you advertised last week.",
                "For several years I have worked in this field, and I would be glad to bring what I learned to your team.",
                "My resume is enclosed. I look forward to hearing from you.",
                *("Yours sincerely,", name, signature),
            ),
        )
    )


def certificate(name: str, title: str = "优秀员工") -> str:
    """Write the text of a certificate."""
    return f"荣誉证书\n{name} 同志：\n在 2022 年度工作中成绩突出，被评为{title}。\n特发此证，以资鼓励。\n远山集团\n2023 年 1 月 15 日"


def text_file(name: str, text: str, owner: str) -> PileFile:
    """Return a text file of one person."""
    return PileFile(name, text.encode("utf-8"), {name: owner})


def mail_file(name: str, subject: str, body: str, owner: str, *attached: PileFile, sender: str = "hr@agency.example.com") -> PileFile:
    """Return a mail whose words are `owner`'s, with files."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "jobs@example.com", subject
    message.set_content(body)
    owners = {"body.txt": owner} if attached else {name: owner}
    for file in attached:
        owners |= file.owners
        message.add_attachment(file.data, maintype="text", subtype="plain", filename=file.name)
    return PileFile(name, message.as_bytes(), owners)


def piles() -> Iterator[UploadedPile]:
    """Give all piles."""
    for kind, made in (
        ("resume, letter, certificate", _with_papers()),
        ("namesakes", _namesakes()),
        ("an agency's phone", _agencies()),
        ("versions and languages", _versions()),
        ("mails", _mails()),
        ("referees and families", _mentioned()),
    ):
        for files in made:
            yield UploadedPile(kind, files)


def _with_papers() -> Iterator[list[PileFile]]:
    for job, name in enumerate(("林知遥", "欧阳修远", "陈屿舟", "周予安")):
        number, mail = phone(), f"person{job}@mail.example.com"
        files = [
            text_file("简历.txt", chinese(name, number, mail, job), "A"),
            text_file("求职信.txt", letter(name, f"电话：{number}", job), "A"),
        ]
        yield files if job % 2 else [*files, text_file(f"{name}-荣誉证书.txt", f"{certificate(name)}\n联系电话 {number}", "A")]
    for job, name in enumerate(("Maya Lindqvist", "Tom Okafor", "Ana-Maria Popescu")):
        mail = f"{name.split()[0].lower()}@mail.example.com"
        resume = text_file(f"{name} CV.txt", english(name, f"+44 7700 90{job:04}", mail, job), "A")
        yield [resume, text_file(f"{name} cover letter.txt", english_letter(name, mail, job), "A")]
    name, number = "许望舒", phone()
    yield [
        text_file("许望舒_求职信.txt", letter(name, f"手机 {number[:3]} {number[3:7]} {number[7:]}"), "A"),
        text_file("许望舒_简历.txt", chinese(name, number), "A"),
        text_file("赵青_简历.txt", chinese("赵青", phone(), job=1), "B"),
        text_file("赵青_求职信.txt", letter("赵青", "zhaoqing@mail.example.com", 1), "B~"),
    ]
    for name in ("高远", "何静宜"):  # the letter and the certificate say the name only
        yield [
            text_file(f"{name}简历.txt", chinese(name, phone(), job=2), "A"),
            text_file(f"{name}求职信.txt", letter(name, job=2), "A~"),
            text_file(f"{name}获奖证书.txt", certificate(name), "A~"),
        ]


def _namesakes() -> Iterator[list[PileFile]]:
    for job in range(4):
        yield [
            text_file(f"张伟{index}.txt", chinese("张伟", phone(), f"zw{job}{index}@mail.example.com", job + index), "AB"[index])
            for index in (0, 1)
        ]
    yield [
        text_file("张伟-北京.txt", chinese("张伟", phone()), "A"),
        text_file("张伟-上海.txt", chinese("张伟", "", "zhangwei@mail.example.com"), "B"),
    ]
    yield [
        text_file("张伟.txt", chinese("张伟", phone(), since=2012), "A"),
        text_file("张伟 (1).txt", chinese("张伟", phone(), since=2020), "B"),
        text_file("求职信.txt", letter("张伟"), NOBODY),  # nobody can say whose
    ]
    yield [text_file(f"王芳-{owner}.txt", chinese("王芳", phone(), school="江城大学", since=2019), owner) for owner in "ABC"]
    for job in range(3):
        yield [
            text_file("David Chen.txt", english("David Chen", f"+1 415 555 01{job:02}", f"dchen{job}@mail.example.com", job), "A"),
            text_file(
                "Chen David.txt", english("David Chen", f"+1 212 555 01{job + 20}", f"david.chen{job}@web.example.org", job + 1), "B"
            ),
        ]


def _agencies() -> Iterator[list[PileFile]]:
    people = ("李敏", "吴刚", "郑爽爽", "孙一航", "钱多多", "冯程程")
    for size in (2, 3, 4):
        number = phone()
        yield [text_file(f"{name}.txt", chinese(name, number, job=job), name) for job, name in enumerate(people[:size])]
    for size in (2, 3):
        more = "猎头顾问：陈经理 consult@agency.example.com"
        yield [text_file(f"{name}.txt", chinese(name, phone(), job=job, more=more), name) for job, name in enumerate(people[-size:])]
    number = phone()
    yield [
        text_file("张伟1.txt", chinese("张伟", number, job=0, school="江城大学", since=2015), "A"),
        text_file("张伟2.txt", chinese("张伟", number, job=2, school="海东医学院", since=2021), "B"),
        text_file("李敏.txt", chinese("李敏", number, job=1), "C"),
    ]
    number = phone()
    yield [
        text_file("李敏中文.txt", chinese("李敏", number, "limin@mail.example.com"), "A"),
        text_file("李敏英文.txt", english("Min Li", number, "limin@mail.example.com"), "A"),
        text_file("吴刚.txt", chinese("吴刚", number, "wugang@mail.example.com", 3), "B"),
    ]
    mail = "talents@agency.example.com"
    yield [text_file(f"{name}.txt", chinese(name, "", mail, job), name) for job, name in enumerate(people[1:4])]
    yield [text_file(f"{name}.txt", english(name, "+44 20 7946 0018", "", job), name) for job, name in enumerate(("Amy Wood", "Joe Field"))]
    number = phone()
    yield [
        text_file("吴刚.txt", chinese("吴刚", number), "A"),
        text_file("吴刚 新.txt", chinese("吴刚", number, since=2018, more="2025 年获得架构师认证"), "A"),
        text_file("孙一航.txt", chinese("孙一航", phone(), job=4, more=f"推荐人 猎头 {number}"), "B"),
    ]


def _versions() -> Iterator[list[PileFile]]:
    pairs = (
        ("林知遥", "Zhiyao Lin"),
        ("欧阳修远", "Xiuyuan Ouyang"),
        ("陈屿舟", "CHEN Yuzhou"),
        ("周予安", "Yu'an Zhou"),
        ("许望舒", "Wangshu XU"),
    )
    for job, (name, latin) in enumerate(pairs):
        number = phone()
        abroad = f"+86 {number[:3]} {number[3:7]} {number[7:]}" if job % 2 else f"(+86){number}"
        yield [
            text_file("中文简历.txt", chinese(name, number, f"v{job}@mail.example.com", job), "A"),
            text_file("Resume.txt", english(latin, abroad, "" if job == 3 else f"v{job}@mail.example.com", job), "A"),
        ]
    yield [  # a new number, the old mail
        text_file("何静宜2023.txt", chinese("何静宜", phone(), "hejingyi@mail.example.com", 4), "A"),
        text_file("何静宜2026.txt", chinese("何静宜", phone(), "HeJingyi@mail.example.com", 4, more="2025 年起带团队 8 人"), "A"),
    ]
    number = phone()
    yield [  # an English given name
        text_file("张凯文.txt", chinese("张凯文", number, "kevin.zhang@mail.example.com"), "A"),
        text_file("Kevin Zhang.txt", english("Kevin Zhang", f"+86 {number}", "kevin.zhang@mail.example.com"), "A"),
    ]
    number = phone()
    yield [  # the same for two jobs
        text_file("高远-后端.txt", chinese("高远", number, job=0), "A"),
        text_file("高远-架构.txt", chinese("高 远", f"{number[:3]}-{number[3:7]}-{number[7:]}", job=0, since=2018), "A"),
        text_file("高远-后端 (1).txt", chinese("高远", number, job=0), "A"),
    ]
    yield [  # traditional and simplified characters
        text_file("简体.txt", chinese("陈国荣", "", "kwokwing@mail.example.com", 1), "A"),
        text_file("繁體.txt", chinese("陳國榮", "", "kwokwing@mail.example.com", 1).replace("工作经历", "工作經歷"), "A"),
    ]
    yield [
        text_file("Maya Lindqvist.txt", english("Maya Lindqvist", "+46 70 123 45 67", "maya@mail.example.com"), "A"),
        text_file("M. Lindqvist short.txt", english("Maya E. Lindqvist", "070-123 45 67", "maya@mail.example.com", since=2018), "A"),
    ]


def _mails() -> Iterator[list[PileFile]]:
    for job, words in enumerate(
        ("请看附件", "您好，推荐两位候选人，简历见附件，请查收。\n陈经理 13900009999", "FYI, see attached.\n\nBest regards\nKate")
    ):
        first = text_file("李敏简历.txt", chinese("李敏", phone(), job=job), "A")
        yield [
            mail_file("转发.eml", "转发：简历", words, NOBODY, first, text_file("吴刚简历.txt", chinese("吴刚", phone(), job=job + 1), "B"))
        ]
    for job, words in enumerate(
        ("FYI see attached", "请看附件", "王经理，您好：\n附件是候选人的简历和证书，麻烦安排面试，谢谢！\n\n李娜\n人力资源部 13900008888")
    ):
        papers = text_file("证书.txt", certificate("郑爽爽"), "A") if job else text_file("求职信.txt", letter("郑爽爽"), "A")
        yield [mail_file("fwd.eml", "Fwd: 应聘", words, NOBODY, text_file("resume.txt", chinese("郑爽爽", phone(), job=job), "A"), papers)]
    number = phone()
    body = chinese("孙一航", number, "sunyihang@mail.example.com", 3)
    yield [
        mail_file(
            "应聘.eml", "应聘电气工程师", body, "A", text_file("证书.txt", certificate("孙一航"), "A"), sender="sunyihang@mail.example.com"
        )
    ]
    yield [mail_file("应聘会计.eml", "应聘会计", chinese("钱多多", phone(), job=1), "A", sender="qdd@mail.example.com")]
    yield [  # their Chinese and their English resume, with different numbers
        mail_file(
            "application.eml",
            "Application: backend engineer",
            "Dear HR team,\nplease find my resume in Chinese and in English attached.\nBest regards\nZhiyao Lin",
            "A",
            text_file("中文简历.txt", chinese("林知遥", phone()), "A"),
            text_file("english.txt", english("Zhiyao Lin", "+44 7700 900123"), "A"),
            sender="zhiyao@mail.example.com",
        )
    ]
    yield [  # the resume came by itself as well
        mail_file(
            "应聘.eml",
            "应聘销售经理",
            letter("冯程程", job=4),
            "A",
            text_file("附件简历.txt", chinese("冯程程", "13900007001", job=4), "A"),
        ),
        text_file("冯程程.txt", chinese("冯程程", "13900007001", job=4, more="可随时到岗"), "A"),
        text_file("李敏.txt", chinese("李敏", phone()), "B"),
    ]


def _mentioned() -> Iterator[list[PileFile]]:
    for job in range(4):
        number = phone()
        yield [
            text_file("张伟.txt", chinese("张伟", number, job=job), "A"),
            text_file("李雷.txt", chinese("李雷", phone(), job=job + 1, more=f"证明人：张伟 {number}"), "B"),
        ]
    for job, (first, second) in enumerate((("王芳", "王强"), ("王芳", "王芳芳"))):
        number = phone()
        home = [text_file(f"{name}.txt", chinese(name, number, job=job + index), name) for index, name in enumerate((first, second))]
        yield home
    number = phone()
    yield [
        text_file("Amy Wood.txt", english("Amy Wood", "+44 7700 900200", "amy@mail.example.com"), "A"),
        text_file(
            "Joe Field.txt", f"{english('Joe Field', '+44 7700 900201')}\nReferences: Amy Wood, +44 7700 900200, amy@mail.example.com", "B"
        ),
    ]
    yield [
        text_file("刘洋.txt", chinese("刘洋", phone(), "liuyang@mail.example.com"), "A"),
        text_file("刘洋推荐信.txt", f"推荐信\n尊敬的招聘方：\n我是刘洋的前主管陈立。刘洋工作认真，特此推荐。\n陈立 {phone()}", "A~"),
    ]
    yield [text_file(f"{name}.txt", chinese(name, "", "family@mail.example.com", job), name) for job, name in enumerate(("何苗", "何田"))]
    yield [
        text_file("李娜 简历.txt", chinese("李娜", number, job=5), "A"),
        text_file("李娜 英文.txt", english("Li Na", number, job=5), "A"),
        text_file("李娜 (上海).txt", chinese("李娜", phone(), job=1), "B"),
    ]
