"""The top of the page: where resumes go, wherever they leave this process."""

from dataclasses import replace
from pathlib import Path

import pytest

from feedback.store.store import Store
from i18n.texts import LANGUAGES, texts
from tests.service.desk import ready
from tests.ui.samples import CountingEngine
from ui.html.status import model_html, notice_html

SERVERS = "gpu-box:8000, 10.0.0.5:8000"


@pytest.mark.parametrize("language", LANGUAGES)
def test_servers_that_resumes_are_sent_to_are_named(language: str, tmp_path: Path):
    engine, store, words = CountingEngine(), Store(tmp_path / "feedback.sqlite3"), texts(language)
    assert notice_html(ready(engine), store, words) == ""
    engine.info = replace(engine.info, device=SERVERS, sends_to=SERVERS)
    assert SERVERS in notice_html(ready(engine), store, words)
    assert SERVERS in model_html(ready(engine), words)
