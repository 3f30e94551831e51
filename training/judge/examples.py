"""Prepare job groups as the network is trained on them: token ids, and which tokens of which windows are the evidence.

Also which requirements of other groups may be put to a group's resumes as ones that nobody proves: not those that any job asks for (a
degree, a language) or that resemble one of the group's own. Half of them are drawn from neighbouring trades.
"""

import hashlib
import pickle
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reranker.encoder.e5_file import E5File
from reranker.encoder.encoder import Encoder
from reranker.judge.windows import Window, Windower
from training.judge.groups import DATA, JobGroup, JudgedResume

NEIGHBOURS = 40
"""Groups whose requirements are the most similar to a group's own."""
TOO_CLOSE = 0.4
"""Cosine, after the mean of all requirements is taken away, from which a resume that proves one may prove the other: 3 % of all pairs."""
COMMON, ASKED_ANYWHERE = 0.5, 6
"""A requirement that resembles (this cosine) others in so many groups is asked for in any trade."""


@dataclass(frozen=True)
class TokenSpan:
    """Tokens `first` to `last` (not included) of a window, by its number."""

    window: int
    first: int
    last: int


@dataclass(frozen=True)
class ResumeExample:
    """The windows of a resume, and its verdict on each requirement with the places of the evidence (none: no line decides)."""

    windows: tuple[tuple[int, ...], ...]
    label: int
    verdicts: tuple[int, ...]
    places: tuple[tuple[TokenSpan, ...], ...]


@dataclass(frozen=True)
class GroupExample:
    """A job group; `near` and `far` are requirements of other groups that can be put to its resumes, as (group, requirement)."""

    requirements: tuple[tuple[int, ...], ...]
    resumes: tuple[ResumeExample, ...]
    near: tuple[tuple[int, int], ...]
    far: tuple[tuple[int, int], ...]


def cached_examples(groups: Sequence[JobGroup], limit: int, cache: Path) -> list[GroupExample]:
    """Return `examples`, from `cache` if it was written for the same data and the same code."""
    sources = [Path(__file__), *sorted(DATA.glob("train/*")), Path(__file__).parents[2] / "reranker" / "judge" / "windows.py"]
    digest = hashlib.sha256(repr((limit, len(groups))).encode())
    for source in sources:
        digest.update(source.read_bytes())
    if cache.is_file():
        known, prepared = pickle.loads(cache.read_bytes())  # our own file, of this machine
        if known == digest.hexdigest():
            return prepared
    prepared = examples(groups, limit)
    cache.write_bytes(pickle.dumps((digest.hexdigest(), prepared)))
    return prepared


def examples(groups: Sequence[JobGroup], limit: int) -> list[GroupExample]:
    """Return the groups as examples, with windows of at most `limit` tokens."""
    windower = Windower(E5File().tokenizer, limit)
    foreign = foreign_requirements(groups, Encoder().queries([text for group in groups for text, _ in group.requirements]))
    return [
        GroupExample(
            tuple(windower.requirement(text) for text, _ in group.requirements),
            tuple(_resume(windower.windows(resume.text), resume) for resume in group.resumes),
            *foreign[number],
        )
        for number, group in enumerate(groups)
    ]


def _resume(windows: Sequence[Window], resume: JudgedResume) -> ResumeExample:
    return ResumeExample(
        tuple(window.ids for window in windows),
        resume.label,
        resume.verdicts,
        tuple(evidence_places(windows, resume.text, evidence) for evidence in resume.evidence),
    )


def evidence_places(windows: Sequence[Window], text: str, evidence: str) -> tuple[TokenSpan, ...]:
    """Return where in the windows the evidence stands: wherever at least half of its characters are, or else where most are."""
    candidates: list[tuple[float, TokenSpan]] = []
    for match in re.finditer(re.escape(evidence), text) if evidence else ():
        for number, window in enumerate(windows):
            shared = [min(end, match.end()) - max(start, match.start()) for start, end in window.characters]
            tokens = [token for token, count in enumerate(shared) if count > 0]
            if tokens:
                part = sum(shared[token] for token in tokens) / len(evidence)
                candidates.append((part, TokenSpan(number, tokens[0], tokens[-1] + 1)))
    if not candidates:
        return ()
    needed = min(0.5, max(part for part, _ in candidates))
    return tuple(position for part, position in candidates if part >= needed)


def foreign_requirements(
    groups: Sequence[JobGroup], vectors: np.ndarray
) -> list[tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]]:
    """Return for each group the foreign requirements from its neighbours and from all others; `vectors` has a row per requirement."""
    keys = [(number, index) for number, group in enumerate(groups) for index in range(len(group.requirements))]
    owners = np.array([number for number, _ in keys])
    centred = vectors - vectors.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    cosines = centred @ centred.T
    means = np.stack([centred[owners == number].mean(axis=0) for number in range(len(groups))])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    order = np.argsort(-(means @ means.T), axis=1, kind="stable")
    is_common = np.array([len(set(owners[row > COMMON])) >= ASKED_ANYWHERE for row in cosines])
    trades = np.array([group.trade.lower() for group in groups])
    result = []
    for number in range(len(groups)):
        own = owners == number
        is_allowed = ~is_common & (cosines[own].max(axis=0) < TOO_CLOSE) & (trades[owners] != trades[number])
        is_near = np.isin(owners, order[number, 1 : NEIGHBOURS + 1])
        result.append(tuple(tuple(keys[index] for index in np.flatnonzero(is_allowed & side)) for side in (is_near, ~is_near)))
    return result
