"""Measure the judge:  python benchmarks/judge.py [dev | test | test2 | public [FOLDER]] [--weights FILE] [--whole] [--json FILE]

On dev, test and test2: match points against the verdicts of training/judge/data.

`test` and `test2` are looked at once each, after all is fixed. A requirement is "found" if its match point is met or partial; it is
right if the verdict is 1 or 2. nDCG@5 is that of the offline order, without the emphasis of an instruction. In the control each group's
resumes are ordered by the requirements of the next group of its language. A quote is right if half of the line or half of the evidence is
shared. Requirements count as "must" or "nice", which is all that the data say. By kind of resume (the data's `kind`: told in other words,
stuffed, copied, …) a pair is one of that kind and another resume of the group with another label; it is ordered right if the better one
scores higher.

`public` prints the order of whole jobs of the public set in FOLDER (see public_set.py) beside that of BM25.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.judge_figures import FIGURES, Judged, JudgedResumeOfGroup, by_kind  # noqa: E402
from benchmarks.other_people import as_people  # noqa: E402
from benchmarks.public_set import report_public  # noqa: E402
from benchmarks.record import write_record  # noqa: E402
from reranker.evidence.match_points import find_evidence  # noqa: E402
from reranker.evidence.requirements import Requirement  # noqa: E402
from reranker.judge.combine import combined  # noqa: E402
from reranker.judge.judge import Judge  # noqa: E402
from reranker.judge.weights import WEIGHTS  # noqa: E402
from reranker.judge.windows import WINDOW_TOKENS  # noqa: E402
from training.judge.dev import following  # noqa: E402
from training.judge.groups import JobGroup, read_groups  # noqa: E402
from training.judge.train import WHOLE_TOKENS  # noqa: E402


def main() -> None:
    """Print the figures of the judge on a part of its data or on a public set, and write them to a file if one is named."""
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
    columns, kinds = report(judged), report_kinds(judged)
    changes, moved = swapped(judge, read_groups(arguments.part)[::4])
    print(f"each resume as four other people: a strength changes by {changes.mean():.4f} on average, in 95 % of {len(changes)} by at most")
    print(f"{np.quantile(changes, 0.95):.4f}, never by more than {changes.max():.3f}; in {moved:.0%} of the groups the order changes")
    if arguments.json:
        groups = len({item.number for item in judged})
        write_record(arguments.json, {"part": arguments.part, "groups": groups, "columns": columns, "kinds": kinds})


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


def report_kinds(judged: Judged) -> dict[str, dict[str, float | None]]:
    """Print the figures of each kind of resume, a line each, the most frequent first, and return them by kind and name."""
    kinds = by_kind(judged)
    names = next(iter(kinds.values()))
    print(f"{'':16}" + "".join(f"{name:>28}" for name in names))
    for kind, figures in kinds.items():
        print(f"{kind:16}" + "".join(f"{'–' if value is None else f'{value:g}':>28}" for value in figures.values()))
    return kinds


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


if __name__ == "__main__":
    main()
