"""Measure what labels of one kind of job do to another:  python benchmarks/kinds_of_jobs.py [--json FILE]   (two minutes)

Job groups of the judge's data (training/judge/data/train, both languages), sorted into kinds by the vectors of their descriptions. The
engine is simulated, for there are 4,287 resumes: the verdicts of the data with noise are its match points, and their weighted mean
is its logit; all other features are computed from the texts. A simulated HR labels one half of the jobs in software: the label of
the data, plus what this HR likes beyond the job description. Three tastes: results in figures; projects instead of years; nothing (the
labels as they are). Then:

near   the other half of the jobs in software, judged by the same HR: the gain over the model's order.
far    jobs of trades that nobody labelled (finance, nursing, pharmacy, teaching, kitchen, marketing), judged by the labels of the data.

"in full" are the learned weights as before there was a factor, "by resemblance" with it. nDCG@5 against the labels, paired 95 % intervals
over jobs. "moved" is the share of lists in another order than the model's. Last: what the gate says of a company with both software and
the other trades, where the taste holds in software alone.
"""

import argparse
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from benchmarks.record import write_record  # noqa: E402
from feedback.labels import Candidate, Group, Label  # noqa: E402
from feedback.learning.features import extract  # noqa: E402
from feedback.learning.job_vectors import encoded  # noqa: E402
from feedback.learning.kinds import kinds_of  # noqa: E402
from feedback.learning.metrics import Interval, interval, ndcg  # noqa: E402
from feedback.learning.report import Report, tune  # noqa: E402
from feedback.learning.resemblance import resemblance, strengths  # noqa: E402
from reranker.encoder.encoder import Encoder  # noqa: E402
from reranker.engine import Query  # noqa: E402
from reranker.evidence.match_points import Evidence, MatchPoint, features_of  # noqa: E402
from training.judge.groups import JobGroup, read_groups  # noqa: E402

SOFTWARE = (
    "Backend Engineer (Java)",
    "Frontend Engineer",
    "mobile developer (iOS)",
    "Data Analyst",
    "Machine Learning Engineer",
    "C++ engineer",
)
"""A trade of each kind that is labelled, and of each that is not."""
FAR = ("Accountant", "ICU Nurse", "Hospital Pharmacist", "Primary Teacher", "Sous Chef", "Brand Manager")
TASTES = {
    "figures": {"quantified": 4.0},
    "projects instead of years": {"projects": 4.0, "tenure": -4.0},
    "none": {},
}
SEED, NOISE = 7, 0.25
Scorer = Callable[[Group, Candidate], float]


@dataclass(frozen=True)
class RankedJob:
    """A group of the data as it was ranked; its labels are those of the data. `vector` is that of its description."""

    group: Group
    vector: np.ndarray
    trade: str
    language: str


def main() -> None:
    """Print the change of the order for each taste, on near and far jobs, and write it to a file if one is named."""
    parser = argparse.ArgumentParser(description="Measure what labels of one kind of job do to another.")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too: docs/figures/labels.json is what is drawn")
    options = parser.parse_args()
    near, far = ranked_jobs()
    dice = random.Random(SEED)
    for jobs in (near, far):
        dice.shuffle(jobs)
    half = len(near) // 2
    figures = [measure_taste(name, taste, near[:half], near[half:], far) for name, taste in TASTES.items()]
    if options.json:
        write_record(options.json, {"tastes": figures})


def ranked_jobs() -> tuple[list[RankedJob], list[RankedJob]]:
    """Return the jobs in software and those of the other trades, ranked by the simulated engine."""
    groups, encoder, dice = read_groups("train"), Encoder(), random.Random(SEED)
    vectors = np.vstack([encoded([group.job for group in groups[start : start + 32]], encoder) for start in range(0, len(groups), 32)])
    kind = kinds_of(vectors)
    trades = [group.trade for group in groups]
    parts = []
    for names in (SOFTWARE, FAR):
        chosen = np.isin(kind, [kind[trades.index(name)] for name in names]).nonzero()[0].tolist()
        print(f"{len(chosen)} jobs: {', '.join(f'{(kind == kind[trades.index(name)]).sum()} like {name}' for name in names)}", flush=True)
        parts.append([RankedJob(ranked(groups[at], at, dice), vectors[at], trades[at], groups[at].language) for at in chosen])
    return parts[0], parts[1]


def ranked(group: JobGroup, number: int, dice: random.Random) -> Group:
    """Return the group as an engine would rank it that reads the verdicts with NOISE."""
    query, scored = Query(group.job, ""), []
    for at, resume in enumerate(group.resumes):
        points = []
        for (text, is_must), verdict in zip(group.requirements, resume.verdicts, strict=True):
            strength = min(1.0, max(0.0, verdict / 2 + dice.gauss(0, NOISE)))
            status = "met" if strength >= 0.7 else "partial" if strength >= 0.3 else "missing"
            points.append(MatchPoint(text, "must" if is_must else "nice", status, "", 0, 0, strength))
        evidence = Evidence(tuple(points), features_of(points))
        logit = 6 * np.average([point.strength for point in points], weights=[1 + (point.kind == "must") for point in points]) - 3
        features = extract(query, resume.text, float(logit), evidence, ())
        scored.append(Candidate(f"{number}-{at}", "", 0, features, resume.text, (Label("data", resume.label),)))
    scored.sort(key=lambda candidate: -candidate.features["logit"])
    return Group(
        f"j{number}", group.job, "simulated", tuple(replace(candidate, rank=rank) for rank, candidate in enumerate(scored, start=1))
    )


