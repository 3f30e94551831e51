"""What a first visit costs, by what does not depend on the machine: bytes, requests, and how far the page moves while it comes in."""

from pathlib import PurePosixPath

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from server.gradio_patches.first_files import first_files
from tests.browser.steps import App
from tests.browser.test_layout import LAPTOP, PHONE

MOST_KB, MOST_REQUESTS, MOST_SHIFT = 350, 95, 0.1

SHIFTS = """window.shift = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_first_visit_is_light_and_nothing_moves_once_it_is_seen(browser: Browser, embedded: App, size: ViewportSize):
    context = browser.new_context(viewport=size, locale="zh-CN")
    page = context.new_page()
    page.add_init_script(SHIFTS)
    received: list[float] = []
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(embedded.address)
    expect(page.locator(".rr-empty")).to_be_visible()  # so is all of it, once its first event is answered
    assert page.locator("#rr-model").inner_text().strip(), "what is known of the model stands there"
    assert sum(received) / 1000 < MOST_KB
    assert len(received) < MOST_REQUESTS
    assert page.evaluate("window.shift") < MOST_SHIFT

    scripts = page.evaluate("performance.getEntriesByType('resource').map((file) => new URL(file.name).pathname)")
    loaded = {PurePosixPath(path).name for path in scripts if path.startswith("/assets/")}
    assert set(first_files()) <= loaded, "first_files.txt belongs to the installed Gradio"
    others = {name for name in loaded - set(first_files()) if not name.startswith(("index-", "page-", "zh-CN-"))}
    assert not others, "the page hears of these late: they belong into first_files.txt"
    context.close()
