"""Measure what labels are worth:  python benchmarks/feedback.py [time] [houses] [noise] [labelled FOLDER]   (all of them without arguments)

time      seconds of learning, gate and report for 10 and for 1,000 labelled jobs (50 resumes each), and of mining the glossary.
houses    invented companies whose HR likes something that no job description says (tests/feedback/houses.py), on top of the stand-in
          engine and its errors. Held-out nDCG@5 over whole piles against the number of labelled jobs; HR labels the first 10 of 20 shown.
          "achievable" is the order of the engine's logit plus the house's true liking, in the proportion that is best on the held-out jobs
          themselves: no weighting of that engine's order with what is liked does better. "oracle" knows the house's mind and needs no
          engine. The share of the gain is that of the achievable one. More than 100 % means that features also mend errors of the engine.
          "learned" are the weights as learned; "applied" what a user gets: these when the gate accepts, else the model's order.
          The constants of feedback/ were chosen on another draw of the same generator (seed 1); here it is seed 2026.
noise     random labels, with every pair that is mined from them accepted: how often the gate refuses.
labelled  a folder (jobs.jsonl, resumes.jsonl, labels_suggested.jsonl with labels 1–5: 1 and 2 are 不匹配, 3 部分匹配, 4 and 5 完全匹配),
          10 random splits of its jobs. Default: ../shared/data/yc4640_ltr, when it is there; there the same 15 resumes stand beside
          every job, so held-out jobs are new, resumes are not.
"""

import os
import platform
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # first: this file has the name of the package

import numpy as np  # noqa: E402

from benchmarks.public_set import PublicSet, read_public_set  # noqa: E402
from feedback.glossary.glossary import abstract, share  # noqa: E402
from feedback.glossary.mining import mine  # noqa: E402
from feedback.labels import Candidate, Group, Label, Term  # noqa: E402
from feedback.learning.features import extract  # noqa: E402
from feedback.learning.job_vectors import encoded  # noqa: E402
from feedback.learning.metrics import measures  # noqa: E402
from feedback.learning.report import Report, tune  # noqa: E402
from feedback.learning.resemblance import job_space, strength  # noqa: E402
from reranker.embedded.engine import EmbeddedEngine  # noqa: E402
from reranker.encoder.encoder import DIMENSIONS, Encoder  # noqa: E402
from reranker.engine import Query  # noqa: E402
from reranker.evidence.match_points import find_evidence  # noqa: E402
from reranker.evidence.requirements import split_job  # noqa: E402
from reranker.judge.judge import Judge  # noqa: E402
from tests.feedback import numbers  # noqa: E402
from tests.feedback.houses import HOUSES, OWN_WORDS, House, Job, Written, label_world, rank_world, write_world  # noqa: E402

LABELLED = ROOT.parent / "shared" / "data" / "yc4640_ltr"
SIZES = (10, 20, 30, 50, 100)
DRAWS = 8
Truth = Callable[[Group, Candidate], float]
Scorer = Callable[[Group, Candidate], float]


def main() -> None:
    """Run the measurements that the command line names, all without one."""
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    wanted = sys.argv[1:] or ["time", "houses", "noise", "labelled"]
    if "time" in wanted:
        time_learning()
    if "houses" in wanted or "noise" in wanted:
        judge = Judge()
        jobs = write_world(seed=2026, resumes=400, jobs=160)
        ranked = rank_world(jobs, EmbeddedEngine(judge), judge)
        for house in HOUSES if "houses" in wanted else ():
            learning_curve(house, jobs, ranked)
        if "noise" in wanted:
            random_labels(ranked)
    if "labelled" in wanted:
        folder = Path(wanted[-1]) if wanted[-1] != "labelled" and sys.argv[1:] else LABELLED
        if folder.is_dir():
            real_labels(folder)
        else:
            print(f"labelled: no folder {folder}")


def time_learning() -> None:
    """Print the seconds of tuning and of mining, for 10 and for 1,000 jobs."""
    terms = [Term("高并发", "#万qps"), Term("高并发", "#亿流量"), Term("数据驱动", "看板"), Term("数据驱动", "复盘")]
    for count, size, limit in ((10, 12, 2), (1000, 50, 30)):
        groups = with_texts(numbers.groups(0, count, size, {"projects": 4.0, "glossary": 1.0}))
        vectors = of_kinds([group.job_id for group in groups], 8)
        start = time.perf_counter()
        report = tune(groups, numbers.ENGINE, dict.fromkeys(terms), vectors=vectors)
        seconds = time.perf_counter() - start
        print(
            f"time: {count} jobs × {size} resumes of 1,500 characters, {report.counts.labels} labels: {seconds:.2f} s "
            f"(limit {limit} s: {verdict(seconds < limit)}), {'accepted' if report.accepted else report.verdict.reason}"
        )
        start = time.perf_counter()
        proposals = mine(groups)
        print(f"time: mining the newest of them: {time.perf_counter() - start:.2f} s, {len(proposals)} proposals")


