"""Qwen3 as a scorer, in plain torch: token ids → logit(yes) − logit(no). Knows nothing of text or of batch sizes.

Differs from a general Qwen3 in what it leaves out. The keys and values of a prefix are computed once and shared by the documents that
follow it; a prompt is one pass, layer by layer, so only one layer's keys and values of a document are alive at a time; the last layer
runs for the last token only; and of the vocabulary matrix only one vector is needed, row "yes" minus row "no".
Residual stream, norms, rotary embedding and the final dot product are fp32, the matrix products have the precision of the placement.
"""

import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from torch import Tensor
from torch.nn import functional

from reranker.attention import causal_attention
from reranker.checkpoint import weight_files
from reranker.matrix import FloatMatrix, Int8Matrix, Matrix
from reranker.prompt import NO, YES

CHUNK = 1024
"""At most so many rows (tokens of a document) go through a layer at a time: bounds the memory of long documents."""

PrefixCache = list[tuple[Tensor, Tensor]]
"""For each layer keys and values [1, kv_heads, tokens, head_dim]."""


@dataclass(frozen=True)
class Layer:
    """The weights of one layer; those of products that have the same input are joined: keys and values, gate and up."""

    input_norm: Tensor
    query: Matrix
    query_norm: Tensor
    keys_values: Matrix
    key_norm: Tensor
    output: Matrix
    mlp_norm: Tensor
    gate_up: Matrix
    down: Matrix


