"""Find prompt injections: passages of a resume that tell the model what to answer.

A flag for a person, never a reason to reject; benchmarks/screening.py measures recall and false alarms.
"""

import re
from pathlib import PurePath

from preprocess.screening.model import ScreeningWeights, SentenceEncoder, linear_score, scores, weights
from preprocess.screening.passages import Span, passages
from preprocess.screening.variants import Variant, variants

# The sentence that everybody knows, as a whole passage: too many testers quote it for the model to be sure of it alone.
_BEST_KNOWN = re.compile(
    r"(?:please )?(?:ignore|disregard|forget) (?:all |any )?(?:of )?(?:the |your )?(?:previous|prior|above|earlier) "
    r"(?:instructions?|prompts?|rules)[.!]?(?: and (?:answer|say|output|reply) .{1,30})?"
    r"|请?(?:忽略|无视|忘记)(?:之前|以上|上述|此前)的?(?:所有|一切|全部)?的?(?:指令|指示|提示词)[。!]?"
)
_MAX_JUDGED = 32  # readings of one text that the encoder sees, so that a hostile text cannot keep it busy


def injections(text: str, encoder: SentenceEncoder) -> list[Span]:
    """Return the spans of the passages that instruct the model, in order, none overlapping."""
    scores = _scores(text, encoder)
    hits = sorted(scores, key=lambda span: (-scores[span], span))
    spans: list[Span] = []
    for start, end in hits:  # the most telling first: of passages that overlap, one is noted
        if all(end <= other_start or other_end <= start for other_start, other_end in spans):
            spans.append((start, end))
    return sorted(spans)


def is_injection_name(file_name: str, encoder: SentenceEncoder) -> bool:
    """Return whether a file's name instructs the model."""
    model = weights()
    judged = _suspicious(name_words(file_name), model)
    if not judged:
        return False
    linear, suspicious = zip(*judged, strict=True)
    return bool((scores([variant.text for variant in suspicious], linear, encoder, model) >= model.least_name).any())


def name_words(file_name: str) -> str:
    """Return a file's name without its extension, as words."""
    path = PurePath(file_name)
    stem = path.stem if len(path.suffix) <= 5 else file_name
    return stem.replace("_", " ").replace("-", " ")


def without_injections(text: str, encoder: SentenceEncoder) -> str:
    """Return the text without those passages, "" if nothing else is in it, to score it beside the whole text."""
    kept, position = [], 0
    for start, end in injections(text, encoder):
        is_whole_line = (not start or text[start - 1] == "\n") and text[end : end + 1] == "\n"
        kept.append(text[position:start])
        position = end + 1 if is_whole_line else end
    return "".join([*kept, text[position:]]).strip("\n") if kept else text


def _scores(text: str, encoder: SentenceEncoder) -> dict[Span, float]:
    """Return by how much each span that is an instruction exceeds its threshold."""
    model = weights()
    suspicious: dict[str, list[tuple[float, Variant]]] = {}  # by passage: lines that are repeated are judged once
    rows: list[tuple[float, Span, Variant]] = []
    for span in passages(text):
        passage = text[slice(*span)]
        if passage not in suspicious:
            suspicious[passage] = _suspicious(passage, model)
        rows += [(score, span, variant) for score, variant in suspicious[passage]]
    rows = sorted(rows, key=lambda row: -row[0])[:_MAX_JUDGED]
    if not rows:
        return {}
    judged = scores([variant.text for *_, variant in rows], [linear for linear, *_ in rows], encoder, model)
    passed: dict[Span, float] = {}
    for (_, span, variant), score in zip(rows, judged, strict=True):
        excess = float(score) - float(model.least_disguised if variant.is_disguised else model.least)
        if excess >= 0 or _BEST_KNOWN.fullmatch(variant.text):
            excess = max(excess, 0.0)
            passed[span] = max(excess, passed.get(span, 0.0))
    return passed


def _suspicious(passage: str, model: ScreeningWeights) -> list[tuple[float, Variant]]:
    """Return the variants of a passage that the encoder is asked about, each with its linear score."""
    scored = [(linear_score(variant.text, model), variant) for variant in variants(passage)]
    return [(score, variant) for score, variant in scored if score >= model.suspicious]
