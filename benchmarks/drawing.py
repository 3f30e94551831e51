"""Give all pictures one look: colours that the colour-blind tell apart (Okabe and Ito), and letters that are legible at 800 pixels."""

from pathlib import Path
from typing import Any

BLUE, ORANGE, GREEN, PURPLE, GREY = "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#9A9A9A"
INCHES, DOTS = 8.0, 100


def canvas(columns: int, title: str, height: float = 3.2) -> tuple[Any, Any]:
    """Return a matplotlib figure 800 pixels wide with so many axes side by side (an array if more than one)."""
    import matplotlib  # pyright: ignore[reportMissingImports]  # optional

    matplotlib.use("Agg")
    from matplotlib import pyplot  # pyright: ignore[reportMissingImports]

    look = {"font.size": 9, "axes.titlesize": 9, "axes.spines.top": False, "axes.spines.right": False, "legend.frameon": False}
    pyplot.rcParams.update(look | {"axes.grid": False, "svg.hashsalt": "0"})
    figure, axes = pyplot.subplots(1, columns, figsize=(INCHES, height), layout="constrained")
    figure.suptitle(title, fontsize=8, color="0.35")
    return figure, axes


def save(figure: Any, path: Path) -> None:
    """Write the picture without what changes from run to run, so that the same figures give the same file."""
    figure.savefig(path, dpi=DOTS, metadata={"Software": None})
    print(f"drawn: {path}")
