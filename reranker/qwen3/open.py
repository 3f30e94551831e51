"""Open the local engine: find the weights, choose device and precision, load the model."""

from dataclasses import replace

from reranker.engine import Engine, EngineOptions
from reranker.notice import Notice
from reranker.qwen3.checkpoint import find_checkpoint, fingerprint
from reranker.qwen3.int8_check import saved_check


def open_qwen3(options: EngineOptions) -> Engine | None:
    """Return the engine for `options.model`, a folder or a hub id; None if the default model ("") cannot be had.

    Raise NoCheckpoint if a named model cannot be had, ScoringError if the engine does not work on this machine.
    """
    folder = find_checkpoint(options.model, options.offline, options.say)
    if folder is None:
        return None

    from reranker.qwen3.device import DTYPES, choose_device
    from reranker.qwen3.engine import DeviceDiffers, load_qwen3  # here, not above: the embedded default must not wait for torch

    choice = choose_device(options.device, options.precision, options.batch_size)
    if options.precision == "auto" and choice.device == "cpu" and (check := saved_check(fingerprint(folder))):
        if check.holds:
            choice = replace(choice, dtype=DTYPES["int8"], reasons=(Notice("int8_used", check=check.notice),))
        else:
            choice = replace(choice, reasons=(*choice.reasons, Notice("int8_not_used", check=check.notice)))
    for reason in choice.reasons:
        options.say(reason)
    try:
        return load_qwen3(folder, choice, options.say)
    except DeviceDiffers:
        options.say(Notice("device_differs", device=choice.device))
        return load_qwen3(folder, choose_device("cpu", options.precision, options.batch_size), options.say)
