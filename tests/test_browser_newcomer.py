"""Somebody who has never seen the page, with no manual: example, ranking, reasons, another template, the change, the shortlist, history."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.test_browser import EXAMPLES, browser, names, pytestmark, rank, running, upload, visiting  # noqa: F401  # a fixture and the marks, too


@pytest.fixture(scope="module")
def real_path(tiny_checkpoint: Path) -> Iterator[str]:
    """The Qwen3 path, with random weights: its scores are noise, but it reads the instruction."""
    with running("--model", str(tiny_checkpoint)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, real_path: str) -> Iterator[Page]:  # noqa: F811
    with visiting(browser, real_path) as page:
        yield page


def load_example(page: Page) -> None:
    page.locator("#rr-example").click()
    expect(page.locator(".rr-pile li")).to_have_count(12)
    expect(page.locator("#rr-pile .rr-progress")).to_have_count(0)


def choose_template(page: Page, name: str) -> None:
    page.locator("#rr-saved-instruction input").click()
    page.get_by_role("option", name=name).click()


def open_tab(page: Page, name: str) -> None:
    page.locator("#rr-tabs").get_by_role("tab", name=name).click()


def test_from_the_example_to_a_shortlist_without_a_manual(page: Page):
    expect(page.locator(".rr-empty")).to_contain_text("载入示例")
    load_example(page)
    rank(page)
    expect(page.locator(".rr-headline")).to_contain_text("硬性要求")
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
    expect(page.locator("#rr-instruction textarea")).to_have_value(re.compile("technical requirements"))


def test_the_model_answers_requirement_by_requirement(page: Page):
    load_example(page)
    rank(page)
    before = names(page)
    page.locator("button.rr-row").first.click()
    asked = page.locator(".rr-reqs li").count()
    page.locator("button.rr-ask").click()
    expect(page.locator(".rr-said")).to_have_count(asked)
    assert all(re.search(r"\d%", said) for said in page.locator(".rr-said").all_inner_texts())
    page.keyboard.press("Escape")
    assert names(page) == before, "it changes no rank"


def test_a_reload_finds_the_run_in_work_and_a_second_tab_does_not_disturb_it(page: Page):
    page.get_by_role("tab", name="粘贴文本").click()
    page.locator("#rr-job textarea").fill("Requirements:\n3 years of Python\nKubernetes\nMySQL")
    people = [
        f"Candidate {number}:\nPerson {number}. " + f"Ran Python platform number {number} for years. " * 40 for number in range(1, 41)
    ]
    page.locator("#rr-pasted textarea").fill("\n".join(people))
    page.locator("#rr-run").click()
    page.locator(".rr-row").first.wait_for()
    page.reload()
    expect(page.locator("#rr-stop")).to_be_visible()
    expect(page.locator("#rr-job textarea")).to_have_value(re.compile("3 years of Python"))

    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".rr-empty")).to_be_visible()
    other.locator("#rr-job textarea").fill("Requirements:\nAccounting")
    other.locator("#rr-run").click()
    expect(other.locator(".rr-message")).to_contain_text("还没有简历")
    other.close()

    expect(page.locator(".rr-summary")).to_be_visible(timeout=60_000)
    expect(page.locator(".rr-row")).to_have_count(40)


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
    expect(later.locator(".rr-empty")).to_be_visible()
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


def test_blind_mode_shows_no_name_until_somebody_asks(page: Page):
    resumes = sorted(path for path in (EXAMPLES / "zh").iterdir() if not path.name.startswith("JD_"))
    page.locator("#rr-job textarea").fill("任职要求：\n1. 熟悉 Python\n2. 有大模型应用经验")
    upload(page, *resumes[:4])
    page.locator("#rr-advanced > button").click()
    page.locator("#rr-blind input").check()
    expect(page.locator(".rr-pile li").first).to_contain_text("候选人 A")
    rank(page)
    assert sorted(names(page)) == [f"候选人 {letter}" for letter in "ABCD"]
    page.locator("button.rr-row").first.click()
    body = page.locator("#rr-columns").inner_text()
    page.keyboard.press("Escape")
    page.locator("button[data-action=names]").click()
    expect(page.locator("button[data-action=names]")).to_have_count(0)
    people = [name.split(".")[0].split("_")[0] for name in names(page)]
    assert len(people) == 4
    assert [person for person in people if person in body] == []
