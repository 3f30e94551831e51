"""Build the API: a FastAPI app of its own beside Gradio's, counted and guarded. What each route does is in its own module."""

from functools import partial
from pathlib import Path

from fastapi import FastAPI
from starlette.types import ASGIApp

from feedback.store.store import Store
from i18n.texts import texts
from server.api.access import ApiAccess
from server.api.docs import add_docs
from server.api.errors import add_error_answers
from server.api.metrics import CountRequests, Metrics
from server.api.parts import ApiParts
from server.api.rank import add_rank
from server.api.read import add_read
from server.api.rerank import add_rerank
from server.api.status import add_status
from server.api.work import Workers
from server.auth.keys import Keys
from server.guard.limits import Limits
from server.language import words_of
from server.uploads import UploadRoom
from service.model import Model
from settings import Settings


def create_api(model: Model, store: Store, settings: Settings, keys: Keys, room: UploadRoom, folder: Path, *, has_users: bool) -> ASGIApp:
    """Return the API, for requests whose host, origin and path the request guard has seen. For the parameters see `ApiParts`."""
    app = FastAPI(title=texts(settings.language)("api_docs.title"), version="1", docs_url=None, redoc_url=None, openapi_url=None)
    workers = Workers()
    metrics = Metrics(model, workers)
    parts = ApiParts(model, store, settings, workers, metrics, room, folder, has_users)
    add_error_answers(app, settings)
    add_rerank(app, parts)
    add_rank(app, parts)
    add_read(app, parts)
    add_status(app, model, metrics)
    add_docs(app, settings)
    of_request = partial(words_of, settings=settings)
    limited = Limits(app, settings.max_file_mb, of_request)
    return CountRequests(ApiAccess(limited, keys, settings, of_request), metrics)
