"""Train the judge:

python -m training.judge.train CHECKPOINT [--minutes 45] [--seed 0] [--foreign 0.33] [--ranking 0.5] [--adapter RANK] [--whole]

Learns from training/judge/data/train only; prints figures on a part of data/dev. CHECKPOINT is a file outside the repository; if it
exists, training goes on from it. Beside it lie the prepared examples (.examples) and the weights so far (.safetensors, .sha256), which
benchmarks/judge.py measures. What is drawn by chance in a step depends on the seed and the number of the step alone, so that a training
that was interrupted ends with the same weights (with --minutes: if the steps take as long). Minutes are the processor's, on as many cores
as a step has parts, so that what else runs on the machine makes a training longer and not shorter.
"""

import argparse
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from reranker.encoder.e5_file import E5File
from reranker.encoder.e5_layers import E5Layers
from reranker.judge.weights import write_weights
from reranker.judge.windows import WINDOW_TOKENS
from training.judge.batches import PARTS, Batches, GroupPart, asked, seen_resumes
from training.judge.dev import dev_figures, dev_sample
from training.judge.examples import GroupExample, cached_examples
from training.judge.groups import read_groups
from training.judge.losses import group_loss
from training.judge.network import TrainedJudge, rated

RATE, HEAD_RATE = 1e-4, 5e-4
"""Of the layers, and of what begins from nothing. At 1.5e-4 an earlier network of this kind collapsed to a constant."""
WARM_UP = 0.05
"""Share of the training in which the rates rise; then they fall to nothing."""
WHOLE_TOKENS = 480
PRINTED, KEPT, MEASURED = 20, 60, 180
"""Steps between two lines of figures, two checkpoints, two looks at dev."""


@dataclass(frozen=True)
class TrainingSettings:
    """The settings that distinguish one training from another."""

    seed: int = 0
    foreign: float = 0.33
    """Share of requirements that are another job's, so that how good candidates write is not enough."""
    ranking: float = 0.5
    """Weight of the loss over pairs of resumes of a group."""
    adapter: int | None = None
    """Rank of the adapter; None: all weights of the layers are learned."""
    whole: bool = False
    """Read whole resumes (windows of WHOLE_TOKENS) instead of windows."""

    @property
    def limit(self) -> int:
        """Return the number of tokens in a window."""
        return WHOLE_TOKENS if self.whole else WINDOW_TOKENS


class Training:
    """The network with its optimizer, between two steps."""

    def __init__(self, groups: Sequence[GroupExample], settings: TrainingSettings):
        """Start at step 0."""
        torch.manual_seed(settings.seed)
        self.settings = settings
        self.step = 0
        self.elapsed = 0.0
        """Seconds of the processor on PARTS cores, of earlier runs too."""
        self._groups = groups
        self._encoder = E5Layers(E5File(), {})
        self.network = TrainedJudge(self._encoder, settings.adapter)
        parameters = rated(self.network, RATE, HEAD_RATE)
        self._learned = [parameter for group in parameters for parameter in group["params"]]
        self._optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01, fused=True)
        self._batches = Batches(groups, settings.seed, settings.foreign)
        self._threads = ThreadPoolExecutor(PARTS)

    def run_step(self, progress: float) -> "StepFigures":
        """Learn from the parts of the next step; `progress` (0..1) sets the rates.

        Each part has a thread of its own: on two cores that is nearly twice as fast as two threads of torch for one part after the other.
        """
        self.network.train()
        for group in self._optimizer.param_groups:
            group["lr"] = group["rate"] * max(0.01, min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP)))
        first_seed = (self.settings.seed * 1_000_003 + self.step) * PARTS
        results = list(self._threads.map(self._run_part, self._batches.step(self.step), range(first_seed, first_seed + PARTS)))
        for parameter, *gradients in zip(self._learned, *(result.gradients for result in results), strict=True):
            parameter.grad = sum(gradients[1:], start=gradients[0]) / PARTS
        norm = torch.nn.utils.clip_grad_norm_(self._learned, 1.0)
        self._optimizer.step()
        self.step += 1
        scores = torch.cat([result.scores for result in results])
        return StepFigures(sum(result.loss for result in results) / PARTS, float(scores.std()), float(norm), len(scores))

    def _run_part(self, part: GroupPart, seed: int) -> "PartResult":
        resumes = seen_resumes(part, self._groups)
        windows = [window for resume in resumes for window in resume.windows]
        with torch.autocast("cpu", torch.bfloat16, cache_enabled=False):  # its cache is of all threads: one part would empty another's
            scores, points = self.network(windows, asked(part, self._groups), torch.Generator().manual_seed(seed))
        verdicts = torch.zeros(len(resumes), scores.shape[1], dtype=torch.long)
        verdicts[:, : len(part.own)] = torch.tensor([[resume.verdicts[index] for index in part.own] for resume in resumes])
        loss = group_loss(
            scores,
            points,
            self.network.thresholds,
            verdicts,
            [[resume.places[index] for index in part.own] for resume in resumes],
            [len(resume.windows) for resume in resumes],
            len(part.own),
            self.settings.ranking,
        )
        return PartResult(loss.item(), scores.detach().flatten(), torch.autograd.grad(loss, self._learned))

    def save(self, checkpoint: Path) -> None:
        """Write the checkpoint, and the weights beside it."""
        state = {
            "settings": asdict(self.settings),
            "step": self.step,
            "elapsed": self.elapsed,
            "network": self.network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        fresh = checkpoint.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(checkpoint)
        write_weights(checkpoint.with_suffix(".safetensors"), *self.network.tensors(self._encoder))

    def load(self, checkpoint: Path) -> None:
        """Go on from a checkpoint. Raise ValueError if it was written with other settings."""
        state = torch.load(checkpoint, weights_only=True)
        if state["settings"] != asdict(self.settings):
            raise ValueError(f"{checkpoint} is of a training with other settings: {state['settings']}")
        self.step, self.elapsed = state["step"], state["elapsed"]
        self.network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])


