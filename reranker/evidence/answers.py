"""Decide how far a resume meets a requirement, and on which line: by weights that training/judge/fit_answers.py learned from judged pairs.

Where nothing but facts (a degree, a certificate, …) and technologies by name is asked for, what the resume states decides; where years of a
subject are, dated work that surely is of it does, unless the judge sees none of it.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from reranker.evidence.facts.contract import FactAnswer, Verdict, answer_to_all, rank
from reranker.evidence.parsed_requirement import ParsedRequirement
from reranker.evidence.signals import LINE_SIGNALS, SIGNALS, Signals

WEIGHTS = Path(__file__).with_name("answer_weights.json")
STATUSES = ("missing", "partial", "met")
"""From the worst to the best."""
_LEAST_MET, _LEAST_PARTIAL, _MOST_PARTIAL, _MOST_MISSING = 0.7, 0.4, 0.6, 0.39
_SOME_DOUBT = -1.5
"""Of the judge, of whom a short list of programs names all that are asked for."""
_LARGER_SHARE = 0.5
"""Of the technologies and topics that are asked for: with so many of them, in work or by name, something of it is there."""
_BY_VERDICT = {Verdict.MET: ("met", 0.95), Verdict.PARTLY: ("partial", 0.5), Verdict.NOT_MET: ("missing", 0.05)}


@dataclass(frozen=True)
class Answer:
    """`status` is "met", "partial" or "missing", `strength` 0..1, `line` the place of the line that shows it (None: missing)."""

    status: str
    strength: float
    line: int | None


@dataclass(frozen=True)
class AnswerWeights:
    """A weight for each of SIGNALS and LINE_SIGNALS; `thresholds` are the scores from which "partial" and "met" are as likely as not."""

    signals: np.ndarray
    lines: np.ndarray
    thresholds: tuple[float, float]


@cache
def answer_weights() -> AnswerWeights:
    """Return the learned weights."""
    kept = json.loads(WEIGHTS.read_text("utf-8"))
    return AnswerWeights(
        np.array([kept["signals"][name] for name in SIGNALS]),
        np.array([kept["lines"][name] for name in LINE_SIGNALS]),
        (kept["thresholds"][0], kept["thresholds"][1]),
    )


def answer(signals: Signals, asked: ParsedRequirement, facts: Sequence[FactAnswer]) -> Answer:
    """Return the answer to a requirement; `facts` are the answers to the facts that it asks for."""
    if not len(signals.lines):
        return Answer("missing", 0.0, None)
    if asked.condition and (both := _beside_condition(signals, asked, facts)):
        return both
    status, strength = _compared(signals, asked, facts) or _learned(signals)
    status, strength = _by_years(status, strength, signals, asked)
    if asked.only_years and any(_is_before_work(fact) for fact in facts):
        status, strength = "missing", min(strength, _MOST_MISSING)
    if signals.led is not None and (asked.leads or status == "missing"):
        return _by_people_led(status, strength, signals, asked)
    status, strength = _by_names(status, strength, signals, asked)
    if status == "missing" and signals.echoing:
        return Answer("partial", _LEAST_PARTIAL, min(signals.echoing))
    if status == "met" and signals.lacks_clause:
        status, strength = "partial", min(strength, _MOST_PARTIAL)
    if status == "missing":
        return Answer(status, strength, None)
    line = _line(signals, asked)
    if line in signals.silent or (asked.only_facts and line in signals.not_held) or _is_of_other_papers(line, signals, asked, facts):
        return Answer("missing", min(strength, _MOST_MISSING), None)
    if status == "met" and line in signals.beside | signals.copied | signals.listed:
        status, strength = "partial", min(strength, _MOST_PARTIAL)
    return Answer(status, strength, line)


def _is_of_other_papers(line: int, signals: Signals, asked: ParsedRequirement, facts: Sequence[FactAnswer]) -> bool:
    """Return whether only certificates are asked for, and a line states others: a 一级造价工程师 is no 中级会计师."""
    is_only_paper = asked.only_facts and asked.certificates is not None and asked.degree is None and asked.languages is None
    return is_only_paper and line in signals.of_papers and all(fact.verdict is Verdict.NOT_SAID for fact in facts)


def _beside_condition(signals: Signals, asked: ParsedRequirement, facts: Sequence[FactAnswer]) -> Answer | None:
    """Return the answer to facts and a condition of the work, each of which is a part; None where the resume states no such fact."""
    lines = np.flatnonzero(signals.lines[:, LINE_SIGNALS.index("fact")])
    verdict = answer_to_all(min(facts, key=rank), max(facts, key=rank)).verdict if facts else Verdict.NOT_SAID
    if verdict in (Verdict.NOT_SAID, Verdict.NOT_MET) or not len(lines):
        return None
    scores = signals.lines @ answer_weights().lines
    line = int(max(lines, key=lambda index: scores[index]))
    if verdict is Verdict.MET and signals.accepted is not None and line not in signals.listed:
        return Answer("met", _LEAST_MET, line)
    return Answer("partial", 0.5 if verdict is Verdict.MET else _LEAST_PARTIAL, line)


def _by_people_led(status: str, strength: float, signals: Signals, asked: ParsedRequirement) -> Answer:
    """Return the answer to who led people: it is proven by the line that counts them, if that tells of such work."""
    if asked.leads and not signals.is_led_elsewhere:
        return Answer("met", max(strength, _LEAST_MET), signals.led)
    return Answer("partial", min(max(strength, _LEAST_PARTIAL), _MOST_PARTIAL), signals.led)


def _is_before_work(fact: FactAnswer) -> bool:
    """Return whether years of work are asked for, and there are internships alone, or the resume says that there is no work,
    or none of that.
    """
    return (
        fact.verdict is Verdict.NOT_MET
        and fact.fact is not None
        and getattr(fact.fact.value, "kind", "") in ("internship", "none", "denied")
    )


def _by_years(status: str, strength: float, signals: Signals, asked: ParsedRequirement) -> tuple[str, float]:
    """Return the status and strength after what the dates say of the years asked for: they decide where nothing else is asked for."""
    if signals.years is None:
        return status, strength
    if signals.years is Verdict.NOT_SAID:  # no work with dates, and none that is counted: what is read there proves no years
        return ("partial", min(strength, _MOST_PARTIAL)) if status == "met" else (status, strength)
    is_of_one = asked.only_years or (asked.only_names and len(asked.groups) == 1)  # "5 years in platform engineering" names a technology
    if asked.only_names and len(asked.groups) == 1 and not asked.positions and not signals.values[SIGNALS.index("names")]:
        return "missing", min(strength, _MOST_MISSING)  # years of work that never names it
    if is_of_one and signals.has_years:
        return "met", max(strength, _LEAST_MET)
    if asked.only_years and signals.years is Verdict.PARTLY and signals.year_lines:
        return "partial", min(max(strength, _LEAST_PARTIAL), _MOST_PARTIAL)
    if signals.years is Verdict.NOT_MET and status == "met":
        is_clear = asked.only_years and not signals.year_lines
        return ("missing", min(strength, _MOST_MISSING)) if is_clear else ("partial", min(strength, _MOST_PARTIAL))
    return status, strength


def _by_names(status: str, strength: float, signals: Signals, asked: ParsedRequirement) -> tuple[str, float]:
    """Return the status and strength after where the technologies stand: work with one is a part, a list of keywords no more than one."""
    if signals.named and signals.is_used and status == "missing":
        return "partial", _LEAST_PARTIAL
    share = signals.values[SIGNALS.index("names")]
    names = signals.lines[:, LINE_SIGNALS.index("names")]
    is_worked = asked.years is None and any(names[line] for line in signals.of_work)
    is_part = (share >= _LARGER_SHARE and (signals.named or is_worked)) or (signals.has_clause and asked.years is None)
    if status == "missing" and is_part:
        return "partial", _LEAST_PARTIAL
    is_only_listed = bool(signals.named) and signals.named <= signals.listed
    facts = np.flatnonzero(signals.lines[:, LINE_SIGNALS.index("fact")])
    is_fact_listed = bool(len(facts)) and signals.listed.issuperset(facts.tolist())
    if status == "met" and (is_only_listed or is_fact_listed):
        return "partial", min(strength, _MOST_PARTIAL)
    return status, strength


def _line(signals: Signals, asked: ParsedRequirement) -> int:
    """Return the line to quote; where only technologies are asked for, of those with most of them, where only years, of their work."""
    scores = signals.lines @ answer_weights().lines
    scores = _among(scores, ~np.isin(np.arange(len(scores)), list(signals.silent)))
    if asked.only_years and signals.year_lines:
        return signals.year_lines[0] if len(asked.years or ()) > 1 else max(signals.year_lines, key=lambda line: scores[line])
    if asked.years is not None and signals.of_work:  # no studies, no certificate, no post applied for
        shown = [*signals.of_work, *signals.year_lines, *(signals.named - signals.listed or signals.named - signals.copied)]
        scores = _among(scores, np.isin(np.arange(len(scores)), shown))
        scores = _among(scores, ~np.isin(np.arange(len(scores)), list(signals.of_internships)))  # they count for no years
    states = (signals.lines[:, LINE_SIGNALS.index("fact")] > 0) & np.isfinite(scores)
    if asked.only_facts:
        scores = _among(scores, states)
    names = signals.lines[:, LINE_SIGNALS.index("names")]
    if signals.named:  # a line that names what is asked for comes before one that is only near, work before a list
        shows = (signals.lines[:, LINE_SIGNALS.index("fact")] > 0) | (names > 0)
        shows[list(signals.named)] = True
        shows[list(signals.listed if signals.named - signals.listed else ())] = False
        scores = _among(scores, shows)
    told = np.flatnonzero(names > 0)
    if signals.listed.intersection(told.tolist()) and not signals.listed.issuperset(told.tolist()):  # work before a list
        scores = _among(scores, ~np.isin(np.arange(len(scores)), list(signals.listed)))
    if asked.only_names:
        scores = _among(scores, names == names.max())
    return int(scores.argmax())


def _among(scores: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Return the scores with -inf for lines that are not chosen; as they are, if no line would be left."""
    left = np.where(chosen, scores, -np.inf)
    return left if np.isfinite(left).any() else scores


