"""Every refusal that a person can meet comes in the language of the request: the person's choice, else the browser's, else the setting."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from i18n.texts import LANGUAGES, texts
from server.guard.limits import MAX_BODY
from service.model import Model
from settings import Settings
from tests.server.guard.test_attacks import JOIN, UPLOAD, event, file_data, news
from tests.server.serving import PASSWORD, client_of, sentence, serving, sign_in

ASKING = {"X-Reranker-Tab": "0" * 32}


@pytest.fixture(scope="module")
def signed_in() -> Iterator[httpx.Client]:
    """Yield a user of a server on which nobody chose a language."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("server.app.largest_file", lambda megabytes: 2000)
        with serving(Settings(auth=f"ann:{PASSWORD}", follows_browser=True), Model()) as client:
            assert sign_in(client, "ann").status_code == 303
            yield client


def form(*parts: str, content: str = "Python") -> dict[str, Any]:
    """Return a multipart request with these parts."""
    body = "".join(f"--b\r\nContent-Disposition: form-data; {part}\r\n\r\n{content}\r\n" for part in parts) + "--b--\r\n"
    return {"content": body.encode(), "headers": {"Content-Type": "multipart/form-data; boundary=b"}}


def click(client: httpx.Client, **changes: Any) -> dict[str, Any]:
    return {"json": event(client, "rr-run") | changes}


REFUSALS = {
    "host": lambda client: client.get("/", headers={"Host": "evil.example"}),
    "origin": lambda client: client.post(JOIN, json={}, headers={"Origin": "http://evil.example"}),
    "path": lambda client: client.get("/nothing"),
    "large": lambda client: client.post(JOIN, content=b" " * (MAX_BODY + 1)),
    "body": lambda client: client.post(JOIN, json=[]),
    "file": lambda client: client.post(JOIN, **click(client, data=file_data("/etc/passwd"))),
    "restarted": lambda client: client.post(JOIN, **click(client), headers={"X-Reranker-Process": "of before"}),
    "bad_name": lambda client: client.post(UPLOAD, **form('name="files"; filename=".."')),
    "long_name": lambda client: client.post(UPLOAD, **form(f'name="files"; filename="{"a" * 9000}.pdf"')),
    "many_files": lambda client: client.post(UPLOAD, **form(*['name="files"; filename="x.pdf"'] * 1001)),
    "file_large": lambda client: client.post(UPLOAD, **form('name="files"; filename="x.pdf"', content="x" * 3000)),
}
"""Requests by the key in [refused] of the answer."""

VALUES = {"large": {"megabytes": 8}, "file_large": {"megabytes": 0}}


def spoken(client: httpx.Client, language: str, by_choice: bool) -> None:
    """Set the headers of a browser in this language, or of a person who switched to it in a browser in the other one."""
    other = next(name for name in LANGUAGES if name != language)
    client.headers["Accept-Language"] = other if by_choice else language
    if by_choice:
        client.cookies.set("rr-language", language)
    elif "rr-language" in client.cookies:
        client.cookies.delete("rr-language")


@pytest.mark.parametrize("by_choice", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_refused_in_the_language_of_the_request(signed_in: httpx.Client, language: str, by_choice: bool):
    spoken(signed_in, language, by_choice)
    words = texts(language)
    for key, ask in REFUSALS.items():
        answer = ask(signed_in)
        told = answer.json()["detail"] if answer.headers["content-type"] == "application/json" else answer.text
        assert told == words(f"refused.{key}", **VALUES.get(key, {})), key
        assert 400 <= answer.status_code < 500, key
    missing = signed_in.get(f"/original/{'a' * 64}/{'0' * 64}", headers=ASKING)
    assert (missing.status_code, missing.text) == (404, words("original.gone"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_folder_is_told_in_the_language_of_the_request(signed_in: httpx.Client, language: str, monkeypatch: pytest.MonkeyPatch):
    spoken(signed_in, language, by_choice=True)
    monkeypatch.setattr("server.uploads.MOST_BYTES", 3)
    answer = signed_in.post(UPLOAD, **form('name="files"; filename="x.pdf"'))
    assert (answer.status_code, answer.text) == (507, texts(language)("refused.full"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sign_in_and_the_api_speak_it_too(signed_in: httpx.Client, language: str):
    words = texts(language)
    with client_of(str(signed_in.base_url)) as stranger:
        spoken(stranger, language, by_choice=True)
        assert stranger.get("/config").text == words("refused.login")
        assert sentence(sign_in(stranger, "ann", "wrong")) == words("login.wrong")
        unreadable = stranger.post("/login", content=b"nonsense", headers={"Content-Type": "multipart/form-data; boundary=b"})
        assert (unreadable.status_code, unreadable.json()) == (400, {"detail": words("refused.body")})
        passed_on = stranger.get("/v1/models", headers={"X-Forwarded-For": "192.0.2.1"})
        assert (passed_on.status_code, passed_on.json()["message"]) == (403, words("api.no_keys"))
        large = stranger.post("/v1/rerank", content=b" " * (MAX_BODY + 1))
        assert (large.status_code, large.json()["message"]) == (413, words("refused.large", megabytes=8))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_click_that_fails_is_told_in_it(signed_in: httpx.Client, language: str):
    spoken(signed_in, language, by_choice=True)
    body = event(signed_in, "rr-run") | {"session_hash": f"failing{language}"}
    assert signed_in.post(JOIN, json=body | {"data": [["x"]] * len(body["data"])}).status_code == 200
    told = news(signed_in, body["session_hash"])
    assert '"success":false' in told and texts(language)("page.step_failed") in told
