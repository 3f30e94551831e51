"""Run as a program: print, as JSON, the steps that take more than linear processor time on the telling texts."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.growth.clock import is_linear
from tests.growth.hostile import TELLING, hostile
from tests.growth.stages import STAGES, seconds

LENGTH = 1_500
LEAST_SECONDS = 0.015
"""What takes less at 6,000 characters takes seconds at the limit on characters even where it is quadratic; most of it is noise."""


def _seconds(name: str, stage: str, length: int) -> float:
    return seconds(stage, hostile(name, length))


def main() -> None:
    for stage in STAGES:
        seconds(stage, hostile("words", 2_000))  # tables and models are loaded now
    pairs = [(name, stage) for name in TELLING for stage in STAGES]
    growing = [
        pair for pair in pairs if not is_linear(lambda size, pair=pair: seconds(pair[1], hostile(pair[0], size)), LENGTH, LEAST_SECONDS)
    ]
    print(json.dumps({"measured": len(pairs), "growing": growing}))


if __name__ == "__main__":
    main()
