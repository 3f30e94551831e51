"""The page comes in the visitor's language from its first byte."""

import json
import re
from typing import Any

import gradio as gr
import httpx
import pytest

from feedback.store.store import Store
from i18n.chosen import chosen_language
from service.model import Model
from settings import Settings
from tests.encoder import JUDGE
from tests.server.serving import PASSWORD, serving, sign_in
from tests.ui.samples import CountingEngine
from ui.page import build_page


@pytest.mark.parametrize(
    ("kept", "accepted", "language"),
    [
        ("", "en-GB,en;q=0.9", "en"),
        ("", "en-US,en;q=0.8,zh-CN;q=0.9", "en"),
        ("", "en;q=0.8,zh-CN;q=0.9", "zh"),
        ("", "fr-FR,fr;q=0.9,en;q=0.5", "en"),
        ("", "fr", "zh"),
        ("", "", "zh"),
        ("", "*;q=0.1", "zh"),
        ("", "en;q=nonsense,;,", "zh"),
        ("", "en;q=0", "zh"),
        ("zh", "en-GB", "zh"),
        ("en", "zh-CN", "en"),
        ("fr", "en-GB", "en"),
    ],
)
def test_what_was_chosen_counts_before_what_the_browser_prefers(kept: str, accepted: str, language: str):
    assert chosen_language(kept, accepted, "zh", follows_browser=True) == language


def test_a_language_of_the_administrator_counts_before_the_browser_and_after_the_person():
    assert chosen_language("", "en-GB", "zh", follows_browser=False) == "zh"
    assert chosen_language("en", "zh-CN", "zh", follows_browser=False) == "en"


def _page(answer: httpx.Response) -> tuple[str, str]:
    """Return the language that the markup states and all that the page's components say."""
    language = re.search(r'<html\s+lang="([^"]*)"', answer.text)
    config = re.search(r"window\.gradio_config = (.*?);</script>", answer.text, re.DOTALL)
    assert language and config
    return language[1], json.dumps(json.loads(config[1])["components"], ensure_ascii=False)


def test_the_first_page_of_an_english_browser_and_the_form_before_it_are_english():
    with serving(Settings(follows_browser=True, auth=f"hr:{PASSWORD}"), Model()) as client:
        assert '<html lang="en">' in client.get("/login", headers={"Accept-Language": "en"}).text
        assert '<html lang="zh-CN">' in client.get("/login", headers={"Accept-Language": "zh-TW,en;q=0.5"}).text
        assert '<html lang="zh-CN">' in client.get("/login?lang=zh", headers={"Accept-Language": "en"}).text
        sign_in(client, "hr")
        answer = client.get("/", headers={"Accept-Language": "en-GB"})
        language, said = _page(answer)
        assert language == "en" and "Job description" in said and '"en"' in said
        assert re.findall("[\u4e00-\u9fff]+", said.replace("中文", "")) == [], "no word of the other language"
        assert answer.num_bytes_downloaded == int(answer.headers["content-length"])
        client.cookies.set("rr-language", "zh")
        language, said = _page(client.get("/", headers={"Accept-Language": "en-GB"}))
        assert language == "zh-CN" and "招聘JD" in said and "Job description" not in said


def test_the_first_page_has_what_is_known_of_the_model_by_then():
    model = Model()
    with serving(Settings(follows_browser=True), model) as client:
        for is_ready in (False, True):
            for accepted in ("en", "zh"):
                assert ("rr-model loading" in _page(client.get("/", headers={"Accept-Language": accepted}))[1]) is not is_ready
            model.ready(CountingEngine(), JUDGE)


def test_all_users_get_one_page_that_names_nobody():
    with serving(Settings(auth=f"anna:{PASSWORD},ben:{PASSWORD}"), Model()) as client:
        pages = []
        for user in ("anna", "ben"):
            sign_in(client, user)
            pages.append(client.get("/").text)
            client.get("/logout")
    assert "window.gradio_config" in pages[0] and pages[0] == pages[1]


def test_the_page_in_another_language_is_built_once_and_when_somebody_asks_for_it(monkeypatch: pytest.MonkeyPatch):
    built: list[str] = []

    def noted_page(model: Model, store: Store, settings: Settings, *rest: Any) -> gr.Blocks:
        built.append(settings.language)
        return build_page(model, store, settings, *rest)

    monkeypatch.setattr("tests.server.serving.build_page", noted_page)
    with serving(Settings(follows_browser=True), Model()) as client:
        for accepted, languages in [("zh", ["zh"]), ("en", ["zh", "en"]), ("en", ["zh", "en"])]:
            assert client.get("/", headers={"Accept-Language": accepted}).status_code == 200
            assert built == languages
