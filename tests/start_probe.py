"""Run as a program: start the page, and as soon as it has answered print as JSON what that took.  python -m tests.start_probe FOLDER"""

import gc
import json
import os
import socket
import sys
import threading
import time

import httpx
from fastapi import FastAPI

_LOOK_SECONDS = 0.05
_applications: list[str] = []
_packages: set[str] = set()


class _Noting:
    """Stands before what finds modules and notes the packages of all that are imported, but for those that the model needs."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Find nothing."""
        if threading.current_thread().name != "model":
            _packages.add(name.partition(".")[0])


def main(folder: str) -> None:
    """Start the page with its data in this folder."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    _note_applications()
    sys.meta_path.insert(0, _Noting())  # pyright: ignore[reportArgumentType]
    output = os.dup(1)
    os.dup2(2, 1)  # what the app says is not what this says
    import app  # all that it imports is noted

    threading.Thread(target=_ask, args=(f"http://127.0.0.1:{port}/", output), daemon=True).start()
    app.main(["--model", "embedded", "--offline", "--host", "127.0.0.1", "--port", str(port), "--feedback", folder])


def _note_applications() -> None:
    make = FastAPI.__init__

    def noted(self: FastAPI, *arguments, **keywords) -> None:
        _applications.append(type(self).__module__)
        make(self, *arguments, **keywords)

    FastAPI.__init__ = noted


def _ask(address: str, output: int) -> None:
    with httpx.Client(trust_env=False, timeout=60) as client:
        while True:
            try:
                answer = client.get(address)
                break
            except httpx.ConnectError:
                time.sleep(_LOOK_SECONDS)
        from i18n.texts import texts
        from server.late_patterns import _late

        told = {
            "status": answer.status_code,
            "packages": sorted(_packages),
            "patterns": len(_late),
            "compiled": sum("match" in vars(pattern) for pattern in _late),
            "gradio_applications": _applications.count("gradio.routes"),
            "languages": texts.cache_info().currsize,
            "collects": gc.isenabled(),
            "frozen": gc.get_freeze_count(),
        }
        told["english"] = "Job description" in client.get(address, headers={"Accept-Language": "en"}).text
    os.write(output, json.dumps(told).encode())
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
