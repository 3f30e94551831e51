"""A page that was let go because nobody used it, in a real Chromium: the next click brings it back with all it had."""

import time
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from server.page_sessions import IDLE_SECONDS, PageSessions
from settings import Settings
from tests.browser.steps import own_port, visiting
from tests.server.serving import serving
from tests.service.desk import ready
from tests.waiting import until


@pytest.mark.long
def test_a_page_that_was_let_go_comes_back_with_the_next_click(visitor: BrowserContext, monkeypatch: pytest.MonkeyPatch):
    ahead, started = 0.0, []

    def sessions(*arguments: Any) -> PageSessions:
        started.append(PageSessions(*arguments, clock=lambda: time.monotonic() + ahead))
        return started[0]

    monkeypatch.setattr("server.app.PageSessions", sessions)
    with serving(Settings(), ready(), port=own_port()) as client, visiting(visitor, str(client.base_url)) as page:
        files = [{"name": "cv.txt", "mimeType": "text/plain", "buffer": "王五\n熟悉 Python".encode()}]
        page.locator("#rr-files input[type=file]").set_input_files(files)  # pyright: ignore[reportArgumentType]
        expect(page.locator(".rr-pile li.document")).to_have_count(1)
        page.locator("#rr-job textarea").fill("任职要求：熟悉 Python")
        expect(page.locator("#rr-rubric-line")).to_contain_text("要求 1 条")  # nothing is on its way to the server any more
        ahead = IDLE_SECONDS + 1
        assert until(lambda: len(started[0]) == 0), "let go, though it is open"
        with page.expect_navigation():
            page.locator("#rr-run").click()
        expect(page.locator(".rr-pile li.document")).to_have_count(1)
        expect(page.locator("#rr-job textarea")).to_have_value("任职要求：熟悉 Python")
        page.locator("#rr-run").click()
        expect(page.locator(".rr-row")).to_have_count(1)
