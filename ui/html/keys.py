"""Render the list of the page's keys and terms, which ? opens; scripts/keys.js handles them."""

from markupsafe import Markup

from i18n.texts import Texts
from ui.html.templates import rendered

KEYS = (
    ("Ctrl+Enter", "rank"),
    ("J ↓", "down"),
    ("K ↑", "up"),
    ("Enter", "open"),
    ("1 2 3", "label"),
    ("Esc", "close_candidate"),
    ("?", "help"),
)
"""The keys as they are shown, and the name of what they do among the texts of [keys]."""


TERMS = ("verdicts", "band", "labels", "statuses", "lifts")
"""Terms of the list that the same dialog explains, a line each."""


def keys_html(words: Texts) -> Markup:
    """Return the button that opens the list of keys and of terms, and the list."""
    return rendered("keys", words=words, keys=KEYS, terms=TERMS)
