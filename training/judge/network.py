"""Define the network of the judge as it is trained: padded batches, with gradients. Layers and reading as in reranker/judge/model.py."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from reranker.encoder.e5_file import HIDDEN
from reranker.encoder.e5_layers import SHAPES, E5Layers, run_layer
from reranker.judge.model import FIRST_READING, POINTED

DROPOUT = 0.1
NORMS = ("aln", "oln")
TOGETHER = 3
"""Requirements whose attention is computed together."""

Attention = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]


class TrainedJudge(nn.Module):
    """The 12 layers of the encoder with all their weights learned, or with an adapter of a rank; the embeddings stay as they are."""

    def __init__(self, encoder: E5Layers, rank: int | None = None):
        """Start from the layers of `encoder`; the rest is drawn from torch's random numbers."""
        super().__init__()
        self._encoder = encoder
        self._layers = nn.ModuleList()
        self._adapters = nn.ModuleList()
        for layer in encoder.layers:
            parts = {f"{name}_{kind}": tensor.clone() for name, pair in layer.items() for kind, tensor in zip("wb", pair, strict=True)}
            self._layers.append(
                nn.ParameterDict({name: nn.Parameter(tensor, requires_grad=rank is None) for name, tensor in parts.items()})
            )
            if rank is not None:
                shapes = SHAPES.items()
                down = {f"{name}_a": torch.randn(rank, inputs) / inputs**0.5 for name, (_, inputs) in shapes}
                up = {f"{name}_b": torch.zeros(outputs, rank) for name, (outputs, _) in shapes}
                self._adapters.append(nn.ParameterDict({name: nn.Parameter(tensor) for name, tensor in (down | up).items()}))
        self.role = nn.Parameter(torch.zeros(HIDDEN))
        self.ask = nn.Linear(HIDDEN, 1 + POINTED)
        self.point = nn.Linear(HIDDEN, POINTED, bias=False)
        self.thresholds = nn.Parameter(torch.tensor([-1.0, 1.0]))

    def forward(
        self, windows: Sequence[Sequence[int]], requirements: Sequence[Sequence[int]], random: torch.Generator | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the scores (windows, requirements), and the points (windows, requirements, tokens), -inf where a window has no token.

        With `random`, some of the states are dropped by chance, as training wants it.
        """
        states, mask = _padded([self._encoder.embedded(window) for window in windows])
        asked = torch.cat([self._encoder.embedded(requirement) for requirement in requirements])
        owner = torch.repeat_interleave(torch.arange(len(requirements)), torch.tensor([len(ids) for ids in requirements]))
        states = _dropped(states, random)
        asked_states = _dropped(asked, random)[None]
        seen: list[torch.Tensor] = []
        attend_and_keep, attend_to = _attend_and_keep(mask, seen), _attend_to(mask, owner, seen)
        attend_within = partial(_attended, hidden=_hidden(owner[:, None] == owner[None]))
        for number in range(len(self._layers)):
            layer = self._layer(number)
            if torch.is_autocast_enabled("cpu"):  # once for windows and requirements; autocast's own cache is not of one thread
                layer |= {name: (layer[name][0].bfloat16(), layer[name][1].bfloat16()) for name in SHAPES}

            def linear(inputs: torch.Tensor, name: str, layer=layer) -> torch.Tensor:
                return functional.linear(inputs, *layer[name])

            states = run_layer(states, layer, linear, attend_and_keep)
            if number == FIRST_READING:
                asked_states = (asked_states + self.role).expand(len(windows), -1, -1)
            asked_states = run_layer(asked_states, layer, linear, attend_to if number >= FIRST_READING else attend_within)
        belongs = functional.one_hot(owner).float()
        means = torch.einsum("wtd,tr->wrd", asked_states.float(), belongs / belongs.sum(dim=0))
        answers = self.ask(_dropped(means, random)).float()
        keys = self.point(states.float()).float()
        points = torch.einsum("wrd,wtd->wrt", answers[..., 1:], keys) / POINTED**0.5
        return answers[..., 0], points.masked_fill(~mask[:, None], -torch.inf)

    def tensors(self, encoder: E5Layers) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        """Return the changes of the matrices against those of `encoder`, and the other tensors, as write_weights takes them."""
        changes: dict[str, np.ndarray] = {}
        rest = {"role": self.role, "ask.w": self.ask.weight, "ask.b": self.ask.bias, "point.w": self.point.weight}
        rest["thresholds"] = self.thresholds
        for number, original in enumerate(encoder.layers):
            for name, (weight, bias) in self._layer(number).items():
                if name in SHAPES:
                    changes[f"l{number}.{name}"] = (weight - original[name][0]).detach().numpy()
                else:
                    rest[f"l{number}.{name}.w"] = weight
                rest[f"l{number}.{name}.b"] = bias
        return changes, {name: tensor.detach().numpy() for name, tensor in rest.items()}

    def _layer(self, number: int) -> dict[str, tuple[torch.Tensor, torch.Tensor]]:
        parts = self._layers[number]
        assert isinstance(parts, nn.ParameterDict)
        layer = {name: (parts[f"{name}_w"], parts[f"{name}_b"]) for name in (*SHAPES, *NORMS)}
        if self._adapters:
            adapter = self._adapters[number]
            assert isinstance(adapter, nn.ParameterDict)
            layer |= {name: (layer[name][0] + adapter[f"{name}_b"] @ adapter[f"{name}_a"], layer[name][1]) for name in SHAPES}
        return layer


def rated(network: TrainedJudge, layers: float, heads: float) -> list[dict]:
    """Return the parameters that are learned, with a learning rate for the layers and one for what begins from nothing."""
    parameters: Mapping[str, nn.Parameter] = {name: item for name, item in network.named_parameters() if item.requires_grad}
    is_head = {name: name.startswith(("ask", "point", "thresholds", "_adapters")) for name in parameters}
    return [
        {"params": [item for name, item in parameters.items() if is_head[name] is heads_too], "rate": rate}
        for heads_too, rate in ((False, layers), (True, heads))
    ]


def _padded(texts: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the states (n, tokens, 384) of texts of several lengths, and where they are no padding (n, tokens)."""
    states = nn.utils.rnn.pad_sequence(list(texts), batch_first=True)
    lengths = torch.tensor([len(text) for text in texts])
    return states, torch.arange(states.shape[1])[None] < lengths[:, None]


def _dropped(states: torch.Tensor, random: torch.Generator | None) -> torch.Tensor:
    """Apply dropout with random numbers of its own: torch's draws from those of the process, which threads would take from one another."""
    if random is None:
        return states
    return states * (torch.rand(states.shape, generator=random) >= DROPOUT) / (1 - DROPOUT)


def _attend_and_keep(mask: torch.Tensor, seen: list[torch.Tensor]) -> Attention:
    """Return the attention of windows to themselves, which leaves their keys and values in `seen`."""
    hidden = _hidden(mask)[:, None, None, :]

    def attend(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
        seen[:] = key, value
        return _attended(query, key, value, hidden)

    return attend


def _attend_to(mask: torch.Tensor, owner: torch.Tensor, seen: list[torch.Tensor]) -> Attention:
    """Return the attention of requirements, whose tokens stand one after the other, each to its window and to itself.

    `owner` says of each token which requirement it is of. A few requirements are taken together: one alone would leave the processor idle,
    and of all together most products would be of one with another.
    """
    groups = owner // TOGETHER
    sizes = torch.unique_consecutive(groups, return_counts=True)[1].tolist()
    hidden = []
    for owners in owner.split(sizes):
        is_own = (owners[:, None] == owners[None]).expand(len(mask), -1, -1)
        hidden.append(_hidden(torch.cat([mask[:, None].expand(-1, len(owners), -1), is_own], dim=2))[:, None])

    def attend(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
        window_key, window_value = seen
        parts = zip(query.split(sizes, dim=2), key.split(sizes, dim=2), value.split(sizes, dim=2), hidden, strict=True)
        return torch.cat(
            [
                _attended(asking, torch.cat([window_key, keys], dim=2), torch.cat([window_value, values], dim=2), rest)
                for asking, keys, values, rest in parts
            ],
            dim=2,
        )

    return attend


def _attended(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, hidden: torch.Tensor) -> torch.Tensor:
    """Compute attention written out: in bfloat16 the gradient of torch's own takes four times as long."""
    products = query * query.shape[-1] ** -0.5 @ key.transpose(-1, -2)
    return (products + hidden).softmax(dim=-1) @ value


def _hidden(mask: torch.Tensor) -> torch.Tensor:
    """Return what is added to the products so that nothing attends to where `mask` is False."""
    return torch.where(mask, 0.0, -1e4).to(torch.bfloat16)
