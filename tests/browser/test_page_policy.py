"""The page under its security headers in a real Chromium: injected markup does nothing. test_page.py holds that everything else works."""

from playwright.sync_api import BrowserContext

from tests.browser.steps import App, wait_until_alive


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
