"""Nobody's work is destroyed by one click: what a click replaced comes back with another, also after a reload."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from i18n.texts import texts
from settings import Settings
from tests.browser.steps import own_port, rank, small_resumes, visiting
from tests.server.serving import serving
from tests.service.desk import ready

say = texts("zh")
EXAMPLE_COUNT = 4
LASTS_SECONDS = 100.0
JOB = "任职要求：\n1. 熟悉 Python，三年以上经验"

SHORT_TIMERS = """() => {
    const timeout = window.setTimeout;
    window.setTimeout = (work, ms, ...values) => timeout(work, ms > 8_000 ? 1_000 : ms, ...values);
}"""
"""What would come at the end of the offer comes after a second."""


@pytest.fixture
def page(visitor: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Yield a tab on a server whose offers outlast a busy machine, and whose example is read in no time."""
    examples = tmp_path / "examples" / "zh"
    examples.mkdir(parents=True)
    (examples / "JD_平台.txt").write_text("任职要求：\n1. 有大模型应用经验", "utf-8")
    for number in range(EXAMPLE_COUNT):
        (examples / f"示例{number}.txt").write_text(f"示例{number}\n熟悉 Go，{number} 年经验。", "utf-8")
    monkeypatch.setattr("ui.tabs.pile_clicks.EXAMPLES", examples.parent)
    monkeypatch.setattr("ui.undo.SECONDS", LASTS_SECONDS)
    with serving(Settings(), ready(), port=own_port()) as client, visiting(visitor, str(client.base_url)) as page:
        yield page


def count(page: Page, number: int) -> None:
    expect(page.locator(".rr-pile-head")).to_contain_text(say("pile.count", count=number))


@pytest.mark.long
def test_the_example_the_clearing_and_a_removal_can_be_taken_back(page: Page, tmp_path: Path):
    page.click("#rr-example")
    count(page, EXAMPLE_COUNT)
    expect(page.locator(".rr-undo")).to_have_count(0)  # nothing was there that could have been lost
    page.set_input_files("#rr-files input[type=file]", small_resumes(tmp_path))  # own files take the place of the examples
    count(page, 3)
    expect(page.locator(".rr-undo")).to_contain_text(say("undo.examples_replaced"))
    page.click(".rr-undo button")
    count(page, EXAMPLE_COUNT)
    page.set_input_files("#rr-files input[type=file]", small_resumes(tmp_path))
    count(page, 3)
    page.fill("#rr-job textarea", JOB)
    rank(page)
    first = page.locator(".rr-row .rr-name").all_inner_texts()

    page.click("#rr-example")
    count(page, EXAMPLE_COUNT)
    expect(page.locator("#rr-job textarea")).not_to_have_value(JOB)
    expect(page.locator(".rr-row")).to_have_count(0)
    expect(page.locator(".rr-undo")).to_contain_text(say("undo.example_loaded"))
    page.reload()
    expect(page.locator(".rr-undo")).to_contain_text(say("undo.example_loaded"))
    page.click(".rr-undo button")
    count(page, 3)
    expect(page.locator("#rr-job textarea")).to_have_value(JOB)
    assert page.locator(".rr-row .rr-name").all_inner_texts() == first
    expect(page.locator(".rr-undo")).to_have_count(0)

    page.click("#rr-pile [data-remove='all']")
    expect(page.locator(".rr-pile-head")).to_have_count(0)
    page.click(".rr-undo button")
    count(page, 3)
    page.locator("#rr-pile [data-remove='document']").first.click()
    count(page, 2)
    page.click(".rr-undo button")
    count(page, 3)

    page.evaluate(SHORT_TIMERS)
    page.locator("#rr-pile [data-remove='document']").first.click()
    assert 8_000 < float(page.locator(".rr-undo").get_attribute("data-left") or 0) <= 1_000 * LASTS_SECONDS
    expect(page.locator(".rr-undo")).to_have_count(0)  # by itself
    count(page, 2)
