"""Draw the pictures of the documents from the figures that benchmarks wrote:  python benchmarks/pictures.py [NAME …]

docs/figures/NAME.json → docs/figures/NAME.png, for speed, scale, judge and labels; each file says by which command it was written. Needs
matplotlib: .venv/bin/pip install -r requirements-benchmarks.txt
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.drawing import BLUE, GREEN, GREY, ORANGE, canvas, save  # noqa: E402

FOLDER = ROOT / "docs" / "figures"
Record = dict[str, Any]
LEAST_OF_KIND = 10
"""Kinds with fewer resumes are not drawn."""

KINDS = {
    "plain": "no trap",
    "neighbour": "neighbouring trade",
    "neighbour-trade": "neighbouring trade",
    "other-language": "in the other language",
    "paraphrase": "told in other words",
    "years": "too few years",
    "other-trade": "another trade",
    "stuffed": "stuffed with the job's words",
    "assisted": "only helped",
    "deep": "proof deep in the text",
    "copied": "copied from the job",
    "negation": "says that it is missing",
    "listed": "only listed",
}
"""The words of the picture for the kinds of training/judge/data."""

BELOW: dict[str, Any] = {"ncols": 3, "loc": "upper center", "bbox_to_anchor": (0.5, -0.16), "fontsize": 8}
"""Where a legend covers nothing."""


def main() -> None:
    """Draw the pictures that the command line names, all without one."""
    for name in sys.argv[1:] or PICTURES:
        record = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
        save(PICTURES[name](record), FOLDER / f"{name}.png")


def origin(record: Record) -> str:
    """Return the line above a picture: by which command its figures were written, where, when and of which commit."""
    command = record["command"].partition(" --json")[0]
    if "by_hand" in record:
        return f"{command}: {record['machine'] or 'machine not noted'}; {record['date']}; copied by hand"
    return f"{command}: {record['machine']}; {record['date']}, commit {record['commit']}"


def draw_speed(record: Record) -> Any:
    """Draw the seconds for the same resumes, method by method."""
    figure, axes = canvas(1, origin(record), height=2.6)
    methods = record["methods"][::-1]
    colours = [BLUE if method["name"].startswith("ours") else GREY for method in methods]
    bars = axes.barh([method["name"] for method in methods], [method["seconds"] for method in methods], color=colours)
    axes.bar_label(bars, [_label(method) for method in methods], padding=3)
    axes.set(title=f"Seconds to score {record['resumes']} resumes with the 0.6B model on a CPU (less is better)")
    axes.margins(x=0.4)
    return figure


def _label(method: Record) -> str:
    roof = f", {method['share_of_roof']:.0%} of the bare matrix products" if method["share_of_roof"] else ""
    return f"{method['seconds']:.0f} s{roof}"


def draw_scale(record: Record) -> Any:
    """Draw the processor time over the number of resumes and over the length of one, beside the work at the best speed."""
    figure, (left, right) = canvas(2, origin(record))
    length = record["number_length"]
    for axes, points, label in (
        (left, record["by_number"], f"resumes of {length} tokens"),
        (right, record["by_length"], "tokens of one resume"),
    ):
        sizes = [point["size"] for point in points]
        speed = max(point["gflop"] / point["seconds"] for point in points)
        axes.plot(sizes, [point["gflop"] / speed for point in points], color=GREY, label="work that cannot be avoided, at the best speed")
        axes.plot(sizes, [point["seconds"] for point in points], "o", color=BLUE, label="measured")
        axes.set(xscale="log", yscale="log", xlabel=label, ylabel="processor seconds")
        axes.xaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_major_formatter("{x:g}")
        axes.legend(loc="upper left", fontsize=8)
    left.set_title(f"{record['layers']} of 28 layers, {record['dtype']}, one thread")
    right.set_title(f"behind a job of {record['prefix']} tokens")
    return figure


def draw_judge(record: Record) -> Any:
    """Draw the order and what is found, by kind of resume: whom a trap would put in the wrong place."""
    kinds = {kind: figures for kind, figures in record["kinds"].items() if figures["resumes"] >= LEAST_OF_KIND}
    figure, (left, right) = canvas(2, origin(record), height=4)
    names = [f"{KINDS.get(kind, kind)} ({figures['resumes']})" for kind, figures in kinds.items()]
    _grouped(
        left,
        names,
        {"offline order": (BLUE, _row(kinds, "pairs ordered right")), "BM25": (GREY, _row(kinds, "pairs ordered right by BM25"))},
    )
    left.axvline(0.5, color="black", linewidth=1, label="by chance")
    left.set_title("Ordered right against the others of the job")
    shares = {
        "found, and there": (BLUE, _row(kinds, "found: precision")),
        "there, and found": (ORANGE, _row(kinds, "found: recall")),
        "right line quoted": (GREEN, _row(kinds, "quoted line right")),
    }
    _grouped(right, names, shares)
    right.set_title("Requirements and their evidence")
    right.set_yticklabels([])
    for axes in (left, right):
        axes.set(xlim=(0, 1))
        axes.legend(**(BELOW | {"ncols": 2, "bbox_to_anchor": (0.5, -0.08)}))
    return figure


def _row(kinds: Record, name: str) -> list[float | None]:
    return [figures[name] for figures in kinds.values()]


def _grouped(axes: Any, names: list[str], series: dict[str, tuple[str, list[float | None]]]) -> None:
    """Draw horizontal bars side by side, the first name on top; no bar for None."""
    height = 0.8 / len(series)
    for number, (label, (colour, values)) in enumerate(series.items()):
        offset = (number - (len(series) - 1) / 2) * height
        places = [index + offset for index in range(len(values))]
        axes.barh(places, [value or 0 for value in values], height * 0.92, color=colour, label=label)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set_ylim(len(names) - 0.5, -0.5)


def draw_labels(record: Record) -> Any:
    """Draw by how much labels of one kind of job change the order of the same kind and of others."""
    figure, panels = canvas(2, origin(record))
    for axes, where, title in zip(
        panels, ("near", "far"), ("Other jobs of the labelled kind", "Jobs of kinds that nobody labelled"), strict=True
    ):
        for number, (weights, colour, mark) in enumerate((("in full", ORANGE, "s"), ("by resemblance", BLUE, "o"))):
            for taste_index, taste in enumerate(record["tastes"]):
                change = next(item for item in taste["changes"] if (item["where"], item["weights"]) == (where, weights))
                value, low, high = (100 * change[key] for key in ("change", "low", "high"))
                label = (
                    {"in full": "weights in full", "by resemblance": "by resemblance (as it ships)"}[weights] if taste_index == 0 else None
                )
                error = [[value - low], [high - value]]
                axes.errorbar(value, taste_index + 0.2 * (number - 0.5), xerr=error, fmt=mark, color=colour, capsize=3, label=label)
        axes.axvline(0, color="0.7", linewidth=1, zorder=0)
        axes.set_yticks(
            range(len(record["tastes"])), [f"HR likes\n{taste['taste'].replace('none', 'nothing else')}" for taste in record["tastes"]]
        )
        axes.set(title=title, xlabel="change of nDCG@5 in points, 95 % interval", ylim=(2.6, -0.6))
    panels[1].set_yticklabels([])
    panels[0].legend(loc="lower right", fontsize=8)
    return figure


PICTURES: dict[str, Callable[[Record], Any]] = {"speed": draw_speed, "scale": draw_scale, "judge": draw_judge, "labels": draw_labels}

if __name__ == "__main__":
    main()
