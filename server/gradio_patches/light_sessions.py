"""Keep no settings of components for Gradio's deep links in each session, and read the signatures of their constructors once.

This app offers no deep links; Gradio writes the settings of all components anew at each update, and reads each signature several times.
Both together were a quarter of the interpreter's time with 50 users at work, and 240 KB for each open page.
"""

import inspect
from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.blocks import BlocksConfig
from gradio.state_holder import SessionState


class _Unwritten(BlocksConfig):
    """The components of a session, of which nobody asks for their settings."""

    @staticmethod
    def config_for_block(*_: Any, **__: Any) -> dict[str, Any]:
        """Return no settings."""
        return {}


class _WithoutBlocks:
    """A page as a new session sees it: with its components, of which none is written down."""

    def __init__(self, page: gr.Blocks):
        self.default_config, self.blocks = page.default_config, {}


def lighten_sessions(page: gr.Blocks) -> None:
    """Have sessions keep no settings, and the constructors of the page's components their signatures."""
    SessionState.__init__ = _light
    for component in {type(block) for block in page.blocks.values()}:
        for owner in component.__mro__:
            if init := vars(owner).get("__init__"):
                _keep_signature(init)


_whole: Callable[..., None] = SessionState.__init__


def _light(self: SessionState, blocks: gr.Blocks) -> None:
    _whole(self, _WithoutBlocks(blocks))
    self.blocks_config.__class__ = _Unwritten


def _keep_signature(init: Any) -> None:
    while inspect.isfunction(init) and not hasattr(init, "__signature__"):
        wrapped = getattr(init, "__wrapped__", None)
        init.__signature__ = inspect.signature(init, follow_wrapped=True)
        init = wrapped
