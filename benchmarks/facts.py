"""Facts against wordings that were written without sight of the code:  python benchmarks/facts.py

Right answers by kind and language, with exact 95 % intervals. tests/data/facts/unseen/ has the wordings, by two writers: a resume, a
requirement and a verdict; a form line and its ticked options; a line of a JD and whether it asks for anything. Single misses are not
printed: whoever looks at them uses the set up. Dates and years are not among the modules yet.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from scipy.stats import binomtest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from preprocess.cleaning.boxes import read_form_line  # noqa: E402
from reranker.evidence.asks import asks_for_something  # noqa: E402
from reranker.evidence.facts import certificates, degrees, languages, numbers  # noqa: E402

UNSEEN = ROOT / "tests" / "data" / "facts" / "unseen"


def verdict_is_right(facts: ModuleType) -> Callable[[dict[str, Any]], bool]:
    """Return the check of a kind of facts; a requirement that demands nothing of the kind is a wrong answer."""

    def check(wording: dict[str, Any]) -> bool:
        demand = facts.asked(wording["requirement"])
        return demand is not None and facts.answer(demand, facts.stated(wording["resume"])).verdict == wording["verdict"]

    return check


def boxes_are_right(wording: dict[str, Any]) -> bool:
    """Return whether exactly the options that nobody ticked leave the text."""
    text, dropped = read_form_line(wording["text"])
    return sorted(option.strip() for option in dropped) == sorted(wording["dropped"]) and all(option in text for option in wording["kept"])


KINDS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "degrees": verdict_is_right(degrees),
    "languages": verdict_is_right(languages),
    "certificates": verdict_is_right(certificates),
    "numbers": verdict_is_right(numbers),
    "boxes": boxes_are_right,
    "jd": lambda wording: asks_for_something(wording["line"]) == wording["asks"],
}


def main() -> None:
    for kind, is_right in KINDS.items():
        for language in ("zh", "en"):
            wordings = [json.loads(line) for line in (UNSEEN / language / f"{kind}.jsonl").read_text("utf-8").splitlines()]
            right = sum(map(is_right, wordings))
            low, high = binomtest(right, len(wordings)).proportion_ci(method="exact")
            print(f"{kind:13} {language}  {right:3} of {len(wordings)}  {right / len(wordings):4.0%}  ({low:.0%} to {high:.0%})")


if __name__ == "__main__":
    main()
