"""Import Gradio in less than half the time.

Gradio writes stubs for editors, 81 .pyi files, into its own folder whenever it is imported (gradio/component_meta.py): half of the import,
at every start. A component whose source cannot be found gets none, so while Gradio is imported its components have no source.

Of the rest a fifth is pandas, 400 modules, which Gradio asks only whether a value is a table of it: it is imported when it is asked that.
A tenth are 216 templates, of which most are the same: the descriptions of each component's events.
"""

import importlib
import inspect
import sys
from functools import cache
from types import ModuleType
from typing import Any

import jinja2

_getfile, _Template = inspect.getfile, jinja2.Template


class _ImportedWhenUsed(ModuleType):
    """What Gradio's modules get as pandas."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what is asked of any module while it is imported
            raise AttributeError(name)
        _make_room(self)
        return getattr(importlib.import_module(self.__name__), name)


def import_gradio() -> None:
    """Call this before anything that imports Gradio. Afterwards Gradio is as it always is."""
    inspect.getfile, jinja2.Template = _without_components, cache(_Template)
    late = sys.modules.setdefault("pandas", _ImportedWhenUsed("pandas"))
    try:
        import gradio  # noqa: F401
    finally:
        inspect.getfile, jinja2.Template = _getfile, _Template
        _make_room(late)


def _make_room(late: ModuleType) -> None:
    """Have the next import get the module itself."""
    if isinstance(late, _ImportedWhenUsed) and sys.modules.get(late.__name__) is late:
        del sys.modules[late.__name__]


def _without_components(what: object) -> str:
    if isinstance(what, type) and what.__module__.startswith("gradio."):
        raise OSError("a component of Gradio")
    return _getfile(what)  # pyright: ignore[reportArgumentType]
