"""Propose better weights from labels: import label files, score pairs that were never ranked, then learn."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from feedback.files.imports import Imported, ImportLimits, import_folder
from feedback.labels import Weights
from feedback.learning.groups import unscored
from feedback.learning.scoring import score_unscored
from feedback.learning.tuning import LearningOutcome, learn_from_store
from feedback.store.store import Store
from i18n.texts import Texts
from reranker.encoder.encoder import Encoder
from reranker.engine import Engine
from reranker.judge.judge import Judge

STRONG = 0.05
"""An effect from which a feature is put into words: one deviation of it moves as much as a twentieth of one of the model's score."""


@dataclass(frozen=True)
class Learning:
    """The progress of learning: `jobs` of which `done` are scored, 0 while nothing is; the last one has the `outcome`."""

    imported: tuple[Imported, ...]
    done: int = 0
    jobs: int = 0
    outcome: LearningOutcome | None = None


def learn(
    store: Store,
    engine: Callable[[], tuple[Engine, Judge]],
    user: str,
    limits: ImportLimits,
    fingerprint: str = "",
    anywhere: bool = False,
    encoder: Encoder | None = None,
) -> Iterator[Learning]:
    """Import the label files in the feedback folder and learn from the rankings of one engine; yield the progress. Changes no weights.

    Learn for the engine with `fingerprint` if nothing has to be scored for it, else for the one that `engine` returns. `anywhere`: see
    `import_file`. Raise what `engine` raises, ScoringError, sqlite3.Error or OSError.
    """
    imported = tuple(import_folder(store, store.path.parent, anywhere, limits, user))
    yield Learning(imported)
    if not fingerprint or unscored(store, fingerprint):
        opened, judge = engine()
        fingerprint = opened.info.fingerprint
        for done, jobs in score_unscored(store, opened, judge, user):
            yield Learning(imported, done, jobs)
        yield Learning(imported)
    yield Learning(imported, outcome=learn_from_store(store, fingerprint, encoder or Encoder()))


def newest_fingerprint(store: Store) -> str:
    """Return the fingerprint of the engine behind the newest ranking, "" if there is none."""
    return next((run.engine.fingerprint for run in store.runs(1)), "")


def order_said(weights: Weights, words: Texts) -> str:
    """Return by what a ranking was ordered beside the model: learned weights, and how far they count for its job. "" for none."""
    if not weights.version:
        return ""
    if weights.strength is None or weights.strength.similar_jobs is None:
        return words("learned.in_full", version=weights.version)
    if weights.strength.value == 0:
        return words("learned.not_here", version=weights.version)
    count, share = weights.strength.similar_jobs, max(1, round(100 * weights.strength.value))
    return words("learned.similar", version=weights.version, count=count, strength=share)


def in_words(effects: Sequence[Mapping[str, Any]], words: Texts) -> list[str]:
    """Return sentences on the strong effects ("本公司更看重…", strongest first), and a warning if one may stand for age; else nothing."""
    strong = sorted(
        (effect for effect in effects if effect["name"] != "logit" and abs(effect["effect"]) >= STRONG),
        key=lambda effect: -abs(effect["effect"]),
    )
    sentences = []
    for key, sign in (("learn.more_of", 1), ("learn.less_of", -1)):
        names = [words(f"feature.{effect['name']}") for effect in strong if effect["effect"] * sign > 0]
        if names:
            sentences.append(words(key, names=words("learn.comma").join(names)))
    if any(effect["name"] == "tenure" for effect in strong):
        sentences.append(words("learn.near_age"))
    return sentences


def kinds_said(report: Mapping[str, Any], words: Texts) -> str:
    """Return what held-out kinds of jobs showed, in a sentence; "" for reports of an earlier release."""
    kinds, change = report.get("kinds", 0), report["verdict"].get("elsewhere")
    if not kinds:
        return ""
    if kinds == 1:
        return words("learn.one_kind")
    if not change:
        return words("learn.kinds_not_tried", kinds=kinds)
    in_full = report["verdict"]["elsewhere_in_full"]
    said = {name: " ".join(percent(figures["pairwise"], "+.1f")) for name, figures in (("change", change), ("in_full", in_full))}
    return words("learn.kinds", kinds=kinds, **said)


def percent(interval: Mapping[str, float], form: str) -> tuple[str, str]:
    """Return a measured value and its interval in percent, each number in this format."""
    value, low, high = (f"{100 * interval[name]:{form}}" for name in ("value", "low", "high"))
    return value, f"[{low}, {high}]"
