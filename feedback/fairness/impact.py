"""Compute impact ratios: does a ranking choose some groups less often? Groups are those that candidates declared, in a file not stored.

The measure is that of New York City's Local Law 144 (6 RCNY § 5-300) and of the four-fifths rule of the US (29 CFR § 1607.4 D): the
rate at which a group is chosen, over that of the group with the highest rate. A ratio is no proof: beside it stand a 95 % interval
of each rate (Wilson) and the probability of so large a difference by chance (Fisher's exact test, two-sided, one group at a time).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from feedback.fairness.declared_groups import declared_groups
from feedback.files.label_files import LineProblem
from feedback.learning.versions import weights_of_run
from feedback.store.store import RunRow, Store
from reranker.rows import weighted_score

FOUR_FIFTHS = 0.8
SMALL = 30
"""A group with fewer candidates says little."""


@dataclass(frozen=True)
class GroupRate:
    """Those who declared one group. `rate` is `chosen` / `count`, between `low` and `high` with 95 % confidence.

    `ratio` is the rate over the highest of all groups, None where nobody of any group was chosen; `chance` the probability of at least
    this difference between the two if both were chosen alike, None for the group with the highest rate itself.
    """

    name: str
    count: int
    chosen: int
    rate: float
    low: float
    high: float
    ratio: float | None
    chance: float | None

    @property
    def is_small(self) -> bool:
        """True if there are too few to say much."""
        return self.count < SMALL

    @property
    def is_below(self) -> bool:
        """True if the ratio is under four fifths."""
        return self.ratio is not None and self.ratio < FOUR_FIFTHS


@dataclass(frozen=True)
class Impact:
    """`groups` by falling rate. `unknown` candidates declared nothing or are not in the file, `unknown_chosen` of them were chosen.

    `top`: how many of the first places count as chosen; None: a score above the median of all candidates, unknown ones included.
    """

    groups: tuple[GroupRate, ...]
    unknown: int
    unknown_chosen: int
    top: int | None
    problems: tuple[LineProblem, ...]
    """Lines of the file that were left out; see `declared_groups`."""


def impact(store: Store, run_id: int, declared: bytes, top: int | None = None, runs_of: str | None = None) -> Impact:
    """Compare the selection rates of groups in one stored run. `declared` is the CSV of `declared_groups`; it is neither stored nor logged.

    The first `top` candidates count as chosen; None: those with a score above the median. A resume uploaded twice counts once, at its
    better rank. Raise LookupError for an unknown run, or one that is not of the user `runs_of`, Unreadable (`no_columns`, `not_text`) for a
    bad file, ValueError if `top` < 1.
    """
    if top is not None and top < 1:
        raise ValueError("top counts from 1")
    run = store.run(run_id, runs_of)
    people = list({row.resume_id: row for row in reversed(run.rows)}.values())  # rows come best place first
    groups, problems = declared_groups(people, declared)
    is_chosen = _chosen(people, weights_of_run(store, run).coefficients, top)
    return _compared(people, groups, is_chosen, top, problems)


def _chosen(people: Sequence[RunRow], weights: Mapping[str, float], top: int | None) -> set[str]:
    if top is not None:
        return {row.resume_id for row in sorted(people, key=lambda row: row.rank)[:top]}
    scores = {row.resume_id: weighted_score(row.features, weights) for row in people}
    middle = median(scores.values()) if scores else 0.0
    return {resume_id for resume_id, score in scores.items() if score > middle}


def _compared(
    people: Sequence[RunRow], groups: Mapping[str, str], chosen: set[str], top: int | None, problems: Iterable[LineProblem]
) -> Impact:
    members: dict[str, list[bool]] = defaultdict(list)
    for row in people:
        members[groups.get(row.resume_id, "")].append(row.resume_id in chosen)
    unknown = members.pop("", [])
    counts = {name: (len(those), sum(those)) for name, those in members.items()}
    order = sorted(counts, key=lambda name: (-counts[name][1] / counts[name][0], -counts[name][0], name))
    compared = tuple(_group(name, *counts[name], *counts[order[0]], is_best=name == order[0]) for name in order)
    return Impact(compared, len(unknown), sum(unknown), top, tuple(sorted(problems, key=lambda problem: problem.line)))


def _group(name: str, count: int, chosen: int, best_count: int, best_chosen: int, *, is_best: bool) -> GroupRate:
    from scipy.stats import binomtest, fisher_exact  # here: takes a second to import, which the start of the app need not wait for

    interval = binomtest(chosen, count).proportion_ci(method="wilson")
    rate, best = chosen / count, best_chosen / best_count
    table = [[chosen, count - chosen], [best_chosen, best_count - best_chosen]]
    chance = None if is_best else float(fisher_exact(table).pvalue)  # type: ignore[attr-defined]
    return GroupRate(name, count, chosen, rate, float(interval.low), float(interval.high), rate / best if best else None, chance)