def _learned(signals: Signals) -> tuple[str, float]:
    weights = answer_weights()
    score = float(weights.signals @ signals.values)
    partly, proven = (1 / (1 + math.exp(min(700.0, threshold - score))) for threshold in weights.thresholds)
    return STATUSES[(partly >= 0.5) + (proven >= 0.5)], (partly + proven) / 2


def _compared(signals: Signals, asked: ParsedRequirement, facts: Sequence[FactAnswer]) -> tuple[str, float] | None:
    """Return the status and strength that stated facts and named technologies decide, None where something else is asked for too."""
    if not asked.only_names and not asked.only_facts:
        return None
    answers = [*facts, FactAnswer(_named(signals))] if asked.only_names else facts
    if not answers or any(answer.verdict is Verdict.NOT_SAID for answer in answers):
        return None
    return _BY_VERDICT[answer_to_all(min(answers, key=rank), max(answers, key=rank)).verdict]


def _named(signals: Signals) -> Verdict:
    """Return how far the technologies asked for are named; all of them in a list are a part, unless the judge believes it."""
    share, judged = (signals.values[SIGNALS.index(name)] for name in ("names", "judge"))
    if share == 1 and (signals.is_used or judged > (_SOME_DOUBT if signals.claimed else 0)):  # 软件：SAP、用友U8
        return Verdict.MET
    return Verdict.PARTLY if share else Verdict.NOT_MET
