"""Key match points: which line of the resume answers which requirement of the job. Every quote is literally in the resume.

A requirement is met by its technologies and its numbers (years, degree), which can be checked. Closeness of meaning alone, measured
with the small encoder, makes it partial at best: the encoder finds related lines but cannot tell "led" from "took part in".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from preprocess.tech_stack import SkillMention, find_skills
from reranker.encoder import Encoder
from reranker.job_requirements import Requirement

MOST_LINES = 400
LONGEST_LINE = 160
"""Characters: a longer line is cut at the ends of its sentences."""
SHORTEST_LINE = 4

NEUTRAL = (
    "姓名：李明 电话：000-0000 邮箱：a@example.com",
    "性格开朗，兴趣广泛，身体健康",
    "Hobbies: reading, travelling and photography",
    "教育背景 工作经历 项目经验 自我评价",
    "负责日常事务，完成领导交办的其他工作",
    "Team player with good communication skills",
)
"""Lines that answer no requirement: how close one is to them shows what closeness means for this requirement."""
CLOSE, VERY_CLOSE = 0.055, 0.085
"""Cosine above the mean of the neutral lines from which a line is related. Chosen on the pairs in tests/reranker/test_evidence.py."""

_UNITS = re.compile(r"[^\n。；;！!]+[。；;！!]?")
_YEARS_WANTED = re.compile(r"(\d{1,2})\s*(?:[-~到至–]\s*\d{1,2}\s*)?\+?\s*(?:年|years?|yrs?)", re.IGNORECASE)
_YEARS_HAD = re.compile(r"(\d{1,2}(?:\.\d)?)\s*\+?\s*(?:年|years?|yrs?)(?!级|月|度)", re.IGNORECASE)
_DEGREES = (
    (re.compile(r"大专|专科|associate", re.IGNORECASE), 1),
    (re.compile(r"本科|学士|bachelor|\bB\.?S\.?c?\b|\bB\.?A\.?\b", re.IGNORECASE), 2),
    (re.compile(r"硕士|研究生|master|\bM\.?S\.?c?\b|\bMBA\b", re.IGNORECASE), 3),
    (re.compile(r"博士|\bPh\.?D\b|doctora", re.IGNORECASE), 4),
)
_ALTERNATIVES = re.compile(r"至少一|之一|任意|任一|一种|一门|其中|[或/／]|\bor\b|\bone of\b|\bany of\b|\beither\b", re.IGNORECASE)
LISTED_ONLY = 0.4
"""What a technology counts that stands in a list of keywords and in no sentence about work."""
_PARTIAL_FROM = 1 / 3
"""The share of a requirement's technologies from which it is partially met."""


@dataclass(frozen=True)
class MatchPoint:
    """One requirement against one resume. `status` is "met", "partial" or "missing"; `quote` is resume[start:end], "" when missing.

    `strength` is between 0 and 1, for sorting.
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
    """Match points in the order of the requirements, and features, each between 0 and 1:

    `must_coverage`, `nice_coverage`, `duty_coverage`: mean strength of that kind of requirement; `skill_coverage`: the share of the
    job's technologies that the resume names, those in keyword lists only for less; `semantic`: mean closeness of the best line to each requirement.
    """

    points: tuple[MatchPoint, ...]
    features: dict[str, float]


@dataclass(frozen=True)
class _Unit:
    """A line or sentence of the resume, text[start:end], and the technologies it names."""

    text: str
    start: int
    end: int
    skills: frozenset[str]

    @property
    def is_list(self) -> bool:
        """A bare list of technologies says less than a sentence about work done with them."""
        return len(self.skills) >= 4 and len(self.text) < 16 * len(self.skills)


def find_evidence(requirements: Sequence[Requirement], resume_text: str, encoder: Encoder) -> Evidence:
    """Compare every requirement with every line of a resume. Deterministic; depends on nothing but its arguments."""
    units = _units(resume_text)
    closeness = _closeness(requirements, units, encoder)
    points = tuple(_point(requirement, row, units, resume_text) for requirement, row in zip(requirements, closeness, strict=True))
    return Evidence(points, _features(requirements, points, units, closeness))


def _units(text: str) -> list[_Unit]:
    mentions = find_skills(text)
    units: list[_Unit] = []
    position = 0
    for start, end in _spans(text)[:MOST_LINES]:
        while position < len(mentions) and mentions[position].start < start:
            position += 1
        inside = _inside(mentions, position, end)
        units.append(_Unit(text[start:end], start, end, frozenset(mention.canonical for mention in inside)))
    return units


def _inside(mentions: Sequence[SkillMention], position: int, end: int) -> list[SkillMention]:
    inside = []
    while position < len(mentions) and mentions[position].end <= end:
        inside.append(mentions[position])
        position += 1
    return inside


def _spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each line without its blanks and bullet; long lines by sentence."""
    spans = []
    for line in re.finditer(r"[^\n]+", text):
        pieces = [line] if len(line[0]) <= LONGEST_LINE else list(_UNITS.finditer(text, line.start(), line.end()))
        for piece in pieces:
            kept = piece[0].strip(" \t\u3000-•·*●■")
            if len(kept) >= SHORTEST_LINE:
                start = piece.start() + piece[0].index(kept)
                spans.append((start, start + len(kept)))
    return spans


