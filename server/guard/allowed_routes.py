"""List the routes that are allowed. Gradio brings some seventy, the page needs these; all others do not exist."""

import re

PROBES = re.compile(r"/healthz|/readyz")
OPEN = re.compile(rf"{PROBES.pattern}|/login|/logout")
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

API = re.compile(r"/v[12](?:/.*)?|(?:/infinity)?/rerank|/metrics|/healthz|/readyz")
"""Paths of the API, whether they exist or not; the rest is the page's."""

RERANK = re.compile(r"(?:/v1|/v2|/v1/v2|/infinity)?/rerank")
"""The fourth is what the client `cohere` makes of an address that ends in /v1, the last is for clients of infinity."""

API_FILES = re.compile(r"/v1/(?:rank|read)")
"""May bring files, as the page's upload may."""

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
    ("GET", re.compile(rf"{PROBES.pattern}|/metrics|/v1/(?:models|docs|openapi\.json)")),
    ("POST", re.compile(rf"{RERANK.pattern}|{API_FILES.pattern}")),
)


def is_served(method: str, path: str) -> bool:
    """Return whether a request of this method and path is allowed; HEAD counts as GET."""
    wanted = "GET" if method == "HEAD" else method
    return any(wanted == allowed and served.fullmatch(path) for allowed, served in _SERVED)
