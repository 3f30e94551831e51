"""Start the page: python app.py [flags]. Settings → port → page → model in the background → serve."""

import argparse
import os
import shutil
import signal
import socket
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from server.private_log import keep_values_out_of_the_log
from server.upload_folder import open_upload_folder
from settings import BadSetting, Settings, add_flags, load_settings

if TYPE_CHECKING:
    from feedback.store.retention import SweepResult
    from preprocess.guarded.sandbox import Protection


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; return the exit code: 1 if the port or the model cannot be had, 2 if a setting cannot be used."""
    parser = argparse.ArgumentParser(prog="./start.sh", description="Rank resumes against a job description, in the browser.")
    add_flags(parser)
    try:
        settings = load_settings(vars(parser.parse_args(arguments)))
    except BadSetting as error:
        return _fail(str(error), 2)
    try:
        listener = _listen(settings)
    except OSError as error:
        return _fail(f"Cannot listen on {settings.host}:{settings.port}: {error.strerror}. Try another one: --port {settings.port + 1}", 1)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that the folder of uploads goes then too
    uploads = open_upload_folder()
    # Gradio reads these when it is imported. The last three would open this machine to others.
    os.environ.update(GRADIO_TEMP_DIR=str(uploads), GRADIO_ANALYTICS_ENABLED="False", HF_HUB_DISABLE_TELEMETRY="1")
    for name in ("GRADIO_SHARE", "GRADIO_MCP_SERVER", "GRADIO_VIBE_MODE"):
        os.environ.pop(name, None)
    try:
        return _serve(settings, listener)
    finally:
        shutil.rmtree(uploads, ignore_errors=True)


def _serve(settings: Settings, listener: socket.socket) -> int:
    from server.auth.accounts import open_accounts  # imports stand where they are needed: a wrong flag must not wait seconds for them

    try:
        accounts = open_accounts(settings)
    except BadSetting as error:
        return _fail(str(error), 2)
    from feedback.store.database import DamagedDatabase
    from feedback.store.migrations import NewerSchema
    from feedback.store.store import FILE_NAME, Store

    settings = replace(settings, auth="")  # nothing below is given a password
    os.environ.pop("RERANKER_AUTH", None)
    try:
        store = Store(Path(settings.feedback) / FILE_NAME)
    except (NewerSchema, DamagedDatabase, OSError, sqlite3.Error) as error:
        return _fail(f"--feedback {settings.feedback}: {error}", 1)
    from server.gradio_patches.fast_import import import_gradio

    import_gradio()
    from feedback.store.retention import run_daily
    from i18n.texts import texts
    from preprocess.guarded.sandbox import protection
    from server.app import create_app, web_server
    from service.message import store_damaged_line
    from service.model import Model, open_in_background
    from service.original.show import Originals
    from ui.keeping import restored
    from ui.page import build_page
    from ui.session_registry import SessionRegistry
    from ui.steps import forget
    from ui.theme import CSS, theme

    if store.damaged:
        _say(store_damaged_line(store, texts("en")))
    model = Model()
    registry = SessionRegistry(lambda session: forget(session, model), partial(restored, store))
    page = build_page(model, store, settings, registry)
    originals = Originals(registry.run_of, store)
    web_app = create_app(page, model, settings, accounts, theme=theme(), css=CSS, news=registry.news, originals=originals)
    server = web_server(web_app, settings)
    hopeless = []

    def give_up() -> None:
        hopeless.append(True)
        server.should_exit = True

    for line in [*_addresses(settings, bool(accounts)), *_weaknesses(protection())]:
        _say(line)
    run_daily(store, settings.retention_days, _tell_swept)
    open_in_background(model, settings, _say, give_up)
    server.run(sockets=[listener])
    return 1 if hopeless or not server.started else 0


def _tell_swept(swept: "SweepResult") -> None:
    if swept.held_back:
        _say("Old data was not deleted: the date is far from that of the last time. If it is right, press the button under Data and audit.")
    elif swept.candidates or swept.runs:
        _say(f"Retention: {swept.runs} rankings and the data of {swept.candidates} candidates were deleted.")


def _listen(settings: Settings) -> socket.socket:
    """Open the port before anything slow is done. Raise OSError if it is taken."""
    family, _, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
    return socket.create_server(address[:2], family=family)


def _addresses(settings: Settings, has_login: bool) -> list[str]:
    """Return lines with the page's addresses on this machine and in its network, and a warning if it is open to all without a password."""
    open_to_all = settings.host in ("0.0.0.0", "::")
    lines = [f"Server started at http://{'localhost' if open_to_all else settings.host}:{settings.port}"]
    if open_to_all:
        addresses = [one.address for card in psutil.net_if_addrs().values() for one in card if one.family == socket.AF_INET]
        lines += [f"In your network:   http://{address}:{settings.port}" for address in addresses if not address.startswith("127.")]
        if not has_login:
            lines.append(
                "No password is set: everyone in your network can open the page. --auth user:password sets one; --host 127.0.0.1 closes it."
            )
    return lines


def _weaknesses(sandbox: "Protection") -> list[str]:
    """Return a line if this system cannot sandbox the processes that read files, which a malicious file might take over."""
    from i18n.texts import texts

    if all(sandbox):
        return []
    key = "start.no_landlock" if sandbox.seccomp else "start.no_seccomp" if sandbox.landlock else "start.no_sandbox"
    return [texts("en")(key)]


def _say(line: str) -> None:
    print(line, flush=True)


def _fail(line: str, code: int) -> int:
    print(line, file=sys.stderr)
    return code


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
