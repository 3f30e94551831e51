"""Erased means erased: one tab erases under 数据与审计, the other has the person open, labels, reloads and ranks again.

tests/ui/test_erasing.py has all the cases, through the handlers.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browser.steps import LOOK_OFTEN, LOOK_ONCE, App, find_person, open_data_tab, rank, visiting

JOB = "任职要求：\n熟悉 Python\n三年后端经验"
LIN = "姓名：林知遥\n电话：13900000022\n三年后端开发，用 Python 负责订单服务的设计与实现，接口延迟下降 40%。"
CHEN = "姓名：陈屿舟\n电话：13700000033\n会计，熟悉报表与税务。"
SUN = "姓名：孙闻溪\n前端工程师，熟悉 Vue，用过 Python。"
NAMESAKE = "姓名：林知遥\n电话：13511112222\n仓库管理，熟悉盘点。"


@pytest.fixture
def other(colleague: BrowserContext, embedded: App) -> Iterator[Page]:
    """Yield a tab that hears nothing of the others by itself."""
    with visiting(colleague, embedded.address, LOOK_ONCE) as other:
        yield other


@pytest.fixture
def hearing(colleague: BrowserContext, embedded: App) -> Iterator[Page]:
    """Yield a tab that hears of the others at once."""
    with visiting(colleague, embedded.address, LOOK_OFTEN) as hearing:
        yield hearing


def add(page: Page, folder: Path, *texts: str, count: int) -> None:
    """Upload these resumes, named by their place in the call; then there are `count` in the pile."""
    paths = [folder / f"简历{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    page.locator("#rr-files input[type=file]").set_input_files(paths)
    expect(page.locator(".rr-pile li")).to_have_count(count)
    expect(page.locator("#rr-run")).to_be_visible()


def confirm_erasing(page: Page) -> str:
    """Erase the first person that was found; return what was asked."""
    asked: list[str] = []

    def confirm(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.once("dialog", confirm)
    page.locator("#rr-people button[data-action=erase]").first.click()
    expect(page.locator("#rr-people .rr-message")).to_contain_text("已删除")
    return asked[0]


def ranks(page: Page) -> list[str]:
    return page.locator(".rr-row .rr-rank b").all_inner_texts()


@pytest.mark.long
def test_another_tab_is_rid_of_them_by_a_click_a_label_a_reload_and_ranking_again(page: Page, other: Page, tmp_path: Path):
    other.locator("#rr-job textarea").fill(JOB)
    add(other, tmp_path, LIN, CHEN, count=2)
    other.get_by_role("tab", name="粘贴文本").click()
    other.locator("#rr-pasted textarea").fill(f"候选人1：\n{SUN}\n---\n候选人2：\n姓名：吴越\n会计。")
    rank(other)
    expect(other.locator("button.rr-row")).to_have_count(4)
    expect(other.locator("button.rr-row").first).to_contain_text("简历0")
    other.locator("button.rr-row").first.click()
    expect(other.locator(".rr-panel")).to_contain_text("订单服务")
    open_data_tab(page)
    find_person(page, "林知遥")
    confirm_erasing(page)

    other.locator(".rr-panel .rr-grades .full").click()
    board = other.locator(".rr-board")
    expect(board.locator(".rr-message")).to_contain_text("资料已被删除")
    assert "Unknown" not in board.inner_text()
    expect(other.locator(".rr-panel")).to_have_count(0)
    expect(other.locator("button.rr-row")).to_have_count(3)
    assert ranks(other) == ["1", "2", "3"]
    expect(other.locator(".rr-pile li.document")).to_have_count(1)
    expect(other.locator("[aria-pressed=true]")).to_have_count(0)

    find_person(page, "孙闻溪")
    confirm_erasing(page)
    rank(other)  # the page still has what was pasted of her
    expect(other.locator("button.rr-row")).to_have_count(2)
    expect(other.locator(".rr-message.info")).to_contain_text("已在另一个页面中被删除")
    assert "孙闻溪" not in other.locator("#rr-pasted textarea").input_value()
    assert "吴越" in other.locator("#rr-pasted textarea").input_value()

    find_person(page, "陈屿舟")
    confirm_erasing(page)
    other.reload()
    expect(other.locator(".rr-message.info")).to_contain_text("“简历1”的资料已在另一个页面中被删除")
    expect(other.locator("button.rr-row")).to_have_count(1)
    expect(other.locator(".rr-pile li.document")).to_have_count(0)
    assert ranks(other) == ["1"] and "订单服务" not in other.content()
    for name in ("林知遥", "孙闻溪", "陈屿舟"):
        find_person(page, name)
        expect(page.locator("#rr-people")).to_contain_text(f"没有存过包含“{name}”")


@pytest.mark.long
def test_an_open_page_is_told_keeps_what_is_typed_and_a_namesake_goes_only_when_ticked(page: Page, hearing: Page, tmp_path: Path):
    other = hearing
    other.locator("#rr-job textarea").fill(JOB)
    add(other, tmp_path, LIN, CHEN, NAMESAKE, count=3)
    rank(other)
    other.locator("button.rr-row").first.click()
    question = other.locator(".rr-question")
    other.locator(".rr-panel .rr-erase").click()
    expect(question).to_contain_text("1 份简历文本、1 次排序中的记录、0 条标注")
    expect(question.locator("input[data-also]")).to_have_count(1)
    question.get_by_role("button", name="取消").click()
    expect(question).to_have_count(0)
    other.locator(".rr-panel .rr-erase").click()
    question.get_by_role("button", name="确认删除").click()
    expect(other.locator("button.rr-row")).to_have_count(2)
    assert ranks(other) == ["1", "2"], "the namesake stays"

    add(other, tmp_path, LIN, count=3)  # a new upload, ranked blindly and normally
    other.locator("#rr-advanced button").first.click()
    other.locator("#rr-blind input").check()
    rank(other)
    other.locator("#rr-blind input").uncheck()
    rank(other)
    expect(other.locator("button.rr-row").first).to_contain_text("简历0")
    other.locator("button.rr-row").first.click()
    expect(other.locator(".rr-panel")).to_contain_text("订单服务")
    other.locator("#rr-job textarea").evaluate("box => { box.value += ' 还要会 Go'; box.dispatchEvent(new Event('input')); }")

    open_data_tab(page)
    find_person(page, "13900000022")
    expect(page.locator("ul.rr-runs > li")).to_have_count(1)
    expect(page.locator("#rr-people")).to_contain_text("2 个简历版本 · 参与 2 次排序")
    expect(page.locator("#rr-people input[data-also]")).to_have_count(1)
    expect(page.locator("#rr-people input[data-also]:checked")).to_have_count(0)
    page.locator("#rr-people input[data-also]").check()
    asked = confirm_erasing(page)
    expect(page.locator("#rr-people .rr-message")).to_contain_text("4 份简历文本")
    assert "2 份简历文本、2 次排序中的记录、0 条标注" in asked and "一并删除：" in asked

    expect(other.locator(".rr-message.info")).to_contain_text("的资料已在另一个页面中被删除")  # without a click
    expect(other.locator(".rr-panel")).to_have_count(0)
    expect(other.locator("button.rr-row")).to_have_count(1)
    expect(other.locator("#rr-job textarea")).to_have_value(f"{JOB} 还要会 Go")
