"""Ask the judge: requirements and a resume's text in, a verdict on each requirement out."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import torch

from reranker.encoder.e5_file import open_wheel
from reranker.judge.model import JudgeNetwork
from reranker.judge.verdict import JudgeVerdict, resume_verdict
from reranker.judge.weights import WEIGHTS, read_weights
from reranker.judge.windows import WINDOW_TOKENS, Windower


class Judge:
    """The trained network with its tokenizer, loaded at first use."""

    def __init__(self, weights: Path = WEIGHTS, dtype: torch.dtype = torch.float32, limit: int = WINDOW_TOKENS):
        """`limit` is the number of tokens in a window: that of the training."""
        self._weights, self._dtype, self._limit = weights, dtype, limit

    def verdicts(self, requirements: Sequence[str], text: str) -> list[JudgeVerdict]:
        """Return the verdict of a resume on each requirement; each depends on that requirement and the resume alone."""
        windows = self._windower.windows(text)
        readings = self._network.read(
            [self._windower.requirement(requirement) for requirement in requirements], [window.ids for window in windows]
        )
        thresholds = self._network.thresholds
        return [resume_verdict(of_requirement, windows, thresholds) for of_requirement in zip(*readings, strict=True)]

    @cached_property
    def _windower(self) -> Windower:
        return Windower(open_wheel().tokenizer, self._limit)

    @cached_property
    def _network(self) -> JudgeNetwork:
        return JudgeNetwork(open_wheel(), *read_weights(self._weights), self._dtype)
