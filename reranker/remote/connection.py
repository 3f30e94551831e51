"""Send JSON to one server over kept-alive connections: no redirects, no proxies, checked certificates, time-outs, retries with backoff."""

import json
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx

from reranker.remote.target import Target

TRIES = 3
BUSY = {408, 429, *range(500, 600)}
"""Statuses after which the same request may succeed a moment later."""
MOST_BYTES = 64 * 2**20
"""Of an answer: servers may send 32 documents back."""
LONGEST_WAIT = 10.0


# None of these carries text of a request or an answer: those hold resumes.


class ServerDown(Exception):
    """The server cannot be reached, hangs, or keeps answering 429 or 5xx: another one may do better."""


class RequestRefused(Exception):
    """The server answered 3xx or 4xx: asking again does not help."""

    def __init__(self, status: int):
        super().__init__(f"HTTP {status}")
        self.status = status


class BadAnswer(Exception):
    """The answer is not JSON of the expected form, or its scores do not belong to the documents one to one."""


@dataclass(frozen=True)
class Patience:
    """Seconds to wait for a connection, for an answer to 32 documents, for a word about itself, and before the first second try."""

    connect: float = 5.0
    answer: float = 300.0
    about: float = 10.0
    backoff: float = 0.5


PATIENCE = Patience()


class Connection:
    """Keep-alive HTTP to one server. Safe to share between threads; never logs a request or an answer."""

    def __init__(self, target: Target, address: str, key: str = "", patience: Patience = PATIENCE):
        """`address` is the checked IP address of the target. `key`, if any, is sent as a bearer token."""
        self.target, self._patience = target, patience
        host = f"[{address}]" if ":" in address else address
        headers = {"Host": target.name, "Content-Type": "application/json", "Accept-Encoding": "identity"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        self._client = httpx.Client(
            base_url=f"{target.scheme}://{host}:{target.port}{target.path}",
            headers=headers,
            trust_env=False,
            follow_redirects=False,
            verify=ssl.create_default_context(),  # by the system's store, which knows an authority of the company's own
        )

    def get(self, path: str) -> Any:
        """Return the JSON of a route that tells something, after one try; see `post` for what is raised."""
        return self._answer("GET", path, self._patience.about)

    def post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Any:
        """Return the JSON that the server answers. Retry after 429 and 5xx, and once at once after a connection that was cut.

        Raise ServerDown if that does not help, RequestRefused for other statuses than 200, BadAnswer if the answer is not JSON.
        """
        data = json.dumps(body, allow_nan=False).encode()
        wait = self._patience.backoff
        for tries_left in reversed(range(TRIES)):
            try:
                return self._answer("POST", path, self._patience.answer, data, headers)
            except _Busy as busy:
                if not tries_left:
                    raise
                time.sleep(min(max(wait, busy.retry_after), LONGEST_WAIT))
                wait *= 2
            except _ConnectionCut:
                if tries_left < TRIES - 1:
                    raise
        raise AssertionError("the last try returns or raises")

    def _answer(self, method: str, path: str, seconds: float, data: bytes = b"", headers: Mapping[str, str] | None = None) -> Any:
        patience = httpx.Timeout(seconds, connect=self._patience.connect)
        extensions = {"sni_hostname": self.target.host}  # the URL has the address: the certificate must be of the name
        request = self._client.build_request(method, path, content=data, headers=headers, timeout=patience, extensions=extensions)
        try:
            response = self._client.send(request, stream=True)
            try:
                if response.status_code in BUSY:
                    raise _Busy(f"HTTP {response.status_code}", _seconds(response.headers.get("Retry-After", "")))
                if response.status_code != 200:
                    raise RequestRefused(response.status_code)
                return _json(response)
            finally:
                response.close()
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
            raise _ConnectionCut(type(error).__name__) from None
        except httpx.TransportError as error:
            is_unknown_certificate = "CERTIFICATE_VERIFY_FAILED" in str(error)
            raise ServerDown("CERTIFICATE_VERIFY_FAILED" if is_unknown_certificate else type(error).__name__) from None
        except httpx.HTTPError as error:
            raise BadAnswer(type(error).__name__) from None


class _Busy(ServerDown):
    def __init__(self, message: str, retry_after: float):
        super().__init__(message)
        self.retry_after = retry_after


class _ConnectionCut(ServerDown):
    """The server closed the connection without an answer: a kept-alive one was too old, or the server died."""


def _json(response: httpx.Response) -> Any:
    data = bytearray()
    for piece in response.iter_bytes():
        data += piece
        if len(data) > MOST_BYTES:
            raise BadAnswer("too large")
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise BadAnswer("not JSON") from None


def _seconds(retry_after: str) -> float:
    with suppress(ValueError):
        return max(0.0, float(retry_after))
    return 0.0  # a date, or nothing
