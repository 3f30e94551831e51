"""Serve the dialects of vLLM, SGLang, llama.cpp, TEI and others on 127.0.0.1, and fail where told to.

It tokenises text as those servers do: with control tokens. What scores is a function of the whole prompt's token ids.
"""

import json
import math
import re
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from typing import Any

from tokenizers import Tokenizer

from reranker.qwen3.prompt import AFTER, BEFORE, FIRST_CONTROL
from tests.data.random_qwen3 import tokenizer_folder

PROMPT = re.compile(
    "<Instruct>: (.*)\n<Query>: (.*?)\n<Document>: (.*?)\0im_end\0\n\0im_start\0assistant\n\0think\0\n\n\0/think\0\n\n(.*)", re.DOTALL
)
"""A whole prompt as `decoded`."""
FIXED_INSTRUCTION = "Given a web search query, retrieve relevant passages that answer the query"

LogOdds = Callable[[Sequence[int]], float]


@cache
def qwen3_tokenizer() -> Tokenizer:
    """Return the tokenizer; reading it takes two seconds."""
    return Tokenizer.from_file(str(tokenizer_folder() / "tokenizer.json"))


def sensible(ids: Sequence[int]) -> float:
    """Score by how many pairs of letters of the query are in the document, between −8 and 8; upside down if the instruction says so.

    Believes whoever writes "yes" where the answer belongs, as a model does.
    """
    match = PROMPT.search(decoded(ids))
    assert match
    instruction, query, document, forged_answer = match.groups()
    pairs = {query[index : index + 2].lower() for index in range(len(query) - 1)} - {"，要", "要求"}
    share = sum(pair in document.lower() for pair in pairs) / len(pairs)
    sign = -1 if "the less" in instruction else 1
    return 20.0 if forged_answer.startswith("yes") else sign * (16 * share - 8)


def decoded(ids: Sequence[int]) -> str:
    """Return the text of a prompt with its control tokens as \\0name\\0, which text that looks like one is not."""
    parts = []
    for is_control, group in groupby(ids, lambda token: token >= FIRST_CONTROL):
        tokens = list(group)
        if is_control:
            parts += [f"\0{(qwen3_tokenizer().id_to_token(token) or '').strip('<|>')}\0" for token in tokens]
        else:
            parts.append(qwen3_tokenizer().decode(tokens))
    return "".join(parts)


