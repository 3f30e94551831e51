"""Offer what has come into the watched folders since, above the pile; each is added by one click. pile_clicks.py handles it."""

from typing import Any

import gradio as gr

from i18n.texts import Texts
from service.pile import Pile
from service.watched.watch import Watch
from ui.html.templates import script
from ui.html.watched import watched_html


class WatchedFolders:
    """The list of folders; invisible where none is watched."""

    def __init__(self, watch: Watch):
        self.watch = watch
        self.list = gr.HTML(apply_default_css=False, js_on_load=script("action"), elem_id="rr-watched", visible=bool(watch.folders))

    def shown(self, pile: Pile, words: Texts) -> dict[Any, Any]:
        """Return the update of the list for a pile; none where no folder is watched."""
        return {self.list: watched_html(pile, self.watch, words)} if self.watch.folders else {}
