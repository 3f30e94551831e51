"""Passages of a resume that tell the reading program what to answer.

It is a flag for a person, never a reason to reject; benchmarks/screening.py says how much is found and how often it is wrong.
"""

import re
from pathlib import PurePath

from preprocess.screening.model import SentenceEncoder, Weights, linear_score, scores, weights
from preprocess.screening.passages import Span, passages
from preprocess.screening.readings import Reading, readings

# The sentence that everybody knows, as a whole passage: too many testers quote it for the model to be sure of it alone.
_BEST_KNOWN = re.compile(
    r"(?:please )?(?:ignore|disregard|forget) (?:all |any )?(?:of )?(?:the |your )?(?:previous|prior|above|earlier) "
    r"(?:instructions?|prompts?|rules)[.!]?(?: and (?:answer|say|output|reply) .{1,30})?"
    r"|请?(?:忽略|无视|忘记)(?:之前|以上|上述|此前)的?(?:所有|一切|全部)?的?(?:指令|指示|提示词)[。!]?"
)
_MOST_JUDGED = 32  # readings of one text that the encoder sees, so that a hostile text cannot keep it busy


def instructions(text: str, encoder: SentenceEncoder) -> list[Span]:
    """Return the spans of the passages that speak to the reading program, in order, none inside another."""
    scores = _scores(text, encoder)
    hits = sorted(scores, key=lambda span: (-scores[span], span))
    chosen: list[Span] = []
    for start, end in hits:  # the most telling first: of passages that overlap, one is noted
        if all(end <= other_start or other_end <= start for other_start, other_end in chosen):
            chosen.append((start, end))
    return sorted(chosen)


def is_instruction_name(file_name: str, encoder: SentenceEncoder) -> bool:
    """Return whether a file's name speaks to the reading program."""
    model = weights()
    judged = _suspicious(name_words(file_name), model)
    if not judged:
        return False
    linear, suspicious = zip(*judged, strict=True)
    return bool((scores([reading.text for reading in suspicious], linear, encoder, model) >= model.least_name).any())


def name_words(file_name: str) -> str:
    """A file's name without its extension, as words."""
    path = PurePath(file_name)
    stem = path.stem if len(path.suffix) <= 5 else file_name
    return stem.replace("_", " ").replace("-", " ")


def without_instructions(text: str, encoder: SentenceEncoder) -> str:
    """Return the text without those passages, "" where nothing else is in it: what to score beside the text as it is."""
    kept, position = [], 0
    for start, end in instructions(text, encoder):
        is_whole_line = (not start or text[start - 1] == "\n") and text[end : end + 1] == "\n"
        kept.append(text[position:start])
        position = end + 1 if is_whole_line else end
    return "".join([*kept, text[position:]]).strip("\n") if kept else text


def _scores(text: str, encoder: SentenceEncoder) -> dict[Span, float]:
    """By how much each span that is an instruction passes what is asked of it."""
    model = weights()
    suspicious: dict[str, list[tuple[float, Reading]]] = {}  # by passage: lines that are repeated are judged once
    rows: list[tuple[float, Span, Reading]] = []
    for span in passages(text):
        passage = text[slice(*span)]
        if passage not in suspicious:
            suspicious[passage] = _suspicious(passage, model)
        rows += [(score, span, reading) for score, reading in suspicious[passage]]
    rows = sorted(rows, key=lambda row: -row[0])[:_MOST_JUDGED]
    if not rows:
        return {}
    judged = scores([reading.text for *_, reading in rows], [linear for linear, *_ in rows], encoder, model)
    passed: dict[Span, float] = {}
    for (_, span, reading), score in zip(rows, judged, strict=True):
        excess = float(score) - float(model.least_disguised if reading.is_disguised else model.least)
        if excess >= 0 or _BEST_KNOWN.fullmatch(reading.text):
            excess = max(excess, 0.0)
            passed[span] = max(excess, passed.get(span, 0.0))
    return passed


def _suspicious(passage: str, model: Weights) -> list[tuple[float, Reading]]:
    """The readings of a passage that the encoder is asked about, each with its linear score."""
    scored = [(linear_score(reading.text, model), reading) for reading in readings(passage)]
    return [(score, reading) for score, reading in scored if score >= model.suspicious]
