"""Decide how far a resume meets a requirement, and on which line: by weights that training/judge/fit_answers.py learned from judged pairs.

Where nothing but facts (years, a degree, a certificate, …) and technologies by name is asked for, what the resume states decides.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from reranker.evidence.facts.contract import VERDICTS, FactAnswer, Verdict
from reranker.evidence.parsed_requirement import ParsedRequirement
from reranker.evidence.signals import LINE_SIGNALS, SIGNALS, Signals

WEIGHTS = Path(__file__).with_name("answer_weights.json")
_STATUSES = ("missing", "partial", "met")
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


def answer(found: Signals, asked: ParsedRequirement, facts: Sequence[FactAnswer]) -> Answer:
    """Return the answer to a requirement; `facts` are the answers to the facts that it asks for."""
    if not len(found.lines):
        return Answer("missing", 0.0, None)
    status, strength = _compared(found, asked, facts) or _learned(found)
    return Answer(status, strength, None if status == "missing" else _line(found, asked))


def _line(found: Signals, asked: ParsedRequirement) -> int:
    """The line to quote; where only technologies are asked for, of those with most of them."""
    scores = found.lines @ answer_weights().lines
    if asked.only_names:
        names = found.lines[:, LINE_SIGNALS.index("names")]
        scores = np.where(names == names.max(), scores, -np.inf)
    return int(scores.argmax())


def _learned(found: Signals) -> tuple[str, float]:
    weights = answer_weights()
    score = float(weights.signals @ found.values)
    partly, proven = (1 / (1 + math.exp(min(700.0, threshold - score))) for threshold in weights.thresholds)
    return _STATUSES[(partly >= 0.5) + (proven >= 0.5)], (partly + proven) / 2


def _compared(found: Signals, asked: ParsedRequirement, facts: Sequence[FactAnswer]) -> tuple[str, float] | None:
    """What needs no judgement: facts that are stated and technologies that are named, where nothing else is asked for."""
    verdicts = [fact.verdict for fact in facts]
    if asked.only_names:
        named = _named(found)
        if named is Verdict.MET and _learned(found)[0] != "met" and not found.is_used:
            named = Verdict.PARTLY  # in a list, and the judge does not believe it
        verdicts.append(named)
    elif not asked.only_facts:
        return None
    if not verdicts or Verdict.NOT_SAID in verdicts:
        return None
    worst, best = (order(verdicts, key=VERDICTS.index) for order in (min, max))
    return _BY_VERDICT[worst if worst is best else min(Verdict.PARTLY, best, key=VERDICTS.index)]


def _named(found: Signals) -> Verdict:
    """How far the technologies asked for are named, be it in a list."""
    share = found.values[SIGNALS.index("names")]
    return Verdict.MET if share == 1 else Verdict.PARTLY if share else Verdict.NOT_MET
