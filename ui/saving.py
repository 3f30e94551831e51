"""A file from the server to the person's downloads, by way of a hidden text: none is left on this machine for others to find."""

import base64
import json
from datetime import datetime
from typing import Any

import gradio as gr

from ui.script import script

_SAVE = script("save")


def as_file(data: bytes, name: str, suffix: str, kind: str) -> str:
    """The file as text. `kind` is its MIME type; HTML is opened to be printed, everything else saved."""
    name = f"{name}-{datetime.now():%Y%m%d-%H%M%S}.{suffix}"
    return json.dumps({"name": name, "type": kind, "data": base64.b64encode(data).decode("ascii")})


def then_save(event: Any, file: gr.Textbox, quiet: dict[str, Any]) -> None:
    """After the event, which has put what `as_file` gave into the hidden `file`, the browser saves it; "" saves nothing."""
    event.then(None, file, file, js=_SAVE, **quiet)
