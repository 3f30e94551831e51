"""POST /v1/rank and /v1/read: files and texts in, rows out, over real HTTP with the real readers and the real judge."""

import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import httpx
import pytest

from feedback.store.audit import entries
from feedback.store.store import Store
from i18n.texts import LANGUAGES, texts
from server.api import files, work
from server.auth.keys import add_key
from service.model import Model
from tests.encoder import JUDGE
from tests.server.api.serving import GatedEngine, WordEngine, api, wait_until_idle
from tests.service.desk import ready

JOB = "Requirements:\n- Python\n- Kubernetes"
ANN, BO = "Ann Lee\nann@example.com\nI use Python every day", "Bo Ray\nI use Python and Kubernetes"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("api")


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    return Store(folder / "feedback.sqlite3")


@pytest.fixture(scope="module")
def client(folder: Path, store: Store) -> Iterator[httpx.Client]:
    JUDGE.verdicts(["warm"], "warm")
    with api(ready(WordEngine()), folder, store, max_files=4, max_file_mb=1, keep_files=True) as client:
        yield client


def rank(client: httpx.Client, **body: Any) -> httpx.Response:
    return client.post("/v1/rank", json={"job": JOB, "resumes": [ANN, {"name": "bo.txt", "text": BO}], **body})


def docx_of(text: str) -> bytes:
    document, stored = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(stored)
    return stored.getvalue()


def names(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["name"] for row in answer.json()["rows"]]


def test_texts_are_ranked_with_match_points_and_nothing_is_kept(client: httpx.Client, store: Store):
    answer = rank(client)
    assert names(answer) == ["bo.txt", "1"]
    body = answer.json()
    assert list(body) == ["model", "query", "job", "rows", "rejected", "timing", "run_id", "warnings"]
    best = body["rows"][0]
    assert best["rank"] == 1 and best["previous_rank"] == 2 and 0 < best["probability"] < 1
    assert [(point["requirement"], point["quote"]) for point in best["match_points"]] == [
        (name, BO.split("\n")[1]) for name in ("Python", "Kubernetes")
    ]
    assert body["run_id"] == 0 and store.runs(9) == []


def test_files_are_read_as_the_page_reads_them_and_are_gone_afterwards(client: httpx.Client, folder: Path):
    parts = [
        ("job", ("JD.txt", JOB.encode())),
        ("resumes", ("../../bo.docx", docx_of(BO))),
        ("resumes", ("ann.txt", ANN.encode())),
        ("resumes", ("broken.pdf", b"%PDF-1.4 nothing")),
    ]
    answer = client.post("/v1/rank", files=parts)
    assert names(answer) == ["bo.docx", "ann.txt"]
    (refused,) = answer.json()["rejected"]
    assert refused["name"] == "broken.pdf" and refused["reason"] and refused["message"]
    assert list((folder / "uploads").iterdir()) == [] and not (folder / "kept_files").exists()


def test_a_form_may_bring_texts_and_switches(client: httpx.Client):
    form = {"job": JOB, "resumes": [ANN, BO], "blind": "true", "template": "tech", "instruction": "", "keep": "false"}
    answer = client.post("/v1/rank", files={"unused": ("", b"")}, data=form)
    assert names(answer) == ["Candidate B", "Candidate A"], "the names of blind mode"
    assert answer.json()["query"]["instruction"].startswith("Rank resumes by match to technical requirements")
    assert "Bo Ray" not in answer.text


@pytest.mark.parametrize("resumes", [[("zoe.txt", ANN)], []], ids=["ranked", "nothing readable"])
@pytest.mark.parametrize("stream", ["false", "true"])
def test_blind_mode_names_no_file_that_could_not_be_read(client: httpx.Client, resumes: list[tuple[str, str]], stream: str):
    parts = [("resumes", (name, text.encode())) for name, text in [*resumes, ("Wu Qingyue.pdf", "%PDF-1.4 nothing")]]
    answer = client.post("/v1/rank", files=parts, data={"job": JOB, "blind": "true", "stream": stream})
    assert "file 1.pdf" in answer.text.lower() and "Wu Qingyue" not in answer.text and "zoe" not in answer.text


