"""Ask about a requirement that a resume meets in part or not at all: what exactly is missing."""

import re

from preprocess.lexicon.characters import has_cjk, width
from preprocess.tech_stack.normalise import find_skills
from reranker.evidence.emphasis import EMPHASIS
from reranker.evidence.facts.mastery import BASIC, STRONG
from reranker.evidence.facts.willingness import CONDITION, tells_of_work
from reranker.evidence.match_points import MatchPoint
from reranker.evidence.parsed_requirement import ParsedRequirement, parse_requirement
from reranker.evidence.questions.about_facts import fact_question
from reranker.evidence.questions.mentioned import stands_in
from reranker.evidence.questions.private import without_private
from reranker.evidence.questions.question import NO_LINE, Asked, Question, Value
from reranker.evidence.resume_text.line_kinds import is_claim
from reranker.evidence.resume_text.lines import ResumeLines
from reranker.evidence.soft import SOFT
from reranker.evidence.topics import lines_showing

_LEAST_SHOWN = 0.5
"""Strength of a partly met requirement from which on its line is worth quoting."""
_LONGEST_CONDITION = 60
"""Width of a requirement that may be a mere condition of the job; longer ones are about work."""

_CONDITION = re.compile(
    rf"{CONDITION.pattern}|到岗|入职|\bavailable (?:from|to start)\b|\bstart (?:immediately|date|within)|\bright to work\b|\bcommut",
    re.IGNORECASE,
)
"""Wider: a date to start or a permit is asked for, and no line that is willing shows it."""
_REFUSAL = re.compile(r"不(?:能|可|接受|考虑|适应|便|方便)|无法|\b(?:not|no|cannot|can't|unable|only|except)\b", re.IGNORECASE)
_EXPERIENCE = re.compile(r"经[验历]|负责|设计|开发|建设|experience|\bbuil[dt]|\bdesign|\blead\b", re.IGNORECASE)
_TRAIT = re.compile(
    r"责任[心感]|沟通|协[作调]|团队(?:合作|意识|精神)|抗压|压力|学习(?:能力|意愿)|执行力|认真|细[致心]|严谨|主动|自驱|逻辑|表达|谈判|亲和|吃苦"
    r"|敬业|职业操守|诚信|服务意识|应变|思维|乐观|踏实|好奇心|创新"
    r"|\b(?:communicat\w+|team[- ]?player|team ?work|collaborat\w+|self[- ](?:motivated|starter|driven)|attention to detail|organi[sz]ed"
    r"|organi[sz]ational|interpersonal|problem[- ]solving|curious|curiosity|proactive|resilien\w+|adaptab\w+|ownership"
    r"|work(?:ing)? under pressure"
    r"|trade-offs|explain|negotiat\w+|presentation skills|judg(?:e)?ment|integrity|time management)\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"之一|其中一|[中的]一[种个门项款]|任[一意]|至少一|\b(?:one|any) of\b", re.IGNORECASE)
_PART = re.compile(r"[，,；;、。]")


def question_about(point: MatchPoint, index: int, resume: ResumeLines) -> Question | None:
    """Return what to ask about the requirement in this place; None where it is met, or asks for what nobody may ask about."""
    text = without_private(point.requirement).rstrip(" .。;；")
    if point.status == "met" or point.kind == EMPHASIS or not text:
        return None
    parsed = parse_requirement(text)
    if parsed.only_facts and _is_shown_by_writing(parsed, resume.text):
        return None
    if point.kind == SOFT:
        return Question("trait", {"requirement": text}, index)
    kind, values, (start, end) = (
        _condition(text, parsed, point, resume)
        or fact_question(text, parsed, point, resume)
        or _trait(text, parsed, point)
        or _weaker(text, parsed, point)
        or _technologies(parsed, point, text, resume)
        or _by_line(parsed, point, resume)
    )
    return Question(kind, {"requirement": text, **values}, index, start, end)


def _is_shown_by_writing(parsed: ParsedRequirement, text: str) -> bool:
    """Return whether all that is asked for is the language that the resume is written in."""
    written = "chinese" if has_cjk(text) else "english"
    asked = parsed.languages.languages if parsed.languages else ()
    is_all = not any((parsed.degree, parsed.certificates, parsed.years, parsed.numbers))
    return bool(asked) and is_all and all(any(option.language == written for option in options) for options in asked)


def _condition(text: str, parsed: ParsedRequirement, point: MatchPoint, resume: ResumeLines) -> Asked | None:
    """Of what a candidate need not have done, but has to accept: travel, shifts, a date to start."""
    if point.kind == "duty" or parsed.groups or width(text) > _LONGEST_CONDITION:
        return None
    for clause in filter(None, _PART.split(text)):
        if (word := _CONDITION.search(clause)) and not tells_of_work(clause):
            said = next(
                ((span, line) for span, line in zip(resume.spans, resume.lines, strict=True) if word[0] in line and _REFUSAL.search(line)),
                None,
            )
            quote = without_private(said[1]) if said else ""
            values: dict[str, Value] = {"requirement": clause.strip()}
            if said and quote:
                return "condition_said", values | {"quote": quote}, said[0]
            told = resume.text.lower().replace("-", " ")
            return ("unclear" if word[0].lower().replace("-", " ") in told else "condition"), values, NO_LINE
    return None


def _trait(text: str, parsed: ParsedRequirement, point: MatchPoint) -> Asked | None:
    """Of what shows in how somebody tells of their work, and in no line of a resume."""
    demands = (parsed.groups, parsed.years, parsed.degree, parsed.languages, parsed.certificates, parsed.numbers)
    is_trait = point.kind != "duty" and _TRAIT.search(text) and not _EXPERIENCE.search(text) and not any(demands)
    return ("trait", {}, NO_LINE) if is_trait else None


def _weaker(text: str, parsed: ParsedRequirement, point: MatchPoint) -> Asked | None:
    """Return a question about a line that claims less of what is asked for: 了解 where 精通 is."""
    if not (point.quote and STRONG.search(text)):
        return None
    names = frozenset().union(*parsed.groups)
    for clause in _PART.split(point.quote):
        is_of_it = not names or any(skill.canonical in names for skill in find_skills(clause))
        if is_of_it and BASIC.search(clause) and (quote := without_private(clause)):
            return "weaker", {"quote": quote}, (point.start, point.end)
    return None


def _technologies(parsed: ParsedRequirement, point: MatchPoint, text: str, resume: ResumeLines) -> Asked | None:
    """Return a question about the technologies that the resume does not name; None where it names all, or the requirement none.

    Only names of products are asked about, in Latin letters and with a capital: whoever did 性能优化 need not call it so.
    """
    if parsed.years:
        return None
    mentions = [skill for skill in find_skills(text) if not has_cjk(skill.text) and skill.text != skill.text.lower()]
    lacking, present = [], []
    shown = lines_showing([topic for same in parsed.same for topic in same], resume.text, resume.spans)
    for group, same in zip(parsed.groups, parsed.same, strict=True):
        named = group if any(shown[topic.name] for topic in same) else frozenset(name for name in group if stands_in(resume.text, [name]))
        if named:
            present += [skill.text for skill in mentions if skill.canonical in named]
        elif alternatives := dict.fromkeys(skill.text for skill in mentions if skill.canonical in group):
            lacking.append(" / ".join(alternatives))
    is_little = 2 * (len(lacking) + len(present)) < len(parsed.groups)  # of what it asks for
    is_enough = bool(present) and _CHOICE.search(text) is not None  # "ClickHouse、Doris 等 OLAP 引擎中的一种"
    if not lacking or is_little or is_enough or (point.status == "missing" and not present):
        return None
    values: dict[str, Value] = {"names": tuple(dict.fromkeys(lacking)), "present": tuple(dict.fromkeys(present))}
    return ("technologies_some" if present else "technologies_none"), values, NO_LINE


def _by_line(parsed: ParsedRequirement, point: MatchPoint, resume: ResumeLines) -> Asked:
    """Return a question about the line that comes closest: only a claim, or not all of what is asked for."""
    quote = without_private(point.quote)
    if point.status == "missing":
        is_named = any(stands_in(resume.text, group) for group in parsed.groups)
        if quote:
            return "weaker", {"quote": quote}, (point.start, point.end)
        return ("unclear" if is_named else "missing"), {}, NO_LINE
    is_of_dates = parsed.years is not None or parsed.degree is not None  # the line has a name or a school, and nobody's part in it
    if not quote or is_of_dates or point.strength < _LEAST_SHOWN:
        return "unclear", {}, NO_LINE
    kind = "claimed" if is_claim(point.quote) else "partial"
    return kind, {"quote": quote}, (point.start, point.end)
