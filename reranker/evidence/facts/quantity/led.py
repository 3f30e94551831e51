"""Tell whether the people that a clause counts are led by the one who writes, or only worked with, served or counted."""

import re

from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.quantity.amounts import NUMBERS, find_amounts, whole_words

_WORDS = NUMBERS["people"]


def _pattern(kind: str, before: str = "", behind: str = "") -> re.Pattern[str]:
    return re.compile(rf"{before}{whole_words(_WORDS[kind])}{behind}", re.IGNORECASE)


_NO_LEADING = r"(?!系统|平台|后台|软件|制度|流程|学院|专业|咨询|经验|会计|费用|账)"
_LEAD = _pattern("lead", behind=_NO_LEADING)
_TITLE = _pattern("titles")
_FOUND = _pattern("found", behind=r"了?(?:\s?(?:一个|一支|约|近|共|公司|a|an|the|team|团队|from|to|of|about|over|\d{1,3})){0,6}\s{0,2}$")
_FOUND_BEFORE = _pattern("found")
_BRINGS = re.compile(rf"(?:带|率|领|管|盯)(?!来|货|动|宽|薪|病|头|理|道|线|家|学生|学员|孩子|客户)[{CJK}]{{0,10}}$")
_ROLE_OF = re.compile(
    r"(?:下属|手下|团队|下辖|带|班组)[^。；;\n\d]{0,6}"
    rf"(?:[{CJK}]{{1,4}}\d{{1,3}}[\s、，,]{{0,2}}){{0,4}}[{CJK}]{{1,3}}[师工员手长]\s?$"
)
_OF_UNIT = re.compile(r"的(?:车间|团队|部门|班组|工厂|门店|工地|项目部)")
"""Behind people whom "负责" leads: 负责10条产线、240人的车间."""
_FOR_THEM = re.compile(r"(?:^|[，,；;、\s])(?:为|给|替|帮助?|协助|配合)\s?$")
"""What is done for the people that are counted next: 为6位大客户经理准备报价单."""
_SIZE_BEHIND_NAME = re.compile(r"[(（](?:约|近|超过?|about|over|approx\.? )?\s?$")
_OF_ANY_TRADE = re.compile(r"(?:employees|staff|people|人|员工)\s?$")
_RAN_WITH = re.compile(r"\b(?:ran|run|running|runs)\b[^.;\n]{0,40}\bwith (?:about |over |around |some )?$")
"""Ran six sites with 340 employees."""
_EACH = re.compile(
    r"(?P<groups>\d{1,2}|[一二两三四五六七八九十])\s?个?(?:组|班|队|店|车间|团队|小组|门店)[^。；;\n\d]{0,4}每(?:个)?(?:组|班|队"
    r"|店|车间|团队|小组|门店)(?:约|有|各)?\s?$"
    r"|(?P<heads>\d{1,2}|[一二两三四五六七八九十])\s?[个名位][^。；;\n\d，,]{1,6}[，,]\s?每[个名位人][^。；;\n\d，,]{0,6}[带管有]\s?$"
    r"|(?P<english>\d{1,2}|two|three|four|five|six) (?:crews|teams|shifts|gangs|squads|groups|sites|stores) (?:of|with|each of)$"
)
_TEAM = _pattern("team")
_MEMBER_BEFORE = _pattern(
    "member_before", behind=r"(?:的|了)?\s?(?:一个|一支|约)?\s?(?:[a-z-]{1,14}\s){0,2}(?:(?:team|group|squad) of\s?)?(?:about |over )?$"
)
_MEMBER_BEHIND = _pattern("member_behind", before=r"^[^，,。]{0,8}?")
_OTHERS_BEFORE = _pattern("others_before", behind=r"了?[\s约近超过]{0,3}(?:about |over |more than |a |the ){0,2}$")
_OTHERS_BEHIND = _pattern("others_behind", before=r"^(?:以上|左右|规模|级)?[\s的]{0,2}(?:大型|行业)?")
_TEAM_OF = re.compile(
    r"(?:\b(?:teams?|groups?|staff|crews?|departments?|organi[sz]ations?|functions?|squads?|brigades?|units?|workforce|shifts?|gangs?|pods?|troops?|committees?|choirs?|sections?|span"
    r"|platoons?) (?:gr[eo]w\w* |expanded |scaled )?(?:of|from|to|sized?)(?: about| over| around| at least| up to| more than)?"
    r"|(?:direct reports|(?:teams?|staff|crew|团队|小组|班组)(?=\s?[:：(（])|headcount|team size|团队规模|人数|下属|组员|徒弟"
    r"|编制|带班|later|then|now|after that"
    r"|finally|扩至|增至|扩到|增到|扩大到)[\s:：(（为约有共只]{0,4}(?:of)?)\s?$"
)


_LEADS = re.compile(
    r"\b(?:(?:management|leadership|supervision)(?: of|:)?|(?:line[ -])?manag(?:e[sd]?|ing)|led|leads?|leading|supervis(?:e[sd]?"
    r"|ing)|(?:lead|leader|supervisor|foreman|captain|head|hand|coordinator|manager) (?:for|of|to))"
    r"(?: about| around| over| up to| at least| more than)?\s?$"
)
_LEADER_FOR = re.compile(
    r"\b(?:lead|leader|supervisor|foreman|forewoman|captain|head|hand|coordinator|in charge|responsible|responsibility|accountable) for$"
)


