"""Ask about a requirement that a resume meets in part or not at all: what exactly is missing."""

import re
from collections.abc import Callable

from preprocess.lexicon.characters import has_cjk, width
from preprocess.tech_stack.normalise import find_skills
from reranker.evidence.emphasis import EMPHASIS
from reranker.evidence.facts import certificates, degrees, languages, numbers, years
from reranker.evidence.facts.contract import Fact, Verdict
from reranker.evidence.facts.mastery import BASIC, STRONG
from reranker.evidence.facts.mentions import Standing, folded
from reranker.evidence.facts.study.standing import DegreeStanding, was_broken_off
from reranker.evidence.lines import ResumeLines, is_claim
from reranker.evidence.match_points import MatchPoint
from reranker.evidence.parsed_requirement import ParsedRequirement, parse_requirement
from reranker.evidence.questions.mentioned import stands_in
from reranker.evidence.questions.private import without_private
from reranker.evidence.questions.question import Question, Value
from reranker.evidence.reasons import shortfall
from reranker.evidence.soft import SOFT
from reranker.evidence.topics import lines_showing

_MARGIN = 0.05
"""Years that are not worth a question."""
_LEAST_SHOWN = 0.5
"""Strength of a partly met requirement from which on its line is worth quoting."""
_LONGEST_CONDITION = 60
"""Width of a requirement that may be a mere condition of the job; longer ones are about work."""

_CONDITION = re.compile(
    r"出差|轮班|倒班|夜班|三班|值班|加班|驻场|驻外|外派|派驻|外驻|大小周|单双休|996|到岗|入职|搬迁|异地|周末|节假日|调班|单休|户外作业|高空作业"
    r"|\btravel|\brelocat|\bnights?\b|\bweekends?\b|\bovertime\b|\bon[- ]call\b|\bon[- ]site\b|\bshifts?\b|\bavailable (?:from|to start)\b"
    r"|\bstart (?:immediately|date|within)|\bright to work\b|\bcommut",
    re.IGNORECASE,
)
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

Asked = tuple[str, dict[str, Value], tuple[int, int]]
"""The kind of a question, the values of its wording, and the line that it is about, (0, 0) if none."""
_NO_LINE = (0, 0)


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
        or _fact(text, parsed, point, resume)
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
        if (word := _CONDITION.search(clause)) and not _EXPERIENCE.search(clause):
            said = next(
                ((span, line) for span, line in zip(resume.spans, resume.lines, strict=True) if word[0] in line and _REFUSAL.search(line)),
                None,
            )
            quote = without_private(said[1]) if said else ""
            values: dict[str, Value] = {"requirement": clause.strip()}
            if said and quote:
                return "condition_said", values | {"quote": quote}, said[0]
            told = resume.text.lower().replace("-", " ")
            return ("unclear" if word[0].lower().replace("-", " ") in told else "condition"), values, _NO_LINE
    return None


def _trait(text: str, parsed: ParsedRequirement, point: MatchPoint) -> Asked | None:
    """Of what shows in how somebody tells of their work, and in no line of a resume."""
    demands = (parsed.groups, parsed.years, parsed.degree, parsed.languages, parsed.certificates, parsed.numbers)
    is_trait = point.kind != "duty" and _TRAIT.search(text) and not _EXPERIENCE.search(text) and not any(demands)
    return ("trait", {}, _NO_LINE) if is_trait else None


def _fact(text: str, parsed: ParsedRequirement, point: MatchPoint, resume: ResumeLines) -> Asked | None:
    """Return a question about the first fact that the requirement asks for and the resume does not meet."""
    is_missing = point.status == "missing"
    asks: tuple[Callable[[], Asked | None], ...] = (
        lambda: _certificates(text, parsed, resume),
        lambda: _years(parsed, resume),
        lambda: _degree(parsed, resume),
        lambda: _language(parsed, resume),
        lambda: _number(parsed, resume, is_missing),
    )
    return next((asked for ask in asks if (asked := ask())), None)


def _years(parsed: ParsedRequirement, resume: ResumeLines) -> Asked | None:
    """Return a question with the same years as the row gives for its reason."""
    if parsed.years is None:
        return None
    reason = shortfall(parsed, resume)
    is_unsaid = years.answer(parsed.years, resume.experience).verdict is Verdict.NOT_SAID
    if reason and reason.code != "years_unseen" and float(reason.said) > _MARGIN:
        asked, counted = float(reason.asked), float(reason.said)
        return "years_short", {"asked": _rounded(asked), "held": _rounded(counted), "short": _rounded(asked - counted)}, _NO_LINE
    if not (reason or is_unsaid):
        return None
    career_years = years.held(resume.experience)
    if career_years and career_years > _MARGIN:
        return "years_other", {"held": _rounded(career_years)}, _NO_LINE
    return "years_unsaid", {}, _NO_LINE


