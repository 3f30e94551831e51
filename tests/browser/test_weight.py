"""What a first visit costs, by what does not depend on the machine: bytes, requests, and how far the page moves while it comes in."""

from pathlib import PurePosixPath

import pytest
from playwright.sync_api import Browser, Page, expect

from server.gradio_patches.first_files import first_files
from tests.browser.steps import App
from tests.browser.test_layout import LAPTOP, PHONE, assert_in_view, faults

MOST_KB, MOST_REQUESTS, MOST_SHIFT = 350, 95, 0.1

SHIFTS = """window.shift = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""

FRAMES = """const nextFrame = window.requestAnimationFrame.bind(window);
window.framesAsked = 0;
window.requestAnimationFrame = (draw) => { window.framesAsked++; return nextFrame(draw); };
window.isAtRest = async () => {
    const before = window.framesAsked;
    for (let frame = 0; frame < 20; frame++) await new Promise(nextFrame);
    return window.framesAsked === before;
};
"""


@pytest.mark.long
def test_a_first_visit_is_light_and_nothing_moves_once_it_is_seen(browser: Browser, embedded: App):
    context = browser.new_context(viewport=LAPTOP, locale="zh-CN")
    page = context.new_page()
    page.add_init_script(SHIFTS + FRAMES)
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
    assert_is_seen_whole(page)
    assert any(page.evaluate("isAtRest()") for _ in range(30))  # a page that nobody touches draws nothing

    scripts = page.evaluate("performance.getEntriesByType('resource').map((file) => new URL(file.name).pathname)")
    loaded = {PurePosixPath(path).name for path in scripts if path.startswith("/assets/")}
    assert set(first_files()) <= loaded, "first_files.txt belongs to the installed Gradio"
    others = {name for name in loaded - set(first_files()) if not name.startswith(("index-", "page-", "zh-CN-"))}
    assert not others, "the page hears of these late: they belong into first_files.txt"

    page.set_viewport_size(PHONE)
    assert_is_seen_whole(page)
    page.reload()
    expect(page.locator(".rr-empty")).to_be_visible()
    assert page.evaluate("window.shift") < MOST_SHIFT
    context.close()


def assert_is_seen_whole(page: Page) -> None:
    """Assert that nothing runs off the screen, and that the button is on it."""
    expect(page.locator(".rr-notice")).to_be_visible()
    assert faults(page) == []
    assert_in_view(page, "#rr-run")
