"""Import Gradio in half the time.

Gradio writes stubs for editors, 81 .pyi files, into its own folder whenever it is imported (gradio/component_meta.py): half of the import,
at every start. A component whose source cannot be found gets none, so while Gradio is imported its components have no source.
"""

import inspect

_getfile = inspect.getfile


def import_gradio() -> None:
    """Call this before anything that imports Gradio. Afterwards Gradio is as it always is."""
    inspect.getfile = _without_components
    try:
        import gradio  # noqa: F401
    finally:
        inspect.getfile = _getfile


def _without_components(what: object) -> str:
    if isinstance(what, type) and what.__module__.startswith("gradio."):
        raise OSError("a component of Gradio")
    return _getfile(what)  # pyright: ignore[reportArgumentType]
