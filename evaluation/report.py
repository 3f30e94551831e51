"""Format the results of `./start.sh eval` as a table and a JSON object. Knows figures, no engine and no file format."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from evaluation.evaluate import METRICS, MIN_JOBS, Result, has_full, is_comparable
from feedback.files.label_files import LineProblem
from feedback.labels import Group
from feedback.learning.metrics import Interval

Results = Mapping[str, Mapping[str, Result]]
"""System → metric → figures, as from `evaluation.evaluate.evaluate`."""

REFERENCE = "engine"
SYSTEMS = {
    "given": "as given",
    "bm25": "BM25",
    "embedding": "embedding",
    "engine": "engine",
    "no_instruction": "no instruction",
    "learned": "learned",
}
HEADINGS: dict[str, str] = dict(zip(METRICS, ("nDCG@5", "nDCG@10", "Top-3", "Top-5", "Pairwise", "MRR"), strict=True))
MAX_LISTED = 20
"""Skipped lines that are listed under the table; the JSON object has all."""


@dataclass(frozen=True)
class Data:
    """A data file as read: its jobs, those of them whose orders can be compared, and the lines that were skipped."""

    jobs: Sequence[Group]
    compared: Sequence[Group]
    skipped: Sequence[LineProblem]


def as_json(
    data: Data, results: Results, remarks: Sequence[str], model: Mapping[str, Any], instruction: str, timing: Mapping[str, float]
) -> dict[str, Any]:
    """Return the object of `eval --json`. The bounds of an interval are null if it has none because only one job counts."""
    return {
        "model": dict(model),
        "instruction": instruction,
        "data": {**_counts(data), "skipped": [asdict(problem) for problem in data.skipped]},
        "reference": REFERENCE,
        "systems": {system: {metric: _figures(result) for metric, result in metrics.items()} for system, metrics in results.items()},
        "remarks": list(remarks),
        "timing": {name: round(seconds, 3) for name, seconds in timing.items()},
    }


def _figures(result: Result) -> dict[str, Any]:
    difference = result.difference and _bounds(result.difference)
    return {**_bounds(result.value), "jobs": result.jobs, "difference": difference, "verdict": result.verdict}


def _bounds(interval: Interval) -> dict[str, float | None]:
    return {name: value if math.isfinite(value) else None for name, value in asdict(interval).items()}


def _counts(data: Data) -> dict[str, int]:
    return {
        "jobs": len(data.jobs),
        "jobs_compared": len(data.compared),
        "jobs_with_one_resume": sum(len(group.candidates) == 1 for group in data.jobs),
        "jobs_with_one_grade": sum(len(group.candidates) > 1 and not is_comparable(group) for group in data.jobs),
        "jobs_without_full": sum(not has_full(group) for group in data.compared),
        "pairs_compared": sum(len(group.candidates) for group in data.compared),
    }


def about(data: Data) -> str:
    """Return a few lines that say what was compared, what was not, and why."""
    count = _counts(data)
    lines = [f"{count['jobs_compared']} of {count['jobs']} jobs are compared, with {count['pairs_compared']} resumes in all."]
    if count["jobs_with_one_resume"] or count["jobs_with_one_grade"]:
        lines.append(f"Left out: {count['jobs_with_one_resume']} with one resume, {count['jobs_with_one_grade']} with one grade only.")
    if count["jobs_without_full"]:
        lines.append(f"{count['jobs_without_full']} have nobody who is 完全匹配 and count for neither Top-3, Top-5 nor MRR.")
    for problem in data.skipped[:MAX_LISTED]:
        lines.append(f"Line {problem.line} skipped: {problem.reason} {problem.detail}".rstrip())
    if len(data.skipped) > MAX_LISTED:
        lines.append(f"and {len(data.skipped) - MAX_LISTED} more lines skipped (--json lists all)")
    return "\n".join(lines)


def print_table(data: Data, results: Results, remarks: Sequence[str], engine_name: str, timing: Mapping[str, float]) -> None:
    """Print the table and the remarks to stdout."""
    table = Table(title=f"engine: {engine_name}", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    metrics = results[REFERENCE]
    for metric in metrics:
        table.add_column(HEADINGS[metric], no_wrap=True)
    for system, figures in results.items():
        table.add_row(SYSTEMS[system], *(_cell(figures[metric]) for metric in metrics), style="bold" if system == REFERENCE else None)
    console = Console(highlight=False, markup=False)
    console.print(table)
    lines = [
        "Means over jobs with 95 % bootstrap intervals.",
        f"▲ ▼: better, worse than the engine beyond noise (paired bootstrap over jobs, of which it takes {MIN_JOBS} or more).",
        about(data),
        *remarks,
        f"Read {timing['read_s']:.1f} s · model loaded {timing['load_s']:.1f} s · scored {timing['score_s']:.1f} s",
    ]
    for line in lines:
        console.print(line, soft_wrap=True)


def _cell(result: Result) -> str:
    value = result.value
    bounds = f"{value.low:.2f}–{value.high:.2f}" if math.isfinite(value.low) else "one job"
    return f"{value.value:.3f}{('', ' ▲', ' ▼')[result.verdict]}\n{bounds}"