@pytest.mark.parametrize("how", [{"headers": {"Accept": "application/x-ndjson"}}, {"stream": True}])
def test_line_by_line_on_request(client: httpx.Client, how: dict[str, Any]):
    body = {"job": JOB, "resumes": [ANN, BO], "stream": how.get("stream")}
    with client.stream("POST", "/v1/rank", json=body, headers=how.get("headers")) as stream:
        assert stream.headers["content-type"] == "application/x-ndjson"
        lines = [json.loads(line) for line in stream.iter_lines()]
    kinds = [line["type"] for line in lines if line["type"] != "progress"]
    assert kinds == ["scored", "scored", "row", "row", "end"]
    assert [line["name"] for line in lines if line["type"] == "scored"] == ["1", "2"]
    assert [(line["rank"], line["name"]) for line in lines if line["type"] == "row"] == [(1, "2"), (2, "1")]
    assert lines[-1]["rejected"] == [] and "rows" not in lines[-1]
    assert {line["stage"] for line in lines if line["type"] == "progress"} == {"scoring", "explaining"}


def test_a_stream_that_fails_ends_with_the_reason(client: httpx.Client):
    answer = rank(client, resumes=[" "], stream=True)
    last = json.loads(answer.text.splitlines()[-1])
    assert last["type"] == "error" and last["status"] == 422 and last["rejected"][0]["name"] == "1"


def test_it_is_kept_when_asked_under_the_name_of_the_key(tmp_path: Path):
    store, key = Store(tmp_path / "feedback.sqlite3"), add_key(tmp_path / "api_keys", "ats")
    with api(ready(WordEngine()), tmp_path, store) as client:
        client.headers["Authorization"] = f"Bearer {key}"
        run_id = rank(client, keep=True).json()["run_id"]
        assert [run.id for run in store.runs(9)] == [run_id]
    assert entries(store)[0].user == "key:ats"


def test_where_people_sign_in_only_a_key_writes_to_the_history(tmp_path: Path):
    store = Store(tmp_path / "feedback.sqlite3")
    with api(ready(WordEngine()), tmp_path, store, has_users=True) as client:
        refused = rank(client, keep=True)
        assert refused.status_code == 403 and "key add" in refused.json()["message"]
        assert rank(client).status_code == 200 and store.runs(9) == []


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"job": None}, 400, "job description"),
        ({"job": " "}, 400, "job description"),
        ({"resumes": []}, 400, "no resumes"),
        ({"resumes": [{"name": "a"}]}, 400, "no text"),
        ({"resumes": "a"}, 400, "resumes"),
        ({"template": "pirate"}, 400, "template"),
        ({"blind": "perhaps"}, 400, "blind"),
        ({"resumes": ["a"] * 5}, 413, "More than 4"),
        ({"instruction": "a" * 4001}, 413, "4,000"),
        ({"resumes": ["", " "]}, 422, "None of the resumes could be read"),
    ],
)
def test_what_cannot_be_ranked_gets_a_sentence(client: httpx.Client, body: dict[str, Any], status: int, says: str):
    answer = rank(client, **body)
    assert answer.status_code == status and says in answer.json()["message"], answer.text


