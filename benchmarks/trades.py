"""Try the stand-in on twenty-two trades:  python benchmarks/trades.py

Every job beside the resumes of all trades of its language; an engineer's job beside other engineers and strangers; resumes that copy
the job, and long ones. tests/reranker/embedded/test_trades.py has a few of each.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from reranker.embedded.engine import EmbeddedEngine  # noqa: E402
from reranker.judge.judge import Judge  # noqa: E402
from tests.reranker.embedded.test_trades import (  # noqa: E402
    ENGINEERS,
    OTHERS,
    TRADES,
    fakes,
    long_stranger,
    scores,
    scores_of_trades,
)


def main() -> None:
    """Print for each language the trades that are not first for their own job, and those that a copy or a long resume beats."""
    engine = EmbeddedEngine(Judge())
    for language, trades in TRADES.items():
        by_job = {trade: scores_of_trades(engine, language, trade, list(trades)) for trade in trades}
        not_first = [trade for trade, scores in by_job.items() if max(scores, key=lambda name: scores[name]) != trade]
        nearer = [
            by_job[trade][neighbour] > by_job[trade][stranger]
            for trade in ENGINEERS[language]
            for neighbour in ENGINEERS[language]
            for stranger in OTHERS[language]
            if neighbour != trade
        ]
        copied = [trade for trade in trades if trade != OTHERS[language][3] and is_beaten(engine, language, trade, fakes(language, trade))]
        outgrown = [trade for trade in trades if is_beaten(engine, language, trade, [long_stranger(language, trade)])]
        print(f"{language}: {len(trades)} trades; not first for their own job: {not_first or 'none'}")
        print(f"    neighbouring trades nearer than strange ones: {sum(nearer)} of {len(nearer)} (0.8 of them wanted)")
        print(f"    beaten by copies of the job: {copied or 'none'}; by long resumes of strangers: {outgrown or 'none'}")


def is_beaten(engine: EmbeddedEngine, language: str, trade: str, others: list[str]) -> bool:
    """Return whether one of these resumes scores at least as high for a trade's job as the trade's own."""
    own, *rest = scores(engine, TRADES[language][trade]["job"], TRADES[language][trade]["resume"], *others)
    return own <= max(rest)


if __name__ == "__main__":
    main()
