"""Serve POST /v1/read: files in; what a ranking would read of each out, with notes, or why it was refused."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from preprocess.document import Rejected, Unreadable
from preprocess.guarded.pool import POOL
from server.api.errors import ApiError, demand_ready, job_unreadable
from server.api.files import given
from server.api.options import CleaningOptions, cleaning_options
from server.api.parts import ApiParts
from server.language import words_of
from service.output.as_json import reading_as_json
from service.read import read_files


def add_read(app: FastAPI, parts: ApiParts) -> None:
    """Add the route to the app."""

    @app.post("/v1/read", summary="Read files", openapi_extra={"requestBody": _described()})
    async def read(request: Request) -> JSONResponse:
        demand_ready(parts.model)  # whose encoder finds instructions to the model
        async with given(request, parts.room, parts.folder, parts.settings) as brought:
            options, files, jobs = (
                cleaning_options(brought.fields, brought.is_form),
                brought.files.get("files", []),
                brought.files.get("job", []),
            )
            if not files:
                raise ApiError(400, "api.no_files")
            if len(jobs) > 1:
                raise ApiError(400, "api.one_job")
            job, upload = (jobs[0] if jobs else None), POOL.upload()
            try:
                reading = await parts.workers.run(
                    request, lambda: read_files(files, parts.settings, options.cleaning, job, upload, parts.model.encoder), upload.cancel
                )
            except Unreadable as error:
                raise job_unreadable(error) from None
        parts.metrics.count_documents("read", len(reading.files))
        parts.metrics.count_rejected("read", [file.reason for file in reading.files if isinstance(file, Rejected)])
        return JSONResponse(reading_as_json(reading, words_of(request.scope, parts.settings)))


def _described() -> dict[str, Any]:
    file = {"type": "string", "format": "binary"}
    schema = CleaningOptions.model_json_schema()
    schema["properties"] = {"files": {"type": "array", "items": file}, "job": file, **schema["properties"]}
    return {"content": {"multipart/form-data": {"schema": {**schema, "required": ["files"]}}}, "required": True}
