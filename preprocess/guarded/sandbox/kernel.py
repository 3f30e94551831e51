"""Make system calls that Python does not offer, by number. Knows nothing of what they are for."""

import ctypes
import os
from functools import cache


def call(number: int, *arguments: int | bytes | None) -> int:
    """Make a system call; an argument is a number, or bytes to point to. Return its result. Raises OSError."""
    return _checked(_libc().syscall(ctypes.c_long(number), *map(_argument, arguments)))


def prctl(option: int, value: int) -> int:
    """Call prctl with one value. Raises OSError."""
    return _checked(_libc().prctl(ctypes.c_int(option), *(ctypes.c_ulong(number) for number in (value, 0, 0, 0))))


def _argument(value: int | bytes | None) -> ctypes.c_long | bytes | None:
    return ctypes.c_long(value) if isinstance(value, int) else value


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


@cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc
