"""Serve POST /rerank in all its spellings: answer clients of Cohere, Jina, vLLM, infinity and TEI in the form that each reads."""

import json
import threading
import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from i18n.texts import Texts
from server.api.errors import ApiError, BadFields, demand_ready
from server.api.files import json_of
from server.api.options import well_formed
from server.api.parts import ApiParts
from server.language import words_of
from service.rerank import Reranked, rerank
from service.run import MAX_INSTRUCTION
from settings import Settings

_INFINITY = "/infinity/rerank"
PATHS = ("/v1/rerank", "/v2/rerank", "/rerank", "/v1/v2/rerank", _INFINITY)
_MOST_IGNORED = 20


class RerankBody(BaseModel):
    """A request of clients of several servers. Null is the same as absent; fields that are not named here are ignored, and listed so."""

    model_config = ConfigDict(extra="allow")

    query: str = Field(description="what the documents are compared with, such as a job description")
    documents: str | list[str | dict[str, Any]] | None = Field(None, description="texts, or objects with a `text`; see `rank_fields`")
    texts: list[str] | None = Field(None, description="TEI's name of the documents; the answer is then a bare array, as TEI's is")
    model: str | None = Field(None, description="any: there is one model, and the answer names it")
    top_n: int | None = Field(None, ge=0, description="how many of the best are returned; all where absent or 0")
    return_documents: bool | None = None
    return_text: bool | None = Field(None, description="TEI's `return_documents`")
    rank_fields: list[str] | None = Field(None, description="of documents that are objects: the fields to read; `text`, else all")
    instruction: str | None = Field(None, description="what to look for; absent: the one of the model card")
    instruct: str | None = Field(None, description="SGLang's name of it")
    raw_scores: bool | None = Field(None, description="the log-odds instead of the probability (TEI, infinity)")
    use_activation: bool | None = Field(None, description="false: the log-odds instead of the probability (vLLM)")
    truncate: bool | None = Field(None, description="with `texts`: whether a text that is too long may be cut; else it is refused (413)")

    def contents(self, settings: Settings) -> list[str]:
        """Return the texts to score. Raise ApiError if there are none or too many, or one is too long or has no text."""
        given = self.texts if self.documents is None else [self.documents] if isinstance(self.documents, str) else self.documents
        if not given:
            raise ApiError(400, "api.no_documents")
        if len(given) > settings.max_files:
            raise ApiError(413, "api.many_documents", most=settings.max_files)
        texts = [_text(document, self.rank_fields, index) for index, document in enumerate(given)]
        for index, text in [(-1, self.query), *enumerate(texts)]:
            if len(text) > settings.max_characters:
                key = "api.long_query" if index < 0 else "api.long_document"
                raise ApiError(413, key, index=index, most=f"{settings.max_characters:,}")
        if len(self.asked_instruction) > MAX_INSTRUCTION:
            raise ApiError(413, "message.instruction_too_long", characters=f"{MAX_INSTRUCTION:,}")
        return texts

    @property
    def asked_instruction(self) -> str:
        """The instruction under either name; "" if there is none."""
        return well_formed(self.instruction or self.instruct or "")

    @property
    def is_raw(self) -> bool:
        """Return whether log-odds are asked for."""
        return bool(self.raw_scores) or self.use_activation is False

    @property
    def ignored(self) -> list[str]:
        """Names of the fields that had a value and no effect."""
        return sorted(name[:64] for name, value in (self.model_extra or {}).items() if value is not None)[:_MOST_IGNORED]


def add_rerank(app: FastAPI, parts: ApiParts) -> None:
    """Add the route under all its paths."""

    async def answer(request: Request) -> JSONResponse:
        demand_ready(parts.model)
        try:
            body = RerankBody.model_validate(await json_of(request))
        except ValidationError as error:
            raise BadFields(error) from None
        texts, given_up = body.contents(parts.settings), threading.Event()
        work = partial(rerank, well_formed(body.query), body.asked_instruction, texts, parts.model, given_up.is_set)
        done = await parts.workers.run(request, work, given_up.set)
        parts.metrics.count_documents("rerank", len(texts), len(done.truncated))
        words = words_of(request.scope, parts.settings)
        if body.documents is None:
            return JSONResponse(_as_tei(done, body, texts))
        returned: list[Any] = [text if request.url.path.endswith(_INFINITY) else {"text": text} for text in texts]
        return JSONResponse(_as_cohere(done, body, returned, words))

    described = {"requestBody": {"content": {"application/json": {"schema": RerankBody.model_json_schema()}}, "required": True}}
    for path in PATHS:
        app.post(path, summary="Rerank texts", openapi_extra=described)(answer)


def _text(document: str | dict[str, Any], fields: Sequence[str] | None, index: int) -> str:
    """Return what is read of a document: of an object its `text`, or the fields that were asked for, each in a line under its name."""
    if isinstance(document, str):
        return well_formed(document)
    names = fields or (["text"] if "text" in document else list(document))
    values = {name: document[name] for name in names if document.get(name) is not None}
    texts = {name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    if not texts:
        raise ApiError(400, "api.no_text", index=index)
    return well_formed("\n".join(texts.values()) if len(texts) == 1 else "\n".join(f"{name}: {text}" for name, text in texts.items()))


def _as_cohere(done: Reranked, body: RerankBody, returned: Sequence[Any], words: Texts) -> dict[str, Any]:
    """Return the answer of Cohere's, Jina's and vLLM's routes, with what a reader must know about the scores in `meta`.

    `returned` are the documents as they go back; infinity's clients want strings there, all others objects.
    """
    results: list[dict[str, Any]] = []
    for score in done.scores[: body.top_n or None]:
        results.append({"index": score.index, "relevance_score": done.relevance(score, body.is_raw)})
        if body.return_documents:
            results[-1]["document"] = returned[score.index]
    tokens = sum(score.tokens for score in done.scores)
    is_probability = done.engine.score_scale == "probability"
    warnings = [] if is_probability else [words("api.no_probability")]
    warnings += [words("api.truncated", count=len(done.truncated))] if done.truncated else []
    warnings += [words("message.instruction_ignored")] if done.is_instruction_ignored else []
    return {
        "id": f"rerank-{uuid.uuid4().hex}",
        "model": done.engine.name,
        "results": results,
        "meta": {
            "api_version": {"version": "2"},
            "billed_units": {"search_units": 1},
            "tokens": {"input_tokens": tokens, "output_tokens": 0},
            "score_scale": "log-odds" if is_probability and body.is_raw else done.engine.score_scale,
            "is_probability": is_probability and not body.is_raw,
            "instruction": done.instruction,
            "truncated": [{"index": score.index, "unread": score.truncated} for score in done.truncated],
            "ignored": body.ignored,
            "warnings": warnings,
        },
        "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
    }


def _as_tei(done: Reranked, body: RerankBody, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return TEI's bare array. It has no place to say that a text was cut, so that is refused unless the client allows it."""
    if done.truncated and not body.truncate:
        raise ApiError(413, "api.would_truncate", index=done.truncated[0].index, unread=f"{done.truncated[0].truncated:,}")
    results: list[dict[str, Any]] = []
    for score in done.scores[: body.top_n or None]:
        results.append({"index": score.index, "score": done.relevance(score, body.is_raw)})
        if body.return_text:
            results[-1]["text"] = texts[score.index]
    return results
