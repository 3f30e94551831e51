"""Fit reranker/evidence/answer_weights.json:  python -m training.judge.fit_answers [--weights FILE] [--write]

Learned from data/dev, which the judge has not seen, and the tuning half of tests/data/match_points (jobs in technology, where naming a
technology in a list is an answer). Prints what each signal brings: figures on the groups of dev that a fit has not seen, with all signals
and without each.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from reranker.evidence.answers import STATUSES, WEIGHTS
from reranker.evidence.match_points import requirement_signals
from reranker.evidence.requirements import split_job
from reranker.evidence.resume_text.lines import read_lines
from reranker.evidence.signals import LINE_SIGNALS, SIGNALS
from reranker.judge.judge import Judge
from reranker.judge.weights import WEIGHTS as JUDGE_WEIGHTS
from tests.data.match_points.labelled import labelled_requirements, load
from training.judge.dev import following
from training.judge.figures import JudgedPair, calibration_error, group_orders, mean_ndcg, verdict_auc, within_resumes_auc
from training.judge.groups import holds_evidence, read_groups

FOREIGN = 0.1
"""Weight of a pair with another job's requirement, which is taken as not proven: some are asked for anywhere."""
TUNING = 4
"""The number of times that a labelled match point counts: jobs in technology are most of what this program is used for, and few of dev."""
PENALTY = 1.0
FOLDS = 8


@dataclass(frozen=True)
class Pair:
    """A requirement and a resume: signals, what is known of them, and which lines are right to quote. `verdict` None: another job's."""

    group: int
    resume: int
    label: int
    kind: str
    verdict: int | None
    values: np.ndarray
    lines: np.ndarray
    is_right: np.ndarray


@dataclass(frozen=True)
class AnswerFit:
    """A weight for each signal, and the two thresholds."""

    weights: np.ndarray
    thresholds: np.ndarray

    def reached(self, values: np.ndarray) -> np.ndarray:
        """Return the probabilities (pairs, 2) of at least "partial" and of "met"."""
        return _sigmoid((values @ self.weights)[:, None] - self.thresholds)


def main() -> None:
    """Fit the weights, print the figures and, with --write, replace answer_weights.json."""
    parser = argparse.ArgumentParser(description="Fit the weights of the answers.")
    parser.add_argument("--weights", type=Path, default=JUDGE_WEIGHTS)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    judge = Judge(weights=arguments.weights)
    dev, tuning = list(dev_pairs(judge)), list(tuning_pairs(judge)) * TUNING
    print(f"{len(dev)} pairs of dev, {len(tuning) // TUNING} of match points; without a signal, by groups that the fit has not seen:")
    _print_figures("all", dev, tuning, SIGNALS)
    for name in SIGNALS:
        _print_figures(f"no {name}", dev, tuning, [other for other in SIGNALS if other != name])
    _print_figures("judge alone", dev, tuning, ["judge"])
    _print_quotes("all", dev, LINE_SIGNALS)
    for name in LINE_SIGNALS:
        _print_quotes(f"no {name}", dev, [other for other in LINE_SIGNALS if other != name])
    if arguments.write:
        fit, lines = fit_signals([*dev, *tuning], SIGNALS), fit_lines([*dev, *tuning], LINE_SIGNALS)
        kept = {
            "signals": dict(zip(SIGNALS, fit.weights.round(4).tolist(), strict=True)),
            "lines": dict(zip(LINE_SIGNALS, lines.round(4).tolist(), strict=True)),
            "thresholds": fit.thresholds.round(4).tolist(),
        }
        WEIGHTS.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")


def dev_pairs(judge: Judge) -> Iterator[Pair]:
    """Yield every resume of dev with its own requirements and another job's."""
    groups = read_groups("dev")
    for number, group in enumerate(groups):
        own = [text for text, _ in group.requirements]
        foreign = [text for text, _ in following(groups, number).requirements]
        for index, judged in enumerate(group.resumes):
            resume = read_lines(judged.text)
            rows = requirement_signals([*own, *foreign], resume, judge)
            for asked_index, (_, _, signals) in enumerate(rows):
                is_own = asked_index < len(own)
                kind = "must" if not is_own or group.requirements[asked_index][1] else "nice"
                evidence = judged.evidence[asked_index] if is_own else ""
                verdict = judged.verdicts[asked_index] if is_own else None
                is_right = np.array([holds_evidence(resume.text, evidence, *span) for span in resume.spans], dtype=bool)
                yield Pair(number, number * 100 + index, judged.label, kind, verdict, signals.values, signals.lines, is_right)


