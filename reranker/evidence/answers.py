"""How far one resume answers one requirement, and on which line: by what can be compared as such (technologies, topics of work, years,
degrees, languages, certificates, numbers), and where nothing can, by closeness in meaning.

A keyword list answers "knows X"; "has done X" takes a sentence about work.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reranker.evidence.facts import certificates, degrees, languages, numbers, years
from reranker.evidence.facts.contract import FactAnswer, Verdict
from reranker.evidence.lines import ResumeLines, claims_basics, is_title
from reranker.evidence.parsed_requirement import Wanted

RELATED, PARTIAL, MET = 0.12, 0.135, 0.18
"""Closeness (see `closeness`) from which a line is of the same field, answers in part, answers fully. On the example resumes, lines
of another profession stay below 0.13, paraphrases of the same work lie at 0.13 to 0.16, and plain restatements above 0.18."""
UNRELATED, LARGER_PART = 0.1, 0.6
"""Where work is asked for, a topic's word alone, with less than that part of all that is named, on a line further than that from the
requirement, stands there by chance: 性能优化 of a web page for 大模型推理部署与性能优化."""
TOO_LITTLE = 0.25
"""The mean degree of what was asked for, below which it is not there: one of five names, or a name alone of a job of ten years."""


@dataclass(frozen=True)
class Answer:
    """`status` is "met", "partial" or "missing", `strength` in 0..1, `line` the place of the line that shows it (None: missing)."""

    status: str
    strength: float
    line: int | None


@dataclass(frozen=True)
class _Finding:
    """What one way of looking found: how much of what was asked for (0..1), and on which line (None: nowhere)."""

    degree: float
    line: int | None


@dataclass(frozen=True)
class _Part:
    """One thing that a requirement names, a technology (or alternatives) or a topic, and the lines on which the resume shows it."""

    lines: frozenset[int]
    is_topic: bool


_NOTHING = _Finding(0.0, None)
MISSING = Answer("missing", 0.0, None)


def answer(asked: Wanted, shown: Mapping[str, frozenset[int]], close: np.ndarray, resume: ResumeLines) -> Answer:
    """`shown` are the lines that show a topic, by its name, `close` is the closeness of each line."""
    parts = _parts(asked, shown, resume)
    checks = _checks(asked, parts, close, resume)
    found = [check for check in checks if check.line is not None]
    strength = sum(check.degree for check in checks) / len(checks) if checks else 0.0
    if found and (strength >= TOO_LITTLE or close[found[0].line] >= PARTIAL):
        is_proven = asked.is_covered or bool(close.size and close.max() >= PARTIAL)  # what no fact covers, some line has to be about
        is_met = is_proven and all(check.degree >= 1 for check in checks)
        return Answer("met" if is_met else "partial", 1.0 if is_met else min(0.9, strength), found[0].line)
    if parts or not checks:
        meaning = _by_meaning(close, MET if parts else PARTIAL, resume)
        if meaning.line is not None:
            is_met = not checks and meaning.degree >= 1  # what was asked for by name is not met by other names
            return Answer("met" if is_met else "partial", 1.0 if is_met else min(0.9, meaning.degree / 2), meaning.line)
    return MISSING


def _parts(asked: Wanted, shown: Mapping[str, frozenset[int]], resume: ResumeLines) -> list[_Part]:
    parts = []
    for group, same in zip(asked.groups, asked.same, strict=True):
        lines = {place for place, skills in enumerate(resume.skills) if group & skills}
        parts.append(_Part(frozenset(lines.union(*(shown[topic.name] for topic in same))), bool(same)))
    return parts + [_Part(shown[topic.name], True) for topic in asked.topics]


def _checks(asked: Wanted, parts: Sequence[_Part], close: np.ndarray, resume: ResumeLines) -> list[_Finding]:
    """What can be compared as such; those that found something come first."""
    checks: list[_Finding] = []
    if parts:
        checks.append(_by_parts(asked, parts, close, resume))
    elif asked.years is not None and asked.rest:
        checks.append(_on_topic(asked.words, close, resume))
    if asked.years is not None:
        counts = not checks or checks[0].line is not None  # ten years of something else are no years of this
        checks.append(_by_fact(years.answer(asked.years, resume.experience), 0.8, resume) if counts else _NOTHING)
    if asked.degree is not None:
        checks.append(_by_fact(degrees.held_answer(asked.degree, resume.degrees), 0.6, resume))
    if asked.languages is not None:
        checks.append(_by_fact(languages.answer(asked.languages, resume.languages), 0.5, resume))
    if asked.certificates is not None:
        checks.append(_by_fact(certificates.held_answer(asked.certificates, resume.certificates), 0.5, resume))
    if asked.numbers is not None:
        checks.append(_by_fact(numbers.answer(asked.numbers, resume.numbers), 0.6, resume))
    return sorted(checks, key=lambda check: check.line is None)


def _by_parts(asked: Wanted, parts: Sequence[_Part], close: np.ndarray, resume: ResumeLines) -> _Finding:
    """The share of the parts that the resume shows, and the line with most of them; of such lines, rather one about work."""
    hits, topics = np.zeros(len(resume.spans)), np.zeros(len(resume.spans), dtype=bool)
    for part in parts:
        hits[list(part.lines)] += 1
        topics[list(part.lines)] |= part.is_topic
    if not hits.any():
        return _NOTHING
    hands_on = asked.hands_on
    share = sum(bool(part.lines) for part in parts) / len(parts)
    place = max(
        map(int, np.flatnonzero(hits)),
        key=lambda at: (2 - hands_on) * hits[at] + (1 + hands_on) * resume.is_work[at] + (25 if hands_on else 5) * float(close[at]),
    )
    by_chance = hits[place] == 1 and bool(topics[place]) and 0 < close[place] < UNRELATED  # 0: a list of names has no meaning of its own
    if hands_on and share < LARGER_PART and by_chance:
        return _NOTHING
    if resume.is_work[place]:
        is_done = bool(topics[place]) or hits[place] > 1 or close[place] >= RELATED or asked.only_names
    else:
        is_done = asked.years is not None and bool(topics[place]) and is_title(resume.lines[place])
    if (hands_on and not is_done) or (asked.well and claims_basics(resume.lines[place])):
        share *= 0.6  # knowing the name is not having done the work
    return _Finding(share, place)


def _on_topic(words: Sequence[str], close: np.ndarray, resume: ResumeLines) -> _Finding:
    """The line that shows the field of work ("后端" in "3 年以上后端经验"): one with its `words`, else the closest if close enough."""
    for place, line in enumerate(resume.plain_lines if words else ()):
        if all(word in line for word in words):
            return _Finding(1.0, place)
    place = int(close.argmax()) if close.size else 0
    if not close.size or close[place] < RELATED:
        return _NOTHING
    return _Finding(1.0 if close[place] >= PARTIAL else 0.6, place)


def _by_meaning(close: np.ndarray, least: float, resume: ResumeLines) -> _Finding:
    """The closest line, from `least` on; keyword lists stand back, and are never more than a partial answer."""
    if not close.size:
        return _NOTHING
    ranked = close - np.where(resume.is_work, 0.0, 0.02)
    place = int(ranked.argmax())
    value = float(ranked[place])
    if value < least:
        return _NOTHING
    return _Finding(1.0 if value >= MET and resume.is_work[place] else min(0.9, value / MET), place)


def _by_fact(answer: FactAnswer, partly: float, resume: ResumeLines) -> _Finding:
    """A degree, language, certificate, number or years: enough, `partly`, or not; what is denied or too little is as good as not said."""
    if answer.fact is None or answer.verdict not in (Verdict.MET, Verdict.PARTLY):
        return _NOTHING
    return _Finding(1.0 if answer.verdict is Verdict.MET else partly, resume.line_at(answer.fact.start))
