"""Somebody who has never seen the page, with no manual: example, ranking, reasons, another template, the change, the shortlist, history."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from service.model import READY, Model, open_in_background
from settings import Settings
from tests.browser.steps import EXAMPLES, names, open_tab, own_port, rank, small_resumes, upload, visiting, wait_until_alive
from tests.server.serving import serving

EXAMPLE = (
    "JD_AI平台工程师.pdf",
    "沈嘉禾_财务会计.txt",
    "许朝暮_数据工程师.txt",
    "罗牧野_运维开发.docx",
    "周叙白_服务端架构.docx",
    "陈屿舟_AI平台工程师.pdf",
)
"""These of the example's files are loaded here: the others would only take time. tests/test_examples.py has all of them."""
RANKED = len(EXAMPLE) - 1


@pytest.fixture(scope="module")
def model(tiny_checkpoint: Path) -> Model:
    """The Qwen3 path with random weights: its scores are noise, but it reads the instruction."""
    model = Model()
    settings = Settings(model=str(tiny_checkpoint), device="cpu", precision="fp32")
    open_in_background(model, settings, lambda line: None, lambda: None).join(100)
    assert model.state == READY, model.problem
    return model


@pytest.fixture
def qwen3_page(visitor: BrowserContext, model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    folder = tmp_path / "examples" / "zh"
    folder.mkdir(parents=True)
    for name in EXAMPLE:
        shutil.copy(EXAMPLES / "zh" / name, folder)
    monkeypatch.setattr("ui.tabs.rank_clicks.EXAMPLES", folder.parent)
    with serving(Settings(), model, port=own_port()) as client, visiting(visitor, str(client.base_url)) as page:
        yield page


def load_example(page: Page) -> None:
    page.locator("#rr-example").click()
    expect(page.locator(".rr-pile li")).to_have_count(RANKED)
    expect(page.locator("#rr-pile .rr-progress")).to_have_count(0)


def choose_template(page: Page, name: str) -> None:
    page.locator("#rr-saved-instruction input").click()
    page.get_by_role("option", name=name).click()


def test_from_the_example_to_a_shortlist_without_a_manual(qwen3_page: Page):
    page = qwen3_page
    expect(page.locator(".rr-empty")).to_contain_text("载入示例")
    load_example(page)
    rank(page)
    expect(page.locator(".rr-headline")).to_contain_text("必须要求")
    first = names(page)

    # Why #1 is #1: a requirement, its line, and the same line marked in the resume in the same colour.
    page.locator("button.rr-row").first.click()
    panel = page.locator(".rr-panel")
    line = panel.locator(".rr-reqs li", has=page.locator("button.rr-jump")).first
    number = line.locator(".rr-number").inner_text()
    quote = line.locator("q").inner_text()
    line.locator("button.rr-jump").click()
    mark = panel.locator(f"mark[data-numbers~='{number}']").first
    expect(mark).to_be_in_viewport()
    assert quote.split()[0] in mark.inner_text()
    colour = "element => getComputedStyle(element).backgroundColor"
    if mark.get_attribute("data-numbers") == number:
        assert line.locator(".rr-number").evaluate(colour) == mark.evaluate(colour)

    # What #4 lacks, reached by the arrow keys.
    for place in (2, 3, 4):
        page.keyboard.press("ArrowDown")
        expect(panel.locator("header .rr-place")).to_have_text(str(place))
    expect(panel.locator(".rr-reqs .rr-pill.missing").first).to_be_visible()
    panel.locator("select[data-beside]").select_option(index=1)
    expect(page.locator(".rr-beside tbody tr").first).to_be_visible()
    page.keyboard.press("Escape")  # to the candidate
    expect(panel.locator(".rr-reqs")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)

    # Another template, another order, and what is said about it.
    choose_template(page, "管理岗评估")
    expect(page.locator("#rr-instruction textarea")).to_have_value(re.compile("people management"))
    rank(page)
    second = names(page)
    assert second != first, "these weights are random, but they do read the instruction"
    change = page.locator("details.rr-change")
    expect(change.locator("summary")).to_contain_text("指令不同")
    change.locator("summary").click()
    assert len(first) == len(second) == RANKED
    moved = change.locator(".rr-moves li").all_inner_texts()
    rises = {name: first.index(name) - second.index(name) for name in first}
    assert len(moved) == sum(rise != 0 for rise in rises.values())
    for name, rise in rises.items():
        assert rise == 0 or any(name in line and re.search(rf"[▲▼]{abs(rise)}\b", line) for line in moved)

    # The shortlist opens ready to print.
    page.evaluate("window.print = () => {}")
    with page.context.expect_page() as opening:
        page.locator("#rr-print").click()
    shortlist = opening.value
    said = shortlist.locator("body").inner_text()
    for name in second[:5]:
        assert name.rsplit(".", 1)[0] in said
    assert "people management" in said, "the instruction"
    shortlist.close()

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


def test_the_real_model_gives_percentages_and_answers_requirement_by_requirement(qwen3_page: Page, tmp_path: Path):
    page = qwen3_page
    page.locator("#rr-language").get_by_text("English").click()
    expect(page.locator("#rr-run")).to_have_text("Rank")
    page.locator("#rr-job textarea").fill("Requirements:\n- 3 years of backend development in Go or Java\n- Kubernetes")
    upload(page, *small_resumes(tmp_path)[:2])
    rank(page)
    assert page.locator(".rr-notice").count() == 0
    assert set(page.locator(".rr-match b").all_inner_texts()) <= {"High", "Medium", "Low"}
    hints = [band.get_attribute("title") or "" for band in page.locator(".rr-band").all()]
    assert len(hints) == 2
    assert all(hint.endswith("%") for hint in hints)

    before = names(page)
    page.locator("button.rr-row").first.click()
    expect(page.locator(".rr-reqs li")).to_have_count(2)
    page.locator("button.rr-ask").click()
    expect(page.locator(".rr-said")).to_have_count(2)
    assert all(re.search(r"\d%", said) for said in page.locator(".rr-said").all_inner_texts())
    page.keyboard.press("Escape")
    assert names(page) == before, "it changes no rank"


def test_texts_are_saved_for_the_next_time_and_can_be_dropped(page: Page):
    page.on("dialog", lambda dialog: dialog.accept("Ours"))
    page.locator("#rr-instruction textarea").fill("Prefer people who write documentation")
    page.locator("#rr-keep-instruction").click()
    expect(page.locator("#rr-saved-instruction input")).to_have_value("★ Ours")
    page.locator("#rr-job textarea").fill("Requirements:\nRust")
    page.locator("#rr-keep-job").click()
    expect(page.locator("#rr-saved-job input")).to_have_value("★ Ours")

    later = page.context.new_page()
    later.goto(page.url)
    wait_until_alive(later)
    later.locator("#rr-language").get_by_text("English").click()
    expect(later.locator("#rr-run")).to_have_text("Rank")
    later.locator("#rr-saved-job input").click()
    later.get_by_role("option", name="★ Ours").click()
    expect(later.get_by_role("option")).to_have_count(0)
    expect(later.locator("#rr-job textarea")).to_have_value("Requirements:\nRust")
    choose_template(later, "★ Ours")
    expect(later.locator("#rr-instruction textarea")).to_have_value("Prefer people who write documentation")
    for kind in ("instruction", "job"):
        later.locator(f"#rr-drop-{kind}").click()
        expect(later.locator(f"#rr-drop-{kind}")).to_have_count(0)
    later.close()


def test_blind_mode_shows_no_name_until_somebody_asks(page: Page, tmp_path: Path):
    page.locator("#rr-job textarea").fill("任职要求：\n1. 熟悉 Python\n2. 有大模型应用经验")
    upload(page, *small_resumes(tmp_path))
    page.locator("#rr-advanced > button").click()
    page.locator("#rr-blind input").check()
    expect(page.locator(".rr-pile li").first).to_contain_text("候选人 A")
    rank(page)
    assert sorted(names(page)) == [f"候选人 {letter}" for letter in "ABC"]
    page.locator("button.rr-row").first.click()
    body = page.locator("#rr-columns").inner_text()
    page.keyboard.press("Escape")
    page.locator("button[data-action=names]").click()
    expect(page.locator("button[data-action=names]")).to_have_count(0)
    people = [name.removesuffix(".txt") for name in names(page)]
    assert sorted(people) == ["周叙白", "林晓", "许朝暮"]
    assert "熟悉" in body and [person for person in people if person in body] == []
