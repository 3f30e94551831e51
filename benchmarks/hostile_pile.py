"""Rank 150 good resumes among all 50 hostile files:  python benchmarks/hostile_pile.py

Prints the processor time and memory of reading and ranking the pile, the slowest files, and what did not come out as it should.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from preprocess.document import Rejected
from tests.test_hostile_pile import good_files, rank_pile

GOOD = 150


def main() -> None:
    """Print the cost of the pile, the slowest files, and what was not ranked or refused for another reason than it should."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = rank_pile(Path(folder), GOOD, every=1)
    grown = (outcome.watch.most - outcome.watch.before) / 1e6
    print(f"{outcome.seconds:.1f} s of a processor (about 30), {grown:.0f} MB more than before at most, children counted")
    for name, seconds in sorted(outcome.watch.seconds.items(), key=lambda pair: -pair[1])[:10]:
        print(f"{seconds:6.2f} s {name}")
    not_ranked = {name for name, _ in good_files(GOOD)} - {row.name for row in outcome.ranking.rows}
    reasons = {result.name: result.reason for result in (*outcome.left_out, *outcome.read) if isinstance(result, Rejected)}
    wrong = {}
    for hostile_file in outcome.hostile:
        reason = reasons.get(hostile_file.shown or hostile_file.name)
        if reason not in hostile_file.reasons:
            wrong[hostile_file.name] = reason
    print(f"not ranked: {sorted(not_ranked)}\nwrong reasons: {wrong}")


if __name__ == "__main__":
    main()