def test_refused_uploads_leave_nothing_behind(client: httpx.Client, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "largest_file", lambda megabytes: 10_000)  # for two hundred megabytes
    form = {"job": ("JD.txt", JOB.encode()), "resumes": ("a.txt", ANN.encode())}

    def raw(content: bytes) -> httpx.Response:
        return client.post("/v1/rank", content=content, headers={"Content-Type": "multipart/form-data; boundary=b"})

    answers = [
        client.post("/v1/rank", files=[*form.items(), ("job", ("JD2.txt", b"x"))]),
        client.post("/v1/rank", files={**form, "job": ("JD.pdf", b"%PDF-1.4 nothing")}),
        client.post("/v1/rank", files=[*form.items(), *[("resumes", (f"{number}.txt", b"x")) for number in range(4)]]),
        raw(b"--b\r\nContent-Disposition: form-data\r\n\r\n"),
        raw(b"no form"),
        client.post("/v1/read", files={"job": ("JD.txt", JOB.encode())}),
        client.post("/v1/read", json={"files": ["a"]}),
        client.post("/v1/rank", files={**form, "resumes": ("a.txt", b"x" * 10_001)}),
    ]
    assert [answer.status_code for answer in answers] == [400, 422, 413, 400, 400, 400, 400, 413]
    assert all(answer.json()["message"] for answer in answers)
    assert list((folder / "uploads").iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("parts", "key"),
    [
        (['name="files"; filename=".."'], "bad_name"),
        ([r'name="files"; filename="cv\..\"'], "bad_name"),
        ([f'name="files"; filename="{"a" * 9000}.pdf"'], "long_name"),
        (['name="files"; filename="x.pdf"'] * 1001, "many_files"),
        (['name="blind"'] * 1001, "many_files"),
        ([""], "body"),
    ],
)
def test_names_and_parts_that_cannot_be_get_their_own_words(client: httpx.Client, folder: Path, parts: list[str], key: str, language: str):
    content = "".join(f"--b\r\nContent-Disposition: form-data; {part}\r\n\r\nPython\r\n" for part in parts) + "--b--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Cookie": f"rr-language={language}"}
    answer = client.post("/v1/read", content=content.encode(), headers=headers)
    assert (answer.status_code, answer.json()["message"]) == (400, texts(language)(f"refused.{key}"))
    assert list((folder / "uploads").iterdir()) == []


def test_files_are_read_and_shown(client: httpx.Client, folder: Path):
    parts = [("files", ("ann.txt", ANN.encode())), ("files", ("empty.txt", b"")), ("job", ("JD.txt", JOB.encode()))]
    body = client.post("/v1/read", files=parts, data={"blind": "true"}).json()
    ann, empty = body["files"]
    assert "ann@example.com" not in ann["text"] and "Python" in ann["text"] and ann["refused"] is None and ann["notes"]
    assert empty["refused"]["reason"] == "empty_file" and empty["text"] == ""
    assert [requirement["text"] for requirement in body["requirements"]] == ["Python", "Kubernetes"]
    assert list((folder / "uploads").iterdir()) == []


def test_whoever_hangs_up_stops_the_run_and_its_files_go(tmp_path: Path):
    engine = GatedEngine()
    with api(ready(engine), tmp_path, max_files=1000) as client:
        parts = [("resumes", (f"{number}.txt", f"person {number}".encode())) for number in range(20)]
        texts = {"job": JOB, "resumes": [f"{number} python" for number in range(900)]}
        with pytest.raises(httpx.ReadTimeout):
            client.post("/v1/rank", files=parts, data=texts, timeout=0.5)
        wait_until_idle(client, engine.gate.release)
        assert len(engine.documents) < 900
        with client.stream("POST", "/v1/rank", json={**texts, "stream": True}) as stream:
            next(stream.iter_lines())
        wait_until_idle(client, engine.gate.release)
        assert len(engine.documents) < 1800
        assert list((tmp_path / "uploads").iterdir()) == []


def test_while_the_model_loads_and_while_all_places_are_taken_clients_are_told_when_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(work, "MOST_AT_ONCE", 1)
    model, engine = Model(), GatedEngine()
    with api(model, tmp_path) as client:
        for path in ("/v1/rank", "/v1/rerank", "/v1/read"):
            answer = client.post(path, json={})
            assert answer.status_code == 503 and answer.headers["retry-after"] == "5" and "being loaded" in answer.json()["message"]
        assert client.get("/readyz").status_code == 503 and client.get("/healthz").json() == {"status": "loading", "model": None}
        model.ready(engine, ready(engine).judge)
        assert client.get("/readyz").status_code == 200
        first = threading.Thread(target=client.post, args=("/v1/rerank",), kwargs={"json": {"query": "a", "documents": ["a"]}})
        first.start()
        while "reranker_api_requests_at_work 1.0" not in client.get("/metrics").text:
            pass
        for answer in (rank(client), rank(client, stream=True), client.post("/v1/rerank", json={"query": "a", "documents": ["b"]})):
            assert answer.status_code == 429 and answer.headers["retry-after"] == "5"
        engine.gate.release()
        first.join()
        engine.gate.release(2)
        assert rank(client).status_code == 200
