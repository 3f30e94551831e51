"""Key match points: which line of a resume answers which requirement, quoted word for word, and how much of the job is covered.

Named technologies, years and degrees are compared as such. Closeness in meaning finds lines that say it in other words, but alone it is
seldom more than "partial". A keyword list answers "knows X"; "has done X" takes a sentence about work.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from preprocess.tech_stack import find_skills
from reranker.alternatives import skill_groups
from reranker.career import Stated, degree_asked, is_field_of_study, years_asked
from reranker.closeness import closeness
from reranker.encoder import Encoder
from reranker.english import english_asked
from reranker.job_requirements import Requirement
from reranker.resume_lines import ResumeLines, claims_basics, read_lines, width

RELATED, PARTIAL, MET = 0.12, 0.135, 0.18
"""Closeness (see `closeness`) from which a line is of the same field, answers in part, answers fully. On the example resumes, lines
of another profession stay below 0.13, paraphrases of the same work lie at 0.13 to 0.16, and plain restatements above 0.18."""

_WORTH = {"met": 1.0, "partial": 0.5, "missing": 0.0}

_HANDS_ON = re.compile(r"经验|经历|实战|做过|参与过|主导|experience|hands-on|track record", re.IGNORECASE)
_WELL = re.compile(r"精通|熟练|深入|扎实|\b(?:expert|proficien|strong|advanced|deep)", re.IGNORECASE)
_FORMAL = re.compile(
    r"[\d.]+|[一两二三四五六七八九十]年|年|以上|及|或|以|计算机(?:科学|技术|与|软件|类)*|软件工程|等|相关|专业|学历|学位|统招|全日制|大专|专科|本科"
    r"|硕士|博士|研究生|工作|从业|经[验历]|优先|要求|有|具备|具有|至少|拥有|毕业|同等"
    r"|\b(?:years?|yrs|of|experience|working|work|professional|at|least|or|more|a|an|in|the|degree|bachelor|master|phd|computer|science|related"
    r"|field|equivalent|relevant|minimum|and|higher|above|preferred|required|engineering|with|s|to|plus|you|have)\b|[^\w]",
    re.IGNORECASE,
)
_VAGUE = frozenset(
    "平台 研发 开发 项目 系统 设计 团队 管理 技术 行业 领域 building development team project projects systems industry role".split()
)


@dataclass(frozen=True)
class MatchPoint:
    """A requirement and the resume's answer. `status` is "met", "partial" or "missing"; `strength` is in 0..1.

    `quote` is resume_text[start:end], exactly; for "missing" it is empty and start = end = 0.
    """

    requirement: str
    kind: str
    status: str
    quote: str
    start: int
    end: int
    strength: float


@dataclass(frozen=True)
class Evidence:
    """One point per requirement, in their order, and features in 0..1.

    `must_coverage`, `nice_coverage`, `duty_coverage`: the mean over the requirements of that kind, met 1, partial 0.5, missing 0 (no such
    requirement: 0). `skill_coverage`: the share of the technologies asked for (alternatives count once) that the resume mentions in
    a sentence about work; those in keyword lists only count half; `listed_only` is the share of these.
    `semantic`: the mean over all requirements of how close the closest line is in meaning.
    `field`: how close the resume as a whole is to the job as a whole.
    """

    points: tuple[MatchPoint, ...]
    features: dict[str, float]


@dataclass(frozen=True)
class _Finding:
    """What one way of looking found: how much of what was asked for (0..1), and on which line (None: nowhere)."""

    degree: float
    line: int | None


OwnWords = Callable[[str, str], tuple[int, int] | None]
"""(requirement, resume) → the span of the resume that answers the requirement in words that a company accepted for it, if any."""


def find_evidence(
    requirements: Sequence[Requirement], resume_text: str, encoder: Encoder, own_words: OwnWords = lambda requirement, resume: None
) -> Evidence:
    """Answer each requirement from the resume. See `resume_lines` for what is looked at; `own_words` answer where that finds nothing."""
    resume = read_lines(resume_text)
    groups = [skill_groups(requirement.text) for requirement in requirements]
    meaning = closeness([_topic(requirement.text) or requirement.text for requirement in requirements], resume, encoder)
    points = [_point(*one, resume) for one in zip(requirements, groups, meaning.lines, strict=True)]
    points = [point if point.quote else _in_own_words(point, resume_text, own_words) for point in points]

    features = {
        f"{kind}_coverage": _mean([_WORTH[point.status] for point in points if point.kind == kind]) for kind in ("must", "nice", "duty")
    }
    listed = frozenset().union(*resume.skills)
    used = frozenset().union(*(skills for skills, is_work in zip(resume.skills, resume.is_work, strict=True) if is_work))
    wanted = dict.fromkeys(group for of_one in groups for group in of_one)
    features["skill_coverage"] = _mean([(bool(group & listed) + bool(group & used)) / 2 for group in wanted])
    features["listed_only"] = _mean([float(bool(group & listed) and not group & used) for group in wanted])
    features["semantic"] = _mean([_strength(float(row.max(initial=0.0))) for row in meaning.lines])
    features["field"] = meaning.field
    return Evidence(tuple(points), features)


def _in_own_words(point: MatchPoint, text: str, own_words: OwnWords) -> MatchPoint:
    """People said that these words mean what the requirement says; whether they mean all of it, nobody did: a partial answer."""
    span = own_words(point.requirement, text)
    if span is None:
        return point
    start, end = span
    return MatchPoint(point.requirement, point.kind, "partial", text[start:end], start, end, 0.5)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _strength(closeness: float) -> float:
    """0.08, usual between any two texts, is nothing; 0.22, nearly the same words, is everything."""
    return min(1.0, max(0.0, (closeness - 0.08) / 0.14))


def _topic(text: str) -> str:
    """The clauses of a requirement that ask for more than years and a degree."""
    return "，".join(clause.strip() for clause in re.split(r"[，,；;]", text) if width(_FORMAL.sub("", clause)) >= 6)


def _point(requirement: Requirement, groups: Sequence[frozenset[str]], close: np.ndarray, resume: ResumeLines) -> MatchPoint:
    checks = _checks(requirement, groups, close, resume)
    found = [check for check in checks if check.line is not None]
    is_met = bool(found) and all(check.degree >= 1 for check in checks)
    strength = _mean([check.degree for check in checks])
    if not found and (groups or not checks):
        meaning = _by_meaning(close, resume)
        found = [meaning] if meaning.line is not None else []
        is_met = not checks and meaning.degree >= 1  # what was asked for by name is not met by other names
        strength = meaning.degree / 2
    if not found or found[0].line is None:
        return MatchPoint(requirement.text, requirement.kind, "missing", "", 0, 0, 0.0)
    start, end = resume.spans[found[0].line]
    status = "met" if is_met else "partial"
    return MatchPoint(requirement.text, requirement.kind, status, resume.text[start:end], start, end, 1.0 if is_met else min(0.9, strength))


def _checks(requirement: Requirement, groups: Sequence[frozenset[str]], close: np.ndarray, resume: ResumeLines) -> list[_Finding]:
    """What can be compared as such: technologies, years (of work on the topic), a degree."""
    text = requirement.text
    checks: list[_Finding] = []
    years, degree, english = years_asked(text), degree_asked(text), english_asked(text)
    if groups:
        hands_on = requirement.kind == "duty" or years is not None or _HANDS_ON.search(text) is not None
        checks.append(_by_skills(groups, hands_on, text, close, resume))
    elif (years is not None or degree is not None) and _topic(text):
        checks.append(_on_topic(_topic(text), close, resume))
    if years is not None:
        counts = not checks or checks[0].line is not None  # ten years of something else are no years of this
        checks.append(_by_number(resume.years, years, 0.6) if counts else _Finding(0.0, None))
    if degree is not None:
        check = _by_number(resume.degree, degree, 1.0)
        if resume.degree and check.line is not None and not is_field_of_study(text, resume.lines, resume.degree):
            check = _Finding(0.6, check.line)
        checks.append(check)
    if english is not None:
        checks.append(_by_number(resume.english, english, 0.5))
    return sorted(checks, key=lambda check: check.line is None)


def _on_topic(topic: str, close: np.ndarray, resume: ResumeLines) -> _Finding:
    """The line that shows the field of work ("后端" in "3 年以上后端经验"): one with its words, else the closest if close enough."""
    words = [word.lower() for word in _FORMAL.sub(" ", topic).split() if width(word) >= 4 and word.lower() not in _VAGUE]
    for place, line in enumerate(resume.lines):
        if words and all(word in line.lower() for word in words):
            return _Finding(1.0, place)
    place = int(close.argmax()) if close.size else 0
    if not close.size or close[place] < RELATED:
        return _Finding(0.0, None)
    return _Finding(1.0 if close[place] >= PARTIAL else 0.6, place)


def _by_meaning(close: np.ndarray, resume: ResumeLines) -> _Finding:
    """The closest line; keyword lists stand back, and are never more than a partial answer."""
    if not close.size:
        return _Finding(0.0, None)
    ranked = close - np.where(resume.is_work, 0.0, 0.02)
    place = int(ranked.argmax())
    value = float(ranked[place])
    if value < PARTIAL:
        return _Finding(0.0, None)
    return _Finding(1.0 if value >= MET and resume.is_work[place] else min(0.9, value / MET), place)


def _by_skills(groups: Sequence[frozenset[str]], hands_on: bool, text: str, close: np.ndarray, resume: ResumeLines) -> _Finding:
    """The share of groups that the resume mentions, and the line with most of them; of such lines, rather one about work."""
    hits = [sum(bool(group & skills) for group in groups) for skills in resume.skills]
    if not any(hits):
        return _Finding(0.0, None)
    known = frozenset().union(*resume.skills)
    share = _mean([float(bool(group & known)) for group in groups])
    place = max(
        (place for place, count in enumerate(hits) if count),
        key=lambda at: (2 - hands_on) * hits[at] + (1 + hands_on) * resume.is_work[at] + (25 if hands_on else 5) * float(close[at]),
    )
    shown = resume.is_work[place] and (hits[place] > 1 or close[place] >= RELATED or _asks_only_for_names(text))
    if (hands_on and not shown) or (_WELL.search(text) and claims_basics(resume.lines[place])):
        share = min(share, 0.6)  # knowing the name is not having done the work
    return _Finding(share, place)


def _asks_only_for_names(text: str) -> bool:
    """ "3年以上 Java 经验": a sentence about work with Java is all there is to find."""
    for skill in reversed(find_skills(text)):
        text = text[: skill.start] + " " + text[skill.end :]
    return width(_FORMAL.sub("", text)) < 6


def _by_number(held: Stated | None, asked: float, partly: float) -> _Finding:
    """Years or degrees: enough, at least `partly` of it, or not."""
    if held is None or held.value < partly * asked - 0.1:
        return _Finding(0.0, None)
    return _Finding(min(1.0, (held.value + 0.1) / asked) if asked else 1.0, held.line)
