"""Send the page in the visitor's language from its first byte. Gradio builds a page once, with the words of one language."""

import json
import re
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

import gradio as gr
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from i18n.chosen import LANGUAGE_COOKIE, chosen_language
from settings import Settings

_CONFIG = re.compile(rb"(window\.gradio_config = )(.*?)(;</script>)", re.DOTALL)
_HTML_LANGUAGE = re.compile(rb'(<html\s+lang=)"en"')
_IN_SCRIPT = {character: f"\\u{ord(character):04x}" for character in "<>&'"}


def language_of(scope: Scope, settings: Settings) -> str:
    """Return the language for whoever sent this request."""
    headers = Headers(scope=scope)
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(LANGUAGE_COOKIE)
    except CookieError:
        cookie = None
    accepted = headers.get("accept-language", "")
    return chosen_language(cookie.value if cookie else "", accepted, settings.language, settings.follows_browser)


class PageLanguage:
    """ASGI middleware. `translations` are the same page built in the other languages: their components' properties replace the page's."""

    def __init__(self, app: ASGIApp, page: gr.Blocks, translations: Mapping[str, gr.Blocks], settings: Settings):
        self._app, self._settings = app, settings
        self._titles = {language: other.title for language, other in translations.items()}
        self._properties = {language: _properties(page, other) for language, other in translations.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on; the page itself is held back until it is whole."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            return await self._app(scope, receive, send)
        language = language_of(scope, self._settings)
        start: Message = {}
        page = bytearray()

        async def translated(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            page.extend(message.get("body", b""))
            if not message.get("more_body"):
                body = self._in(language, bytes(page))
                headers = MutableHeaders(raw=start["headers"])
                headers["Content-Length"] = str(len(body))
                await send({**start, "headers": headers.raw})
                await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, translated)

    def _in(self, language: str, page: bytes) -> bytes:
        page = _HTML_LANGUAGE.sub(rb'\1"zh-CN"' if language == "zh" else rb'\1"en"', page, count=1)
        if not (properties := self._properties.get(language)):
            return page
        return _CONFIG.sub(lambda found: found[1] + self._config(language, properties, found[2]) + found[3], page, count=1)

    def _config(self, language: str, properties: Mapping[int, Any], written: bytes) -> bytes:
        config = json.loads(written)
        config["title"] = self._titles[language]
        for component in config["components"]:
            component["props"] = properties.get(component["id"], component["props"])
        script = json.dumps(config, ensure_ascii=False, separators=(",", ":"))
        return script.translate(str.maketrans(_IN_SCRIPT)).encode()


def _properties(page: gr.Blocks, other: gr.Blocks) -> dict[int, Any]:
    """Return the properties of the other page's components by the id of the same component of this page."""
    pairs = zip(page.config["components"], other.config["components"], strict=True)
    return {component["id"]: translation["props"] for component, translation in pairs if component["props"] != translation["props"]}
