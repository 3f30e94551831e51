"""Serve an app under a sub-path by a small reverse proxy, and nothing beside it."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@contextmanager
def proxy(address: str, root: str, takes_away: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield the proxy's address and the paths that were asked for outside of `root`, which it does not have.

    `takes_away`: it passes paths on without `root`, as nginx does when proxy_pass ends with a slash.
    """
    strays: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not f"{self.path}/".startswith(f"{root}/"):
                strays.append(self.path)
                return self.send_error(404)
            passed = self.path.removeprefix(root) or "/" if takes_away and self.path != root else self.path
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            backend = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
            backend.request(self.command, passed, body or None, {**self.headers, "Connection": "close"})
            answer = backend.getresponse()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("connection", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                while piece := answer.read1(65536):
                    self.wfile.write(piece)
            except OSError:  # the browser has gone
                pass
            finally:
                backend.close()

        do_POST = do_GET  # noqa: N815  a name of the standard library

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", strays
        finally:
            server.shutdown()
            thread.join()
