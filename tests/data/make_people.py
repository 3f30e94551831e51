"""Invent people and resumes in several layouts that differ in the person only: for blind mode."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from pypinyin import lazy_pinyin

CHINESE = """
张三 李想 王建国 陈屿舟 欧阳锋 欧阳娜娜 司马长风 诸葛明 慕容雪 张王小明 单雄信 高明 方圆 向阳 李宁 周静 吴涵 何飞 任盈盈 解晓东
仇英 余生 令狐冲 杨过 郭襄 于谦 沈从文 白云 文静 程成 石磊 江南 华罗庚 安乐 万里 宁静
阿依古丽·买买提 买买提·艾力 古丽娜·阿不都热合曼
""".split()
ENGLISH = [
    *("Jane Doe", "Will Young", "May Chen", "Ruby Stone", "Li Wei", "Anne-Marie O'Brien", "José García", "Søren Kjær"),
    *("Ludwig van Beethoven", "Xiaoming Zhang", "Priya Venkatesan", "Maya Jackson", "Mark Price", "Jordan Bell", "Fatima Al Sayed"),
    *("Julia Swift", "Aaron Feldstein", "Oluwaseun Adeyemi", "Grace Hopper", "Jasper Long", "Sun Yi", "Mary Ann Brook"),
    *("Thomas Mason-Lee", "Ray Page"),
]
_COMPOUND = ("欧阳", "司马", "诸葛", "慕容", "令狐")
_CITIES = "湖南长沙 北京 四川省成都市 新疆喀什 黑龙江 山东青岛 广西桂林".split()
_TOWNS = ["Leeds, United Kingdom", "Milan", "Lagos, Nigeria", "Chicago, IL", "Frankfurt"]
_PEOPLES = "汉族 回族 维吾尔族 壮族 满族 土家族".split()
_FAMILIES = "已婚 未婚 已婚已育 离异".split()
_ENGLISH_FAMILIES = ["Single", "Married", "Married with two children", "Divorced"]


@dataclass(frozen=True)
class Person:
    """Someone who does not exist."""

    name: str
    is_woman: bool
    age: int
    home: str
    people: str
    family: str
    party: str
    phone: str
    mail: str
    identity: str
    account: str
    has_photo: bool
    height: int

    @property
    def traces(self) -> list[str]:
        """Return what nobody may find in the masked text."""
        parts = [part for part in self.name.replace("·", " ").split() if len(part) > 3]
        told = [f"{self.age}岁", f"{self.age} years", f"{self.born}.", f"{self.born}年"]
        return [self.name, *parts, self.phone, self.mail, self.identity, self.account, *told]

    @property
    def sex(self) -> str:
        """Return the sex in Chinese."""
        return "女" if self.is_woman else "男"

    @property
    def born(self) -> int:
        """Return the year of birth."""
        return 2025 - self.age

    def he(self, form: str) -> str:
        """Return the pronoun of this person: one of "he", "his", "him", "himself"."""
        return {"he": "she", "his": "her", "him": "her", "himself": "herself"}[form] if self.is_woman else form


def make_person(seed: int, chinese: bool, name: str) -> Person:
    """Return the person of a seed, with this name."""
    dice = random.Random(seed)
    letters = "".join(lazy_pinyin(name)) if chinese else name.lower()
    account = "".join(letter for letter in letters if letter.isascii() and letter.isalnum()) + dice.choice(["", "88", "1995"])
    return Person(
        name=name,
        is_woman=dice.random() < 0.5,
        age=dice.randint(21, 59),
        home=dice.choice(_CITIES if chinese else _TOWNS),
        people=dice.choice(_PEOPLES),
        family=dice.choice(_FAMILIES if chinese else _ENGLISH_FAMILIES),
        party=dice.choice(["中共党员", "共青团员", "群众"]),
        phone=_phone(dice, chinese),
        mail=f"{account}@{dice.choice(['example.com', 'mail.example.org', 'qq.example.cn'])}",
        identity=_identity(dice),
        account=account,
        has_photo=dice.random() < 0.5,
        height=dice.randint(150, 198),
    )


def _phone(dice: random.Random, chinese: bool) -> str:
    digits = "".join(dice.choices("0123456789", k=8))
    if chinese:
        return dice.choice(["138{}{}", "+86 139 {} {}", "157-{}-{}", "186 {} {}"]).format(digits[:4], digits[4:])
    return dice.choice(["+1 (503) 555-{}", "+44 20 7946 {}", "(415) 555-{}", "+49 1511 234 {}"]).format(digits[4:])


def _identity(dice: random.Random) -> str:
    birthday = f"{dice.randint(1960, 2003)}0{dice.randint(1, 9)}{dice.randint(10, 28)}"
    digits = f"{dice.choice(['110105', '430102', '510107'])}{birthday}{dice.randint(100, 999)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return digits + "10X98765432"[total % 11]


CHINESE_WORK = """万象云图科技 高级后端工程师 2019.07 – 至今
- 负责支付网关，峰值 4.5 万QPS，可用性 99.99%，对接 14 家渠道。
- 参与李宁品牌项目与女性健康 App，其他同事负责男装频道；版本 3.8.1380.0000。
教育背景
海州大学 软件工程 本科 2012.09 – 2016.06"""
ENGLISH_WORK = """Fjordpay  Senior Software Engineer  Mar 2020 – present
- Designed the authorisation service in Go: 5,200 requests per second, p99 of 96 ms since May 2021.
- Moved from Ruby on Rails to Java (Jackson), with Julia notebooks; the team will grow.
Education
Nordvik Institute  MSc Computer Science  2014 – 2016"""


def _chinese(head: list[str], work: str = "- 主导清分改造。") -> str:
    return "\n".join([*head, "", "工作经历", work, CHINESE_WORK])


def _english(head: list[str], work: str = "- Led a team of five.") -> str:
    return "\n".join([*head, "", "Experience", work, ENGLISH_WORK])


def title_line(person: Person) -> str:
    facts = [person.sex, f"{person.age}岁", person.people, person.family, "8年经验", "本科"]
    photo = ["照片"] if person.has_photo else []
    work = f"- {person.name}带领 5 人小组完成重构，{person.name}负责评审。"
    return _chinese([person.name, " | ".join(facts), *photo, f"{person.phone}  {person.mail}"], work)


def fields_in_one_line(person: Person) -> str:
    first = f"姓名：{person.name}  性别：{person.sex}  年龄：{person.age}岁  民族：{person.people}  工作年限：8年"
    second = f"籍贯：{person.home} 婚姻状况：{person.family} 政治面貌：{person.party} 学历：本科"
    third = f"电话：{person.phone}（微信同号） | 邮箱：{person.mail} | 现居：{person.home} | 求职意向：后端"
    title = "女士" if person.is_woman else "先生"
    return _chinese(["个人简历", first, second, third, f"身份证号：{person.identity}"], f"- {person.name}{title}主导清分改造。")


def label_per_line(person: Person) -> str:
    head = ["【基本信息】", f"姓名：{person.name}", f"性别：{person.sex}", f"出生年月：{person.born}.03", f"身高：{person.height}cm"]
    head += ["照片："] if person.has_photo else []
    head += [f"家庭住址：{person.home}人民路 8 号", f"政治面貌：{person.party}", f"联系电话：{person.phone}"]
    head += [f"E-mail：{person.mail}", "工作年限：8年", f"GitHub：github.com/{person.account}"]
    return _chinese(head, f"- 开源项目 github.com/{person.account}/ledger，870 Star。")


def grid_without_colons(person: Person) -> str:
    rows = [f"姓名  {person.name}  性别  {person.sex}", f"年龄  {person.age}  民族  {person.people}"]
    return _chinese(["个人简历", *rows, f"手机  {person.phone}  邮箱  {person.mail}", "学历  本科  专业  软件工程"])


def values_below(person: Person) -> str:
    head = ["姓名", person.name, "性别", person.sex, "年龄", str(person.age), "手机", person.phone, "求职意向", "后端工程师"]
    return _chinese(head)


def chinese_prose(person: Person) -> str:
    other = "她" if person.is_woman else "他"
    about = f"{person.name}，{person.sex}，{person.age}岁，{person.family}，毕业于海州大学。{person.name}擅长分布式系统，"
    about += f"{other}带过 5 人团队，同事评价{other}靠谱。"
    letter = f"尊敬的招聘经理：我叫{person.name}，今年{person.age}岁，出生于{person.born}年5月，是一名{person.sex}程序员，"
    letter += f"电话{person.phone}，邮箱{person.mail}，身份证{person.identity}。"
    return _chinese(["自我介绍", letter, about], f"- {other}主导清分改造。")


def chinese_with_pinyin(person: Person) -> str:
    syllables = lazy_pinyin(person.name)
    family = 2 if person.name[:2] in _COMPOUND else 1
    last, first = "".join(syllables[:family]).capitalize(), "".join(syllables[family:]).capitalize()
    paper = f"- 论文：{first} {last}, A. Turing. Ledgers at Scale. ICSE 2023. 代码：https://gitee.com/{person.account}"
    return _chinese([f"{person.name}  求职意向：后端工程师", f"电话：{person.phone}"], paper)


def english_header(person: Person) -> str:
    work = f"- {person.name.split()[0]} led a team of five; {person.he('he')} mentors {person.he('his')} colleagues."
    return _english([person.name, "Senior Backend Engineer", f"{person.phone} | {person.mail}"], work)


def english_fields(person: Person) -> str:
    sex = "Female" if person.is_woman else "Male"
    head = ["Curriculum Vitae", f"Name: {person.name}", f"Gender: {sex}  Age: {person.age}  Marital status: {person.family}"]
    head += [f"Date of birth: 3 May {person.born}", f"Nationality: {person.home.split(',')[0]}n"]
    head += [f"Address: 12 High Street, {person.home}", f"Phone: {person.phone}", f"Email: {person.mail}"]
    head += ["Photo: attached"] if person.has_photo else []
    return _english([*head, "Years of experience: 8"])


def english_in_one_line(person: Person) -> str:
    sex, title = ("Female", "Ms.") if person.is_woman else ("Male", "Mr.")
    facts = [person.name, sex, f"{person.age} years old", person.phone, person.mail, f"linkedin.com/in/{person.account}"]
    work = f"- {title} {person.name.split()[-1]} led a team of five."
    return _english(["  |  ".join(facts), "Senior Backend Engineer"], work)


def english_letter(person: Person) -> str:
    sex = "female" if person.is_woman else "male"
    body = f"My name is {person.name}, I am {person.age} years old and I work as a {sex} engineer."
    head = ["Dear hiring manager,", f"{body} Reach me at {person.mail} or {person.phone}.", "I have built ledgers for 8 years."]
    return "\n".join([_english(head), "Sincerely,", person.name])


def english_third_person(person: Person) -> str:
    he, his, him, himself = (person.he(form) for form in ("he", "his", "him", "himself"))
    about = f"{person.name} is a backend engineer. {he.capitalize()} taught {himself} Go, and {his} team relies on {him}."
    work = f"- {person.name.split()[0]} led the migration; {he} cut {his} costs by 37%. {person.name}'s ledgers reconcile."
    return _english([f"Resume of {person.name}", f"Email: {person.mail}", "Summary", about], work)


Layout = Callable[[Person], str]
CHINESE_LAYOUTS: tuple[Layout, ...] = (title_line, fields_in_one_line, label_per_line, grid_without_colons, values_below, chinese_prose)
PINYIN_LAYOUTS: tuple[Layout, ...] = (chinese_with_pinyin,)
ENGLISH_LAYOUTS: tuple[Layout, ...] = (english_header, english_fields, english_in_one_line, english_letter, english_third_person)