def of_kinds(job_ids: Sequence[str], kinds: int) -> dict[str, np.ndarray]:
    """Return vectors of jobs of so many kinds that do not resemble one another."""
    dice = np.random.default_rng(0)
    middles, mean = dice.normal(size=(kinds, DIMENSIONS)), job_space().mean
    return {job_id: mean + middles[index % kinds] + dice.normal(size=DIMENSIONS) for index, job_id in enumerate(job_ids)}


def with_texts(groups: Sequence[Group]) -> list[Group]:
    """Return the groups with texts: every fourth job calls for a term; resumes are of invented lines, 1,500 characters long."""
    dice = random.Random(0)
    pool = [written.text for job in write_world(seed=5, resumes=300, jobs=1) for written in job.pile]
    pool += [line for _, said in OWN_WORDS.values() for line in said]
    asked = ("任职要求：有高并发经验", "任职要求：数据驱动", *["任职要求：熟悉报表"] * 6)

    def text() -> str:
        return "\n".join(dice.choice(pool) for _ in range(20))[:1500]

    return [
        replace(
            group,
            job=asked[index % 8],
            candidates=tuple(replace(candidate, text=text()) for candidate in group.candidates),
            at=float(index),
        )
        for index, group in enumerate(groups)
    ]


def learning_curve(house: House, jobs: Sequence[Job], ranked: Sequence[Group]) -> None:
    """Print how near a house's taste the order comes (nDCG@5 on jobs held out) with labels of more and more jobs.

    It stands between the engine's own order and the best that a weighted sum with the taste gives.
    """
    labels = label_world(house, jobs, ranked, seed=3)
    vectors = dict(zip((group.job_id for group in ranked), encoded([group.job for group in ranked], Encoder()), strict=True))
    pool, held_out = labels.groups[:100], ranked[100:]
    written = {(job.id, resume.id): (job, resume) for job in jobs for resume in job.pile}

    def of(group: Group, candidate: Candidate) -> tuple[Job, Written]:
        return written[group.job_id, candidate.resume_id]

    def quality(scorer: Scorer) -> float:
        return held_out_ndcg(held_out, lambda group, candidate: labels.truth[group.job_id, candidate.resume_id], scorer)

    def mixed(share_of_logit: float) -> float:
        return quality(lambda group, candidate: share_of_logit * candidate.features["logit"] + house.liking(*of(group, candidate)))

    model, oracle = (
        quality(lambda group, candidate: candidate.features["logit"]),
        quality(lambda group, candidate: house.utility(*of(group, candidate))),
    )
    achievable = max(map(mixed, (1, 2, 4, 6, 8, 12, 16, 24, 32, 64)))
    print(f"houses: {house.name}: nDCG@5 model {model:.3f}, achievable {achievable:.3f}, oracle {oracle:.3f}")
    for count in SIZES:
        runs = [one_draw(pool, count, draw, model, quality, vectors) for draw in range(DRAWS)]
        learned, applied, accepted, wrong, proposed = np.array(runs).T
        gain = (applied.mean() - model) / (achievable - model)
        worst = (applied - model).min()
        target = f"  ≥ 80 % at 30 jobs: {verdict(gain >= 0.8)}" if count == 30 else ""
        mined = f"  {wrong.sum():.0f} of {proposed.sum():.0f} proposed pairs are not the house's words" if house.own_words else ""
        print(
            f"houses:   {count:3} jobs: learned {learned.mean():.3f}  applied {applied.mean():.3f} = {gain:4.0%} of the gain"
            f"  worst {worst:+.3f} (≥ −0.005: {verdict(worst >= -0.005)})  accepted {accepted.sum():.0f} of {DRAWS}{target}{mined}"
        )


def one_draw(
    pool: Sequence[Group],
    count: int,
    draw: int,
    model: float,
    quality: Callable[[Scorer], float],
    vectors: Mapping[str, np.ndarray],
) -> tuple[float, float, bool, int, int]:
    """Return (learned, applied, accepted, pairs that HR rejects, pairs proposed) from `count` labelled jobs drawn at random."""
    chosen = random.Random(draw).sample(pool, count)
    proposals = [proposal.term for proposal in mine(chosen)]
    glossary = [term for term in proposals if is_own_word(term)]
    report = tune(chosen, chosen[0].fingerprint, dict.fromkeys(glossary), vectors=vectors, seed=draw)
    learned_from = np.stack([vectors[group.job_id] for group in chosen])
    by_job = {job_id: report.weights.at(strength(vector, learned_from)).coefficients for job_id, vector in vectors.items()}
    learned = quality(lambda group, candidate: weighted(by_job[group.job_id], group, candidate, glossary))
    return learned, learned if report.accepted else model, report.accepted, len(proposals) - len(glossary), len(proposals)