class Qwen3Model:
    def __init__(self, folder: Path, device: str, dtype: torch.dtype, max_tokens: int):
        """Reads the weights tensor by tensor from memory-mapped files: no second copy of the model is ever in memory.

        With dtype int8 the products with weights are int8, attention is bf16.
        """
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.device, self.dtype = device, torch.bfloat16 if dtype == torch.int8 else dtype
        self.is_int8 = dtype == torch.int8
        self.work: Counter[str] = Counter()
        """What has gone through the model: prefixes, documents, tokens (padding included), padding. Held by tests and benchmarks."""

        self.kv_heads: int = config["num_key_value_heads"]
        self.group: int = config["num_attention_heads"] // self.kv_heads
        self.head_dim: int = config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]
        self.eps: float = config["rms_norm_eps"]
        self.cos, self.sin = (table.to(device) for table in _rotary_tables(_rope_theta(config), self.head_dim, max_tokens))

        weights = _Weights(folder)
        # On the CPU the embedding stays in the file: a resume needs few of its rows, and they are exact in the file's own dtype.
        embedding = weights["model.embed_tokens.weight"]
        self.embedding = embedding if device == "cpu" else embedding.to(device, self.dtype)
        head = embedding if config.get("tie_word_embeddings") else weights["lm_head.weight"]
        self.head = (head[YES].float() - head[NO].float()).to(device)
        self.norm = weights["model.norm.weight"].to(device, torch.float32)
        self.layers = [self._read_layer(weights, f"model.layers.{number}.") for number in range(config["num_hidden_layers"])]

    def _read_layer(self, weights: "_Weights", name: str) -> Layer:
        def norm(part: str) -> Tensor:
            return weights[f"{name}{part}.weight"].to(self.device, torch.float32)

        def matrix(*parts: str) -> Matrix:
            weight = torch.cat([weights[f"{name}{part}.weight"] for part in parts])
            return Int8Matrix(weight, self.dtype) if self.is_int8 else FloatMatrix(weight, self.dtype, self.device)

        return Layer(
            input_norm=norm("input_layernorm"),
            query=matrix("self_attn.q_proj"),
            query_norm=norm("self_attn.q_norm"),
            keys_values=matrix("self_attn.k_proj", "self_attn.v_proj"),
            key_norm=norm("self_attn.k_norm"),
            output=matrix("self_attn.o_proj"),
            mlp_norm=norm("post_attention_layernorm"),
            gate_up=matrix("mlp.gate_proj", "mlp.up_proj"),
            down=matrix("mlp.down_proj"),
        )

    @torch.inference_mode()
    def prefix(self, ids: list[int]) -> PrefixCache:
        """Keys and values of the tokens that several documents begin with."""
        self.work["prefixes"] += 1
        stream = self._embed([ids])
        return [self._run(layer, stream, past=None, to_the_end=layer is not self.layers[-1]) for layer in self.layers]

    @torch.inference_mode()
    def logits(self, prefix: PrefixCache, documents: list[list[int]]) -> list[float]:
        """logit(yes) − logit(no) after each document, in one batch.

        Shorter documents are padded on the right: attention looks left only, so no real token ever sees the padding.
        """
        stream = self._embed(documents)
        self.work.update(documents=len(documents), padding=stream.shape[0] * stream.shape[1] - sum(map(len, documents)))
        for layer, past in zip(self.layers[:-1], prefix[:-1], strict=True):
            self._run(layer, stream, past)
        keys, values = self._run(self.layers[-1], stream, prefix[-1], to_the_end=False)

        # Where each document ends, the last layer and the head: one row a document.
        before = prefix[-1][0].shape[2]
        ends = []
        for number, ids in enumerate(documents):
            row, length = stream[number : number + 1, len(ids) - 1 : len(ids)], before + len(ids)
            self._finish(self.layers[-1], row, keys[number : number + 1, :, :length], values[number : number + 1, :, :length])
            ends.append(row[0, 0])
        return (self._rms_norm(torch.stack(ends), self.norm) @ self.head).tolist()

    def _embed(self, documents: list[list[int]]) -> Tensor:
        """[batch, longest document, hidden] in fp32."""
        longest = max(map(len, documents))
        self.work["tokens"] += len(documents) * longest
        ids = torch.tensor([ids + [0] * (longest - len(ids)) for ids in documents], device=self.embedding.device)
        return functional.embedding(ids, self.embedding).float()

    def _run(self, layer: Layer, stream: Tensor, past: tuple[Tensor, Tensor] | None, to_the_end: bool = True) -> tuple[Tensor, Tensor]:
        """Run one layer over the residual stream [batch, length, hidden], in place, and return its keys and values, the past ones included.

        Without `to_the_end` only these are computed.
        """
        batch, length, _ = stream.shape
        before = past[0].shape[2] if past else 0
        keys = torch.empty(batch, self.kv_heads, before + length, self.head_dim, device=self.device, dtype=self.dtype)
        values = torch.empty_like(keys)
        if past:
            keys[:, :, :before], values[:, :, :before] = past
        end = before
        for rows in stream.chunk(math.ceil(length / CHUNK), dim=1):
            start, end = end, end + rows.shape[1]
            key, value = layer.keys_values(self._rms_norm(rows, layer.input_norm)).unflatten(-1, (2, self.kv_heads, -1)).unbind(2)
            keys[:, :, start:end] = self._rotate(key, layer.key_norm, start)
            values[:, :, start:end] = value.transpose(1, 2)
            if to_the_end:
                self._finish(layer, rows, keys[:, :, :end], values[:, :, :end])
        return keys, values

    def _finish(self, layer: Layer, rows: Tensor, keys: Tensor, values: Tensor) -> None:
        """Attention and MLP for rows of the stream [batch, n, hidden], in place; they are the last n that `keys` are of."""
        query = layer.query(self._rms_norm(rows, layer.input_norm)).unflatten(-1, (-1, self.head_dim))
        query = self._rotate(query, layer.query_norm, keys.shape[2] - rows.shape[1]).to(self.dtype)
        rows += layer.output(causal_attention(query, keys, values).transpose(1, 2).flatten(2))

        gate, up = layer.gate_up(self._rms_norm(rows, layer.mlp_norm)).chunk(2, dim=-1)
        rows += layer.down(functional.silu(gate).mul_(up))

    def _rotate(self, heads: Tensor, norm: Tensor, start: int) -> Tensor:
        """Norm and rotary embedding, from position `start` on, of [batch, n, heads, head_dim], as fp32 [batch, heads, n, head_dim]."""
        first, second = self._rms_norm(heads, norm).transpose(1, 2).chunk(2, dim=-1)
        cos, sin = (table[start : start + heads.shape[1]] for table in (self.cos, self.sin))
        return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1)

    def _rms_norm(self, x: Tensor, weight: Tensor) -> Tensor:
        return functional.rms_norm(x.float(), weight.shape, weight, self.eps)


class _Weights:
    """Tensors by name, out of one or several memory-mapped safetensors files."""

    def __init__(self, folder: Path):
        self._files = {}
        for path in weight_files(folder):
            file = safe_open(path, framework="pt")
            self._files.update(dict.fromkeys(file.keys(), file))

    def __getitem__(self, name: str) -> Tensor:
        return self._files[name].get_tensor(name)


def _rope_theta(config: dict) -> float:
    """Under its name of transformers 5, or of 4, as in the published checkpoint."""
    return (config.get("rope_parameters") or config)["rope_theta"]


def _rotary_tables(theta: float, head_dim: int, length: int) -> tuple[Tensor, Tensor]:
    """cos and sin [length, head_dim / 2], rounded as the model was trained: angles in fp32."""
    frequencies = 1.0 / theta ** (torch.arange(0, head_dim, 2).float() / head_dim)
    angles = torch.arange(length).float()[:, None] * frequencies
    return angles.cos(), angles.sin()
