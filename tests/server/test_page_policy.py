"""The page under its security headers in a real Chromium: everything works, the console stays clean, injected markup does nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

from tests.server.serving import PASSWORD
from tests.test_browser import CHROMIUM, QUIET, open_signed_in, running

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed")]
FILES = [
    {"name": "<img src=x onerror=alert(1)>.txt", "mimeType": "text/plain", "buffer": b"Ann\nPython backend <script>alert(2)</script>"},
    {"name": "bo.txt", "mimeType": "text/plain", "buffer": b"Bo\nAccounting, ten years"},
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running("--model", "embedded", "--auth", f"hr:{PASSWORD}", "--language", "en") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Signed in. Fails on any error in the console, a violation of the policy among them, and on any dialog."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    open_signed_in(context.new_page(), address)
    page = context.new_page()
    page.set_default_timeout(20_000)
    wrong = []

    def note_dialog(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    page.on("console", lambda message: wrong.append((message.text, message.location)) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", note_dialog)
    page.goto(address)
    yield page
    context.close()
    assert wrong == []


def test_a_whole_run_with_exports_print_and_tabs_violates_nothing(page: Page):
    page.locator("#rr-example").click()
    expect(page.locator(".rr-pile li")).to_have_count(6)
    page.locator(".rr-pile-head button").click()
    expect(page.locator(".rr-pile li")).to_have_count(0)
    page.locator("#rr-files input[type=file]").set_input_files(FILES)  # pyright: ignore[reportArgumentType]
    expect(page.locator(".rr-pile li")).to_have_count(2)
    page.locator("#rr-job textarea").fill("Requirements:\nPython backend")
    page.locator("#rr-run").click()
    expect(page.locator(".rr-summary")).to_be_visible(timeout=60_000)
    for button in ("#rr-xlsx", "#rr-csv"):
        with page.expect_download() as waiting:
            page.locator(button).click()
        assert Path(waiting.value.path()).stat().st_size > 100
    with page.context.expect_page() as waiting:
        page.locator("#rr-print").click()
    printout = waiting.value
    expect(printout.get_by_text("bo.txt").first).to_be_visible()
    assert printout.evaluate("document.styleSheets.length") > 0
    printout.close()
    page.locator(".rr-row").first.click()
    expect(page.locator(".rr-panel")).to_be_visible()
    page.keyboard.press("Escape")
    for tab in ("Feedback and tuning", "History"):
        page.get_by_role("tab", name=tab).click()
    page.locator("#rr-language").get_by_text("中文").click()
    expect(page.get_by_role("tab", name="历史")).to_be_visible()


def test_markup_that_gets_into_the_page_runs_nothing(browser: Browser, address: str):
    page = browser.new_page()
    open_signed_in(page, address)
    blocked = []
    page.on("console", lambda message: blocked.append(message.text) if "Content Security Policy" in message.text else None)
    page.evaluate("""() => {
        const box = document.createElement("div");
        document.body.append(box);
        box.innerHTML = '<img src="data:," onerror="window.ran = 1"><iframe srcdoc="<script>parent.ran = 1</script>"></iframe>';
        const script = document.createElement("script");
        script.textContent = "window.ran = 1";
        document.body.append(script);
        box.innerHTML += '<img src="http://203.0.113.1/leak">';
    }""")
    page.wait_for_timeout(500)
    assert page.evaluate("window.ran") is None
    assert len(blocked) >= 3
    page.close()


def test_a_session_that_has_ended_leads_to_the_form_and_back_to_the_page(browser: Browser, address: str):
    context = browser.new_context()
    page = context.new_page()
    open_signed_in(page, address)
    page.locator("#rr-files input[type=file]").set_input_files(FILES)  # pyright: ignore[reportArgumentType]
    expect(page.locator(".rr-pile li")).to_have_count(2)  # the page has come alive
    context.clear_cookies()
    page.locator("#rr-run").click()
    expect(page.get_by_label("Password")).to_be_visible()
    open_signed_in(page, address)
    page.goto(f"{address}/logout")
    expect(page).to_have_url(re.compile("/login$"))
    context.close()
