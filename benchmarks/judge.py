"""The judge against the verdicts of training/judge/data:  python benchmarks/judge.py [dev | test] [--weights FILE] [--bf16] [--whole]

`test` is looked at once, after all is fixed. A requirement is "found" if the judge says partly or proven; it is right if the verdict is
1 or 2. In the control each group's resumes are ordered by the requirements of the next group of its language. A quote is right if half
of the line or half of the evidence is shared. Requirements count as "must" or "nice", which is all that the data say.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from reranker.embedded.bm25 import bm25  # noqa: E402
from reranker.judge.judge import Judge  # noqa: E402
from reranker.judge.verdict import NOT, JudgeVerdict  # noqa: E402
from reranker.judge.weights import WEIGHTS  # noqa: E402
from reranker.judge.windows import WINDOW_TOKENS  # noqa: E402
from training.judge.dev import following  # noqa: E402
from training.judge.figures import (  # noqa: E402
    JudgedPair,
    calibration_error,
    foreign_strength,
    group_orders,
    mean_ndcg,
    verdict_auc,
    within_resumes_auc,
)
from training.judge.groups import JobGroup, JudgedResume, read_groups  # noqa: E402
from training.judge.train import WHOLE_TOKENS  # noqa: E402

STUFFED = ("stuffed", "boilerplate")
"""Kinds of resumes that repeat the job description; a label above 0 shows that there is more to one."""


@dataclass(frozen=True)
class JudgedResumeOfGroup:
    """A resume of a group (by its number) with the judge's verdicts on the group's requirements and on another job's."""

    number: int
    group: JobGroup
    resume: JudgedResume
    own: list[JudgeVerdict]
    foreign: list[JudgeVerdict]


Judged = Sequence[JudgedResumeOfGroup]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the judge.")
    parser.add_argument("part", nargs="?", default="dev", choices=("dev", "test"))
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--whole", action="store_true", help="weights of a training with --whole")
    arguments = parser.parse_args()
    limit = WHOLE_TOKENS if arguments.whole else WINDOW_TOKENS
    judge = Judge(arguments.weights, torch.bfloat16 if arguments.bf16 else torch.float32, limit)
    start = time.process_time()
    judged = list(judge_groups(judge, read_groups(arguments.part)))
    print(f"{arguments.part}: {len(judged)} resumes, {time.process_time() - start:.0f} s of processor time")
    report(judged)


def judge_groups(judge: Judge, groups: Sequence[JobGroup]) -> Iterator[JudgedResumeOfGroup]:
    """Yield every resume with the judge's verdicts."""
    for number, group in enumerate(groups):
        own, foreign = ([text for text, _ in asked.requirements] for asked in (group, following(groups, number)))
        for resume in group.resumes:
            verdicts = judge.verdicts([*own, *foreign], resume.text)
            yield JudgedResumeOfGroup(number, group, resume, verdicts[: len(own)], verdicts[len(own) :])


def report(judged: Judged) -> None:
    """Print the figures, a column for each kind of group and language."""
    columns: list[tuple[str, Callable[[JobGroup], bool]]] = [("all", lambda group: True)]
    for pile in ("traps", "ordinary", "mixed"):
        columns += [
            (f"{pile[:5]} {language}", lambda group, pile=pile, language=language: (group.pile, group.language) == (pile, language))
            for language in ("zh", "en")
        ]
    chosen = [[item for item in judged if is_chosen(item.group)] for _, is_chosen in columns]
    print(f"{'':36}" + "".join(f"{name:>9}" for name, _ in columns))
    for name, figure in FIGURES.items():
        print(f"{name:36}" + "".join(f"{figure(part):>9.3f}" if part else f"{'–':>9}" for part in chosen))


def pairs(judged: Judged) -> list[JudgedPair]:
    """Return every pair of resume and requirement."""
    result = []
    for place, item in enumerate(judged):
        label = item.resume.label
        for (_, is_must), verdict, said in zip(item.group.requirements, item.resume.verdicts, item.own, strict=True):
            result.append(JudgedPair(item.number, place, label, "must" if is_must else "nice", verdict, said.strength))
        result += [JudgedPair(item.number, place, label, "must", None, said.strength) for said in item.foreign]
    return result


def bm25_ndcg(judged: Judged) -> float:
    """Return nDCG@5 of BM25 on the job description."""
    groups = {item.number: [other for other in judged if other.number == item.number] for item in judged}
    return mean_ndcg(
        (
            number,
            np.array([bm25(item.group.job, item.resume.text) for item in of_group]),
            np.array([item.resume.label for item in of_group], dtype=float),
        )
        for number, of_group in groups.items()
    )


def stuffed_in_front(judged: Judged) -> float:
    """Return the share of the groups with such a resume in which one is among the first three."""
    is_in_front = []
    for number, scores, _ in group_orders(pairs(judged)):
        resumes = [item.resume for item in judged if item.number == number]
        is_stuffed = np.array([resume.kind in STUFFED and resume.label == 0 for resume in resumes])
        if is_stuffed.any():
            is_in_front.append(is_stuffed[np.argsort(-scores, kind="stable")[:3]].any())
    return float(np.mean(is_in_front)) if is_in_front else float("nan")


def grades(judged: Judged) -> tuple[np.ndarray, np.ndarray]:
    """Return the grades that the judge gave, and the verdicts."""
    return (
        np.array([said.grade for item in judged for said in item.own]),
        np.array([verdict for item in judged for verdict in item.resume.verdicts]),
    )


def precision(judged: Judged) -> float:
    """Return the share of what is found that is right."""
    said, verdicts = grades(judged)
    return float((verdicts[said != NOT] > 0).mean()) if (said != NOT).any() else float("nan")


def recall(judged: Judged) -> float:
    """Return the share of what is there that is found."""
    said, verdicts = grades(judged)
    return float((said[verdicts > 0] != NOT).mean())


def status(judged: Judged) -> float:
    """Return the share of grades that are exactly the verdict."""
    said, verdicts = grades(judged)
    return float((said == verdicts).mean())


def quotes(judged: Judged) -> float:
    """Return the share of right quotes among what was found and is there."""
    is_right = [
        is_accepted(item.resume, evidence, said)
        for item in judged
        for verdict, evidence, said in zip(item.resume.verdicts, item.resume.evidence, item.own, strict=True)
        if verdict and evidence and said.grade != NOT
    ]
    return float(np.mean(is_right)) if is_right else float("nan")


def is_accepted(resume: JudgedResume, evidence: str, said: JudgeVerdict) -> bool:
    """Return whether the quoted line and any mention of the evidence share half of the shorter one."""
    start = resume.text.find(evidence)
    while start >= 0:
        shared = min(said.end, start + len(evidence)) - max(said.start, start)
        if shared * 2 >= min(len(evidence), said.end - said.start):
            return True
        start = resume.text.find(evidence, start + 1)
    return False


def calibration(judged: Judged) -> float:
    """Return the calibration error of the strengths; the truth is half the verdict."""
    own = [pair for pair in pairs(judged) if pair.verdict is not None]
    return calibration_error([pair.strength for pair in own], [(pair.verdict or 0) / 2 for pair in own])


FIGURES: dict[str, Callable[[Judged], float]] = {
    "nDCG@5": lambda judged: mean_ndcg(group_orders(pairs(judged))),
    "nDCG@5 of BM25": bm25_ndcg,
    "control: nDCG@5": lambda judged: mean_ndcg(group_orders(pairs(judged), foreign=True)),
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

if __name__ == "__main__":
    main()
