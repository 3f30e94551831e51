"""What a hostile visitor tries, over real HTTP against the real process; and that an ordinary one gets through."""

import json
import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import pytest

from i18n.texts import texts
from server.guard.limits import MAX_BODY, MB
from service.model import Model
from settings import Settings
from tests.server.process import app_process
from tests.server.serving import PASSWORD, client_of, serving, sign_in
from tests.waiting import until

JOIN, UPLOAD = "/gradio_api/queue/join", "/gradio_api/upload"


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[str, psutil.Process]]:
    """Yield the address of the app with two users, and its process."""
    flags = ("--model", "embedded", "--auth", f"ann:{PASSWORD},bo:{PASSWORD}", "--max-file-mb", "1", "--language", "en")
    with tempfile.TemporaryDirectory() as folder, app_process(Path(folder), *flags) as (address, process):
        yield address, psutil.Process(process.pid)


@pytest.fixture(scope="module")
def ann(running) -> Iterator[httpx.Client]:
    yield from signed_in(running[0], "ann")


@pytest.fixture(scope="module")
def bo(running) -> Iterator[httpx.Client]:
    yield from signed_in(running[0], "bo")


def signed_in(address: str, user: str) -> Iterator[httpx.Client]:
    with client_of(address) as client:
        assert sign_in(client, user).status_code == 303
        yield client


def upload(client: httpx.Client, name: str = "cv.txt", data: bytes = b"Python", headers: dict[str, str] | None = None) -> httpx.Response:
    return client.post(UPLOAD, files={"files": (name, data)}, headers=headers)


def event(client: httpx.Client, elem_id: str) -> dict:
    """Return the body of a click on this element, as the page would send it."""
    config = client.get("/config").json()
    props = {part["id"]: part["props"] for part in config["components"]}
    target = next(number for number, component in props.items() if component.get("elem_id") == elem_id)
    element = next(
        dependency for dependency in config["dependencies"] if dependency["backend_fn"] and dependency["targets"][0][0] == target
    )
    data = [props[number].get("value") for number in element["inputs"]]
    return {
        "fn_index": element["id"],
        "data": data,
        "event_data": None,
        "trigger_id": target,
        "session_hash": session_name(elem_id, id(client)),
    }


def session_name(*parts: object) -> str:
    """Return what a browser might call its page: the same for the same parts."""
    return sha256(repr(parts).encode()).hexdigest()[:11]


def news(client: httpx.Client, session: str) -> str:
    """Return all that the page is told until its events are done."""
    lines = []
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        for line in stream.raise_for_status().iter_lines():
            lines.append(line)
            if line.startswith('data: {"msg":"close_stream"'):
                break  # and hang up, as a browser does
    return "\n".join(lines)


@contextmanager
def connection(address: str, client: httpx.Client, request: str, *lines: str) -> Iterator[socket.socket]:
    """Yield a bare connection on which the head of a request of this client was sent."""
    url = urlsplit(address)
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    with socket.create_connection((url.hostname or "", url.port or 0), timeout=20) as raw:
        raw.sendall("\r\n".join([request, f"Host: {url.netloc}", f"Cookie: {cookie}", *lines, "", ""]).encode())
        yield raw


def raw(address: str, client: httpx.Client, request: str, *lines: str) -> bytes:
    """Return the whole answer to a request without a body."""
    with connection(address, client, request, *lines) as sent:
        answer = sent.recv(65536)
        while b"\r\n\r\n" not in answer or len(answer.split(b"\r\n\r\n", 1)[1]) < length(answer):
            answer += sent.recv(65536)
        return answer


def length(answer: bytes) -> int:
    return int(answer.lower().split(b"content-length: ")[1].split(b"\r\n")[0])


def file_data(path: str) -> list[dict]:
    return [{"path": path, "orig_name": "cv.txt", "meta": {"_type": "gradio.FileData"}}]


def send_file(client: httpx.Client, path: str) -> tuple[httpx.Response, str]:
    """Press as the page does after an upload, with this path; the answer and the session."""
    body = event(client, "rr-files")
    body["session_hash"] = session_name(body["session_hash"], path)
    body["data"] = [file_data(path) if isinstance(value, list) or value is None else value for value in body["data"]]
    assert any(isinstance(value, list) for value in body["data"])
    return client.post(JOIN, json=body), body["session_hash"]


def test_an_upload_is_read_by_whoever_sent_it_and_then_gone(ann):
    (path,) = upload(ann, data="王五\n熟悉 Python".encode()).json()
    assert Path(path).exists()
    answer, session = send_file(ann, path)
    assert answer.status_code == 200
    assert '"success":true' in news(ann, session)
    assert not Path(path).exists()


