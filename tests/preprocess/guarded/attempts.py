"""Run as a program: fork a process for each line of JSON on its input, which confines itself and then tries something.

As the nursery of the readers forks them: imports are done once. Answers each line with a line of JSON, what the process printed.
"""

import contextlib  # noqa: F401 - like the others that are not used here, for what is tried
import ctypes
import errno
import fcntl  # noqa: F401
import json
import os
import signal  # noqa: F401
import socket
import sqlite3  # noqa: F401
import struct  # noqa: F401
import subprocess  # noqa: F401
import sys
import threading  # noqa: F401
import time  # noqa: F401
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from preprocess.guarded.sandbox import confine, landlock, seccomp

libc = ctypes.CDLL(None, use_errno=True)
x86 = os.uname().machine == "x86_64"


def call(number: int, *arguments: int) -> int:
    """Make a call to the kernel by its number."""
    result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    if result < 0 and ctypes.get_errno() != errno.EFAULT:  # it was let in, and looked at a pointer to nothing
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def attempt(code: str, without: str, **names: object) -> None:
    """Try it and print what came of it: "done", or the error."""
    for missing in without.split():
        if missing == "landlock":
            landlock.version = lambda: 0
        if missing == "seccomp":
            seccomp.is_supported = lambda: False
    if without != "free":
        confine()
    try:
        exec(code, globals() | names)
    except Exception as error:
        print(type(error).__name__, getattr(error, "errno", ""), flush=True)
    else:
        print("done", flush=True)


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        for line in sys.stdin:
            asked = json.loads(line)
            names = {"files": Path(asked["files"]), "port": server.getsockname()[1], "inherited": server.fileno()}
            print(json.dumps(output_of(asked["code"], asked["without"], **names)), flush=True)


def output_of(code: str, without: str, **names: object) -> str:
    """Return all that a process of its own prints while it tries this, its errors too."""
    reading, writing = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if not child:
        try:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(writing, 1)
            os.dup2(writing, 2)
            attempt(code, without, parent=parent, **names)
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as printed:  # noqa: PTH123
        output = printed.read()
    os.waitpid(child, 0)
    return output


if __name__ == "__main__":
    main()
