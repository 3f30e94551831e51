"""Compare match points with labels given by hand:  python benchmarks/match_points.py [--wrong HALF]

Precision and recall of "met or partial" (a point is right when the label is one of these and its quote is an accepted line), how often
the status is exactly the labelled one, by half, kind and language, and what was taken for what. tests/data/match_points/README.md says
how the labels were given. `--wrong tuning` lists the points of that half that are not right.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from reranker.judge.judge import Judge  # noqa: E402
from tests.data.match_points.labelled import HALVES, STATUSES, UNSEEN, Judged, confusion, figures, judge, load, unsplit  # noqa: E402


def main() -> None:
    """Print precision, recall and the confusion of match points for each half of the data, and with --wrong the faults of one."""
    jobs = load() + load(UNSEEN)
    start = time.perf_counter()
    judged = judge(jobs, Judge())
    print(f"{len(jobs)} jobs, {sum(len(job.resumes) for job in jobs)} resumes, {time.perf_counter() - start:.1f} s")
    shown = (*HALVES, UNSEEN) if "--wrong" not in sys.argv else (sys.argv[sys.argv.index("--wrong") + 1],)
    for half in shown:
        of_half = [pair for pair in judged if pair.job.half == half]
        print(f"\n{half:9} {'pairs':>6} {'precision':>9} {'recall':>7} {'status':>7}")
        report("all", of_half, lambda pair: True)
        for kind in ("must", "nice", "duty"):
            report(kind, of_half, lambda pair, kind=kind: pair.kind == kind)
        for language in ("zh", "en"):
            report(language, of_half, lambda pair, language=language: pair.job.language == language)
        table = confusion(of_half)
        print(f"label ↓ said → {'':3}" + "".join(f"{said:>9}" for said in STATUSES))
        for label in STATUSES:
            print(f"{label:>18}" + "".join(f"{table[label, said]:>9}" for said in STATUSES))
        lost = [text for job in jobs if job.half == half for text in unsplit(job)]
        strange = sum(pair.label is None for pair in of_half)
        print(f"requirements lost or split otherwise: {len(lost)}; points on what no one asked: {strange}")
    if "--wrong" in sys.argv:
        for pair in judged:
            if pair.job.half in shown and not is_fine(pair):
                print(f"\n{pair.job.name} · {pair.resume.name} · {pair.kind} · {pair.requirement}\n  label: {wanted(pair)}")
                print(f"  said:  {pair.status} {pair.quote}")


def report(name: str, judged: list[Judged], chosen: Callable[[Judged], bool]) -> None:
    """Print the figures of the chosen pairs as a row of the table."""
    part = figures([pair for pair in judged if chosen(pair)])
    print(f"{name:>9} {part.pairs:>6} {part.precision:>9.3f} {part.recall:>7.3f} {part.accuracy:>7.3f}")


def is_fine(pair: Judged) -> bool:
    """Return whether a pair needs no look: it is right, or said and labelled missing."""
    return pair.is_right or (pair.status == "missing" and pair.label is not None and pair.label.status == "missing")


def wanted(pair: Judged) -> str:
    """Return what the label says, with its lines, for a person to compare."""
    if pair.label is None:
        return "no one asked"
    return " | ".join([pair.label.status, *(pair.resume.text[start:end] for start, end in pair.label.lines)])


if __name__ == "__main__":
    main()
