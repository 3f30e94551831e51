"""Print what the server took and what users saw, as one table."""

import sqlite3
import statistics
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import psutil

from benchmarks.soak.users import Seen

GROWTH = 0.05
MOST_CLICK_S = 1.0
"""Of nineteen clicks in twenty."""


@dataclass(frozen=True)
class Sample:
    """The server at one moment; bytes of resident memory, its own and with its children."""

    at: float
    own: int
    all: int
    files: int
    threads: int


def sample(pid: int) -> Sample:
    """Return the server with this process id as it is now."""
    process = psutil.Process(pid)
    own = process.memory_info().rss
    children = 0
    for child in process.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            children += child.memory_info().rss
    return Sample(time.monotonic(), own, own + children, process.num_fds(), process.num_threads())


def tenths(values: list[int]) -> list[list[int]]:
    """Return the values in up to ten parts of the same length, without empty ones."""
    bounds = [round(index * len(values) / 10) for index in range(11)]
    return [values[start:stop] for start, stop in pairwise(bounds) if stop > start]


def report(seen: Seen, rough: Seen, samples: list[Sample], left: list[Path], log: str, feedback: Path) -> int:
    """Print the table and return the exit code. `rough` is what users saw while accidents happened, all else is of the time before."""
    wrong = seen.wrong + rough.wrong
    *during, after = samples
    first, last = during[: len(during) // 3], during[-(len(during) // 3) :]
    growth = {}

    def change(what: str, field: str, unit: float = 1) -> str:
        early, late, end = (statistics.median(getattr(sample, field) for sample in part) / unit for part in (first, last, [after]))
        growth[field] = late / early - 1
        return f"{what:<28}{early:,.0f} → {late:,.0f} ({growth[field]:+.1%}); when all have left {end:,.0f}"

    problems = log.count("Traceback") + log.count("A request failed")
    acknowledged = seen.labelled | rough.labelled
    lost = acknowledged - labelled(feedback / "feedback.sqlite3")
    errors = {status: count for status, count in seen.statuses.items() if status >= 500}
    latencies, clicks = sorted(seen.latencies) or [0.0], sorted(seen.clicks) or [0.0]
    click = clicks[int(0.95 * len(clicks))]
    over_time = [f"{statistics.median(part) / 1e6:,.0f}" for part in tenths([each.own for each in during])]
    table = [
        f"{'requests':<28}{sum(seen.statuses.values()):,} ({', '.join(f'{count} {what}' for what, count in seen.actions.items())})",
        f"{'5xx':<28}{errors or 'none'}; 429, queue full: {seen.statuses[429]}",
        f"{'wrong or lost answers':<28}{len(wrong)}",
        f"{'labels':<28}{len(acknowledged)} candidates labelled, {len(lost)} of them not in the store",
        f"{'a ranking took':<28}p50 {statistics.median(latencies):.1f} s, p95 {latencies[int(0.95 * len(latencies))]:.1f} s",
        f"{'a click took':<28}p50 {statistics.median(clicks):.2f} s, p95 {click:.2f} s ({len(clicks)} labels, beside a pile of 200)",
        change("memory with children, MB", "all", 1e6),
        change("memory of the server, MB", "own", 1e6),
        f"{'in tenths of the time':<28}{' '.join(over_time)}",
        change("open file descriptors", "files"),
        change("threads", "threads"),
        f"{'uploads left on disk':<28}{len(left)}",
        f"{'database':<28}{sum(file.stat().st_size for file in feedback.glob('feedback.sqlite3*')) / 1e6:.1f} MB",
        f"{'errors in the log':<28}{problems}, before the accidents",
        f"{'accidents':<28}{dict(rough.accidents) or 'none'}, beside {sum(rough.actions.values())} actions",
        f"{'lost in them':<28}{dict(rough.lost_in_accidents) or 'nothing'}",
    ]
    print("\n".join(table))
    for line in wrong[:10]:
        print("WRONG:", line[:1500])
    if problems:
        print(log[-5000:])
    failed = bool(errors or wrong or lost or problems or left) or max(growth["all"], growth["own"]) >= GROWTH or click >= MOST_CLICK_S
    print("MISSED" if failed else "met")
    return int(failed)


def labelled(database: Path) -> set[str]:
    """Return the ids of the resumes that have a label."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as opened:
        return {row[0] for row in opened.execute("SELECT DISTINCT sha256 FROM labels JOIN resumes ON resumes.id = labels.resume")}
