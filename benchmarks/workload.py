"""Make texts to score, and say how much work they are: FLOPs that cannot be avoided, the speed of bare matrix products, peak memory."""

import json
import random
import resource
import sys
import time
from pathlib import Path

import torch

from preprocess.intake import File
from preprocess.pipeline import read_resume
from reranker.engine import Query
from reranker.instructions import DEFAULT_INSTRUCTION
from reranker.qwen3.device import DTYPES
from reranker.qwen3.prompt import PromptTokenizer

EXAMPLES = Path(__file__).parents[1] / "examples" / "zh"
JOB_TOKENS, SHORTEST, LONGEST = 500, 500, 1300
"""Most tokens of the job with its instruction; of the shortest and the longest resume."""

CPU_ROWS, GPU_ROWS = 1024, 8192
"""Of the products that the speed of a device is measured with; a GPU is slow with few."""


def texts(tokenizer: PromptTokenizer, resumes: int, job_tokens: int = JOB_TOKENS, longest: int = LONGEST) -> tuple[Query, list[str]]:
    """Return the Chinese example job and resumes put together from the lines of the examples, at lengths spread evenly."""
    read = {path.name: read_resume(File(path.name, path.read_bytes())).text for path in sorted(EXAMPLES.iterdir())}
    job = next(text for name, text in read.items() if name.startswith("JD_"))
    lines = [line for name, text in read.items() if not name.startswith("JD_") for line in text.splitlines() if len(line) > 10]
    order = random.Random(0)

    def text_of(tokens: int) -> str:
        text = ""
        while len(tokenizer.document(text, 0).ids) < tokens:
            text += order.choice(lines) + "\n"
        return text

    while len(tokenizer.prefix(query := Query(job, DEFAULT_INSTRUCTION))) > job_tokens:
        job = job.rpartition("\n")[0]
    shortest = min(SHORTEST, longest)
    step = (longest - shortest) / max(1, resumes - 1)
    return query, [text_of(round(shortest + number * step)) for number in range(resumes)]


def useful_work(config: dict, prefix: int, lengths: list[int]) -> float:
    """Return the FLOPs that cannot be avoided: each token once, attention exactly causal, the last layer for one row a document."""
    hidden, inner, head = config["hidden_size"], config["intermediate_size"], config["head_dim"]
    heads, kv_heads, layers = config["num_attention_heads"], config["num_key_value_heads"], config["num_hidden_layers"]
    keys_values = 2 * hidden * 2 * kv_heads * head
    rest = 2 * (2 * hidden * heads * head + 3 * hidden * inner)

    def attention(rows: int, past: int) -> float:
        return 4 * heads * head * (rows * past + rows * rows / 2)

    parts = [(prefix, 0), *((length, prefix) for length in lengths)]
    whole = sum((keys_values + rest) * rows + attention(rows, past) for rows, past in parts)
    last = keys_values * (prefix + sum(lengths)) + sum(rest + attention(1, prefix + length) for length in lengths)
    return (layers - 1) * whole + last


def work_of(folder: Path, query: Query, documents: list[str]) -> tuple[int, list[int], float]:
    """Return the tokens of the query's prefix and of each document, and the `useful_work` of scoring them with the model of `folder`."""
    tokenizer = PromptTokenizer(folder / "tokenizer.json")
    prefix = len(tokenizer.prefix(query))
    lengths = [len(tokenizer.document(text, prefix).ids) for text in documents]
    return prefix, lengths, useful_work(json.loads((folder / "config.json").read_text("utf-8")), prefix, lengths)


def roofline(precision: str, device: str = "cpu", products: int = 20) -> float:
    """Return the GFLOP/s of the best of so many products of the model's largest shape."""
    rows = CPU_ROWS if device == "cpu" else GPU_ROWS
    x, weight = torch.ones(rows, 1024), torch.ones(6144, 1024)
    if precision == "int8":
        x, weight = x.to(torch.int8), weight.to(torch.int8).T
        multiply = lambda: torch._int_mm(x, weight)  # noqa: E731  # pyright: ignore
    else:
        x, weight = x.to(device, DTYPES[precision]), weight.to(device, DTYPES[precision])
        multiply = lambda: torch.nn.functional.linear(x, weight)  # noqa: E731
    best = float("inf")
    for _ in range(products):
        start = time.perf_counter()
        multiply()
        synchronize(device)
        best = min(best, time.perf_counter() - start)
    return 2 * rows * 1024 * 6144 / best / 1e9


def synchronize(device: str) -> None:
    """Wait until the device has done what it was given."""
    if device.startswith("cuda"):
        torch.cuda.synchronize(device)
    elif device == "mps":
        torch.mps.synchronize()


def peak_gb(device: str = "cpu") -> float:
    """Return the most memory that was taken so far: of the GPU by tensors since the last `reset_peak`, else by this process.

    Of Apple's GPU it is what the process holds now: freed memory is kept for the next batch. On Linux `ru_maxrss` is not what is asked
    here: a process begins with the highest of the one that started it, which may have written the weights.
    """
    if device.startswith("cuda"):
        return torch.cuda.max_memory_allocated(device) / 2**30
    if device == "mps":
        return torch.mps.driver_allocated_memory() / 2**30
    if sys.platform == "darwin":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**30
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 2**20


def reset_peak(device: str) -> None:
    """Give back what is free on a GPU, and measure its peak from here on. The peak of a process cannot be reset."""
    if device.startswith("cuda"):
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats(device)
    elif device == "mps":
        torch.mps.empty_cache()
