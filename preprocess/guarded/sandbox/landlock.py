"""Let this process open only libraries, fonts and facts about the machine, for reading, by Landlock (Linux 5.13 and newer).

Newer versions also take TCP (4), and signals to and abstract sockets of processes outside (6).
"""

import os
import struct
import sys
from pathlib import Path

from preprocess.guarded.sandbox import kernel

# The three calls have these numbers on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1  # LANDLOCK_CREATE_RULESET_VERSION
_PATH_BENEATH = 1  # LANDLOCK_RULE_PATH_BENEATH

_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}  # how many bits of rights there are to take, by the version that brought them
_TCP = 0b11  # bind and connect
_OUTSIDE = 0b11  # abstract sockets and signals

_SYSTEM = (
    *("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache"),
    *("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts"),  # where pdfium looks for fonts that a file only names
    *("/proc/cpuinfo", "/sys/devices/system/cpu", "/dev/null", "/dev/urandom"),  # how onnxruntime chooses its code and threads
)
_PACKAGE = Path(__file__).parents[2]  # its modules and tables; not the folder above, where uploads and feedback may lie


def version() -> int:
    """Return the version of Landlock's interface in this kernel, 0 for none."""
    if sys.platform != "linux":
        return 0
    try:
        return kernel.call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    except OSError:  # not compiled in, not enabled at boot, or not allowed by a container
        return 0


def restrict() -> None:
    """Leave the calling thread, and those it starts, only reading of the paths in `_readable`. Raises OSError."""
    offered = version()
    rights = (1 << max(bits for since, bits in _FILE_RIGHTS.items() if since <= offered)) - 1
    taken = struct.pack("=QQQ", rights, _TCP, _OUTSIDE)[: 24 if offered >= 6 else 16 if offered >= 4 else 8]
    ruleset = kernel.call(_CREATE_RULESET, taken, len(taken), 0)
    try:
        for path in _readable():
            _allow_reading(ruleset, path)
        kernel.call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _readable() -> list[str]:
    """Return where code and fonts are read from after the start: Python's module folders, this package, system libraries and fonts."""
    prefixes = (sys.prefix + os.sep, sys.base_prefix + os.sep)
    return [*(folder for folder in sys.path if folder.startswith(prefixes)), str(_PACKAGE), *_SYSTEM]


def _allow_reading(ruleset: int, path: str) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # not on this machine
        return
    try:
        allowed = _READ_FILE | _READ_DIR if os.path.isdir(path) else _READ_FILE  # noqa: PTH112
        kernel.call(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", allowed, descriptor), 0)
    finally:
        os.close(descriptor)