_STUDENTS = re.compile(
    r"学生会|学生(?:社团|组织|干部|团体)|社团|团支书|团委|团总支|班委|辩论队|青协|青年志愿者|志愿者协会"
    r"|校园(?!招聘|招募|宣讲|渠道|市场|店|行)"
    r"|(?:大学|学院|本科|年级|班级)[^，。；\n]{0,12}班长"
    r"|(?<!旅行)(?<!报)(?<!杂志)(?<!出版)(?<!通讯)(?<!合作)社(?:副)?社长"
    r"|\bstudents?['’]? (?:union|society|council|club|association|government|body)\b"
    r"|\b(?:university|college|school) (?:\w+ )?(?:club|society|team)\b"
    r"|\b(?:fraternity|sorority)\b",
    re.IGNORECASE,
)
"""Signs of fellow students: to lead them is to lead no staff; a 班长 of a factory has."""


def is_of_students(line: str) -> bool:
    """Return whether a line tells of a club or a union of students."""
    return _STUDENTS.search(line) is not None


def is_size_of_team(before: str, is_bare: bool) -> bool:
    """Return whether the number behind these words is a team's size, though no unit stands behind it: "team of 12", "line management
    of 5+". `is_bare`: no noun follows at all."""
    return bool(_TEAM_OF.search(before) or _ROLE_OF.search(before) or (is_bare and _LEADS.search(before)))


def is_led(clause: str, sentence: str, start: int, end: int) -> bool:
    """Return whether the people at clause[start:end] are led: no word sets them beside the writer, and a title or a word of leading
    stands in their sentence, or shortly before or behind them."""
    before, after = clause[:start].rstrip() + " ", clause[end:]
    if _is_beside(before, after) or _is_size_of_employer(before.rstrip(), clause[start:end], after):
        return False
    in_sentence = _TITLE.search(sentence) or _LEAD.search(sentence)
    in_sentence = in_sentence or ("负责" in before and _OF_UNIT.match(after))
    around = _BRINGS.search(before.rstrip()) or _RAN_WITH.search(before) or _FOUND.search(before)
    return bool(in_sentence or around or (_TEAM_OF.search(before) and _FOUND_BEFORE.search(before)))


def is_member(clause: str, start: int, end: int) -> bool:
    """Return whether the writer is one of the people at clause[start:end], or works beside them."""
    before, after = clause[:start].rstrip(), clause[end:]
    beside = _MEMBER_BEFORE.search(before + " ")
    if beside and beside[0].startswith("with a") and _TITLE.search(before):  # "store manager with a staff of 22"
        beside = None
    return bool(beside or _MEMBER_BEHIND.search(after))


def groups_before(before: str) -> float:
    """Return how many groups there are of the people that are counted next: 4 after "4个组，每组", 2 after "two crews of"; else 1."""
    match = _EACH.search(before.rstrip())
    return next(amount.high for amount in find_amounts(match["groups"] or match["heads"] or match["english"])) if match else 1.0


_OF_SCHOOL = re.compile(
    r"国际部|学部|学校|校区|班额|大班|年级|(?<!早)(?<!夜)(?<!中)(?<!白)(?<!领)班级"
    r"|幼儿园|\bcohort\b|\byear group\b|\bschool of\b|\bpupils?\b"
)
_OF_STAFF = re.compile(r"团队|下属|员工|教师|老师|职工|\b(?:team|staff|teachers|direct reports)\b")


def are_pupils(clause: str) -> bool:
    """Return whether the people whom the clause of a job counts are those of a school, and not its staff: 300人以上规模的国际部."""
    return _OF_SCHOOL.search(clause) is not None and _OF_STAFF.search(clause) is None


def speaks_of_team(clause: str, start: int, end: int, is_compared: bool) -> bool:
    """Return whether people in the clause of a job are to be led: it says so, or says how many there have to be."""
    is_of_team = is_compared or "人" in clause or _LEAD.search(clause) or _TEAM.search(clause)
    return bool(is_of_team) and not _is_beside(clause[:start].rstrip() + " ", clause[end:])


def _is_size_of_employer(before: str, people: str, after: str) -> bool:
    """Return whether a number of people alone in brackets is how large an employer is: "Sales Manager, Acme (2,000 employees)"."""
    is_alone = _SIZE_BEHIND_NAME.search(before) and _OF_ANY_TRADE.search(people) and re.match(r"\s?[)）]", after)
    return is_alone is not None and not any(words.search(before) for words in (_LEAD, _TITLE, _TEAM, _FOUND_BEFORE))


def _is_beside(before: str, after: str) -> bool:
    stripped = before.rstrip()
    if _FOR_THEM.search(stripped) or (_OTHERS_BEFORE.search(stripped) and not _LEADER_FOR.search(stripped)) or _OTHERS_BEHIND.search(after):
        return True
    return is_member(before + after, len(before), len(before))
