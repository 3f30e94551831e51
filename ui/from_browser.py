"""What comes from a browser: Gradio checks neither its type nor its length."""

from typing import Any


def text_of(value: Any) -> str:
    """It as text; "" for anything else."""
    return value if isinstance(value, str) else ""
