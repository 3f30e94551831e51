"""Ask the judge: requirements and a resume's text in, a verdict on each requirement out. What was asked before is remembered."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reranker.encoder.e5_file import open_wheel
from reranker.encoder.encoder import AS_PUBLISHED, Encoder, loaded_layers
from reranker.judge.identity import Anonymous, anonymous
from reranker.judge.verdict import DecisiveLine, JudgeVerdict, WindowReading, resume_verdict
from reranker.judge.weights import WEIGHTS, read_weights
from reranker.judge.windows import WINDOW_TOKENS, Window, Windower

if TYPE_CHECKING:
    from reranker.judge.model import JudgeNetwork

KEPT_VERDICTS = 200_000
"""Verdicts remembered (60 MB): ten requirements of 20,000 resumes."""
READING = "without the person, the likeliest windows"
"""What the judge is shown of a resume; to be changed with it, as strengths change then and what was learned from them is out of date."""


class Judge:
    """The trained network with its tokenizer, loaded at first use; safe to share between threads.

    `encoder` is the sentence encoder whose layers it starts from, for whoever compares what the judge does not see.
    """

    def __init__(self, encoder: Encoder | None = None, weights: Path = WEIGHTS, bfloat16: bool | None = None, limit: int = WINDOW_TOKENS):
        """`bfloat16` None: if the processor is fast at it; `limit` is the number of tokens in a window: that of the training."""
        self.encoder = encoder or Encoder()
        self._weights, self._bfloat16, self._limit = weights, bfloat16, limit
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[bytes, bytes], JudgeVerdict] = OrderedDict()

    def verdicts(self, requirements: Sequence[str], text: str) -> list[JudgeVerdict]:
        """Return the verdict of a resume on each requirement; each depends on that requirement and the resume alone, not on whose it is."""
        resume = anonymous(text)
        digest = _digest(resume.text)
        keys = [(_digest(requirement), digest) for requirement in requirements]
        with self._lock:
            missing = {key: requirement for key, requirement in zip(keys, requirements, strict=True) if key not in self._known}
            if missing:
                self._known.update(zip(missing, self._read(list(missing.values()), resume.text), strict=True))
            verdicts = [self._known[key] for key in keys]
            for key in keys:
                self._known.move_to_end(key)
            while len(self._known) > KEPT_VERDICTS:
                self._known.popitem(last=False)
        return [_in_resume(verdict, resume) for verdict in verdicts]

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the model file, of what training changed, and of how a resume is shown to the judge."""
        return hashlib.sha256(f"{self.encoder.fingerprint} {READING} ".encode() + self._weights.read_bytes()).hexdigest()

    @property
    def in_bfloat16(self) -> bool:
        """True if the matrices are multiplied in bfloat16, not float32."""
        return self._bfloat16 if self._bfloat16 is not None else multiplies_bfloat16_fast()

    def _read(self, requirements: Sequence[str], text: str) -> list[JudgeVerdict]:
        windows = self._windower.windows(text)
        readings = self._network.read(
            [self._windower.requirement(requirement) for requirement in requirements], [window.ids for window in windows]
        )
        return [self._verdict(of_requirement, windows) for of_requirement in zip(*readings, strict=True)]

    def _verdict(self, readings: Sequence[WindowReading | None], windows: Sequence[Window]) -> JudgeVerdict:
        """Return the verdict from the windows that a requirement has read."""
        read = [(reading, window) for reading, window in zip(readings, windows, strict=True) if reading is not None]
        return resume_verdict([reading for reading, _ in read], [window for _, window in read], self._network.thresholds)

    @cached_property
    def _windower(self) -> Windower:
        return Windower(open_wheel().tokenizer, self._limit)

    @property
    def _network(self) -> "JudgeNetwork":
        return _loaded(self._weights, self.in_bfloat16)


def _in_resume(verdict: JudgeVerdict, resume: Anonymous) -> JudgeVerdict:
    """Return the verdict with its lines where they stand in the resume itself."""
    return replace(verdict, lines=tuple(DecisiveLine(*resume.in_resume(line.start, line.end), line.share) for line in verdict.lines))


@cache
def _loaded(weights: Path, bfloat16: bool) -> "JudgeNetwork":
    """Load the network, once in a process: it takes a second and 45 or 90 MB."""
    import torch  # here: a start need not wait for it

    from reranker.judge.model import JudgeNetwork

    return JudgeNetwork(loaded_layers(AS_PUBLISHED), *read_weights(weights), torch.bfloat16 if bfloat16 else torch.float32)


def multiplies_bfloat16_fast() -> bool:
    """Return whether this processor has instructions that multiply bfloat16."""
    import torch

    return torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
