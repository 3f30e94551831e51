"""Answer with an error: one sentence in the language of whoever asks, and when another try makes sense."""

import math
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from i18n.texts import Texts
from preprocess.document import Rejected, Unreadable
from reranker.engine import ScoringError
from server.guard.refusal import refusal, said
from server.language import words_of
from service.message import Message
from service.model import FAILED, READY, RETRY_SECONDS, Model
from service.output.as_json import rejected_as_json
from settings import Settings

CLIENT_GONE = 499
_LOADING_SECONDS = 5
_MOST_FIELDS = 5


class ApiError(Exception):
    """Raised for a request that cannot be answered, with what to tell about it: a message, or its key and values.

    `rejected` are the files that could not be used, where that is why.
    """

    def __init__(
        self, status: int, message: Message | str, retry_after: float = 0, rejected: Sequence[Rejected] | None = None, **values: Any
    ):
        self.message = message if isinstance(message, Message) else Message(message, values)
        super().__init__(status, self.message.key)
        self.status, self.rejected = status, rejected
        self.headers = {"Retry-After": str(math.ceil(retry_after))} if retry_after else {}

    def body(self, words: Texts) -> dict[str, Any]:
        """Return what the answer says."""
        more = {} if self.rejected is None else {"rejected": [rejected_as_json(file, words) for file in self.rejected]}
        return said(self.message.sentence(words)) | more


def problem(error: ScoringError) -> ApiError:
    """Return the answer to what stopped the engine: 413 for a query that leaves no room for a document, else 500."""
    return ApiError(413 if error.notice.code == "job_too_long" else 500, "api.problem", problem=error.notice)


def job_unreadable(error: Unreadable) -> ApiError:
    """Return the answer to a job description that cannot be read."""
    return ApiError(422, Message("message.job_unreadable", {"name": "JD"}, Rejected("JD", error.reason, error.detail)))


def demand_ready(model: Model) -> None:
    """Raise ApiError (503) unless the model is there, with the seconds after which it may be."""
    if model.state == FAILED:
        key = "message.model_retried" if model.tries_again else "message.model_failed"
        raise ApiError(503, key, RETRY_SECONDS if model.tries_again else 0, problem=model.problem)
    if model.state != READY:
        raise ApiError(503, "api.loading", _LOADING_SECONDS)


class BadFields(ApiError):
    """Raised for a body of the wrong form; it names fields, and quotes nothing of what was sent."""

    def __init__(self, error: ValidationError):
        super().__init__(400, "api.fields")
        self._problems: dict[str, list[Any]] = {}
        for problem in error.errors():
            name, *inside = problem["loc"] or ("",)
            field = ".".join([str(name), *(str(part) for part in inside if isinstance(part, int))])  # the rest are types that it may have
            self._problems.setdefault(field, []).append(problem)

    def body(self, words: Texts) -> dict[str, Any]:
        """Return which fields are wrong, the deepest ones, and what each must be."""
        deepest = [field for field in self._problems if not any(other.startswith(f"{field}.") for other in self._problems)]
        told = [f"{field}: {words('api.or').join(dict.fromkeys(_said(p, words) for p in self._problems[field]))}" for field in deepest]
        return said(words("api.fields", fields="; ".join(told[:_MOST_FIELDS])))


def _said(problem: Any, words: Texts) -> str:
    """Return in words what a field must be; what pydantic says of it where there are no words for that."""
    key = f"api_field.{problem['type']}"
    return words(key, **problem.get("ctx", {})) if key in words.table else problem["msg"]


def add_error_answers(app: FastAPI, settings: Settings) -> None:
    """Have the app answer what its routes raise, in the form of `refusal`."""

    def answer(request: Request, error: ApiError) -> Response:
        return JSONResponse(error.body(words_of(request.scope, settings)), error.status, error.headers)

    @app.exception_handler(ApiError)
    async def api_error(request: Request, error: ApiError) -> Response:
        return answer(request, error)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        return refusal(request.scope, error.status_code, words_of(request.scope, settings)("refused.body"))

    @app.exception_handler(ScoringError)
    async def not_scored(request: Request, error: ScoringError) -> Response:
        return answer(request, problem(error))

    @app.exception_handler(ClientDisconnect)
    async def gone(request: Request, error: ClientDisconnect) -> Response:
        return Response(status_code=CLIENT_GONE)  # for the counters only: nobody is there to read it

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> Response:
        return answer(request, ApiError(500, "api.failed"))  # the server logs it, see private_log.py
