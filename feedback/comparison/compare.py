"""Compare two rankings: what was asked differently, who moved, and which reasons for it are certain.

A cross-encoder gives no reasons. Learned weights do: their contributions are exact. For the rest there are `drivers`: what those who rose
have in common, where it is strong and beyond chance.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from feedback.comparison.drivers import Driver, drivers
from feedback.labels import MODEL_ORDER, Weights
from feedback.learning.features import NAMES
from feedback.learning.versions import weights_of_run
from feedback.store.recording import reopened
from feedback.store.store import Run, RunRow, Store
from reranker.instructions import emphasis
from reranker.rows import contributions, logit_unit, weighted_score

CHANGES = ("job", "rubric", "instruction", "engine", "weights", "settings")

_NO_DIFFERENCE = {"batch_size", "company_terms", "unranked", "unread", "rubric", "learned"}
"""Settings: scores do not depend on the first, what the second changes is the instruction, which is compared as such, the third says how
many a stopped run had left, not how it was asked, `rubric` is compared as such, and the last follows from the job and the weights.
"""


@dataclass(frozen=True)
class Move:
    """A candidate in both runs; `name` is that of the file where the person's is not known.

    `rise` is how many ranks it gained among the candidates that are in both, so that newcomers move nobody.

    `contributions`: how much the change of the weights lifted it above the average of the later run, by feature, and that of the rubric
    ("rubric"), in units of the logit's coefficient: exact reasons, {} where both are the same. Logits of different engines cannot be
    compared.
    """

    resume_id: str
    name: str
    rank_before: int
    rank_after: int
    logit_before: float
    logit_after: float
    rise: int
    contributions: Mapping[str, float]
    input_position: int
    """Of the later run: blind mode names people by it."""


@dataclass(frozen=True)
class Comparison:
    """`changed` is what was asked differently, of CHANGES, `settings` the names of those that differ. Moves are in the later order.

    `ignores_instruction`: only the instruction changed, and the engine reads neither, so nothing could move.
    """

    changed: tuple[str, ...]
    settings: tuple[str, ...]
    moves: tuple[Move, ...]
    only_before: tuple[RunRow, ...] = ()
    only_after: tuple[RunRow, ...] = ()
    drivers: tuple[Driver, ...] = ()
    ignores_instruction: bool = False

    @property
    def unmoved(self) -> bool:
        """True if there are candidates in both runs, in the same order."""
        return bool(self.moves) and all(move.rise == 0 for move in self.moves)


def compare_runs(store: Store, before: int, after: int, runs_of: str | None = None) -> Comparison:
    """Compare two stored runs by their ids, both of the user `runs_of`, or of anybody.

    Raise LookupError if a run or the weights of one are not stored.
    """
    runs = store.run(before, runs_of), store.run(after, runs_of)
    weights_before, weights_after = (weights_of_run(store, run) for run in runs)
    return compare(*runs, weights_before, weights_after)


def compare(before: Run, after: Run, weights_before: Weights = MODEL_ORDER, weights_after: Weights = MODEL_ORDER) -> Comparison:
    """Return what changed from run `before` to run `after`, both as `Store.run` returns them, with the weights of their versions.

    Candidates are matched by the text of the resume, else by the name of the file if only one candidate of each run has it.
    """
    before, after = _numbered(before), _numbered(after)
    pairs = _matched(before.rows, after.rows)
    settings = _differing(before.settings, after.settings)
    changed = _changed(before, after, bool(settings))
    coefficients = weights_before.coefficients, weights_after.coefficients
    moves = _moves(pairs, _by_rubric(pairs, _by_weights(after, *coefficients)))
    has_moved = any(move.rise for move in moves)
    return Comparison(
        changed,
        settings,
        moves,
        _others(before.rows, [old for old, _ in pairs]),
        _others(after.rows, [new for _, new in pairs]),
        _drivers(pairs, coefficients) if has_moved else (),
        changed == ("instruction",)
        and not after.engine.heeds_instruction
        and emphasis(before.instruction) == emphasis(after.instruction) is None,
    )


def _numbered(run: Run) -> Run:
    """Return the run with ranks as the list shows them: consecutive, without gaps for erased people. Rank 0 (not shown) stays 0."""
    return replace(run, rows=tuple(replace(row, rank=rank if row.rank else 0) for rank, row in enumerate(run.rows, start=1)))


def _changed(before: Run, after: Run, have_settings: bool) -> tuple[str, ...]:
    is_so = {
        "job": before.job != after.job,
        "rubric": before.job == after.job and before.settings.get("rubric", 0) != after.settings.get("rubric", 0),
        "instruction": before.instruction != after.instruction,
        "engine": _scored_by(before) != _scored_by(after),
        "weights": before.weights_version != after.weights_version,
        "settings": have_settings,
    }
    return tuple(name for name in CHANGES if is_so[name])


def _scored_by(run: Run) -> tuple[str, str, str, int]:
    """Return the properties of the run's engine that change scores: fingerprint, dtype, device and token limit."""
    return run.engine.fingerprint, run.engine.dtype, run.engine.device, run.engine.max_tokens


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    names = dict.fromkeys([*before, *after])
    return tuple(name for name in names if name not in _NO_DIFFERENCE and before.get(name) != after.get(name))


