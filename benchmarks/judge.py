"""Measure the judge:  python benchmarks/judge.py [dev | test | test2 | public [FOLDER]] [--weights FILE] [--whole] [--json FILE]

On dev, test and test2: match points against the verdicts of training/judge/data.

`test` and `test2` are looked at once each, after all is fixed. A requirement is "found" if its match point is met or partial; it is
right if the verdict is 1 or 2. nDCG@5 is that of the offline order, without the emphasis of an instruction. In the control each group's
resumes are ordered by the requirements of the next group of its language. A quote is right if half of the line or half of the evidence is
shared. Requirements count as "must" or "nice", which is all that the data say.

`public` prints the order of whole jobs of the public set in FOLDER (see public_set.py) beside that of BM25.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.other_people import as_people  # noqa: E402
from benchmarks.public_set import report_public  # noqa: E402
from benchmarks.record import write_record  # noqa: E402
from reranker.embedded.bm25 import bm25  # noqa: E402
from reranker.embedded.engine import job_text, offline_score  # noqa: E402
from reranker.evidence.answers import STATUSES  # noqa: E402
from reranker.evidence.match_points import MatchPoint, find_evidence  # noqa: E402
from reranker.evidence.requirements import Requirement  # noqa: E402
from reranker.judge.combine import combined  # noqa: E402
from reranker.judge.judge import Judge  # noqa: E402
from reranker.judge.weights import WEIGHTS  # noqa: E402
from reranker.judge.windows import WINDOW_TOKENS  # noqa: E402
from training.judge.dev import following  # noqa: E402
from training.judge.figures import (  # noqa: E402
    JudgedPair,
    calibration_error,
    foreign_strength,
    mean_ndcg,
    verdict_auc,
    within_resumes_auc,
)
from training.judge.groups import JobGroup, JudgedResume, holds_evidence, read_groups  # noqa: E402
from training.judge.train import WHOLE_TOKENS  # noqa: E402

RANDOM_ORDERS = 50
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


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the judge.")
    parser.add_argument("part", nargs="?", default="dev", choices=("dev", "test", "test2", "public"))
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--json", type=Path, help="write the figures to this file, too: docs/figures/judge.json is what is drawn")
    parser.add_argument("--whole", action="store_true", help="weights of a training with --whole")
    arguments = parser.parse_args()
    limit = WHOLE_TOKENS if arguments.whole else WINDOW_TOKENS
    judge = Judge(weights=arguments.weights, limit=limit)
    if arguments.part == "public":
        report_public(arguments.folder, judge)
        return
    start = time.process_time()
    judged = list(judge_groups(judge, read_groups(arguments.part)))
    print(f"{arguments.part}: {len(judged)} resumes, {time.process_time() - start:.0f} s of processor time")
    columns = report(judged)
    changes, moved = swapped(judge, read_groups(arguments.part)[::4])
    print(f"each resume as four other people: a strength changes by {changes.mean():.4f} on average, in 95 % of {len(changes)} by at most")
    print(f"{np.quantile(changes, 0.95):.4f}, never by more than {changes.max():.3f}; in {moved:.0%} of the groups the order changes")
    if arguments.json:
        write_record(arguments.json, {"part": arguments.part, "groups": len({item.number for item in judged}), "columns": columns})


def judge_groups(judge: Judge, groups: Sequence[JobGroup]) -> Iterator[JudgedResumeOfGroup]:
    """Yield every resume with its match points."""
    for number, group in enumerate(groups):
        other = following(groups, number)
        own, foreign = requirements_of(group), requirements_of(other)
        for resume in group.resumes:
            points = find_evidence([*own, *foreign], resume.text, judge).points
            yield JudgedResumeOfGroup(number, group, resume, points[: len(own)], points[len(own) :], other.job)


def requirements_of(group: JobGroup) -> list[Requirement]:
    """Return the requirements of a group as those of a job description."""
    return [Requirement(text, "must" if is_must else "nice", ()) for text, is_must in group.requirements]


def report(judged: Judged) -> dict[str, dict[str, float | None]]:
    """Print the figures, a column for each kind of group and language, and return them by column and name; None where there is no group."""
    columns: list[tuple[str, Callable[[JobGroup], bool]]] = [("all", lambda group: True)]
    for pile in ("traps", "ordinary", "mixed"):
        columns += [
            (f"{pile[:5]} {language}", lambda group, pile=pile, language=language: (group.pile, group.language) == (pile, language))
            for language in ("zh", "en")
        ]
    chosen = [[item for item in judged if is_chosen(item.group)] for _, is_chosen in columns]
    figures: dict[str, dict[str, float | None]] = {name: {} for name, _ in columns}
    print(f"{'':36}" + "".join(f"{name:>9}" for name, _ in columns))
    for name, figure in FIGURES.items():
        values = [figure(part) if part else None for part in chosen]
        print(f"{name:36}" + "".join(f"{'–' if value is None else f'{value:.3f}':>9}" for value in values))
        for (column, _), value in zip(columns, values, strict=True):
            figures[column][name] = None if value is None or np.isnan(value) else round(value, 3)
    return figures


def swapped(judge: Judge, groups: Sequence[JobGroup]) -> tuple[np.ndarray, float]:
    """Return by how much each strength differs between people of whom nothing else is told, and the share of groups in another order."""
    changes, moved = [], []
    for group in groups:
        requirements = requirements_of(group)
        strengths = np.array([[strengths_of(requirements, text, judge) for text in texts] for texts in as_people(group)])
        changes.append(np.ptp(strengths, axis=0).ravel())
        kinds = [requirement.kind for requirement in requirements]
        orders = {tuple(np.argsort([-combined(list(row), kinds) for row in of_people], kind="stable")) for of_people in strengths}
        moved.append(len(orders) > 1)
    return np.concatenate(changes), float(np.mean(moved))


def strengths_of(requirements: Sequence[Requirement], text: str, judge: Judge) -> list[float]:
    """Return how far a resume proves each requirement."""
    return [point.strength for point in find_evidence(requirements, text, judge).points]


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
    return mean_ndcg(
        (number, np.array([bm25(item.group.job, item.resume.text) for item in of_group]), labels_of(of_group))
        for number, of_group in by_group(judged).items()
    )


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

if __name__ == "__main__":
    main()
