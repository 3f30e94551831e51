"""Measure how the processor time of every step and pattern grows with the text; hostile texts must not take more than linear time.

    .venv/bin/python -m benchmarks.growth                                  run the tests that are marked "growth", with nothing else running
    .venv/bin/python -m benchmarks.growth LENGTH [part of a text's or step's name]

The second form prints seconds at half of LENGTH characters and at LENGTH, by step and text, where a step takes over a second or more than
three times as long at twice the length.
"""

import subprocess
import sys
from pathlib import Path

from tests.growth.hostile import UNITS, hostile
from tests.growth.stages import STAGES, seconds


def main(length: int, part: str) -> None:
    """Print the table."""
    for stage in STAGES:
        seconds(stage, hostile("words", 2_000))  # tables and models are loaded now
    for name in UNITS:
        for stage in STAGES:
            if part not in name and part not in stage:
                continue
            half, whole = (seconds(stage, hostile(name, characters)) for characters in (length // 2, length))
            if whole > 1 or (whole > 0.05 and whole > 3 * half):
                print(f"{name:28} {stage:20} {half:8.2f} {whole:8.2f}  {whole / max(half, 1e-6):.1f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(subprocess.call([sys.executable, "-m", "pytest", "-m", "growth"], cwd=Path(__file__).parents[1]))
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