def test_nobody_fetches_or_processes_the_file_of_another(ann, bo):
    (path,) = upload(ann, data=b"only ann's").json()
    assert [client.get(f"/gradio_api/file={path}").status_code for client in (ann, bo)] == [404, 404]
    assert send_file(bo, path)[0].status_code == 403
    assert send_file(bo, path.replace("/cv.txt", "/./cv.txt"))[0].status_code == 403
    assert send_file(ann, path)[0].status_code == 200, "a refusal takes nothing from its owner"


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../etc/passwd", "http://127.0.0.1:9/x", "file:///etc/passwd", "", None, 7, ["x"]])
def test_only_what_was_uploaded_can_be_named_as_a_file(ann, path):
    body = event(ann, "rr-files")
    body["data"] = [{"deep": [{"path": path, "url": "http://127.0.0.1:9/"}]}]
    assert ann.post(JOIN, json=body).status_code == 403


def test_two_who_upload_the_same_both_own_it(ann, bo):
    (first,), (second,) = (upload(client, data=b"the same in both piles").json() for client in (ann, bo))
    assert first == second
    assert [send_file(client, first)[0].status_code for client in (ann, bo)] == [200, 200]


def test_nobody_listens_to_or_acts_in_the_page_of_another(ann, bo):
    body = event(ann, "rr-run")
    assert ann.post(JOIN, json=body).status_code == 200
    session = body["session_hash"]
    assert bo.post(JOIN, json=body).status_code == 403
    assert bo.get("/gradio_api/queue/data", params={"session_hash": session}).status_code == 403
    assert bo.get(f"/gradio_api/heartbeat/{session}").status_code == 403
    cancel = {"session_hash": session, "fn_index": body["fn_index"], "event_id": "0" * 32}
    assert bo.post("/gradio_api/cancel", json=cancel).status_code == 403
    assert '"success":true' in news(ann, session)


@pytest.mark.parametrize(
    "name", ["../../../../tmp/owned.txt", "..\\..\\owned.txt", "/etc/owned.txt", "%2e%2e%2fowned.txt", "a" * 400 + ".txt"]
)
def test_a_file_name_cannot_leave_the_folder_of_uploads(ann, name):
    (ordinary,) = upload(ann, data=b"ordinary").json()
    (path,) = upload(ann, name, b"owned").json()
    assert Path(path).parents[1] == Path(ordinary).parents[1]
    assert len(Path(path).name) < 256


