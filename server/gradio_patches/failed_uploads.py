"""Delete what Gradio has stored of an upload that fails. It does so for a few errors only, and a full disk is not among them."""

from contextlib import suppress
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any

from gradio import routes
from gradio.route_utils import GradioMultiPartParser
from starlette.datastructures import FormData

_stored: ContextVar[list[Any]] = ContextVar("temporary files of the upload in work")


def delete_failed_uploads() -> None:
    """Replace Gradio's function for uploads by one that leaves no temporary file behind when it raises. Further calls do nothing."""
    store, parse = routes.upload_fn, GradioMultiPartParser.parse  # pyright: ignore[reportPrivateImportUsage]
    if hasattr(store, "__wrapped__"):
        return

    async def noted(self: GradioMultiPartParser) -> FormData:
        _stored.set(self._files_to_close_on_error)  # the parser's own list, which grows as files come
        return await parse(self)

    @wraps(store)
    async def all_or_nothing(*args: Any, **options: Any) -> Any:
        _stored.set([])
        try:
            return await store(*args, **options)
        except BaseException:
            for file in _stored.get():
                with suppress(OSError):  # closing writes what is left, which fails on a full disk
                    file.close()
                Path(file.name).unlink(missing_ok=True)
            raise

    GradioMultiPartParser.parse = noted
    routes.upload_fn = all_or_nothing  # pyright: ignore[reportPrivateImportUsage]
