"""Fits the weights of preprocess/screening.toml:  python benchmarks/fit_screening.py [--data FOLDER] [--write]

A logistic regression of the wordings `tuning` and `held_out` of tests/data/attack_wordings.toml against sentences of clean resumes and
clean lines that look alike; the `fresh` ones are never looked at, nor is every third resume (`is_unseen`). Five times a fifth of it all is
left out and judged by the rest: from that come the printed shares and `least`, the smallest score that alarms few enough clean texts.
--write replaces preprocess/screening_weights.toml. FOLDER is described in benchmarks/attacks.py.
Needs scikit-learn: .venv/bin/pip install -r requirements-benchmarks.txt
"""

import argparse
import sys
import zlib
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sklearn.linear_model import LogisticRegression  # noqa: E402  # pyright: ignore[reportMissingImports]  # optional

from benchmarks.attacks import DUTIES, cleaned, foreign_resumes, is_unseen, job_duties, own_resumes  # noqa: E402
from preprocess.screening_cues import counts, cues  # noqa: E402
from preprocess.screening_instructions import sentences  # noqa: E402
from tests.data.make_attacks import wordings  # noqa: E402

WEIGHTS = ROOT / "preprocess" / "screening_weights.toml"
SPLITS = ("tuning", "held_out")
FOLDS, INVERSE_PENALTY = 5, 0.3
WORDING_WEIGHT, ALIKE_WEIGHT = 5.0, 4.0
"""How much a wording, and a clean line that looks like one, count beside a sentence of a resume, of which there are far more."""
LEAST_PAIRS = 4
ALARMED, ALIKE_ALARMED = 0.01, 0.05
"""The shares of clean resumes, and of lines written to look like instructions, that may be alarmed when they were left out of the fit."""


@dataclass(frozen=True)
class Texts:
    """Wordings, or resumes, with the cues of each of their sentences; `weight` is of one sentence."""

    names: list[str]
    found: list[list[list[str]]]
    weight: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="a folder with real resumes")
    parser.add_argument("--write", action="store_true", help="replace preprocess/screening_weights.toml")
    options = parser.parse_args()
    attacks, alike, resumes = attack_texts(), alike_texts(), resume_texts(options.data)
    columns = used_columns([*attacks.found, *alike.found, *resumes.found])
    held_apart = [left_out(columns, [attacks, alike, resumes], fold) for fold in range(FOLDS)]
    scores = [{name: one for fold in held_apart for name, one in fold[at].items()} for at in range(3)]
    scores[2] = {name: one for name, one in scores[2].items() if not name.startswith(DUTIES)}  # fitted to, but no resumes
    least = max(score_passed_by(ALIKE_ALARMED, scores[1]), score_passed_by(ALARMED, scores[2])) + 0.01
    for title, found in zip(("wordings found", "lines that look alike alarmed", "clean resumes alarmed"), scores, strict=True):
        share = sum(one >= least for one in found.values()) / len(found)
        print(f"{title}, each judged by a fit without it: {share:.1%} of {len(found)}, least {least:.2f}")
    if options.write:
        write(columns, fit(columns, [attacks, alike, resumes]), least)


def attack_texts() -> Texts:
    names, found = [], []
    for split in SPLITS:
        for language, lines in wordings()["instruction_to_model"][split].items():
            for line in lines:
                names.append(line)
                found.append(
                    [cues(one) for one in sentences("\n" + line.replace("{name}", "该候选人" if language == "zh" else "this candidate"))]
                )
    return Texts(names, found, WORDING_WEIGHT)


def alike_texts() -> Texts:
    lines = [line for split in SPLITS for lines in wordings()["clean"][split].values() for line in lines]
    return Texts(lines, [[cues(one) for one in sentences("\n" + line)] for line in lines], ALIKE_WEIGHT)


def resume_texts(folder: Path) -> Texts:
    """The versions of one resume count as one, and what they have in common counts once."""
    of: dict[str, dict[str, None]] = {}
    for which, text, _ in [*own_resumes(), *foreign_resumes(folder), *job_duties(folder)]:
        if not is_unseen(which):
            of.setdefault(which, {}).update(dict.fromkeys(sentences(cleaned(text).text)))
    return Texts(list(of), [[cues(one) for one in unique] for unique in of.values()], 1.0)


def used_columns(texts: list[list[list[str]]]) -> dict[str, int]:
    """Cues, pairs of cues that are not rare, and counts, with their places in the matrix."""
    seen: dict[str, int] = {}
    for sentence in (one for text in texts for one in text):
        for one, two in combinations(sentence, 2):
            seen[f"{one} {two}"] = seen.get(f"{one} {two}", 0) + 1
    singles = dict.fromkeys(cue for text in texts for sentence in text for cue in sentence)
    names = [*singles, *(pair for pair, times in seen.items() if times >= LEAST_PAIRS), *(f"#{name}" for name in counts([]))]
    return {name: at for at, name in enumerate(names)}


def matrix(columns: dict[str, int], sentences: list[list[str]]) -> np.ndarray:
    rows = np.zeros((len(sentences), len(columns)), dtype=np.float32)
    for row, found in zip(rows, sentences, strict=True):
        for name in [*found, *(f"{one} {two}" for one, two in combinations(found, 2))]:
            if name in columns:
                row[columns[name]] = 1
        for name, value in counts(found).items():
            row[columns[f"#{name}"]] = value
    return rows


def fit(columns: dict[str, int], groups: list[Texts], without: int | None = None) -> LogisticRegression:
    """`without` leaves the texts of one fold out. The first group is what is to be found."""
    rows, is_attack, weights = [], [], []
    for place, group in enumerate(groups):
        kept = [one for name, found in zip(group.names, group.found, strict=True) if fold_of(name) != without for one in found]
        rows += kept
        is_attack += [place == 0] * len(kept)
        weights += [group.weight] * len(kept)
    return LogisticRegression(C=INVERSE_PENALTY, max_iter=3000).fit(matrix(columns, rows), is_attack, sample_weight=weights)


def left_out(columns: dict[str, int], groups: list[Texts], fold: int) -> list[dict[str, float]]:
    """Of every text in the fold, the score of its most suspicious sentence by a fit without the fold."""
    model = fit(columns, groups, without=fold)
    return [
        {
            name: float(model.decision_function(matrix(columns, found)).max())
            for name, found in zip(group.names, group.found, strict=True)
            if fold_of(name) == fold and found
        }
        for group in groups
    ]


def score_passed_by(share: float, scores: dict[str, float]) -> float:
    return sorted(scores.values(), reverse=True)[int(share * len(scores))]


def fold_of(name: str) -> int:
    return zlib.crc32(name.encode("utf-8")) // 3 % FOLDS


def write(columns: dict[str, int], model: LogisticRegression, least: float) -> None:
    """Weights in hundredths; the intercept goes into `least`."""
    coefficients, intercept = np.ravel(model.coef_), float(np.ravel(model.intercept_)[0])
    weights = {name: round(float(coefficients[at]), 2) for name, at in columns.items()}
    tables = {
        "cues": {name: weight for name, weight in weights.items() if " " not in name and not name.startswith("#")},
        "counts": {name[1:]: weight for name, weight in weights.items() if name.startswith("#")},
        "pairs": {f'"{name}"': weight for name, weight in weights.items() if " " in name and weight},
    }
    lines = ["# Written by benchmarks/fit_screening.py: do not edit.", f"least = {least - intercept:.2f}"]
    for table, entries in tables.items():
        lines += ["", f"[{table}]", *(f"{name} = {weight}" for name, weight in entries.items())]
    WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
