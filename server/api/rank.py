"""Serve POST /v1/rank: a job description and resumes in, rows with match points and notes out, at once or line by line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, closing
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from i18n.texts import Texts
from preprocess.document import Rejected, Unreadable
from reranker.rows import Ranking
from server.api.access import CALLER
from server.api.errors import ApiError, demand_ready, job_unreadable
from server.api.files import Given, given
from server.api.metrics import Metrics
from server.api.options import RankBody, rank_body, well_formed
from server.api.parts import ApiParts
from server.api.work import Tell
from server.language import words_of
from service.export import as_object
from service.message import Message
from service.output.blind_names import shown_ranking
from service.rank import RankRequest, RequestedRun

NDJSON = "application/x-ndjson"
_STATUS = {
    "message.instruction_too_long": 413,
    "message.job_too_long": 413,
    "message.nothing_readable": 422,
    "message.job_unreadable": 422,
}

Line = dict[str, Any]


def add_rank(app: FastAPI, parts: ApiParts) -> None:
    """Add the route to the app."""

    @app.post("/v1/rank", summary="Rank resumes", openapi_extra={"requestBody": _described()})
    async def rank(request: Request) -> Response:
        demand_ready(parts.model)
        words = words_of(request.scope, parts.settings)
        async with AsyncExitStack() as stack:
            brought = await stack.enter_async_context(given(request, parts.room, parts.folder, parts.settings))
            body = rank_body(brought.fields, brought.is_form)
            run = RequestedRun(_asked(request, body, brought, parts), parts.model, parts.settings, parts.store)
            if not body.stream and NDJSON not in request.headers.get("accept", ""):
                return JSONResponse(await parts.workers.run(request, lambda: _result(run, words, parts.metrics), run.cancel))
            lines, ended = parts.workers.stream(lambda tell: _tell_lines(run, words, parts.metrics, tell), run.cancel)
            stack.push_async_callback(ended)
            return _Stream(lines, stack.pop_all())


class _Stream(StreamingResponse):
    """Sends lines as they come; however it ends, the work is stopped and what it needed, such as files, goes after it."""

    def __init__(self, lines: Any, resources: AsyncExitStack):
        super().__init__(lines, media_type=NDJSON)
        self._resources = resources

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._resources:
            await super().__call__(scope, receive, send)


def _asked(request: Request, body: RankBody, brought: Given, parts: ApiParts) -> RankRequest:
    """Return the request for the use case. Raise ApiError if there is nothing to rank, or too much."""
    texts, files = body.texts, tuple(brought.files.get("resumes", ()))
    jobs = brought.files.get("job", ())
    if len(jobs) > 1 or (jobs and body.job):
        raise ApiError(400, "api.one_job")
    if not jobs and not (body.job or "").strip():
        raise ApiError(400, "api.no_job")
    if not texts and not files:
        raise ApiError(400, "api.no_resumes")
    if len(texts) + len(files) > parts.settings.max_files:
        raise ApiError(413, "api.many_documents", most=parts.settings.max_files)
    name = request.scope[CALLER]
    if body.keep and parts.has_users and not name:
        raise ApiError(403, "api.keep_needs_key")
    return RankRequest(
        job=jobs[0] if jobs else well_formed(body.job or ""),
        files=files,
        texts=texts,
        instruction=well_formed(body.instruction or ""),
        template=body.template or "",
        cleaning=body.cleaning,
        company_terms=bool(body.company_terms),
        is_kept=bool(body.keep),
        user=f"key:{name}" if name else "",  # no user of the page can have a colon in the name
    )


def _result(run: RequestedRun, words: Texts, metrics: Metrics) -> Line:
    """Return the whole answer. Raise ApiError if there is none."""
    warnings = [message.sentence(words) for message in _steps(run, words) if message]
    return _summary(run, words, metrics) | {"warnings": warnings}


def _tell_lines(run: RequestedRun, words: Texts, metrics: Metrics, tell: Tell) -> None:
    """Tell what happens, one JSON object a line: scores as they come, how far the run is, and the rows in their order at the end."""
    seen: set[int] = set()

    def say(kind: str, line: Mapping[str, Any]) -> None:
        tell(json.dumps({"type": kind, **line}, ensure_ascii=False).encode("utf-8", "replace") + b"\n")

    try:
        for message in _steps(run, words):
            if message:
                say("warning", {"message": message.sentence(words)})
            if progress := run.state.progress:
                say("progress", {"stage": progress.stage, "done": progress.done, "total": progress.total, "left_s": progress.seconds_left})
            ranking = shown_ranking(run.state, words)
            for row in ranking.rows if ranking and len(ranking.rows) > len(seen) else ():
                if row.input_position not in seen:
                    seen.add(row.input_position)
                    say(
                        "scored",
                        {"previous_rank": row.input_position, "name": row.name, "logit": row.logit, "probability": row.probability},
                    )
        answer = _summary(run, words, metrics)
        for row in answer.pop("rows"):
            say("row", row)
        say("end", answer)
    except ApiError as error:
        say("error", {"status": error.status, **error.body(words)})
    except Exception:
        say("error", {"status": 500, **ApiError(500, "api.failed").body(words)})
        raise


def _steps(run: RequestedRun, words: Texts) -> Iterator[Message | None]:
    """Yield the steps of a run with the warnings among its messages; raise ApiError at an error."""
    try:
        with closing(run.steps()) as steps:
            for message in steps:
                if message and message.kind == "error":
                    raise _failed(message, run.unread(words))
                yield message
    except Unreadable as error:
        raise job_unreadable(error) from None


def _failed(message: Message, unread: Sequence[Rejected]) -> ApiError:
    """Return the answer to an error of a run, with the files that it could not use."""
    if message.key == "message.scoring_failed":  # whose sentence is about the page
        return ApiError(500, "api.problem", rejected=unread, problem=message.values["problem"])
    return ApiError(_STATUS.get(message.key, 500), message, rejected=unread)


def _summary(run: RequestedRun, words: Texts, metrics: Metrics) -> Line:
    """Return a finished run as `./start.sh rank --json` prints it."""
    state, unread = run.state, run.unread(words)
    ranking = state.ranking or Ranking((), 0, finished=True)
    assert state.query
    metrics.count_documents("rank", len(ranking.rows), sum(row.truncated > 0 for row in ranking.rows))
    metrics.count_rejected("rank", [file.reason for file in unread])
    return as_object(state, state.query, state.job_notes, unread, ranking.timing, words)


def _described() -> dict[str, Any]:
    """Return what the documentation says of the body: JSON, or a form with files."""
    as_json = RankBody.model_json_schema()
    file = {"type": "string", "format": "binary"}
    as_form = {**as_json, "properties": {**as_json["properties"], "job": file, "resumes": {"type": "array", "items": file}}}
    return {"content": {"application/json": {"schema": as_json}, "multipart/form-data": {"schema": as_form}}, "required": True}
