"""Compare facts with wordings that were written without sight of the code:  python benchmarks/facts.py [PART] [KIND …]

Print right answers by kind and language, with exact 95 % intervals, and the misses. tests/data/facts/ has the wordings, by writers who
saw no code: a resume, a requirement and a verdict; a form line and its ticked options; a line of a JD and whether it asks for anything.
PART is a folder: the modules were made with sight of all parts but unseen/, which is the default. Whoever reads its misses has used it
up: nobody has.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from scipy.stats import binomtest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from preprocess.cleaning.boxes import read_form  # noqa: E402
from preprocess.document import Line  # noqa: E402
from reranker.evidence.asks import asks_for_something  # noqa: E402
from reranker.evidence.facts import certificates, dates, degrees, languages, numbers, years  # noqa: E402
from tests.data.facts import otherwise, wordings  # noqa: E402

TODAY = date(2026, 11, 28)
"""When the wordings were written, or two days before."""


def verdict_of(facts: ModuleType, wording: dict[str, Any], *today: date) -> str | None:
    """Return the verdict on a wording; None where the requirement is taken to demand nothing of the kind, which is a wrong answer."""
    demand = facts.asked(wording["requirement"])
    return None if demand is None else facts.answer(demand, facts.stated(wording["resume"], *today)).verdict


def verdict_is_right(facts: ModuleType, *today: date) -> Callable[[dict[str, Any]], bool]:
    """Return the check of a kind of facts: that the verdict is the writer's."""
    return lambda wording: verdict_of(facts, wording, *today) == wording["verdict"]


def met_is_right(facts: ModuleType, *today: date) -> Callable[[dict[str, Any]], bool]:
    """Return the coarser check: that a requirement is met or is not. Writers differ about what is "partly"."""
    return lambda wording: (verdict_of(facts, wording, *today) == "met") == (wording["verdict"] == "met")


def boxes_are_right(wording: dict[str, Any]) -> bool:
    """Return whether exactly the options that nobody ticked leave the text, which is read like the lines of a page."""
    lines, dropped = read_form([Line(line) for line in wording["text"].split("\n")])
    text = "\n".join(line.text for line in lines)
    return sorted(option.strip() for option in dropped) == sorted(wording["dropped"]) and all(option in text for option in wording["kept"])


def line_is_right(wording: dict[str, Any]) -> bool:
    """Return whether a line of a JD is known to ask or not, and the facts that it asks for are found in it, and no other."""
    if asks_for_something(wording["line"]) != wording["asks"]:
        return False
    kinds_found = {kind for kind, facts in FACTS_OF_LINES.items() if facts.asked(wording["line"]) is not None}
    return not wording["asks"] or kinds_found == set(wording["facts"]) & set(FACTS_OF_LINES)


FACTS_OF_LINES = {"degree": degrees, "years": years, "language": languages, "certificate": certificates, "number": numbers}


def dates_are_right(wording: dict[str, Any]) -> bool:
    """Return whether the first period of a line has that start and end; a line without a period has neither."""
    period = next((fact.value for fact in dates.stated(wording["text"], TODAY)), None)
    if period is None:
        return wording["start"] is None and wording["end"] is None
    first, last = (day and f"{day.year}" + (f"-{day.month:02}" if day.month else "") for day in (period.first, period.last))
    return (wording["start"], wording["end"]) == (first, "present" if period.is_open else last)


KINDS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "dates": dates_are_right,
    "years": verdict_is_right(years, TODAY),
    "degrees": verdict_is_right(degrees),
    "languages": verdict_is_right(languages),
    "certificates": verdict_is_right(certificates),
    "numbers": verdict_is_right(numbers),
    "boxes": boxes_are_right,
    "jd": lambda wording: asks_for_something(wording["line"]) == wording["asks"],
    "jd_facts": line_is_right,
}

MET: dict[str, Callable[[dict[str, Any]], bool]] = {
    "years": met_is_right(years, TODAY),
    "degrees": met_is_right(degrees),
    "languages": met_is_right(languages),
    "certificates": met_is_right(certificates),
    "numbers": met_is_right(numbers),
}


def main() -> None:
    """Print right answers by kind and language, and the misses, of the part and the kinds that the command line names."""
    part, *kinds = sys.argv[1:] or ["unseen"]
    for kind in kinds or KINDS:
        for language in ("zh", "en"):
            written = wordings(part, language, kind.partition("_")[0])
            misses = [wording for wording in written if not KINDS[kind](wording)]
            right = len(written) - len(misses)
            low, high = binomtest(right, len(written)).proportion_ci(method="exact")
            met = f"  met or not {sum(map(MET[kind], written)) / len(written):4.0%}" if kind in MET else ""
            against = len([wording for wording in misses if wording.get("resume") in otherwise(kind)])
            note = f"  {against} judged against the definition" if against else ""
            print(f"{kind:13} {language}  {right:3} of {len(written)}  {right / len(written):4.0%}  ({low:.0%} to {high:.0%}){met}{note}")
            for wording in misses:
                print("   ", json.dumps(wording, ensure_ascii=False))


if __name__ == "__main__":
    main()