def tuning_pairs(judge: Judge) -> Iterator[Pair]:
    """Yield the labelled match points that may be tuned on."""
    for job in load():
        if job.half == "tuning":
            requirements = split_job(job.text)
            for labelled in job.resumes:
                resume = read_lines(labelled.text)
                rows = requirement_signals([requirement.text for requirement in requirements], resume, judge)
                for index, label in zip(labelled_requirements(job, requirements), labelled.labels, strict=True):
                    if index is not None:
                        is_right = np.array([any(start < b and a < end for a, b in label.lines) for start, end in resume.spans], dtype=bool)
                        signals = rows[index][2]
                        yield Pair(-1, -1, 0, "must", STATUSES.index(label.status), signals.values, signals.lines, is_right)


def fit_signals(pairs: Sequence[Pair], names: Sequence[str]) -> AnswerFit:
    """Return the weights of the signals `names` that make the verdicts likeliest: an ordinal logistic regression with a penalty."""
    values, verdicts = _columns(pairs, names), np.array([pair.verdict or 0 for pair in pairs])
    importance = np.array([FOREIGN if pair.verdict is None else 1.0 for pair in pairs])[:, None]
    reached = np.stack([verdicts >= 1, verdicts >= 2], axis=1)

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        weights, thresholds = parameters[:-2], parameters[-2:]
        logits = (values @ weights)[:, None] - thresholds
        slopes = importance * (_sigmoid(logits) - reached)
        total = (importance * (np.logaddexp(0, logits) - reached * logits)).sum() + PENALTY * (weights**2).sum()
        return total, np.concatenate([values.T @ slopes.sum(axis=1) + 2 * PENALTY * weights, -slopes.sum(axis=0)])

    fitted = minimize(loss, np.array([0.0] * len(names) + [0.0, 1.0]), jac=True, method="L-BFGS-B").x
    return AnswerFit(fitted[:-2], fitted[-2:])


def fit_lines(pairs: Sequence[Pair], names: Sequence[str]) -> np.ndarray:
    """Return the weights that make the right lines likeliest, of all lines of the resume."""
    columns = [LINE_SIGNALS.index(name) for name in names]
    shown = [(pair.lines[:, columns], pair.is_right) for pair in pairs if pair.verdict and pair.is_right.any()]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = PENALTY * (weights**2).sum(), 2 * PENALTY * weights
        for lines, is_right in shown:
            scores = lines @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            right = shares * is_right
            total -= np.log(right.sum() + 1e-12)
            slope = slope - lines.T @ (right / (right.sum() + 1e-12) - shares)
        return total, slope

    return minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x


def _print_figures(title: str, dev: Sequence[Pair], tuning: Sequence[Pair], names: Sequence[str]) -> None:
    reached = np.zeros((len(dev), 2))
    for fold in range(FOLDS):
        is_out = np.array([pair.group % FOLDS == fold for pair in dev])
        fit = fit_signals([*(pair for pair, out in zip(dev, is_out, strict=True) if not out), *tuning], names)
        reached[is_out] = fit.reached(_columns(dev, names)[is_out])
    strengths = reached.mean(axis=1)
    judged = [
        JudgedPair(pair.group, pair.resume, pair.label, pair.kind, pair.verdict, strength)
        for pair, strength in zip(dev, strengths, strict=True)
    ]
    is_own = np.array([pair.verdict is not None for pair in dev])
    verdicts = np.array([pair.verdict or 0 for pair in dev])[is_own]
    grades = (reached >= 0.5).sum(axis=1)[is_own]
    print(
        f"  {title:16} AUC {verdict_auc(judged):.3f}, within a resume {within_resumes_auc(judged, 0):.3f}, "
        f"nDCG@5 {mean_ndcg(group_orders(judged)):.3f}; another job: {within_resumes_auc(judged, None):.3f}, "
        f"nDCG@5 {mean_ndcg(group_orders(judged, foreign=True)):.3f}; found {(verdicts[grades > 0] > 0).mean():.3f} / "
        f"{(grades[verdicts > 0] > 0).mean():.3f}, status {(grades == verdicts).mean():.3f}, "
        f"calibration {calibration_error(strengths[is_own].tolist(), (verdicts / 2).tolist()):.3f}"
    )


def _print_quotes(title: str, dev: Sequence[Pair], names: Sequence[str]) -> None:
    columns, hits = [LINE_SIGNALS.index(name) for name in names], []
    for fold in range(FOLDS):
        weights = fit_lines([pair for pair in dev if pair.group % FOLDS != fold], names)
        shown = [pair for pair in dev if pair.group % FOLDS == fold and pair.verdict and pair.is_right.any()]
        hits += [pair.is_right[(pair.lines[:, columns] @ weights).argmax()] for pair in shown]
    print(f"  {title:16} right line {np.mean(hits):.3f} of {len(hits)}")


def _columns(pairs: Sequence[Pair], names: Sequence[str]) -> np.ndarray:
    return np.stack([pair.values for pair in pairs])[:, [SIGNALS.index(name) for name in names]]


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(values, -700, 700)))


if __name__ == "__main__":
    main()
