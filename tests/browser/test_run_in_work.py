"""While a run is in work: stopping it keeps its list, a reload finds it, a second tab leaves it alone. The engine waits for the test."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from i18n.texts import texts
from service.run_state import RunState
from settings import Settings
from tests.browser.steps import own_port, visiting
from tests.server.serving import serving
from tests.service.desk import ready
from tests.ui.samples import WaitingEngine
from ui.tabs import rank_clicks

say = texts("zh")
COUNT, SCORED = 12, 4
PEOPLE = "\n---\n".join(f"候选人{number}：\n候选人第 {number} 号，熟悉 Python，负责第 {number} 个平台的开发。" for number in range(COUNT))


@pytest.fixture
def engine() -> WaitingEngine:
    return WaitingEngine(SCORED)


@pytest.fixture
def page(visitor: BrowserContext, engine: WaitingEngine) -> Iterator[Page]:
    """Yield a page whose run is in work, with a few rows."""
    with serving(Settings(), ready(engine), port=own_port()) as client, visiting(visitor, str(client.base_url)) as page:
        page.locator("#rr-job textarea").fill("任职要求：\n1. 熟悉 Python，三年以上经验")
        page.get_by_role("tab", name="粘贴文本").click()
        page.locator("#rr-pasted textarea").fill(PEOPLE)
        page.locator("#rr-run").click()
        expect(page.locator(".rr-row")).to_have_count(SCORED)
        try:
            yield page
        finally:
            engine.go.set()


@pytest.mark.long
def test_a_reload_finds_it_a_second_tab_does_not_disturb_it_and_stopping_the_next_keeps_a_list_to_label(
    page: Page, engine: WaitingEngine, monkeypatch: pytest.MonkeyPatch
):
    page.reload()
    expect(page.locator("#rr-stop")).to_be_visible()
    expect(page.locator("#rr-job textarea")).to_have_value(re.compile("三年以上经验"))
    expect(page.locator(".rr-row")).to_have_count(SCORED)

    with visiting(page.context, page.url) as other:
        other.locator("#rr-job textarea").fill("任职要求：会计")
        other.locator("#rr-run").click()
        expect(other.locator(".rr-message")).to_contain_text("还没有简历")

    expect(page.locator("#rr-stop")).to_be_visible()
    engine.go.set()
    expect(page.locator(".rr-summary")).to_be_visible()
    expect(page.locator(".rr-row")).to_have_count(COUNT)

    engine.wait_again()
    page.locator("#rr-job textarea").fill("任职要求：\n1. 熟悉 Python，五年以上经验")
    page.locator("#rr-run").click()
    expect(page.locator(".rr-row")).to_have_count(SCORED)
    stop_it(page, engine, monkeypatch)
    expect(page.locator(".rr-summary.warn")).to_contain_text("已停止：完成")
    assert SCORED <= page.locator(".rr-row").count() < COUNT
    expect(page.locator(".rr-row .rr-pill").first).to_be_visible()  # with match points
    label = page.locator(".rr-list [data-grade='2']").first
    label.click()
    expect(label).to_have_attribute("aria-pressed", "true")
    page.get_by_role("tab", name=say("page.history_tab")).click()
    expect(page.locator("#rr-runs li")).to_have_count(2)
    expect(page.locator("#rr-runs li").first).to_contain_text("五年以上经验")


def stop_it(page: Page, engine: WaitingEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press the button; as soon as the server knows, the engine goes on."""

    def stop_and_go(state: RunState) -> None:
        stop(state)
        engine.go.set()

    stop = rank_clicks.stop
    monkeypatch.setattr(rank_clicks, "stop", stop_and_go)
    page.locator("#rr-stop").click()
    expect(page.locator("#rr-run")).to_be_visible()
