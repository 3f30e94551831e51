"""Choose the language of a page for whoever asks for it."""

from i18n.texts import LANGUAGES

LANGUAGE_COOKIE = "rr-language"
"""Keeps the language that a person switched to; written by ui/scripts/language.js."""


def chosen_language(kept: str, accepted: str, default: str, follows_browser: bool) -> str:
    """Return the language that the person switched to (`kept`), else what their browser prefers if that counts, else the default.

    `accepted` is the header Accept-Language. Both come from the browser and may be anything.
    """
    if kept in LANGUAGES:
        return kept
    return (follows_browser and _preferred(accepted)) or default


def _preferred(accepted: str) -> str:
    """Return the one of our languages that the header Accept-Language likes best; "" if it names none."""
    best, weight = "", 0.0
    for part in accepted[:1000].split(","):
        tag, _, quality = part.strip().partition(";q=")
        language = tag.split("-")[0].lower()
        try:
            liked = float(quality or 1)
        except ValueError:
            continue
        if language in LANGUAGES and liked > weight:
            best, weight = language, liked
    return best
