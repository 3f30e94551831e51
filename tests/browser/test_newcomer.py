"""Somebody who has never seen the page, with no manual: example, ranking, reasons, another template, the change, the shortlist, history.

The example is a small one here: tests/test_examples.py has the real one.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from service.model import READY, Model, open_in_background
from settings import Settings
from tests.browser.steps import names, open_tab, own_port, rank, visiting
from tests.server.serving import serving

JOB = "平台工程师\n任职要求：\n1. 熟悉 Python\n2. 熟悉 Kubernetes\n加分项：\n1. 有支付系统经验"
RESUMES = {
    "林晓": "用 Python 写订单服务，峰值 3 万 QPS。",
    "周叙白": "熟悉 Kubernetes，维护过 GPU 集群。",
    "许朝暮": "会计，熟悉报表与税务。",
    "沈嘉禾": "用 Python 写支付系统的对账服务。",
    "罗牧野": "熟悉 Java，三年后端经验。",
}
COUNT = len(RESUMES)


@pytest.fixture(scope="module")
def model(tiny_checkpoint: Path) -> Model:
    """Return the Qwen3 path with random weights: its scores are noise, but it reads the instruction."""
    model = Model()
    settings = Settings(model=str(tiny_checkpoint), device="cpu", precision="fp32")
    open_in_background(model, settings, lambda line: None, lambda: None).join(100)
    assert model.state == READY, model.problem
    return model


@pytest.fixture
def qwen3_page(visitor: BrowserContext, model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    folder = tmp_path / "examples" / "zh"
    folder.mkdir(parents=True)
    (folder / "JD_平台工程师.txt").write_text(JOB, "utf-8")
    for name, line in RESUMES.items():
        (folder / f"{name}.txt").write_text(f"姓名：{name}\n{line}", "utf-8")
    monkeypatch.setattr("ui.tabs.pile_clicks.EXAMPLES", folder.parent)
    with serving(Settings(), model, port=own_port()) as client, visiting(visitor, str(client.base_url)) as page:
        yield page


@pytest.mark.long
def test_from_the_example_to_a_shortlist_without_a_manual(qwen3_page: Page):
    page = qwen3_page
    expect(page.locator(".rr-empty")).to_contain_text("载入示例")
    page.locator("#rr-example").click()
    expect(page.locator(".rr-pile li")).to_have_count(COUNT)
    expect(page.locator("#rr-pile .rr-progress")).to_have_count(0)
    rank(page)
    expect(page.locator(".rr-headline")).to_contain_text("必须要求")
    first = names(page)
    has_percentages(page)
    shows_reasons(page)
    answers_requirement_by_requirement(page)
    assert names(page) == first, "reading changes no rank"

    # Another template, another order, and what is said about it.
    page.locator("#rr-saved-instruction input").click()
    page.get_by_role("option", name="管理岗评估").click()
    expect(page.locator("#rr-instruction textarea")).to_have_value(re.compile("people management"))
    rank(page)
    second = names(page)
    assert second != first, "these weights are random, but they do read the instruction"
    says_who_moved(page, first, second)
    prints_a_shortlist(page, second)

    # Both rankings are in the history; the first comes back as it was.
    open_tab(page, "历史")
    expect(page.locator("ul.rr-runs > li")).to_have_count(2)
    for box in page.locator("input[data-run]").all():
        box.check()
    page.locator("button[data-action=compare]").click()
    expect(page.locator("#rr-comparison .rr-moves li").first).to_be_visible()
    page.locator("button[data-action=open]").last.click()
    expect(page.locator("#rr-board")).to_be_visible()
    assert names(page) == first
    expect(page.locator("#rr-instruction textarea")).to_have_value(re.compile("own work proves"))


def has_percentages(page: Page) -> None:
    """Expect the words of the bands, and behind them the model's figure; nothing says that this is a stand-in."""
    assert page.locator(".rr-notice").count() == 0
    assert set(page.locator(".rr-match b").all_inner_texts()) <= {"高", "中", "低"}
    hints = [band.get_attribute("title") or "" for band in page.locator(".rr-band").all()]
    assert len(hints) == COUNT
    assert all(hint.endswith("%") for hint in hints)


def shows_reasons(page: Page) -> None:
    """Expect the reasons why somebody is where they are: a requirement, its line, the same line marked in the resume in the same colour;
    what others lack.
    """
    page.locator("button.rr-row").first.click()
    panel = page.locator(".rr-panel")
    expect(panel).to_be_visible()
    seen_marks, seen_missing = 0, 0
    for index in range(1, COUNT + 1):
        expect(panel.locator("header .rr-place")).to_have_text(str(index))
        line = panel.locator(".rr-reqs li", has=page.locator("button.rr-jump")).first
        if line.count() and not seen_marks:
            jumps_to_its_mark(panel, line)
            seen_marks += 1
        seen_missing += panel.locator(".rr-reqs .rr-pill.missing").count()
        if index < COUNT:
            page.keyboard.press("ArrowDown")
    assert seen_marks and seen_missing


def jumps_to_its_mark(panel: Locator, line: Locator) -> None:
    number, quote = line.locator(".rr-number").inner_text(), line.locator("q").inner_text()
    line.locator("button.rr-jump").click()
    mark = panel.locator(f"mark[data-numbers~='{number}']").first
    expect(mark).to_be_in_viewport()
    assert quote.split()[0] in mark.inner_text()
    colour = "element => getComputedStyle(element).backgroundColor"
    if mark.get_attribute("data-numbers") == number:
        assert line.locator(".rr-number").evaluate(colour) == mark.evaluate(colour)


def answers_requirement_by_requirement(page: Page) -> None:
    """Put the open candidate beside another, and what the model says about each requirement when it is asked."""
    panel = page.locator(".rr-panel")
    panel.locator("select[data-beside]").select_option(index=1)
    expect(page.locator(".rr-beside tbody tr").first).to_be_visible()
    page.keyboard.press("Escape")  # to the candidate
    asked = panel.locator(".rr-reqs li")
    expect(asked).to_have_count(3)
    page.locator("button.rr-ask").click()
    expect(page.locator(".rr-said")).to_have_count(3)
    assert all(re.search(r"\d%", said) for said in page.locator(".rr-said").all_inner_texts())
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def says_who_moved(page: Page, first: list[str], second: list[str]) -> None:
    change = page.locator("details.rr-change")
    expect(change.locator("summary")).to_contain_text("指令不同")
    change.locator("summary").click()
    assert len(first) == len(second) == COUNT
    moved = change.locator(".rr-moves li").all_inner_texts()
    rises = {name: first.index(name) - second.index(name) for name in first}
    assert len(moved) == sum(rise != 0 for rise in rises.values())
    for name, rise in rises.items():
        assert rise == 0 or any(Path(name).stem in line and re.search(rf"[▲▼]{abs(rise)}\b", line) for line in moved)


def prints_a_shortlist(page: Page, order: list[str]) -> None:
    """Expect a shortlist that opens ready to print."""
    page.evaluate("window.print = () => {}")
    with page.context.expect_page() as opening:
        page.locator("#rr-print").click()
    shortlist = opening.value
    said = shortlist.locator("body").inner_text()
    for name in order[:5]:
        assert name.rsplit(".", 1)[0] in said
    assert "people management" in said, "the instruction"
    shortlist.close()
