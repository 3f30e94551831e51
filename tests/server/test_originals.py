"""Original files over HTTP: behind the sign-in, by the key of the tab, as pictures or as a download that no browser opens."""

from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from feedback.store.kept_files import take_in
from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from preprocess.document import Document
from server.guard.allowed_routes import is_served
from server.originals import add_originals
from service.model import Model
from service.original.show import Originals
from service.reopen import show_run
from service.run_state import RunState
from settings import Settings
from tests.data.make_pdf import text_pdf
from tests.feedback.stored import run_of
from tests.server.serving import PASSWORD, serving, sign_in

TAB = {"X-Reranker-Tab": "0" * 32}


def shown_run(folder: Path) -> tuple[Store, RunState]:
    """Return a run with one candidate, whose file is a PDF with a name that no header can hold as it is."""
    store = Store(folder / FILE_NAME)
    original = take_in(folder, text_pdf(["林知遥"]), Document('林 "知遥".pdf', "pdf", ()))
    run, state = run_of("job", ["a", "b"]), RunState()
    number = store.add_run(replace(run, rows=(replace(run.rows[0], originals=(original,)),)))
    show_run(state, store.run(number), store)
    return store, state


def test_pages_and_file_go_to_the_tab_whose_list_has_the_person_only(tmp_path: Path):
    store, state = shown_run(tmp_path)
    app = FastAPI()
    add_originals(app, Originals(lambda user, tab: state if tab == "0" * 32 else None, store), lambda scope: texts("zh"))
    [(resume_id, [file])] = state.kept_files.items()
    path = f"/original/{resume_id}/{file.sha256}"
    with TestClient(app) as client:
        assert client.get(path, headers=TAB).json()["all"] == 1
        picture = client.get(f"{path}/0", headers=TAB)
        assert picture.headers["content-type"] == "image/jpeg" and picture.content.startswith(b"\xff\xd8")
        assert client.get(f"{path}/1", headers=TAB).status_code == 422
        download = client.get(f"{path}/file", headers=TAB)
        assert download.content.startswith(b"%PDF-") and download.headers["content-type"] == "application/octet-stream"
        assert download.headers["content-disposition"] == "attachment; filename*=UTF-8''%E6%9E%97%20%22%E7%9F%A5%E9%81%A5%22.pdf"
        for ending in ("", "/0", "/file"):
            assert client.get(path + ending, headers={"X-Reranker-Tab": "1" * 32}).status_code == 404
            assert client.get(path + ending).status_code == 404, "another site, or a link"


def test_only_paths_of_that_form_are_served():
    ids = f"{'a' * 64}/{'0' * 64}"
    assert all(is_served("GET", f"/original/{ids}{ending}") for ending in ("", "/0", "/29", "/file"))
    assert not any(is_served("GET", f"/original/{path}") for path in ("", "a/b", f"{ids}/..", f"{ids}/123", f"{ids}/0/", f"{ids}\n"))
    assert not is_served("POST", f"/original/{ids}")


def test_they_are_behind_the_sign_in():
    path = f"/original/{'a' * 64}/{'0' * 64}"
    with serving(Settings(auth=f"hr:{PASSWORD}"), Model()) as client:
        assert client.get(path, headers=TAB).status_code == 401
        sign_in(client, "hr")
        answer = client.get(path, headers=TAB)
        assert answer.status_code == 404 and answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
