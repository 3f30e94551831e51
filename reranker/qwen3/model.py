"""Score token ids with Qwen3 in plain torch: ids → logit(yes) − logit(no). Knows nothing of text or of batch sizes.

Differs from a general Qwen3 in what it leaves out. The keys and values of a prefix are computed once and shared by the documents that
follow it; a prompt is one pass, layer by layer, so only one layer's keys and values of a document are alive at a time; the last layer
runs for the last token only; and of the vocabulary matrix only one vector is needed, row "yes" minus row "no".
Residual stream, norms, rotary embedding and the final dot product are fp32, the matrix products have the dtype of the device choice.
"""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from torch import Tensor
from torch.nn import functional

from reranker.qwen3.attention import causal_attention
from reranker.qwen3.checkpoint import weight_files
from reranker.qwen3.device import DeviceChoice
from reranker.qwen3.linear import BoundedHalfLinear, FloatLinear, Int8Linear, Linear
from reranker.qwen3.packing import Chunk, Piece, pack
from reranker.qwen3.prompt import NO, YES

CPU_CHUNK, CACHED_CHUNK, GPU_CHUNK = 1024, 256, 8192
"""At most so many rows (tokens) go through a layer at a time: bounds the memory of long documents. Products in fp32 like many rows. Those
in bf16 and int8 leave much of the time to what stands between them: it is faster on what fits into the CPU's caches, and on memory that the
process keeps, as larger pieces are given back to the system and zeroed anew each time."""

PrefixCache = list[tuple[Tensor, Tensor]]
"""For each layer keys and values [kv_heads, tokens, head_dim]."""


@dataclass(frozen=True)
class Packed:
    """Documents one behind another without padding: `lengths` in tokens, and the rotary table of each row [rows, 1, head_dim / 2]."""

    lengths: list[int]
    chunks: list[Chunk]
    cos: Tensor
    sin: Tensor


@dataclass(frozen=True)
class Layer:
    """The weights of one layer; those of products that have the same input are joined: keys and values, gate and up."""

    input_norm: Tensor
    query: Linear
    query_norm: Tensor
    keys_values: Linear
    key_norm: Tensor
    output: Linear
    mlp_norm: Tensor
    gate_up: Linear
    down: Linear


