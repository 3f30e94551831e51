"""Serve a hub on 127.0.0.1 that speaks as much of the Hugging Face and the ModelScope API as a download of a model needs."""

import hashlib
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class FakeHub:
    """Serves the files of one folder as any model that is asked for, unless the model's owner is "nobody".

    `stall_at`: the body of *.safetensors stops after so many bytes, with the connection left open; `break_at`: it is cut there, once.
    `damaged`: such files arrive with other bytes than the listing promises. `listed_size` overrides the size of such files in listings.
    """

    def __init__(self, folder: Path):
        self.files = {path.name: path.read_bytes() for path in folder.iterdir()}
        self.files["pytorch_model.bin"] = b"not wanted"
        self.digests = {name: hashlib.sha256(data).hexdigest() for name, data in self.files.items()}
        self.stall_at = self.break_at = 0
        self.damaged = False
        self.listed_size = 0
        self.served: list[tuple[str, int]] = []  # file name and first byte of each download
        self.sent = 0  # bytes of *.safetensors
        hub = self

        class Handler(_Handler):
            pass

        Handler.hub = hub
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def size(self, name: str) -> int:
        return self.listed_size if self.listed_size and name.endswith(".safetensors") else len(self.files[name])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer takes 40 ms longer
    hub: FakeHub

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET(body=False)

    def do_GET(self, body: bool = True) -> None:
        url = urlsplit(self.path)
        if url.path.split("/")[-1].startswith("nobody") or "/nobody/" in url.path:
            return self._json(404, {"error": "no such model"})
        if re.fullmatch(r"/api/models/[^/]+/[^/]+/revision/[^/]+", url.path):  # Hugging Face: which commit is a branch at
            siblings = [{"rfilename": name} for name in self.hub.files]
            return self._json(200, {"id": "x/y", "modelId": "x/y", "sha": COMMIT, "private": False, "tags": [], "siblings": siblings})
        if re.fullmatch(r"/api/models/[^/]+/[^/]+/tree/[^/]+", url.path):  # Hugging Face: the files of a commit
            return self._json(200, [self._hugging_face_entry(name) for name in self.hub.files])
        if re.fullmatch(r"/api/v1/models/[^/]+/[^/]+/repo/files", url.path):  # ModelScope: the files
            entries = [
                {"Name": name, "Path": name, "Type": "blob", "Size": self.hub.size(name), "Sha256": self.hub.digests[name]}
                for name in self.hub.files
            ]
            return self._json(200, {"Code": 200, "Success": True, "Data": {"Files": entries}})
        name = parse_qs(url.query).get("FilePath", [url.path.split("/")[-1]])[0]
        if ("/resolve/" in url.path or url.path.endswith("/repo")) and name in self.hub.files:
            return self._file(name, body)
        return self._json(404, {"error": "not found"})

    def _hugging_face_entry(self, name: str) -> dict:
        size, digest = self.hub.size(name), self.hub.digests[name]
        entry = {"type": "file", "path": name, "size": size, "oid": digest[:40]}
        return {**entry, "lfs": {"oid": digest, "size": size, "pointerSize": 130}} if name.endswith(".safetensors") else entry

    def _json(self, status: int, content: object) -> None:
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def _file(self, name: str, body: bool) -> None:
        hub, weights = self.hub, name.endswith(".safetensors")
        data = hub.files[name]
        if hub.damaged and weights:
            data = data[:-1] + bytes([data[-1] ^ 1])
        first, last = 0, len(data) - 1
        if wanted := re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", "")):
            first = int(wanted[1])
            last = min(last, int(wanted[2] or last))
        self.send_response(206 if wanted else 200)
        if wanted:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Content-Length", str(last - first + 1))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("ETag", f'"{hub.digests[name] if weights else hub.digests[name][:40]}"')
        pinned = re.search(r"/resolve/([0-9a-f]{40})/", self.path)
        self.send_header("X-Repo-Commit", pinned[1] if pinned else COMMIT)
        self.send_header("X-Linked-Size", str(hub.size(name)))
        self.end_headers()
        if not body:
            return
        hub.served.append((name, first))
        if not weights:
            self.wfile.write(data[first : last + 1])
            return
        stop = last + 1
        if hub.stall_at:
            stop = hub.stall_at
        elif hub.break_at:
            stop, hub.break_at = hub.break_at, 0
        for start in range(first, stop, 65_536):
            piece = data[start : min(start + 65_536, stop)]
            self.wfile.write(piece)
            hub.sent += len(piece)
        if stop <= last:
            self.wfile.flush()
            while hub.stall_at:
                time.sleep(0.02)
            self.close_connection = True
