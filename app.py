"""Start the page: python app.py [flags]. Settings → port → page → model in the background → serve."""

import scripts.own_python  # noqa: F401  first: the imports below need our packages

# isort: split
import gc
import os
import shutil
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from i18n.arguments import RawHelp, parser_in
from i18n.console import fail, os_problem
from i18n.texts import LANGUAGES, Texts, texts
from server.late_patterns import compile_late_patterns, compiled_when_used
from server.listening import address_lines
from server.private_log import keep_values_out_of_the_log
from server.uploads import open_upload_folder
from service.port import listen, listening_problem
from settings import BadSetting, Settings, add_flags, asked_language, load_settings

if TYPE_CHECKING:
    import gradio as gr

    from feedback.store.retention import SweepResult
    from preprocess.guarded.sandbox import Protection


_COMMANDS = ("rank", "read", "user", "key", "doctor", "backup", "restore", "tune", "eval", "bundle")
"""Words behind ./start.sh that start another program than the page."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; return the exit code: 1 if the port or the model cannot be had, 2 if a setting cannot be used."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    words = texts(asked_language(arguments))
    parser = parser_in(words, "./start.sh", words("command.app"))
    parser.epilog, parser.formatter_class = words("command.app_commands"), RawHelp
    add_flags(parser, words)
    if arguments[:1] == ["help"]:
        parser.print_help()
        return 0
    if arguments and not arguments[0].startswith("-"):
        return fail(words("command.app_unknown", name=arguments[0], names=", ".join(_COMMANDS)), 2)
    try:
        settings = load_settings(vars(parser.parse_args(arguments)))
    except BadSetting as error:
        return fail(error.sentence(words), 2)
    if settings.model[:1] in ("/", ".", "~") and not Path(settings.model).expanduser().is_dir():
        from reranker.qwen3.checkpoint import DEFAULT_MODEL

        return fail(words("engine.no_such_model", model=settings.model, example=DEFAULT_MODEL), 1)
    try:
        listener = listen(settings)
    except OSError as error:
        return fail(listening_problem(settings, error, words), 1)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that the folder of uploads goes then too
    uploads = open_upload_folder()
    # Gradio reads these when it is imported. The last three would open this machine to others.
    os.environ.update(GRADIO_TEMP_DIR=str(uploads), GRADIO_ANALYTICS_ENABLED="False", HF_HUB_DISABLE_TELEMETRY="1")
    for name in ("GRADIO_SHARE", "GRADIO_MCP_SERVER", "GRADIO_VIBE_MODE"):
        os.environ.pop(name, None)
    try:
        return _serve(settings, listener, words, uploads)
    finally:
        shutil.rmtree(uploads, ignore_errors=True)


def _serve(settings: Settings, listener: socket.socket, words: Texts, uploads: Path) -> int:
    gc.disable()  # what is imported and built stays: looking through it again and again is a tenth of the start
    with compiled_when_used():  # imports stand where they are needed: a wrong flag must not wait seconds for them
        from server.auth.accounts import open_accounts
        from server.auth.keys import open_keys

    try:
        accounts, keys = open_accounts(settings), open_keys(settings)
    except BadSetting as error:
        return fail(error.sentence(words), 2)
    with compiled_when_used():
        from feedback.one_app import FolderInUse, claim
        from feedback.store.database import DamagedDatabase
        from feedback.store.migrations import NewerSchema
        from feedback.store.store import FILE_NAME, Store

    settings = replace(settings, auth="")  # nothing below is given a password
    for name in ("RERANKER_AUTH", "RERANKER_REMOTE_KEY"):
        os.environ.pop(name, None)
    try:
        claim(Path(settings.feedback), f"{settings.host}:{settings.port}")  # until this process ends
        store = Store(Path(settings.feedback) / FILE_NAME)
    except FolderInUse as error:
        return fail(words("start.second_app", folder=settings.feedback, address=error.address), 1)
    except OSError as error:
        return fail(f"--feedback {settings.feedback}: {os_problem(error, words)}", 1)
    except (NewerSchema, DamagedDatabase, sqlite3.Error) as error:
        return fail(f"--feedback {settings.feedback}: {error}", 1)
    from server.gradio_patches.fast_import import import_gradio

    import_gradio()
    with compiled_when_used():
        from feedback.store.page_sessions import runs_cut_off
        from feedback.store.retention import run_daily
        from preprocess.guarded.sandbox import protection
        from server.app import create_app, web_server
        from server.gradio_patches.one_app import without_own_app
        from service.access.access import Access
        from service.message import store_opened_lines
        from service.model import Model, open_in_background
        from service.original.show import Originals
        from service.pool.open import open_pool, pool_terms
        from service.watched.watch import Watch
        from ui.keeping import restored
        from ui.page import build_page, current_properties
        from ui.session_registry import SessionRegistry
        from ui.steps import forget
        from ui.theme import CSS, theme

    for line in store_opened_lines(store, words):
        _say(line)
    model = Model()
    access = Access(accounts.admins, settings.private_runs)
    again = partial(restored, store, access=access, started=time.time())
    registry = SessionRegistry(lambda session: forget(session.pile, session.run, model), again, access)
    watch = Watch(settings.watched, settings.retention_days, uploads)

    def page_in(language: str) -> "gr.Blocks":
        with without_own_app():
            return build_page(model, store, replace(settings, language=language), registry, access, watch)

    looks = {"theme": theme(), "css": CSS}
    parts = {
        "news": lambda user, tab: registry.news(user, tab) + watch.news,
        "originals": Originals(registry.run_of, store),
        "translations": {language: partial(page_in, language) for language in LANGUAGES if language != settings.language},
    }
    parts |= {"current": partial(current_properties, model, store)}
    server = web_server(create_app(page_in(settings.language), model, settings, accounts, keys, store, **looks, **parts), settings)
    hopeless = []

    def give_up() -> None:
        hopeless.append(True)
        server.should_exit = True

    for line in [*address_lines(settings, bool(accounts), words), *_weaknesses(protection(), words)]:
        _say(line)
    for folder in watch.folders:
        _say(words("start.watching" if folder.root.is_dir() else "start.not_watching", name=folder.name, path=folder.root))
    if cut_off := runs_cut_off(store):
        _say(words("start.cut_off", count=sum(cut_off.values()), users=", ".join(filter(None, cut_off)) or "–"))
    _tell_of_nobody(settings, words)
    watch.start()
    run_daily(store, settings.retention_days, lambda swept: _tell_swept(swept, words))
    open_pool(store, pool_terms(settings))
    gc.freeze()  # what stays, from now on left out
    gc.enable()
    open_in_background(model, settings, _say, give_up, compile_late_patterns)
    server.run(sockets=[listener])
    return 1 if hopeless or not server.started else 0


def _tell_swept(swept: "SweepResult", words: Texts) -> None:
    from feedback.store.retention import SHORTER

    if swept.held_back:
        _say(words("start.shorter" if swept.held_back == SHORTER else "start.held_back"))
    elif swept.candidates or swept.runs:
        _say(words("start.swept", runs=swept.runs, candidates=swept.candidates))


def _tell_of_nobody(settings: Settings, words: Texts) -> None:
    """Say how many rankings nobody can open, as they belong to no user."""
    from feedback.store.history import count_runs
    from feedback.store.store import FILE_NAME
    from server.auth.user_command import flags_of

    if settings.private_runs and (count := count_runs(Path(settings.feedback) / FILE_NAME, "")):
        _say(words("start.of_nobody", count=count, flags=flags_of(settings)))


def _weaknesses(sandbox: "Protection", words: Texts) -> list[str]:
    """Return a line if this system cannot sandbox the processes that read files, which a malicious file might take over."""
    if all(sandbox):
        return []
    key = "start.no_landlock" if sandbox.seccomp else "start.no_seccomp" if sandbox.landlock else "start.no_sandbox"
    return [words(key)]


def _say(line: str) -> None:
    print(line, flush=True)


def _run() -> int:
    """Serve and return the exit code, also if a signal ends the program."""
    keep_values_out_of_the_log()
    try:
        return main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    code = _run()
    from server.shutdown import end_process  # here, not above: its imports are those of the server, which a wrong flag need not wait for

    end_process(code)
