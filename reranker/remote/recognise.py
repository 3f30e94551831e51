"""Ask a server what it is: its software, the model it serves, the longest prompt it takes, and which routes to try."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reranker.notice import NoCheckpoint
from reranker.qwen3.prompt import MAX_TOKENS
from reranker.remote.connection import BadAnswer, Connection, RequestRefused, ServerDown
from reranker.remote.routes import CLASSIFY, LABEL_SCORES, RERANK, TEXTS, V1_RERANK, Route

SOFTWARE = {"vllm": "vLLM", "sglang": "SGLang", "llamacpp": "llama.cpp"}
"""By what `owned_by` of a model says in lower case."""

ROUTES: Mapping[str, Sequence[Route]] = {
    "vLLM": (CLASSIFY, V1_RERANK, RERANK),
    "SGLang": (LABEL_SCORES, V1_RERANK),
    "llama.cpp": (V1_RERANK, RERANK),
    "TEI": (TEXTS,),
}
"""The routes to try, exact ones first."""
OTHER_ROUTES = (V1_RERANK, RERANK, TEXTS)

KEY_REFUSED = (401, 403)


@dataclass(frozen=True)
class About:
    """A server, as it says. `model` is the name it is asked by, `weights` where it has them from; `software` is "" if unknown."""

    software: str
    model: str
    weights: str
    max_tokens: int
    has_probability: bool = True
    is_fallback: bool = False
    """It says that it is a stand-in for a real model."""

    @property
    def routes(self) -> Sequence[Route]:
        """The routes to try, exact ones first."""
        return ROUTES.get(self.software, OTHER_ROUTES)


def recognise(connection: Connection) -> About:
    """Return what the server says of itself.

    Raise NoCheckpoint if it does not answer, wants another key, is not a server of models, or does not serve the model that was named.
    """
    name, wanted = connection.target.name, connection.target.model
    try:
        models = _listed(_got(connection, "/v1/models"))
        if models is None:
            about = _got(connection, "/info")
            if not isinstance(about, dict) or "model_id" not in about:
                return About("", wanted, wanted, MAX_TOKENS)  # its routes will tell whether it can score
            weights = str(about["model_id"])
            return About("TEI", wanted or weights, weights, _tokens(about.get("max_input_length")))
        model = _chosen(models, wanted)
        if model is None:
            raise NoCheckpoint("remote_no_model", server=name, model=wanted, models=", ".join(str(each.get("id", "")) for each in models))
        software = SOFTWARE.get(str(model.get("owned_by", "")).lower(), "")
        longest = _context_of_llamacpp(connection) if software == "llama.cpp" else model.get("max_model_len")
        weights = str(model.get("fingerprint") or model.get("root") or model["id"])
        about = About(software, str(model["id"]), weights, _tokens(longest))
        # Another copy of this app tells what `engine.info_as_json` gives.
        return replace(about, has_probability=model.get("has_probability") is not False, is_fallback=model.get("is_fallback") is True)
    except ServerDown as error:
        raise NoCheckpoint("remote_silent", server=name, problem=str(error)) from None
    except RequestRefused as error:
        if error.status in KEY_REFUSED:
            raise NoCheckpoint("remote_key", server=name) from None
        raise NoCheckpoint("remote_refused", server=name, status=error.status) from None


def _got(connection: Connection, path: str) -> Any:
    """Return the JSON of a route; None if there is no such route, or it answers something else."""
    try:
        return connection.get(path)
    except RequestRefused as error:
        if error.status in (404, 405):
            return None
        raise
    except BadAnswer:
        return None


def _listed(answer: Any) -> list[dict[str, Any]] | None:
    models = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(models, list):
        return None
    return [model for model in models if isinstance(model, dict) and "id" in model] or None


def _chosen(models: Sequence[dict[str, Any]], wanted: str) -> dict[str, Any] | None:
    """Return the model named `wanted`, or, if none is named, the first that is called a reranker, else the first."""
    if wanted:
        return next((model for model in models if model["id"] == wanted), None)
    return next((model for model in models if "rerank" in str(model["id"]).lower()), models[0])


def _context_of_llamacpp(connection: Connection) -> Any:
    props = _got(connection, "/props")
    settings = props.get("default_generation_settings") if isinstance(props, dict) else None
    return settings.get("n_ctx") if isinstance(settings, dict) else None


def _tokens(told: Any) -> int:
    """Return the longest prompt in tokens: what the server told, at most what the model was trained for."""
    return min(told, MAX_TOKENS) if type(told) is int and told > 0 else MAX_TOKENS
