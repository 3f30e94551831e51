"""Fork programs from this process. python -m tests.warm.template, with a listening socket as descriptor 0.

Each message on a connection is a job as JSON, with the descriptors for its control socket, output and errors. The control socket gets the
number of the new process, and its exit code when it has ended. Ends when all test processes that are connected to it have ended.
"""

import atexit
import contextlib
import gc
import json
import os
import runpy
import signal
import socket
import struct
import sys
import tempfile
import threading
import traceback
from selectors import EVENT_READ, DefaultSelector
from typing import Any

NUMBER = struct.Struct("!i")
MAX_JOB = 1 << 17


def main() -> None:
    """Import what the programs need, then fork one for each job."""
    _warm_up()
    gc.freeze()  # what the forked processes share with this one instead of copying it
    server = socket.socket(fileno=0)
    wakeup_read, wakeup_write = socket.socketpair()
    wakeup_read.setblocking(False)
    wakeup_write.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.set_wakeup_fd(wakeup_write.fileno(), warn_on_full_buffer=False)
    selector = DefaultSelector()
    selector.register(server, EVENT_READ)
    selector.register(wakeup_read, EVENT_READ)
    controls: dict[int, socket.socket] = {}
    connections: set[socket.socket] = set()
    while True:
        for key, _ in selector.select():
            if key.fileobj is server:
                connection, _ = server.accept()
                connections.add(connection)
                selector.register(connection, EVENT_READ)
            elif isinstance(key.fileobj, socket.socket) and key.fileobj in connections:
                message, descriptors, _, _ = socket.recv_fds(key.fileobj, MAX_JOB, 3)
                if message:
                    _fork(json.loads(message), descriptors, controls)
                    continue
                selector.unregister(key.fileobj)
                connections.remove(key.fileobj)
                key.fileobj.close()
                if not connections:
                    return
            else:
                with contextlib.suppress(BlockingIOError):
                    while wakeup_read.recv(4096):
                        pass
                _reap(controls)


def _warm_up() -> None:
    """Import all that the programs import, and rank somebody, so that tables are compiled and models loaded."""
    from server.gradio_patches.fast_import import import_gradio

    import_gradio()
    import cli  # noqa: F401
    import server.app  # noqa: F401
    import ui.page  # noqa: F401
    from preprocess.document import Resume
    from reranker.embedded.engine import EmbeddedEngine
    from reranker.engine import Query
    from reranker.judge.judge import Judge
    from reranker.ranking import rank
    from reranker.warm_up import JOB, RESUME, warm_up

    judge = Judge()
    warm_up(judge)
    rank(Query(JOB, ""), [Resume("id", "name", RESUME)], EmbeddedEngine(judge), judge)
    for name in list(sys.modules):  # these read the environment when they are imported, and that is each program's own
        if name.partition(".")[0] in ("gradio", "ui", "server", "cli"):
            del sys.modules[name]


def _fork(job: dict[str, Any], descriptors: list[int], controls: dict[int, socket.socket]) -> None:
    control, output, errors = descriptors
    pid = os.fork()
    if not pid:
        _be_program(job, output, errors)
    os.close(output)
    os.close(errors)
    controls[pid] = socket.socket(fileno=control)
    controls[pid].send(NUMBER.pack(pid))


def _reap(controls: dict[int, socket.socket]) -> None:
    while controls:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        with controls.pop(pid) as control, contextlib.suppress(OSError):
            control.send(NUMBER.pack(os.waitstatus_to_exitcode(status)))


def _be_program(job: dict[str, Any], output: int, errors: int) -> None:
    """Become the program in the forked process, as `python PROGRAM ARGUMENTS` would, and exit without returning."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(errors, 2)
        os.closerange(3, 1 << 10)
        os.environ.clear()
        os.environ.update(job["environment"])
        os.chdir(job["folder"])
        sys.argv = [job["program"], *job["arguments"]]
        tempfile.tempdir = None
        sys.path[0] = job["folder"]
        try:
            runpy.run_path(f"{job['folder']}/{job['program']}", run_name="__main__")
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        threading._shutdown()  # pyright: ignore[reportAttributeAccessIssue]
        atexit._run_exitfuncs()
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
