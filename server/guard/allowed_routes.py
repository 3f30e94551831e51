"""The allow-list of routes. Gradio brings some seventy, the page needs these; all others do not exist."""

import re

OPEN = re.compile(r"/healthz|/login|/logout")
"""Open to everyone, since they are needed before signing in. Nothing else is."""

KEPT_BY_BROWSER = re.compile(r"/assets/[^/]+")
"""Files whose names change with their content."""

GRADIO = "/gradio_api"
UPLOAD, PROGRESS, JOIN, CANCEL, STREAM = (
    f"{GRADIO}/{name}" for name in ("upload", "upload_progress", "queue/join", "cancel", "queue/data")
)
ALIVE = "/alive"
"""Requested by open pages every few seconds; see connection.js."""

HEARTBEAT = re.compile(rf"{GRADIO}/heartbeat/([^/]+)")

ORIGINAL = re.compile(r"/original/[0-9a-f]{64}/[0-9a-f]{64}(?:/(?:file|[0-9]{1,2}))?")
"""A resume and a file of it; see originals.py."""

_SERVED = (
    ("GET", OPEN),
    ("POST", re.compile("/login")),
    ("GET", re.compile(f"{ALIVE}|{GRADIO}/app_id")),
    ("GET", re.compile("/|/config|/theme.css|/favicon.ico")),
    ("GET", KEPT_BY_BROWSER),
    ("GET", re.compile(rf"{STREAM}|{PROGRESS}")),
    ("GET", HEARTBEAT),
    ("GET", ORIGINAL),
    ("POST", re.compile(rf"{UPLOAD}|{JOIN}|{CANCEL}|{GRADIO}/reset")),
)


def is_served(method: str, path: str) -> bool:
    """Return whether a request of this method and path is allowed; HEAD counts as GET."""
    wanted = "GET" if method == "HEAD" else method
    return any(wanted == allowed and served.fullmatch(path) for allowed, served in _SERVED)
