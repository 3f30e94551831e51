"""Compute the judge's figures from match points and verdicts: of all resumes of a set, and by kind of resume. judge.py prints them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from reranker.embedded.bm25 import bm25
from reranker.embedded.engine import job_text, offline_score
from reranker.evidence.answers import STATUSES
from reranker.evidence.match_points import MatchPoint
from reranker.judge.combine import combined
from training.judge.figures import (
    JudgedPair,
    calibration_error,
    foreign_strength,
    mean_ndcg,
    verdict_auc,
    within_resumes_auc,
)
from training.judge.groups import JobGroup, JudgedResume, holds_evidence

RANDOM_ORDERS = 50
ORDERED = "pairs ordered right"
STUFFED = ("stuffed", "boilerplate")
"""Kinds of resumes that repeat the job description; a label above 0 shows that there is more to one."""


@dataclass(frozen=True)
class JudgedResumeOfGroup:
    """A resume of a group (by its number) with its match points for the group's requirements and for another job's."""

    number: int
    group: JobGroup
    resume: JudgedResume
    own: tuple[MatchPoint, ...]
    foreign: tuple[MatchPoint, ...]
    foreign_job: str


Judged = Sequence[JudgedResumeOfGroup]


def pairs(judged: Judged) -> list[JudgedPair]:
    """Return every pair of resume and requirement."""
    result = []
    for group_index, item in enumerate(judged):
        label = item.resume.label
        for (_, is_must), verdict, said in zip(item.group.requirements, item.resume.verdicts, item.own, strict=True):
            result.append(JudgedPair(item.number, group_index, label, "must" if is_must else "nice", verdict, said.strength))
        result += [JudgedPair(item.number, group_index, label, "must", None, said.strength) for said in item.foreign]
    return result


def orders(judged: Judged, foreign: bool = False) -> list[tuple[int, np.ndarray, np.ndarray]]:
    """Return for each group its number, the offline scores of its resumes (for another job if `foreign`), and their labels."""
    of_groups = []
    for number, of_group in by_group(judged).items():
        job = job_text(of_group[0].foreign_job if foreign else of_group[0].group.job)
        scores = []
        for item in of_group:
            points = item.foreign if foreign else item.own
            proven = combined([point.strength for point in points], [point.kind for point in points])
            scores.append(offline_score(proven, job, item.resume.text))
        of_groups.append((number, np.array(scores), labels_of(of_group)))
    return of_groups


def by_group(judged: Judged) -> dict[int, list[JudgedResumeOfGroup]]:
    """Return the resumes of each group."""
    groups: dict[int, list[JudgedResumeOfGroup]] = {}
    for item in judged:
        groups.setdefault(item.number, []).append(item)
    return groups


def labels_of(of_group: Judged) -> np.ndarray:
    """Return the labels of a group's resumes."""
    return np.array([item.resume.label for item in of_group], dtype=float)


def bm25_ndcg(judged: Judged) -> float:
    """Return nDCG@5 of BM25 on the job description."""
    return mean_ndcg(bm25_orders(judged))


def bm25_orders(judged: Judged) -> list[tuple[int, np.ndarray, np.ndarray]]:
    """Return for each group its number, the scores of BM25, and the labels of its resumes."""
    return [
        (number, np.array([bm25(item.group.job, item.resume.text) for item in of_group]), labels_of(of_group))
        for number, of_group in by_group(judged).items()
    ]


def chance_ndcg(judged: Judged) -> float:
    """Return the mean nDCG@5 of orders by chance, which depends on how many resumes of a group have which label."""
    random = np.random.default_rng(0)
    groups = [(number, labels_of(of_group)) for number, of_group in by_group(judged).items()]
    return mean_ndcg((number, random.permutation(len(labels)), labels) for number, labels in groups * RANDOM_ORDERS)


def stuffed_in_front(judged: Judged) -> float:
    """Return the share of the groups with such a resume in which one is among the first three."""
    is_in_front = []
    groups = by_group(judged)
    for number, scores, _ in orders(judged):
        resumes = [item.resume for item in groups[number]]
        is_stuffed = np.array([resume.kind in STUFFED and resume.label == 0 for resume in resumes])
        if is_stuffed.any():
            is_in_front.append(is_stuffed[np.argsort(-scores, kind="stable")[:3]].any())
    return float(np.mean(is_in_front)) if is_in_front else float("nan")


