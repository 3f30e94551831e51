"""Check and convert values that come from a browser: Gradio checks neither their type nor their length."""

import json
from typing import Any

import gradio as gr

from i18n.chosen import LANGUAGE_COOKIE, chosen_language
from settings import Settings
from ui.session import Form


def text_of(value: Any) -> str:
    """Return `value` if it is a str, else ""."""
    return value if isinstance(value, str) else ""


def number_of(value: Any) -> int:
    """Return an int, or the int that a str of digits stands for, else 0, which numbers nothing."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        return int(value)
    return value if type(value) is int else 0


def form_of(job: Any, pasted: Any, instruction: Any) -> Form:
    """Return the values of the page's three text boxes as a Form; whatever is not a str becomes ""."""
    return Form(text_of(job), text_of(pasted), text_of(instruction))


def typed_before(kept: Any, user: str) -> Form | None:
    """Return what `user` had typed when the page was left, from the JSON of server/connection.js; None if absent, invalid or not theirs."""
    try:
        values = json.loads(text_of(kept) or "{}")
        return form_of(*values["typed"]) if values["user"] == user else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def language_of(request: gr.Request, settings: Settings) -> str:
    """Return the language that the page of this request was served in."""
    kept, accepted = request.cookies.get(LANGUAGE_COOKIE, ""), request.headers.get("accept-language", "")
    return chosen_language(text_of(kept), text_of(accepted), settings.language, settings.follows_browser)