def is_own_word(term: Term) -> bool:
    """Return whether HR of the house with its own words accepts the term: a part of what its people say, for the term that its jobs use or
    a part of it.
    """
    return any(
        (term.job_term in asked or asked in term.job_term) and any(term.resume_term in abstract(line.format(n=3)) for line in said)
        for asked, (_, said) in OWN_WORDS.items()
    )


def weighted(coefficients: Mapping[str, float], group: Group, candidate: Candidate, glossary: Sequence[Term]) -> float:
    """Return the weighted sum of a candidate's features, with the glossary's counted anew where it has a weight."""
    features = (
        {**candidate.features, "glossary": share(group.job, candidate.text, glossary)} if "glossary" in coefficients else candidate.features
    )
    return sum(weight * features[name] for name, weight in coefficients.items())


def held_out_ndcg(groups: Sequence[Group], truth: Truth, scorer: Scorer) -> float:
    """Return the mean nDCG@5 over groups in which not all are alike, all candidates counted."""
    values = []
    for group in groups:
        grades = np.array([truth(group, candidate) for candidate in group.candidates], dtype=float)
        if len(set(grades)) > 1:
            values.append(measures(np.array([scorer(group, candidate) for candidate in group.candidates]), grades)[0])
    return float(np.mean(values))


def random_labels(ranked: Sequence[Group], seeds: int = 60) -> None:
    """Print how many of so many draws of random labels the gate refuses."""
    for count in (10, 30):
        reports: list[Report] = []
        for seed in range(seeds):
            dice = random.Random(seed)
            chosen = [
                replace(
                    group,
                    candidates=tuple(
                        replace(candidate, labels=(Label("ann", dice.choice((0, 0, 1, 2))),) if candidate.rank <= 10 else ())
                        for candidate in group.candidates
                    ),
                )
                for group in dice.sample(ranked, count)
            ]
            reports.append(tune(chosen, chosen[0].fingerprint, {proposal.term: None for proposal in mine(chosen)}, seed=seed))
        refused = sum(not report.accepted for report in reports)
        print(
            f"noise: {count} jobs, random labels, all mined pairs accepted: {refused} of {seeds} refused"
            f" (≥ 95 %: {verdict(refused >= 0.95 * seeds)})"
        )


def real_labels(folder: Path) -> None:
    """Print nDCG on jobs held out with what labels of a public set taught, for labels on all resumes and on the first ten."""
    public = read_public_set(folder)
    groups = real_groups(public)
    for shown in (len(public.resumes), 10):
        seen = [
            replace(
                group,
                candidates=tuple(candidate if candidate.rank <= shown else replace(candidate, labels=()) for candidate in group.candidates),
            )
            for group in groups
        ]
        for count in (10, 20, 30):
            rows = []
            for draw in range(10):
                order = random.Random(draw).sample(range(len(groups)), len(groups))
                report = tune([seen[index] for index in order[:count]], groups[0].fingerprint, seed=draw)
                rest = [groups[index] for index in order[count:]]
                model, learned, words = (
                    held_out_ndcg(rest, lambda _, candidate: candidate.labels[0].grade, scorer)
                    for scorer in (
                        lambda _, candidate: candidate.features["logit"],
                        lambda group, candidate, report=report: weighted(report.weights.coefficients, group, candidate, ()),
                        lambda _, candidate: candidate.features["bm25"],
                    )
                )
                rows.append((model, learned, learned if report.accepted else model, report.accepted, words))
            model, learned, applied, accepted, words = np.array(rows).T
            worst = (applied - model).min()
            print(
                f"labelled: {folder.name}, first {shown} labelled, {count} jobs: held-out nDCG@5 model {model.mean():.3f}  "
                f"learned {learned.mean():.3f}  applied {applied.mean():.3f}  (BM25 alone {words.mean():.3f})  "
                f"worst {worst:+.3f} ({verdict(worst >= -0.005)})  accepted {accepted.sum():.0f} of 10"
            )


def real_groups(public: PublicSet) -> list[Group]:
    """Return the jobs of a public set, each with its resumes in the order of the stand-in engine, labelled by the set's grades."""
    judge = Judge()
    engine = EmbeddedEngine(judge)
    groups = []
    resumes = public.resumes
    for number, job in enumerate(public.jobs):
        query, requirements = Query(job, ""), split_job(job)
        logits = [score.logit for score in engine.score(query, [(str(index), text) for index, text in enumerate(resumes)])]
        candidates = []
        for rank, index in enumerate(sorted(range(len(resumes)), key=lambda index: -logits[index]), start=1):
            features = extract(query, resumes[index], logits[index], find_evidence(requirements, resumes[index], judge), ())
            grade = max(0, min(2, int(public.gains[number, index]) - 1))
            candidates.append(Candidate(f"r{index}", f"r{index}", rank, features, resumes[index], (Label("llm", grade),)))
        groups.append(Group(f"j{number}", job, engine.info.fingerprint, tuple(candidates)))
    return groups


def verdict(is_met: bool) -> str:
    """Return the word for whether a limit is kept."""
    return "met" if is_met else "MISSED"


if __name__ == "__main__":
    main()
