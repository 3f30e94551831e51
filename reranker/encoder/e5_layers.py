"""Run the 12 layers of multilingual-e5-small in torch, with an adapter trained for one question: text → vector.

An adapter adds to a matrix the product of two narrow ones (LoRA, https://arxiv.org/abs/2106.09685): what was trained takes 1 to 3 MB
beside a model that everybody has.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch
from torch.nn import functional

from reranker.encoder.e5_file import EPSILON, HEADS, HIDDEN, LAYERS, E5File
from reranker.encoder.side_by_side import in_shares

MAX_TOKENS = 512
"""Positions that the model knows, <s> and </s> among them."""
BLOCK = 64
"""Tokens that go through a matrix together, of whatever texts. Always as many: a product of another shape adds up its terms in another
order, and a text's vector would depend on its company. Of 32 a fifth slower, of 96 not the same at every place of the block."""
GROUP = 4096
"""Tokens in all passes that run at a time, about 60 MB of intermediate results."""
SHAPES = {"q": (384, 384), "k": (384, 384), "v": (384, 384), "ao": (384, 384), "fi": (1536, 384), "fo": (384, 1536)}
"""The matrices of a layer that an adapter can change: query, key, value, attention output, feed-forward in and out; (outputs, inputs)."""

Pair = tuple[torch.Tensor, torch.Tensor]
"""Weight and bias."""


class E5Layers:
    """multilingual-e5-small with an adapter, 90 MB."""

    def __init__(self, file: E5File, adapter: Mapping[str, np.ndarray]):
        """Load the weights and add the adapter's low-rank products; matrices without an adapter stay unchanged.

        `adapter` holds "<layer>.<matrix>.a" (rank, inputs) and "<layer>.<matrix>.b" (outputs, rank).
        """
        self._file = file
        self._positions = torch.tensor(file.tensor("emb.pos", (-1, HIDDEN))[:MAX_TOKENS] + file.tensor("emb.type", (-1, HIDDEN))[0])
        self._norm = _norm(file, "emb.ln")
        self.layers = [_layer(file, number, adapter) for number in range(LAYERS)]
        """Weights and biases of each layer by name, those of its two normalisations ("aln", "oln") too."""

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Return the mean of the last layer over the tokens of each text, (n, 384), float32. A text's vector does not depend on the others.

        Each text must begin with a prefix that the model was trained with ("query: ", "passage: "). A text of more than MAX_TOKENS tokens
        is split into windows, whose means are averaged.
        """
        windows = [self.windows(text) for text in texts]
        every = [window for text_windows in windows for window in text_windows]
        means = iter(in_shares(self._means, every, list(map(len, every)), GROUP))
        vectors = [np.mean([next(means) for _ in text_windows], axis=0) for text_windows in windows]
        return np.stack(vectors) if vectors else np.zeros((0, HIDDEN), dtype=np.float32)

    def embedded(self, window: Sequence[int]) -> torch.Tensor:
        """Return the input of the first layer for the tokens of a window: (tokens, 384)."""
        return normed(torch.tensor(self._file.embeddings(list(window))) + self._positions[: len(window)], self._norm)

    def windows(self, text: str) -> list[list[int]]:
        """Return the token ids of a text, split into windows of at most MAX_TOKENS, each with <s> and </s>."""
        first, *ids, last = self._file.tokenizer.encode(text).ids
        room = MAX_TOKENS - 2
        return [[first, *ids[start : start + room], last] for start in range(0, max(1, len(ids)), room)]

    def _means(self, windows: Sequence[list[int]]) -> list[np.ndarray]:
        lengths = [len(window) for window in windows]
        total = sum(lengths)
        lengths.append(-total % BLOCK)
        states = torch.cat([*map(self.embedded, windows), torch.zeros(lengths[-1], HIDDEN)])
        for layer in self.layers:
            states = run_layer(
                states, layer, lambda inputs, name, layer=layer: linear_in_blocks(inputs, *layer[name]), attend_within(lengths)
            )
        return [window.mean(dim=0).numpy() for window in states[:total].split(lengths[:-1])]


def run_layer(
    states: torch.Tensor,
    layer: Mapping[str, Pair],
    linear: Callable[[torch.Tensor, str], torch.Tensor],
    attend: Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor],
) -> torch.Tensor:
    """Return a layer's output (…, tokens, 384) for `states` of the same shape.

    `linear(inputs, name)` multiplies by the matrix `name` and adds its bias; `attend(query, key, value)`, each (…, heads, tokens, 32),
    returns the mixed values.
    """
    query, key, value = (linear(states, name).unflatten(-1, (HEADS, -1)).transpose(-3, -2) for name in "qkv")
    mixed = attend(query, key, value).transpose(-3, -2).flatten(-2)
    states = normed(states + linear(mixed, "ao"), layer["aln"])
    return normed(states + linear(functional.gelu(linear(states, "fi")), "fo"), layer["oln"])


def linear_in_blocks(inputs: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    """Return the product of rows, a multiple of BLOCK, with a matrix; a row's result does not depend on the other rows."""
    return torch.cat([functional.linear(block, weight, bias) for block in inputs.split(BLOCK)])


def attend_within(lengths: Sequence[int]) -> Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]:
    """Return an attention function for texts of these lengths, concatenated: each text attends to itself only.

    Torch has its fast kernel only for four dimensions: at 128 tokens four times as fast.
    """

    def attend(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
        texts = zip(*(states.unsqueeze(0).split(list(lengths), dim=-2) for states in (query, key, value)), strict=True)
        return torch.cat([functional.scaled_dot_product_attention(*text) for text in texts], dim=-2).squeeze(0)

    return attend


def normed(states: torch.Tensor, norm: Pair) -> torch.Tensor:
    """Return the states after layer normalisation; `norm` is (weight, bias)."""
    return functional.layer_norm(states, (HIDDEN,), *norm, eps=EPSILON)


def _layer(file: E5File, number: int, adapter: Mapping[str, np.ndarray]) -> dict[str, Pair]:
    parts = {part: _norm(file, f"l{number}.{part}") for part in ("aln", "oln")}
    for part, shape in SHAPES.items():
        weight = file.tensor(f"l{number}.{part}.w", shape)
        if f"{number}.{part}.a" in adapter:
            weight = weight + adapter[f"{number}.{part}.b"] @ adapter[f"{number}.{part}.a"]
        parts[part] = torch.tensor(weight), torch.tensor(file.tensor(f"l{number}.{part}.b", (-1,)))
    return parts


def _norm(file: E5File, name: str) -> Pair:
    return torch.tensor(file.tensor(f"{name}.w", (-1,))), torch.tensor(file.tensor(f"{name}.b", (-1,)))
