"""What is served at all. Gradio brings some seventy routes, the page needs these; whatever is not listed does not exist for anyone."""

import re

OPEN = re.compile(r"/healthz|/login|/logout")
"""Open to everyone, since they are needed before one has signed in. Nothing else is."""

KEPT_BY_BROWSER = re.compile(r"/assets/[^/]+")
"""Files whose names change with their content."""

GRADIO = "/gradio_api"
UPLOAD, PROGRESS, JOIN, CANCEL, STREAM = (
    f"{GRADIO}/{name}" for name in ("upload", "upload_progress", "queue/join", "cancel", "queue/data")
)
ALIVE = "/alive"
"""Asked by open pages every few seconds; see connection.js."""

HEARTBEAT = re.compile(rf"{GRADIO}/heartbeat/([^/]+)")

_SERVED = (
    ("GET", OPEN),
    ("POST", re.compile("/login")),
    ("GET", re.compile(f"{ALIVE}|{GRADIO}/app_id")),
    ("GET", re.compile("/|/config|/theme.css|/favicon.ico|/static/js/[^/]+")),
    ("GET", KEPT_BY_BROWSER),
    ("GET", re.compile(rf"{STREAM}|{PROGRESS}")),
    ("GET", HEARTBEAT),
    ("POST", re.compile(rf"{UPLOAD}|{JOIN}|{CANCEL}|{GRADIO}/reset")),
)


def is_served(method: str, path: str) -> bool:
    """Whether a request of this method and path is answered at all; HEAD counts as GET."""
    wanted = "GET" if method == "HEAD" else method
    return any(wanted == allowed and served.fullmatch(path) for allowed, served in _SERVED)
