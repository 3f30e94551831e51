"""Score the same texts by a vLLM server that is started for it, on the GPU that is there."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.device.phases import Figures
from benchmarks.vllm_server import NotUp, remote_engine, start, wait
from reranker.engine import Query
from reranker.notice import EngineError
from reranker.qwen3 import checkpoint
from reranker.qwen3.checkpoint import DEFAULT_MODEL
from tests.server.process import free_port

LEAST = 30
"""Seconds without which no server is started."""


def measure_vllm(folder: Path, query: Query, documents: list[str], end: float) -> Figures:
    """Return seconds and logits, or {"failed": why}. The server is up by `end` (of time.monotonic), or it is given up."""
    if (left := end - time.monotonic()) < LEAST:
        return {"failed": "no time left"}
    with tempfile.TemporaryDirectory() as temporary:
        model = Path(temporary) / DEFAULT_MODEL.split("/")[1]
        shutil.copytree(folder, model, copy_function=_link)
        checkpoint.MODELS = model.parent  # whose tokenizer the prompts are written with
        # Of the GPU's memory a part is left to this process and to the desktop.
        server = start(model, free_port(), {"EXTRA_ARGUMENTS": os.environ.get("EXTRA_ARGUMENTS", "--gpu-memory-utilization 0.8")})
        try:
            wait(server, left)
            engine = remote_engine([server])
            list(engine.score(Query("warm up", ""), [("warm up", "warm up")]))
            begin = time.perf_counter()
            scores = list(engine.score(query, [(text, text) for text in documents]))
            seconds = time.perf_counter() - begin
        except (NotUp, EngineError) as error:
            return {"failed": str(error).strip().splitlines()[-1][:300]}
        finally:
            server.kill()
    return {"seconds": seconds, "logits": [score.logit for score in sorted(scores, key=lambda score: score.index)]}


def _link(source: str, target: str) -> None:
    Path(target).symlink_to(Path(source).resolve())
