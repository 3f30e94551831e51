"""Find levels that a line implies by a school and a graduation without naming one: 武汉大学会计系毕业 is a Bachelor's."""

import re
from collections.abc import Iterable, Iterator

from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.study.levels import ASSOCIATE, BACHELOR, HIGH_SCHOOL, LevelMention
from reranker.evidence.facts.study.schools import short_names
from reranker.evidence.facts.study.subjects import families

_GRADUATION = re.compile(
    r"(?<=系)出身|肄业(?=于|$|[\s，,。；、)(])|(?:现|正|目前|正在)就读|在[学读](?:中|生)?(?=$|[\s，,。；、)(])|毕业(?!后|生|季|论文|设计|典礼|证)|毕(?=$|[\s，。；、)(])|(?<!\d)(?:\d\d|20\d\d)届"
    r"|系[\s|,，(]{1,3}(?:19|20)\d\d[年./\d月]{0,5}\s?[-~至到]\s?(?:19|20)\d\d|(?:19|20)\d\d[年./\d月]{0,5}\s?[-~至到]\s?(?:19|20)\d\d[^\n]{3,30}系(?=$|[\s|,，(])",
    re.MULTILINE,
)
_STUDY_YEARS = re.compile(r"(?:19|20)\d\d[年./\d月]{0,5}\s?[-~至到]\s?(?:19|20)\d\d|(?<!\d)20\d\d级")
_JOB = re.compile(rf"工程师|[教讲老]师(?!范)|[{CJK}]员(?=$|[\s，,])|教授|主任|经理|助理|[校院]长|工作|任职|岗")
_NAME = re.compile(
    rf"[本大]科院校|[{CJK}]{{1,12}}?(?:大学|学院|专科学校|师专|医专|职院)|[{CJK}]{{1,4}}[商工医护师海农]专(?![业科长])|[{CJK}]{{1,2}}大(?=[{CJK}]{{2,8}}系?所?毕)|双一流高校|(?:985|211)(?:高校|院校|大学)"
)
_SHORTER = re.compile(r"职业|专科|技术学院|[商工护海农师医]专|职院|高专")
_HIGH_SCHOOL = re.compile(r"附中|[一二三四五六七八九十]中|中学")
_OTHER_SCHOOL = re.compile(r"附[属小]|小学|商学院总裁|老年大学|党校|培训")
_UNIVERSITY_GRADUATE = re.compile(rf"大学[{CJK}、/]{{1,12}}(?:毕业(?!证)|毕(?!业)|系(?=$|[\s，,。；;、或]))|本科院校")
_LONGEST_LINE = 60


_GRADUATE = re.compile(
    r"\b(?P<subject>(?:[A-Z][a-z]+ ){1,3})graduates?"
    r"(?! (?:school|trainee|schemes?|program|recruit|teaching|assistant|research|students?|development))\b"
    r"|\b[Gg]raduated? (?:of|from|at) (?:the )?(?:University|(?:[A-Z][\w'.]* ){1,4}(?:University|Institute of Technology))\b"
    r"|(?<=\()[Hh]ons(?=\))"
    r"|\b(?:Freshman|Sophomore|Junior|Senior)(?= year\b|,? [^\n]{3,50}\b(?:[Cc]lass of|graduating|expected))"
    r"|\b[Gg]raduated in (?P<name>(?:[A-Z][a-z]+ ?){1,3})"
)


def implied_levels(text: str, mentions: Iterable[LevelMention]) -> Iterator[LevelMention]:
    """Yield a mention, the word of graduation, for each short line of a folded text that implies a level and names none."""
    named = {text.count("\n", 0, mention.start) for mention in mentions}
    start = 0
    for number, line in enumerate(text.split("\n")):
        if number not in named and len(line) <= _LONGEST_LINE and not _OTHER_SCHOOL.search(line):
            school = _HIGH_SCHOOL.search(line) or _NAME.search(line) or short_names().search(line)
            graduation = _GRADUATION.search(line) or _years_of_study(line)
            if school and graduation:
                yield LevelMention(*_level(line), start + graduation.start(), start + graduation.end())
            elif (graduate := _GRADUATE.search(line)) and _is_of_university(graduate):
                yield LevelMention("bachelor", BACHELOR, start + graduate.start(), start + graduate.end())
        start += len(line) + 1


def _years_of_study(line: str) -> re.Match[str] | None:
    """Return the years of a line that names a subject and no job: 江西职业技术学院，电气自动化，2016-2019."""
    return _STUDY_YEARS.search(line) if families(line) and not _JOB.search(line) else None


def _is_of_university(graduate: re.Match[str]) -> bool:
    name = graduate["subject"] or graduate["name"]
    return name is None or bool(families(name))


def _level(line: str) -> tuple[str, int]:
    if _HIGH_SCHOOL.search(line):
        return "high_school", HIGH_SCHOOL
    return ("associate", ASSOCIATE) if _SHORTER.search(line) else ("bachelor", BACHELOR)


def implies_bachelor(requirement: str) -> bool:
    """Return whether a folded requirement asks for graduates of a university without naming a level: 大学日文系毕业."""
    return _UNIVERSITY_GRADUATE.search(requirement) is not None