class Qwen3Model:
    """The network with its weights in memory, and the counts of what it did."""

    def __init__(self, folder: Path, choice: DeviceChoice, max_tokens: int, layers: int | None = None):
        """Read the weights layer by layer from memory-mapped files, so that memory never holds a second copy of the model.

        `choice.dtype` is that of weights and activations; with int8, only the products with weights are int8, and activations have
        `choice.beside_int8`. With `layers`, read only so many of the first ones.
        """
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.is_int8 = choice.dtype == torch.int8
        self.device, self.dtype = choice.device, choice.beside_int8 if self.is_int8 else choice.dtype
        self.work: Counter[str] = Counter()
        """What has gone through the model: prefixes, documents, tokens. Held by tests and benchmarks."""

        self.kv_heads: int = config["num_key_value_heads"]
        self.head_dim: int = config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]
        self.eps: float = config["rms_norm_eps"]
        self.cos, self.sin = (table.to(self.device) for table in _rotary_tables(_rope_theta(config), self.head_dim, max_tokens))

        weights = _Weights(folder)
        # On the CPU the embedding stays in the file: a resume needs few of its rows, and they are exact in the file's own dtype.
        embedding = weights["model.embed_tokens.weight"]
        self.embedding = embedding if self.device == "cpu" else embedding.to(self.device, self.dtype)
        head = embedding if config.get("tie_word_embeddings") else weights["lm_head.weight"]
        self.head = (head[YES].float() - head[NO].float()).to(self.device)
        self.norm = weights["model.norm.weight"].to(self.device, torch.float32)
        # A mapping of its own for each layer: the pages of the file that were read leave the process's memory with it.
        numbers = range(layers or config["num_hidden_layers"])
        self.layers = [self._read_layer(_Weights(folder), f"model.layers.{number}.") for number in numbers]

    def _read_layer(self, weights: "_Weights", name: str) -> Layer:
        def norm(part: str) -> Tensor:
            return weights[f"{name}{part}.weight"].to(self.device, torch.float32, copy=True)

        def linear(*parts: str, into_stream: bool = False) -> Linear:
            weight = torch.cat([weights[f"{name}{part}.weight"] for part in parts])
            if self.is_int8:
                return Int8Linear(weight, self.dtype)
            if into_stream and self.dtype == torch.float16:
                return BoundedHalfLinear(weight, self.device)
            return FloatLinear(weight, self.dtype, self.device)

        return Layer(
            input_norm=norm("input_layernorm"),
            query=linear("self_attn.q_proj"),
            query_norm=norm("self_attn.q_norm"),
            keys_values=linear("self_attn.k_proj", "self_attn.v_proj"),
            key_norm=norm("self_attn.k_norm"),
            output=linear("self_attn.o_proj", into_stream=True),
            mlp_norm=norm("post_attention_layernorm"),
            gate_up=linear("mlp.gate_proj", "mlp.up_proj"),
            down=linear("mlp.down_proj", into_stream=True),
        )

    @torch.inference_mode()
    def prefix(self, ids: list[int], past: PrefixCache | None = None) -> PrefixCache:
        """Return the keys and values of the tokens that several documents begin with, behind those of `past`."""
        self.work["prefixes"] += 1
        stream, packed = self._embed([ids], before=past[0][0].shape[1] if past else 0)
        pasts = past or [None] * len(self.layers)
        return [
            self._run(layer, stream, packed, before, to_the_end=layer is not self.layers[-1])[0]
            for layer, before in zip(self.layers, pasts, strict=True)
        ]

    @torch.inference_mode()
    def logits(self, prefix: PrefixCache, documents: list[list[int]]) -> list[float]:
        """Return logit(yes) − logit(no) after each document (token ids). Documents are packed; each attends to the prefix and itself."""
        self.work["documents"] += len(documents)
        stream, packed = self._embed(documents, before=prefix[0][0].shape[1])
        for layer, past in zip(self.layers[:-1], prefix[:-1], strict=True):
            self._run(layer, stream, packed, past)
        caches = self._run(self.layers[-1], stream, packed, prefix[-1], to_the_end=False)

        # Where each document ends, the last layer and the head: one row a document.
        ends = torch.tensor(packed.lengths, device=self.device).cumsum(0) - 1
        rows = stream[ends]
        pieces = [Piece(number, slice(number, number + 1), keys.shape[1]) for number, (keys, _) in enumerate(caches)]
        normed = self._rms_norm(rows, self.layers[-1].input_norm)
        self._finish(self.layers[-1], rows, normed, packed.cos[ends], packed.sin[ends], caches, pieces)
        return (self._rms_norm(rows, self.norm) @ self.head).tolist()

    def _embed(self, documents: list[list[int]], before: int) -> tuple[Tensor, Packed]:
        """Return the residual stream [rows, hidden] in fp32 of documents that follow `before` tokens, and their layout in it."""
        ids = torch.tensor([token for document in documents for token in document], device=self.embedding.device)
        self.work["tokens"] += len(ids)
        lengths = [len(document) for document in documents]
        positions = torch.cat([torch.arange(before, before + length) for length in lengths]).to(self.device)
        cos, sin = (table[positions].unsqueeze(1) for table in (self.cos, self.sin))
        in_fp32 = self.dtype == torch.float32 and not self.is_int8
        limit = GPU_CHUNK if self.device != "cpu" else CPU_CHUNK if in_fp32 else CACHED_CHUNK
        return functional.embedding(ids, self.embedding).float(), Packed(lengths, pack(lengths, before, limit), cos, sin)

    def _run(
        self, layer: Layer, stream: Tensor, packed: Packed, past: tuple[Tensor, Tensor] | None, to_the_end: bool = True
    ) -> PrefixCache:
        """Run one layer over the residual stream, in place, and return the keys and values of each document, the past ones included.

        Without `to_the_end`, compute only keys and values.
        """
        caches = [self._cache(past, length) for length in packed.lengths]
        for chunk in packed.chunks:
            rows, cos, sin = stream[chunk.rows], packed.cos[chunk.rows], packed.sin[chunk.rows]
            normed = self._rms_norm(rows, layer.input_norm)
            key, value = layer.keys_values(normed).unflatten(-1, (2, self.kv_heads, self.head_dim)).unbind(1)
            key = self._rotate(key, layer.key_norm, cos, sin)
            for piece in chunk.pieces:
                keys, values = caches[piece.document]
                own_rows = slice(piece.end - (piece.rows.stop - piece.rows.start), piece.end)
                keys[:, own_rows], values[:, own_rows] = key[piece.rows].transpose(0, 1), value[piece.rows].transpose(0, 1)
            if to_the_end:
                self._finish(layer, rows, normed, cos, sin, caches, chunk.pieces)
        return caches

    def _cache(self, past: tuple[Tensor, Tensor] | None, length: int) -> tuple[Tensor, Tensor]:
        """Return tensors for the keys and values of a document of `length` tokens, with a copy of the past ones in front."""
        before = past[0].shape[1] if past else 0
        keys = torch.empty(self.kv_heads, before + length, self.head_dim, device=self.device, dtype=self.dtype)
        values = torch.empty_like(keys)
        if past:
            keys[:, :before], values[:, :before] = past
        return keys, values

    def _finish(
        self, layer: Layer, rows: Tensor, normed: Tensor, cos: Tensor, sin: Tensor, caches: PrefixCache, pieces: list[Piece]
    ) -> None:
        """Add attention and MLP to rows of the stream [n, hidden], in place; `normed` are the rows after the layer's first norm."""
        query = self._rotate(layer.query(normed).unflatten(-1, (-1, self.head_dim)), layer.query_norm, cos, sin).to(self.dtype)
        mixed = torch.empty_like(query)
        for piece in pieces:
            keys, values = (part[:, : piece.end] for part in caches[piece.document])
            mixed[piece.rows] = causal_attention(query[piece.rows].transpose(0, 1), keys, values).transpose(0, 1)
        rows += layer.output(mixed.flatten(1))

        gate, up = layer.gate_up(self._rms_norm(rows, layer.mlp_norm)).chunk(2, dim=-1)
        if self.dtype == torch.float16:
            gate = gate.float()  # the product of the two can exceed what fp16 holds
        rows += layer.down(functional.silu(gate).mul_(up))

    def _rotate(self, heads: Tensor, norm: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Return `heads` [n, heads, head_dim] after norm and rotary embedding, as fp32."""
        first, second = self._rms_norm(heads, norm).chunk(2, dim=-1)
        return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1)

    def _rms_norm(self, x: Tensor, weight: Tensor) -> Tensor:
        return functional.rms_norm(x.float(), weight.shape, weight, self.eps)


class _Weights:
    """Tensors by name, out of one or several safetensors files, which stay memory-mapped for as long as one of their tensors lives."""

    def __init__(self, folder: Path):
        self._files = {}
        for path in weight_files(folder):
            file = safe_open(path, framework="pt")
            self._files.update(dict.fromkeys(file.keys(), file))

    def __getitem__(self, name: str) -> Tensor:
        return self._files[name].get_tensor(name)


def _rope_theta(config: dict) -> float:
    """Return rope_theta, from where transformers 5 keeps it or where version 4 and the published checkpoint do."""
    return (config.get("rope_parameters") or config)["rope_theta"]


def _rotary_tables(theta: float, head_dim: int, length: int) -> tuple[Tensor, Tensor]:
    """Return cos and sin [length, head_dim / 2], with angles in fp32 as in training."""
    frequencies = 1.0 / theta ** (torch.arange(0, head_dim, 2).float() / head_dim)
    angles = torch.arange(length).float()[:, None] * frequencies
    return angles.cos(), angles.sin()
