"""The 12 layers of multilingual-e5-small in torch, changed by an adapter that was trained for one question: text → vector.

An adapter adds to a matrix the product of two narrow ones (LoRA, https://arxiv.org/abs/2106.09685): what was trained takes 1 to 3 MB
beside a model that everybody has.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch
from torch.nn import functional

from reranker.encoder.e5_file import EPSILON, HEADS, HIDDEN, LAYERS, E5File

MAX_TOKENS = 256
SHAPES = {"q": (384, 384), "k": (384, 384), "v": (384, 384), "ao": (384, 384), "fi": (1536, 384), "fo": (384, 1536)}
"""The matrices of a layer that an adapter can change: query, key, value, attention output, feed-forward in and out; (outputs, inputs)."""

Pair = tuple[torch.Tensor, torch.Tensor]
"""Weight and bias."""


class E5Layers:
    """multilingual-e5-small with an adapter, 90 MB."""

    def __init__(self, file: E5File, adapter: Mapping[str, np.ndarray]):
        """`adapter` holds "<layer>.<matrix>.a" (rank, inputs) and "<layer>.<matrix>.b" (outputs, rank); what it lacks stays as it was."""
        self._file = file
        self._positions = torch.tensor(file.tensor("emb.pos", (-1, HIDDEN))[:MAX_TOKENS] + file.tensor("emb.type", (-1, HIDDEN))[0])
        self._norm = _norm(file, "emb.ln")
        self.layers = [_layer(file, number, adapter) for number in range(LAYERS)]
        """Weights and biases of each layer by name, those of its two normalisations ("aln", "oln") too."""

    @torch.inference_mode()
    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Return the mean of the last layer over the tokens of each text, (n, 384), float32, at most MAX_TOKENS of them.

        Each text runs alone, so that its vector is the same in any company.
        """
        return np.stack([self._vector(text) for text in texts]) if texts else np.zeros((0, HIDDEN), dtype=np.float32)

    def embedded(self, text: str) -> torch.Tensor:
        """Return what goes into the first layer, (tokens, 384)."""
        ids = self._file.tokenizer.encode(f"passage: {text}").ids[:MAX_TOKENS]
        return normed(torch.tensor(self._file.embeddings(ids)) + self._positions[: len(ids)], self._norm)

    def _vector(self, text: str) -> np.ndarray:
        states = self.embedded(text)
        for layer in self.layers:
            states = run_layer(states, layer, lambda inputs, name, layer=layer: functional.linear(inputs, *layer[name]))
        return states.mean(dim=0).numpy()


def run_layer(
    states: torch.Tensor,
    layer: Mapping[str, Pair],
    linear: Callable[[torch.Tensor, str], torch.Tensor],
    mask: torch.Tensor | None = None,
) -> torch.Tensor:
    """Return a layer's output for its input (…, tokens, 384).

    `linear` multiplies by the matrix of a name and adds its bias; `mask` (…, 1, 1, tokens) is False where a text is padded.
    """
    query, key, value = (linear(states, name).unflatten(-1, (HEADS, -1)).transpose(-3, -2) for name in "qkv")
    mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask).transpose(-3, -2).flatten(-2)
    states = normed(states + linear(mixed, "ao"), layer["aln"])
    return normed(states + linear(functional.gelu(linear(states, "fi")), "fo"), layer["oln"])


def normed(states: torch.Tensor, norm: Pair) -> torch.Tensor:
    """Return the states after a layer normalisation."""
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
