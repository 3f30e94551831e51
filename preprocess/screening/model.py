"""Classify passages as instructions to the model: a cheap linear model over all, a sentence encoder over the suspicious ones.

The caller passes in the encoder; an adapter trained for this question changes its vectors. The weights (weights.npz) are made by
benchmarks/fit_screening.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from preprocess.screening.cues import cue_names, cues

BUCKETS = 1 << 16
LONGEST_NGRAM = 5
CUE_SCALE = 0.3
"""Weight of a cue beside the n-grams of a passage, whose squares add up to 1."""

LINEAR_SHARE = 0.05
"""Weight of the linear score beside the adapter's log-odds; 0.02 to 0.08 do as well on the calibration part."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_PLACES = np.uint64(48)


class SentenceEncoder(Protocol):
    """Encode sentences as vectors (n, 384), changed by an adapter; reranker.encoder.encoder.Encoder is one."""

    def adapted(self, texts: Sequence[str], adapter: Mapping[str, np.ndarray]) -> np.ndarray:
        """Return a vector (384) for each text, float32, from the layers as changed by `adapter`."""
        ...


@dataclass(frozen=True)
class ScreeningWeights:
    """`ngrams` (BUCKETS), `cues` and `bias` of the linear model; `adapter` of the encoder, `head` (384) and `head_bias` over its vectors.

    `suspicious` is the linear score from which the encoder is asked; `least`, `least_disguised` and `least_name` are the thresholds on the
    logit of a passage, a disguised one, and a file's name.
    """

    ngrams: np.ndarray
    cues: np.ndarray
    bias: float
    adapter: Mapping[str, np.ndarray]
    head: np.ndarray
    head_bias: float
    suspicious: float
    least: float
    least_disguised: float
    least_name: float


@cache
def weights() -> ScreeningWeights:
    """Load the shipped weights, once."""
    with np.load(Path(__file__).with_name("weights.npz")) as file:
        arrays = {name: file[name].astype(np.float32) for name in file.files if name != "ngrams"}
        adapter = {name.removeprefix("adapter."): arrays.pop(name) for name in list(arrays) if name.startswith("adapter.")}
        numbers = {name: float(values) for name, values in arrays.items() if not values.ndim}
        return ScreeningWeights(ngrams=file["ngrams"] / 32.0, cues=arrays["cues"], adapter=adapter, head=arrays["head"], **numbers)


def ngram_buckets(text: str) -> np.ndarray:
    """Return the distinct buckets of a text's character n-grams, 1 to 5 characters long."""
    codes = np.frombuffer(f" {text} ".encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    buckets = []
    hashes = np.zeros(len(codes), dtype=np.uint64)
    for length in range(LONGEST_NGRAM):
        if length >= len(codes):
            break
        hashes = (hashes[: len(codes) - length] + codes[length:] + np.uint64(1)) * _MULTIPLIER
        hashes ^= hashes >> np.uint64(29)
        buckets.append((hashes * _MULTIPLIER) >> _PLACES)
    return np.unique(np.concatenate(buckets)).astype(np.int64)


def cue_vector(text: str) -> np.ndarray:
    """Return 1 for each cue of screening.toml in a text, else 0."""
    present = set(cues(text))
    return np.array([name in present for name in cue_names()], dtype=np.float32)


def linear_score(text: str, model: ScreeningWeights) -> float:
    """Return how suspicious a text is by its wording alone."""
    buckets = ngram_buckets(text)
    score = float(model.ngrams[buckets].sum()) / max(1, len(buckets)) ** 0.5 + float(model.bias)
    # A cue's regular expressions take longer than all n-grams: they are not asked where they could change nothing.
    return score + CUE_SCALE * float(model.cues @ cue_vector(text)) if score > model.suspicious - 4 else score


def scores(texts: Sequence[str], linear: Sequence[float], encoder: SentenceEncoder, model: ScreeningWeights) -> np.ndarray:
    """Return the score of each text as an instruction to the model, (n,): the adapter's log-odds and a little of the linear score.

    The log-odds were learned from smoothed labels and end near 3.9: among texts that are almost certain the linear score decides.
    """
    return encoder.adapted(texts, model.adapter) @ model.head + model.head_bias + LINEAR_SHARE * np.clip(linear, -2, 8)
