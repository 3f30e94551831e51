"""Train an adapter of the sentence encoder that tells passages which speak to the reading program from others.

The lower half of the layers stays as it is: its outputs are computed once, and each pass runs the upper half only.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from reranker.encoder.e5_file import HIDDEN, LAYERS, E5File
from reranker.encoder.e5_layers import SHAPES, E5Layers, run_layer

FIRST_ADAPTED = 6
RANK = 16
SCALE = 2.0
PASSES = 3
BATCH = 48
LEARNING_RATE = 5e-4
WARM_UP = 60  # batches
DROPOUT = 0.1
UNSURE = 0.02  # label smoothing
SORTED_TOGETHER = 20 * BATCH  # so many examples are sorted by length before they are cut into batches, so that little is padding

_HALF = torch.bfloat16


@dataclass(frozen=True)
class Example:
    """A reading of a passage, whether it speaks to the reading program, and how much it counts."""

    text: str
    is_attack: bool
    weight: float


@dataclass(frozen=True)
class Trained:
    """The adapter, and the head over the vectors of the adapted encoder."""

    adapter: dict[str, np.ndarray]
    head: np.ndarray
    head_bias: float


def train(examples: Sequence[Example], seed: int = 0) -> Trained:
    """Return what was learned from the examples: cross-entropy, AdamW, a rate that warms up and falls to zero."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    encoder = E5Layers(E5File(), {})
    half = [{name: (weight.to(_HALF), bias.to(_HALF)) for name, (weight, bias) in layer.items()} for layer in encoder.layers]
    halfway = _halfway(encoder, half, {example.text for example in examples})
    network = _Upper(half[FIRST_ADAPTED:])
    optimizer = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=0.01)
    total, done, started = len(examples) * PASSES // BATCH, 0, time.monotonic()
    losses: list[float] = []
    for _ in range(PASSES + 1):
        for batch in _batches(examples, halfway, order):
            if done == total:
                break
            for group in optimizer.param_groups:
                group["lr"] = LEARNING_RATE * min(1, (done + 1) / WARM_UP) * (1 - done / total)
            target = torch.tensor([float(example.is_attack) for example in batch]) * (1 - 2 * UNSURE) + UNSURE
            counts = torch.tensor([example.weight for example in batch])
            logits = network(*_padded([halfway[example.text] for example in batch]))
            loss = functional.binary_cross_entropy_with_logits(logits, target, weight=counts)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
            done += 1
            if not done % 50:
                print(
                    f"  {done} of {total} batches, loss {np.mean(losses[-50:]):.3f}, {(time.monotonic() - started) / 60:.1f} min",
                    flush=True,
                )
    return network.trained()


class _Upper(nn.Module):
    """The upper layers with the adapter beside each matrix, and the head."""

    def __init__(self, layers: Sequence[dict]):
        super().__init__()
        self._layers = layers
        self._down = nn.ModuleList([nn.ParameterDict({name: _random(RANK, shape[1]) for name, shape in SHAPES.items()}) for _ in layers])
        self._up = nn.ModuleList([nn.ParameterDict({name: torch.zeros(shape[0], RANK) for name, shape in SHAPES.items()}) for _ in layers])
        self._head = nn.Linear(HIDDEN, 1)
        self._drop = nn.Dropout(DROPOUT)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the log-odds (n,) of a batch of halfway states (n, tokens, 384)."""
        for layer, down, up in zip(self._layers, self._down, self._up, strict=True):

            def linear(inputs: torch.Tensor, name: str, layer=layer, down=down, up=up) -> torch.Tensor:
                change = functional.linear(functional.linear(inputs, down.get_parameter(name).to(_HALF)), up.get_parameter(name).to(_HALF))
                return functional.linear(inputs, *layer[name]) + SCALE * change

            states = run_layer(self._drop(states), layer, linear, _attention(mask))
        shares = mask[..., None] / mask.sum(dim=1)[:, None, None]
        return self._head(self._drop((states.float() * shares).sum(dim=1)))[:, 0]

    def trained(self) -> Trained:
        """Return the weights as arrays: the two factors of each adapted matrix, the head (384,) and its bias."""
        adapter = {}
        for number, (down, up) in enumerate(zip(self._down, self._up, strict=True), FIRST_ADAPTED):
            for name in SHAPES:
                adapter[f"{number}.{name}.a"] = down.get_parameter(name).detach().numpy()
                adapter[f"{number}.{name}.b"] = SCALE * up.get_parameter(name).detach().numpy()
        return Trained(adapter, self._head.weight[0].detach().numpy(), self._head.bias.item())


def _random(rows: int, columns: int) -> torch.Tensor:
    return torch.randn(rows, columns) / columns**0.5


@torch.inference_mode()
def _halfway(encoder: E5Layers, half: Sequence[dict], texts: set[str]) -> dict[str, torch.Tensor]:
    """Return the output of the last layer that stays as it is, for each text (tokens, 384)."""
    assert len(half) == LAYERS
    states: dict[str, torch.Tensor] = {}
    ordered = sorted(texts, key=lambda text: (len(text), text))
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        running, mask = _padded([encoder.embedded(encoder.windows(f"passage: {text}")[0]).to(_HALF) for text in batch])
        for layer in half[:FIRST_ADAPTED]:
            running = run_layer(running, layer, lambda inputs, name, layer=layer: functional.linear(inputs, *layer[name]), _attention(mask))
        states |= {text: rows[: int(count)].clone() for text, rows, count in zip(batch, running, mask.sum(dim=1), strict=True)}
    return states


def _attention(mask: torch.Tensor) -> Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]:
    """Return the attention of padded texts, (n, tokens) True where they are no padding."""
    return lambda query, key, value: functional.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])


def _padded(rows: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return states (n, tokens, 384) of texts of several lengths, and where they are no padding (n, tokens)."""
    states = nn.utils.rnn.pad_sequence(list(rows), batch_first=True)
    lengths = torch.tensor([len(row) for row in rows])
    return states, torch.arange(states.shape[1])[None] < lengths[:, None]


def _batches(examples: Sequence[Example], halfway: dict[str, torch.Tensor], order: random.Random) -> Iterator[list[Example]]:
    shuffled = order.sample(examples, len(examples))
    batches = []
    for start in range(0, len(shuffled), SORTED_TOGETHER):
        together = sorted(shuffled[start : start + SORTED_TOGETHER], key=lambda example: len(halfway[example.text]))
        batches += [together[at : at + BATCH] for at in range(0, len(together), BATCH)]
    order.shuffle(batches)
    yield from batches
