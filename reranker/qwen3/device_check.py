"""Check whether a GPU computes what the CPU does, before it scores anybody: the first layers, on a prefix and documents, against fp32.

A wrong kernel raises no error. One of MPS let tokens see those after them (pytorch issue 195910): every score was wrong, and plausible.
"""

from copy import copy
from pathlib import Path

import torch

from reranker.qwen3.device import DeviceChoice
from reranker.qwen3.model import PrefixCache, Qwen3Model

LAYERS = 4
"""All layers use the same kernels; what is wrong in the first ones reaches the keys of the next."""
PREFIX, DOCUMENT = 150, 60
"""Tokens of the prefix and of the first document; the second has half as many."""
TOLERANCE = {torch.float32: 1e-3, torch.float16: 2e-2, torch.bfloat16: 8e-2}
"""Of the relative difference of a row of keys or values. Rounding makes 1e-6, 2e-3 and 2e-2; seeing one token too many, 0.1 and more."""


def agrees_with_cpu(model: Qwen3Model, folder: Path) -> bool:
    """Return whether the first layers of a model of this folder compute on their device what they do in fp32 on the CPU."""
    return difference_from_cpu(model, folder) <= TOLERANCE[model.dtype]


def difference_from_cpu(model: Qwen3Model, folder: Path) -> float:
    """Return the largest relative difference of a row of keys or values, of the prefix and of two documents after it."""
    generator = torch.Generator().manual_seed(0)
    ids = torch.randint(1000, 9000, (PREFIX + DOCUMENT,), generator=generator).tolist()
    documents = [ids[PREFIX:], ids[PREFIX : PREFIX + DOCUMENT // 2]]
    shallow = copy(model)
    shallow.layers = model.layers[:LAYERS]
    reference = Qwen3Model(folder, DeviceChoice("cpu", torch.float32, 1), PREFIX + DOCUMENT, len(shallow.layers))
    computed, expected = _caches(shallow, ids[:PREFIX], documents), _caches(reference, ids[:PREFIX], documents)
    return max(
        _difference(mine, right) for cache, other in zip(computed, expected, strict=True) for mine, right in zip(cache, other, strict=True)
    )


def _caches(model: Qwen3Model, prefix: list[int], documents: list[list[int]]) -> PrefixCache:
    """Return the keys and values of all layers, of the prefix and, behind it, of each document."""
    past = model.prefix(prefix)
    return past + [cache for document in documents for cache in model.prefix(document, past)]


def _difference(mine: torch.Tensor, right: torch.Tensor) -> float:
    mine, right = mine.float().cpu(), right.float()
    return float(((mine - right).norm(dim=-1) / right.norm(dim=-1)).nan_to_num(torch.inf).max())
