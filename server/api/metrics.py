"""Count what the API did, in the form of Prometheus: requests and seconds by route, nothing about anybody."""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.api.work import Workers
from service.model import READY, Model

_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)


class Metrics:
    """The counters of one app, in a registry of their own."""

    def __init__(self, model: Model, workers: Workers):
        self._registry = registry = CollectorRegistry()
        self.requests = Counter(
            "reranker_requests", "Requests to the API that were answered or refused", ["route", "status"], registry=registry
        )
        self.seconds = Histogram(
            "reranker_request_seconds", "Time to the end of the answer", ["route"], buckets=_SECONDS, registry=registry
        )
        self._documents = Counter("reranker_documents", "Texts and resumes that were scored or read", ["route"], registry=registry)
        self._truncated = Counter("reranker_documents_truncated", "Of these, not read to their end", ["route"], registry=registry)
        self._rejected = Counter("reranker_files_rejected", "Files that could not be used", ["route", "reason"], registry=registry)
        Gauge("reranker_model_ready", "Whether the model is loaded", registry=registry).set_function(lambda: model.state == READY)
        Gauge("reranker_api_requests_at_work", "Requests to the API at work", registry=registry).set_function(lambda: workers.at_work)
        scoring = Gauge("reranker_scoring_requests", "Runs that share the model now, the page's among them", registry=registry)
        scoring.set_function(lambda: model.engine.requests if model.state == READY else 0)
        ProcessCollector(registry=registry)

    def count_documents(self, route: str, count: int, truncated: int = 0) -> None:
        """Count what a request scored or read."""
        self._documents.labels(route).inc(count)
        self._truncated.labels(route).inc(truncated)

    def count_rejected(self, route: str, reasons: list[str]) -> None:
        """Count the files that a request could not use, by the codes of their reasons."""
        for reason in reasons:
            self._rejected.labels(route, reason).inc()

    def text(self) -> bytes:
        """Return all of it in the text form."""
        return generate_latest(self._registry)


class CountRequests:
    """Outermost ASGI middleware of the API, so that what is refused is counted too. Only paths of the allow-list come here."""

    def __init__(self, app: ASGIApp, metrics: Metrics):
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count its answer; one that got none counts as 499: the client had gone."""
        started, status, route = time.perf_counter(), 499, scope["path"]

        async def noted(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._metrics.requests.labels(route, str(status)).inc()
            self._metrics.seconds.labels(route).observe(time.perf_counter() - started)
