"""The app under a sub-path, behind a proxy that passes the path on and behind one that takes the sub-path away."""

import re
from collections.abc import Iterator

import pytest

from service.model import Model
from settings import Settings
from tests.server.proxy import proxy
from tests.server.serving import PASSWORD, client_of, serving

ROOT = "/resumes"
SETTINGS = Settings(auth=f"hr:{PASSWORD}", root_path=ROOT, port=7999)


@pytest.fixture(scope="module")
def direct() -> Iterator[str]:
    """Yield the address of an app that is meant to be reached through a proxy."""
    with serving(SETTINGS, Model()) as client:
        yield str(client.base_url)


def test_a_session_of_before_the_app_had_a_sub_path_keeps_nobody_out(direct: str):
    with client_of(direct) as client:
        entered = client.post(f"{ROOT}/login", data={"username": "hr", "password": PASSWORD})
        session = entered.headers["set-cookie"].partition(";")[0]
    stale = f"reranker-{SETTINGS.port}=old"  # set with Path=/, so that browsers send it here as well, after the one of the sub-path
    with client_of(direct) as client:
        assert client.get(f"{ROOT}/alive", headers={"Cookie": f"{session}; {stale}"}).status_code == 200


@pytest.mark.parametrize("takes_away", [True, False])
def test_sign_in_page_files_and_sign_out_stay_under_the_sub_path(direct: str, takes_away: bool):
    with proxy(direct, ROOT, takes_away) as (address, strays), client_of(address) as client:
        assert client.get(ROOT).headers["location"] == f"{ROOT}/"
        assert client.get(f"{ROOT}/").headers["location"] == f"{ROOT}/login"
        form = client.get(f"{ROOT}/login").text
        assert re.findall(r'(?:action|href)="(/[^"?]*)', form) == [f"{ROOT}/login", f"{ROOT}/login"]
        entered = client.post(f"{ROOT}/login", data={"username": "hr", "password": PASSWORD})
        assert (entered.status_code, entered.headers["location"]) == (303, f"{ROOT}/")
        assert f"Path={ROOT};" in entered.headers["set-cookie"]
        page = client.get(f"{ROOT}/")
        assert f'"root":"{address}{ROOT}"' in page.text
        files = re.findall(r'(?:src|href)="\./(assets/[^"]+)"', page.text)
        assert files and all(client.get(f"{ROOT}/{file}").status_code == 200 for file in files)
        assert "sha256-" in page.headers["content-security-policy"]
        assert client.get(f"{ROOT}/alive").status_code == 200
        uploaded = client.post(f"{ROOT}/gradio_api/upload", files={"files": ("a.txt", b"text")})
        assert uploaded.status_code == 200
        assert client.get(f"{ROOT}/logout").headers["location"] == f"{ROOT}/login"
        assert client.get(f"{ROOT}/config").status_code == 401
        assert client.get(f"{ROOT}/../{ROOT}x/login").status_code == 404
        assert strays == [f"{ROOT}x/login"]
