"""Let this process make only system calls that compute, read, and write to open files (seccomp). All others fail, also unknown new ones.

The list is what the parsers, OCR and the C library were seen to need and what is harmless. Not allowed: sockets, programs, processes,
signals to other processes, opening for writing, changing limits.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

from preprocess.guarded.sandbox import kernel

# By name, the number on x86-64 and on AArch64 (None: only older architectures have it).
_ALLOWED = {
    # Input and output of what is open, and looking for modules and fonts.
    **{"read": (0, 63), "readv": (19, 65), "pread64": (17, 67), "write": (1, 64), "writev": (20, 66), "lseek": (8, 62), "close": (3, 57)},
    **{
        "poll": (7, None),
        "ppoll": (271, 73),
        "select": (23, None),
        "pselect6": (270, 72),
        "fadvise64": (221, 223),
        "getdents64": (217, 61),
    },
    **{"stat": (4, None), "lstat": (6, None), "fstat": (5, 80), "newfstatat": (262, 79), "statx": (332, 291), "access": (21, None)},
    **{"faccessat": (269, 48), "faccessat2": (439, 439), "readlink": (89, None), "readlinkat": (267, 78), "getcwd": (79, 17)},
    # Memory.
    **{"mmap": (9, 222), "munmap": (11, 215), "mprotect": (10, 226), "mremap": (25, 216), "madvise": (28, 233), "brk": (12, 214)},
    # Threads, and the end.
    **{"futex": (202, 98), "set_robust_list": (273, 99), "rseq": (334, 293), "membarrier": (324, 283), "sched_yield": (24, 124)},
    **{"sched_getaffinity": (204, 123), "getcpu": (309, 168), "arch_prctl": (158, None), "exit": (60, 93), "exit_group": (231, 94)},
    # Signals to itself.
    **{"rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "sigaltstack": (131, 132)},
    "restart_syscall": (219, 128),
    # Time, chance, and who and where it is.
    **{"clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "nanosleep": (35, 101), "time": (201, None)},
    **{"gettimeofday": (96, 169), "times": (100, 153), "getrusage": (98, 165), "getrlimit": (97, 163), "getrandom": (318, 278)},
    **{"uname": (63, 160), "sysinfo": (99, 179), "getpid": (39, 172), "gettid": (186, 178), "getuid": (102, 174), "geteuid": (107, 175)},
    **{"getgid": (104, 176), "getegid": (108, 177)},
}
_OPEN, _OPENAT, _FCNTL, _IOCTL, _CLONE = (2, None), (257, 56), (72, 25), (16, 29), (56, 220)
_PRCTL, _PRLIMIT64, _TGKILL = (157, 167), (302, 261), (234, 131)
_SECCOMP = (317, 277)
_NEW_CALLS = 424  # from here on numbers are alike everywhere, and C libraries know what to do where such a call is missing

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column of the table, AUDIT_ARCH_*
_X32 = 0x40000000  # bit of the numbers of a second table of calls on x86-64

_CLONE_THREAD = 0x10000
_NAMESPACES = 0x7E020080  # CLONE_NEW*
_TERMINAL_SETTINGS, _CLOSE_ON_EXEC, _KEEP_ON_EXEC = 0x5401, 0x5451, 0x5450  # TCGETS (isatty), FIOCLEX, FIONCLEX
_HARMLESS_FCNTL = (0, 1, 2, 3, 1030)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC: others can send a signal to the server
_NAME_THREAD, _NAME_MEMORY = 15, 0x53564D41  # PR_SET_NAME, PR_SET_VMA

_SET_MODE_FILTER, _GET_ACTION_AVAIL, _ALL_THREADS = 1, 2, 1
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000  # SECCOMP_RET_*
_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06  # BPF, on words of 32 bits
_NUMBER, _ARCHITECTURE = 0, 4  # where struct seccomp_data has them; arguments follow from 16 on, 8 bytes each, low word first

Step = tuple[int, int, int, int]
"""A BPF instruction: code, steps to skip if true, steps to skip if false, constant."""


def is_supported() -> bool:
    """Return whether the kernel has seccomp filters and this module knows the numbers of its system calls."""
    if sys.platform != "linux" or platform.machine() not in _ARCHITECTURES:
        return False
    try:
        return kernel.call(_SECCOMP[_ARCHITECTURES[platform.machine()][0]], _GET_ACTION_AVAIL, 0, struct.pack("=I", _ERRNO)) == 0
    except OSError:
        return False


def restrict() -> None:
    """Install the filter for all threads of this process. Needs no_new_privs. Raises OSError."""
    column, architecture = _ARCHITECTURES[platform.machine()]
    code = b"".join(struct.pack("=HBBI", *step) for step in _filter(column, architecture))
    steps = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("=HxxxxxxQ", len(code) // 8, ctypes.addressof(steps))
    if kernel.call(_SECCOMP[column], _SET_MODE_FILTER, _ALL_THREADS, program):
        raise OSError(errno.EBUSY, "a thread has another filter")


def _filter(column: int, architecture: int) -> list[Step]:
    write = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_PATH | (os.O_TMPFILE & ~os.O_DIRECTORY)
    steps = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, architecture), _refuse(errno.EPERM)]
    steps += [(_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, _X32), _refuse(errno.EPERM)]
    rules = [
        *((numbers, [(_RETURN, 0, 0, _ALLOW)]) for numbers in _ALLOWED.values()),
        (_OPEN, _where(1, write, 0)),
        (_OPENAT, _where(2, write, 0)),
        (_CLONE, _where(0, _CLONE_THREAD | _NAMESPACES, _CLONE_THREAD)),
        (_TGKILL, _where_one_of(0, os.getpid())),  # how abort() ends this process
        (_PRLIMIT64, _where(2, 0xFFFFFFFF, 0, _where(2, 0xFFFFFFFF, 0, high=True))),  # asks, and sets nothing
        (_FCNTL, _where_one_of(1, *_HARMLESS_FCNTL)),
        (_IOCTL, _where_one_of(1, _TERMINAL_SETTINGS, _CLOSE_ON_EXEC, _KEEP_ON_EXEC)),
        (_PRCTL, _where_one_of(0, _NAME_THREAD, _NAME_MEMORY)),
    ]
    for numbers, body in rules:
        if (number := numbers[column]) is not None:
            steps += [(_EQUAL, 0, len(body), number), *body]
    return [*steps, (_AT_LEAST, 0, 1, _NEW_CALLS), _refuse(errno.ENOSYS), _refuse(errno.EPERM)]


def _refuse(error: int) -> Step:
    return _RETURN, 0, 0, _ERRNO | error


def _argument(index: int, high: bool = False) -> Step:
    return _LOAD, 0, 0, 16 + 8 * index + 4 * high


def _where(index: int, mask: int, value: int, then: list[Step] | None = None, high: bool = False) -> list[Step]:
    """Allow (or go on to `then`) if the masked bits of an argument equal `value`."""
    then = then or [(_RETURN, 0, 0, _ALLOW)]
    return [_argument(index, high), (_AND, 0, 0, mask), (_EQUAL, 1, 0, value), _refuse(errno.EPERM), *then]


def _where_one_of(index: int, *values: int) -> list[Step]:
    """Allow if an argument is one of `values`."""
    tests = [step for value in values for step in ((_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ALLOW))]
    return [_argument(index), *tests, _refuse(errno.EPERM)]
