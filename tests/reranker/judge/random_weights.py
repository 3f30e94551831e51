"""Make weights of a judge that learned nothing: small random changes, so that nothing is 0 by chance."""

import numpy as np

from reranker.encoder.e5_file import HIDDEN, LAYERS, open_wheel
from reranker.encoder.e5_layers import SHAPES
from reranker.judge.model import POINTED

FILE = open_wheel()


def random_weights(seed: int = 0) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return changes of the matrices, and the other tensors."""
    random = np.random.default_rng(seed)

    def normal(*shape: int) -> np.ndarray:
        return (random.standard_normal(shape, dtype=np.float32) * 0.02).astype(np.float32)

    changes = {f"l{number}.{name}": normal(*shape) for number in range(LAYERS) for name, shape in SHAPES.items()}
    rest = {
        "role": normal(HIDDEN),
        "ask.w": normal(1 + POINTED, HIDDEN) * 10,
        "ask.b": normal(1 + POINTED),
        "point.w": normal(POINTED, HIDDEN) * 10,
    }
    rest["thresholds"] = np.array([-1, 1], dtype=np.float32)
    for number in range(LAYERS):
        for name in ("aln", "oln"):
            rest[f"l{number}.{name}.w"] = FILE.tensor(f"l{number}.{name}.w", (-1,))
        for name in (*SHAPES, "aln", "oln"):
            rest[f"l{number}.{name}.b"] = FILE.tensor(f"l{number}.{name}.b", (-1,))
    return changes, rest
