"""Build pages without the web applications that nobody is served by.

Gradio makes one, of 80 routes, when a page is begun, when its queue is set, and when it is complete: a quarter of the start with two pages.
Mounting a page makes another one, which is what answers.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from gradio.routes import App


@contextmanager
def without_own_app() -> Iterator[None]:
    """Have pages that are built meanwhile get no application of their own; to be mounted they need none."""
    create_app = vars(App)["create_app"]
    App.create_app = staticmethod(lambda *_, **__: None)  # pyright: ignore[reportAttributeAccessIssue]
    try:
        yield
    finally:
        App.create_app = create_app
