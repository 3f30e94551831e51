"""Keep data out of the log: of an error only its type and stack (file, line, function), of a library's message only where it was logged.

The message of an error quotes what it was about, and that may be a resume. All ways to the console are covered: logging, tracebacks that
libraries print, warnings, `print` in libraries, and uncaught errors. This program's own messages stay as they are.
"""

import builtins
import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

_OWN = f"{Path(__file__).parents[1]}/"
_LIBRARIES = ("/site-packages/", "/dist-packages/")
_PRIVATE_ALREADY = (traceback.__file__, warnings.__file__, logging.__file__)


def keep_values_out_of_the_log() -> None:
    """Install the filters for the rest of this process."""
    logging.setLogRecordFactory(_record)
    traceback.TracebackException.format = _format  # pyright: ignore[reportAttributeAccessIssue]
    traceback.TracebackException.format_exception_only = _only_type  # pyright: ignore[reportAttributeAccessIssue]
    warnings.showwarning = _show_warning
    builtins.print = _printed(builtins.print)  # pyright: ignore[reportAttributeAccessIssue]
    sys.excepthook = lambda kind, error, trace: _tell("Not caught:", error)
    threading.excepthook = _tell_of_thread
    sys.unraisablehook = lambda failed: _tell("Not raised:", failed.exc_value)


def _is_own(file: str) -> bool:
    return file.startswith(_OWN) and not any(part in file for part in _LIBRARIES)


def _record(
    name: str, level: int, file: str, line: int, message: object, args: Any, info: Any, func: str | None = None, sinfo: Any = None, **_: Any
) -> logging.LogRecord:
    """Return a log record; of a library's only its place is kept, of an error among the arguments only its type."""
    if not _is_own(file):
        message, args = "at %s:%s", (file, line)
    elif isinstance(args, tuple):
        args = tuple(type(value).__name__ if isinstance(value, BaseException) else value for value in args)
    return logging.LogRecord(name, level, file, line, message, args, info, func, sinfo)


def _format(self: traceback.TracebackException, *, chain: bool = True, **_: Any) -> Iterator[str]:
    """Yield the lines of an error and of its causes, causes first."""
    errors: list[traceback.TracebackException] = []
    behind: traceback.TracebackException | None = self
    while behind is not None:
        errors.append(behind)
        behind = (behind.__cause__ or (None if behind.__suppress_context__ else behind.__context__)) if chain else None
    for error in reversed(errors):
        yield "Traceback (most recent call last):\n"
        for frame in error.stack:
            yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}\n'
        yield from _only_type(error)
        for part in error.exceptions or ():
            yield from _format(part)


def _only_type(self: traceback.TracebackException, **_: Any) -> Iterator[str]:
    kind = self.exc_type
    yield f"{kind.__module__}.{kind.__qualname__}\n".removeprefix("builtins.") if kind else "an error\n"


def _show_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, file: TextIO | None = None, line: str | None = None
) -> None:
    _say(f"{category.__name__} at {filename}:{lineno}")


def _printed(real: Any) -> Any:
    """Replacement of `print` that, for a library, prints only the place of the call."""

    def print_(*values: object, **options: Any) -> None:
        code = sys._getframe(1).f_code
        is_console = options.get("file") in (None, sys.stdout, sys.stderr)
        if is_console and not _is_own(code.co_filename) and code.co_filename not in _PRIVATE_ALREADY:
            return _say(f"{code.co_filename}:{code.co_firstlineno} ({code.co_name}) had something to print")
        real(*values, **options)

    return print_


def _tell_of_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_type is not SystemExit:
        _tell("Not caught in a thread:", failed.exc_value)


def _tell(what: str, error: BaseException | None) -> None:
    _say(what)
    if error is not None:
        traceback.print_exception(error)


def _say(line: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"{line}\n")
