"""Choose the language of an answer by its request: what the person switched to, else what the browser prefers, else the setting."""

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.types import Scope

from i18n.chosen import LANGUAGE_COOKIE, chosen_language
from i18n.texts import Texts, texts
from settings import Settings

WordsOf = Callable[[Scope], Texts]
"""Returns the texts in the language of whoever sent a request."""


def language_of(scope: Scope, settings: Settings) -> str:
    """Return the language for whoever sent this request."""
    headers = Headers(scope=scope)
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(LANGUAGE_COOKIE)
    except CookieError:
        cookie = None
    accepted = headers.get("accept-language", "")
    return chosen_language(cookie.value if cookie else "", accepted, settings.language, settings.follows_browser)


def words_of(scope: Scope, settings: Settings) -> Texts:
    """Return the texts in the language of whoever sent this request."""
    return texts(language_of(scope, settings))
