"""Print what the page weighs, when it is ready, how far it shifts while a list comes in, and which targets are too small for a thumb.

python -m benchmarks.page, with nothing else running: Chromium and the app with the embedded engine on this machine.
"""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.renderer import Renderer
from tests.browser.steps import CHROMIUM, QUIET
from tests.server.process import app_process

JOB = "任职要求：\n1. 熟悉 Python，三年以上经验\n2. 有支付系统经验\n3. 本科及以上学历"
RESUMES = "\n---\n".join(
    f"姓名：{name}\n教育经历\n2010.09-2014.06 江宁大学 计算机 本科\n工作经历\n2018.03-2023.05 汀山科技 工程师\n用 Python 写支付服务"
    for name in ("林晓", "王小明", "赵铁柱", "欧阳静")
)
SIZES = ((1366, 768), (390, 844))
THUMB_PX = 44

SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
SMALL = """(least) => [...document.querySelectorAll(":is(#rr-list, #rr-detail, #rr-form) :is(button, select)")]
    .filter((target) => target.offsetParent && target.getBoundingClientRect().height < least)
    .map((target) => `${target.className || Object.keys(target.dataset)} ${Math.round(target.getBoundingClientRect().height)} px`)"""


def main() -> None:
    """Measure a first visit and one ranking at each size."""
    with (
        tempfile.TemporaryDirectory() as folder,
        app_process(Path(folder), "--model", "embedded") as (address, _),
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        for size in SIZES:
            print(f"{size[0]}×{size[1]}: " + ", ".join(f"{name} {value}" for name, value in measure(browser, address, size).items()))
        browser.close()


def measure(browser: Browser, address: str, size: tuple[int, int]) -> dict[str, Any]:
    """Return the figures of one visit by a browser that has never been there."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = context.new_page()
    page.add_init_script(SHIFTS)
    received: list[float] = []
    elsewhere: list[str] = []
    page.on("request", lambda request: None if request.url.startswith((address, "data:", "blob:")) else elsewhere.append(request.url))
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    renderer = Renderer(protocol)
    page.goto(address)
    page.locator(".rr-empty").wait_for()
    ready = page.evaluate("performance.now()")
    page.wait_for_timeout(1000)
    weight, requests, first, spent = sum(received), len(received), page.evaluate("window.shifts"), renderer.spent()
    rank(page)
    listed = page.evaluate("window.shifts")
    page.locator("button.rr-row").first.click()
    page.locator(".rr-panel").wait_for()
    page.wait_for_timeout(500)
    small = page.evaluate(SMALL, THUMB_PX)
    figures = {
        "KB received": round(weight / 1000),
        "requests": requests,
        "ms until ready": round(ready),
        "until then": spent,
        "layout shift of the first look": round(first, 3),
        "with a list": round(listed, 3),
        "requests elsewhere": len(elsewhere),
        f"targets under {THUMB_PX} px": f"{len(small)} {sorted(set(small))[:6]}",
    }
    context.close()
    return figures


def rank(page: Page) -> None:
    """Rank four people and wait until the list is whole."""
    page.locator("#rr-job textarea").fill(JOB)
    page.get_by_role("tab", name="粘贴文本").click()
    page.locator("#rr-pasted textarea").fill(RESUMES)
    page.locator("#rr-run").click()
    page.locator(".rr-list.labelled").wait_for(timeout=120_000)
    page.wait_for_timeout(1000)


if __name__ == "__main__":
    main()