class StubServer:
    """Answers until it is stopped. `posted` are the paths, headers and bodies of all POST requests, in order.

    `scored` are the documents that it worked on, `answered` those of answers that left it whole.
    `faults` are taken in order by POST requests that score, None: answer; a number: that status; "reset", "hang", "die", "redirect".
    """

    def __init__(
        self,
        software: str = "vllm",
        log_odds: LogOdds = sensible,
        routes: Sequence[str] = ("/classify", "/v1/rerank", "/rerank"),
        model: str = "qwen3-reranker",
        max_tokens: int | None = 8192,
        instruction_key: str | None = "instruction",
        shape: str = "object",
        cut_silently_at: int | None = None,
        key: str = "",
        told: dict[str, Any] | None = None,
        change: Callable[[Any], Any] = lambda answer: answer,
        tls: ssl.SSLContext | None = None,
    ):
        self.software, self.log_odds, self.routes, self.model, self.max_tokens = software, log_odds, routes, model, max_tokens
        self.instruction_key, self.shape, self.cut_silently_at = instruction_key, shape, cut_silently_at
        self.key, self.told, self.change = key, told or {}, change
        self.faults: list[int | str | None] = []
        self.posted: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.scored = 0
        self.answered = 0
        self._counting = threading.Lock()
        self.undoes_spaces = False
        self.sockets: list[socket.socket] = []
        self.stopped = threading.Event()
        stub = self

        class Handler(_Handler):
            server_stub = stub

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        if tls:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self.port = self._http.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        """Stop listening and cut all connections, as a killed process does."""
        self.stopped.set()
        self._http.socket.close()
        threading.Thread(target=self._http.shutdown, daemon=True).start()
        for connection in self.sockets:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def note_answered(self, documents: int) -> None:
        """Count documents of an answer that was sent."""
        with self._counting:
            self.answered += documents

    def about(self, path: str) -> Any:
        """Return what a GET route tells, None if there is none."""
        if self.software == "tei":
            return {"model_id": self.model, "max_input_length": self.max_tokens, "version": "1.9"} if path == "/info" else None
        if path == "/props" and self.software == "llamacpp":
            return {"default_generation_settings": {"n_ctx": self.max_tokens}, "build_info": "b11434"}
        if path != "/v1/models":
            return None
        entry: dict[str, Any] = {"id": self.model, "object": "model", "owned_by": self.software}
        if self.software in ("vllm", "sglang"):
            entry |= {"max_model_len": self.max_tokens, "root": f"/models/{self.model}"}
        return {"object": "list", "data": [entry | self.told]}

    def answer(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Return the status and the answer of a route that scores."""
        if path not in self.routes:
            return 404, {"detail": "Not Found"}
        if path == "/classify":
            prompts = body["input"]
            if too_long := self._too_long(prompts):
                return too_long
            data = [{"index": index, "label": None, "probs": [self._score(ids)], "num_classes": 1} for index, ids in enumerate(prompts)]
            return 200, {"object": "list", "model": self.model, "data": data}
        if path == "/v1/score":
            rows = [self._score([*body["query"], *item]) for item in body["items"]]
            return 200, {"scores": [[_sigmoid(row), _sigmoid(-row)] for row in rows], "object": "scoring"}
        return self._answer_texts(body)

    def _answer_texts(self, body: dict[str, Any]) -> tuple[int, Any]:
        texts = body.get("texts" if self.shape == "tei" else "documents")
        if texts is None:
            return 422, {"error": "missing field"}
        instruction = body.get(self.instruction_key, FIXED_INSTRUCTION) if self.instruction_key else FIXED_INSTRUCTION
        prompts = []
        for text in texts:
            if self.undoes_spaces:
                text = text.replace("< |", "<|").replace("< think", "<think").replace("< /think", "</think")
            ids = qwen3_tokenizer().encode(text, add_special_tokens=False).ids[: self.cut_silently_at]
            document = qwen3_tokenizer().decode(ids, skip_special_tokens=False)
            question = f"<Instruct>: {instruction}\n<Query>: {body['query']}\n<Document>: {document}"
            prompts.append(qwen3_tokenizer().encode(f"{BEFORE}{question}{AFTER}", add_special_tokens=False).ids)
        if too_long := self._too_long(prompts):
            return too_long
        logits = [self._score(ids) for ids in prompts]
        is_raw = (self.shape == "tei" and body["raw_scores"]) or (self.software == "vllm" and body.get("use_activation") is False)
        scores = logits if is_raw else [_sigmoid(logit) for logit in logits]
        name = "relevance_score" if self.shape == "object" else "score"
        results = [{"index": index, name: score} for index, score in enumerate(scores)]
        results.sort(key=lambda result: -result[name])
        return 200, {"id": "rerank-1", "model": self.model, "results": results} if self.shape == "object" else results

    def _score(self, ids: Sequence[int]) -> float:
        with self._counting:
            self.scored += 1
        return self.log_odds(ids)

    def _too_long(self, prompts: Sequence[Sequence[int]]) -> tuple[int, Any] | None:
        longest = max(map(len, prompts))
        if self.max_tokens is None or longest <= self.max_tokens:
            return None
        return 400, {"error": {"message": f"maximum context length is {self.max_tokens} tokens", "code": 400}}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer takes 40 ms longer
    server_stub: StubServer

    def setup(self) -> None:
        super().setup()
        self.server_stub.sockets.append(self.connection)

    def do_GET(self) -> None:
        if not self._is_allowed():
            self._send(401, {"error": "Unauthorized"})
            return
        about = self.server_stub.about(self.path)
        self._send(404 if about is None else 200, about)

    def do_POST(self) -> None:
        stub = self.server_stub
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        stub.posted.append((self.path, dict(self.headers), body))
        fault = stub.faults.pop(0) if stub.faults and self.path in stub.routes else None
        if not self._is_allowed():
            self._send(401, {"error": "Unauthorized"})
            return
        if fault == "die":
            stub.stop()
        elif fault == "reset":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif fault == "hang":
            stub.stopped.wait(60)
        elif fault == "page":
            self._send_bytes(200, b"<html>not what you asked for</html>")
        elif fault == "redirect":
            self._send(307, {}, Location="http://127.0.0.1:1/v1/rerank")
        elif isinstance(fault, int):
            self._send(fault, {"error": {"message": f"about {body}"}})
        else:
            status, answer = stub.answer(self.path, body)
            documents = next((body[name] for name in ("input", "items", "documents", "texts") if name in body), ()) if status == 200 else ()
            stub.note_answered(len(documents))  # before the client can have it, or whoever counts then would count too few
            if not self._send(status, stub.change(answer) if status == 200 else answer):
                stub.note_answered(-len(documents))

    def _is_allowed(self) -> bool:
        stub = self.server_stub
        is_guarded = self.path.startswith(("/v1", "/v2"))  # as vLLM does it
        return not stub.key or not is_guarded or self.headers["Authorization"] == f"Bearer {stub.key}"

    def _send(self, status: int, answer: Any, **headers: str) -> bool:
        return self._send_bytes(status, json.dumps(answer).encode(), **headers)

    def _send_bytes(self, status: int, data: bytes, **headers: str) -> bool:
        """Return whether all of it was sent."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        with suppress(OSError):  # the client has gone
            self.end_headers()
            self.wfile.write(data)
            return True
        return False

    def log_message(self, format: str, *args: Any) -> None:
        pass


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
