"""Check and convert values that come from a browser: Gradio checks neither their type nor their length."""

import json
from dataclasses import replace
from typing import Any

import gradio as gr

from i18n.chosen import LANGUAGE_COOKIE, chosen_language
from settings import Settings
from ui.session_parts import Form

_FIELDS = ("job", "pasted", "instruction")
"""Of a Form, in the order of connection.js."""


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


def typed_before(kept: Any, user: str, form: Form) -> Form | None:
    """Return what `user` had typed when the page was left, from the JSON of server/connection.js; None if absent, invalid or not theirs.

    A box that the page did not show, such as one under a tab that was never opened, keeps what `form` has of it.
    """
    try:
        values = json.loads(text_of(kept) or "{}")
        job, pasted, instruction = values["typed"]
        if values["user"] != user:
            return None
        typed = form_of(job, pasted, instruction)
        return replace(typed, **{name: getattr(form, name) for name in _FIELDS if values["typed"][_FIELDS.index(name)] is None})
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def language_of(request: gr.Request, settings: Settings) -> str:
    """Return the language that the page of this request was served in."""
    kept, accepted = request.cookies.get(LANGUAGE_COOKIE, ""), request.headers.get("accept-language", "")
    return chosen_language(text_of(kept), text_of(accepted), settings.language, settings.follows_browser)
