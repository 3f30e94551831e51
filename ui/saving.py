"""Save a file from the server to the browser's downloads through a hidden text box: no copy is left on the server's disk."""

import base64
import json
from datetime import datetime
from typing import Any

import gradio as gr

from ui.html.templates import script

_SAVE = script("save")


def as_file(data: bytes, name: str, suffix: str, kind: str) -> str:
    """Return the file as JSON with base64 data. `kind` is its MIME type: the browser opens HTML to be printed, and saves anything else."""
    name = f"{name}-{datetime.now():%Y%m%d-%H%M%S}.{suffix}"
    return json.dumps({"name": name, "type": kind, "data": base64.b64encode(data).decode("ascii")})


def then_save(event: Any, file: gr.Textbox, quiet: dict[str, Any]) -> None:
    """Let the browser save the `file` after `event`, which has put the result of `as_file` into it; "" saves nothing."""
    event.then(None, file, file, js=_SAVE, **quiet)
