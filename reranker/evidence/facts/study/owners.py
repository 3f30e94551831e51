"""Tell whose degree a mention is: the candidate's, one denied, or somebody else's (a team's, a relative's, a job's demand)."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from preprocess.lexicon import relatives
from preprocess.lexicon.characters import CJK, has_cjk
from reranker.evidence.facts.mentions import clause_around, pattern
from reranker.evidence.facts.study.doubtful import STUDY_WORDS
from reranker.evidence.facts.study.levels import LevelMention, table
from reranker.evidence.facts.study.standing import DegreeStanding
from reranker.evidence.facts.study.subjects import families

_STUDY_WORD = re.compile(
    rf"{STUDY_WORDS[0]}|肄业|[退辍休]学|[读念]到|院校|文化|\d{{4}}"
    rf"|\b(?:{STUDY_WORDS[1]}|qualification|coursework|dissertation|thesis|studies|study|studied|student)\b",
    re.IGNORECASE,
)
"""Wider than beside a doubtful word: 本科, which they stand beside here, is a degree, if it is not somebody else's."""
_DUTY = re.compile(
    r"负责|接待|整理|归档|登记|收集|核[对验实]|审[核查]|录入|协[助调]|组织|策划|对接|跟进|拜访|邀请|联络|采访|服务于|授课|讲授|兼职|培训班|辅导班|签到"
)
_ACTED = re.compile(
    r"\W{0,3}(?!(?:Complet|Graduat|Obtain|Receiv|Earn|Award|Attend|Studi|Finish|Achiev|Gain|Pass|Qualifi|Train|Educat|Enroll?|Major|Dropp|Accept"
    r"|Admitt|Deferr|Suspend|Start|Transferr|Register|Certifi|Conferr|Advanc|Appli|Accelerat|Integrat|Combin|Extend|Accredit|Pursu|Acquir|Secur"
    r"|Return|Discontinu|Abandon|Fail|Reject|Appear|Clear|Upgrad|Relat|Interrupt|Specialis|Specializ)ed\b)[A-Z][a-z]{1,12}ed (?=[a-z])"
)
"""A deed that is none of study opens the clause: "Organised ceremonies for MBA students"."""
_OWN = re.compile(r"本人|我|自己|毕业|就读|[获取]得|攻读|在读|学历[:：]|[上读念考]了|专业")
_HEADCOUNT = re.compile(r"\d\s?[名位个][^，。\d]{0,4}$")
_IS_DEMAND = re.compile(r"\s?(?:学历|学位|生)?\s?(?:[及或]?以上(?!学历$)|\d+\s?[名位人]|优先)")
_GOES_ON = re.compile(
    rf"(?!学[历位]|毕业?|肄业|结业|在读|生(?![{CJK}])|研究|文凭|证|专业|就读|阶段|期间|[非入夜延于是为和及与第已未没考读还均都后念双两退离辍休放只就获报跟再差拿取完修挂进入升转留出上被一二三四五六七八九十]|函授|自考|单招|全日|统招|同等|起点|应届|[上中下]学期|主修|水平|程度|论文)[{CJK}]"
)
_YEAR_OF_STUDY = re.compile(r"[大研博硕][一二三四五]")
_NONE_BEHIND = re.compile(rf"(?:学历)?以下|\s?[:：]\s?(?:无|没有|none\b|nil\b|no\b|not\b|n/a\b)(?![{CJK}])", re.IGNORECASE)
_REFEREES = re.compile(r"\W{0,3}(?:references?|referees?|supervis(?:or|ed by)|推荐人|证明人|导师)\s?[:：]", re.IGNORECASE)
_UNDER = re.compile(
    r"(?:\b(?:to|with|under|by|of) (?:(?:Dr|Prof(?:essor)?|Mrs?|Ms)\.? )?(?P<name>[A-Z][\w'-]{1,20}(?: [A-Z][\w.'-]{0,20}){1,3}), ?"
    r"|\b(?:Dr|Prof(?:essor)?)\.? [A-Z][\w.'-]{0,20}(?: [A-Z][\w.'-]{0,20}){0,3} ?[,(] ?)$"
)
"""Somebody with letters behind the name: "reporting to Helen Moss, PhD"."""
_SCHOOL = re.compile(r"\b(?:Univ\w*|School|College|Institute|Academy|Polytechnic)\b")
_PEOPLE = re.compile(r"(?: [A-Z][\w&]+){1,3} (?:students|interns|holders|colleagues|applicants|candidates|aspirants)\b")
_RELATIVE = re.compile(
    rf"(?:{'|'.join(relatives.CHINESE)}|父母|先生|孩子|子女)(?:[均都也]?[为是在任做]|[均都])"
    rf"|\b(?:{'|'.join(relatives.ENGLISH)}|partner)\b[^,]{{0,12}} (?:is|are|was|were|works?)\b",
    re.IGNORECASE,
)
_OWN_CLAUSE = re.compile(r"本人|我|自己|大学|学院|\d{4}|\b(?:I|my|mine|own|myself)\b")
_NO_DEGREE = re.compile(
    rf"(?:学历|文凭|文化程度|教育程度|教育背景|\b(?:education|qualifications?|degrees?|diplomas?))\s?[:：]\s?(?:无|没有|暂无|\b(?:none|nil|n/a)\b)(?![{CJK}])",
    re.IGNORECASE,
)
_SUBJECT_BEHIND = re.compile(rf"[{CJK}]{{2,8}}(?<![员师生])(?=$|[\s，,。；;、|()\d])", re.MULTILINE)
_SHORT_LINE, _REACH = 40, 100


