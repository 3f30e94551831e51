"""Collect what axe-core and the width of the window say about every view; test_layout.py takes one, docs/check_looks.py all."""

from dataclasses import dataclass
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from i18n.texts import texts
from tests.browser.steps import rank as press_rank
from tests.browser.steps import wait_until_alive

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SETTLED = """() => document.getAnimations().every((animation) =>
    animation.playState !== "running" || animation.effect.getComputedTiming().endTime === Infinity)"""
JOBS = {"zh": "任职要求：\n1. 熟悉 Python\n2. 熟悉 Kubernetes", "en": "Requirements:\n- Python\n- Kubernetes"}
RESUMES = {
    "zh": "候选人1：\n林晓，用 Python 写订单服务，峰值 3 万 QPS。\n---\n候选人2：\n周叙白，会计。\n---\n候选人3：\n许朝暮，熟悉 K8s。",
    "en": "Candidate 1:\nAnn, ran Python services, cut latency by 40%.\n---\nCandidate 2:\nBo, accounting.\n---\nCandidate 3:\nCy, Python.",
}


@dataclass(frozen=True)
class Look:
    """One way to see the page."""

    language: Literal["zh", "en"]
    scheme: Literal["light", "dark"]
    width: int

    def __str__(self) -> str:
        return f"{self.language}-{self.scheme}-{self.width}"


def problems(context: BrowserContext, address: str, look: Look) -> list[str]:
    """Walk through all views and return what is wrong in them, a line per element."""
    page = context.new_page()
    page.set_viewport_size(ViewportSize(width=look.width, height=900))
    page.emulate_media(color_scheme=look.scheme)
    page.goto(address)
    wait_until_alive(page)
    page.locator(f"#rr-language input[value={look.language}]").check(force=True)
    expect(page.locator("#rr-run")).to_have_text({"zh": "重排序", "en": "Rank"}[look.language])
    violations = axe_problems(page, "empty")
    page.locator("#rr-job textarea").fill(JOBS[look.language])
    page.get_by_role("tab", name={"zh": "粘贴文本", "en": "Paste"}[look.language]).click()
    page.locator("#rr-pasted textarea").fill(RESUMES[look.language])
    press_rank(page)
    expect(page.locator(".rr-row")).to_have_count(3)
    violations += axe_problems(page, "ranked")
    if page.locator("[data-unfold]").is_visible():
        page.locator("[data-unfold]").click()
    page.locator("#rr-advanced > button").click()
    violations += axe_problems(page, "form")
    page.locator("button.rr-row").first.click()
    expect(page.locator(".rr-panel")).to_be_visible()
    violations += axe_problems(page, "opened")
    page.locator("select[data-beside]").select_option(index=1)
    expect(page.locator(".rr-beside")).to_be_visible()
    violations += axe_problems(page, "beside")
    page.keyboard.press("Escape")  # to the candidate
    expect(page.locator(".rr-beside")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".rr-panel")).to_have_count(0)
    for view in ("feedback", "history", "data"):
        page.set_viewport_size(ViewportSize(width=1366, height=900))  # on a narrow one the last tabs are in a menu
        page.get_by_role("tab", name=texts(look.language)(f"page.{view}_tab"), exact=True).click()
        expect(page.locator(f"#rr-{view}")).to_be_visible()
        page.set_viewport_size(ViewportSize(width=look.width, height=900))
        violations += axe_problems(page, view)
    page.close()
    return violations


def axe_problems(page: Page, view: str) -> list[str]:
    """Return what axe says about what the page shows, a line per element, and whether it is too wide; `view` is what to call it."""
    page.wait_for_function(SETTLED)  # colours fade in
    # What lies half under a button that stays in view can be scrolled free; axe counts it as too small.
    page.evaluate("document.querySelectorAll('#rr-run, #rr-stop').forEach((button) => { button.style.position = 'static'; })")
    response = Axe().run(page, options=RULES).response
    assert response["passes"], "axe has looked at something"
    lines = [
        f"{view}: {rule['id']}: {node['html'][:160]} — {node['failureSummary'][-200:]}"
        for rule in response["violations"]
        for node in rule["nodes"]
    ]
    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*lines, f"{view}: {sideways} px too wide"] if sideways > 0 else lines
