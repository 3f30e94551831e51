"""What is sent is compressed as the browser accepts it, files that never change are read once, and the page has its style sheet."""

import re
import socket
from pathlib import Path

import httpx
import pytest

from server.compression import KeptFiles
from server.gradio_patches.first_files import first_files
from service.model import Model
from settings import Settings
from tests.server.serving import serving


@pytest.fixture(scope="module")
def client():
    with serving(Settings(language="en"), Model()) as client:
        yield client


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, deflate, br", "br"), ("gzip;q=1.0", "gzip"), ("identity", None)])
def test_page_and_files_come_as_the_browser_accepts_them(client: httpx.Client, accepted: str, encoding: str | None):
    file = next(name for name in first_files() if name.endswith(".js") and name.startswith("HTML-"))
    plain = {path: client.get(path, headers={"Accept-Encoding": "identity"}).content for path in ("/", f"/assets/{file}")}
    for path, text in plain.items():
        answers = [client.get(path, headers={"Accept-Encoding": accepted}) for _ in range(2)]
        for answer in answers:
            assert answer.headers.get("content-encoding") == encoding
            assert answer.num_bytes_downloaded == int(answer.headers["content-length"])
            assert len(answer.content) == len(text), "the two are the same, but for what Gradio writes anew into each page"
            assert answer.headers["vary"] == "Accept-Encoding"


def test_the_style_sheet_and_the_files_are_kept_by_the_browser_and_others_are_not(client: httpx.Client):
    page = client.get("/").text
    sheet = re.search(r'<link rel="stylesheet" href="\.(/assets/page-[0-9a-f]{16}\.css)"></body>', page)
    assert sheet and ".rr-list > li" not in page
    answer = client.get(sheet[1])
    assert answer.headers["content-type"].startswith("text/css") and ".rr-list > li" in answer.text
    for path in (sheet[1], f"/assets/{first_files()[0]}"):
        headers = client.get(path).headers
        assert headers["cache-control"] == "private, max-age=31536000, immutable"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
    for path in ("/", "/healthz", "/assets/none.js", "/theme.css"):
        assert client.get(path).headers["cache-control"] == "no-store", path
    assert "iframeResizer.contentWindow" not in page and "manifest" not in page


def test_a_visitor_who_leaves_while_files_are_read_takes_them_from_nobody(client: httpx.Client):
    for name in first_files()[-8:]:
        with socket.create_connection((client.base_url.host, client.base_url.port or 80)) as visitor:
            asked = f"GET /assets/{name} HTTP/1.1\r\nHost: {client.base_url.netloc.decode()}\r\nAccept-Encoding: br\r\n\r\n"
            visitor.sendall(asked.encode())
    plain, compressed = (
        [len(client.get(f"/assets/{name}", headers={"Accept-Encoding": accepted}).content) for name in first_files()[-8:]]
        for accepted in ("identity", "br")
    )
    assert compressed == plain and 0 not in plain


def test_what_gradio_does_not_have_is_not_kept(client: httpx.Client, monkeypatch: pytest.MonkeyPatch):
    kept: list[KeptFiles] = []
    enter = KeptFiles.__call__

    async def noted(self: KeptFiles, scope, receive, send):
        kept.append(self)
        await enter(self, scope, receive, send)

    monkeypatch.setattr(KeptFiles, "__call__", noted)
    assert client.get("/assets/none.js").status_code == 404
    assert client.get("/assets/none.js").status_code == 404
    assert all(Path(path).name != "none.js" for path, _ in kept[0]._kept)
