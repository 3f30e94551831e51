"""Choose and load the engine: the real model where weights can be had, else the embedded default with a notice."""

from collections.abc import Callable
from dataclasses import replace

from reranker.embedded.engine import EmbeddedEngine
from reranker.encoder.encoder import Encoder
from reranker.engine import Engine
from reranker.qwen3.checkpoint import find_checkpoint, fingerprint
from reranker.qwen3.int8_check import saved_check

Say = Callable[[str], None]

STAND_IN = (
    "This is NOT Qwen3-Reranker: the embedded stand-in ranks roughly, gives no percentages and ignores the instruction. "
    "For the real model start again with a network, or name a folder with its weights: ./start.sh --model FOLDER"
)


def open_engine(model: str, offline: bool, device: str, precision: str, batch_size: int, encoder: Encoder, say: Say) -> Engine:
    """Load the engine that `settings` asks for, telling through `say` what is done and why.

    `model` may be "embedded" for the offline default. Raises checkpoint.NoCheckpoint when a model was named and cannot be had,
    engine.ScoringError when it does not work on this machine.
    """
    folder = None if model == "embedded" else find_checkpoint(model, offline, say)
    if folder is None:
        say(STAND_IN)
        return EmbeddedEngine(encoder)

    from reranker.qwen3.device import DTYPES, choose_device
    from reranker.qwen3.engine import load_qwen3  # here, not above: the embedded default must not wait for torch

    choice = choose_device(device, precision, batch_size)
    if precision == "auto" and choice.device == "cpu" and (check := saved_check(fingerprint(folder))):
        if check.holds:
            choice = replace(choice, dtype=DTYPES["int8"], why=f"Device cpu, INT8 (checked here: {check}).")
        else:
            choice = replace(choice, why=f"{choice.why} Not INT8 (checked here: {check}).")
    say(choice.why)
    return load_qwen3(folder, choice, say)
