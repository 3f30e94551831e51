"""Measure what the model does on a GPU, a Mac or this CPU, in at most 6 minutes:  python -m benchmarks.device [--model FOLDER] [--quick]

Prints a table and writes device.json and, where matplotlib is installed, device.png into the current folder (--json FILE: elsewhere):

start     half precision: the first layers against fp32 on the CPU, as every start checks it; loading; tokens; golden scores of real weights
methods   12 resumes by the model card's code, sentence-transformers' CrossEncoder (when installed), vLLM (when `vllm` is on the PATH, or
          $VLLM says how to start it, see deploy/vllm/serve.sh), and by ours in each precision: seconds, share of the speed of bare matrix
          products, memory, and how far the logits are from those of the model card's code in fp32
piles     the first resume of a job, one more, 12, 200 and 2,000 resumes
users     12 resumes alone, and beside another user's 200
batches   64 resumes in batches of 1 to 64, with memory (the CPU scores one at a time)
shortage  memory that runs out on purpose: are all scores there, and equal?

Each runs in a process of its own: what fails or is cut off is said, and the others go on. Without --model it takes a seeded random Qwen3 of
the real size: speed, memory and parity are real, scores are noise. --quick takes a narrow one and few short texts: it proves that this
program works, in a minute on two idle cores; its figures mean nothing.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import torch

from benchmarks.device.phases import FULL, QUICK, Figures, Sizes, precisions, run, sample_texts
from benchmarks.device.report import draw, lines, summary
from benchmarks.device.vllm import measure_vllm
from benchmarks.record import ROOT, machine, write_record
from benchmarks.workload import work_of
from tests.data.random_qwen3 import NARROW_OF_VLLM, write_random_qwen3

SECONDS = 360
LEAST = 5
"""Seconds without which a phase is not begun."""

RunPhase = Callable[[str], Figures]


def main() -> None:
    """Run the phases that fit into the time, each in a process of its own, print the table and write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="a folder with weights; default: random ones")
    parser.add_argument("--quick", action="store_true", help="a narrow random model and few short texts")
    parser.add_argument("--device", default="auto", help="cuda:0, mps or cpu; default: the best that is there")
    parser.add_argument("--json", type=Path, default=Path("device.json"))
    parser.add_argument("--phase", help=argparse.SUPPRESS)  # a child process: run this one, print JSON
    options = parser.parse_args()
    device, sizes = present_device(options.device), QUICK if options.quick else FULL
    if options.phase:
        print(json.dumps(run(options.phase, options.model, device, sizes)))
        return
    end = time.monotonic() + SECONDS
    with tempfile.TemporaryDirectory() as temporary:
        folder = (
            options.model.resolve()
            if options.model
            else write_random_qwen3(Path(temporary) / "model", full=not options.quick, narrow=NARROW_OF_VLLM)
        )
        arguments = ["--model", str(folder), "--device", device, *(["--quick"] if options.quick else [])]

        def run_phase(name: str) -> Figures:
            if name == "method vLLM":
                return measure_vllm(folder, *sample_texts(folder, sizes, sizes.resumes), end)
            return in_child([sys.executable, "-m", "benchmarks.device", "--phase", name, *arguments], end)

        results = dict(measured(phases(device, bool(os.environ.get("VLLM") or shutil.which("vllm"))), run_phase))
        figures = about(device, folder, sizes) | summary(results, *work(folder, sizes))
    print("\n".join(lines(figures)))
    write_record(options.json, figures)
    if find_spec("matplotlib"):
        draw(figures, options.json.with_suffix(".png"))
    else:
        print("no picture: matplotlib is not installed (requirements-benchmarks.txt)")


def present_device(name: str) -> str:
    """Return the name of the device as torch has it. Nothing is taken of a GPU yet."""
    if name != "auto":
        return "cuda:0" if name == "cuda" else name
    return "cuda:0" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"


def phases(device: str, has_vllm: bool) -> list[str]:
    """Return the names of the phases, what says most first, for time may run out."""
    first, *others = precisions(device)
    half = "bf16" if device == "cpu" else "fp16"
    peers = [f"CrossEncoder {half}"] if find_spec("sentence_transformers") else []
    own = ["start", f"method ours {half}", "piles", "users", "batches", "shortage", f"method ours {first}", f"method model card {first}"]
    rest = [f"method ours {other}" for other in others if other != half]
    cards = [f"method model card {other}" for other in others if device != "cpu"]
    return [*own, *rest, *(f"method {peer}" for peer in peers), *cards, *(["method vLLM"] if has_vllm else [])]


def measured(names: list[str], run_phase: RunPhase) -> Iterator[tuple[str, Figures]]:
    """Yield the figures of each phase, or {"failed": why}."""
    for name in names:
        start = time.monotonic()
        figures = run_phase(name)
        print(f"{name}: {figures.get('failed') or 'done'}, {time.monotonic() - start:.0f} s", flush=True)
        yield name, figures


def in_child(command: list[str], end: float) -> Figures:
    """Run a phase in a process of its own until `end` (of time.monotonic) at most, and return what it printed last."""
    if (left := end - time.monotonic()) < LEAST:
        return {"failed": "no time left"}
    environment = os.environ | {"TQDM_DISABLE": "1", "HF_HUB_OFFLINE": "1"}
    try:
        child = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=left, check=False)
    except subprocess.TimeoutExpired:
        return {"failed": "cut off: the time is up"}
    if child.returncode:
        return {"failed": (child.stderr.strip().splitlines() or [f"exit code {child.returncode}"])[-1][:300]}
    return json.loads(child.stdout.splitlines()[-1])


def work(folder: Path, sizes: Sizes) -> tuple[int, float]:
    """Return the tokens of the resumes of the methods, and the FLOPs that they take."""
    _, lengths, flops = work_of(folder, *sample_texts(folder, sizes, sizes.resumes))
    return sum(lengths), flops


def about(device: str, folder: Path, sizes: Sizes) -> Figures:
    """Return what was measured with."""
    name, memory = machine(), None
    if device.startswith("cuda"):
        properties = torch.cuda.get_device_properties(device)
        name, memory = properties.name, properties.total_memory / 2**30
    elif device == "mps":
        name, memory = f"{platform.machine()} MPS", torch.mps.recommended_max_memory() / 2**30
    config = json.loads((folder / "config.json").read_text("utf-8"))
    kind = "random weights" if "random_weights_seed" in config else "weights"
    model = f"{folder.name}, {kind}, {config['num_hidden_layers']} layers of {config['hidden_size']}"
    versions = {"torch": torch.__version__, "cuda": torch.version.cuda} | ({"quick": "its figures mean nothing"} if sizes is QUICK else {})
    return {"device": device, "name": name, "memory_gb": memory, "model": model, "resumes": sizes.resumes} | versions


if __name__ == "__main__":
    main()
