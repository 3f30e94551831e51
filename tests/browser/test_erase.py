"""Erased means erased: one tab erases under 数据与审计, the other has the person open, labels, reloads and ranks again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browser.steps import LOOK_OFTEN, LOOK_ONCE, App, find_person, open_data_tab, open_tab, rank, visiting

JOB = "任职要求：\n熟悉 Python\n三年后端经验"
LIN = "姓名：林知遥\n电话：13900000022\n三年后端开发，用 Python 负责订单服务的设计与实现，接口延迟下降 40%。"
CHEN = "姓名：陈屿舟\n电话：13700000033\n会计，熟悉报表与税务。"
SUN = "姓名：孙闻溪\n前端工程师，熟悉 Vue，用过 Python。"
NAMESAKE = "姓名：林知遥\n电话：13511112222\n仓库管理，熟悉盘点。"


@pytest.fixture
def tabs(visitor: BrowserContext, colleague: BrowserContext, embedded: App) -> Iterator[tuple[Page, Page]]:
    """Two tabs of different people on the same server; the second hears nothing of the first by itself."""
    with visiting(visitor, embedded.address) as one, visiting(colleague, embedded.address, LOOK_ONCE) as other:
        yield one, other


def fill(page: Page, folder: Path, *texts: str) -> None:
    """The job, and the resumes as files."""
    page.locator("#rr-job textarea").fill(JOB)
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"简历{number}.txt")
        paths[-1].write_text(text, "utf-8")
    page.locator("#rr-files input[type=file]").set_input_files(paths)
    expect(page.locator(".rr-pile li")).to_have_count(len(texts))


def erase_in(page: Page, search: str) -> None:
    """Under 数据与审计, with the question that is asked confirmed."""
    open_data_tab(page)
    find_person(page, search)
    confirm_erasing(page)


def confirm_erasing(page: Page) -> None:
    """Erase the first person that was found."""
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#rr-people button[data-action=erase]").first.click()
    expect(page.locator("#rr-people .rr-message")).to_contain_text("已删除")


def ranks(page: Page) -> list[str]:
    return page.locator(".rr-row .rr-rank b").all_inner_texts()


def test_another_tab_is_rid_of_them_by_a_click_a_label_a_reload_and_ranking_again(tabs: tuple[Page, Page], tmp_path: Path):
    one, other = tabs
    for page in tabs:
        fill(page, tmp_path, LIN, CHEN, SUN)
        rank(page)
    expect(other.locator("button.rr-row").first).to_contain_text("简历0")
    other.locator("button.rr-row").first.click()
    expect(other.locator(".rr-panel")).to_contain_text("订单服务")
    erase_in(one, "林知遥")

    other.locator(".rr-panel .rr-grades .full").click()
    board = other.locator(".rr-board")
    expect(board.locator(".rr-message")).to_contain_text("资料已被删除")
    assert "Unknown" not in board.inner_text()
    expect(other.locator(".rr-panel")).to_have_count(0)
    expect(other.locator("button.rr-row")).to_have_count(2)
    assert ranks(other) == ["1", "2"]
    expect(other.locator(".rr-pile li")).to_have_count(2)
    expect(other.locator("[aria-pressed=true]")).to_have_count(0)

    other.reload()
    expect(other.locator("button.rr-row")).to_have_count(2)
    expect(other.locator(".rr-pile li")).to_have_count(2)
    assert ranks(other) == ["1", "2"] and "订单服务" not in other.content()
    rank(other)
    expect(other.locator("button.rr-row")).to_have_count(2)
    find_nobody(one)

    other.reload()
    expect(other.locator(".rr-pile li")).to_have_count(2)
    fill_again(other, tmp_path)
    rank(other)
    expect(other.locator("button.rr-row")).to_have_count(3)
    find_person(one, "林知遥")
    expect(one.locator("#rr-people li")).to_have_count(1)

    confirm_erasing(one)
    expect(one.locator("#rr-people li")).to_have_count(0)
    other.reload()
    expect(other.locator("button.rr-row")).to_have_count(2)
    expect(other.locator(".rr-message.info")).to_contain_text("“林知遥”的资料已在另一个页面中被删除")
    assert ranks(other) == ["1", "2"]
    expect(other.locator(".rr-pile li")).to_have_count(2)


def find_nobody(page: Page) -> None:
    find_person(page, "林知遥")
    expect(page.locator("#rr-people")).to_contain_text("没有存过")


def fill_again(page: Page, folder: Path) -> None:
    (folder / "林知遥.txt").write_text(LIN, "utf-8")
    page.locator("#rr-files input[type=file]").set_input_files(folder / "林知遥.txt")
    expect(page.locator(".rr-pile li")).to_have_count(3)


def test_an_idle_page_with_the_person_open_is_told_and_what_is_being_typed_there_stays(
    page: Page, colleague: BrowserContext, embedded: App, tmp_path: Path
):
    with visiting(colleague, embedded.address, LOOK_OFTEN) as other:
        fill(other, tmp_path, LIN, CHEN)
        rank(other)
        other.locator("button.rr-row").first.click()
        expect(other.locator(".rr-panel")).to_contain_text("订单服务")
        other.locator("#rr-job textarea").evaluate("box => { box.value += ' 还要会 Go'; box.dispatchEvent(new Event('input')); }")
        erase_in(page, "13900000022")
        expect(other.locator(".rr-message.info")).to_contain_text("“简历0”的资料已在另一个页面中被删除")  # without a click
        expect(other.locator(".rr-panel")).to_have_count(0)
        expect(other.locator("button.rr-row")).to_have_count(1)
        expect(other.locator("#rr-job textarea")).to_have_value(f"{JOB} 还要会 Go")


def test_pressing_rank_with_an_old_page_does_not_bring_back_what_was_pasted(tabs: tuple[Page, Page]):
    one, other = tabs
    other.locator("#rr-job textarea").fill(JOB)
    other.get_by_role("tab", name="粘贴文本").click()
    other.locator("#rr-pasted textarea").fill(f"候选人1：\n{LIN}\n---\n候选人2：\n{CHEN}")
    rank(other)
    erase_in(one, "林知遥")
    rank(other)
    expect(other.locator("button.rr-row")).to_have_count(1)
    expect(other.locator(".rr-message.info")).to_contain_text("已在另一个页面中被删除")
    expect(other.locator("#rr-pasted textarea")).not_to_have_value("林知遥")
    assert "林知遥" not in other.locator("#rr-pasted textarea").input_value()
    assert "陈屿舟" in other.locator("#rr-pasted textarea").input_value()
    find_nobody(one)


def test_ranked_normally_and_blind_is_one_entry_and_a_namesake_is_ticked_by_hand(page: Page, tmp_path: Path):
    one = page
    fill(one, tmp_path, LIN, CHEN, NAMESAKE)
    rank(one)
    one.locator("#rr-advanced button").first.click()
    one.locator("#rr-blind input").check()
    rank(one)
    open_data_tab(one)
    find_person(one, "13900000022")
    expect(one.locator("ul.rr-runs > li")).to_have_count(1)
    expect(one.locator("#rr-people")).to_contain_text("2 份简历 · 参与 2 次排序")
    expect(one.locator("#rr-people input[data-also]")).to_have_count(1)
    expect(one.locator("#rr-people input[data-also]:checked")).to_have_count(0)
    asked: list[str] = []

    def confirm(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    one.once("dialog", confirm)
    one.locator("#rr-people input[data-also]").check()
    one.locator("#rr-people button[data-action=erase]").click()
    expect(one.locator("#rr-people .rr-message")).to_contain_text("4 份简历文本")
    assert "2 份简历文本、2 次排序中的记录、0 条标注" in asked[0] and "一并删除：" in asked[0]
    open_tab(one, "重排序")
    expect(one.locator("button.rr-row")).to_have_count(1)


def test_in_the_open_candidate_the_question_says_how_much_goes_and_whom_else_it_may_be(page: Page, tmp_path: Path):
    fill(page, tmp_path, LIN, CHEN, NAMESAKE)
    rank(page)
    page.locator("button.rr-row").first.click()
    page.locator(".rr-panel .rr-erase").click()
    question = page.locator(".rr-question")
    expect(question).to_contain_text("1 份简历文本、1 次排序中的记录、0 条标注")
    expect(question.locator("input[data-also]")).to_have_count(1)
    question.get_by_role("button", name="取消").click()
    expect(question).to_have_count(0)
    page.locator(".rr-panel .rr-erase").click()
    question.get_by_role("button", name="确认删除").click()
    expect(page.locator("button.rr-row")).to_have_count(2)
    assert ranks(page) == ["1", "2"], "the namesake stays"