class DegreeOwner(StrEnum):
    """The one whose degree a mention is; NOBODY: the candidate says to have none."""

    CANDIDATE = "candidate"
    NOBODY = "nobody"
    OTHERS = "others"


def owner(text: str, mention: LevelMention) -> DegreeOwner:
    """Return whose degree a mention in a folded resume is; NOBODY: the resume says that the candidate has none."""
    start, end = mention.start, mention.end
    left, right = clause_around(text, start, end, 60)
    before = text[left:start]
    if _HEADCOUNT.search(before) or _IS_DEMAND.match(text, end, right):
        return DegreeOwner.OTHERS
    if _YEAR_OF_STUDY.fullmatch(text[start:end]) and not before.strip(" 现为是我本人"):
        return DegreeOwner.CANDIDATE
    if _around("others").search(before) or _others_after().match(text, end, right) or _goes_on_about_relative(text, left, right):
        return DegreeOwner.OTHERS
    line_start = text.rfind("\n", 0, start) + 1
    under = _UNDER.search(text, max(line_start, start - _REACH), start)
    if _REFEREES.match(text, line_start) or (under and not _SCHOOL.search(under[0])):
        return DegreeOwner.OTHERS
    if _NONE_BEHIND.match(text, end):
        return DegreeOwner.NOBODY
    if _PEOPLE.match(text, end, right):
        return DegreeOwner.OTHERS
    if _ACTED.match(text, left, start) or (_DUTY.search(text, left, right) and not _OWN.search(text, left, right)):
        return DegreeOwner.OTHERS
    if has_cjk(text[start:end]) and not _is_of_study(text, mention):
        return DegreeOwner.OTHERS
    return DegreeOwner.NOBODY if _denied().search(before) else DegreeOwner.CANDIDATE


def _is_of_study(text: str, mention: LevelMention) -> bool:
    """Return whether a Chinese word stands in a short line or beside a word of study; where another word goes on behind it, beside one."""
    line_start, line_end = text.rfind("\n", 0, mention.start) + 1, text.find("\n", mention.end)
    line_end = line_end if line_end >= 0 else len(text)
    if line_end - line_start <= _SHORT_LINE:
        subject = _SUBJECT_BEHIND.match(text, mention.end)
        if _GOES_ON.match(text, mention.end) is None or (subject and families(subject[0])):
            return True
    left, right = max(line_start, mention.start - _REACH), min(line_end, mention.end + _REACH)
    return _STUDY_WORD.search(text, left, right) is not None


def _goes_on_about_relative(text: str, left: int, right: int) -> bool:
    """Return whether a bare clause goes on about a relative of the clause before it: 父母均为教师，本科学历."""
    if text[left - 1 : left] not in ("，", ",") and text[left - 2 : left] != ", ":
        return False
    before = text[max(0, left - _SHORT_LINE) : left - 1]
    subject = re.split(r"[，。；;！？!?\n|•●]|, |\. ", before.rstrip(" ,"))[-1]
    return _RELATIVE.search(subject) is not None and not _OWN_CLAUSE.search(text, left, right)


def denials(text: str) -> Iterator[tuple[DegreeStanding, int, int]]:
    """Yield (standing, start, end) of words by which a candidate says to have no degree: "no university studies", "dropped out"."""
    for kind, standing in (("nothing", DegreeStanding.DENIED), ("given_up", DegreeStanding.ABANDONED)):
        for match in _around(kind).finditer(text):
            yield standing, *match.span()
    for match in _NO_DEGREE.finditer(text):
        yield DegreeStanding.DENIED, *match.span()


@cache
def _around(kind: str) -> re.Pattern[str]:
    words = [*table()["around"][kind], *((*relatives.CHINESE, *relatives.ENGLISH) if kind == "others" else ())]
    return re.compile(rf"(?:{pattern(words)})(?!要求|限制|门槛)", re.IGNORECASE)


@cache
def _others_after() -> re.Pattern[str]:
    return re.compile(
        rf"\s?生?(?:[、/和及与]\s?(?:博士|硕士|本科|大专|专科|研究生)生?){{0,3}}(?:{pattern(table()['around']['others_after'])})",
        re.IGNORECASE,
    )


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(table()['around']['denied'])})\s?(?:an? |any )?$", re.IGNORECASE)
