"""How the cost grows:  python benchmarks/scale.py [--longest]  → docs/scale.png

Seconds against the number of resumes (600 tokens each) and against the length of one, with the lines they should follow: work that
cannot be avoided (see speed.py) at the speed of the largest point. The model is a random Qwen3 of the real width with 4 of its 28 layers.
Needs matplotlib: .venv/bin/pip install -r requirements-benchmarks.txt
With --longest nothing is drawn: it scores one prompt of 32,768 tokens, the longest that the model takes, and prints the peak memory.
"""

import argparse
import json
import os
import platform
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import torch  # noqa: E402
from speed import useful_work  # noqa: E402

from i18n.texts import texts  # noqa: E402
from reranker.qwen3.device import choose_device  # noqa: E402
from reranker.qwen3.model import Qwen3Model  # noqa: E402
from reranker.qwen3.prompt import MAX_TOKENS  # noqa: E402
from tests.data.random_qwen3 import write_random_qwen3  # noqa: E402

PREFIX = 500
NUMBERS = (1, 2, 5, 10, 20, 50)
NUMBER_LENGTH = 600
LENGTHS = (64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--longest", action="store_true", help="only the memory of the longest prompt (minutes)")
    options = parser.parse_args()
    choice = choose_device("cpu")
    why = " ".join(map(texts("en").notice, choice.reasons))
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, torch {torch.__version__}. {why}"
    print(machine)
    with tempfile.TemporaryDirectory() as temporary:
        folder = write_random_qwen3(Path(temporary) / "model", full=True, layers=4)
        config = json.loads((folder / "config.json").read_text())
        model = Qwen3Model(folder, choice, MAX_TOKENS)
        if options.longest:
            longest(model)
            return
        ids = [number % 50_000 for number in range(max(LENGTHS))]
        model.logits(model.prefix(ids[:PREFIX]), [ids[:NUMBER_LENGTH]])  # warm

        def seconds(lengths: list[int]) -> float:
            start = time.perf_counter()
            prefix = model.prefix(ids[:PREFIX])
            for length in lengths:
                model.logits(prefix, [ids[:length]])
            return time.perf_counter() - start

        by_number = [seconds([NUMBER_LENGTH] * number) for number in NUMBERS]
        by_length = [seconds([length]) for length in LENGTHS]
    work_by_number = [useful_work(config, PREFIX, [NUMBER_LENGTH] * number) for number in NUMBERS]
    work_by_length = [useful_work(config, PREFIX, [length]) for length in LENGTHS]
    for title, xs, measured, work in (
        (f"resumes of {NUMBER_LENGTH} tokens", NUMBERS, by_number, work_by_number),
        ("tokens of one resume", LENGTHS, by_length, work_by_length),
    ):
        print(title)
        for x, took, needed in zip(xs, measured, work, strict=True):
            print(f"  {x:6} {took:8.2f} s   {needed / took / 1e9:6.0f} GFLOP/s")
    draw(machine, by_number, work_by_number, by_length, work_by_length)


def longest(model: Qwen3Model) -> None:
    """All that grows with the prompt is there with 4 layers as with 28, for one layer works at a time; only weights are missing."""
    before = _peak_gb()
    ids = [number % 50_000 for number in range(MAX_TOKENS)]
    start = time.perf_counter()
    model.logits(model.prefix(ids[:PREFIX]), [ids[PREFIX:]])
    took = time.perf_counter() - start
    layer = sum(matrix.weight.nbytes for matrix in vars(model.layers[0]).values() if hasattr(matrix, "weight")) / 2**30
    whole = _peak_gb() + 24 * layer
    print(f"{MAX_TOKENS:,} tokens in {took:.0f} s with 4 layers: peak memory {_peak_gb():.1f} GB, {before:.1f} GB before")
    print(f"With the other 24 layers' weights ({layer:.3f} GB each): {whole:.1f} GB")


def _peak_gb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**30 if sys.platform == "darwin" else 2**20)


def draw(machine: str, by_number: list[float], work_by_number: list[float], by_length: list[float], work_by_length: list[float]) -> None:
    import matplotlib  # pyright: ignore[reportMissingImports]  # optional

    matplotlib.use("Agg")
    from matplotlib import pyplot  # pyright: ignore[reportMissingImports]

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4.2), layout="constrained")
    for axes, xs, measured, work, label in (
        (left, NUMBERS, by_number, work_by_number, f"resumes of {NUMBER_LENGTH} tokens"),
        (right, LENGTHS, by_length, work_by_length, "tokens of one resume"),
    ):
        speed = work[-1] / measured[-1]
        axes.plot(xs, [needed / speed for needed in work], color="0.6", label="work that cannot be avoided")
        axes.plot(xs, measured, "o", color="tab:blue", label="measured")
        axes.set(xscale="log", yscale="log", xlabel=label, ylabel="seconds")
        axes.grid(alpha=0.3)
        axes.legend()
    figure.suptitle(f"4 of 28 layers, shared prefix of {PREFIX} tokens; {machine}", fontsize=8)
    figure.savefig(ROOT / "docs" / "scale.png", dpi=110)
    print(ROOT / "docs" / "scale.png")


if __name__ == "__main__":
    main()
