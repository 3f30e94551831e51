"""Make labelled groups of numbers alone: features without texts, and labels that follow a known rule."""

import math
import random
from collections.abc import Mapping, Sequence

from feedback.labels import FULL, NONE, PARTIAL, Candidate, Group, Label
from feedback.learning.features import NAMES

ENGINE = "engine"


def chance_of_at_least(count: int, trials: int, rate: float) -> float:
    """Return the probability of `count` or more events in so many trials of that rate (exact binomial tail)."""
    return sum(math.comb(trials, events) * rate**events * (1 - rate) ** (trials - events) for events in range(count, trials + 1))


def candidate(number: int, rank: int, grades: Sequence[int], **features: float) -> Candidate:
    """Return a candidate with one grade per rater; features that are not given are 0."""
    labels = tuple(Label(f"rater {index}", grade) for index, grade in enumerate(grades))
    return Candidate(f"r{number}", f"r{number}", rank, {**dict.fromkeys(NAMES, 0.0), **features}, labels=labels)


def group(number: int, *candidates: Candidate, at: float = 0.0) -> Group:
    return Group(f"j{number}", f"job {number}", ENGINE, candidates, at)


def groups(
    seed: int, count: int, size: int, liking: Mapping[str, float] | None = None, labelled: int | None = None, noise: float = 1.0
) -> list[Group]:
    """Return groups of random features (the logit N(0, 2), the others uniform); the best fifth of each group by logit + liking + noise is
    完全匹配, the next three tenths 部分匹配. The first `labelled` are labelled (None: all). `liking` None: labels are random and know
    nothing of the logit.
    """
    dice = random.Random(seed)
    made = []
    for number in range(count):
        features = [{name: dice.gauss(0, 2) if name == "logit" else dice.random() for name in NAMES} for _ in range(size)]
        if liking is None:
            merit = [dice.random() for _ in features]
        else:
            merit = [feature["logit"] + sum(liking[name] * feature[name] for name in liking) + dice.gauss(0, noise) for feature in features]
        best = sorted(range(size), key=lambda index: -merit[index])
        grade = {index: FULL if at < max(1, size // 5) else PARTIAL if at < size // 2 else NONE for at, index in enumerate(best)}
        shown = sorted(range(size), key=lambda index: -features[index]["logit"])
        rank = {index: at for at, index in enumerate(shown, start=1)}
        made.append(
            group(
                number,
                *(
                    candidate(number * size + index, rank[index], [grade[index]] if rank[index] <= (labelled or size) else [], **feature)
                    for index, feature in enumerate(features)
                ),
            )
        )
    return made