def grades(judged: Judged) -> tuple[np.ndarray, np.ndarray]:
    """Return the grades (0 missing, 1 partial, 2 met) of the match points, and the verdicts."""
    return (
        np.array([STATUSES.index(said.status) for item in judged for said in item.own]),
        np.array([verdict for item in judged for verdict in item.resume.verdicts]),
    )


def precision(judged: Judged) -> float:
    """Return the share of what is found that is right."""
    said, verdicts = grades(judged)
    return float((verdicts[said > 0] > 0).mean()) if (said > 0).any() else float("nan")


def recall(judged: Judged) -> float:
    """Return the share of what is there that is found."""
    said, verdicts = grades(judged)
    return float((said[verdicts > 0] > 0).mean())


def status(judged: Judged) -> float:
    """Return the share of grades that are exactly the verdict."""
    said, verdicts = grades(judged)
    return float((said == verdicts).mean())


def quotes(judged: Judged) -> float:
    """Return the share of right quotes among what was found and is there."""
    is_right = [
        holds_evidence(item.resume.text, evidence, said.start, said.end)
        for item in judged
        for verdict, evidence, said in zip(item.resume.verdicts, item.resume.evidence, item.own, strict=True)
        if verdict and evidence and said.status != "missing"
    ]
    return float(np.mean(is_right)) if is_right else float("nan")


def calibration(judged: Judged) -> float:
    """Return the calibration error of the strengths; the truth is half the verdict."""
    own = [pair for pair in pairs(judged) if pair.verdict is not None]
    return calibration_error([pair.strength for pair in own], [(pair.verdict or 0) / 2 for pair in own])


def by_kind(judged: Judged) -> dict[str, dict[str, float | None]]:
    """Return for each kind of resume their number, how well they are ordered, and what is found in them; None where nothing counts."""
    kinds = [kind for kind, _ in Counter(item.resume.kind for item in judged).most_common()]
    ours = ordered_right(judged, [scores for _, scores, _ in orders(judged)])
    others = ordered_right(judged, [scores for _, scores, _ in bm25_orders(judged)])
    result: dict[str, dict[str, float | None]] = {}
    for kind in kinds:
        resumes = [item for item in judged if item.resume.kind == kind]
        has_proof = any(verdict for item in resumes for verdict in item.resume.verdicts)
        figures = {
            ORDERED: _mean(ours[kind]),
            f"{ORDERED} by BM25": _mean(others[kind]),
            "found: precision": precision(resumes),
            "found: recall": recall(resumes) if has_proof else float("nan"),
            "quoted line right": quotes(resumes),
        }
        result[kind] = {"resumes": len(resumes)} | {name: None if np.isnan(value) else round(value, 3) for name, value in figures.items()}
    return result


def ordered_right(judged: Judged, scores: Sequence[np.ndarray]) -> dict[str, list[float]]:
    """Return for each kind its pairs: 1 for one that is ordered as the labels say, 0.5 for a tie, else 0.

    A pair is a resume of that kind and another of its group with another label. `scores` has an array for each group, in their order.
    """
    pairs_of: dict[str, list[float]] = defaultdict(list)
    for of_group, of_scores in zip(by_group(judged).values(), scores, strict=True):
        for item, score in zip(of_group, of_scores, strict=True):
            for other, other_score in zip(of_group, of_scores, strict=True):
                if better := np.sign(item.resume.label - other.resume.label):
                    pairs_of[item.resume.kind].append((1 + better * np.sign(score - other_score)) / 2)
    return pairs_of


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


FIGURES: dict[str, Callable[[Judged], float]] = {
    "nDCG@5": lambda judged: mean_ndcg(orders(judged)),
    "nDCG@5 of BM25": bm25_ndcg,
    "control: nDCG@5": lambda judged: mean_ndcg(orders(judged, foreign=True)),
    "nDCG@5 by chance": chance_ndcg,
    "control: strength of label 2": lambda judged: foreign_strength(pairs(judged)),
    "AUC of a verdict": lambda judged: verdict_auc(pairs(judged)),
    "within a resume: proven or not, AUC": lambda judged: within_resumes_auc(pairs(judged), 0),
    "within a resume: own or foreign, AUC": lambda judged: within_resumes_auc(pairs(judged), None),
    "stuffed among the first three": stuffed_in_front,
    "found: precision": precision,
    "found: recall": recall,
    "status of three right": status,
    "quoted line right": quotes,
    "calibration error": calibration,
}
