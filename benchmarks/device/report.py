"""Put the figures of the phases in order, and make a table and a picture of them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.scorers import FOOTNOTES, HEADING, compared, line

Figures = dict[str, Any]
REFERENCE = "model card fp32"


def summary(results: Mapping[str, Figures], tokens: int, work: float) -> Figures:
    """Return the figures by kind: methods compared with the model card's code in fp32 (or the first there is), and what failed."""
    done = {name: figures for name, figures in results.items() if "failed" not in figures}
    methods = {name.removeprefix("method "): figures for name, figures in done.items() if name.startswith("method ")}
    roofs = [figures["roof"] for figures in methods.values() if "roof" in figures]
    for figures in methods.values():
        figures.setdefault("roof", max(roofs, default=float("inf")))  # a server's is that of the fastest precision
    reference = REFERENCE if REFERENCE in methods else next(iter(methods), "")
    return {
        "tokens": tokens,
        "gflop": work / 1e9,
        "reference": reference,
        "methods": [compared(name, figures, methods[reference], work) for name, figures in methods.items()],
        "phases": {name: figures for name, figures in done.items() if not name.startswith("method ")},
        "failed": {name: figures["failed"] for name, figures in results.items() if "failed" in figures},
    }


def lines(figures: Figures) -> Iterator[str]:
    """Yield the lines of the table."""
    memory = f", {figures['memory_gb']:.0f} GB" if figures["memory_gb"] else ""
    yield f"{figures['name']}{memory}, torch {figures['torch']}; {figures['model']}"
    if "quick" in figures:
        yield f"--quick: {figures['quick']}"
    phases = figures["phases"]
    yield from _start_lines(phases.get("start", {}))
    yield f"{figures['resumes']} resumes, {figures['tokens']:,} tokens; differences are from {figures['reference'] or 'nothing'}"
    yield HEADING
    yield from (line(method, figures["tokens"]) for method in figures["methods"])
    yield from FOOTNOTES
    yield from _load_lines(phases)
    yield from (f"{name}: {why}" for name, why in figures["failed"].items())


def _start_lines(start: Figures) -> Iterator[str]:
    for layer in start.get("layers", []):
        verdict = "ok" if layer["difference"] <= layer["allowed"] else "DIFFERS"
        off = f"{layer['difference']:.1e} from fp32 on the CPU (allowed {layer['allowed']})"
        yield f"first layers in {layer['precision']}: {off}: {verdict}"
    if "refused" in start:
        yield f"the engine refuses to start: {start['refused']}"
    elif start:
        yield f"loaded in {start['load_s']:.1f} s as {start['dtype']} on {start['device']}, batches of {start['batch']}"
        yield f"tokens as transformers': {start['tokenizer']}; golden scores: {start['golden']}"


def _load_lines(phases: Mapping[str, Figures]) -> Iterator[str]:
    if piles := phases.get("piles"):
        yield f"first resume of a job {piles['first_s']:.3f} s, one more {piles['one_more_s']:.3f} s ({piles['dtype']})"
        for pile in piles["piles"]:
            cut = "" if pile["scored"] == pile["resumes"] else f" (cut off after {pile['scored']})"
            yield f"{pile['resumes']} resumes{cut}: {pile['seconds']:.1f} s, {pile['scored'] / pile['seconds']:.1f} a second"
    if users := phases.get("users"):
        other = f"beside another user's {users['large']}{'' if users['was_beside'] else ' (which were done before)'}"
        yield f"{users['small']} resumes alone {users['alone_s']:.2f} s, {other} {users['beside_s']:.2f} s"
    for batch in phases.get("batches", {}).get("batches", []):
        yield f"batches of {batch['batch']}: {batch['tokens'] / batch['seconds']:,.0f} tokens/s, peak {batch['peak_gb']:.2f} GB"
    if shortage := phases.get("shortage"):
        happened = ", ".join(filter(None, [*shortage["said"], shortage.get("refused")])) or "memory did not run out"
        yield (
            f"memory capped at {shortage['limit_gb']:.2f} GB: {happened}; {shortage['scored']} of {shortage['resumes']} scored, "
            f"by at most {shortage['difference']:.1e} other than before; afterwards by {shortage['difference_after']:.1e}"
        )


def draw(figures: Figures, path: Path) -> None:
    """Write a picture: seconds of the methods, speed and memory by batch size, resumes a second by size of the pile."""
    from benchmarks.drawing import BLUE, GREY, ORANGE, canvas, save

    figure, (left, middle, right) = canvas(3, f"{figures['name']}, torch {figures['torch']}; {figures['model']}")
    methods = figures["methods"][::-1]
    colours = [BLUE if method["name"].startswith("ours") else GREY for method in methods]
    bars = left.barh([method["name"] for method in methods], [method["seconds"] for method in methods], color=colours)
    left.bar_label(bars, fmt="%.2g", padding=2)
    left.set(title=f"seconds for {figures['resumes']} resumes")
    left.margins(x=0.25)
    batches = figures["phases"].get("batches", {}).get("batches", [])
    sizes = [str(batch["batch"]) for batch in batches]
    middle.plot(sizes, [batch["tokens"] / batch["seconds"] for batch in batches], "o-", color=BLUE)
    middle.set(title="tokens/s (blue), peak GB (orange)", xlabel="batch size", ylim=(0, None))
    memory = middle.twinx()
    memory.plot(sizes, [batch["peak_gb"] for batch in batches], "s--", color=ORANGE)
    memory.set(ylim=(0, None))
    piles = figures["phases"].get("piles", {}).get("piles", [])
    right.plot([str(pile["resumes"]) for pile in piles], [pile["scored"] / pile["seconds"] for pile in piles], "o-", color=BLUE)
    right.set(title="resumes a second", xlabel="resumes in the pile", ylim=(0, None))
    save(figure, path)