@dataclass(frozen=True)
class PartResult:
    """The loss of a part, the scores of its pairs of window and requirement, the gradient of each parameter."""

    loss: float
    scores: torch.Tensor
    gradients: Sequence[torch.Tensor]


@dataclass(frozen=True)
class StepFigures:
    """The loss of a step, the spread of the scores (near 0: collapsed), the length of the gradient, the pairs of window and requirement."""

    loss: float
    spread: float
    norm: float
    pairs: int


def main() -> None:
    """Train the judge for --minutes of processor time, going on from the checkpoint if there is one, and save it."""
    arguments = _arguments()
    settings = TrainingSettings(arguments.seed, arguments.foreign, arguments.ranking, arguments.adapter, arguments.whole)
    checkpoint: Path = arguments.checkpoint
    torch.set_num_threads(max(1, torch.get_num_threads() // PARTS))  # of each part
    groups = cached_examples(read_groups("train"), settings.limit, checkpoint.with_suffix(".examples"))
    training = Training(groups, settings)
    if checkpoint.is_file():
        training.load(checkpoint)
    sample = dev_sample(settings.limit)
    print(f"{len(groups)} groups, {torch.get_num_threads()} threads a part, {settings}, from step {training.step}", flush=True)
    budget, start, before = arguments.minutes * 60, time.process_time(), training.elapsed
    printed: list[StepFigures] = []
    printed_at = start
    while training.elapsed < budget:
        printed.append(training.run_step(training.elapsed / budget))
        training.elapsed = before + (time.process_time() - start) / PARTS
        if training.step % PRINTED == 0:
            _print_steps(training, printed, time.monotonic() - printed_at)
            printed, printed_at = [], time.monotonic()
        if training.step % KEPT == 0:
            training.save(checkpoint)
        if training.step % MEASURED == 0:
            print("  dev:", dev_figures(training.network, sample), flush=True)
            printed_at = time.monotonic()
    training.save(checkpoint)
    print("  dev:", dev_figures(training.network, sample), flush=True)


def _print_steps(training: Training, steps: Sequence[StepFigures], seconds: float) -> None:
    loss, spread, norm = (np.mean([getattr(step, name) for step in steps]) for name in ("loss", "spread", "norm"))
    speed = sum(step.pairs for step in steps) / seconds
    print(
        f"step {training.step}, {training.elapsed / 60:.1f} min: loss {loss:.3f}, spread {spread:.2f}, gradient {norm:.1f}, "
        f"{speed:.0f} pairs/s",
        flush=True,
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the judge.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--seed", type=int, default=TrainingSettings.seed)
    parser.add_argument("--foreign", type=float, default=TrainingSettings.foreign, metavar="SHARE")
    parser.add_argument("--ranking", type=float, default=TrainingSettings.ranking, metavar="WEIGHT")
    parser.add_argument("--adapter", type=int, metavar="RANK")
    parser.add_argument("--whole", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
