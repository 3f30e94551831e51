"""Measure how the cost grows:  python benchmarks/scale.py [--json docs/figures/scale.json] [--longest]

Processor time against the number of resumes (600 tokens each) and against the length of one, beside the work that cannot be avoided (see
workload.py). The model is a random Qwen3 of the real width with 4 of its 28 layers, on one thread: so what else the machine does
counts least. benchmarks/pictures.py draws it.
With --longest it scores one prompt of 32,768 tokens, the longest that the model takes, and prints the peak memory.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import torch  # noqa: E402

from benchmarks.record import machine, write_record  # noqa: E402
from benchmarks.workload import peak_gb, useful_work  # noqa: E402
from i18n.texts import texts  # noqa: E402
from reranker.qwen3.device import LABELS, choose_device  # noqa: E402
from reranker.qwen3.model import Qwen3Model  # noqa: E402
from reranker.qwen3.prompt import MAX_TOKENS  # noqa: E402
from tests.data.random_qwen3 import write_random_qwen3  # noqa: E402

PREFIX = 500
NUMBERS = (1, 2, 5, 10, 20, 50)
NUMBER_LENGTH = 600
LENGTHS = (64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384)


def main() -> None:
    """Print the processor time by number and by length of resumes, or the memory of the longest prompt."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--longest", action="store_true", help="only the memory of the longest prompt (minutes)")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    options = parser.parse_args()
    if not options.longest:
        torch.set_num_threads(1)
    choice = choose_device("cpu")
    why = " ".join(map(texts("en").notice, choice.reasons))
    print(f"{machine()}, torch {torch.__version__}. {why}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = write_random_qwen3(Path(temporary) / "model", full=True, layers=4)
        config = json.loads((folder / "config.json").read_text())
        model = Qwen3Model(folder, choice, MAX_TOKENS)
        if options.longest:
            longest(model)
            return
        ids = [number % 50_000 for number in range(max(LENGTHS))]
        model.logits(model.prefix(ids[:PREFIX]), [ids[:NUMBER_LENGTH]])  # the first call loads things

        def seconds(lengths: list[int]) -> float:
            start = time.process_time()
            prefix = model.prefix(ids[:PREFIX])
            for length in lengths:
                model.logits(prefix, [ids[:length]])
            return time.process_time() - start

        by_number = [seconds([NUMBER_LENGTH] * number) for number in NUMBERS]
        by_length = [seconds([length]) for length in LENGTHS]
    figures = {
        "by_number": _measured(NUMBERS, by_number, [useful_work(config, PREFIX, [NUMBER_LENGTH] * number) for number in NUMBERS]),
        "by_length": _measured(LENGTHS, by_length, [useful_work(config, PREFIX, [length]) for length in LENGTHS]),
    }
    for name, title in (("by_number", f"resumes of {NUMBER_LENGTH} tokens"), ("by_length", "tokens of one resume")):
        print(f"{title}, processor time")
        for figure in figures[name]:
            print(f"  {figure['size']:6} {figure['seconds']:8.2f} s   {figure['gflop'] / figure['seconds']:6.0f} GFLOP/s")
    if options.json:
        about = {"torch": torch.__version__, "dtype": LABELS[choice.dtype], "layers": 4, "prefix": PREFIX, "number_length": NUMBER_LENGTH}
        write_record(options.json, about | figures)


def _measured(sizes: Sequence[int], seconds: Sequence[float], work: Sequence[float]) -> list[dict[str, float]]:
    return [
        {"size": size, "seconds": round(took, 3), "gflop": round(needed / 1e9, 1)}
        for size, took, needed in zip(sizes, seconds, work, strict=True)
    ]


def longest(model: Qwen3Model) -> None:
    """Print time and peak memory of the longest prompt. 4 layers do for 28, since one works at a time; only weights are missing."""
    before = peak_gb()
    ids = [number % 50_000 for number in range(MAX_TOKENS)]
    start = time.perf_counter()
    model.logits(model.prefix(ids[:PREFIX]), [ids[PREFIX:]])
    took = time.perf_counter() - start
    layer = sum(matrix.weight.nbytes for matrix in vars(model.layers[0]).values() if hasattr(matrix, "weight")) / 2**30
    whole = peak_gb() + 24 * layer
    print(f"{MAX_TOKENS:,} tokens in {took:.0f} s with 4 layers: peak memory {peak_gb():.1f} GB, {before:.1f} GB before")
    print(f"With the other 24 layers' weights ({layer:.3f} GB each): {whole:.1f} GB")


if __name__ == "__main__":
    main()
