"""Define readers that do what a taken-over one might, run in guarded processes by the tests."""

import os
import signal
import time

_CHUNK = bytes(1_000_000)


def report(data: bytes) -> dict[str, object]:
    """Return what a guarded process has been given."""
    return {
        "data": data.decode(),
        "environment": dict(os.environ),
        "descriptors": [number for number in range(256) if _is_open(number)],
    }


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def spin(data: bytes) -> bytes:
    """Use the processor for ever."""
    while True:
        pass


def sleep(data: bytes) -> bytes:
    """Do nothing for ever."""
    while True:
        time.sleep(1)


def hang_up(data: bytes) -> bytes:
    """Close the socket to the server and go on."""
    os.closerange(0, 3)
    return sleep(data)


def fill(data: bytes) -> list[bytes]:
    """Take memory for ever."""
    taken = []
    while True:
        taken.append(bytearray(_CHUNK))


def flood(data: bytes) -> bytes:
    """Answer for ever."""
    while True:
        os.write(1, b"D" + _CHUNK)


def lie(data: bytes) -> bytes:
    """Answer with what no reader says."""
    return data


def crash(data: bytes) -> bytes:
    """Crash as a parser in C does."""
    signal.raise_signal(signal.SIGSEGV)
    return b""


def raise_error(data: bytes) -> bytes:
    """Fail as a parser with a mistake in it does."""
    raise KeyError("a mistake of ours")


def write(data: bytes, path: str) -> bytes:
    """Write a file."""
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(_CHUNK)
    return b""


def kill_parent(data: bytes) -> bytes:
    """Take everything down that this one was forked from."""
    os.kill(os.getppid(), signal.SIGKILL)
    return sleep(data)
