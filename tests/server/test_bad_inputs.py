"""A bad upload of tests/bad_inputs.toml that no other test plays exactly."""

from pathlib import Path

import pytest

from service.model import Model
from settings import Settings
from tests.server.serving import serving


def test_an_upload_without_a_name_is_refused_and_one_with_an_empty_name_gets_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    with serving(Settings(), Model()) as client:

        def upload(disposition: str):
            content = f"--b\r\nContent-Disposition: form-data; {disposition}\r\n\r\nPython\r\n--b--\r\n".encode()
            headers = {"Content-Type": "multipart/form-data; boundary=b"}
            return client.post("/gradio_api/upload", content=content, headers=headers)

        for nameless in ('name="files"', 'filename="cv.txt"', ""):
            assert upload(nameless).status_code == 400
        (path,) = upload('name="files"; filename=""').json()
        assert tmp_path in Path(path).parents and Path(path).read_bytes() == b"Python"
