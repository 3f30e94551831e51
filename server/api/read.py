"""POST /v1/read: files in; what a ranking would read of each out, with notes, or why it was refused."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from preprocess.document import Rejected, Unreadable
from preprocess.guarded.pool import POOL
from server.api.errors import ApiError, demand_ready, job_unreadable, words_of
from server.api.files import given
from server.api.metrics import Metrics
from server.api.options import CleaningOptions, cleaning_options
from server.api.work import Workers
from server.uploads import UploadRoom
from service.model import Model
from service.output.as_json import reading_as_json
from service.read import read_files
from settings import Settings


def add_read(app: FastAPI, model: Model, settings: Settings, workers: Workers, metrics: Metrics, room: UploadRoom, folder: Path) -> None:
    """Add the route to the app; uploads are stored in `folder`, as far as there is `room`."""

    @app.post("/v1/read", summary="Read files", openapi_extra={"requestBody": _described()})
    async def read(request: Request) -> JSONResponse:
        demand_ready(model)  # whose encoder finds instructions to the model
        async with given(request, room, folder, settings) as brought:
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
                reading = await workers.run(
                    request, lambda: read_files(files, settings, options.cleaning, job, upload, model.encoder), upload.cancel
                )
            except Unreadable as error:
                raise job_unreadable(error) from None
        metrics.count_documents("read", len(reading.files))
        metrics.count_rejected("read", [file.reason for file in reading.files if isinstance(file, Rejected)])
        return JSONResponse(reading_as_json(reading, words_of(request, settings)))


def _described() -> dict[str, Any]:
    file = {"type": "string", "format": "binary"}
    schema = CleaningOptions.model_json_schema()
    schema["properties"] = {"files": {"type": "array", "items": file}, "job": file, **schema["properties"]}
    return {"content": {"multipart/form-data": {"schema": {**schema, "required": ["files"]}}}, "required": True}
