"""Measure how many of the best a prefilter keeps:  python benchmarks/prefilter.py [--data FOLDER] [--piles 6] [--size 200] [--engine]

For each pile of large_piles.py: the share of the exact top 10 and top 50 that is among the N that the cheap guess expects most of, for N of
5, 10 and 20 % of the pile. Exact is what the grades of the data say (those graded above 0, ten at most: a pile has two to five), and, with
--engine, what the offline engine says of every resume (a minute or more of processor time for each pile of 200).
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.large_piles import PUBLIC_DATA, generated_piles, measured, public_piles  # noqa: E402

KEPT = (0.05, 0.1, 0.2)
TOPS = (10, 50)


def recall(best: Sequence[int], guess: Sequence[float], kept: int) -> float:
    """Return the share of `best` that is among the `kept` highest guesses."""
    survivors = set(sorted(range(len(guess)), key=lambda index: -guess[index])[:kept])
    return len(survivors & set(best)) / len(best)


def main() -> None:
    """Print for each kind of pile and each guess the share of the best that is kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=PUBLIC_DATA)
    parser.add_argument("--piles", type=int, default=6, help="of each kind")
    parser.add_argument("--size", type=int, default=200)
    parser.add_argument("--guesses", default="words,guess,encoder")
    parser.add_argument("--engine", action="store_true", help="also against the order of the offline engine")
    parser.add_argument("--cache", type=Path, help="a file that keeps what was computed")
    options = parser.parse_args()
    names = options.guesses.split(",")
    for kind, piles in (
        ("generated", generated_piles(options.piles, options.size)),
        ("public", public_piles(options.piles, options.size, options.data)),
    ):
        piles = [pile for pile in piles if any(pile.grades)]  # some public jobs have nobody who fits
        values = measured(piles, [*names, *(["offline engine"] if options.engine else [])], options.cache)
        for name in names:
            targets = [("graded above 0", [[index for index, grade in enumerate(pile.grades) if grade > 0][:10] for pile in piles])]
            if options.engine:
                orders = [sorted(range(options.size), key=lambda index: -known["offline engine"][index]) for known in values]
                targets += [(f"top {top} of the offline engine", [order[:top] for order in orders]) for top in TOPS]
            for target, best in targets:
                for share in KEPT:
                    recalls = [recall(of, known[name], round(share * options.size)) for of, known in zip(best, values, strict=True)]
                    mean = sum(recalls) / len(recalls)
                    print(
                        f"{kind} ({len(piles)} piles), {name}, {target}, N = {share:.0%}: {mean:.2f}, worst {min(recalls):.2f}", flush=True
                    )


if __name__ == "__main__":
    main()
