"""Tell operators and their programs whether the server is alive and ready, which model it has, and what it did."""

from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from reranker.engine import info_as_json
from server.api.errors import demand_ready
from server.api.metrics import Metrics
from service.model import READY, Model


def add_status(app: FastAPI, model: Model, metrics: Metrics) -> None:
    """Add the routes to the app."""

    @app.get("/healthz", summary="Whether the process is alive; open to everyone")
    async def healthz() -> dict[str, str | None]:
        return {"status": model.state, "model": model.engine.info.name if model.state == READY else None}

    @app.get("/readyz", summary="Whether the model is loaded (200) or not (503); open to everyone")
    async def readyz() -> JSONResponse:
        demand_ready(model)
        return JSONResponse({"status": model.state})

    @app.get("/v1/models", summary="The one model")
    async def models() -> dict[str, Any]:
        demand_ready(model)
        info = model.engine.info
        about = {"max_model_len": info.max_tokens, **info_as_json(info)}
        return {"object": "list", "data": [{"id": info.name, "object": "model", "owned_by": "local", **about}]}

    @app.get("/metrics", summary="Counters in the form of Prometheus")
    async def counters() -> Response:
        return Response(metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})