def labelled(job: RankedJob, taste: dict[str, float]) -> Group:
    """Return the group with the grades of an HR with this taste: the best as often as in the data, by its label plus what HR likes."""
    candidates = job.group.candidates
    grades = sorted((candidate.labels[0].grade for candidate in candidates), reverse=True)
    liked = [
        candidate.labels[0].grade + sum(liking * candidate.features[name] for name, liking in taste.items()) for candidate in candidates
    ]
    best_first = sorted(range(len(candidates)), key=lambda at: -liked[at])
    grade = dict(zip(best_first, grades, strict=True))
    return replace(
        job.group, candidates=tuple(replace(candidate, labels=(Label("hr", grade[at]),)) for at, candidate in enumerate(candidates))
    )


def measure_taste(
    name: str, taste: dict[str, float], seen: Sequence[RankedJob], near: Sequence[RankedJob], far: Sequence[RankedJob]
) -> dict[str, Any]:
    """Print what the labels of one HR bring near and far, and return the changes of nDCG@5."""
    changes = []
    groups = [labelled(job, taste) for job in seen]
    report = learned(groups, seen)
    coefficients = report.weights.coefficients
    print(
        f"taste: {name}: {len(seen)} labelled jobs, {report.kinds} kinds, {report.verdict.reason or 'accepted'}: "
        + ", ".join(f"{feature} {value:+.2f}" for feature, value in coefficients.items() if feature != "logit")
    )
    for where, jobs, liked in (("near", near, taste), ("far", far, {})):
        strength = strengths(resemblance(np.stack([job.vector for job in jobs]), np.stack([job.vector for job in seen])))
        judged = [labelled(job, liked) for job in jobs]
        model = quality(judged, lambda _, candidate: candidate.features["logit"])
        for label, factor in (("in full", np.ones(len(jobs))), ("by resemblance", strength)):
            by_job = dict(zip((group.job_id for group in judged), factor.tolist(), strict=True))

            def score(group: Group, candidate: Candidate, by_job: Mapping[str, float] = by_job) -> float:
                learned_part = sum(value * candidate.features[feature] for feature, value in coefficients.items() if feature != "logit")
                return candidate.features["logit"] + by_job[group.job_id] * learned_part

            change = quality(judged, score) - model
            moved = np.mean([is_moved(group, score) for group in judged])
            about = f"{where:4} {len(jobs):3} jobs, {label:14}: strength {factor.mean():4.0%}"
            within = interval(change)
            changes.append(
                {"where": where, "jobs": len(jobs), "weights": label, "moved": moved, "model": model.mean()}
                | {"change": within.value, "low": within.low, "high": within.high}
            )
            print(f"  {about}  nDCG@5 {model.mean():.3f} {shown(within)}  moved {moved:4.0%}")
    mixed = [*groups, *(labelled(job, {}) for job in far[: len(far) // 2])]
    both = learned(mixed, [*seen, *far[: len(far) // 2]])
    print(f"  gate with {len(mixed) - len(groups)} jobs of the other trades, labelled as in the data: {both.verdict.reason or 'accepted'}")
    for measured, words in ((both.verdict.elsewhere, "by resemblance"), (both.verdict.elsewhere_in_full, "in full")):
        if measured:
            print(f"    held-out kinds, {words}: nDCG@5 {shown(measured['ndcg'])}  pairs {shown(measured['pairwise'])}")
    return {"taste": name, "labelled_jobs": len(seen), "verdict": report.verdict.reason or "accepted", "changes": changes}


def learned(groups: Sequence[Group], jobs: Sequence[RankedJob]) -> Report:
    """Return what the labels of these groups teach; `jobs` are theirs, with the vectors of their descriptions."""
    return tune(groups, groups[0].fingerprint, vectors={job.group.job_id: job.vector for job in jobs})


def quality(groups: Sequence[Group], scorer: Scorer) -> np.ndarray:
    """Return nDCG@5 by job; 1 where all grades are 0."""
    values = []
    for group in groups:
        gains = np.array([2.0 ** candidate.labels[0].grade - 1 for candidate in group.candidates])
        values.append(ndcg(np.array([scorer(group, candidate) for candidate in group.candidates]), gains, 5) if gains.any() else 1.0)
    return np.array(values)


def is_moved(group: Group, scorer: Scorer) -> bool:
    """Return whether a scorer changes the order of a group's candidates."""
    scores = [scorer(group, candidate) for candidate in group.candidates]
    return any(first < second for first, second in pairwise(scores))


def shown(change: Interval) -> str:
    """Return a change with its interval, in hundredths of nDCG."""
    return f"{100 * change.value:+.1f} [{100 * change.low:+.1f}, {100 * change.high:+.1f}]"


if __name__ == "__main__":
    main()
