"""Find languages by name with a level, a use or a degree beside them: "德语流利", "fluent in German and French", "English: R/W/S"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from reranker.evidence.facts.language.beside import deed_before, level_beside
from reranker.evidence.facts.language.skills import letters_behind, levels_in, levels_of_skills, skills_named
from reranker.evidence.facts.language.words import TABLE, code_lists, is_said_ahead, levels, names, names_in_jobs
from reranker.evidence.facts.mentions import clause_around, line_around

MAX_NAMES = 200
"""Nobody names more; whoever repeats the words takes no more time than that."""
_LONGEST_LEVEL = 24
"""Characters of a level beside a name in a list: "professional working"."""
UNSAID = 3
"""The level of a language that is only named: "Languages: English, Konkani"."""

_CONTINUED = re.compile(
    r"(?:[，,；;]|\sbut)\s?(?:可|能|口语|听|说|讲|读|书面|阅读|会话|沟通|日常|但|现在|目前|只会|就会|早|已|忘|基本|不能|没法"
    r"|(?:speaks? it|poor|weak|forg\w{1,6}|long|about|around|roughly|currently|both|all|level|at|spoken|written|limited|can"
    r"|write|speak|read|can't|cannot|couldn't|reading|writing|speaking"
    r"|use|used|uses|everyday|daily|mother tongue|first language|rusty|mostly|barely|hardly|never|no longer|not|only|just|though|now"
    r"|fluent|native|conversational|intermediate|advanced|basic|proficient)\b)[^，。；,;\n]{0,30}"
)
_SKILLS_LISTED = re.compile(r"[^、，]{0,6}(?:会话|邮件|听|说|读|写|口语|沟通|会议|汇报|交流|书面)、")
"""A list of skills, not of languages: 日语商务会话、邮件无障碍."""
_JOINED = re.compile(r"\s?(?:and|or|&|\(|\+|和|与|及|或|/|、|<-?>|>|-)\s?")
_LISTED = re.compile(r"\s?[,，]\s?(?:and\s)?")
_JOINS = re.compile(
    r"[\s,，、/&+.()和与及或-]|\b(?:and|or|Brazilian|European|Latin American|Castilian|Canadian|Levantine|Gulf|Egyptian|Standard)\b"
)
_OF_ALL = re.compile(r"\s-\s|\s?(?:[:：]|[^，。；;,\n]{0,8}(?:均|都|皆|俱)|[^.;\n]{0,14}\b(?:both|all)\b)")
_LISTS_LANGUAGES = re.compile(r"语言|外语|语种|(?<!an )(?<!by )\binterpreter\b|\btranslator\b|\blanguages?\b|\blang\b", re.IGNORECASE)
_ABLE = re.compile(
    r"能力|商务|证书|等级|会|懂|[讲说](?!明)|要求|优先|加分|必备|需要|掌握|语言|水平|\bspeak[a-z]{0,4}|\blanguages?\b|\bskills?\b|\bknowledge\b"
    r"|\bcommand\b|\brequired\b|\bneeded\b|\bpreferred\b|\bplus\b|\bbilingual\b|\bconvers|口语|听力|会话|翻译|写作|教学|\bteach|\badvantage"
    r"|\basset|\bdesirable|\bessential|\bability|\bfluen|\bknow\b|\bread\b|\bwrite\b|\bmust\b",
    re.IGNORECASE,
)
_INTERPRETER = re.compile(r"\W{0,3}(?:[a-z]{1,12}\s)?(?:interpreter|translator|口译|笔译|翻译)\b", re.IGNORECASE)
_ONLY_THIS = re.compile(r"\s?only\b|一种")
_SENTENCE_END = re.compile(r"[。\n|]|\. ")
_SCALE = re.compile(r"(?<![A-Za-z])(?P<level>[ABC][12])(?![A-Za-z0-9])")
_OF_A_COURSE = re.compile(r"\b(?:passed|exam|certificate|course|class|reading|listening|speaking|resit|sitting)\b|通过|合格", re.IGNORECASE)
_OF_A_LICENCE = re.compile(r"驾|车|licen[cs]|\bclass [A-E]\b|[A-E][12]? class|AWS", re.IGNORECASE)
_NATIONALITY = re.compile(r"(?:ish|ese|an|ic|ch|ek|ech|ai|sh|ew)$", re.IGNORECASE)
_ADJECTIVE = re.compile(
    r"\s(?!speak|lang|skill|know|profi|fluen|level|ess|need|pref|desir|plus|adv|asset|must|requ|is\b|are\b|would|will|as\b|and\b|or\b|at\b|in\b"
    r"|for\b|to\b|with|on\b|abil|comm|comp|writ|read|spoken|oral|verb|exam|test|cert|grad|nativ|moth|if\b|but\b|cons|mand|high|good|not\b|any)"
    r"[a-z]{3,}"
)
_FOR = re.compile(r"\s(?:for|to|at|in|with|on)\b")
_LINK = re.compile(r"\b(?:and|or|but|with)\b|[,;；&/+]")
_NO_NAME = re.compile(r"[比美英法德韩泰各多两三四五]")
"""In front of a name that is none: 比普通话还顺, 多国语言."""
_FLUENT = 5
_BILINGUAL = re.compile(r"\b(?:bilingual|trilingual|tri-lingual|bi-lingual)\s?[,:(–-]\s?$", re.IGNORECASE)
"""A heading before a list of languages: "Fully bilingual, English/Spanish"."""
_SPOKEN_AT_HOME = re.compile(r"(?<!听)(?<!不)(?:会|能|可以?|平时|日常|在家)[讲说](?:一口)?\s?$")
_BRACKET = re.compile(r"\s?\([^()]{0,24}\)\W*")
_CITED = re.compile(r"歌|配音|动[漫画]|剧|版|书(?![写面])|电影|小说|名(?!词)")


@dataclass(frozen=True)
class NamedLanguage:
    """A language by name; `level` None: only named. `skills`: the levels said of reading, writing, speaking.

    `deed`: where the owner's deed in that language begins, if one is named: "taught geography in Dutch".
    """

    start: int
    end: int
    language: str
    level: int | None = None
    certainty: float = 1.0
    skills: tuple[tuple[str, int], ...] = ()
    deed: int | None = None


def find_named(text: str, in_job: bool) -> list[NamedLanguage]:
    """Return the languages that a `folded` text names, with what stands beside them; a list shares the level before or behind it."""
    places = _places(text, in_job)
    languages: list[NamedLanguage] = []
    for first, last in _groups(text, places):
        group = places[first : last + 1]
        left, right = clause_around(text, group[0][0], group[-1][1], 60)
        left = max(left, places[first - 1][1] if first else 0)
        right = _continued(text, right)
        right = min(right, places[last + 1][0] if last + 1 < len(places) else len(text))
        ahead, behind = text[left : group[0][0]].rpartition("、")[2], text[group[-1][1] : right]
        behind = behind if _SKILLS_LISTED.match(behind) else behind.partition("、")[0]
        if last + 1 < len(places) and right == places[last + 1][0]:  # the words in front of the next name are of that one
            behind = behind[: max((link.start() for link in _LINK.finditer(behind)), default=len(behind))]
        level, certainty = level_beside(ahead, behind, in_job)
        skills, deed = (), None
        if not in_job:
            until = _right_of_sentence(text, right)
            if last + 1 < len(places) and places[last + 1][0] <= until:
                until = clause_around(text, *places[last + 1][:2], 60)[0]
            skills = levels_of_skills(f"{ahead} {text[group[-1][1] : until]}".lstrip())
            is_said = any(levels_in(words) and (_SCALE.search(words) or not skills_named(words)) for words in (ahead, behind))
            if len(skills) > 3 and not is_said:
                level, certainty = sorted(level for _, level in skills)[len(skills) // 2], 1.0
            elif skills and (level is not None or letters_behind(behind)) and not is_said:
                level, certainty = max(level or 0, *(of_skill for _, of_skill in skills)), certainty or 1.0
            deed = None if (offset := deed_before(ahead)) is None else left + offset
        is_said_first = levels_in(ahead) or is_said_ahead(ahead)
        own_of_last = levels_in(behind) if is_said_first and len(group) > 1 else []  # 流利广东话，普通话略懂
        if own_of_last and not levels_in(ahead) and _LISTED.fullmatch(text, group[-2][1], group[-1][0]):
            level, certainty = level_beside(ahead, "", in_job)
            skills = ()
        if level is None and _BILINGUAL.search(text, max(0, left - 24), left + len(ahead) - len(ahead.lstrip())) and len(group) > 1:
            level, certainty = _FLUENT, 1.0
        if not in_job and level and _SPOKEN_AT_HOME.search(ahead) and all(place[2] in TABLE["home"]["languages"] for place in group[:1]):
            level = max(level, _FLUENT)
        is_of_all = (
            behind.startswith(")")
            or ahead.rstrip().endswith((":", "："))
            or _OF_ALL.match(behind)
            or levels_in(ahead)
            or is_said_ahead(ahead)
        )
        for offset, (start, end, language) in enumerate(group):
            is_listed = offset + 1 < len(group) and _LISTED.fullmatch(text, end, group[offset + 1][0]) is not None
            if own_of_last and offset + 1 == len(group) and _LISTED.fullmatch(text, group[-2][1], start):
                languages.append(NamedLanguage(start, end, language, min(own_of_last)))
            elif level is not None and is_listed and not is_of_all:
                languages.append(NamedLanguage(start, end, language))
            else:
                languages.append(NamedLanguage(start, end, language, level, certainty, skills, deed))
    return languages


def find_unnamed(text: str) -> list[NamedLanguage]:
    """Return levels of the scale on a line that names no language: "passed B2 reading and listening"; `language` is "any"."""
    levels = []
    for match in islice(_SCALE.finditer(text), MAX_NAMES):
        left, right = line_around(text, *match.span())
        is_other = any(names().find(text, left, right)) or _OF_A_LICENCE.search(text, left, right)
        if _OF_A_COURSE.search(text, left, right) and not is_other:
            levels.append(NamedLanguage(*match.span(), "any", 2 * "ABC".index(match[0][0]) + int(match[0][1])))
    return levels


def level_unsaid(text: str, named: NamedLanguage, is_stated: bool, in_job: bool) -> tuple[int | None, float]:
    """Return (level, certainty) of a language that is only named: None where that says nothing of the owner or asks for nothing."""
    if in_job:
        if _ADJECTIVE.match(text, named.end):
            return None, 0.0
        if not text[: named.start].strip() and _FOR.match(text, named.end):
            return UNSAID, 0.0
        clause = clause_around(text, named.start, named.end, 60)
        is_asked = _ABLE.search(text, *clause) is not None or not _beside(text, *clause)[0] or _BRACKET.fullmatch(text, named.end)
        return (UNSAID if is_asked else None), 0.0
    if not is_stated:
        return UNSAID, 1.0
    if _is_bare(text, named) and _INTERPRETER.match(text, line_around(text, named.start, named.end)[0]):
        return TABLE["use"]["level"], 0.8
    if _ONLY_THIS.match(text, named.end) or _is_bare(text, named):
        return UNSAID, 0.5
    return (UNSAID, 0.5) if _LISTS_LANGUAGES.search(text, *line_around(text, named.start, named.end)) else (None, 0.0)


def _beside(text: str, left: int, right: int) -> tuple[str, int]:
    """(what stands in a part of the text beside names of languages, how many these are)."""
    names_here = [(start, end) for start, end, _ in names_in_jobs().find(text, left, right)]
    rest = "".join(char for index, char in enumerate(text[left:right], left) if not any(start <= index < end for start, end in names_here))
    return _JOINS.sub("", rest), len(names_here)


def _is_bare(text: str, named: NamedLanguage) -> bool:
    """Return whether a clause, or for several a line, names only languages and levels: "Tagalog & Bisaya, some Malay", 四川话."""
    rest, count = _beside(text, *clause_around(text, named.start, named.end, 60))
    if not rest and (count > 1 or not _NATIONALITY.search(text[named.start : named.end])):
        return True
    rest, count = _beside(text, *line_around(text, named.start, named.end))
    return count > 1 and len(rest) <= _LONGEST_LEVEL and "".join(rest[start:end] for start, end, _ in levels().find(rest)) == rest


def _places(text: str, in_job: bool) -> list[tuple[int, int, str]]:
    lists, single = code_lists()
    spans = [*islice((names_in_jobs() if in_job else names()).find(text), MAX_NAMES)]
    for codes in islice(lists.finditer(text), MAX_NAMES):
        if not any(start < codes.end() and codes.start() < end for start, end, _ in spans):
            spans += [(*code.span(), code.lastgroup or "") for code in single.finditer(text, *codes.span())]
    return sorted(span for span in spans if not (_NO_NAME.match(text[span[0] - 1 : span[0]]) or _CITED.match(text, span[1])))


def _groups(text: str, places: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of names that only joining words stand between."""
    first = 0
    for index in range(len(places)):
        following = places[index + 1][0] if index + 1 < len(places) else None
        end = places[index][1]
        is_joined = following is not None and (
            end == following or _JOINED.fullmatch(text, end, following) or _LISTED.fullmatch(text, end, following)
        )
        if not is_joined:
            yield first, index
            first = index + 1


def _continued(text: str, right: int) -> int:
    for _ in range(2):
        if (continued := _CONTINUED.match(text, right)) is None:
            break
        right = continued.end()
    return right


def _right_of_sentence(text: str, start: int) -> int:
    mark = _SENTENCE_END.search(text, start, start + 60)
    return mark.start() if mark else min(len(text), start + 60)
