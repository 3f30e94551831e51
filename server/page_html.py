"""Finish the page that Gradio has written: in the visitor's language, with what is known by now and our style sheet, from its first byte.

Gradio builds a page once, with the words of one language and before the model is there. What comes later by an event moves the page under
the reader's eyes.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import gradio as gr
from jinja2 import Environment
from starlette.types import ASGIApp, Receive, Scope, Send

from server.gradio_patches.first_files import first_links
from server.language import language_of
from server.whole_answer import send_changed, whole_answer
from settings import Settings

_LINKS = Environment(autoescape=True).from_string((Path(__file__).parent / "page_links.html").read_text("utf-8"))
_CONFIG = re.compile(rb"(window\.gradio_config = )(.*?)(;</script>)", re.DOTALL)
_HTML_LANGUAGE = re.compile(rb'(<html\s+lang=)"en"')
_USER = re.compile(rb'("username":\s*)"(?:[^"\\]|\\.)*"')
"""Gradio writes the user's name into its settings, where nothing reads it: without it the page is the same for all."""

_IN_SCRIPT = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&'"})
_MANIFEST = re.compile(rb'<link rel="manifest"[^<>]*>')
"""Gradio's page names a manifest, for an app that can be installed, and does not serve it: browsers would report an error."""

_IN_FRAME = re.compile(rb"<script>((?!</script>).)*iframeResizer\.contentWindow((?!</script>).)*</script>", re.DOTALL)
"""The loader of a script for pages inside the frame of another page, which the policy forbids."""

Properties = Mapping[str, Any]

_KEPT = 8
"""So many finished pages are kept, of 0.4 MB each: one for each language and address that the server is called by. Reading and writing one
takes as long as all else that a visit costs.
"""


@dataclass(frozen=True)
class _Translation:
    """The page in another language: its title, and by their ids the properties of the components in which it differs."""

    title: str
    properties: Mapping[int, Any]


class PageHtml:
    """ASGI middleware. `translations` build the same page in the other languages: their components' properties replace the page's. Each is
    built when somebody first asks for it, which takes a tenth of a second.

    `current` returns, for a language, by elem_id the properties that have changed since the page was built; `sheet` is the address of
    the style sheet.
    """

    def __init__(
        self,
        app: ASGIApp,
        page: gr.Blocks,
        translations: Mapping[str, Callable[[], gr.Blocks]],
        current: Callable[[str], Mapping[str, Properties]],
        sheet: str,
        settings: Settings,
    ):
        self._app, self._current, self._settings = app, current, settings
        self._sheet = _links([("stylesheet", f".{sheet}")]) + b"</body>"  # after Gradio's: of equal rules the later one wins
        self._head = _links(first_links()) + b"</head>"
        self._page, self._translations = page, translations
        self._translated: dict[str, _Translation] = {}
        self._pages: dict[tuple[str, str, bytes], bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on; the page itself is held back until it is whole."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            return await self._app(scope, receive, send)
        language = language_of(scope, self._settings)
        start, page = await whole_answer(self._app, scope, receive)
        await send_changed(start, self._finished(language, page) if start["status"] == 200 else page, send)

    def _finished(self, language: str, page: bytes) -> bytes:
        current = self._current(language)
        written = _USER.sub(rb"\1null", page, count=1)
        key = (language, json.dumps(current, sort_keys=True), sha256(written).digest())
        if key not in self._pages:
            if len(self._pages) >= _KEPT:
                del self._pages[next(iter(self._pages))]
            self._pages[key] = self._written(language, written, current)
        return self._pages[key]

    def _written(self, language: str, page: bytes, current: Mapping[str, Properties]) -> bytes:
        page = _HTML_LANGUAGE.sub(rb'\1"zh-CN"' if language == "zh" else rb'\1"en"', page, count=1)
        page = _IN_FRAME.sub(b"", _MANIFEST.sub(b"", page)).replace(b"</head>", self._head, 1).replace(b"</body>", self._sheet, 1)
        return _CONFIG.sub(lambda match: match[1] + self._config(language, match[2], current) + match[3], page, count=1)

    def _config(self, language: str, written: bytes, current: Mapping[str, Properties]) -> bytes:
        config = json.loads(written)
        translation = self._translation(language) or _Translation(config["title"], {})
        config["title"] = translation.title
        for component in config["components"]:
            properties = translation.properties.get(component["id"], component["props"])
            component["props"] = properties | current.get(properties.get("elem_id"), {})
        return json.dumps(config, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT).encode()

    def _translation(self, language: str) -> _Translation | None:
        if language in self._translations and language not in self._translated:
            other = self._translations[language]()
            self._translated[language] = _Translation(str(other.title), _properties(self._page, other))
        return self._translated.get(language)


def _links(links: Sequence[tuple[str, str]]) -> bytes:
    """Return the markup of links, each a kind and an address."""
    return _LINKS.render(links=links).encode()


def _properties(page: gr.Blocks, other: gr.Blocks) -> dict[int, Any]:
    """Return the properties of the other page's components by the id of the same component of this page."""
    pairs = zip(page.config["components"], other.config["components"], strict=True)
    return {component["id"]: translation["props"] for component, translation in pairs if component["props"] != translation["props"]}
