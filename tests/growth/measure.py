"""Run as a program: print, as JSON, the steps that take more than linear processor time on the telling texts, with the seconds."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.growth.hostile import TELLING, hostile
from tests.growth.stages import STAGES, seconds

SHORT, LONG = 8_000, 16_000
MOST = 3.0
LEAST_SECONDS = 0.1
"""What takes less at 16,000 characters takes seconds at the limit on characters even where it is quadratic; most of it is noise."""


def grows(stage: str, name: str) -> str:
    """The figures, "" where the growth is at most linear. Noise makes a run longer, so the best of some counts."""
    short, long = seconds(stage, hostile(name, SHORT)), seconds(stage, hostile(name, LONG))
    for _ in range(3):
        if long < LEAST_SECONDS or long <= MOST * short:
            return ""
        short, long = min(short, seconds(stage, hostile(name, SHORT))), min(long, seconds(stage, hostile(name, LONG)))
    return f"{name}, {stage}: {short:.2f} s, {long:.2f} s"


def main() -> None:
    for stage in STAGES:
        seconds(stage, hostile("words", 2_000))  # tables and models are loaded now
    print(json.dumps([figures for name in TELLING for stage in STAGES if (figures := grows(stage, name))]))


if __name__ == "__main__":
    main()