@pytest.mark.parametrize(
    "disposition",
    ['name="files"; filename=""', 'name="files"', 'filename="x.txt"', 'name="files"; filename="\x00"', 'name="files"; filename=".."', ""],
)
def test_an_upload_without_a_proper_name_is_no_error_of_the_server(ann, disposition):
    content = f"--b\r\nContent-Disposition: form-data; {disposition}\r\n\r\nPython\r\n--b--\r\n".encode()
    answer = ann.post(UPLOAD, content=content, headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert answer.status_code < 500


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        (['name="files"; filename=".."'], "bad_name"),
        ([f'name="files"; filename="{"a" * 9000}.pdf"'], "long_name"),
        (['name="files"; filename="x.pdf"'] * 1001, "many_files"),
        (['name="x"'] * 1001, "many_files"),
    ],
)
def test_an_upload_with_names_or_parts_that_cannot_be_says_which(ann, parts, key):
    content = "".join(f"--b\r\nContent-Disposition: form-data; {part}\r\n\r\nPython\r\n" for part in parts) + "--b--\r\n"
    answer = ann.post(UPLOAD, content=content.encode(), headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert (answer.status_code, answer.text) == (400, texts("en")(f"refused.{key}"))


@pytest.mark.parametrize("content_type", ["multipart/form-data", "text/plain", "multipart/form-data; boundary=" + "x" * 300, ""])
def test_an_upload_that_is_none_is_no_error_of_the_server(ann, content_type):
    assert 400 <= ann.post(UPLOAD, content=b"nonsense", headers={"Content-Type": content_type}).status_code < 500


@pytest.mark.parametrize("path", ["/assets/../../../etc/passwd", "/assets/..%2f..%2f..%2fetc/passwd", "/static/js/..%2f..%2findex.html"])
def test_no_path_leads_out_of_what_is_served(running, ann, path):
    answer = raw(running[0], ann, f"GET {path} HTTP/1.1", "Connection: close")  # httpx would tidy the path
    assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 403"))
    assert b"root:" not in answer


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://evil.example:443", "", "x"])
def test_another_site_cannot_act_here(ann, origin):
    headers = {"Origin": origin}
    assert upload(ann, headers=headers).status_code == 403
    assert ann.post(JOIN, json=event(ann, "rr-run"), headers=headers).status_code == 403
    assert sign_in(ann, "ann", **headers).status_code == 403
    assert ann.get("/gradio_api/queue/data", params={"session_hash": "x"}, headers=headers).status_code == 403
    assert ann.get("/config", headers=headers).status_code == 403


def test_a_form_that_another_site_posts_without_saying_its_origin_is_refused(ann):
    assert upload(ann, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert upload(ann, headers={"Sec-Fetch-Site": "same-site"}).status_code == 403
    assert upload(ann, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert ann.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200, "a link to the page"


def test_no_answer_lets_another_site_read_it(ann):
    own = str(ann.base_url).rstrip("/")
    assert upload(ann, headers={"Origin": own}).status_code == 200
    preflight = ann.options(UPLOAD, headers={"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 403
    assert "access-control-allow-origin" not in preflight.headers


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:7860", "localhost.evil.example", "127.0.0.1.evil.example"),
        *("a@[::1]", "", "[::1", "localhost#", "localhost?", "localhost/", "127.0.0.1#.evil"),
    ],
)
def test_a_name_that_was_pointed_here_by_someone_else_is_refused(ann, host):
    assert ann.get("/healthz", headers={"Host": host}).status_code == 403
    assert ann.get("/", headers={"Host": host}).status_code == 403
    assert ann.post(JOIN, json={}, headers={"Host": host, "Origin": f"http://{host}"}).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:7860", "192.168.1.7:7860", "[::1]:7860", socket.gethostname()])
def test_addresses_and_the_own_name_are_right(ann, host):
    assert ann.get("/healthz", headers={"Host": host}).status_code == 200


def test_a_name_of_the_settings_is_right():
    with serving(Settings(allowed_host="hr.example.com, hr"), Model()) as client:
        hosts = ("hr.example.com", "HR.example.com:443", "hr", "x.hr.example.com")
        assert [client.get("/healthz", headers={"Host": host}).status_code for host in hosts] == [200, 200, 200, 403]


class Watch:
    """How much memory the server takes at most while something is sent to it."""

    def __init__(self, process: psutil.Process):
        self._process, self._over = process, threading.Event()
        self.before = self.most = process.memory_info().rss

    def __enter__(self) -> "Watch":
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def _look(self) -> None:
        while not self._over.wait(0.01):
            self.most = max(self.most, self._process.memory_info().rss)

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def grown(self) -> int:
        return self.most - self.before


def chunks(total: int) -> Iterator[bytes]:
    for _ in range(total // 100_000):
        yield b" " * 100_000


@pytest.mark.parametrize("path", [JOIN, "/gradio_api/cancel", "/gradio_api/reset"])
@pytest.mark.parametrize("says_its_length", [True, False])
def test_sixty_megabytes_are_refused_and_not_held_in_memory(running, ann, path, says_its_length):
    with Watch(running[1]) as watch:
        content = b" " * 60 * MB if says_its_length else chunks(60 * MB)
        answer = ann.post(path, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["detail"] == "Too large: 8 MB at a time at most. Send it in parts."
    assert watch.grown < 40 * MB


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_stranger_cannot_fill_the_memory_through_the_login(running, kind):
    with client_of(running[0]) as stranger, Watch(running[1]) as watch:
        answer = stranger.post("/login", content=chunks(60 * MB), headers={"Content-Type": kind})
    assert answer.status_code in (400, 413)
    assert watch.grown < 40 * MB


def test_a_body_just_below_the_limit_gets_through_the_door(ann):
    body = event(ann, "rr-run")
    body["data"][0] = "x" * (MAX_BODY - 20_000)
    assert ann.post(JOIN, json=body).status_code == 200
    news(ann, body["session_hash"])


def test_an_upload_too_large_leaves_nothing_on_disk(running, ann):
    (path,) = upload(ann, data=b"where uploads lie").json()
    folder = Path(path).parents[1]
    before = size(folder)
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="big.pdf"\r\n\r\n'

    def endless() -> Iterator[bytes]:
        yield head
        yield from (bytes(MB) for _ in range(210))

    with Watch(running[1]) as watch:
        answer = ann.post(UPLOAD, content=endless(), headers={"Content-Type": "multipart/form-data; boundary=b"}, timeout=100)
    assert answer.status_code == 413
    assert watch.grown < 60 * MB
    assert size(folder) == before
    said = raw(running[0], ann, f"POST {UPLOAD} HTTP/1.1", "Content-Type: multipart/form-data; boundary=b", f"Content-Length: {2000 * MB}")
    assert said.startswith(b"HTTP/1.1 413")
    assert said.endswith(b"Too large: 1000 MB at a time at most. Send it in parts.")


def test_an_upload_whose_sender_goes_away_leaves_nothing_on_disk(running, ann):
    (path,) = upload(ann, data=b"where uploads lie, too").json()
    folder = Path(path).parents[1]
    before = size(folder)
    lines = ("Content-Type: multipart/form-data; boundary=b", "Content-Length: 9000000")
    part = b'--b\r\nContent-Disposition: form-data; name="files"; filename="half.pdf"\r\n\r\n'
    with connection(running[0], ann, f"POST {UPLOAD} HTTP/1.1", *lines) as raw:
        raw.sendall(part + bytes(3 * MB))
        assert until(lambda: size(folder) > before), "it is being stored"
    assert until(lambda: size(folder) == before)


def test_what_was_stored_under_another_name_goes_and_a_full_folder_takes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    with serving(Settings(), Model()) as client:
        assert client.post(UPLOAD, files={"other": ("x.txt", b"never asked for")}).status_code == 200
        (left,) = (file for file in tmp_path.rglob("*") if file.is_file())
        os.utime(left, (0, 0))
        monkeypatch.setattr("server.uploads.MOST_BYTES", 3)
        monkeypatch.setattr("server.uploads._FRESH_SECONDS", 0.0)
        assert upload(client).status_code == 507
        assert not left.exists(), "before anything is refused, what is old goes"


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"data": []}', b'{"session_hash": null}', b"\xff\xfe", b"[" * 100_000, b'{"session_hash": 1}']
    + [json.dumps({"session_hash": "nonsense", "data": [], "fn_index": number}).encode() for number in (99999, -1, None, "x")],
)
def test_nonsense_instead_of_a_click_is_no_error_of_the_server(ann, content):
    assert 400 <= ann.post(JOIN, content=content, headers={"Content-Type": "application/json"}).status_code < 500


def test_a_click_with_the_wrong_values_fails_by_itself(ann):
    numbers = [dependency["id"] for dependency in ann.get("/config").json()["dependencies"]]
    assert len(numbers) > 30
    for number in numbers:
        body = {"fn_index": number, "data": [], "session_hash": "wrongvalues"}
        assert ann.post(JOIN, json=body).status_code in (200, 400)
    assert ann.get("/healthz").status_code == 200


def test_half_a_character_breaks_neither_the_click_nor_the_page(ann):
    body = event(ann, "rr-run")
    body["data"] = [f"{value}\ud800" if isinstance(value, str) else value for value in body["data"]]
    body["data"][0] = "熟悉 \ud83d Python"
    answer = ann.post(JOIN, content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert answer.status_code == 200
    assert "process_completed" in news(ann, body["session_hash"])
    assert ann.get("/healthz").status_code == 200


def test_every_answer_has_the_headers_that_keep_a_browser_safe(running, ann):
    with client_of(running[0]) as stranger:
        answers = {
            "page": ann.get("/"),
            "data": ann.get("/config"),
            "refusal": stranger.get("/config"),
            "login": stranger.get("/login"),
            "redirect": stranger.get("/"),
            "unknown": ann.get("/nothing"),
            "wrong host": ann.get("/", headers={"Host": "evil.example"}),
            "health": stranger.get("/healthz"),
        }
    for name, answer in answers.items():
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy, name
        assert "object-src 'none'" in policy, name
        assert "'unsafe-inline'" not in policy.split("style-src")[0], "scripts that somebody put into the page do not run"
        assert answer.headers["x-frame-options"] == "DENY", name
        assert answer.headers["x-content-type-options"] == "nosniff", name
        assert answer.headers["referrer-policy"] == "same-origin", name
        assert answer.headers["cache-control"] == "no-store", name
        assert "server" not in answer.headers, name
    assert answers["page"].headers["content-security-policy"].count("'sha256-") > 2


def test_a_header_cannot_make_the_page_ask_another_host(ann):
    ordinary = ann.get("/config").json()
    lied = {"X-Forwarded-Host": "evil.example", "X-Gradio-Server": "http://evil.example", "X-Forwarded-Proto": "https"}
    assert ann.get("/config", headers=lied).json()["root"] == ordinary["root"]
    assert "evil.example" not in ann.get("/", headers=lied).text


def test_a_full_queue_is_said_in_our_words(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gradio.queueing.Queue.__len__", lambda queue: 10_000)
    with serving(Settings(), Model()) as client:
        body = event(client, "rr-run")
        answer = client.post(JOIN, json=body)
        assert answer.status_code == 429, "Gradio's client has English words of its own for 503"
        assert answer.json()["detail"] == texts("zh")("refused.busy")
        assert client.get("/healthz").status_code == 200
