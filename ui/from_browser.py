"""What comes from a browser: Gradio checks neither its type nor its length."""

import json
from typing import Any

from ui.session import Form


def text_of(value: Any) -> str:
    """It as text; "" for anything else."""
    return value if isinstance(value, str) else ""


def form_of(job: Any, pasted: Any, instruction: Any) -> Form:
    """Return what is in the three boxes of the page."""
    return Form(text_of(job), text_of(pasted), text_of(instruction))


def typed_before(kept: Any, user: str) -> Form | None:
    """Return what `user` had in the boxes when the page was left, from the JSON of server/connection.js; None where that is nothing."""
    try:
        values = json.loads(text_of(kept) or "{}")
        return form_of(*values["typed"]) if values["user"] == user else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
