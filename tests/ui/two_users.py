"""Build a page with private rankings or an administrator, and its users without a browser: anna and ben, and boss, who administers."""

from types import SimpleNamespace
from typing import Any

import gradio as gr

from feedback.store.store import Store
from service.access.access import Access
from service.model import Model
from settings import Settings
from tests.ui.clicks import click
from ui.page import build_page
from ui.session import Session
from ui.session_parts import Visitor
from ui.session_registry import SessionRegistry

BOSS = "boss"
SETTINGS = Settings(language="en", pool_days=30, pool_purpose="hiring")
FORM = ("", "", "")
"""What the three boxes hold."""


class Users:
    """A page, and a session of each user on it."""

    def __init__(self, store: Store, access: Access, model: Model | None = None):
        self.store, self._tabs = store, 0
        self.registry = SessionRegistry(lambda _: None, lambda _user, _tab: None, access)
        self.page: gr.Blocks = build_page(model or Model(), store, SETTINGS, self.registry, access)

    def forget_all(self) -> None:
        """Empty the store and close all tabs; building a page takes a second."""
        for session in self.registry.sessions():
            self.registry.leave(session)
        with self.store.writing() as db:
            for table in ("runs", "resumes", "labels", "jobs"):
                db.execute(f"DELETE FROM {table}")  # and by foreign keys what belongs to them

    def handlers(self, kind: type) -> Any:
        """Return the object of this class whose methods handle clicks on the page."""
        owners = {id(owner): owner for event in self.page.fns.values() if isinstance(owner := getattr(event.fn, "__self__", None), kind)}
        [owner] = owners.values()
        return owner

    def enter(self, user: str) -> Session:
        """Load the page as this user, in a tab of their own."""
        self._tabs += 1
        return self.registry.enter(user, f"{self._tabs:032x}", Session(Visitor("en")))

    def click(self, desk: Session, elem_id: str, *inputs: Any, **clicked: Any) -> dict[Any, Any]:
        """Do what the first event of a component does; `clicked` is what the browser sends with it."""
        event = (SimpleNamespace(_data=clicked),) if clicked else ()
        return click(self.page, elem_id, desk, *inputs, *event)
