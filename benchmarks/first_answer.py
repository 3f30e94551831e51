"""Measure how soon the best are shown:  python benchmarks/first_answer.py [--data FOLDER] [--piles 6] [--engine] [--cache FILE]

A clock is simulated, not measured: the engine takes --engine-seconds a resume (3.75, as Qwen3-Reranker-0.6B in BF16 on two cores), the
judge 1.5, which it needs for each in any case, for the match points, and words nothing. Resumes are scored as they come, by their words
(BM25), by the guess of the product (words, and the judge where the language is another one), or by the judge alone, through the code of
reranker/scoring_order.py. Printed is the share of the final top 10 that has its score after 20, 30 and 50 % of the whole time.

The final order is not the guess: it is the grades of the data (see large_piles.py) with noise of --noise for what a real engine sees
otherwise, of which those graded above 0 count as the best; with --engine, also the order of the offline engine, for the guesses that are
not the judge's own (its score is the judge's verdicts weighed anew, so the judge would be measured against itself). No engine with the
real weights has been asked.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.large_piles import PUBLIC_DATA, LargePile, generated_piles, measured, public_piles  # noqa: E402
from preprocess.document import Resume  # noqa: E402
from preprocess.lexicon.characters import is_chinese  # noqa: E402
from reranker.scoring_order import AHEAD, most_promising_first  # noqa: E402

SHARES = (0.2, 0.3, 0.5)
JUDGE_S = 1.5
BEST = 10


def guess_seconds(name: str, pile: LargePile, index: int) -> float:
    """Return how long the judge takes for a guess of this name."""
    is_foreign = is_chinese(pile.texts[index]) != is_chinese(pile.query.job)
    return JUDGE_S if name == "judge" or (name == "guess" and is_foreign) else 0.0


def scored_at(count: int, guess: Callable[[int], float] | None, guess_s: Callable[[int], float], engine_s: float) -> dict[int, float]:
    """Return by place in the pile when each resume has its score, in seconds."""
    clock = 0.0

    def looked_at(resume: Resume) -> float:
        nonlocal clock
        clock += guess_s(int(resume.id))
        return guess(int(resume.id)) if guess else 0.0

    resumes = [Resume(str(number), "", "") for number in range(count)]
    order: Iterator[tuple[int, Resume]] = most_promising_first(iter(resumes), looked_at) if guess else iter(enumerate(resumes))
    times = {}
    for index, _ in order:
        clock += engine_s
        times[index] = clock
    return times


def shares(times: dict[int, float], best: Sequence[int], whole_s: float) -> list[float]:
    """Return for each of SHARES of the time which share of the best is scored."""
    return [sum(times[index] <= share * whole_s for index in best) / len(best) for share in SHARES]


def best_by_grade(pile: LargePile, noise: float) -> list[int]:
    """Return the places of the best by grade with noise: at most BEST, and only those with a grade."""
    dice = random.Random(pile.name)
    noisy = {index: grade + dice.gauss(0, noise) for index, grade in enumerate(pile.grades) if grade > 0}
    return sorted(noisy, key=lambda index: -noisy[index])[:BEST]


def best_by_values(values: Sequence[float]) -> list[int]:
    """Return the places of the BEST values."""
    return sorted(range(len(values)), key=lambda index: -values[index])[:BEST]


def main() -> None:
    """Print for each order of scoring after how many simulated seconds the best of the piles are shown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=PUBLIC_DATA)
    parser.add_argument("--piles", type=int, default=6, help="of each kind")
    parser.add_argument("--size", type=int, default=200)
    parser.add_argument("--guesses", default="words,guess,judge")
    parser.add_argument("--engine", action="store_true", help="also against the order of the offline engine (minutes a pile)")
    parser.add_argument("--engine-seconds", type=float, default=3.75)
    parser.add_argument("--noise", type=float, default=0.15)
    parser.add_argument("--cache", type=Path)
    options = parser.parse_args()
    names = options.guesses.split(",")
    print(f"{AHEAD} resumes are looked at before each that is scored; the engine takes {options.engine_seconds} s")
    for kind, piles in (
        ("generated", generated_piles(options.piles, options.size)),
        ("public", public_piles(options.piles, options.size, options.data)),
    ):
        piles = [pile for pile in piles if any(pile.grades)]  # some public jobs have nobody who fits
        values = measured(piles, [*names, *(["offline engine"] if options.engine else [])], options.cache)
        for target in ("grades", *(["offline engine"] if options.engine else [])):
            for name in ["as they come", *names]:
                if target == "offline engine" and name == "judge":
                    continue
                whole_s = options.size * (options.engine_seconds + JUDGE_S)
                measured_piles = []
                for pile, known in zip(piles, values, strict=True):
                    guess = known[name].__getitem__ if name in known else None
                    times = scored_at(len(pile.texts), guess, partial(guess_seconds, name, pile), options.engine_seconds)
                    best = best_by_grade(pile, options.noise) if target == "grades" else best_by_values(known[target])
                    measured_piles.append(shares(times, best, whole_s))
                means = [sum(column) / len(measured_piles) for column in zip(*measured_piles, strict=True)] if measured_piles else []
                said = ", ".join(f"{share:.0%} of the time: {mean:.2f}" for share, mean in zip(SHARES, means, strict=bool(measured_piles)))
                print(f"{kind} ({len(piles)} piles), best by {target}, scored by {name}: {said}", flush=True)


if __name__ == "__main__":
    main()
