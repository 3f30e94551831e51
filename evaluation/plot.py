"""Draw the plot of `./start.sh eval --plot FILE`: each system's mean and interval, a panel per metric."""

import math
from pathlib import Path

from evaluation.report import HEADINGS, REFERENCE, SYSTEMS, Results


def draw(path: Path, results: Results, engine_name: str) -> None:
    """Write a PNG, a panel per metric: each system's mean and interval. Raise ImportError without matplotlib, OSError if it cannot be
    written.
    """
    from matplotlib.figure import Figure  # pyright: ignore[reportMissingImports]  # optional

    metrics = list(results[REFERENCE])
    figure = Figure(figsize=(11, 6), layout="constrained")
    figure.suptitle(f"engine: {engine_name}; means over jobs, 95 % bootstrap intervals")
    panels = figure.subplots(math.ceil(len(metrics) / 3), 3, sharey=True, sharex=True, squeeze=False).flat
    for panel, metric in zip(panels, metrics, strict=False):
        panel.set_title(HEADINGS[metric])
        panel.grid(axis="x", alpha=0.3)
        for row, (system, figures) in enumerate(results.items()):
            value = figures[metric].value
            bounds = [max(value.low, 0.0), min(value.high, 1.0)]  # one job: anything from 0 to 1
            panel.plot(bounds, [row, row], color="C0" if system == REFERENCE else "0.6", linewidth=3, solid_capstyle="butt")
            panel.plot(value.value, row, "o", color="C0" if system == REFERENCE else "0.3")
        panel.set_yticks(range(len(results)), [SYSTEMS[system] for system in results])
    figure.axes[0].invert_yaxis()
    figure.savefig(path, dpi=120)
