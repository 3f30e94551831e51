"""The app under a sub-path of a proxy, in a real Chromium that speaks English: sign in, upload, rank, download, switch, sign out."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from reranker.judge.judge import Judge
from service.model import Model
from settings import Settings
from tests.browser.steps import rank, sign_in, small_resumes, upload, visiting
from tests.server.proxy import proxy
from tests.server.serving import PASSWORD, serving
from tests.ui.samples import CountingEngine

ROOT = "/resumes"


@pytest.mark.long
def test_all_of_it_works_under_a_sub_path_and_in_the_browsers_language(browser: Browser, tmp_path: Path):
    model = Model()
    model.ready(CountingEngine(), Judge())
    settings = Settings(auth=f"hr:{PASSWORD}", root_path=ROOT, follows_browser=True)
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-GB")
    with (
        serving(settings, model) as client,
        proxy(str(client.base_url), ROOT, takes_away=True) as (address, strays),
        visiting(context, f"{address}{ROOT}") as page,
    ):
        sign_in(page, "hr", PASSWORD, "en")
        expect(page.locator("#rr-title h1")).to_have_text("Resume reranker")
        assert page.evaluate("document.documentElement.lang") == "en"
        expect(page.locator(".rr-model.ready")).to_be_visible()
        page.wait_for_function("sessionStorage.getItem('rr-tab')")
        page.locator("#rr-job textarea").fill("Requirements:\nPython")
        upload(page, *small_resumes(tmp_path))
        rank(page)
        with page.expect_download() as waiting:
            page.locator("#rr-csv").click()
        assert waiting.value.suggested_filename.endswith(".csv")

        page.locator("#rr-language input").first.check(force=True)
        expect(page.locator("#rr-title h1")).to_have_text("简历重排序")
        page.locator("button.rr-row").first.click()
        page.locator("textarea[data-note]").fill("Call on Thursday")
        page.reload()
        expect(page.locator("#rr-title h1")).to_have_text("简历重排序")
        expect(page.locator("textarea[data-note]")).to_have_value("Call on Thursday")  # the panel may come before the user
        page.keyboard.press("Escape")
        expect(page.locator(".rr-row")).to_have_count(3)
        page.locator("#rr-language input").first.focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('[data-keys-open]')"), "the switch is one tab stop"
        page.locator("#rr-title a[data-user]").click()
        page.wait_for_url(f"{address}{ROOT}/login")
        assert page.evaluate("document.documentElement.lang") == "zh-CN", "the form speaks what was switched to"
        assert [path for path in strays if not re.fullmatch("/favicon.ico", path)] == []
    context.close()
