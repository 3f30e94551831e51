"""The page under its security headers in a real Chromium: everything works, the console stays clean, injected markup does nothing.

No test of this folder passes with a violation of the policy or an error of JavaScript; see steps.visiting.
"""

from pathlib import Path

from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browser.steps import App, open_tab, rank, wait_until_alive

FILES = [
    {"name": "<img src=x onerror=alert(1)>.txt", "mimeType": "text/plain", "buffer": b"Ann\nPython backend <script>alert(2)</script>"},
    {"name": "bo.txt", "mimeType": "text/plain", "buffer": b"Bo\nAccounting, ten years"},
]


def test_a_whole_run_with_exports_print_and_tabs_violates_nothing(page: Page):
    wrong = []

    def note_dialog(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    page.on("console", lambda message: wrong.append((message.text, message.location)) if message.type == "error" else None)
    page.on("dialog", note_dialog)
    page.locator("#rr-files input[type=file]").set_input_files(FILES)  # pyright: ignore[reportArgumentType]
    expect(page.locator(".rr-pile li")).to_have_count(2)
    page.locator("#rr-job textarea").fill("Requirements:\nPython backend")
    rank(page)
    expect(page.locator(".rr-row")).to_have_count(2)
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
    for tab, view in (("反馈与调优", "feedback"), ("历史", "history"), ("数据与审计", "data")):
        open_tab(page, tab)
        expect(page.locator(f"#rr-{view}")).to_be_visible()
    page.locator("#rr-language").get_by_text("English").click()
    expect(page.get_by_role("tab", name="History")).to_be_visible()
    assert not wrong, wrong


def test_markup_that_gets_into_the_page_runs_nothing(visitor: BrowserContext, embedded: App):
    page = visitor.new_page()
    page.goto(embedded.address)
    wait_until_alive(page)
    blocked = []
    page.on("console", lambda message: blocked.append(message.text) if "Content Security Policy" in message.text else None)
    page.evaluate("""() => {
        window.violated = new Set();
        document.addEventListener("securitypolicyviolation", (violation) => violated.add(violation.effectiveDirective));
        const box = document.createElement("div");
        document.body.append(box);
        box.innerHTML = '<img src="data:," onerror="window.ran = 1"><iframe srcdoc="<script>parent.ran = 1</script>"></iframe>';
        const script = document.createElement("script");
        script.textContent = "window.ran = 1";
        document.body.append(script);
        box.innerHTML += '<img src="http://203.0.113.1/leak">';
    }""")
    page.wait_for_function("['script-src-attr', 'script-src-elem', 'img-src'].every((directive) => violated.has(directive))")
    assert page.evaluate("window.ran") is None
    assert len(blocked) >= 3
    page.close()
