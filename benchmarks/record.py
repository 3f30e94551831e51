"""Write what a benchmark measured as JSON, with command, day, machine and commit. benchmarks/pictures.py draws such files."""

import json
import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def machine() -> str:
    """Return the processor and its cores, for people: "x86_64 AMD EPYC, 2 cores"."""
    return f"{' '.join(dict.fromkeys((platform.machine(), _processor())))}, {os.cpu_count()} cores"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())


def origin() -> dict[str, str]:
    """Return the command as given, today's date, the machine, and the commit ("+" behind it: with changes)."""
    state = subprocess.run(
        ["git", "describe", "--always", "--dirty=+", "--exclude=*"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return {
        "command": shlex.join(["python", *_relative(sys.argv)]),
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{machine()}, Python {platform.python_version()}",
        "commit": state.stdout.strip() or "unknown",
    }


def _relative(arguments: list[str]) -> list[str]:
    """Return the arguments without the folder of this checkout, which is nobody's business."""
    return [argument.removeprefix(f"{ROOT}{os.sep}") for argument in arguments]


def write_record(path: Path, figures: Mapping[str, Any]) -> None:
    """Write the figures behind their origin."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(origin() | dict(figures), indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"written: {path}")