def _closeness(requirements: Sequence[Requirement], units: Sequence[_Unit], encoder: Encoder) -> np.ndarray:
    """[requirements, units]: cosine above the mean cosine of the requirement to the neutral lines; 0 for lists, which say nothing."""
    closeness = np.zeros((len(requirements), len(units)), dtype=np.float32)
    prose = [index for index, unit in enumerate(units) if not unit.is_list]
    if not requirements or not prose:
        return closeness
    queries = encoder.queries([requirement.text for requirement in requirements])
    neutral = (queries @ encoder.passages(NEUTRAL).T).mean(axis=1, keepdims=True)
    closeness[:, prose] = queries @ encoder.passages([units[index].text for index in prose]).T - neutral
    return closeness


def _point(requirement: Requirement, closeness: np.ndarray, units: Sequence[_Unit], text: str) -> MatchPoint:
    candidates = [candidate for candidate in (_by_skills(requirement, closeness, units), _by_number(requirement, units)) if candidate]
    if not candidates and len(units):
        candidates = [_by_meaning(closeness)]
    # A requirement with technologies and numbers is as strong as its weaker half.
    best = min(candidates, key=lambda candidate: candidate[0], default=(0.0, 0))
    strength, place = best
    status = "met" if strength >= 0.8 else "partial" if strength >= 0.4 else "missing"
    if status == "missing":
        return MatchPoint(requirement.text, requirement.kind, status, "", 0, 0, strength)
    unit = units[place]
    return MatchPoint(requirement.text, requirement.kind, status, text[unit.start : unit.end], unit.start, unit.end, strength)


def _by_skills(requirement: Requirement, closeness: np.ndarray, units: Sequence[_Unit]) -> tuple[float, int] | None:
    """(strength, place of the best line), None if the requirement names no technology."""
    wanted = set(requirement.skills)
    if not wanted:
        return None
    had = wanted & set().union(*(unit.skills for unit in units))
    if not had:
        strength, place = _by_meaning(closeness) if len(units) else (0.0, 0)
        return min(strength, 0.5), place
    place = max(
        range(len(units)), key=lambda index: (len(units[index].skills & wanted), not units[index].is_list, float(closeness[index]), -index)
    )
    worked_with = wanted & set().union(*(unit.skills for unit in units if not unit.is_list))
    weight = len(worked_with) + LISTED_ONLY * len(had - worked_with)
    share = min(1.0, weight) if _ALTERNATIVES.search(requirement.text) else weight / len(wanted)
    return (share if share >= 0.8 else 0.4 + 0.5 * share if share >= _PARTIAL_FROM else 0.4 * share / _PARTIAL_FROM), place


def _by_number(requirement: Requirement, units: Sequence[_Unit]) -> tuple[float, int] | None:
    """Years and degree: (strength, place), None if the requirement asks for neither."""
    answers = [answer for answer in (_years(requirement.text, units), _degree(requirement.text, units)) if answer]
    return min(answers, default=None)


def _years(wanted_text: str, units: Sequence[_Unit]) -> tuple[float, int] | None:
    wanted = _YEARS_WANTED.search(wanted_text)
    if not wanted:
        return None
    best, place = 0.0, 0
    for index, unit in enumerate(units):
        for had in _YEARS_HAD.finditer(unit.text):
            years = float(had[1])
            if best < years <= 45:
                best, place = years, index
    needed = float(wanted[1])
    return (1.0 if best >= needed else 0.5 if best >= 0.6 * needed else 0.0), place


def _degree(wanted_text: str, units: Sequence[_Unit]) -> tuple[float, int] | None:
    levels = [level for pattern, level in _DEGREES if pattern.search(wanted_text)]
    if not levels:
        return None
    needed = min(levels)
    best, place = 0, 0
    for index, unit in enumerate(units):
        for pattern, level in _DEGREES:
            if level > best and pattern.search(unit.text):
                best, place = level, index
    return (1.0 if best >= needed else 0.0), place


def _by_meaning(closeness: np.ndarray) -> tuple[float, int]:
    """The closest line: at most partial, in proportion to how far it is above unrelated ones."""
    place = int(closeness.argmax())
    value = float(closeness[place])
    if value < CLOSE:
        return 0.39 * max(0.0, value) / CLOSE, place
    return 0.4 + 0.35 * min(1.0, (value - CLOSE) / (VERY_CLOSE - CLOSE)), place


def _features(
    requirements: Sequence[Requirement], points: Sequence[MatchPoint], units: Sequence[_Unit], closeness: np.ndarray
) -> dict[str, float]:
    def coverage(kind: str) -> float:
        strengths = [point.strength for point in points if point.kind == kind]
        return sum(strengths) / len(strengths) if strengths else 0.0

    wanted = {skill for requirement in requirements for skill in requirement.skills}
    had = {skill for unit in units for skill in unit.skills}
    worked_with = {skill for unit in units if not unit.is_list for skill in unit.skills}
    weight = len(wanted & worked_with) + LISTED_ONLY * len(wanted & (had - worked_with))
    best = closeness.max(axis=1) if closeness.size else np.zeros(1)
    return {
        "must_coverage": coverage("must"),
        "nice_coverage": coverage("nice"),
        "duty_coverage": coverage("duty"),
        "skill_coverage": weight / len(wanted) if wanted else 0.0,
        "semantic": float(np.clip(best / VERY_CLOSE, 0.0, 1.0).mean()),
    }
