"""Fork guarded readers from a process that has imported the parsers once, and knows nothing of the server or of any file.

Starting Python and importing a parser takes ten times as long as reading an ordinary file; forking takes milliseconds. Descriptor 0 is a
socket to the server. Each byte on it brings the descriptors of one job: the worker's socket, a control socket that reports the worker's
exit code (and on which the server asks to kill it), and perhaps the file. Only the worker reads the job, so nothing of one file is ever
in the memory that later workers get. Ends with the server. python -m preprocess.guarded.fork_server
"""

import gc
import os
import signal
import socket
import struct
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector

from preprocess.guarded.readers import READERS
from preprocess.guarded.worker import work

ENDED = struct.Struct("!i")
"""A worker's exit code, negative for the signal that ended it."""

NOT_FORKED = -1000
"""Sent in place of an exit code when the fork failed."""

_MAX_FDS = 1 << 16


def main() -> None:
    """Fork a worker for each job until the server closes the socket."""
    for reader in READERS.values():
        if reader.forks:
            reader.function()
    gc.freeze()  # memory that workers share with this process instead of copying it
    server = socket.socket(fileno=0)
    wakeup_read, wakeup_write = socket.socketpair()
    for end in (wakeup_read, wakeup_write):
        end.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.set_wakeup_fd(wakeup_write.fileno(), warn_on_full_buffer=False)
    selector = DefaultSelector()
    selector.register(server, EVENT_READ)
    selector.register(wakeup_read, EVENT_READ)
    workers: dict[int, socket.socket] = {}
    try:
        while True:
            for key, _ in selector.select():
                if key.fileobj is server:
                    message, descriptors, _, _ = socket.recv_fds(server, 1, 3)
                    if not message:
                        return
                    _fork(descriptors, workers, selector)
                elif key.fileobj is wakeup_read:
                    with suppress(BlockingIOError):
                        while wakeup_read.recv(4096):
                            pass
                    _reap(workers, selector)
                elif workers.get(key.data) is key.fileobj:  # the server asks to kill it, or has closed its end
                    selector.unregister(key.fileobj)
                    os.kill(key.data, signal.SIGKILL)  # not reaped yet, so the number is still its own
    finally:
        os.killpg(0, signal.SIGKILL)  # this process and all workers, which are of its group


def _fork(descriptors: list[int], workers: dict[int, socket.socket], selector: DefaultSelector) -> None:
    channel, control, *file = descriptors
    try:
        pid = os.fork()
    except OSError:
        with suppress(OSError):
            os.write(control, ENDED.pack(NOT_FORKED))
        for descriptor in descriptors:
            os.close(descriptor)
        return
    if not pid:
        _be_worker(channel, file)
    for descriptor in (channel, *file):
        os.close(descriptor)
    workers[pid] = socket.socket(fileno=control)
    selector.register(workers[pid], EVENT_READ, pid)


def _be_worker(channel: int, file: list[int]) -> None:
    """In the forked process: keep the job's descriptors only, do the job, and exit without returning."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(file[0] if file else os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(channel, 1)
        os.closerange(3, min(os.sysconf("SC_OPEN_MAX"), _MAX_FDS))
        work()
        code = 0
    finally:
        os._exit(code)


def _reap(workers: dict[int, socket.socket], selector: DefaultSelector) -> None:
    while workers:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        with workers.pop(pid) as control:
            with suppress(KeyError):  # it was killed on demand
                selector.unregister(control)
            with suppress(OSError):
                control.send(ENDED.pack(os.waitstatus_to_exitcode(status)))


if __name__ == "__main__":
    main()