def _degree(parsed: ParsedRequirement, resume: ResumeLines) -> Asked | None:
    if parsed.degree is None:
        return None
    answer = degrees.answer(parsed.degree, resume.degrees)
    if answer.verdict is Verdict.MET:
        return None
    if not resume.degrees or answer.fact is None:
        is_unsaid = not resume.degrees and not degrees.names_degree(folded(resume.text))
        return ("degree_unsaid", {}, _NO_LINE) if is_unsaid else None
    degree = answer.fact.value
    line = resume.line_at(answer.fact.start)
    is_ended = line is not None and degree.standing is DegreeStanding.UNFINISHED and was_broken_off(resume.lines[line])
    if degree.level < (parsed.degree.level or 0) or is_ended or degree.standing is DegreeStanding.ABANDONED:
        kind = "degree_less"
    elif parsed.degree.mode.refuses(degree.modes):
        kind = "degree_mode"
    else:
        is_unfinished = degree.standing in (DegreeStanding.STUDYING, DegreeStanding.BEGUN, DegreeStanding.UNFINISHED)
        kind = "degree_unfinished" if is_unfinished else "degree_other"
    return _quoting(kind, answer.fact, resume)


_PAPER = re.compile(r"证|照|资格|职称|[A-Z]{2}|会计师|工程师|医师|licen[cs]|certif|qualifi|regist|charter", re.IGNORECASE)
"""A requirement for a paper; 会开车 asks for what somebody can do."""
_CERTIFICATE_KINDS = {
    Standing.PREPARING: "certificate_preparing",
    Standing.PLANNED: "certificate_preparing",
    Standing.EXPIRED: "certificate_expired",
}


def _certificates(text: str, parsed: ParsedRequirement, resume: ResumeLines) -> Asked | None:
    if parsed.certificates is None:
        return None
    answer = certificates.answer(parsed.certificates, resume.certificates)
    if answer.verdict is Verdict.MET and not (answer.fact and answer.fact.value.is_part):
        return None
    if answer.fact is None:
        return ("certificate_unsaid" if _PAPER.search(text) else "ability_unsaid"), {}, _NO_LINE
    kind = "certificate_part" if answer.fact.value.is_part else _CERTIFICATE_KINDS.get(answer.fact.value.standing, "certificate_other")
    return _quoting(kind, answer.fact, resume)


def _language(parsed: ParsedRequirement, resume: ResumeLines) -> Asked | None:
    if parsed.languages is None:
        return None
    answer = languages.answer(parsed.languages, resume.languages)
    if answer.verdict is Verdict.MET:
        return None
    return _quoting("language_less", answer.fact, resume) if answer.fact else ("language_unsaid", {}, _NO_LINE)


def _number(parsed: ParsedRequirement, resume: ResumeLines, is_missing: bool) -> Asked | None:
    if parsed.numbers is None:
        return None
    answer = numbers.answer(parsed.numbers, resume.numbers)
    if answer.verdict in (Verdict.PARTLY, Verdict.NOT_MET) and answer.fact and answer.fact.value.amount:
        return _quoting("number_less", answer.fact, resume)
    is_counted = any(quantity.kind not in ("employer", "gpa", "rank_share", "rank_place") for quantity in parsed.numbers.wanted)
    return ("number_unsaid", {}, _NO_LINE) if answer.verdict is Verdict.NOT_SAID and is_counted and not is_missing else None


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
    return ("technologies_some" if present else "technologies_none"), values, _NO_LINE


def _by_line(parsed: ParsedRequirement, point: MatchPoint, resume: ResumeLines) -> Asked:
    """Return a question about the line that comes closest: only a claim, or not all of what is asked for."""
    quote = without_private(point.quote)
    if point.status == "missing":
        is_named = any(stands_in(resume.text, group) for group in parsed.groups)
        if quote:
            return "weaker", {"quote": quote}, (point.start, point.end)
        return ("unclear" if is_named else "missing"), {}, _NO_LINE
    is_of_dates = parsed.years is not None or parsed.degree is not None  # the line has a name or a school, and nobody's part in it
    if not quote or is_of_dates or point.strength < _LEAST_SHOWN:
        return "unclear", {}, _NO_LINE
    kind = "claimed" if is_claim(point.quote) else "partial"
    return kind, {"quote": quote}, (point.start, point.end)


def _quoting(kind: str, fact: Fact, resume: ResumeLines) -> Asked | None:
    """Return a question that quotes the line of a fact; None where nothing of it may be quoted."""
    line = resume.line_at(fact.start)
    start, end = resume.spans[line] if line is not None else (fact.start, fact.end)
    quote = without_private(resume.text[start:end])
    return (kind, {"quote": quote}, (start, end)) if quote else None


def _rounded(count: float) -> float | int:
    rounded = round(count, 1)
    return int(rounded) if rounded == int(rounded) else rounded