Pair = tuple[RunRow, RunRow]
Place = tuple[str, int]
"""The id of a resume and its position in the upload, unique among the rows of a run."""


def _matched(before: Sequence[RunRow], after: Sequence[RunRow]) -> list[Pair]:
    """Return pairs in the order of `after`. A resume that is in a run several times is matched from its best rank down."""
    waiting: dict[str, list[RunRow]] = defaultdict(list)
    for row in before:
        waiting[row.resume_id].append(row)
    earlier = {index: waiting[row.resume_id].pop(0) for index, row in enumerate(after) if waiting[row.resume_id]}
    rest = [row for rows in waiting.values() for row in rows]
    times_before, times_after = (Counter(row.name for row in rows) for rows in (before, after))
    by_name = {row.name: row for row in rest if times_before[row.name] == times_after[row.name] == 1}
    earlier |= {index: by_name[row.name] for index, row in enumerate(after) if index not in earlier and row.name in by_name}
    return [(earlier[index], row) for index, row in enumerate(after) if index in earlier]


def _others(rows: Sequence[RunRow], matched: Sequence[RunRow]) -> tuple[RunRow, ...]:
    known = set(map(id, matched))
    return tuple(row for row in rows if id(row) not in known)


def _moves(pairs: Sequence[Pair], lifts: Mapping[Place, Mapping[str, float]]) -> tuple[Move, ...]:
    order = sorted(range(len(pairs)), key=lambda index: (pairs[index][0].rank, pairs[index][0].input_position))
    places = {index: rank for rank, index in enumerate(order)}
    return tuple(
        Move(
            new.resume_id,
            new.called or new.name,
            old.rank,
            new.rank,
            old.features["logit"],
            new.features["logit"],
            places[index] - index,
            lifts.get((new.resume_id, new.input_position), {}),
            new.input_position,
        )
        for index, (old, new) in enumerate(pairs)
    )


def _by_weights(run: Run, before: Mapping[str, float], after: Mapping[str, float]) -> dict[Place, dict[str, float]]:
    """Return, per candidate and feature, how much the change of the weights lifted it; {} if the weights are the same."""
    if before == after:
        return {}
    rows = reopened(run)[0].rows
    shares = {}
    for row in rows:
        old, new = contributions(row, rows, before), contributions(row, rows, after)
        lifts = {name: new.get(name, 0.0) - old.get(name, 0.0) for name in {**new, **old}}
        shares[row.id, row.input_position] = {name: lift for name, lift in lifts.items() if abs(lift) > 1e-9}
    return shares


def _by_rubric(pairs: Sequence[Pair], by_weights: Mapping[Place, Mapping[str, float]]) -> dict[Place, Mapping[str, float]]:
    """Return the lifts by weights with those of a rubric that was changed, as "rubric": above the average of the candidates."""
    risen = [_lift(new) - _lift(old) for old, new in pairs]
    mean = sum(risen) / max(1, len(risen))
    contributions = dict(by_weights)
    for (_, new), lift in zip(pairs, risen, strict=True):
        if abs(lift - mean) > 1e-9:
            contributions[new.resume_id, new.input_position] = {
                **contributions.get((new.resume_id, new.input_position), {}),
                "rubric": lift - mean,
            }
    return contributions


def _lift(row: RunRow) -> float:
    """Return what the rubric added to the score, in units of the logit."""
    return sum(lift["amount"] for lift in row.shown.get("lifts", ()))


def _drivers(pairs: Sequence[Pair], coefficients: tuple[Mapping[str, float], Mapping[str, float]]) -> tuple[Driver, ...]:
    """Return the drivers of the moves, by the features of the later run.

    The job-dependent features are the same in both runs if only the instruction, the engine or the weights changed.
    """
    names = [name for name in NAMES if name != "logit" and all(name in new.features for _, new in pairs)]
    features = {name: [new.features[name] for _, new in pairs] for name in names}
    before, after = (
        [weighted_score(pair[run].features, coefficients[run]) + logit_unit(coefficients[run]) * _lift(pair[run]) for pair in pairs]
        for run in (0, 1)
    )
    return drivers(features, before, after)
